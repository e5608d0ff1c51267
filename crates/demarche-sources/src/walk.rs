//! The walk from a path or an address to its documents.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use demarche::story::{Format, Intake};

use super::gzip::Members;
use super::web::{Validators, Web, is_address};
use super::{Document, Trouble, Why, feed, lines, petrarch, rows, warc, zipped};

/// Archives inside archives are opened this deep.
const DEEPEST: u8 = 3;

/// What the walk comes upon.
#[derive(Debug)]
pub enum Item {
    /// A document.
    Document(Document),
    /// Something that cannot be read.
    Trouble(Trouble),
    /// A feed was read to its end: once its stories are kept, it need not be sent again until it changes.
    Feed {
        /// Its address.
        url: String,
        /// By what the server knows this state of it.
        validators: Validators,
    },
}

/// What is known already and need not be fetched again.
pub trait Known {
    /// By what the server knows the state of a feed that was last read.
    fn validators(&self, feed: &str) -> Option<Validators>;
    /// Whether the story of an address is there.
    fn story(&self, url: &str) -> bool;
}

/// Nothing is known.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Known for Nothing {
    fn validators(&self, _: &str) -> Option<Validators> {
        None
    }

    fn story(&self, _: &str) -> bool {
        false
    }
}

/// Walks through sources.
#[derive(Debug)]
pub struct Sources {
    web: Web,
    format: Option<Format>,
    read: Arc<AtomicU64>,
}

impl Sources {
    /// With `format` every document is taken to be of that format; two requests to one host are `pause` apart.
    pub fn new(format: Option<Format>, pause: Duration) -> Self {
        Self { web: Web::new(pause), format, read: Arc::default() }
    }

    /// How many bytes of files have been read so far, as they lie on the disk.
    pub fn read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// Walks through what is read of a stream that is called `name`. A zip file is none that can be read so.
    pub fn walk_stream<E>(
        &mut self,
        name: &str,
        input: &mut dyn BufRead,
        take: &mut dyn FnMut(Item) -> Result<(), E>,
    ) -> Result<(), E> {
        Walk { take, format: self.format }.stream(name, input, 0)
    }

    /// Walks through one source, a file, `-` for standard input, or an address, and hands on what it finds, in its order. An error of `take`
    /// ends the walk.
    pub fn walk<E>(
        &mut self,
        source: &str,
        known: &dyn Known,
        take: &mut dyn FnMut(Item) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut walk = Walk { take, format: self.format };
        if is_address(source) {
            return feed::address(&mut walk, &mut self.web, known, source);
        }
        if source == "-" {
            return self.walk_stream(source, &mut BufReader::new(io::stdin()), walk.take);
        }
        let path = Path::new(source);
        if path.is_dir() {
            let error = io::Error::other("this is a folder; name the files in it");
            return walk.trouble(Trouble::new(source, Why::Io(error)));
        }
        let opened = File::open(path).and_then(|mut file| {
            let mut magic = [0; 4];
            let n = file.read(&mut magic)?;
            io::Seek::rewind(&mut file)?;
            Ok((file, magic[..n] == *b"PK\x03\x04"))
        });
        match opened {
            Ok((file, true)) => {
                let size = file.metadata().map_or(0, |meta| meta.len());
                let done = zipped::entries(&mut walk, source, file);
                self.read.fetch_add(size, Ordering::Relaxed);
                done
            }
            Ok((file, false)) => {
                let counted = Counted { file, read: Arc::clone(&self.read) };
                walk.stream(source, &mut BufReader::with_capacity(1 << 16, counted), 0)
            }
            Err(error) => walk.trouble(Trouble::new(source, Why::Io(error))),
        }
    }
}

/// Counts what is read of a file.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(out)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A walk under way.
pub(crate) struct Walk<'t, E> {
    take: &'t mut dyn FnMut(Item) -> Result<(), E>,
    pub format: Option<Format>,
}

impl<E> Walk<'_, E> {
    pub fn document(&mut self, document: Document) -> Result<(), E> {
        (self.take)(Item::Document(document))
    }

    pub fn trouble(&mut self, trouble: Trouble) -> Result<(), E> {
        (self.take)(Item::Trouble(trouble))
    }

    pub fn feed(&mut self, url: &str, validators: Validators) -> Result<(), E> {
        (self.take)(Item::Feed { url: url.to_owned(), validators })
    }

    /// Names an error of reading; whether there may be more behind it.
    pub fn damage(&mut self, name: &str, error: io::Error) -> Result<bool, E> {
        let (why, more) = lines::why(error);
        self.trouble(Trouble::new(name, why))?;
        Ok(more)
    }

    /// Walks through a stream, whatever is in it; `depth` archives are around it.
    pub fn stream(&mut self, name: &str, input: &mut dyn BufRead, depth: u8) -> Result<(), E> {
        let head = match input.fill_buf() {
            Ok(head) => &head[..head.len().min(4096)],
            Err(error) => return self.damage(name, error).map(|_| ()),
        };
        if head.starts_with(&[0x1f, 0x8b]) {
            if depth == DEEPEST {
                return self.trouble(Trouble::new(name, Why::Nested));
            }
            let name = name.strip_suffix(".gz").unwrap_or(name);
            return self.stream(name, &mut BufReader::with_capacity(1 << 16, Members::new(input)), depth + 1);
        }
        if head.starts_with(b"PK\x03\x04") {
            return self.trouble(Trouble::new(name, Why::Nested));
        }
        if head.starts_with(b"WARC/") {
            return warc::records(self, name, input);
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if self.format.is_none() && (matches!(ending.as_str(), "csv" | "tsv") || rows::is_table(head)) {
            return rows::rows(self, name, input);
        }
        let text = String::from_utf8_lossy(head).into_owned();
        if self.format.is_none() && petrarch::is_petrarch(&text) {
            return petrarch::sentences(self, name, input);
        }
        let format = self.format.unwrap_or_else(|| Format::sniff(name, head));
        if format == Format::JsonLines {
            return lines::lines(self, name, input);
        }
        self.whole(name, format, input)
    }

    /// A document that is one story.
    fn whole(&mut self, name: &str, format: Format, input: &mut dyn BufRead) -> Result<(), E> {
        let mut bytes = Vec::new();
        // One byte too many is enough to be told from a document that is just within bounds.
        let mut input = input.take(Intake::LARGEST as u64 + 1);
        if let Err(error) = input.read_to_end(&mut bytes) {
            // Half a story is none.
            return self.damage(name, error).map(|_| ());
        }
        let format = Some(format);
        self.document(Document::Whole { name: name.to_owned(), bytes, format, url: None, date: None })
    }
}
