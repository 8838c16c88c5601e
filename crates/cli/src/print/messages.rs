//! Standard error: one line for each problem.

use super::terminal::{safe, safe_lines};
use crate::exit::Exit;
use std::io::{self, Write};

/// Says something that concerns the whole run. That nobody listens is no reason to stop.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr(), "onrecord: {}", safe(message));
}

/// Adds lines to what was said, as they are but for what a terminal would obey.
pub fn aside(lines: &str) {
    let _ = writeln!(io::stderr(), "{}", safe_lines(lines));
}

/// The line for a problem with one page: `onrecord: FILE: reason`.
pub fn problem(id: &str, reasons: &[&str]) -> String {
    format!("onrecord: {}: {}\n", safe(id), safe(&reasons.join("; ")))
}

/// Says what is wrong with the command line, or prints the help that was asked for.
pub fn usage(error: &clap::Error) -> Exit {
    let asked_for = !error.use_stderr();
    // The parser repeats arguments as they were given; one that a terminal would obey is shown instead.
    let plain = error.render().to_string();
    let _ = match safe_lines(&plain) {
        _ if asked_for => error.print(),
        std::borrow::Cow::Borrowed(_) => error.print(),
        std::borrow::Cow::Owned(shown) => io::stderr().write_all(shown.as_bytes()),
    };
    if asked_for { Exit::Done } else { Exit::Misused }
}

/// The end of a run that left something out; `None` if there is nothing to say.
pub fn summary(pages: u64, unread: u64, skipped_files: u64, passed_records: u64) -> Option<String> {
    let mut parts = Vec::new();
    // Of a single page its own line has said it.
    if unread > 0 && pages > 1 {
        parts.push(format!("{unread} of {} could not be read", counted(pages, "page")));
    }
    if skipped_files > 0 {
        let verb = if skipped_files == 1 { "was" } else { "were" };
        parts.push(format!("{} of other types in folders {verb} skipped", counted(skipped_files, "file")));
    }
    if passed_records > 0 {
        let verb = if passed_records == 1 { "is not a page and was" } else { "are not pages and were" };
        parts.push(format!("{} in web archives {verb} skipped", counted(passed_records, "record")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A number of things.
pub fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A number of bytes, in a unit that people read easily.
pub fn bytes(number: u64) -> String {
    match number as f64 {
        small if small < 1e3 => format!("{number} bytes"),
        size if size < 1e6 => format!("{:.1} kB", size / 1e3),
        size if size < 1e9 => format!("{:.1} MB", size / 1e6),
        size => format!("{:.2} GB", size / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_line_that_a_terminal_does_not_obey() {
        assert_eq!(problem("a\n\u{1b}[2J.html", &["is empty"]), "onrecord: a␊␛[2J.html: is empty\n");
        assert_eq!(problem("a", &["one", "two"]), "onrecord: a: one; two\n");
    }

    #[test]
    fn the_summary_speaks_of_what_was_left_out() {
        assert_eq!(summary(3, 0, 0, 0), None);
        assert_eq!(summary(1, 1, 0, 0), None);
        assert_eq!(summary(3, 1, 0, 0).as_deref(), Some("1 of 3 pages could not be read"));
        assert_eq!(summary(1, 0, 1, 0).as_deref(), Some("1 file of other types in folders was skipped"));
        assert_eq!(
            summary(9, 2, 4, 0).as_deref(),
            Some("2 of 9 pages could not be read; 4 files of other types in folders were skipped")
        );
        assert_eq!(summary(9, 0, 0, 7).as_deref(), Some("7 records in web archives are not pages and were skipped"));
    }
}
