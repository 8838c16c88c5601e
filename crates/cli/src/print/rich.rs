//! Styled words, wrapped to a width.

use super::colours::{PLAIN, Paint};
use super::terminal::{safe, width};
use crate::args::Look;
use anstyle::Style;
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What paragraphs are written on.
#[derive(Copy, Clone, Debug)]
pub struct Canvas {
    /// Colours, or none.
    pub paint: Paint,
    /// Columns to fill.
    pub width: usize,
}

impl Canvas {
    /// Standard output.
    pub fn stdout(look: &Look) -> Self {
        Canvas { paint: Paint::stdout(look.color), width: width(look.width) }
    }

    /// Writes a paragraph with the same indent before every line.
    pub fn paragraph(&self, out: &mut String, rich: &Rich, indent: &str) {
        rich.write(out, indent, indent, self.width, self.paint);
    }

    /// Writes a line of a table, which is not wrapped.
    pub fn table_line(&self, out: &mut String, rich: &Rich) {
        rich.write(out, "", "", usize::MAX / 2, self.paint);
    }
}

/// A paragraph. Everything that is added to it is made safe for a terminal.
#[derive(Debug, Default)]
pub struct Rich {
    text: String,
    /// Where each style ends; in order.
    styles: Vec<(usize, Style)>,
}

impl Rich {
    /// A paragraph in one style.
    pub fn of(words: &str, style: Style) -> Self {
        let mut rich = Rich::default();
        rich.push(words, style);
        rich
    }

    /// Adds words. Line breaks and tabs in them are spaces: paragraphs are wrapped again.
    pub fn push(&mut self, words: &str, style: Style) {
        for (nth, stretch) in words.split(['\n', '\t', '\r']).enumerate() {
            if nth > 0 {
                self.text.push(' ');
            }
            self.text.push_str(&safe(stretch));
        }
        self.styles.push((self.text.len(), style));
    }

    /// Adds the paragraph to `out`, each line ended by a line break: `first` before the first, `other` before the other
    /// lines. `width` counts these too.
    pub fn write(&self, out: &mut String, first: &str, other: &str, width: usize, paint: Paint) {
        let room = width.saturating_sub(first.width().max(other.width())).max(1);
        let mut styles = self.styles.iter().peekable();
        for (nth, line) in wrapped(&self.text, room).into_iter().enumerate() {
            out.push_str(if nth == 0 { first } else { other });
            let mut at = line.start;
            while at < line.end {
                let (end, style) = styles.peek().map_or((line.end, PLAIN), |(end, style)| (*end, *style));
                if end <= at {
                    styles.next();
                    continue;
                }
                let to = end.min(line.end);
                paint.push(out, &self.text[at..to], style);
                at = to;
            }
            out.push('\n');
        }
    }
}

/// The first characters of some words, up to the end of a word, and "…" where there are more.
pub fn shortened(words: &str, chars: usize) -> String {
    let Some((end, _)) = words.char_indices().nth(chars) else { return words.to_owned() };
    let kept = &words[..end];
    let kept = kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole);
    format!("{kept} …")
}

/// The lines of a text, at most `room` columns each, broken where Unicode allows it (UAX #14) and inside a word only
/// where the word alone is too long. White space at the end of a line is left out.
fn wrapped(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut at) = (0, 0, 0);
    let mut columns = 0;
    for (to, opportunity) in linebreaks(text) {
        let piece = &text[at..to];
        let words = piece.trim_end();
        if columns + words.width() > room && end > start {
            lines.push(start..end);
            (start, columns) = (at, 0);
        }
        if words.width() > room {
            for (offset, char) in words.char_indices() {
                let wide = char.width().unwrap_or(0);
                if columns + wide > room && at + offset > start {
                    lines.push(start..at + offset);
                    (start, columns) = (at + offset, 0);
                }
                columns += wide;
            }
            columns += piece[words.len()..].width();
        } else {
            columns += piece.width();
        }
        end = at + words.len();
        at = to;
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(start..end);
            (start, end, columns) = (at, at, 0);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::colours::BOLD;

    fn lines(text: &str, room: usize) -> Vec<&str> {
        wrapped(text, room).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn a_long_statement_is_cut_between_words() {
        assert_eq!(shortened("we hit it hard", 20), "we hit it hard");
        assert_eq!(shortened("we hit it hard", 11), "we hit it …");
        assert_eq!(shortened("渡船が港に着いた", 4), "渡船が港 …");
    }

    #[test]
    fn lines_are_filled_and_not_overfilled() {
        assert_eq!(lines("the ferry struck the breakwater", 12), ["the ferry", "struck the", "breakwater"]);
        assert_eq!(lines("“We hit it,”[1] he said", 15), ["“We hit it,”[1]", "he said"]);
    }

    #[test]
    fn wide_characters_count_twice_and_break_anywhere_but_before_a_stop() {
        assert_eq!(lines("渡船が港に。着いた", 10), ["渡船が港", "に。着いた"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken() {
        assert_eq!(lines("a https://example.com", 8), ["a", "https://", "example.", "com"]);
        assert_eq!(lines("aaaaaaaaaa bb", 4), ["aaaa", "aaaa", "aa", "bb"]);
    }

    #[test]
    fn arabic_keeps_its_logical_order() {
        assert_eq!(lines("قالت الوزيرة إن السفينة", 12), ["قالت الوزيرة", "إن السفينة"]);
    }

    #[test]
    fn a_style_goes_on_behind_a_line_break() {
        let mut rich = Rich::of("he ", PLAIN);
        rich.push("said it", BOLD);
        let mut out = String::new();
        rich.write(&mut out, "", "", 7, Paint::new(true));
        assert_eq!(out, "he \u{1b}[1msaid\u{1b}[0m\n\u{1b}[1mit\u{1b}[0m\n");
        let mut out = String::new();
        rich.write(&mut out, "- ", "  ", 9, Paint::new(false));
        assert_eq!(out, "- he said\n  it\n");
    }
}
