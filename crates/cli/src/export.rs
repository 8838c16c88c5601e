//! `onrecord export`.

use crate::search_args::{ExportArgs, ExportFormat, ExportTable};
use crate::store::{self, failed};
use crate::{Outcome, corrections, messages, tools};
use onrecord_archive::{Archive, Error, Result};
use onrecord_record::Show;
use onrecord_tables::{Csv, JsonLines, Parquet, RowSink, Table, write_rows};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Bytes that are collected before they are written.
const BUFFER: usize = 256 << 10;

/// Writes a table of the archive.
pub fn run(args: &ExportArgs) -> Outcome {
    if args.table == ExportTable::Columns {
        return tools::print(columns().as_bytes());
    }
    if args.table == ExportTable::Annotations && args.format != ExportFormat::Jsonl {
        messages::say("corrections, tags and notes are written as jsonl only");
        return Outcome::Misused;
    }
    let to_terminal = args.out.is_none() && io::stdout().is_terminal();
    if args.format == ExportFormat::Parquet && to_terminal {
        messages::say("Parquet is not for a terminal; name a file with --out FILE");
        return Outcome::Misused;
    }
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(outcome) => return outcome,
    };
    let written = match &args.out {
        Some(path) => to_file(&archive, args, path),
        None => write(&archive, args, BufWriter::with_capacity(BUFFER, io::stdout())),
    };
    match written {
        Ok(()) => Outcome::Done,
        // Whoever reads our output has seen enough (`| head`).
        Err(Error::Io(_, error)) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Done,
        Err(error) => failed(error),
    }
}

/// Writes beside the file first, so that it is there whole or not at all.
fn to_file(archive: &Archive, args: &ExportArgs, path: &Path) -> Result<()> {
    let io = |error| Error::Io(path.to_owned(), error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let file = File::create(&part).map_err(io)?;
    let cleared = Cleared(part.clone());
    write(archive, args, BufWriter::with_capacity(BUFFER, file.try_clone().map_err(io)?))?;
    file.sync_all().map_err(io)?;
    fs::rename(&part, path).map_err(io)?;
    std::mem::forget(cleared);
    Ok(())
}

/// A file that goes with this.
struct Cleared(PathBuf);

impl Drop for Cleared {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn write(archive: &Archive, args: &ExportArgs, out: impl Write + Send) -> Result<()> {
    let table = match args.table {
        ExportTable::Articles if args.format == ExportFormat::Jsonl => {
            return archive.write_lines(&Show::default(), out);
        }
        ExportTable::Annotations => return corrections::write_lines(archive, out),
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
    for (name, table) in [("articles", Table::Articles), ("quotes", Table::Statements)] {
        out.push_str(&format!("| {name} | |\n|---|---|\n"));
        for column in table.columns() {
            out.push_str(&format!("| {} | {} |\n", column.name, column.about));
        }
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}
