//! Values with parameters, such as `text/html; charset="utf-8"`.
//!
//! mail-parser reads these too, but is not used: see `mhtml`.

/// The part before the first semicolon, in lower case: `text/html`.
pub(crate) fn main_value(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The value of the parameter called `name`, in lower case or not; `None` if it is missing or empty.
pub(crate) fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (found, next) = match after.strip_prefix('"') {
            Some(quoted) => {
                let (found, next) = unquoted(quoted);
                (found, next.split_once(';').map_or("", |(_, next)| next))
            }
            None => {
                let (found, next) = after.split_once(';').unwrap_or((after, ""));
                (found.trim().to_owned(), next)
            }
        };
        // Before the name there may be another parameter, one without a value.
        let key = key.rsplit(';').next().unwrap_or_default().trim();
        if key.eq_ignore_ascii_case(name) {
            return (!found.is_empty()).then_some(found);
        }
        rest = next;
    }
}

/// The content of a quoted string whose opening quotation mark was removed, and what follows its closing one.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut found = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return (found, &quoted[at + 1..]),
            '\\' => found.extend(chars.next().map(|(_, escaped)| escaped)),
            char => found.push(char),
        }
    }
    (found, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_quoted_or_not() {
        let value = "Text/HTML; a; b=\"x; charset=no\\\"\"; Charset = \"windows-1252\" ; c=d";
        assert_eq!(main_value(value), "text/html");
        assert_eq!(parameter(value, "charset").as_deref(), Some("windows-1252"));
        assert_eq!(parameter(value, "c").as_deref(), Some("d"));
        assert_eq!(parameter(value, "b").as_deref(), Some("x; charset=no\""));
        assert_eq!(parameter("text/html", "charset"), None);
        assert_eq!(parameter("text/html;charset=", "charset"), None);
    }
}
