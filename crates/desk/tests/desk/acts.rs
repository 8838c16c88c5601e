//! Corrections, tags, notes, adding: each written and taken back.

use crate::support::{Served, send, story, usual};
use std::time::{Duration, Instant};

fn statements(desk: &Served, key: &str) -> String {
    desk.get(&format!("/article/{key}")).text()
}

/// The id in the first form that undoes something on a page.
fn undo_id(page: &str) -> String {
    let form = page.split("action=\"/corrections/undo\"").nth(1).unwrap();
    form.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_statement_is_marked_right_then_wrong_then_neither() {
    let desk = usual();
    let key = desk.key();
    let judge = |verdict: &str| {
        let answer = desk.post("/corrections", &[("article", &key), ("number", "1"), ("verdict", verdict)]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(answer.header("location"), Some(format!("/article/{key}?statement=1#n1").as_str()));
        statements(&desk, &key)
    };
    assert!(judge("right").contains("Marked <b>right</b>"));
    let page = judge("wrong");
    assert!(page.contains("Marked <b>wrong</b>") && !page.contains("Marked <b>right</b>"));
    assert!(!judge("wrong").contains("Marked <b>"), "a verdict given twice is taken back");
}

#[test]
fn speakers_notes_and_tags_are_written_exported_and_undone() {
    let desk = usual();
    let key = desk.key();
    for (verdict, number, value, shown) in [
        ("speaker", "1", "Ada Reyes", "Speaker corrected: <b><bdi>Ada Reyes"),
        ("note", "2", "Asked the <port>", "Note: <span class=\"note-text\"><bdi>Asked the &lt;port&gt;"),
        ("tag", "", "to check", ">to check</a>"),
    ] {
        let fields = [("article", key.as_str()), ("number", number), ("verdict", verdict), ("value", value)];
        assert_eq!(desk.post("/corrections", &fields).status, 303);
        let page = statements(&desk, &key);
        assert!(page.contains(shown), "{verdict}");
        assert!(desk.get("/corrections.csv").text().contains(value), "{verdict} is in the export");
        let id = undo_id(&page);
        assert_eq!(desk.post("/corrections/undo", &[("id", &id), ("article", &key)]).status, 303);
        assert!(!statements(&desk, &key).contains(shown), "{verdict} is taken back");
    }
    assert_eq!(desk.post("/corrections", &[("article", &key), ("number", "99"), ("verdict", "right")]).status, 404);
    assert_eq!(desk.post("/corrections", &[("article", &key), ("verdict", "praise")]).status, 400);
    assert_eq!(desk.post("/corrections/undo", &[("id", "ffffffffffffffff")]).status, 404);
}

#[test]
fn two_names_are_one_speaker_until_that_is_undone() {
    let desk = usual();
    let fields = [("verdict", "same_speaker"), ("speaker", "Daniel Okafor"), ("value", "Tomas Adler")];
    let merged = desk.post("/corrections", &fields);
    assert_eq!(merged.header("location"), Some("/speaker/Tomas%20Adler"));
    let page = desk.get("/speaker/Tomas%20Adler").text();
    assert!(page.contains("Also called") && page.contains("lights went out"));
    let id = undo_id(&page);
    desk.post("/corrections/undo", &[("id", &id), ("speaker", "Tomas Adler")]);
    assert!(!desk.get("/speaker/Tomas%20Adler").text().contains("lights went out"));
}

#[test]
fn files_that_are_dropped_are_read_in() {
    let desk = usual();
    let page = story(
        "Inquiry opens into radar",
        "<p>“We will ask about the radar,” said Ada Reyes, who leads the inquiry.</p>\
        <p>The inquiry opens on Tuesday in the town hall of Port Ellery, and is to last for three weeks, the ministry said.</p>",
    );
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"pages\"; filename=\"../../inquiry.html\"\r\nContent-Type: text/html\r\n\r\n{page}\r\n--X--\r\n"
    );
    let request = format!(
        "POST /add HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = send(desk.address, request.as_bytes());
    assert_eq!(answer.status, 303, "{}", answer.text());
    let address = answer.header("location").unwrap().to_owned();
    let begun = Instant::now();
    let told = loop {
        let told = desk.get(&address).text();
        if !told.contains("http-equiv=\"refresh\"") || begun.elapsed() > Duration::from_secs(60) {
            break told;
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(told.contains("<b>1</b> new article"), "{told}");
    assert!(desk.get("/").text().contains("Inquiry opens into radar"));
}
