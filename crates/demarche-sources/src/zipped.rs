//! Zip files: every entry that may hold stories.

use std::fs::File;
use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::gzip::{Damage, MOST_TIMES, SMALL};
use super::walk::Walk;
use super::{Trouble, Why, files};

/// Fails when what comes out is beyond all measure of what is packed.
struct Guarded<R> {
    inner: R,
    packed: u64,
    out: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(to)?;
        self.out += n as u64;
        if self.out > SMALL && self.out > MOST_TIMES * self.packed {
            return Err(std::io::Error::other(Damage::Bomb));
        }
        Ok(n)
    }
}

/// Walks through the entries, in their order.
pub(crate) fn entries<E>(walk: &mut Walk<E>, name: &str, file: File) -> Result<(), E> {
    let mut archive = match ZipArchive::new(BufReader::new(file)) {
        Ok(archive) => archive,
        Err(error) => return walk.trouble(Trouble::new(name, Why::Zip(error.to_string()))),
    };
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                walk.trouble(Trouble::new(format!("{name}, entry {}", index + 1), Why::Zip(error.to_string())))?;
                continue;
            }
        };
        let Ok(called) = entry.name().map(|name| name.into_owned()) else { continue };
        if !entry.is_file() || called.starts_with("__MACOSX/") || !files::may_hold_stories(&called) {
            continue;
        }
        let inner = format!("{name}/{called}");
        let packed = entry.compressed_size();
        let guarded = Guarded { inner: entry, packed, out: 0 };
        walk.stream(&inner, &mut BufReader::new(guarded), 1)?;
    }
    Ok(())
}
