//! The arguments of `onrecord statements`.

use crate::args::{ArchiveArg, InputArgs, Look, RowFormat, Threads};
use crate::exit::Exit;
use crate::print::messages;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use onrecord_document::StatementForm;
use onrecord_search::query::{self, Query};
use std::path::PathBuf;

/// List statements: who said what, and on whose authority.
///
/// Given paths, reads these pages and lists the statements of each by source. Without paths, lists the statements in the
/// archive, newest first. CSV and jsonl have the columns of `export --table statements`, and the sentences before and after.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  List the statements of some pages, by source:
    onrecord statements page.html saved/
  Write them as a table, with the sentences around each:
    onrecord statements --format csv saved/ > statements.csv
  Write them as W3C Web Annotations, for annotation tools:
    onrecord statements --format annotations saved/ > statements.jsonl
  Write all statements in the archive as a table:
    onrecord statements --format csv > statements.csv
  List what one person said:
    onrecord statements --speaker 'Ada Reyes'
  List direct statements by unnamed people, only where the reader is sure:
    onrecord statements --form direct --source unnamed --min-confidence 0.9")]
pub struct StatementsArgs {
    /// Files or folders to read instead of the archive, or - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Only statements by this speaker: words of the name, role or affiliation
    #[arg(long, value_name = "WORDS")]
    pub speaker: Option<String>,
    /// Only statements of this form
    #[arg(long, alias = "kind", value_parser = form(), value_name = "FORM")]
    pub form: Option<StatementForm>,
    /// Only statements by this kind of source: named, unnamed, document, or one of the kinds that the output names
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// Leave out statements that the reader is less sure of, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    pub min_confidence: f32,
    /// Output format [default: text on a terminal, otherwise jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<StatementFormat>,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatementFormat {
    /// For people, in colour on a terminal
    Text,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// W3C Web Annotations, one JSON object per line
    Annotations,
}

impl StatementFormat {
    /// The format that was asked for, or else the one that suits standard output.
    pub fn or_default(asked: Option<StatementFormat>) -> StatementFormat {
        asked.unwrap_or(match RowFormat::or_default(None) {
            RowFormat::Text => StatementFormat::Text,
            RowFormat::Jsonl | RowFormat::Csv => StatementFormat::Jsonl,
        })
    }
}

impl StatementsArgs {
    /// The conditions on speaker, form and source, as a query.
    pub fn query(&self) -> Result<Query, Exit> {
        let condition = |field: &str, value: Option<&str>| {
            let quoted = |value: &str| format!("{field}:\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
            value.map(quoted)
        };
        let conditions = [
            condition("speaker", self.speaker.as_deref()),
            condition("form", self.form.map(StatementForm::name)),
            condition("source", self.source.as_deref()),
        ];
        let typed = conditions.into_iter().flatten().collect::<Vec<_>>().join(" ");
        query::parse(&typed).map_err(|error| {
            messages::say(&format!("{}; {}", error.message, error.help));
            Exit::Misused
        })
    }
}

/// Parses the name of a form.
fn form() -> impl TypedValueParser<Value = StatementForm> {
    PossibleValuesParser::new(StatementForm::ALL.iter().map(|form| form.name()))
        .try_map(|name| StatementForm::ALL.iter().copied().find(|form| form.name() == name).ok_or("no such form"))
}
