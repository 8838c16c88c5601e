//! The seven direct statements of the seed article, against its annotation.

use crate::common;
use onrecord_document::BlockKind;
use onrecord_span::{Span, Text};
use serde_json::Value;
use std::path::Path;

#[test]
fn the_direct_quotes_of_the_seed_article_are_exact() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seed");
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let (Ok(text), Ok(gold)) = (read("article.txt"), read("quotes.json")) else {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: the seed article is not at {}\n", folder.display()),
        );
        return;
    };
    let gold: Value = serde_json::from_str(&gold).unwrap();
    let blocks: Vec<(BlockKind, &str)> = text.split('\n').map(|line| (kind(line), line)).collect();
    let document = common::read_blocks(&blocks);
    let points = |spans: &[Span<Text>]| -> Vec<Vec<u64>> {
        let point = |at: usize| text[..at].chars().count() as u64;
        spans.iter().map(|span| vec![point(span.start()), point(span.end())]).collect()
    };
    let expected = |attribution: &Value, name: &str| -> Vec<Vec<u64>> {
        serde_json::from_value(attribution[name].clone()).unwrap()
    };
    let direct: Vec<&Value> =
        gold["attributions"].as_array().unwrap().iter().filter(|gold| gold["type"] == "direct").collect();
    let found = common::statements(&document);
    assert_eq!((found.len(), direct.len()), (7, 7));
    for gold in direct {
        let content = expected(gold, "content");
        let statement = found.iter().find(|statement| points(&statement.content) == content);
        let statement = statement.unwrap_or_else(|| panic!("{} is missing", gold["id"]));
        let cue = if gold["cue_head"].is_null() { "cue" } else { "cue_head" };
        assert_eq!(points(&statement.cue), expected(gold, cue), "{}", gold["id"]);
        assert_eq!(points(&statement.source), expected(gold, "source"), "{}", gold["id"]);
        let sourcing = &gold["sourcing"];
        assert_eq!(statement.sourcing.kind.name(), sourcing["kind"], "{}", gold["id"]);
        assert_eq!(statement.sourcing.terms.name(), sourcing["terms"], "{}", gold["id"]);
        let count = statement.sourcing.count.unwrap();
        assert_eq!(u64::from(count.min), sourcing["count"]["min"].as_u64().unwrap(), "{}", gold["id"]);
        if let Some(name) = sourcing["entity"].as_str() {
            let speaker = common::name_behind(&document, statement).unwrap();
            assert_eq!(document.words(speaker.name), name, "{}", gold["id"]);
        }
    }
}

/// What the article's reader would call the lines that are no paragraphs.
fn kind(line: &str) -> BlockKind {
    match line {
        _ if line.starts_with("Home »") => BlockKind::Breadcrumb,
        _ if line.starts_with("Also Read") => BlockKind::Related,
        _ if line.starts_with("img_") => BlockKind::ImageName,
        _ if line.starts_with("Copyright") => BlockKind::Copyright,
        _ => BlockKind::Paragraph,
    }
}
