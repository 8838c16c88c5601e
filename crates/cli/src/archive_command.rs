//! `onrecord archive` and the commands under it.

use crate::archive_args::{
    ArchiveArgs, ArchiveCommand, BackupArgs, CheckArgs, CompactArgs, ListFormat, MergeArgs, RebuildArgs, RemoveArgs,
    RereadArgs, StatsArgs, VerifyArgs,
};
use crate::messages::{counted, say};
use crate::progress::Progress;
use crate::store::{self, failed};
use crate::terminal::safe;
use crate::{Outcome, tools};
use onrecord_archive::{Archive, DocumentId, Report, Reread, Rereading, Writer};
use onrecord_document::Stage;
use onrecord_intake::{ByteSize, in_order};
use onrecord_record::StatsLine;
use std::io;

/// Bytes of pages from which on it is worth saying what share of them the archive takes.
const SHARE_FROM: u64 = 1 << 20;
/// Names shown of what a problem touches.
const SHOWN_NAMES: usize = 5;

/// Looks after an archive.
pub fn run(args: &ArchiveArgs) -> Outcome {
    let done = match &args.command {
        ArchiveCommand::Stats(args) => stats(args),
        ArchiveCommand::Check(args) => check(args),
        ArchiveCommand::Verify(args) => verify(args),
        ArchiveCommand::Rebuild(args) => rebuild(args),
        ArchiveCommand::Compact(args) => compact(args),
        ArchiveCommand::Backup(args) => backup(args),
        ArchiveCommand::Merge(args) => merge(args),
        ArchiveCommand::Reread(args) => reread(args),
        ArchiveCommand::Remove(args) => remove(args),
    };
    done.unwrap_or_else(|outcome| outcome)
}

type Done = Result<Outcome, Outcome>;

fn stats(args: &StatsArgs) -> Done {
    let archive = store::open(&args.archive)?;
    let stats = archive.stats().map_err(failed)?;
    let out = match args.format {
        ListFormat::Jsonl => stats.to_json() + "\n",
        ListFormat::Text => stats_text(&archive, &stats),
    };
    Ok(tools::print(out.as_bytes()))
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
        format!("{}, {} as they came, {} stored", stats.pages, bytes(stats.page_bytes), bytes(stats.stored_page_bytes)),
    );
    let all = stats.database_bytes + stats.index_bytes;
    // An empty database has its size too; against a few pages a share says nothing.
    let share = if stats.page_bytes > SHARE_FROM {
        format!(", {:.1} % of the pages", 100.0 * all as f64 / stats.page_bytes as f64)
    } else {
        String::new()
    };
    line(
        "room",
        format!("{} the database, {} the search index{share}", bytes(stats.database_bytes), bytes(stats.index_bytes)),
    );
    line("statements", format!("{} by {}", stats.statements, counted(stats.speakers, "speaker")));
    let listed = |rows: Vec<(String, u64)>| {
        rows.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    let spaced = |rows: &std::collections::BTreeMap<&'static str, u64>| {
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

/// A number of bytes as people say it.
fn bytes(number: u64) -> String {
    match number as f64 {
        small if small < 1e3 => format!("{number} bytes"),
        size if size < 1e6 => format!("{:.1} kB", size / 1e3),
        size if size < 1e9 => format!("{:.1} MB", size / 1e6),
        size => format!("{:.2} GB", size / 1e9),
    }
}

fn check(args: &CheckArgs) -> Done {
    let archive = store::open(&args.archive)?;
    let progress = Progress::begin_steps();
    let report = archive.check(|done, of| progress.step(done, of)).map_err(failed)?;
    progress.end();
    let looked = format!(
        "looked at {}, {} and {}",
        counted(report.pages, "page"),
        counted(report.documents, "document"),
        counted(report.layers, "layer")
    );
    let index = index_state(&archive);
    let outcome = told(&report, &looked, &index);
    if args.forget && !report.problems.is_empty() {
        drop(archive);
        let mut writer = store::existing(&args.archive)?;
        let forgotten = writer.forget_damaged(&report).and_then(|forgotten| writer.finish().map(|()| forgotten));
        say(&format!(
            "forgot {}; add them again to have them anew",
            counted(forgotten.map_err(failed)?, "damaged page")
        ));
    }
    Ok(outcome)
}

/// What there is to say of the search index: it is not the truth, so nothing that is wrong with it is a loss.
fn index_state(archive: &Archive) -> String {
    match onrecord_search::check_index(archive.place()) {
        Ok(None) => String::new(),
        Ok(Some(wrong)) => format!(
            "the search index {wrong}; it is made right when it is next needed, or by `onrecord archive rebuild`\n"
        ),
        Err(error) => format!("{error}\n"),
    }
}

fn told(report: &Report, looked: &str, more: &str) -> Outcome {
    let mut out = String::new();
    for problem in &report.problems {
        let page = problem.page.map_or(String::new(), |page| format!(", page {page}"));
        let names = &problem.affects;
        let shown = names.iter().take(SHOWN_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = names.len().saturating_sub(SHOWN_NAMES);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let affects = if names.is_empty() { String::new() } else { format!(": touches {shown}{rest}") };
        out.push_str(&format!("{}\n", safe(&format!("{}{page}{affects}", problem.what))));
    }
    let verdict = match report.problems.len() as u64 {
        0 => "all is whole".to_owned(),
        number => format!("{} found", counted(number, "problem")),
    };
    out.push_str(&format!("{more}{looked}: {verdict}\n"));
    let printed = tools::print(out.as_bytes());
    if report.problems.is_empty() { printed } else { Outcome::Incomplete }
}

fn verify(args: &VerifyArgs) -> Done {
    let archive = store::open(&args.archive)?;
    let ids = if args.pages.is_empty() {
        archive.ids().map_err(failed)?
    } else {
        let mut ids = Vec::new();
        for what in &args.pages {
            ids.extend(store::meant(&archive, what)?.iter().map(|listed| listed.id));
        }
        ids
    };
    let progress = Progress::begin_steps();
    let report = archive.verify(&ids, |done, of| progress.step(done, of)).map_err(failed)?;
    progress.end();
    let looked = format!(
        "hashed the pages of {} and decoded the bytes of {} anew",
        counted(report.documents, "article"),
        counted(report.proofs, "run")
    );
    Ok(told(&report, &looked, ""))
}

fn rebuild(args: &RebuildArgs) -> Done {
    let place = store::place(&args.archive)?;
    let index = place.join(onrecord_search::FOLDER);
    // Not before it is known that this is an archive, and that nobody writes to it.
    drop(store::open(&args.archive)?);
    Writer::open(&place, Vec::new()).and_then(Writer::finish).map_err(failed)?;
    if let Err(error) = std::fs::remove_dir_all(&index)
        && error.kind() != io::ErrorKind::NotFound
    {
        say(&format!("{}: {error}", index.display()));
        return Err(Outcome::Incomplete);
    }
    let writer = store::existing(&args.archive)?;
    if let Some(trouble) = writer.failed_followers().next() {
        say(&trouble.to_string());
        return Err(Outcome::Incomplete);
    }
    let articles = writer.archive().len().map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(tools::print(format!("made the search index of {} anew\n", counted(articles, "article")).as_bytes()))
}

fn compact(args: &CompactArgs) -> Done {
    let mut writer = store::existing(&args.archive)?;
    let before = writer.archive().stats().map_err(failed)?.database_bytes;
    let stop = crate::add::on_interrupt();
    let progress = Progress::begin_steps();
    let mut stopped = false;
    let threads = store::threads(None);
    let compacted = writer.compact(args.level, threads, |done, of| {
        progress.step(done, of);
        stopped = stop.load(std::sync::atomic::Ordering::Relaxed);
        !stopped
    });
    progress.end();
    compacted.map_err(failed)?;
    let place = writer.archive().place().to_owned();
    writer.finish().map_err(failed)?;
    let after = Archive::open(&place).and_then(|archive| archive.stats()).map_err(failed)?.database_bytes;
    let how = if stopped { "stopped; what was done stays done" } else { "compacted" };
    let printed = tools::print(format!("{how}: {} before, {} now\n", bytes(before), bytes(after)).as_bytes());
    Ok(if stopped { Outcome::Incomplete } else { printed })
}

fn backup(args: &BackupArgs) -> Done {
    let archive = store::open(&args.archive)?;
    let progress = Progress::begin_steps();
    let copied = archive.backup(&args.to, |done, of| progress.step(done, of));
    progress.end();
    copied.map_err(failed)?;
    let articles = Archive::open(&args.to).and_then(|copy| copy.len()).map_err(failed)?;
    Ok(tools::print(format!("copied {} to {}\n", counted(articles, "article"), args.to.display()).as_bytes()))
}

fn merge(args: &MergeArgs) -> Done {
    let other = Archive::open(&args.from).map_err(failed)?;
    let total = other.len().map_err(failed)?;
    let mut writer = store::writer(&args.archive)?;
    let progress = Progress::begin_steps();
    let merged = writer.merge(&other, |done| progress.step(done, total));
    progress.end();
    let merged = merged.map_err(failed)?;
    writer.finish().map_err(failed)?;
    for name in &merged.removed_there {
        say(&format!("{name}: is here, and was taken down there; `onrecord archive remove` takes it down here too"));
    }
    let mut out = format!("{}: {} new", counted(total, "article"), merged.new);
    for (count, what) in [
        (merged.versions, "new versions"),
        (merged.known, "known already"),
        (merged.taken_down, "taken down here before"),
        (merged.corrections, "corrections, tags and notes"),
    ] {
        if count > 0 {
            out.push_str(&format!(", {count} {what}"));
        }
    }
    Ok(tools::print((out + "\n").as_bytes()))
}

/// A document to read anew.
struct Stored(DocumentId);

impl ByteSize for Stored {
    fn bytes(&self) -> usize {
        1 << 20
    }
}

fn reread(args: &RereadArgs) -> Done {
    let mut writer = store::existing(&args.archive)?;
    let stop = crate::add::on_interrupt();
    let readers = std::sync::Mutex::new(Vec::<Archive>::new());
    let place = writer.archive().place().to_owned();
    let ids = writer.archive().ids().map_err(failed)?;
    let total = ids.len() as u64;
    let how = Rereading {
        producers: &|until| store::reading(until).producers,
        article: &|capture| onrecord_reader::read(capture, Stage::Article),
        layers: &|document, until| onrecord_reader::read_on(document, until),
        at_least: args.until,
    };
    let progress = Progress::begin_steps();
    let (mut done, mut failures) = (0, 0);
    let mut counts = [0u64; 4];
    let mut trouble = None;
    let work = |Stored(id): Stored| {
        let kept = readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let archive = kept.map_or_else(|| Archive::open(&place), Ok)?;
        let renewed = archive.reread(id, &how);
        readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(archive);
        renewed
    };
    let sink = |renewed: onrecord_archive::Result<Option<onrecord_archive::Renewed>>| {
        let renewed = renewed.and_then(|renewed| renewed.map(|renewed| writer.renew(renewed)).transpose());
        done += 1;
        progress.step(done, total);
        match renewed {
            Ok(what) => counts[what.unwrap_or(Reread::Current) as usize] += 1,
            Err(onrecord_archive::Error::Damaged(what)) => {
                failures += 1;
                progress.aside(|| say(&what));
            }
            Err(error) => {
                trouble = Some(error);
                return Err(io::ErrorKind::Other.into());
            }
        }
        if stop.load(std::sync::atomic::Ordering::Relaxed) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    };
    let ended = in_order(ids.into_iter().map(Stored), store::threads(args.threads.count), work, sink);
    progress.end();
    if let Some(error) = trouble {
        return Err(failed(error));
    }
    writer.finish().map_err(failed)?;
    let [current, same, layers, article] = counts;
    let stopped = if ended.is_err() { "stopped; the same command goes on from here; " } else { "" };
    let out = format!(
        "{stopped}{}: {current} read by this version, {same} came out the same, {layers} with other statements, \
        {article} with other words or fields\n",
        counted(done, "article")
    );
    let printed = tools::print(out.as_bytes());
    Ok(if ended.is_err() || failures > 0 { Outcome::Incomplete } else { printed })
}

fn remove(args: &RemoveArgs) -> Done {
    let mut writer = store::existing(&args.archive)?;
    let mut out = String::new();
    for what in &args.pages {
        if args.lift {
            let lifted = writer.lift(what).map_err(failed)?;
            if !lifted {
                say(&format!("no page with the hash or address {what} was taken down"));
                return Err(Outcome::Misused);
            }
            out.push_str(&format!("{what} can be added again\n"));
            continue;
        }
        let documents = store::meant(writer.archive(), what)?;
        for document in &documents {
            writer.take_down(document, &args.reason).map_err(failed)?;
            out.push_str(&format!("took down {}, page {}\n", safe(&document.name), document.page));
        }
    }
    writer.finish().map_err(failed)?;
    Ok(tools::print(out.as_bytes()))
}
