//! `onrecord quotes PATH…` and `onrecord sourcing PATH…`: statements of pages that are in no archive.

use crate::Outcome;
use crate::colours::Paint;
use crate::overviews::print_sourcing;
use crate::results::{Framing, Render, Rendered, Run};
use crate::search::asked_of_quotes;
use crate::search_args::{QuoteFormat, QuotesArgs, SourcingArgs};
use crate::terminal::width;
use crate::text_format::TextFormat;
use onrecord_archive::SourcingCount;
use onrecord_archive::export::{Csv, RowSink};
use onrecord_archive::search::query::{Leaf, Query};
use onrecord_archive::search::text::folded;
use onrecord_document::{Capture, Document, Note, Quote, QuoteKind, SourceKind, Terms};
use onrecord_intake::Unreadable;
use onrecord_reader::Until;
use onrecord_record::{Line, QUOTE_IN_CONTEXT_COLUMNS, quote_in_context_row, speaker, write_row, write_web_annotation};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Lists the statements of pages.
pub fn quotes(args: &QuotesArgs) -> Outcome {
    let asked = match asked_of_quotes(args) {
        Ok(asked) => asked,
        Err(outcome) => return outcome,
    };
    let format = QuoteFormat::or_fitting(args.format);
    let list = List {
        format,
        asked: Asked::of(args, &asked),
        text: TextFormat { paint: Paint::stdout(args.look.color), width: width(args.look.width), furniture: false },
    };
    let framing = match format {
        QuoteFormat::Text => Framing::between("\n\n"),
        QuoteFormat::Csv => Framing::under(csv(|_| Ok(()))),
        QuoteFormat::Jsonl | QuoteFormat::Annotations => Framing::NONE,
    };
    let run = Run {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing,
        says_itself: format == QuoteFormat::Text,
    };
    run.print(&list)
}

/// Which statements are wanted.
struct Asked {
    /// Words of who said it, folded.
    speaker: Vec<String>,
    kind: Option<QuoteKind>,
    sources: Option<Vec<SourceKind>>,
    min_confidence: f32,
}

impl Asked {
    fn of(args: &QuotesArgs, query: &Query) -> Asked {
        let words = args.speaker.as_deref().unwrap_or_default();
        let mut asked = Asked {
            speaker: words.split_whitespace().map(folded).collect(),
            kind: None,
            sources: None,
            min_confidence: args.min_confidence,
        };
        let parts = match query {
            Query::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts {
            match part {
                Query::Leaf(Leaf::Kind(kind)) => asked.kind = Some(*kind),
                Query::Leaf(Leaf::Source(source)) => asked.sources = Some(source.kinds()),
                _ => {}
            }
        }
        asked
    }

    fn wants(&self, document: &Document, quote: &Quote) -> bool {
        let said_by_them = || {
            let who = folded(&speaker(document, quote).unwrap_or_default());
            self.speaker.iter().all(|word| who.split(|char: char| !char.is_alphanumeric()).any(|other| other == word))
        };
        quote.confidence >= self.min_confidence
            && self.kind.is_none_or(|kind| quote.kind == kind)
            && self.sources.as_ref().is_none_or(|kinds| kinds.contains(&quote.sourcing.kind))
            && (self.speaker.is_empty() || said_by_them())
    }
}

/// Turns pages into lists of statements.
struct List {
    format: QuoteFormat,
    asked: Asked,
    text: TextFormat,
}

impl List {
    fn rows(&self, document: &Document) -> Vec<u8> {
        let quotes = document.layers.quotes.iter().flat_map(|layer| &layer.items).enumerate();
        let wanted = quotes.filter(|(_, quote)| self.asked.wants(document, quote));
        let columns = &QUOTE_IN_CONTEXT_COLUMNS;
        let mut out = Vec::new();
        if self.format == QuoteFormat::Csv {
            let whole = csv(|rows| {
                wanted.map(|(nth, quote)| quote_in_context_row(document, nth, quote)).try_for_each(|row| rows.row(&row))
            });
            // The names of the columns stand once, above all pages.
            return whole.split_once("\r\n").map_or(Vec::new(), |(_, rows)| rows.as_bytes().to_vec());
        }
        for (nth, quote) in wanted {
            // Writing to memory cannot fail.
            let _ = match self.format {
                QuoteFormat::Annotations => write_web_annotation(document, quote, &mut out),
                _ => write_row(columns, &quote_in_context_row(document, nth, quote), &mut out),
            };
            out.push(b'\n');
        }
        out
    }
}

/// A table of statements, its columns' names first.
fn csv(fill: impl FnOnce(&mut Csv<&mut Vec<u8>>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = Csv::new(&QUOTE_IN_CONTEXT_COLUMNS, &mut out).and_then(|mut rows| fill(&mut rows));
    String::from_utf8(out).unwrap_or_default()
}

impl Render for List {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read(capture, Until::Facts);
        let output = match self.format {
            QuoteFormat::Text => {
                self.text.statements(&document, &|quote| self.asked.wants(&document, quote)).into_bytes()
            }
            _ => self.rows(&document),
        };
        rendered(output, document.notes)
    }

    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8> {
        let Unreadable { id, note, bytes } = unreadable;
        match self.format {
            QuoteFormat::Text => self.text.unreadable(id, note).into_bytes(),
            // The contract's line for such a page; a table has no row for it, and standard error says why.
            QuoteFormat::Jsonl => {
                let mut line = Vec::new();
                let _ = Line::unreadable(id, note, *bytes).write(&mut line);
                line.push(b'\n');
                line
            }
            QuoteFormat::Csv | QuoteFormat::Annotations => Vec::new(),
        }
    }
}

fn rendered(output: Vec<u8>, notes: Vec<Note>) -> Rendered {
    let unread = notes.iter().any(|note| note.code == "panic");
    Rendered { output, reasons: notes.into_iter().map(|note| note.message).collect(), unread }
}

/// Sums up on whose authority pages report.
pub fn sourcing(args: &SourcingArgs) -> Outcome {
    let sum = Sum { digits: args.by.stretches().digits(), counts: Mutex::default() };
    let run = Run {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: Framing::NONE,
        says_itself: false,
    };
    let read = run.print(&sum);
    let counts: Vec<SourcingCount> =
        sum.counts.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect();
    match print_sourcing(args, &counts) {
        Outcome::Done => read,
        printed => printed,
    }
}

/// Counts statements by outlet and stretch of time.
struct Sum {
    /// Characters of a date that tell stretches apart.
    digits: usize,
    counts: Mutex<BTreeMap<(String, String), SourcingCount>>,
}

impl Render for Sum {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read(capture, Until::Facts);
        let quotes = document.layers.quotes.as_ref().map_or(&[][..], |layer| &layer.items);
        if !quotes.is_empty() {
            let outlet = document.fields.site.as_ref().map_or(String::new(), |site| site.value.clone());
            let published = document.fields.published.as_ref().map_or(String::new(), |moment| moment.value.to_string());
            let time: String = published.chars().take(self.digits).collect();
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let none = |(outlet, time): &(String, String)| SourcingCount::none(outlet.clone(), time.clone());
            let count = counts.entry((outlet, time)).or_insert_with_key(none);
            count.articles += 1;
            count.statements += quotes.len() as u64;
            for quote in quotes {
                let place = SourceKind::ALL.iter().position(|kind| *kind == quote.sourcing.kind);
                place.and_then(|at| count.by_source.get_mut(at)).into_iter().for_each(|number| *number += 1);
                let place = Terms::ALL.iter().position(|terms| *terms == quote.sourcing.terms);
                place.and_then(|at| count.by_terms.get_mut(at)).into_iter().for_each(|number| *number += 1);
            }
        }
        rendered(Vec::new(), document.notes)
    }

    fn unreadable(&self, _: &Unreadable) -> Vec<u8> {
        Vec::new()
    }
}
