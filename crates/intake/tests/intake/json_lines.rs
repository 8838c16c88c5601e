//! Files of JSON lines: one page a line, streamed.

use crate::common::{Folder, described, gzip, limited, lines, open, reason, stdin, zstd};
use onrecord_intake::{Intake, Item, MAX_SKIPPED_BYTES, Options};
use std::io::{self, Read};

#[test]
fn each_line_is_a_page_without_its_line_feed() {
    let file = "\u{feff}{\"text\": \"a\", \"id\": \"one\"}\r\n\n \r\n{\"text\": \"b\", \"url\": \"https://npb.example/2\"}\n{\"id\": 3, \"text\": \"c\"}\n{\"id\": \"\", \"text\": \"d\"}";
    let items = stdin(file);
    let expected = [
        "one {\"text\": \"a\", \"id\": \"one\"}\r",
        "-#4 {\"text\": \"b\", \"url\": \"https://npb.example/2\"}",
        "-#5 {\"id\": 3, \"text\": \"c\"}",
        "-#6 {\"id\": \"\", \"text\": \"d\"}",
    ];
    assert_eq!(described(&items), expected);
    let [_, Item::Capture(second), ..] = items.as_slice() else { panic!("the second line is a page") };
    assert_eq!(second.url.as_deref(), Some("https://npb.example/2"));
    assert_eq!(second.media.media_type(), "application/json");
}

#[test]
fn a_bad_line_does_not_end_the_file() {
    let file =
        b"{\"text\": \"a\"}\n{\"text\": \"b\",}\n[1]\n{\"id\": \"four\", \"text\": 4}\n\xff\n{\"text\": \"f\"}\n";
    let expected = [
        "-#1 {\"text\": \"a\"}",
        "-#2 is not valid JSON at line 2, column 14",
        "-#3 is not a JSON object with a \"text\" string, at line 3",
        "four is not a JSON object with a \"text\" string, at line 4",
        "-#5 is not valid JSON at line 5, column 1",
        "-#6 {\"text\": \"f\"}",
    ];
    assert_eq!(described(&stdin(file.to_vec())), expected);
}

#[test]
fn a_line_over_the_limit_is_left_out() {
    let line = |length: usize| format!("{{\"text\": \"{}\"}}", "a".repeat(length - 12));
    let file = format!("{}\n{}\n{}\n{}", line(200_000), line(200_001), line(12), line(900_000));
    let items = limited(file, 200_000);
    let found: Vec<_> = items
        .iter()
        .map(|item| match item {
            Item::Capture(capture) => (capture.id.as_str(), "page", capture.page.as_bytes().len() as u64),
            Item::Unreadable(it) => (it.id.as_str(), it.note.code, it.bytes.unwrap()),
        })
        .collect();
    let expected =
        [("-#1", "page", 200_000), ("-#2", "too_large", 200_001), ("-#3", "page", 12), ("-#4", "too_large", 900_000)];
    assert_eq!(found, expected);
}

#[test]
fn a_first_line_over_the_limit_does_not_hide_the_others() {
    let file = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"b\"}}\n", "a".repeat(300_000));
    let items = limited(file, 100_000);
    assert_eq!(items.iter().map(Item::id).collect::<Vec<_>>(), ["-#1", "-#2"]);
    assert!(matches!(items.as_slice(), [Item::Unreadable(_), Item::Capture(_)]));
}

#[test]
fn an_endless_line_ends_the_file() {
    let source = io::Cursor::new(b"{\"text\": \"a\"}\n{\"text\": \"").chain(io::repeat(b'a'));
    let items: Vec<_> = Intake::of_reader("-", source, Options::default()).collect();
    assert_eq!(MAX_SKIPPED_BYTES, 1 << 30);
    let last = "- has more than 1 GiB without a page, and is not read further";
    assert_eq!(described(&items), ["-#1 {\"text\": \"a\"}", last]);
}

#[test]
fn a_compressed_file_of_lines_is_streamed() {
    let one = b"{\"text\": \"Six people died.\"}\n";
    let source = io::Cursor::new(gzip(&one.repeat(1000))).chain(Endless(gzip(one)));
    let intake = Intake::of_reader("all.jsonl.gz", source, Options::default());
    let last = intake.take(5000).last().unwrap();
    assert_eq!(last.id(), "all.jsonl.gz#5000");
    assert_eq!(stdin(zstd(&one.repeat(1000))).len(), 1000);
    assert_eq!(stdin(zstd(&gzip(&one.repeat(1000)))).len(), 1000);
}

/// The same bytes again and again.
struct Endless(Vec<u8>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let times = buffer.len() / self.0.len();
        let count = times * self.0.len();
        assert!(count > 0, "buffers are large enough");
        buffer[..count].copy_from_slice(&self.0.repeat(times));
        Ok(count)
    }
}

#[test]
fn a_file_cut_short_gives_its_whole_lines() {
    let text: String = (0..3000).map(|number| format!("{{\"text\": \"{}\"}}\n", number * 7919 % 100_003)).collect();
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        let items = stdin(&packed[..packed.len() - 20]);
        let Some((Item::Unreadable(last), whole)) = items.split_last() else { panic!("the cut is noticed") };
        assert_eq!((last.id.as_str(), last.note.code), ("-", "truncated"));
        for (item, line) in whole.iter().zip(text.lines()) {
            assert!(matches!(item, Item::Capture(capture) if capture.page.as_bytes() == line.as_bytes()));
        }
    }
}

#[test]
fn lines_in_files_are_named_after_them() {
    let folder = Folder::new();
    folder.file("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    folder.file("b.jsonl", "{broken\n{\"text\": \"b\", \"id\": \"b/2\"}\n");
    folder.file("c.jsonl", "");
    folder.file("d.html", "<p>Six people died.");
    let expected = [
        "a.jsonl#1 application/json",
        "a.jsonl#2 application/json",
        "b.jsonl#1 !invalid_json",
        "b/2 application/json",
        "c.jsonl !empty",
        "d.html text/html",
    ];
    assert_eq!(folder.read(), expected);
    assert_eq!(reason(open(folder.file("e.jsonl", "\n\n"))).1, "holds nothing but white space");
    assert_eq!(lines(Intake::open(Vec::new(), Options::default())), Vec::<String>::new());
}
