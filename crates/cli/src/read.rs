//! `onrecord read`.

use crate::args::{Format, ReadArgs, Shown};
use crate::colours::Paint;
use crate::progress::Progress;
use crate::terminal::{safe_lines, width};
use crate::text_format::TextFormat;
use crate::{Outcome, messages};
use onrecord_document::{Note, Stage};
use onrecord_intake::{Intake, Item, Options, Unreadable, Weighed, in_order};
use onrecord_reader::Until;
use onrecord_record::{Line, Producers, Show, markdown};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;

/// Bytes that standard output collects before it writes them.
const OUTPUT_BUFFER: usize = 256 << 10;

/// Reads what the arguments name and prints one result a page, in order.
pub fn run(args: &ReadArgs) -> Outcome {
    let on_terminal = io::stdout().is_terminal();
    let format = args.format.unwrap_or(if on_terminal { Format::Text } else { Format::Jsonl });
    let renderer = Renderer {
        format,
        until: args.until.into(),
        show: args.shown_layers(),
        text: TextFormat {
            paint: Paint::stdout(args.look.color),
            width: width(args.look.width),
            furniture: args.show.contains(&Shown::Furniture),
        },
    };
    if args.layers.iter().any(|_| !matches!(format, Format::Json | Format::Jsonl)) {
        messages::say("--layers prints nothing in this format; json and jsonl have layers");
    }
    let mut intake = Intake::open(args.paths.clone(), Options { input: args.input.kind.into(), ..Options::default() });
    let mut printer = Printer {
        out: BufWriter::with_capacity(OUTPUT_BUFFER, io::stdout().lock()),
        framing: Framing::of(format),
        progress: Progress::begin(intake.total_hint()),
        // On a terminal the result itself says what is wrong; twice would be once too often.
        quiet: on_terminal && io::stderr().is_terminal() && format == Format::Text,
        each_page: on_terminal,
        pages: 0,
        unread: 0,
    };
    let threads = args.threads.map_or_else(|| available_parallelism().map_or(1, NonZeroUsize::get), usize::from);
    let items = std::iter::from_fn(|| {
        let item = intake.next()?;
        Some(Page { item, file: intake.position() })
    });
    let printed = in_order(items, threads, |page| renderer.result(page), |result| printer.print(&result));
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

/// An item and the number, from 1, of the file that it is from.
struct Page {
    item: Item,
    file: u64,
}

impl Weighed for Page {
    fn bytes(&self) -> usize {
        self.item.bytes()
    }
}

/// One page, ready to print.
struct Result {
    output: Vec<u8>,
    /// For standard error.
    problem: Option<String>,
    unread: bool,
    file: u64,
}

/// Turns pages into output; shared by all threads.
struct Renderer {
    format: Format,
    until: Until,
    show: Show,
    text: TextFormat,
}

impl Renderer {
    fn result(&self, page: Page) -> Result {
        let id = page.item.id().to_owned();
        // Reading catches its own panics; this is for what comes after it.
        let rendered = catch_unwind(AssertUnwindSafe(|| self.rendered(page.item)));
        let (output, reasons, unread) = rendered.unwrap_or_else(|_| {
            let message = "printing this page failed inside Onrecord; please report it";
            let failed = Unreadable { id: id.clone(), note: Note::new(Stage::Intake, "panic", message), bytes: None };
            (self.unreadable(&failed), vec![message.to_owned()], true)
        });
        let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
        let problem = (!reasons.is_empty()).then(|| messages::problem(&id, &reasons));
        Result { output, problem, unread, file: page.file }
    }

    /// Output, what to say about the page on standard error, and whether it could not be read.
    fn rendered(&self, item: Item) -> (Vec<u8>, Vec<String>, bool) {
        let capture = match item {
            Item::Capture(capture) => capture,
            Item::Unreadable(unreadable) => {
                return (self.unreadable(&unreadable), vec![unreadable.note.message], true);
            }
        };
        let document = onrecord_reader::read(&capture, self.until);
        let output = match self.format {
            Format::Json | Format::Jsonl => self.json(&Line::of(&document, &self.show, &producers(self.until))),
            Format::Text => self.text.page(&document).into_bytes(),
            Format::Markdown => safe_lines(&markdown(&document)).into_owned().into_bytes(),
        };
        let unread = document.notes.iter().any(|note| note.code == "panic");
        (output, document.notes.into_iter().map(|note| note.message).collect(), unread)
    }

    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8> {
        let Unreadable { id, note, bytes } = unreadable;
        match self.format {
            Format::Json | Format::Jsonl => self.json(&Line::unreadable(id, note, *bytes)),
            Format::Text => self.text.unreadable(id, note).into_bytes(),
            Format::Markdown => safe_lines(&onrecord_record::markdown_unreadable(id, note)).into_owned().into_bytes(),
        }
    }

    fn json(&self, line: &Line<'_>) -> Vec<u8> {
        let mut output = Vec::new();
        // Writing to memory cannot fail.
        let _ = match self.format {
            Format::Json => line.write_indented(&mut output),
            _ => line.write(&mut output),
        };
        output
    }
}

/// The versions of the stages that run.
fn producers(until: Until) -> Producers {
    Producers {
        article: Some(onrecord_reader::ARTICLE.version),
        language: None,
        facts: (until == Until::Facts).then_some(onrecord_reader::FACTS.version),
    }
}

/// What stands before, between and behind results.
struct Framing {
    open: &'static str,
    between: &'static str,
    close: &'static str,
    /// What all of it is if there is no result.
    empty: &'static str,
}

impl Framing {
    fn of(format: Format) -> Self {
        let (open, between, close, empty) = match format {
            Format::Json => ("[\n", ",\n", "\n]\n", "[]\n"),
            Format::Jsonl => ("", "\n", "\n", ""),
            Format::Text => ("", "\n\n", "", ""),
            Format::Markdown => ("", "\n---\n\n", "", ""),
        };
        Framing { open, between, close, empty }
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
    fn print(&mut self, result: &Result) -> io::Result<()> {
        let before = if self.pages == 0 { self.framing.open } else { self.framing.between };
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
        self.progress.page_done(result.file);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.progress.end();
        let end = if self.pages == 0 { self.framing.empty } else { self.framing.close };
        self.out.write_all(end.as_bytes())?;
        self.out.flush()
    }
}
