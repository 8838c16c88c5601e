//! `onrecord parse`.

use crate::args::{InputArgs, Threads};
use crate::exit::Exit;
use crate::run::batch::{Framing, PageBatch, Render, Rendered};
use crate::run::model;
use clap::{Args, ValueEnum};
use onrecord_document::Capture;
use onrecord_intake::Unreadable;
use onrecord_reader::LoadedModel;
use onrecord_record::{ParseLine, conllu};
use std::path::PathBuf;

/// Run only the language core: tokens, tags, dependencies and entities.
///
/// Each text is parsed as a single document, exactly as spaCy's en_core_web_sm would parse it, and printed with its tokens
/// (norm, tag, part of speech, morphology, lemma, head, dependency, entity), sentences, entities and noun chunks. Text files
/// and the "text" of a JSON line are parsed as they are; of an HTML page, only the article is parsed. Unlike this command,
/// `read` parses each block of an article separately and splits sentences in its own way.
///
/// Exit status: 0 if everything was read, 2 if something could not be read, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Print one JSON object per text:
    onrecord parse article.txt
  Parse standard input and print CoNLL-U:
    echo 'Six people died.' | onrecord parse --format conllu -
  Parse many texts, one {\"id\", \"text\"} per line:
    onrecord parse --input jsonl texts.jsonl > parsed.jsonl")]
pub struct ParseArgs {
    /// Files or folders to read, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Output format
    #[arg(short, long, value_enum, default_value = "jsonl")]
    pub format: ParseFormat,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
    /// Use the English model in this file instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// One JSON object per line
    Jsonl,
    /// CoNLL-U, the ten columns of Universal Dependencies
    Conllu,
}

/// Parses each text as one document and prints what the language core found in it.
pub fn run(args: &ParseArgs) -> Exit {
    let model = match args.model.as_deref().map(model::load).transpose() {
        Ok(model) => model.unwrap_or_else(LoadedModel::english),
        Err(exit) => return exit,
    };
    let batch = PageBatch {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: match args.format {
            ParseFormat::Jsonl => Framing::LINES,
            ParseFormat::Conllu => Framing::NONE,
        },
        explains_itself: false,
    };
    batch.print(&ParseRenderer { format: args.format, model, name: model.name() })
}

struct ParseRenderer {
    format: ParseFormat,
    model: &'static LoadedModel,
    name: String,
}

impl Render for ParseRenderer {
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
