//! Adding survives being killed at any moment: nothing is lost, nothing is there twice, nothing stored is read again.
use onrecord_archive::Archive;
use onrecord_document::{LayerKind, LayerSet};
use onrecord_record::Show;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PAGES: usize = 600;
const KILLS: usize = 50;
/// Documents in a batch: more than fifty batches are needed, with room for the kills.
const BATCH: usize = 3;

/// Pages of four outlets, one in ten with another version of an earlier one.
fn write_pages(folder: &Path) {
    for nth in 0..PAGES {
        let article = if nth % 10 == 9 { nth - 5 } else { nth };
        let mut body = String::new();
        for paragraph in 0..3 + nth % 3 {
            write!(
                body,
                "<p>“Crossing {nth} was late by {paragraph} hours,” said Tomas Adler, the harbour master.</p>"
            )
            .unwrap();
            write!(body, "<p>The company has not answered questions about crossing {article} on day {paragraph}.</p>")
                .unwrap();
        }
        let html = format!(
            "<!doctype html><html lang=en><head><title>Crossing {article}</title>\
            <link rel=canonical href=https://outlet{}.example/crossing/{article}></head>\
            <body><article><h1>Crossing {article} is late</h1>{body}</article></body></html>",
            article % 4
        );
        fs::write(folder.join(format!("{nth:04}.html")), html).unwrap();
    }
}

fn add(folder: &Path, archive: &str, trace: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["add", "--threads", "2", "--archive", archive, "pages"])
        .current_dir(folder)
        .env("ONRECORD_TRACE", trace)
        .env("ONRECORD_BATCH", BATCH.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The whole archive as its lines.
fn export(place: &Path) -> String {
    let mut out = Vec::new();
    let show = Show { layers: LayerSet::of(&[LayerKind::Sentences]), evidence: true };
    Archive::open(place).unwrap().write_lines(&show, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Waits until the trace says something, or the process has ended.
fn wait_for(trace: &Path, words: &str, times: usize, child: &mut Child) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if fs::read_to_string(trace).unwrap_or_default().matches(words).count() >= times {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(100));
    }
    panic!("nothing happens");
}

/// What was going on when the process ended, by the last commit that the trace has.
fn moment(trace: &str) -> &'static str {
    let last = trace.lines().rfind(|line| !line.starts_with("reads "));
    match last.unwrap_or_default() {
        "database begins" => "inside a commit of the database",
        "search index begins" => "inside a commit of the index",
        line if line.starts_with("database done") => "between the database's commit and what follows",
        line if line.starts_with("search index done") => "between the index's commit and what follows",
        _ => "before any commit",
    }
}

#[test]
fn fifty_kills_leave_the_archive_as_if_nothing_had_happened() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    write_pages(&pages);
    let trace = folder.path().join("trace");
    assert!(add(folder.path(), "whole", &trace).wait().unwrap().success());
    let whole = export(&folder.path().join("whole"));
    assert_eq!(whole.lines().count(), PAGES);
    let follows = fs::read_to_string(&trace).unwrap().contains("index done");

    let place = folder.path().join("killed");
    let mut moments: BTreeMap<&str, usize> = BTreeMap::new();
    let mut stored: HashSet<String> = HashSet::new();
    let mut random = 20_261_124u64;
    for kill in 0..KILLS {
        fs::remove_file(&trace).unwrap();
        let mut child = add(folder.path(), "killed", &trace);
        // Each run is left to make one commit at least; then it ends at once, inside one of the next commits, or anywhere.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let chance = (random >> 33) as u32;
        // The first run may be killed before it has stored anything at all.
        let alive = match kill % 5 {
            0 if kill == 0 => wait_for(&trace, "reads ", 1, &mut child),
            1 => wait_for(&trace, "database begins", 2, &mut child),
            2 if follows => wait_for(&trace, "index begins", 1, &mut child),
            3 if follows => wait_for(&trace, "index done", 1, &mut child),
            _ => wait_for(&trace, "database done", 1, &mut child),
        };
        assert!(alive, "kill {kill}: all pages were added before the last kill; make batches smaller");
        std::thread::sleep(Duration::from_micros(u64::from(chance % 3000) * u64::from(kill % 5 == 4)));
        child.kill().unwrap();
        child.wait().unwrap();

        let traced = fs::read_to_string(&trace).unwrap();
        *moments.entry(moment(&traced)).or_default() += 1;
        let again = traced.lines().filter_map(|line| line.strip_prefix("reads ")).find(|id| stored.contains(*id));
        assert_eq!(again, None, "kill {kill}: a page that was stored is read again");
        // A process that was killed leaves a log, which the next to open the database takes in.
        let Ok(archive) = Archive::open(&place) else {
            assert_eq!(kill, 0, "the archive can't be opened");
            continue;
        };
        let ids = archive.ids().unwrap();
        let now: HashSet<String> = ids.into_iter().map(|id| archive.listed(id).unwrap().name).collect();
        assert!(now.is_superset(&stored), "kill {kill}: something stored is lost");
        assert!(kill == 0 || now.len() > stored.len(), "kill {kill}: no further than before ({})", now.len());
        stored = now;
    }
    fs::remove_file(&trace).unwrap();
    assert!(add(folder.path(), "killed", &trace).wait().unwrap().success());
    println!("{KILLS} kills: {moments:?}, {} pages stored before the last run", stored.len());
    assert!(moments.contains_key("inside a commit of the database"));
    assert!(!follows || moments.contains_key("inside a commit of the index"));
    assert!(moments.contains_key("between the database's commit and what follows"));

    assert!(export(&place) == whole, "the export differs from that of an uninterrupted run");
    let archive = Archive::open(&place).unwrap();
    let report = archive.check(|_, _| {}).unwrap();
    assert_eq!(report.problems, []);
}
