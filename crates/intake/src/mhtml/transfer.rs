//! The transfer encodings of MIME (RFC 2045, sections 6.7 and 6.8), byte for byte and with mistakes forgiven.
//!
//! mail-parser refuses a part for one `=` or one character out of place, where the specification asks to go on, and gives all
//! line breaks of a part the same form.

/// Decodes quoted-printable: removes soft line breaks and white space before line breaks, and makes a byte of `=E9`. An
/// equals sign that begins neither is kept, as the specification suggests.
pub(crate) fn quoted_printable(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    for line in encoded.split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii_end();
        let line_break = if line.ends_with(b"\r\n") {
            &b"\r\n"[..]
        } else if line.ends_with(b"\n") {
            &b"\n"[..]
        } else {
            &b""[..]
        };
        let (text, line_break) = match text.strip_suffix(b"=") {
            Some(text) if !line_break.is_empty() => (text, &b""[..]),
            _ => (text, line_break),
        };
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'=', rest) {
            bytes.extend_from_slice(&rest[..at]);
            let digits = rest.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
            let is_hex = |digits: &&str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            match digits.filter(is_hex).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &rest[at + 3..];
                }
                None => {
                    bytes.push(b'=');
                    rest = &rest[at + 1..];
                }
            }
        }
        bytes.extend_from_slice(rest);
        bytes.extend_from_slice(line_break);
    }
    bytes
}

/// Decodes base64 up to the first `=`. Characters outside its alphabet are skipped.
pub(crate) fn base64(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in encoded {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_decoded() {
        assert_eq!(
            quoted_printable(b"Six =\r\npeople  \r\ndied.=20=\n\n<p class=3D\"a\">=e9"),
            b"Six people\r\ndied. \n<p class=\"a\">\xe9"
        );
        assert_eq!(quoted_printable(b"a=ZZ=3=\xe9 b="), b"a=ZZ=3=\xe9 b=");
        assert_eq!(quoted_printable(b"=+1=-1"), b"=+1=-1");
        assert_eq!(quoted_printable(b""), b"");
    }

    #[test]
    fn base64_is_decoded() {
        assert_eq!(base64(b"U2l4IHBl\r\nb3BsZSBk aWVkLg==rest"), b"Six people died.");
        assert_eq!(base64(b"U2l4"), b"Six");
        assert_eq!(base64(b"U"), b"");
        assert_eq!(base64(b"\xff\x00"), b"");
    }
}
