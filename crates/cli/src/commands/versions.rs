//! `onrecord versions`.

use crate::args::{ArchiveArg, ListFormat, Look};
use crate::exit::Exit;
use crate::print::colours::{BOLD, DIM, PLAIN, Paint};
use crate::print::rich::{Canvas, Rich};
use crate::print::{messages, output};
use crate::run::store::{self, failed};
use anstyle::{AnsiColor, Style};
use clap::Args;
use onrecord_archive::{Archive, Fate, Listed, Result, Stretch, compare, utc};
use onrecord_record::{ChangeLine, VersionLine};

/// Show how an article changed from version to version.
///
/// Lists the stored versions of an address, oldest first, with the words that were removed and added in each.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Show what changed, with a few words around it:
    onrecord versions https://example.com/ferry
  Show the whole article with its changes:
    onrecord versions --whole https://example.com/ferry
  Print one JSON line per version:
    onrecord versions --format jsonl https://example.com/ferry")]
pub struct VersionsArgs {
    /// The article's address, or the path it was added from
    #[arg(value_name = "URL")]
    pub address: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Output format
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListFormat,
    /// Show the whole article, not only what changed
    #[arg(long)]
    pub whole: bool,
    #[command(flatten)]
    pub look: Look,
}

/// Characters shown on each side of what changed.
const CONTEXT: usize = 60;

/// Lists the versions of an address, and what changed from each to the next.
pub fn run(args: &VersionsArgs) -> Exit {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(exit) => return exit,
    };
    let printed = archive.at_once(|| {
        let versions = archive.versions(&args.address)?;
        match args.format {
            ListFormat::Text => text(&archive, &versions, args),
            ListFormat::Jsonl => jsonl(&archive, &versions),
        }
    });
    match printed {
        Ok(out) if out.is_empty() => {
            messages::say(&format!("the archive has no page with the address {}", args.address));
            Exit::Misused
        }
        Ok(out) => output::print(out.as_bytes()),
        Err(error) => failed(error),
    }
}

fn text(archive: &Archive, versions: &[Listed], args: &VersionsArgs) -> Result<String> {
    let Canvas { paint, width } = Canvas::stdout(&args.look);
    let mut out = String::new();
    let mut before = None;
    if let Some(first) = versions.first() {
        Rich::of(&first.address, BOLD).write(&mut out, "", "", width, paint);
    }
    for (nth, version) in versions.iter().enumerate() {
        let seen = if version.seen.is_empty() { "time unknown" } else { &version.seen };
        let mut line = Rich::of(&format!("Version {} of {}", nth + 1, versions.len()), BOLD);
        let added = utc(version.added);
        line.push(&format!("  {seen}, added {added}, page {}", &version.page.to_string()[..16]), DIM);
        out.push('\n');
        line.write(&mut out, "", "  ", width, paint);
        let words = archive.words(version.id)?;
        if let Some(before) = &before {
            let stretches = compare(before, &words);
            if stretches.iter().all(|stretch| stretch.fate == Fate::Stayed) {
                Rich::of("The words of the article are the same; only the page around them changed.", DIM)
                    .write(&mut out, "  ", "  ", width, paint);
            }
            for line in shown(&stretches, args.whole, paint) {
                line.write(&mut out, "  ", "  ", width, paint);
            }
        } else if args.whole && versions.len() == 1 {
            words.text().lines().for_each(|line| Rich::of(line, PLAIN).write(&mut out, "  ", "  ", width, paint));
        } else if let Some(headline) = &version.headline {
            Rich::of(headline, PLAIN).write(&mut out, "  ", "  ", width, paint);
        }
        before = Some(words);
    }
    Ok(out)
}

/// Stretches as lines: red went, green came, marked `[-…-]` and `{+…+}` where there are no colours.
fn shown(stretches: &[Stretch], whole: bool, paint: Paint) -> Vec<Rich> {
    const WENT: Style = AnsiColor::Red.on_default().strikethrough();
    const CAME: Style = AnsiColor::Green.on_default();
    let mut lines = Vec::new();
    let mut line = Rich::default();
    let mut is_empty = true;
    for (nth, stretch) in stretches.iter().enumerate() {
        let kept = match stretch.fate {
            Fate::Stayed if !whole => shortened(&stretch.words, nth == 0, nth + 1 == stretches.len()),
            _ => stretch.words.clone(),
        };
        let (style, open, close) = match stretch.fate {
            Fate::Stayed => (PLAIN, "", ""),
            Fate::Went => (WENT, "[-", "-]"),
            Fate::Came => (CAME, "{+", "+}"),
        };
        let (open, close) = if paint.is_on() { ("", "") } else { (open, close) };
        for (nth, part) in kept.split('\n').enumerate() {
            if nth > 0 && !is_empty {
                lines.push(std::mem::take(&mut line));
                is_empty = true;
            }
            let words = part.trim_end();
            if words.is_empty() {
                continue;
            }
            line.push(&format!("{open}{words}{close}{}", &part[words.len()..]), style);
            is_empty = false;
        }
    }
    if !is_empty {
        lines.push(line);
    }
    lines
}

/// The beginning and the end of words that stayed; what stands at the ends of the article has one side only.
fn shortened(words: &str, is_first: bool, is_last: bool) -> String {
    let chars = words.chars().count();
    let cut_start = words
        .char_indices()
        .nth_back(CONTEXT)
        .map_or(0, |(at, _)| words[at..].find(' ').map_or(at, |space| at + space + 1));
    let cut_end = words.char_indices().nth(CONTEXT).map_or(words.len(), |(at, _)| words[..at].rfind(' ').unwrap_or(at));
    match (is_first, is_last) {
        (true, true) => String::new(),
        (true, false) if chars > CONTEXT => format!("… {}", &words[cut_start..]),
        (false, true) if chars > CONTEXT => format!("{} …", &words[..cut_end]),
        (false, false) if chars > 2 * CONTEXT + 20 => format!("{} …\n… {}", &words[..cut_end], &words[cut_start..]),
        _ => words.to_owned(),
    }
}

fn jsonl(archive: &Archive, versions: &[Listed]) -> Result<String> {
    let mut out = String::new();
    let mut before = None;
    for (nth, version) in versions.iter().enumerate() {
        let words = archive.words(version.id)?;
        let changes = before.as_ref().map(|before| compare(before, &words)).unwrap_or_default();
        let line = VersionLine {
            version: nth + 1,
            address: &version.address,
            id: &version.name,
            page: version.page.to_string(),
            headline: version.headline.as_deref(),
            published: version.published.as_deref(),
            fetched: version.fetched.as_deref(),
            added: utc(version.added),
            changes: changes.iter().map(|change| ChangeLine { fate: fate(change), words: &change.words }).collect(),
        };
        out.push_str(&line.to_json());
        out.push('\n');
        before = Some(words);
    }
    Ok(out)
}

fn fate(stretch: &Stretch) -> &'static str {
    match stretch.fate {
        Fate::Stayed => "stayed",
        Fate::Went => "went",
        Fate::Came => "came",
    }
}
