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
    /// Begins. `files`: how many there are, where that is known.
    pub fn begin(files: Option<u64>) -> Self {
        let watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let bar = match files {
            Some(files) if watched && files > FEW_FILES => Some(bar(files)),
            _ => None,
        };
        Progress { bar, pages: 0 }
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

fn bar(files: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(files), ProgressDrawTarget::stderr());
    // A template that the test below has tried; were it refused, the default one would do.
    bar.set_style(ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

const TEMPLATE: &str = "{bar:24} {pos}/{len} files, {msg}, {eta} left";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_understood() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
