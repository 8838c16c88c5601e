//! How far a long run has come, on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Files up to this many are read before anyone looks.
const FEW_FILES: u64 = 8;

/// A bar with pages, pages a second and the time left; or nothing, where nobody would see it or results on the same
/// terminal show how far it is.
pub struct Progress {
    bar: Option<ProgressBar>,
    pages: u64,
}

impl Progress {
    /// Begins, beside results on standard output. `files`: how many there are, where that is known.
    pub fn begin(files: Option<u64>) -> Self {
        let watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let bar = match files {
            Some(files) if watched && files > FEW_FILES => Some(bar(files, TEMPLATE)),
            _ => None,
        };
        Progress { bar, pages: 0 }
    }

    /// Begins where nothing else is printed meanwhile; also shown where a single file may hold many pages.
    pub fn begin_alone(files: Option<u64>) -> Self {
        let watched = std::io::stderr().is_terminal();
        let bar = match files {
            Some(1) | None if watched => Some(bar(1, PAGES_ALONE)),
            Some(files) if watched => Some(bar(files, TEMPLATE)),
            _ => None,
        };
        Progress { bar, pages: 0 }
    }

    /// Begins a piece of work whose steps are counted by who does it.
    pub fn begin_steps() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| bar(1, STEPS));
        Progress { bar, pages: 0 }
    }

    /// So many steps of so many are done.
    pub fn step(&self, done: u64, of: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.set_position(done);
        }
    }

    /// One more page is done, of the file that is `file`th from 1.
    pub fn page_done(&mut self, file: u64) {
        self.pages += 1;
        if let Some(bar) = &self.bar {
            // The last page of a file cannot be told from its others; a file that is begun counts.
            bar.set_position(file);
            let seconds = bar.elapsed().as_secs_f64();
            let speed = if seconds > 0.0 { self.pages as f64 / seconds } else { 0.0 };
            bar.set_message(format!("{} pages, {speed:.0} pages/s", self.pages));
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

fn bar(files: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(files), ProgressDrawTarget::stderr());
    // Templates that the test below has tried; were one refused, the default one would do.
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

const TEMPLATE: &str = "{bar:24} {pos}/{len} files, {msg}, {eta} left";
const PAGES_ALONE: &str = "{spinner} {msg}, {elapsed}";
const STEPS: &str = "{bar:24} {pos}/{len}, {eta} left";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_understood() {
        for template in [TEMPLATE, PAGES_ALONE, STEPS] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
