//! What may be sent to a terminal, and what the terminal is like.

use std::borrow::Cow;
use std::fmt::Write;
use std::io::IsTerminal;

/// Columns that output for people fills where nobody says how many: longer lines are hard to read.
const READABLE_WIDTH: usize = 88;
/// Columns of output that goes to no terminal.
const PIPED_WIDTH: usize = 80;
/// Fewest columns that the formats can work with.
const MIN_WIDTH: usize = 20;

/// Words with everything that a terminal would obey made visible, on one line: an escape character is `␛`, a line break
/// `␊`, a C1 control or a mark that turns the direction of what follows `\u{9b}`, `\u{202e}`. Marks that only join,
/// part or hint at the direction of letters (U+200C to U+200F) stay: Arabic and Persian are written with them.
pub fn safe(words: &str) -> Cow<'_, str> {
    if !words.chars().any(steers_terminal) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 8);
    for char in words.chars() {
        push_visible(char, &mut out);
    }
    Cow::Owned(out)
}

/// As [`safe`], but keeps the line breaks of a text of several lines.
pub fn safe_lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|char| steers_terminal(char) && char != '\n') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\n' => out.push('\n'),
            char => push_visible(char, &mut out),
        }
    }
    Cow::Owned(out)
}

fn push_visible(char: char, out: &mut String) {
    match char {
        // The control pictures stand in the order of the controls.
        '\0'..='\u{1F}' => out.extend(char::from_u32(0x2400 + u32::from(char))),
        '\u{7F}' => out.push('␡'),
        char if steers_terminal(char) => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(char));
        }
        char => out.push(char),
    }
}

/// C0 and C1 controls, line and paragraph separators, direction overrides and isolates, tag characters.
fn steers_terminal(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// How many columns to fill on standard output.
pub fn width(asked: Option<u16>) -> usize {
    if let Some(asked) = asked {
        return usize::from(asked).max(MIN_WIDTH);
    }
    if !std::io::stdout().is_terminal() {
        return PIPED_WIDTH;
    }
    let columns = terminal_size::terminal_size().map_or(PIPED_WIDTH, |(width, _)| usize::from(width.0));
    columns.clamp(MIN_WIDTH, READABLE_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_instead() {
        assert_eq!(safe("a\u{1b}[2J"), "a␛[2J");
        assert_eq!(safe("a\r\n\0\u{7f}"), "a␍␊␀␡");
        assert_eq!(safe("\u{9b}2J\u{202e}cba"), "\\u{9b}2J\\u{202e}cba");
        assert_eq!(safe_lines("a\n\u{1b}b"), "a\n␛b");
    }

    #[test]
    fn what_people_write_stays() {
        for words in ["Паром «Зоря»", "می\u{200c}گوید", "קול\u{200f}", "港🚢 e\u{301}"] {
            assert!(matches!(safe(words), Cow::Borrowed(same) if same == words));
        }
    }
}
