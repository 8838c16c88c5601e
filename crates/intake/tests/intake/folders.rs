//! What is read from folders, in which order, and under which names.

use crate::common::{self, Folder, PAGE, lines, open, reason};
use onrecord_intake::{Intake, Item, MAX_FOLDER_DEPTH, Options};
use std::fs;

#[test]
fn a_folder_is_read_in_the_order_of_its_paths_components() {
    let folder = Folder::new();
    for name in ["b.html", "a/z.htm", "a-b.html", "a.html", "a/B.TXT", "a/b/c.xhtml", "Z.html"] {
        folder.file(name, PAGE);
    }
    let expected = ["Z.html", "a/B.TXT", "a/b/c.xhtml", "a/z.htm", "a-b.html", "a.html", "b.html"];
    assert_eq!(folder.read(), expected.map(|name| format!("{name} text/html")));
}

#[test]
fn in_folders_names_decide_what_is_read() {
    let folder = Folder::new();
    for name in ["a.html.gz", "a.txt.zst", "b.jpg", "e", "f.html.expected.json"] {
        folder.file(name, b"Six people died.");
    }
    let mut intake = Intake::open(vec![folder.path().to_owned()], Options::default());
    assert_eq!(intake.skipped_files(), 3);
    assert_eq!(intake.total_hint(), Some(2));
    assert_eq!(intake.position(), 0.0);
    assert!(intake.next().is_some());
    assert_eq!(intake.position(), 1.0);
    assert_eq!(intake.next().map(|item| folder.shorten(item.id())).as_deref(), Some("a.txt.zst"));
    assert!(intake.next().is_none());
    assert_eq!(intake.position(), 2.0);
}

#[test]
fn a_file_given_by_its_own_path_is_always_read() {
    let folder = Folder::new();
    let path = folder.file("e", b"Six people died.");
    assert!(matches!(open(path).as_slice(), [Item::Capture(_)]));
}

#[test]
fn ids_are_the_paths_as_given() {
    let folder = Folder::new();
    folder.file("sub/a.html.gz", common::gzip(PAGE));
    let given = folder.path().join("sub").join("..");
    let Some(Item::Capture(capture)) = open(given.clone()).pop() else { panic!("the page can be read") };
    assert_eq!(capture.id, given.join("sub").join("a.html.gz").display().to_string());
    assert_eq!(capture.page.as_bytes(), PAGE);
    assert_eq!(lines(Intake::of_reader("-", PAGE, Options::default())), ["- text/html"]);
}

#[test]
fn paths_are_read_in_the_order_given_and_as_often() {
    let folder = Folder::new();
    let (a, b) = (folder.file("a.html", PAGE), folder.file("b.html", PAGE));
    let intake = Intake::open(vec![b.clone(), a, b], Options::default());
    let read: Vec<_> = lines(intake).iter().map(|line| folder.shorten(line)).collect();
    assert_eq!(read, ["b.html text/html", "a.html text/html", "b.html text/html"]);
}

#[test]
fn standard_input_has_no_total() {
    assert_eq!(Intake::open(vec!["-".into()], Options::default()).total_hint(), None);
}

#[test]
fn a_missing_path_does_not_end_the_reading() {
    let folder = Folder::new();
    let page = folder.file("a.html", PAGE);
    let paths = vec![folder.path().join("missing.html"), page.join("below.html"), page];
    let read: Vec<_> = lines(Intake::open(paths, Options::default())).iter().map(|line| folder.shorten(line)).collect();
    assert_eq!(read, ["missing.html !not_found", "a.html/below.html !not_found", "a.html text/html"]);
    assert_eq!(reason(open("")).0, "not_found");
    assert_eq!(reason(open("no/such/folder/")).1, "does not exist");
}

#[test]
fn a_file_that_goes_away_after_listing_is_an_item() {
    let folder = Folder::new();
    let path = folder.file("a.html", PAGE);
    let intake = Intake::open(vec![folder.path().to_owned()], Options::default());
    fs::remove_file(path).unwrap();
    assert_eq!(folder.shorten(&lines(intake)[0]), "a.html !not_found");
}

#[test]
fn folders_are_read_down_to_the_limit() {
    let folder = Folder::new();
    let deepest = vec!["d"; MAX_FOLDER_DEPTH].join("/");
    folder.file(&format!("{deepest}/a.html"), PAGE);
    folder.file(&format!("{deepest}/d/b.html"), PAGE);
    assert_eq!(folder.read(), [format!("{deepest}/a.html text/html"), format!("{deepest}/d !too_deep")]);
}

#[test]
fn an_intake_can_be_sent_to_another_thread() {
    let intake = Intake::of_reader("-", PAGE, Options::default());
    assert_eq!(std::thread::spawn(move || intake.count()).join().unwrap(), 1);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    #[test]
    fn links_are_followed_and_broken_ones_are_items() {
        let elsewhere = Folder::new();
        let page = elsewhere.file("pages/x.html", PAGE);
        let folder = Folder::new();
        symlink(page, folder.path().join("a.html")).unwrap();
        symlink(elsewhere.path(), folder.path().join("b")).unwrap();
        symlink("nowhere", folder.path().join("c.html")).unwrap();
        symlink("d.html", folder.path().join("d.html")).unwrap();
        symlink("nowhere", folder.path().join("e")).unwrap();
        symlink("nowhere", folder.path().join("f.jpg")).unwrap();
        let expected = [
            "a.html text/html",
            "b/pages/x.html text/html",
            "c.html !broken_link",
            "d.html !broken_link",
            "e !broken_link",
        ];
        assert_eq!(folder.read(), expected);
        assert_eq!(reason(open(folder.path().join("f.jpg"))).1, "is a link that leads nowhere");
    }

    #[test]
    fn a_link_to_a_folder_around_it_is_reported_once() {
        let folder = Folder::new();
        folder.file("a/b/page.html", PAGE);
        symlink("../..", folder.path().join("a/b/up")).unwrap();
        symlink(".", folder.path().join("here")).unwrap();
        assert_eq!(folder.read(), ["a/b/page.html text/html", "a/b/up !link_loop", "here !link_loop"]);
    }

    #[test]
    fn two_links_to_one_folder_are_no_loop() {
        let folder = Folder::new();
        folder.file("a/page.html", PAGE);
        symlink("a", folder.path().join("b")).unwrap();
        assert_eq!(folder.read(), ["a/page.html text/html", "b/page.html text/html"]);
    }

    #[test]
    fn files_without_permission_are_items() {
        let folder = Folder::new();
        let closed = folder.file("closed/a.html", PAGE);
        let page = folder.file("page.html", PAGE);
        let set = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        set(closed.parent().unwrap(), 0o000);
        set(&page, 0o000);
        let is_root = fs::read(&page).is_ok();
        let read = folder.read();
        set(closed.parent().unwrap(), 0o755);
        if is_root {
            // Straight to stderr: the test runner captures what eprintln prints.
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("skipped: this user may read everything (root), so that permissions cannot be tested\n"),
            );
            return;
        }
        assert_eq!(read, ["closed !no_permission", "page.html !no_permission"]);
    }

    #[test]
    fn sockets_and_devices_are_not_pages() {
        let folder = Folder::new();
        let socket = folder.path().join("a.html");
        let _listener = UnixListener::bind(&socket).unwrap();
        symlink("/dev/zero", folder.path().join("zero.html")).unwrap();
        let intake = Intake::open(vec![folder.path().to_owned()], Options::default());
        assert_eq!(intake.skipped_files(), 2);
        assert_eq!(intake.count(), 0);
        assert_eq!(reason(open(socket)), ("not_a_file", "is a socket, not a file or a folder".to_owned()));
        assert_eq!(reason(open("/dev/zero")).0, "not_a_file");
    }

    #[test]
    fn a_pipe_is_read_if_it_is_given_and_left_alone_in_a_folder() {
        let folder = Folder::new();
        let pipe = folder.path().join("pipe.html");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            // Straight to stderr: the test runner captures what eprintln prints.
            let _ =
                std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("skipped: this system has no mkfifo\n"));
            return;
        }
        let intake = Intake::open(vec![folder.path().to_owned()], Options::default());
        assert_eq!((intake.skipped_files(), intake.count()), (1, 0));
        let writer = pipe.clone();
        let writing = std::thread::spawn(move || fs::write(writer, common::gzip(PAGE)));
        assert_eq!(common::page(open(pipe)), PAGE);
        writing.join().unwrap().unwrap();
    }

    #[test]
    fn a_name_that_is_not_unicode_can_be_read() {
        let folder = Folder::new();
        let name = OsStr::from_bytes(b"f\xe9rry.html");
        if fs::write(folder.path().join(name), PAGE).is_err() {
            // Straight to stderr: the test runner captures what eprintln prints.
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("skipped: this file system takes only Unicode names\n"),
            );
            return;
        }
        assert_eq!(folder.read(), ["f\u{fffd}rry.html text/html"]);
    }
}

#[test]
fn progress_within_a_file_of_many_pages_goes_by_its_bytes() {
    let folder = Folder::new();
    let line = format!("{{\"text\": \"{}\"}}\n", "Six people died. ".repeat(1000));
    folder.file("a.jsonl", line.repeat(100).as_bytes());
    folder.file("b.html", b"Six people died.");
    let mut intake = Intake::open(vec![folder.path().to_owned()], Options::default());
    let positions: Vec<f64> = std::iter::from_fn(|| intake.next().map(|_| intake.position())).collect();
    assert_eq!(positions.len(), 101);
    assert!(positions[0] > 0.0 && positions[0] < 0.1, "{}", positions[0]);
    assert!((positions[49] - 0.5).abs() < 0.1, "{}", positions[49]);
    assert!(positions.is_sorted());
    assert_eq!(positions[100], 2.0);
}
