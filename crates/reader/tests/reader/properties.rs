//! What holds of every statement of every text: spans in bounds and on words, in order, apart; none leaves its block without the
//! convention that allows it.

use crate::support::read_text;
use onrecord_span::{Span, Text};

/// Pieces of news prose, and of what breaks it.
const PIECES: [&str; 44] = [
    "the harbour master",
    "Ingrid Solheim",
    "said",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "„",
    ",",
    ".",
    ":",
    "\n",
    "?",
    "—",
    "that the ferry had left",
    "according to",
    "two officials familiar with the matter",
    "denied",
    "who",
    "urged them to leave",
    "We sail at dawn",
    "she told reporters",
    "Q:",
    "A:",
    "@ferrywatch",
    "#sailing",
    "THE FERRY IS LATE, SAYS MINISTER",
    "in a statement",
    "declined to comment",
    "his insistence that the quay was safe",
    "is expected to",
    "and",
    "(",
    ")",
    "the ship’s owners",
    "Der Hafenmeister sagte",
    "港湾局は遅れたと述べた",
    "e\u{301}te\u{301}",
    "…",
    "12.5",
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize
    }
}

fn overlap(a: &[Span<Text>], b: &[Span<Text>]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.start() < b.end() && b.start() < a.end()))
}

fn check(text: &str) {
    let document = read_text(text);
    let statements = document.statements();
    let blocks: Vec<Span<Text>> = document.fact_blocks().map(|block| block.span).collect();
    let block_of = |span: &Span<Text>| {
        let at = blocks.iter().position(|block| block.start() <= span.start() && span.end() <= block.end());
        at.unwrap_or_else(|| panic!("{:?} lies in no block of {text:?}", document.words(*span)))
    };
    for statement in statements {
        assert!(!statement.content.is_empty(), "a quote without content in {text:?}");
        assert!((0.0..=1.0).contains(&statement.confidence), "confidence {} in {text:?}", statement.confidence);
        for parts in [&statement.content, &statement.cue, &statement.source] {
            assert!(parts.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "parts not in order in {text:?}");
            for part in parts {
                let words = document.words(*part);
                assert!(!words.is_empty() && words.trim() == words, "a span of {words:?} in {text:?}");
                block_of(part);
            }
        }
        assert!(!overlap(&statement.content, &statement.source), "content meets source in {text:?}");
        assert!(!overlap(&statement.content, &statement.cue), "content meets cue in {text:?}");
        // Only words in quotation marks are carried on into another block, and no farther than the next ones.
        let places: Vec<usize> =
            statement.content.iter().chain(&statement.cue).chain(&statement.source).map(block_of).collect();
        let first = places.iter().copied().min().unwrap();
        for part in &statement.content {
            let marked = document.words(*part).starts_with(['“', '"', '‘', '\'', '«', '„', '»']);
            let home = statement.cue.first().map_or(first, block_of);
            assert!(block_of(part) == home || marked, "unmarked words of another block in {text:?}");
        }
    }
}

#[test]
fn quotes_of_random_prose_are_well_formed() {
    let mut random = Random(20261124);
    for _ in 0..400 {
        let count = 1 + random.next() % 60;
        let pieces: Vec<&str> = (0..count).map(|_| PIECES[random.next() % PIECES.len()]).collect();
        check(&pieces.join(" "));
    }
}

#[test]
fn bad_input_has_no_runaway_spans() {
    let lists = "Anna Berg, Ole Dahl, Siri Moe, Per Lund, Kari Vik, ".repeat(200);
    let unbalanced = "“The ferry is late, Solheim said. Nobody came. ".repeat(50);
    let transcript =
        "Q: Did you see the ship?\nA: I did not.\nQ: Who told you?\nA: The captain said it had left.\n".repeat(20);
    let capitals = "MINISTER SAYS FERRY LATE AS UNION DENIES BLAME\n".repeat(20);
    let long = "The harbour master said the ferry had left the quay an hour late. ".repeat(500);
    let foreign = "Der Hafenmeister sagte, die Fähre sei eine Stunde zu spät abgefahren. ".repeat(30);
    let tweets =
        "RT @ferrywatch: OMG the ferry is SO late!!! “@solheim: we sail” https://ferry.example/x #late\n".repeat(20);
    let apostrophes = "The ship's owners' 'plan' wasn't the crew's, 'cause it didn't sail in '14. ".repeat(40);
    for text in [lists, unbalanced, transcript, capitals, long, foreign, tweets, apostrophes] {
        check(&text);
    }
}
