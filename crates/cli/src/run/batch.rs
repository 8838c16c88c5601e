//! Reads pages on many threads and prints one result for each, in the order of the input.

use super::model;
use crate::exit::Exit;
use crate::print::progress::ProgressLine;
use crate::print::{messages, output};
use onrecord_document::{Capture, Note, Stage};
use onrecord_intake::{ByteSize, Input, Intake, Item, Options, Unreadable, in_order};
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Bytes that standard output collects before it writes them.
const OUTPUT_BUFFER: usize = 256 << 10;

/// Turns one page into output; shared by all threads.
pub trait Render: Sync {
    /// The result for a page.
    fn render(&self, capture: &Capture) -> Rendered;

    /// The output for an item that can't be read.
    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8>;
}

/// The result for one page.
pub struct Rendered {
    /// For standard output, without what stands between results.
    pub output: Vec<u8>,
    /// For standard error.
    pub reasons: Vec<String>,
    /// Whether it could not be read.
    pub unread: bool,
}

impl Rendered {
    /// The result for a document with these notes.
    pub fn of(output: Vec<u8>, notes: Vec<Note>) -> Self {
        let unread = notes.iter().any(|note| note.code == "panic");
        Rendered { output, reasons: notes.into_iter().map(|note| note.message).collect(), unread }
    }
}

/// Pages to read, and how their results are printed.
pub struct PageBatch<'a> {
    pub paths: &'a [PathBuf],
    pub input: Input,
    pub threads: Option<u16>,
    pub framing: Framing,
    /// Whether a result itself says what is wrong with its page, so that standard error on the same terminal need not.
    pub explains_itself: bool,
}

impl PageBatch<'_> {
    /// Prints one result an item, in order.
    pub fn print(self, renderer: &impl Render) -> Exit {
        let on_terminal = io::stdout().is_terminal();
        let mut intake = Intake::open(self.paths.to_vec(), Options { input: self.input, ..Options::default() });
        let mut printer = ResultPrinter {
            out: BufWriter::with_capacity(OUTPUT_BUFFER, io::stdout().lock()),
            framing: self.framing,
            progress: ProgressLine::begin(intake.total_hint()),
            quiet: on_terminal && io::stderr().is_terminal() && self.explains_itself,
            each_page: on_terminal,
            pages: 0,
            unread: 0,
        };
        let threads = model::threads(self.threads);
        let items = std::iter::from_fn(|| {
            let item = intake.next()?;
            Some(PositionedItem { item, position: intake.position() })
        });
        let printed = in_order(items, threads, |page| result(renderer, page), |result| printer.print(&result));
        let printed = printed.and_then(|()| printer.finish());
        let (pages, unread) = (printer.pages, printer.unread);
        let all_read = if unread == 0 { Exit::Done } else { Exit::Incomplete };
        match printed {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return all_read,
            Err(error) => return output::written(Err(error)),
        }
        if let Some(summary) = messages::summary(pages, unread, intake.skipped_files(), intake.passed_records()) {
            messages::say(&summary);
        }
        all_read
    }
}

/// An item and how far reading had come with it, in files.
struct PositionedItem {
    item: Item,
    position: f64,
}

impl ByteSize for PositionedItem {
    fn bytes(&self) -> usize {
        self.item.bytes()
    }
}

/// One page, ready to print.
struct PageOutput {
    output: Vec<u8>,
    /// For standard error.
    problem: Option<String>,
    unread: bool,
    position: f64,
}

fn result(renderer: &impl Render, page: PositionedItem) -> PageOutput {
    let id = page.item.id().to_owned();
    // Reading catches its own panics; this is for what comes after it.
    let rendered = catch_unwind(AssertUnwindSafe(|| match page.item {
        Item::Unreadable(unreadable) => {
            Rendered { output: renderer.unreadable(&unreadable), reasons: vec![unreadable.note.message], unread: true }
        }
        Item::Capture(capture) => renderer.render(&capture),
    }));
    let Rendered { output, reasons, unread } = rendered.unwrap_or_else(|_| {
        let message = "internal error while printing this page; please report it";
        let failed = Unreadable { id: id.clone(), note: Note::new(Stage::Intake, "panic", message), bytes: None };
        Rendered { output: renderer.unreadable(&failed), reasons: vec![message.to_owned()], unread: true }
    });
    let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
    let problem = (!reasons.is_empty()).then(|| messages::problem(&id, &reasons));
    PageOutput { output, problem, unread, position: page.position }
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
    pub fn under(head: Vec<u8>) -> Self {
        let head = String::from_utf8(head).unwrap_or_default();
        Framing { open: head.clone().into(), empty: head.into(), ..Framing::NONE }
    }
}

/// Prints results as they come, in order.
struct ResultPrinter {
    out: BufWriter<io::StdoutLock<'static>>,
    framing: Framing,
    progress: ProgressLine,
    quiet: bool,
    /// Whether somebody waits for each page.
    each_page: bool,
    pages: u64,
    unread: u64,
}

impl ResultPrinter {
    fn print(&mut self, result: &PageOutput) -> io::Result<()> {
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
