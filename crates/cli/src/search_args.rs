//! The command line of everything that asks an archive.

use crate::archive_args::ArchiveArg;
use crate::args::{InputArgs, Look, Threads};
use clap::{Args, ValueEnum};
use onrecord_archive::Stretches;
use std::path::PathBuf;

/// Search everything that was read into an archive.
///
/// `ferry breakwater` finds both words, in any form; "struck the breakwater" words in this order, "strike sumy"~5 words near
/// each other; OR, -without and (groups); breakw* what begins so. Fields: headline: author: outlet: lang: date: url: changed:
/// tag: of articles, speaker: said: cue: source: terms: kind: act: of statements. The whole language with an example for
/// each is in docs/search.md.
///
/// Exit status: 0 if something was found, 2 if nothing was or the archive could not be searched, 1 if the search was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Articles with both words:
    onrecord search 'ferry breakwater'
  Who said so, by name, since November 2024:
    onrecord search --kind quotes 'said:\"no radar\" source:named date:2024-11..'
  Anonymous sources, newest first, with counts by outlet:
    onrecord search --sort time --facets 'terms:anonymity'")]
pub struct SearchArgs {
    /// What to search for; nothing at all finds everything. Before one that begins with `-` write `--`
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// What results are
    #[arg(short, long, value_enum, default_value = "articles")]
    pub kind: ResultKind,
    /// Their order [default: relevance, or time where the query has no words]
    #[arg(long, value_enum)]
    pub sort: Option<ResultSort>,
    /// Most results, 1 to 1000
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// Go on after the page of results that gave this cursor
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
    /// Count results by outlet, language, month, kind of source and speaker, too
    #[arg(long)]
    pub facets: bool,
    /// How to print [default: text on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<RowFormat>,
    #[command(flatten)]
    pub look: Look,
}

/// List statements of pages or of an archive: who said what, on whose authority.
///
/// With paths, reads these pages and lists the statements of each by source; without, lists those of the archive, latest
/// first. CSV and jsonl of pages have the columns of `export --table statements`, and the sentences before and after.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Of some pages, by source:
    onrecord quotes page.html saved/
  The same as a table, with the sentences around each:
    onrecord quotes --format csv saved/ > quotes.csv
  For annotation tools, as W3C Web Annotations:
    onrecord quotes --format annotations saved/ > quotes.jsonl
  All of the archive, as a table:
    onrecord quotes --format csv > quotes.csv
  What one person said:
    onrecord quotes --speaker 'Ada Reyes'
  Direct statements of people without a name, of which the reader is sure:
    onrecord quotes --kind direct --source unnamed --min-confidence 0.9")]
pub struct StatementsArgs {
    /// Files, folders, or - for standard input, in place of what the archive holds
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Words of the speaker's name, role or affiliation
    #[arg(long, value_name = "WORDS")]
    pub speaker: Option<String>,
    /// direct, indirect or mixed
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// named, unnamed, document or a kind of source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// Leave out what the reader is less sure of, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    pub min_confidence: f32,
    /// How to print [default: text on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<StatementFormat>,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatementFormat {
    /// For people, in colour on a terminal
    Text,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// W3C Web Annotations, one JSON object a line
    Annotations,
}

impl StatementFormat {
    /// What was asked for, or what fits where the output goes.
    pub fn or_fitting(asked: Option<StatementFormat>) -> StatementFormat {
        asked.unwrap_or(match RowFormat::or_fitting(None) {
            RowFormat::Text => StatementFormat::Text,
            RowFormat::Jsonl | RowFormat::Csv => StatementFormat::Jsonl,
        })
    }
}

/// Say on whose authority outlets report: shares of named, unnamed and documentary sources, by outlet and time.
///
/// With paths, reads these pages and counts their statements; without, counts those of the archive.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Of some pages:
    onrecord sourcing saved/
  Of the archive, by outlet:
    onrecord sourcing
  By outlet and month, as a table:
    onrecord sourcing --by month --format csv > sourcing.csv")]
pub struct SourcingArgs {
    /// Files, folders, or - for standard input, in place of what the archive holds
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// How time is divided
    #[arg(long, value_enum, default_value = "all")]
    pub by: By,
    /// How to print [default: text on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<RowFormat>,
    #[command(flatten)]
    pub look: Look,
}

/// List everybody who speaks in an archive, with how often, where and when.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Everybody, most statements first:
    onrecord speakers
  Names in which a word begins with `rey`:
    onrecord speakers rey")]
pub struct SpeakersArgs {
    /// The beginning of a name
    #[arg(value_name = "NAME", default_value = "")]
    pub beginning: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// How to print [default: text on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<RowFormat>,
    #[command(flatten)]
    pub look: Look,
}

/// Write everything in an archive to a file that other tools open.
///
/// Articles as jsonl are the lines that `read` prints. CSV has an apostrophe before texts that a spreadsheet would take for a
/// formula. Parquet opens in pandas, polars and DuckDB. All are sorted by the article's id and say nothing of when something
/// was added. `--table columns` lists the columns.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  The lines of all articles:
    onrecord export > articles.jsonl
  All statements, for pandas, polars or DuckDB:
    onrecord export --table quotes --format parquet --out quotes.parquet
  Corrections, tags and notes:
    onrecord export --table annotations > annotations.jsonl")]
pub struct ExportArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// What to write
    #[arg(short, long, value_enum, default_value = "articles")]
    pub table: ExportTable,
    /// How to write it
    #[arg(short, long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
    /// The file to write, whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ResultKind {
    /// Articles; conditions on statements are met by one statement of the article together
    Articles,
    /// Statements
    Statements,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ResultSort {
    /// Best first
    Relevance,
    /// Newest first
    Time,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// For people, in colour on a terminal
    Text,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// All of the archive together
    All,
    /// Each year
    Year,
    /// Each month
    Month,
    /// Each day
    Day,
}

impl By {
    /// As the archive counts.
    pub fn stretches(self) -> Stretches {
        match self {
            By::All => Stretches::Whole,
            By::Year => Stretches::Years,
            By::Month => Stretches::Months,
            By::Day => Stretches::Days,
        }
    }
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportTable {
    /// One row an article
    Articles,
    /// One row a statement
    Statements,
    /// Corrections, tags and notes (jsonl)
    Annotations,
    /// The columns of articles and statements, with what they say (text)
    Columns,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Parquet, for pandas, polars and DuckDB
    Parquet,
}

impl RowFormat {
    /// What was asked for, or what fits where the output goes.
    pub fn or_fitting(asked: Option<RowFormat>) -> RowFormat {
        use std::io::IsTerminal;
        asked.unwrap_or(if std::io::stdout().is_terminal() { RowFormat::Text } else { RowFormat::Jsonl })
    }
}
