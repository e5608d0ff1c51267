//! The members of a gzip file, one after another, also those behind a damaged one.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use thiserror::Error;

/// Text and pages shrink to a tenth; what grows so many times is made to fill memories. Small ones may do as they like.
pub(crate) const MOST_TIMES: u64 = 200;
pub(crate) const SMALL: u64 = 64 << 20;

/// How a member begins: magic number, deflate.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// What is wrong with a member; carried within an [`io::Error`], after which reading goes on with the next member.
#[derive(Debug, Error)]
pub(crate) enum Damage {
    #[error("a gzip member is damaged or cut short at byte {at}")]
    Member {
        at: u64,
        /// Some of it has been read, and cannot be trusted.
        begun: bool,
    },
    #[error("the gzip data expands without end")]
    Bomb,
}

impl Damage {
    /// The damage that an error tells of.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

/// Counts the bytes that go through.
struct Counted<R> {
    inner: R,
    count: u64,
    /// How many bytes of the magic number are to be read again.
    again: usize,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again > 0 { Ok(&MAGIC[MAGIC.len() - self.again..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if self.again > 0 {
            self.again -= n;
        } else {
            self.count += n as u64;
            self.inner.consume(n);
        }
    }
}

enum State<R: BufRead> {
    /// Between members; after damage the next one has to be looked for.
    Between {
        input: Counted<R>,
        lost: bool,
    },
    Within {
        member: Box<GzDecoder<Counted<R>>>,
        begun: u64,
        out: u64,
    },
    Over,
}

/// What all members hold, one after another. A damaged one gives one error, then what stands behind it.
pub(crate) struct Members<R: BufRead> {
    state: State<R>,
}

impl<R: BufRead> Members<R> {
    pub fn new(input: R) -> Self {
        Self { state: State::Between { input: Counted { inner: input, count: 0, again: 0 }, lost: false } }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Ok(0),
                State::Between { mut input, lost } => {
                    if lost {
                        seek(&mut input)?;
                    }
                    if input.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let begun = input.count;
                    self.state = State::Within { member: Box::new(GzDecoder::new(input)), begun, out: 0 };
                }
                State::Within { mut member, begun, out } => match member.read(to) {
                    Ok(0) if !to.is_empty() => {
                        self.state = State::Between { input: member.into_inner(), lost: false };
                    }
                    Ok(n) => {
                        let out = out + n as u64;
                        if out > SMALL && out > MOST_TIMES * (member.get_ref().count - begun) {
                            return Err(io::Error::other(Damage::Bomb));
                        }
                        self.state = State::Within { member, begun, out };
                        return Ok(n);
                    }
                    Err(_) => {
                        let input = member.into_inner();
                        let at = input.count;
                        self.state = State::Between { input, lost: true };
                        return Err(io::Error::other(Damage::Member { at, begun: out > 0 }));
                    }
                },
            }
        }
    }
}

/// Goes on to where a member may begin; its magic number, taken away in looking for it, is read again.
fn seek<R: BufRead>(input: &mut Counted<R>) -> io::Result<()> {
    let mut matched = 0;
    loop {
        let buffer = input.inner.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let mut taken = 0;
        for &byte in buffer {
            taken += 1;
            matched = if byte == MAGIC[matched] { matched + 1 } else { usize::from(byte == MAGIC[0]) };
            if matched == MAGIC.len() {
                break;
            }
        }
        input.inner.consume(taken);
        input.count += taken as u64;
        if matched == MAGIC.len() {
            input.again = MAGIC.len();
            return Ok(());
        }
    }
}
