//! The colours of output for people, and whether to use them.

use crate::args::ColorWhen;
use anstyle::{AnsiColor, Effects, Style};
use std::io::IsTerminal;

/// Paints words, or leaves them as they are.
#[derive(Copy, Clone, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Whether standard output is painted. `auto`: on a terminal that can, unless `NO_COLOR` is set and not empty
    /// (no-color.org).
    pub fn stdout(when: ColorWhen) -> Self {
        let on = match when {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
                std::io::stdout().is_terminal() && !refused && !dumb
            }
        };
        Paint { on }
    }

    /// Leaves words as they are.
    pub const OFF: Paint = Paint { on: false };

    /// Paint that is used, or not.
    #[cfg(test)]
    pub const fn new(on: bool) -> Self {
        Paint { on }
    }

    /// Whether anything is painted.
    pub fn is_on(self) -> bool {
        self.on
    }

    /// Adds words in a style.
    pub fn push(self, out: &mut String, words: &str, style: Style) {
        if !self.on || style.is_plain() || words.is_empty() {
            return out.push_str(words);
        }
        out.push_str(&style.render().to_string());
        out.push_str(words);
        out.push_str(&style.render_reset().to_string());
    }
}

/// Words as they are.
pub const PLAIN: Style = Style::new();
/// Headlines and headings.
pub const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What surrounds the article, and what we say beside its words.
pub const DIM: Style = Style::new().effects(Effects::DIMMED);
/// Standfirsts.
pub const ITALIC: Style = Style::new().effects(Effects::ITALIC);
/// Bytes that are meant.
pub const MARKED: Style = Style::new().effects(Effects::INVERT);

/// Colours of the terminal's own theme that are told apart on dark and light ground.
const SPEAKERS: [AnsiColor; 6] =
    [AnsiColor::Cyan, AnsiColor::Yellow, AnsiColor::Magenta, AnsiColor::Green, AnsiColor::Blue, AnsiColor::Red];

/// The colour of the nth speaker of an article; the seventh has the first one's again.
pub fn speaker(nth: usize) -> Style {
    SPEAKERS[nth % SPEAKERS.len()].on_default()
}
