//! Files and folders.

use std::io;
use std::path::{Path, PathBuf};

use super::{Trouble, Why};

/// What a file of stories in a folder ends in, before a `.gz`.
const ENDINGS: [&str; 16] = [
    "md", "markdown", "txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "csv", "tsv", "xml", "rss",
    "atom", "warc",
];

/// Whether a name is of a file that may hold stories.
pub(crate) fn may_hold_stories(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let inner = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = inner.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending) || name.ends_with(".zip")
}

/// The files that a path names: itself, or of a folder those of stories in it and in the folders below it, by name.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let fail = |error: io::Error| Trouble::new(path.display().to_string(), Why::Io(error));
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(fail)?;
    let mut inner: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    inner.retain(|path| path.is_dir() || path.to_str().is_some_and(may_hold_stories));
    inner.sort();
    let mut out = Vec::new();
    for path in inner {
        // A link that leads back up would be walked for ever.
        if !(path.is_dir() && path.is_symlink()) {
            out.extend(files(&path)?);
        }
    }
    Ok(out)
}

/// How many bytes a file has; none where that is not known.
pub fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| if meta.is_file() { meta.len() } else { 0 })
}
