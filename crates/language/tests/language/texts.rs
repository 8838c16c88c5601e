//! What holds of every text, and texts that break readers.

use onrecord_language::{MAX_WINDOW, Model, Parse, Scratch};

/// Tokens and the white space after them are the text; all ranges are sound.
fn check(text: &str, parse: &Parse) {
    let mut at = 0;
    for (number, token) in parse.tokens.iter().enumerate() {
        let range = token.range();
        assert_eq!(range.start, at, "token {number} begins where the last ended");
        assert!(range.start < range.end && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
        assert!((token.head as usize) < parse.tokens.len());
        at = range.end;
        if token.space_after {
            assert_eq!(text.as_bytes().get(at), Some(&b' '));
            at += 1;
        }
    }
    assert_eq!(at, text.len(), "nothing of the text is left out");
    let mut next = 0;
    for sentence in &parse.sentences {
        assert!(sentence.start == next && sentence.end > sentence.start);
        next = sentence.end;
    }
    assert_eq!(next as usize, parse.tokens.len(), "sentences are all tokens");
    let mut last = 0;
    for entity in &parse.entities {
        assert!(entity.tokens.start >= last && entity.tokens.end > entity.tokens.start);
        last = entity.tokens.end;
    }
    for chunk in &parse.noun_chunks {
        assert!(chunk.start < chunk.end && chunk.end as usize <= parse.tokens.len());
    }
}

fn words(text: &str) -> Vec<String> {
    let parse = Model::english().parse(text, &mut Scratch::default());
    check(text, &parse);
    parse.tokens.iter().map(|token| text[token.range()].to_owned()).collect()
}

#[test]
fn tokens_are_those_of_spacy() {
    // What `nlp(text)` of spaCy 3.8.18 says.
    for (text, expected) in [
        ("", &[] as &[&str]),
        (" ", &[" "]),
        ("a  b", &["a", " ", "b"]),
        ("\n\tHe said:\r\n\r\n\"No.\"", &["\n\t", "He", "said", ":", "\r\n\r\n", "\"", "No", ".", "\""]),
        ("don't U.S.-led, $5bn", &["do", "n't", "U.S.-led", ",", "$", "5bn"]),
        ("(a.m.) 5km/h 10,000-strong", &["(", "a.m.", ")", "5", "km/h", "10,000", "-", "strong"]),
        (
            "https://example.com/a?b=c#d, mail@example.org.",
            &["https://example.com/a?b=c#d", ",", "mail@example.org", "."],
        ),
        ("10.0.0.1 8.8.8.8", &["10.0.0.1", "8.8.8.8"]),
        ("C'mon, it's y'all's", &["C'm", "on", ",", "it", "'s", "y'", "all", "'s"]),
    ] {
        assert_eq!(words(text), expected, "{text:?}");
    }
}

#[test]
fn a_sentence_is_read_as_by_spacy() {
    let model = Model::english();
    let text = "Ada Lane of the Harbour Board told reporters in Tidewater on Monday that she wouldn't resign.";
    let parse = model.parse(text, &mut Scratch::default());
    check(text, &parse);
    let of = |at: usize| (model.label(parse.tokens[at].tag), model.label(parse.tokens[at].dep), parse.tokens[at].head);
    assert_eq!(of(1), ("NNP", "nsubj", 6));
    assert_eq!(of(6), ("VBD", "ROOT", 6));
    assert_eq!(parse.word(parse.tokens[6].lemma), "tell");
    assert_eq!((parse.word(parse.tokens[15].norm), parse.word(parse.tokens[15].lemma)), ("not", "not"));
    let name = parse.entities.first().map(|entity| (model.label(entity.label), &text[parse.bytes(&entity.tokens)]));
    assert_eq!(name, Some(("PERSON", "Ada Lane")));
}

/// RandomNumbers that look random, the same every time.
struct RandomNumbers(u64);

impl RandomNumbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn any_characters_are_read_and_nothing_is_lost() {
    let mut numbers = RandomNumbers(7);
    let mut scratch = Scratch::default();
    let parts = [
        "'s",
        "n't",
        "...",
        "http://",
        "@",
        "a.m.",
        "U.S.",
        "\u{301}\u{301}",
        "👩‍👩‍👧",
        "\r\n",
        "  ",
        "\0",
        "\u{85}",
        "-",
        "10,000",
        "$",
        ":)",
    ];
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..numbers.below(60) {
            match numbers.below(4) {
                0 => text.push_str(parts[numbers.below(parts.len() as u64) as usize]),
                1 => text.extend(char::from_u32(numbers.below(0x11_0000) as u32)),
                2 => text.push(char::from(numbers.below(128) as u8)),
                _ => text.extend(char::from_u32(numbers.below(0x3000) as u32)),
            }
        }
        let parse = Model::english().parse(&text, &mut scratch);
        check(&text, &parse);
        assert_eq!(
            parse,
            Model::english().parse(&text, &mut Scratch::default()),
            "what was met before changes nothing"
        );
    }
}

#[test]
fn texts_of_a_batch_are_read_as_alone() {
    let texts = ["The harbour is closed.", "", "It opens on 3 May, said Ada Lane."];
    let batch = Model::english().parse_batch(&texts, &mut Scratch::default());
    for (text, parse) in texts.iter().zip(batch) {
        assert_eq!(parse, Model::english().parse(text, &mut Scratch::default()));
    }
}

#[test]
fn long_lines_without_a_space_take_time_in_proportion() {
    let mut scratch = Scratch::default();
    for unit in ["a", "!", "a,b", ".a", "(", "a@", "-", "1.", "’s", "."] {
        let text = unit.repeat(20_000 / unit.len());
        check(&text, &Model::english().parse(&text, &mut scratch));
    }
    let line = "x".repeat(10_000_000);
    let parse = Model::english().parse(&line, &mut scratch);
    check(&line, &parse);
    assert_eq!(parse.tokens.len(), 1);
}

#[test]
fn floods_of_emoji_and_marks_are_read() {
    let mut scratch = Scratch::default();
    let text = "😀".repeat(MAX_WINDOW + 100);
    let parse = Model::english().parse(&text, &mut scratch);
    check(&text, &parse);
    assert_eq!(parse.tokens.len(), MAX_WINDOW + 100, "a text beyond the window has all its tokens");
    let text = format!("e{}", "\u{301}".repeat(100_000));
    check(&text, &Model::english().parse(&text, &mut scratch));
}
