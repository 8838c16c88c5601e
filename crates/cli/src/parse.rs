//! `onrecord parse`.

use crate::args::{ParseArgs, ParseFormat};
use crate::results::{Framing, Render, Rendered, Run};
use crate::{Outcome, model};
use onrecord_document::Capture;
use onrecord_intake::Unreadable;
use onrecord_reader::LoadedModel;
use onrecord_record::{ParseLine, conllu};

/// Parses each text that the arguments name as one document, and prints what the language core says of it.
pub fn run(args: &ParseArgs) -> Outcome {
    let model = match args.model.as_deref().map(model::load).transpose() {
        Ok(model) => model.unwrap_or_else(LoadedModel::english),
        Err(outcome) => return outcome,
    };
    let run = Run {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: match args.format {
            ParseFormat::Jsonl => Framing::LINES,
            ParseFormat::Conllu => Framing::NONE,
        },
        says_itself: false,
    };
    run.print(&Parser { format: args.format, model, name: model.name() })
}

struct Parser {
    format: ParseFormat,
    model: &'static LoadedModel,
    name: String,
}

impl Render for Parser {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::parse(capture, Some(self.model));
        let mut output = Vec::new();
        // Writing to memory cannot fail.
        let _ = match self.format {
            ParseFormat::Jsonl => ParseLine::of(&document, &self.name).write(&mut output),
            ParseFormat::Conllu => conllu(&document, &self.name, &mut output),
        };
        let unread = document.notes.iter().any(|note| matches!(note.code, "panic" | "invalid_json"));
        Rendered { output, reasons: document.notes.into_iter().map(|note| note.message).collect(), unread }
    }

    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8> {
        let mut output = Vec::new();
        if self.format == ParseFormat::Jsonl {
            // Writing to memory cannot fail.
            let _ = ParseLine::unreadable(&unreadable.id, &self.name, &unreadable.note).write(&mut output);
        }
        output
    }
}
