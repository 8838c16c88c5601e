//! Pages whose own lines say next to nothing: where else their text is looked for.

use onrecord_article::read;
use onrecord_document::{Capture, Document, Media};
use onrecord_span::PageBytes;

fn document(html: String) -> Document {
    let Some(page) = PageBytes::new(html.into_bytes()) else { panic!("the page is small") };
    read(&Capture::new("thin.html", page, Media::Html))
}

const STEPS: &str = r#"{"@type": "HowTo", "name": "How to moor a ferry", "description": "A ferry is moored by two people.",
    "author": {"@type": "Person", "name": "Ruth Pell"},
    "step": [
        {"@type": "HowToStep", "name": "The bow line", "itemListElement": {"@type": "HowToDirection", "text":
         "\u003cp\u003eThrow the bow line first; the person on the quay lays it round the bollard.\u003c/p\u003e\u003cp\u003eWait until it is tight.\u003c/p\u003e"}},
        {"@type": "HowToStep", "name": "The stern line", "text": "Then let the ship come round \u2014 slowly, for she has no brakes \u2014 and throw the other line, which is longer than the first by as much as the tide falls in a night, and half as much again where the harbour is open to the sea and the wind blows from the west."},
        "Last of all, stop the engine, put out the gangway, and count those who leave the ship."
    ]}"#;

fn with_steps(body: &str) -> Document {
    document(format!(
        "<html><head><title>How to moor a ferry</title><script type='application/ld+json'>{STEPS}</script></head><body>{body}</body></html>"
    ))
}

#[test]
fn instructions_of_the_json_ld_stand_in_for_a_page_that_shows_nothing() {
    let read = with_steps("<h1>How to moor a ferry</h1><p>Please update your browser.</p>");
    let lines: Vec<&str> = read.text().lines().collect();
    assert_eq!(lines[0], "A ferry is moored by two people.");
    assert_eq!(
        lines[1..4],
        [
            "The bow line",
            "Throw the bow line first; the person on the quay lays it round the bollard.",
            "Wait until it is tight."
        ]
    );
    assert!(lines[5].contains("round — slowly"));
    let subhead = read.evidence(read.blocks()[1].span);
    assert_eq!(read.capture().page.slice(subhead[0]), b"The bow line");
    assert!(read.notes.iter().any(|note| note.code == "body_from_json_ld"));
    assert_eq!(read.fields.bylines[0].value.name, "Ruth Pell");
}

#[test]
fn instructions_do_not_stand_in_for_a_page_that_tells_a_story() {
    let story = "<p>The ferry came in at noon, and two people moored her, as they had done every day since March.</p>";
    let read = with_steps(&format!("<h1>How to moor a ferry</h1>{}", story.repeat(4)));
    assert!(read.text().starts_with("The ferry came in at noon") && !read.text().contains("bow line"));
}

#[test]
fn what_readers_without_scripts_see_is_read_where_there_is_nothing_else() {
    let story = "<p>The ferry came in at noon, and two people moored her, as they had done every day since March.</p>"
        .repeat(3);
    let page = |shown: &str| {
        document(format!(
            "<title>A ferry is moored – Courier</title><div class=post><h2>A ferry is moored</h2>{shown}<noscript>{story}</noscript></div>"
        ))
    };
    assert_eq!(page("<p>Loading …</p>").text().lines().count(), 3);
    let shown = page(
        &"<p>The harbour board met on Tuesday, and nobody spoke of the ferry that had come in at noon.</p>".repeat(4),
    );
    assert!(shown.text().starts_with("The harbour board") && !shown.text().contains("since March"));
}

#[test]
fn steps_are_read_no_deeper_than_recipes_nest_them() {
    let nested = |levels: usize, text: &str| {
        let open = r#"{"itemListElement": "#.repeat(levels);
        format!(r#"{open}{{"text": "{text}"}}{}"#, "}".repeat(levels))
    };
    let told =
        "Throw the bow line first, and wait until the person on the quay has laid it round the bollard. ".repeat(6);
    let steps = format!("[{}, {}]", nested(3, &told), nested(12, "Too deep."));
    let read = document(format!(
        "<title>How to moor</title><script type='application/ld+json'>{{\"@type\": \"HowTo\", \"step\": {steps}}}</script><p>Loading"
    ));
    assert!(read.text().starts_with("Throw the bow line") && !read.text().contains("Too deep"), "{}", read.text());
}
