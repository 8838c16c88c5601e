//! The characters of a query: where words, quotation marks and white space begin and end.

use super::QueryError;

/// Reads through a query, a character at a time.
#[derive(Clone)]
pub(crate) struct Scan<'q> {
    pub query: &'q str,
    pub at: usize,
}

impl<'q> Scan<'q> {
    pub fn rest(&self) -> &'q str {
        &self.query[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn skip_space(&mut self) {
        self.at = self.query.len() - self.rest().trim_start().len();
    }

    /// Passes a character if it is the next.
    pub fn pass(&mut self, char: char) -> bool {
        let is_next = self.peek() == Some(char);
        if is_next {
            self.at += char.len_utf8();
        }
        is_next
    }

    /// Whether white space, a closing parenthesis or the end comes next.
    pub fn at_end_of_word(&self) -> bool {
        self.peek().is_none_or(|char| char.is_whitespace() || char == ')')
    }

    /// Whether a bare word would end here.
    pub fn at_end_of_bare(&self) -> bool {
        self.peek().is_none_or(|char| char.is_whitespace() || is_mark(char))
    }

    /// The characters up to white space, a parenthesis or a quotation mark.
    pub fn bare(&mut self) -> &'q str {
        let rest = self.rest();
        let end = rest.find(|char: char| char.is_whitespace() || is_mark(char)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The characters of an address: up to white space or a quotation mark; a parenthesis that it does not open ends it.
    pub fn address(&mut self) -> &'q str {
        let rest = self.rest();
        let mut open = 0_i32;
        let end = rest.find(|char: char| {
            open += i32::from(char == '(') - i32::from(char == ')');
            char.is_whitespace() || closers(char).is_some() || open < 0
        });
        let end = end.unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The name before a colon, if one comes next; stays before it.
    pub fn field_name(&self) -> Option<&'q str> {
        let rest = self.rest();
        let end = rest.find(|char: char| !char.is_ascii_alphabetic())?;
        (end > 0 && rest[end..].starts_with(':')).then(|| &rest[..end])
    }

    /// The words in quotation marks that come next: straight ones, in which `\"` is a quotation mark and `\\` a
    /// backslash, or the typographic ones that pasted text brings.
    pub fn quoted(&mut self) -> Result<Option<String>, QueryError> {
        let start = self.at;
        let Some((open, closers)) = self.peek().and_then(|char| Some((char, closers(char)?))) else { return Ok(None) };
        self.at += open.len_utf8();
        let mut words = String::new();
        let mut escaped = false;
        for (offset, char) in self.rest().char_indices() {
            match char {
                '\\' if !escaped && open == '"' => {
                    escaped = true;
                    continue;
                }
                char if !escaped && closers.contains(char) => {
                    self.at += offset + char.len_utf8();
                    return Ok(Some(words));
                }
                '"' | '\\' => words.push(char),
                char => {
                    if escaped {
                        words.push('\\');
                    }
                    words.push(char);
                }
            }
            escaped = false;
        }
        Err(QueryError::new(
            self.query,
            start..start + open.len_utf8(),
            "this quotation mark is not closed",
            "put another behind the last word that belongs to it",
        ))
    }
}

/// Whether a character ends a bare word wherever it stands.
fn is_mark(char: char) -> bool {
    matches!(char, '(' | ')') || closers(char).is_some()
}

/// What closes a quotation that this character opens; `None` if it opens none.
fn closers(open: char) -> Option<&'static str> {
    match open {
        '"' => Some("\""),
        '“' | '”' => Some("”“\""),
        '„' => Some("“”\""),
        '«' | '»' => Some("»«\""),
        _ => None,
    }
}
