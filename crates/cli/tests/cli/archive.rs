//! The commands that work on an archive.
use crate::support::{command, done, onrecord, stderr, stdout};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ADDRESS: &str = "https://gazette.example/ferry";

fn article(died: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Ferry strikes breakwater</title><link rel=canonical href={ADDRESS}>\
        </head><body><article><h1>Ferry strikes breakwater</h1>\
        <p>The ferry struck the breakwater on Monday evening, and {died} people died.</p>\
        <p>“We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.</p>\
        <p>The company has not answered questions about the crossing.</p></article></body></html>"
    )
}

/// A folder with two versions of an article, a text, and an empty page.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pages")).unwrap();
    let write = |name: &str, words: &str| fs::write(folder.path().join("pages").join(name), words).unwrap();
    write("1.html", &article("four"));
    write("2.html", &article("six"));
    write(
        "3.txt",
        "Harbour closed\n\nThe harbour was closed on Tuesday, and nobody at the office could say for how long.",
    );
    write("4.html", "");
    folder
}

#[test]
fn adding_says_what_became_of_the_pages_and_goes_on_from_what_is_stored() {
    let folder = folder();
    let first = onrecord(folder.path(), &["add", "pages"]);
    assert_eq!(first.status.code(), Some(2), "one page is empty");
    assert!(stdout(&first).starts_with("4 pages: 2 new, 1 new version, 1 not read; "), "{}", stdout(&first));
    assert!(stdout(&first).ends_with("now holds 3 articles\n"));
    assert!(stderr(&first).contains("onrecord: created an archive in "));
    assert!(stderr(&first).contains("onrecord: pages/4.html: is empty\n"));
    let second = onrecord(folder.path(), &["add", "pages/1.html", "pages/3.txt"]);
    assert_eq!(second.status.code(), Some(0));
    assert!(stdout(&second).starts_with("2 pages: 2 already stored; "), "{}", stdout(&second));
    assert!(!stderr(&second).contains("made an archive"));
    assert_eq!(onrecord(folder.path(), &["add"]).status.code(), Some(1));
}

#[test]
fn without_a_name_the_archive_is_where_the_platform_keeps_data() {
    let folder = folder();
    let data = folder.path().join("data");
    let output = command(folder.path(), &["add", "pages/3.txt"])
        .env_remove("ONRECORD_ARCHIVE")
        .env("XDG_DATA_HOME", &data)
        .output()
        .unwrap();
    let place = data.join("onrecord/archive");
    let said = format!("onrecord: created an archive in {} (choose another with --archive DIR)\n", place.display());
    assert_eq!(stderr(&output), said);
    assert!(place.join("archive.db").exists());
}

#[test]
fn a_page_comes_out_as_it_came_and_its_bytes_prove_its_words() {
    let folder = folder();
    onrecord(folder.path(), &["add", "pages"]);
    let page = article("six");
    let digest = Sha256::digest(page.as_bytes());
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(done(folder.path(), &["page", &hash]), page);
    assert_eq!(done(folder.path(), &["page", &hash[..12]]), page);
    // As the help says, with tools that are not ours.
    let at = page.find("six people").unwrap();
    let shell = format!("\"$0\" page {hash} | sha256sum; \"$0\" page {hash} | tail -c +{} | head -c 10", at + 1);
    let output = Command::new("sh")
        .args(["-c", &shell, env!("CARGO_BIN_EXE_onrecord")])
        .env("ONRECORD_ARCHIVE", folder.path().join("archive"))
        .output()
        .unwrap();
    assert_eq!(stdout(&output), format!("{hash}  -\nsix people"));
    for (wrong, said) in [("0123456789abcdef", "has no page with the hash"), ("ferry", "is no hash of a page")] {
        let output = onrecord(folder.path(), &["page", wrong]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

#[test]
fn versions_show_what_changed_word_by_word() {
    let folder = folder();
    onrecord(folder.path(), &["add", "pages"]);
    let shown = done(folder.path(), &["versions", "--width", "200", ADDRESS]);
    assert!(shown.contains("Version 1 of 2") && shown.contains("Version 2 of 2"), "{shown}");
    assert!(shown.contains("and [-four-] {+six+} people died."), "{shown}");
    let lines = done(folder.path(), &["versions", "--format", "jsonl", ADDRESS]);
    let second: serde_json::Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    let changes = second["changes"].as_array().unwrap();
    let came: Vec<_> =
        changes.iter().filter(|change| change["fate"] == "came").map(|change| &change["words"]).collect();
    assert_eq!(came, ["six "]);
    assert_eq!(onrecord(folder.path(), &["versions", "https://elsewhere.example/"]).status.code(), Some(1));
}

#[test]
fn corrections_tags_and_notes_are_written_listed_and_undone() {
    let folder = folder();
    onrecord(folder.path(), &["add", "pages"]);
    let run = |args: &[&str]| done(folder.path(), args);
    run(&["tag", ADDRESS, "ferry-disaster", "checked", "--author", "Kit"]);
    let wrong = run(&["correct", ADDRESS, "1", "wrong"]);
    run(&["correct", ADDRESS, "1", "--speaker", "Daniel Okafor"]);
    run(&["correct", "--same", "Tomas Adler", "T. Adler"]);
    run(&["note", ADDRESS, "Confirmed by phone.", "--statement", "1"]);
    let listed = run(&["corrections"]);
    assert_eq!(listed.lines().count(), 6, "{listed}");
    assert!(listed.contains("“We heard a bang and then nothing at all,”"), "{listed}");
    assert!(listed.contains("by Kit"), "{listed}");
    let lines = run(&["corrections", "--format", "jsonl"]);
    let wrong_line = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let wrong_line = wrong_line.into_iter().find(|line| line["kind"] == "wrong").unwrap();
    let [start, end] = [0, 1].map(|nth| wrong_line["bytes"][0][nth].as_u64().unwrap() as usize);
    assert_eq!(&article("six")[start..end], "“We heard a bang and then nothing at all,”");
    run(&["undo", wrong.trim()]);
    run(&["tag", "--remove", ADDRESS, "checked"]);
    assert_eq!(run(&["corrections"]).lines().count(), 4);
    assert_eq!(run(&["corrections", "--undone"]).lines().count(), 6);
    assert_eq!(run(&["corrections", "--orphaned"]), "nothing is orphaned\n");
    for (args, said) in [
        (&["correct", ADDRESS, "9", "wrong"][..], "has no statement 9; it has statement"),
        (&["note", "https://elsewhere.example/", "x"], "has no page with the hash or address"),
        (&["undo", "ffff"], "no correction, tag or note"),
        (&["correct", "--same", "Nobody", "T. Adler"], "nobody in this archive is called Nobody"),
    ] {
        let output = onrecord(folder.path(), args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

#[test]
fn an_archive_is_looked_after() {
    let folder = folder();
    onrecord(folder.path(), &["add", "pages"]);
    let run = |args: &[&str]| done(folder.path(), args);
    let stats = run(&["archive", "stats"]);
    assert!(stats.contains("articles      3 at 2 addresses, 1 of them later versions"), "{stats}");
    assert!(run(&["archive", "check"]).ends_with("3 pages, 3 documents and 9 layers: no problems found\n"));
    assert!(run(&["archive", "verify"]).contains("no problems found"));
    assert!(run(&["archive", "verify", ADDRESS]).starts_with("hashed the pages of 2 articles"));
    assert!(run(&["archive", "compact"]).starts_with("compacted: "));
    assert!(run(&["archive", "reread"]).starts_with("3 articles: 3 already read by this version"));
    assert!(run(&["archive", "rebuild"]).starts_with("rebuilt the search index of 3 articles"));
    assert_eq!(run(&["archive", "backup", "copy"]), "copied 3 articles to copy\n");
    let removed = run(&["archive", "remove", "--reason", "court order", ADDRESS]);
    assert_eq!(removed.lines().count(), 2, "{removed}");
    let again = onrecord(folder.path(), &["add", "pages/1.html"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        stderr(&again).contains("pages/1.html: was taken down from this archive and is not added again"),
        "{}",
        stderr(&again)
    );
    // What was taken down here is not taken in from elsewhere, until that is lifted.
    assert!(run(&["archive", "merge", "copy"]).contains("2 taken down here earlier"));
    let hash: String = Sha256::digest(article("six").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    run(&["archive", "remove", "--lift", &hash]);
    assert!(run(&["archive", "merge", "copy"]).starts_with("3 articles: 1 new"));
}

#[test]
fn without_an_archive_commands_say_so() {
    let folder = folder();
    for args in
        [&["archive", "stats"][..], &["page", "0123456789abcdef"], &["versions", ADDRESS], &["tag", ADDRESS, "x"]]
    {
        let output = onrecord(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains("there is no archive here"), "{}", stderr(&output));
    }
    assert!(!folder.path().join("archive").exists(), "looking made one");
}

/// Many pages that don't compress well.
fn bulk(folder: &Path) -> PathBuf {
    let path = folder.join("bulk.jsonl");
    let mut file = fs::File::create(&path).unwrap();
    let mut state = 1u64;
    for nth in 0..1500 {
        let mut words = String::new();
        for _ in 0..300 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words.push_str(&format!("{:x} ", state >> 24));
        }
        writeln!(file, r#"{{"id": "{nth}", "text": "{words}"}}"#).unwrap();
    }
    path
}

/// A limit on the size of files stands for a full disk: the system refuses to write either way.
#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    bulk(folder.path());
    // In blocks of 512 bytes; the signal that comes with it is ignored, as it is for a program in a shell's pipe.
    let shell = "trap '' XFSZ; ulimit -f 6000; exec \"$0\" add --until article bulk.jsonl";
    let limited = Command::new("sh")
        .args(["-c", shell, env!("CARGO_BIN_EXE_onrecord")])
        .current_dir(folder.path())
        .env("ONRECORD_ARCHIVE", folder.path().join("archive"))
        .env("ONRECORD_TRACE", folder.path().join("trace"))
        .env("ONRECORD_BATCH", "100")
        .output()
        .unwrap();
    assert_eq!(limited.status.code(), Some(2), "{}", stderr(&limited));
    assert!(
        stderr(&limited).contains("there is no room left on the disk; all that was stored before is safe"),
        "{}",
        stderr(&limited)
    );
    assert!(stderr(&limited).contains("run the command again to continue"), "{}", stderr(&limited));
    assert!(done(folder.path(), &["archive", "check"]).ends_with("no problems found\n"));
    let stored = onrecord_archive::Archive::open(&folder.path().join("archive")).unwrap().len().unwrap();
    assert!(stored >= 100, "{stored} stored");
    let again = done(folder.path(), &["add", "--until", "article", "bulk.jsonl"]);
    assert!(again.contains(&format!("{} new, {stored} already stored", 1500 - stored)), "{again}");
}

/// Permissions do not bind the superuser: as such, the command runs as nobody.
#[cfg(unix)]
#[test]
fn an_archive_that_may_not_be_written_to_can_be_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let folder = folder();
    onrecord(folder.path(), &["add", "pages"]);
    let place = folder.path().join("archive");
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
    set(folder.path(), 0o755);
    for entry in fs::read_dir(&place).unwrap().flatten() {
        set(&entry.path(), if entry.path().is_dir() { 0o555 } else { 0o444 });
    }
    set(&place, 0o555);
    let run = |args: &[&str]| {
        let mut command = command(folder.path(), args);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        command.output()
    };
    let Ok(stats) = run(&["archive", "stats"]) else {
        println!("skipped: the binary can't be run as another user here");
        return;
    };
    assert!(stdout(&stats).contains("articles      3"), "{}", stderr(&stats));
    let output = run(&["add", "pages/1.html"]).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).ends_with("archive: may not be written to\n"), "{}", stderr(&output));
    set(&place, 0o755);
}

/// Ctrl-C ends the batch and says how far it came; the same command goes on from there.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_batch() {
    let folder = tempfile::tempdir().unwrap();
    bulk(folder.path());
    let trace = folder.path().join("trace");
    // Articles alone: what is read of them makes no difference to what an interrupt does.
    let child = command(folder.path(), &["add", "--until", "article", "--threads", "1", "bulk.jsonl"])
        .env("ONRECORD_TRACE", &trace)
        .env("ONRECORD_BATCH", "50")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !fs::read_to_string(&trace).unwrap_or_default().contains("database done") {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    if !stdout(&output).starts_with("stopped after ") {
        println!("skipped: all was added before the interrupt came");
        return;
    }
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).ends_with("; run the command again to continue\n"), "{}", stdout(&output));
    let words = stdout(&output);
    let stored: u64 = words.split(' ').nth(2).unwrap().parse().unwrap();
    assert_eq!(onrecord_archive::Archive::open(&folder.path().join("archive")).unwrap().len().unwrap(), stored);
    let again = done(folder.path(), &["add", "--until", "article", "bulk.jsonl"]);
    assert!(again.contains(&format!("{stored} already stored")), "{again}");
}
