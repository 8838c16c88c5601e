//! `onrecord speakers` and `onrecord sourcing`.

use crate::colours::{BOLD, DIM, PLAIN, Paint};
use crate::rich::Rich;
use crate::search_args::{By, RowFormat, SourcingArgs, SpeakersArgs};
use crate::store::{self, failed};
use crate::terminal::width;
use crate::{Outcome, messages, tools};
use onrecord_archive::SourcingCount;
use onrecord_document::{SourceKind, Terms};
use onrecord_record::{Cell, CellKind, Column};
use onrecord_search::text::name_filter;
use onrecord_tables::{Csv, JsonLines, RowSink};
use unicode_width::UnicodeWidthStr;

const SPEAKER_COLUMNS: &[Column] = &[
    Column { name: "speaker", kind: CellKind::Text, about: "the name" },
    Column { name: "statements", kind: CellKind::Number, about: "how many statements" },
    Column { name: "articles", kind: CellKind::Number, about: "in how many articles" },
    Column { name: "outlets", kind: CellKind::Text, about: "the outlets of these, parted by semicolons" },
    Column { name: "first", kind: CellKind::Text, about: "first day of publication" },
    Column { name: "last", kind: CellKind::Text, about: "last day of publication" },
];

/// Lists everybody who speaks.
pub fn speakers(args: &SpeakersArgs) -> Outcome {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(outcome) => return outcome,
    };
    let speakers = match archive.speakers(name_filter(&args.beginning)) {
        Ok(speakers) => speakers,
        Err(error) => return failed(error),
    };
    let format = RowFormat::or_fitting(args.format);
    if format != RowFormat::Text {
        let rows = speakers.iter().map(|speaker| {
            vec![
                Cell::text(Some(speaker.name.as_str())),
                Cell::Number(Some(speaker.statements as i64)),
                Cell::Number(Some(speaker.articles as i64)),
                Cell::text(Some(speaker.outlets.join("; "))),
                Cell::text(speaker.first.as_deref()),
                Cell::text(speaker.last.as_deref()),
            ]
        });
        return print_rows(SPEAKER_COLUMNS, rows, format);
    }
    let look = Look { paint: Paint::stdout(args.look.color), width: width(args.look.width) };
    let mut out = String::new();
    match (speakers.is_empty(), args.beginning.as_str()) {
        (false, _) => {}
        (true, "") => look.line(&mut out, "Nobody speaks in this archive yet: `onrecord add PATH` reads pages in.", ""),
        (true, beginning) => {
            look.line(&mut out, &format!("Nobody whose name has a word that begins with {beginning} speaks here."), "");
        }
    }
    for speaker in &speakers {
        let mut line = Rich::of(&format!("{:>6}  ", speaker.statements), DIM);
        line.push(&speaker.name, BOLD);
        let articles = if speaker.articles == 1 { "article" } else { "articles" };
        let mut about = vec![format!("{} {articles}", speaker.articles)];
        about.extend((!speaker.outlets.is_empty()).then(|| speaker.outlets.join(", ")));
        about.extend(match (&speaker.first, &speaker.last) {
            (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
            (first, _) => first.clone(),
        });
        line.push(&format!("  {}", about.join(" · ")), DIM);
        line.write(&mut out, "", "        ", look.width, look.paint);
    }
    tools::print(out.as_bytes())
}

/// Says on whose authority outlets report.
pub fn sourcing(args: &SourcingArgs) -> Outcome {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(outcome) => return outcome,
    };
    match archive.sourcing(args.by.stretches()) {
        Ok(counts) => print_sourcing(args, &counts),
        Err(error) => failed(error),
    }
}

/// Prints on whose authority outlets report.
pub fn print_sourcing(args: &SourcingArgs, counts: &[SourcingCount]) -> Outcome {
    let format = RowFormat::or_fitting(args.format);
    if format != RowFormat::Text {
        let rows = counts.iter().map(|count| {
            let mut row = vec![
                Cell::text((!count.outlet.is_empty()).then_some(count.outlet.as_str())),
                Cell::text((!count.time.is_empty()).then_some(count.time.as_str())),
                Cell::Number(Some(count.articles as i64)),
                Cell::Number(Some(count.statements as i64)),
            ];
            row.extend(count.by_source.iter().chain(&count.by_terms).map(|count| Cell::Number(Some(*count as i64))));
            row
        });
        return print_rows(&sourcing_columns(), rows, format);
    }
    let look = Look { paint: Paint::stdout(args.look.color), width: width(args.look.width) };
    let mut out = String::new();
    if counts.is_empty() {
        let nothing = match args.paths.is_empty() {
            true => "There are no statements in this archive yet: `onrecord add PATH` reads pages in.",
            false => "No statements were found in these pages.",
        };
        look.line(&mut out, nothing, "");
        return tools::print(out.as_bytes());
    }
    let name = |count: &SourcingCount| {
        let outlet = if count.outlet.is_empty() { "(outlet not stated)" } else { &count.outlet };
        match (args.by, count.time.as_str()) {
            (By::All, _) => outlet.to_owned(),
            (_, "") => format!("{outlet}, undated"),
            (_, time) => format!("{outlet}, {time}"),
        }
    };
    let widest = counts.iter().map(|count| name(count).width()).max().unwrap_or(0).min(36);
    let head = ["named", "unnamed", "document", "other", "anonymity", "statements"];
    let mut line = Rich::of(&" ".repeat(widest), PLAIN);
    head.iter().for_each(|word| line.push(&format!("{word:>11}"), DIM));
    out.push_str(&look.plain(&line));
    for count in counts {
        let named = count.of(&[SourceKind::NamedPerson, SourceKind::NamedOrganisation]);
        let unnamed = count.of(&[SourceKind::UnnamedPerson, SourceKind::UnnamedGroup]);
        let document = count.of(&[SourceKind::Document]);
        let other = count.statements.saturating_sub(named + unnamed + document);
        let share = |part: u64| format!("{:>9.0} %", part as f64 * 100.0 / count.statements.max(1) as f64);
        let name = fitted(&name(count), widest);
        let mut line = Rich::of(&name, BOLD);
        [named, unnamed, document, other].iter().for_each(|part| line.push(&share(*part), PLAIN));
        line.push(&share(count.on(Terms::ConditionOfAnonymity)), PLAIN);
        line.push(&format!("{:>11}", count.statements), DIM);
        out.push_str(&look.plain(&line));
    }
    tools::print(out.as_bytes())
}

/// The columns of sourcing: counts by kind of source, then by terms.
fn sourcing_columns() -> Vec<Column> {
    let column = |name, kind, about| Column { name, kind, about };
    let mut columns = vec![
        column("outlet", CellKind::Text, "the outlet"),
        column("time", CellKind::Text, "year or month of publication"),
        column("articles", CellKind::Number, "articles with statements"),
        column("statements", CellKind::Number, "statements"),
    ];
    let names = SourceKind::ALL.iter().map(|kind| kind.name()).chain(Terms::ALL.iter().map(|terms| terms.name()));
    columns.extend(names.map(|name| column(name, CellKind::Number, "statements of that kind, or on these terms")));
    columns
}

fn print_rows<'a>(columns: &[Column], rows: impl Iterator<Item = Vec<Cell<'a>>>, format: RowFormat) -> Outcome {
    let mut out = Vec::new();
    let written = match format {
        RowFormat::Csv => Csv::new(columns, &mut out).and_then(|sink| all(sink, rows)),
        _ => all(JsonLines::new(columns, &mut out), rows),
    };
    match written {
        Ok(()) => tools::print(&out),
        Err(error) => {
            messages::say(&format!("the output could not be written: {error}"));
            Outcome::Incomplete
        }
    }
}

fn all<'a>(mut sink: impl RowSink, mut rows: impl Iterator<Item = Vec<Cell<'a>>>) -> std::io::Result<()> {
    rows.try_for_each(|row| sink.row(&row))?;
    sink.finish()
}

/// A name in exactly so many columns.
fn fitted(name: &str, columns: usize) -> String {
    let mut out = String::new();
    for char in name.chars() {
        if out.width() + unicode_width::UnicodeWidthChar::width(char).unwrap_or(0) > columns.saturating_sub(1)
            && name.width() > columns
        {
            out.push('…');
            break;
        }
        out.push(char);
    }
    out.push_str(&" ".repeat(columns.saturating_sub(out.width())));
    out
}

struct Look {
    paint: Paint,
    width: usize,
}

impl Look {
    fn line(&self, out: &mut String, words: &str, indent: &str) {
        Rich::of(words, PLAIN).write(out, indent, indent, self.width, self.paint);
    }

    /// A line of a table, which is not wrapped.
    fn plain(&self, line: &Rich) -> String {
        let mut out = String::new();
        line.write(&mut out, "", "", usize::MAX / 2, self.paint);
        out
    }
}
