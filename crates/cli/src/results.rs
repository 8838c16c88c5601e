//! Results in the order of the input: what `read` and `parse` have in common.

use crate::progress::Progress;
use crate::{Outcome, messages};
use onrecord_document::{Capture, Note, Stage};
use onrecord_intake::{ByteSize, Input, Intake, Item, Options, Unreadable, in_order};
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread::available_parallelism;

/// Bytes that standard output collects before it writes them.
const OUTPUT_BUFFER: usize = 256 << 10;

/// Turns one page into output; shared by all threads.
pub trait Render: Sync {
    /// What came of a page.
    fn render(&self, capture: &Capture) -> Rendered;

    /// The output for an item that can't be read.
    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8>;
}

/// What came of one page.
pub struct Rendered {
    /// For standard output, without what stands between results.
    pub output: Vec<u8>,
    /// For standard error.
    pub reasons: Vec<String>,
    /// Whether it could not be read.
    pub unread: bool,
}

/// What is read, and how results are printed.
pub struct Run<'a> {
    pub paths: &'a [PathBuf],
    pub input: Input,
    pub threads: Option<u16>,
    pub framing: Framing,
    /// Whether results say for themselves, on this terminal, what is wrong; twice would be once too often.
    pub says_itself: bool,
}

impl Run<'_> {
    /// Prints one result an item, in order.
    pub fn print(self, renderer: &impl Render) -> Outcome {
        let on_terminal = io::stdout().is_terminal();
        let mut intake = Intake::open(self.paths.to_vec(), Options { input: self.input, ..Options::default() });
        let mut printer = Printer {
            out: BufWriter::with_capacity(OUTPUT_BUFFER, io::stdout().lock()),
            framing: self.framing,
            progress: Progress::begin(intake.total_hint()),
            quiet: on_terminal && io::stderr().is_terminal() && self.says_itself,
            each_page: on_terminal,
            pages: 0,
            unread: 0,
        };
        let threads = self.threads.map_or_else(|| available_parallelism().map_or(1, NonZeroUsize::get), usize::from);
        let items = std::iter::from_fn(|| {
            let item = intake.next()?;
            Some(Page { item, position: intake.position() })
        });
        let printed = in_order(items, threads, |page| result(renderer, page), |result| printer.print(&result));
        let printed = printed.and_then(|()| printer.finish());
        let (pages, unread) = (printer.pages, printer.unread);
        match printed {
            Ok(()) => {}
            // Whoever reads our output has seen enough (`| head`).
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return if unread == 0 { Outcome::Done } else { Outcome::Incomplete };
            }
            Err(error) => {
                messages::say(&format!("the output could not be written: {error}"));
                return Outcome::Incomplete;
            }
        }
        if let Some(summary) = messages::summary(pages, unread, intake.skipped_files(), intake.passed_records()) {
            messages::say(&summary);
        }
        if unread == 0 { Outcome::Done } else { Outcome::Incomplete }
    }
}

/// An item and how far reading had come with it, in files.
struct Page {
    item: Item,
    position: f64,
}

impl ByteSize for Page {
    fn bytes(&self) -> usize {
        self.item.bytes()
    }
}

/// One page, ready to print.
struct Printed {
    output: Vec<u8>,
    /// For standard error.
    problem: Option<String>,
    unread: bool,
    position: f64,
}

fn result(renderer: &impl Render, page: Page) -> Printed {
    let id = page.item.id().to_owned();
    // Reading catches its own panics; this is for what comes after it.
    let rendered = catch_unwind(AssertUnwindSafe(|| match page.item {
        Item::Unreadable(unreadable) => {
            Rendered { output: renderer.unreadable(&unreadable), reasons: vec![unreadable.note.message], unread: true }
        }
        Item::Capture(capture) => renderer.render(&capture),
    }));
    let Rendered { output, reasons, unread } = rendered.unwrap_or_else(|_| {
        let message = "printing this page failed inside Onrecord; please report it";
        let failed = Unreadable { id: id.clone(), note: Note::new(Stage::Intake, "panic", message), bytes: None };
        Rendered { output: renderer.unreadable(&failed), reasons: vec![message.to_owned()], unread: true }
    });
    let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
    let problem = (!reasons.is_empty()).then(|| messages::problem(&id, &reasons));
    Printed { output, problem, unread, position: page.position }
}

/// What stands before, between and behind results.
pub struct Framing {
    open: Cow<'static, str>,
    between: &'static str,
    close: &'static str,
    /// What all of it is if there is no result.
    empty: Cow<'static, str>,
}

impl Framing {
    /// One result a line.
    pub const LINES: Framing =
        Framing { open: Cow::Borrowed(""), between: "\n", close: "\n", empty: Cow::Borrowed("") };
    /// Results as they are.
    pub const NONE: Framing = Framing { open: Cow::Borrowed(""), between: "", close: "", empty: Cow::Borrowed("") };
    /// One array of all results.
    pub const ARRAY: Framing =
        Framing { open: Cow::Borrowed("[\n"), between: ",\n", close: "\n]\n", empty: Cow::Borrowed("[]\n") };

    /// This between two results.
    pub fn between(between: &'static str) -> Self {
        Framing { between, ..Framing::NONE }
    }

    /// This before all results, also where there are none.
    pub fn under(head: String) -> Self {
        Framing { open: head.clone().into(), empty: head.into(), ..Framing::NONE }
    }
}

/// Prints results as they come, in order.
struct Printer {
    out: BufWriter<io::StdoutLock<'static>>,
    framing: Framing,
    progress: Progress,
    quiet: bool,
    /// Whether somebody waits for each page.
    each_page: bool,
    pages: u64,
    unread: u64,
}

impl Printer {
    fn print(&mut self, result: &Printed) -> io::Result<()> {
        let before = if self.pages == 0 { &*self.framing.open } else { self.framing.between };
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(&result.output)?;
        if self.each_page {
            self.out.flush()?;
        }
        self.pages += 1;
        self.unread += u64::from(result.unread);
        if let Some(problem) = result.problem.as_ref().filter(|_| !self.quiet) {
            // That nobody listens is no reason to stop.
            let _ = self.progress.aside(|| io::stderr().write_all(problem.as_bytes()));
        }
        self.progress.page_done(result.position);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.progress.end();
        let end = if self.pages == 0 { &*self.framing.empty } else { self.framing.close };
        self.out.write_all(end.as_bytes())?;
        self.out.flush()
    }
}
