//! `onrecord read`.

use crate::args::{Format, ReadArgs, Shown};
use crate::colours::Paint;
use crate::results::{Framing, Render, Rendered, Run};
use crate::terminal::{safe_lines, width};
use crate::text_format::TextFormat;
use crate::{Outcome, messages, model};
use onrecord_document::{Capture, LayerKind, Stage};
use onrecord_intake::Unreadable;
use onrecord_reader::{LoadedModel, Wanted};
use onrecord_record::{Line, Producers, Show, markdown};
use std::io::{self, IsTerminal};

/// Reads what the arguments name and prints one result a page, in order.
pub fn run(args: &ReadArgs) -> Outcome {
    let on_terminal = io::stdout().is_terminal();
    let format = args.format.unwrap_or(if on_terminal { Format::Text } else { Format::Jsonl });
    let is_json = matches!(format, Format::Json | Format::Jsonl);
    if !args.layers.is_empty() && !is_json {
        messages::say("--layers prints nothing in this format; json and jsonl have layers");
    }
    let model = match args.model.as_deref().map(model::load).transpose() {
        Ok(model) => model,
        Err(outcome) => return outcome,
    };
    let show = args.shown_layers();
    let renderer = Renderer {
        format,
        wanted: Wanted {
            until: args.until,
            tokens: is_json && (show.shows(LayerKind::Tokens) || show.shows(LayerKind::Entities)),
            model,
        },
        show,
        text: TextFormat {
            paint: Paint::stdout(args.look.color),
            width: width(args.look.width),
            furniture: args.show.contains(&Shown::Furniture),
        },
    };
    let run = Run {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: match format {
            Format::Json => Framing::ARRAY,
            Format::Jsonl => Framing::LINES,
            Format::Text => Framing::between("\n\n"),
            Format::Markdown => Framing::between("\n---\n\n"),
        },
        says_itself: format == Format::Text,
    };
    run.print(&renderer)
}

/// Turns pages into output.
struct Renderer {
    format: Format,
    wanted: Wanted,
    show: Show,
    text: TextFormat,
}

impl Render for Renderer {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read_with(capture, &self.wanted);
        let output = match self.format {
            Format::Json | Format::Jsonl => self.json(&Line::of(&document, &self.show, &producers(&self.wanted))),
            Format::Text => self.text.page(&document).into_bytes(),
            Format::Markdown => safe_lines(&markdown(&document)).into_owned().into_bytes(),
        };
        let unread = document.notes.iter().any(|note| note.code == "panic");
        Rendered { output, reasons: document.notes.into_iter().map(|note| note.message).collect(), unread }
    }

    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8> {
        let Unreadable { id, note, bytes } = unreadable;
        match self.format {
            Format::Json | Format::Jsonl => self.json(&Line::unreadable(id, note, *bytes)),
            Format::Text => self.text.unreadable(id, note).into_bytes(),
            Format::Markdown => safe_lines(&onrecord_record::markdown_unreadable(id, note)).into_owned().into_bytes(),
        }
    }
}

impl Renderer {
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

/// The versions of the stages that run; the language stage's names the model, where one is at work.
pub fn producers(wanted: &Wanted) -> Producers {
    let language = match wanted.tokens {
        true => wanted.model.unwrap_or_else(LoadedModel::english).version(),
        false => onrecord_reader::LANGUAGE.version,
    };
    Producers {
        article: Some(onrecord_reader::ARTICLE.version),
        language: (wanted.until >= Stage::Language).then_some(language),
        facts: (wanted.until >= Stage::Facts).then_some(onrecord_reader::FACTS.version),
    }
}
