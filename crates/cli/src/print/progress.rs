//! The progress of a long run, on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Files up to this many are read before anyone looks.
const FEW_FILES: u64 = 8;

/// Steps of the bar for each file: a file of many pages moves it too.
const STEPS_A_FILE: u64 = 1000;

/// A bar with pages, pages a second and the time left; or nothing, where nobody would see it or results on the same
/// terminal show how far it is.
pub struct ProgressLine {
    bar: Option<ProgressBar>,
    files: u64,
    pages: u64,
}

impl ProgressLine {
    /// Begins, beside results on standard output. `files`: how many there are, where that is known.
    pub fn begin(files: Option<u64>) -> Self {
        let watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let bar = match files {
            Some(files) if watched && files > FEW_FILES => Some(bar(files * STEPS_A_FILE, PAGES)),
            _ => None,
        };
        ProgressLine { bar, files: files.unwrap_or(0), pages: 0 }
    }

    /// Begins where nothing else is printed at the same time. Shown for a single file too, which may hold many pages.
    pub fn begin_alone(files: Option<u64>) -> Self {
        let watched = std::io::stderr().is_terminal();
        let bar = match files {
            Some(files) if watched => Some(bar(files * STEPS_A_FILE, PAGES)),
            None if watched => Some(bar(1, PAGES_OF_A_STREAM)),
            _ => None,
        };
        ProgressLine { bar, files: files.unwrap_or(0), pages: 0 }
    }

    /// Begins work whose steps the caller counts.
    pub fn begin_steps() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| bar(1, STEPS));
        ProgressLine { bar, files: 0, pages: 0 }
    }

    /// `done` steps of `of` are done.
    pub fn step(&self, done: u64, of: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.set_position(done);
        }
    }

    /// One more page is done, with which reading had come so far, in files.
    pub fn page_done(&mut self, position: f64) {
        self.pages += 1;
        if let Some(bar) = &self.bar {
            bar.set_position((position * STEPS_A_FILE as f64) as u64);
            bar.set_message(message(self.pages, bar.elapsed().as_secs_f64(), position, self.files));
        }
    }

    /// Does something that prints to the terminal, with the bar out of the way.
    pub fn aside<R>(&self, print: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What stands beside the bar.
fn message(pages: u64, seconds: f64, position: f64, files: u64) -> String {
    let speed = if seconds > 0.0 { pages as f64 / seconds } else { 0.0 };
    let mut message = format!("{pages} pages, {speed:.0} pages/s");
    if files > 1 {
        message += &format!(", {} of {files} files", position as u64);
    }
    message
}

fn bar(steps: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
    // Templates that the test below has tried; were one refused, the default one would do.
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

const PAGES: &str = "{bar:24} {msg}, {eta} left";
const PAGES_OF_A_STREAM: &str = "{spinner} {msg}, {elapsed}";
const STEPS: &str = "{bar:24} {pos}/{len}, {eta} left";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_understood() {
        for template in [PAGES, PAGES_OF_A_STREAM, STEPS] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }

    #[test]
    fn pages_their_speed_and_files_are_told() {
        assert_eq!(message(30, 2.0, 0.25, 1), "30 pages, 15 pages/s");
        assert_eq!(message(30, 2.0, 3.5, 12), "30 pages, 15 pages/s, 3 of 12 files");
        assert_eq!(message(0, 0.0, 0.0, 1), "0 pages, 0 pages/s");
    }
}
