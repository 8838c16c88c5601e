//! `onrecord export`.

use super::annotate;
use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::{messages, output};
use crate::run::store::{self, failed};
use clap::{Args, ValueEnum};
use onrecord_archive::{Archive, Error, Result};
use onrecord_record::Show;
use onrecord_tables::{Csv, JsonLines, Parquet, RowSink, Table, write_rows};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Write everything in an archive to a file for other tools.
///
/// Articles as jsonl are the lines that `read` prints. In CSV, text that a spreadsheet would take for a formula gets an
/// apostrophe in front. Parquet opens in pandas, polars and DuckDB. Everything is sorted by the article's id, and nothing in
/// it depends on when a page was added. `--table columns` describes the columns.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Write one JSON line per article:
    onrecord export > articles.jsonl
  Write all statements, for pandas, polars or DuckDB:
    onrecord export --table statements --format parquet --out statements.parquet
  Write corrections, tags and notes:
    onrecord export --table annotations > annotations.jsonl")]
pub struct ExportArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// What to write
    #[arg(short, long, value_enum, default_value = "articles")]
    pub table: ExportTable,
    /// Output format
    #[arg(short, long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
    /// Write to this file, completely or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportTable {
    /// One row per article
    Articles,
    /// One row per statement
    #[value(alias = "quotes")]
    Statements,
    /// Corrections, tags and notes (jsonl)
    Annotations,
    /// The columns of articles and statements, and what they mean (text)
    Columns,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Parquet, for pandas, polars and DuckDB
    Parquet,
}

/// Bytes that are buffered before they are written.
const BUFFER: usize = 256 << 10;

/// Writes a table of the archive.
pub fn run(args: &ExportArgs) -> Exit {
    if args.table == ExportTable::Columns {
        return output::print(columns().as_bytes());
    }
    if args.table == ExportTable::Annotations && args.format != ExportFormat::Jsonl {
        messages::say("corrections, tags and notes can only be written as jsonl");
        return Exit::Misused;
    }
    let to_terminal = args.out.is_none() && io::stdout().is_terminal();
    if args.format == ExportFormat::Parquet && to_terminal {
        messages::say("refusing to write Parquet to a terminal; choose a file with --out FILE");
        return Exit::Misused;
    }
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(exit) => return exit,
    };
    let written = match &args.out {
        Some(path) => to_file(&archive, args, path),
        None => write(&archive, args, BufWriter::with_capacity(BUFFER, io::stdout())),
    };
    match written {
        Ok(()) => Exit::Done,
        // It is no error if nobody reads to the end (`| head`).
        Err(Error::Io(_, error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => failed(error),
    }
}

/// Writes to another file first, so that this one is complete or not there at all.
fn to_file(archive: &Archive, args: &ExportArgs, path: &Path) -> Result<()> {
    let io = |error| Error::Io(path.to_owned(), error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let file = File::create(&part).map_err(io)?;
    let part_file = PartFile(part.clone());
    write(archive, args, BufWriter::with_capacity(BUFFER, file.try_clone().map_err(io)?))?;
    file.sync_all().map_err(io)?;
    fs::rename(&part, path).map_err(io)?;
    std::mem::forget(part_file);
    Ok(())
}

/// A file that is removed on drop.
struct PartFile(PathBuf);

impl Drop for PartFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn write(archive: &Archive, args: &ExportArgs, out: impl Write + Send) -> Result<()> {
    let table = match args.table {
        ExportTable::Articles if args.format == ExportFormat::Jsonl => {
            return archive.write_lines(&Show::default(), out);
        }
        ExportTable::Annotations => return annotate::write_lines(archive, out),
        ExportTable::Statements => Table::Statements,
        _ => Table::Articles,
    };
    let io = |error| Error::Io("the output".into(), error);
    match args.format {
        ExportFormat::Jsonl => write_table(archive, table, JsonLines::new(table.columns(), out)),
        ExportFormat::Csv => write_table(archive, table, Csv::new(table.columns(), out).map_err(io)?),
        ExportFormat::Parquet => write_table(archive, table, Parquet::new(table.columns(), out).map_err(io)?),
    }
}

fn write_table(archive: &Archive, table: Table, mut sink: impl RowSink) -> Result<()> {
    archive.each_document(|document| write_rows(table, document, &mut sink))?;
    sink.finish().map_err(|error| Error::Io("the output".into(), error))
}

/// The columns of articles and statements, as a table in Markdown.
fn columns() -> String {
    let mut out = String::new();
    for (name, table) in [("articles", Table::Articles), ("statements", Table::Statements)] {
        out.push_str(&format!("| {name} | |\n|---|---|\n"));
        for column in table.columns() {
            out.push_str(&format!("| {} | {} |\n", column.name, column.about));
        }
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}
