//! JSON Lines, a line at a time.

use std::io::{BufRead, Read};

use demarche::story::{Intake, Problem};

use super::gzip::Damage;
use super::walk::Walk;
use super::{Document, Trouble, Why};

/// Hands on every line; one that is longer than a story can be is stepped over.
pub(crate) fn lines<E>(walk: &mut Walk<E>, name: &str, mut input: &mut dyn BufRead) -> Result<(), E> {
    let most = Intake::LARGEST;
    let mut number = 0;
    loop {
        number += 1;
        let mut line = Vec::new();
        let read = Read::by_ref(&mut input).take(most as u64 + 1).read_until(b'\n', &mut line);
        match read {
            Ok(0) => return Ok(()),
            Ok(_) if line.len() > most => {
                let problem = Problem::TooLarge { bytes: line.len(), most };
                walk.trouble(Trouble::new(format!("{name}:{number}"), Why::Document(problem)))?;
                if let Err(error) = input.skip_until(b'\n')
                    && !walk.damage(name, error)?
                {
                    return Ok(());
                }
            }
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
            Ok(_) => walk.document(Document::Line { name: name.to_owned(), number, bytes: line })?,
            // What was read of the line is lost with the damage.
            Err(error) => {
                if !walk.damage(name, error)? {
                    return Ok(());
                }
            }
        }
    }
}

/// What an error of reading means.
pub(crate) fn why(error: std::io::Error) -> (Why, bool) {
    match Damage::of(&error) {
        Some(damage @ Damage::Member { .. }) => (Why::Gzip(damage.to_string()), true),
        Some(Damage::Bomb) => (Why::Bomb(super::gzip::MOST_TIMES), false),
        None => (Why::Io(error), false),
    }
}
