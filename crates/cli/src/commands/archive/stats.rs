//! `onrecord archive stats`.

use crate::args::{ArchiveArg, ListFormat};
use crate::exit::Exit;
use crate::print::messages::{bytes, counted};
use crate::print::output;
use crate::print::terminal::safe;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::Archive;
use onrecord_record::StatsLine;
use std::collections::BTreeMap;

/// Bytes of pages from which on it is worth saying what share of them the archive takes.
const SHARE_FROM: u64 = 1 << 20;

/// Show what an archive holds and how much space it takes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Show it:
    onrecord archive stats
  Print it as JSON:
    onrecord archive stats --format jsonl")]
pub struct StatsArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Output format
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListFormat,
}

/// Shows what an archive holds.
pub fn run(args: &StatsArgs) -> Exit {
    stats(args).unwrap_or_else(|exit| exit)
}

fn stats(args: &StatsArgs) -> Result<Exit, Exit> {
    let archive = store::open(&args.archive)?;
    let stats = archive.stats().map_err(failed)?;
    let out = match args.format {
        ListFormat::Jsonl => stats.to_json() + "\n",
        ListFormat::Text => stats_text(&archive, &stats),
    };
    Ok(output::print(out.as_bytes()))
}

fn stats_text(archive: &Archive, stats: &StatsLine) -> String {
    let mut out = String::new();
    let mut line = |name: &str, words: String| out.push_str(&format!("{name:<14}{}\n", safe(&words)));
    line("archive", format!("{} (format {})", archive.place().display(), stats.format));
    line(
        "articles",
        format!("{} at {}, {} of them later versions", stats.articles, addresses(stats.addresses), stats.versions),
    );
    if let Some((first, last)) = &stats.published {
        line("published", format!("{first} to {last}"));
    }
    line(
        "pages",
        format!(
            "{}, {} as they were read, {} stored",
            stats.pages,
            bytes(stats.page_bytes),
            bytes(stats.stored_page_bytes)
        ),
    );
    let all = stats.database_bytes + stats.index_bytes;
    // Even an empty database takes some space: next to a few pages a share would mean nothing.
    let share = if stats.page_bytes > SHARE_FROM {
        format!(", {:.1} % of the pages", 100.0 * all as f64 / stats.page_bytes as f64)
    } else {
        String::new()
    };
    line(
        "disk space",
        format!(
            "{} for the database, {} for the search index{share}",
            bytes(stats.database_bytes),
            bytes(stats.index_bytes)
        ),
    );
    line("statements", format!("{} by {}", stats.statements, counted(stats.speakers, "speaker")));
    let listed = |rows: Vec<(String, u64)>| {
        rows.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    let spaced = |rows: &BTreeMap<&'static str, u64>| {
        let mut rows: Vec<(String, u64)> = rows.iter().map(|(name, count)| (name.replace('_', " "), *count)).collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        rows
    };
    for (name, rows) in [
        ("sources", spaced(&stats.by_source)),
        ("terms", spaced(&stats.by_terms)),
        ("outlets", stats.sites.clone()),
        ("languages", stats.languages.clone().into_iter().collect()),
        ("read by", stats.readings.clone().into_iter().collect()),
    ] {
        if !rows.is_empty() {
            line(name, listed(rows));
        }
    }
    line("corrections", format!("{} (with tags and notes)", stats.corrections));
    if stats.taken_down > 0 {
        line("taken down", stats.taken_down.to_string());
    }
    out
}

fn addresses(number: u64) -> String {
    format!("{number} address{}", if number == 1 { "" } else { "es" })
}
