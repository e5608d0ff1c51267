//! Bytes to text, in whatever encoding they are.

use chardetng::EncodingDetector;

use super::error::Problem;

/// The text of `bytes`; an error carries its line.
pub(super) fn decode(bytes: &[u8]) -> Result<String, (usize, Problem)> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err((1, Problem::Empty));
    }
    let marked = encoding_rs::Encoding::for_bom(bytes);
    if marked.is_none()
        && let Some(at) = bytes.iter().position(|&b| is_binary(b))
    {
        let line = 1 + bytes[..at].iter().filter(|&&b| b == b'\n').count();
        return Err((line, Problem::Binary { byte: bytes[at] }));
    }
    let encoding = match marked {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => declared(bytes).unwrap_or_else(|| guessed(bytes)),
    };
    Ok(encoding.decode(bytes).0.into_owned())
}

/// Control characters that no text in a one-byte or multi-byte encoding holds.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31)
}

/// The encoding that a page says it is in.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after
        .trim_start_matches(['"', '\''])
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .next()?;
    encoding_rs::Encoding::for_label(label.as_bytes())
}

fn guessed(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found() {
        let latin = b"The caf\xe9 in S\xe3o Paulo was closed by the police on Friday, said Jos\xe9.";
        assert!(decode(latin).unwrap().contains("café in São Paulo"));
        assert_eq!(decode(b"\xff\xfeA\0b\0").unwrap(), "Ab");
        let page = b"<meta charset=\"windows-1251\"><p>\xcf\xf3\xf2\xe8\xed";
        assert!(decode(page).unwrap().ends_with("Путин"));
    }

    #[test]
    fn what_is_no_text_is_named_with_its_line() {
        assert_eq!(decode(b" \n"), Err((1, Problem::Empty)));
        assert_eq!(decode(b"a\nb\x00"), Err((2, Problem::Binary { byte: 0 })));
    }
}
