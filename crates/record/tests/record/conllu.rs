//! CoNLL-U, held to the rules that level 1 of the official validation checks.

use onrecord_document::{Capture, Document, Media};
use onrecord_record::conllu;
use onrecord_span::PageBytes;

fn parsed(text: &str) -> (Document, String) {
    let capture = Capture::new("my page.txt", PageBytes::new(text.into()).unwrap(), Media::Text);
    let document = onrecord_reader::parse(&capture, None);
    let mut out = Vec::new();
    conllu(&document, "test-1", &mut out).unwrap();
    (document, String::from_utf8(out).unwrap())
}

/// White space as Python's `\s` has it.
fn is_white(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}

/// What level 1 finds wrong, by the names that the official `validate.py` gives the errors.
fn wrong(conllu: &str) -> Option<&'static str> {
    use unicode_normalization::is_nfc;
    if conllu.is_empty() {
        return None;
    }
    if !conllu.ends_with("\n\n") {
        return Some("missing-empty-line");
    }
    let mut next = 1;
    let mut words = 0;
    let mut before = "";
    for line in conllu.strip_suffix('\n').unwrap_or(conllu).split('\n') {
        if !is_nfc(line) {
            return Some("unicode-normalization");
        }
        if line.is_empty() {
            if words == 0 {
                return Some(if before.is_empty() { "extra-empty-line" } else { "empty-sentence" });
            }
            (next, words) = (1, 0);
        } else if line.chars().all(is_white) {
            return Some("pseudo-empty-line");
        } else if line.starts_with('#') {
            if words > 0 {
                return Some("misplaced-comment");
            }
        } else if line.starts_with(|char: char| char.is_ascii_digit()) {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 {
                return Some("number-of-columns");
            }
            if columns[0] != next.to_string() {
                return Some("word-id-sequence");
            }
            for (nth, column) in columns.iter().enumerate() {
                if column.is_empty() {
                    return Some("empty-column");
                }
                if column.starts_with(is_white) || column.ends_with(is_white) {
                    return Some("leading-whitespace");
                }
                if column.chars().zip(column.chars().skip(1)).any(|(one, two)| is_white(one) && is_white(two)) {
                    return Some("repeated-whitespace");
                }
                if ![1, 2, 9].contains(&nth) && column.chars().any(is_white) {
                    return Some("invalid-whitespace");
                }
            }
            next += 1;
            words += 1;
        } else {
            return Some("invalid-line");
        }
        before = line;
    }
    None
}

const TEXTS: &[&str] = &[
    "Ada Reyes sailed to Lorne on Monday.  She didn't wait.\n\nSix people died.",
    "  \n Leading space, and a tab\tinside.\u{a0}End ",
    "Cafe\u{301} and Å\u{327}: decomposed letters.",
    "\u{1b}[31mred\u{7} \u{1c} \u{85} \u{200b} \u{2028} end.",
    "One\r\ntwo\r\n\r\nthree.",
    "# a comment? 1\tnot a column",
];

#[test]
fn every_text_is_valid_at_level_1() {
    for text in TEXTS {
        let (_, conllu) = parsed(text);
        assert_eq!(wrong(&conllu), None, "{text:?}\n{conllu}");
        assert!(conllu.contains("# text = "), "{text:?} has words");
    }
}

#[test]
fn a_text_without_words_gives_nothing() {
    for text in ["", " ", "\n\n \t"] {
        assert_eq!(parsed(text).1, "");
    }
}

#[test]
fn words_with_their_spaces_are_the_text() {
    for text in TEXTS.iter().filter(|text| !text.contains(['\u{301}', '\u{1b}'])) {
        let (document, conllu) = parsed(text);
        let (text, mut back) = (document.text(), String::new());
        for line in conllu.lines().filter(|line| line.starts_with(|char: char| char.is_ascii_digit())) {
            let columns: Vec<&str> = line.split('\t').collect();
            let misc = |key: &str| columns[9].split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
            let spaces = |spaces: &str| {
                let plain = spaces.replace("\\s", " ").replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n");
                plain.replace("\\u00A0", "\u{a0}")
            };
            back += &misc("SpacesBefore").map(spaces).unwrap_or_default();
            back += columns[1];
            back += &match (misc("SpaceAfter"), misc("SpacesAfter")) {
                (Some(_), _) => String::new(),
                (None, Some(after)) => spaces(after),
                (None, None) => " ".to_owned(),
            };
        }
        assert_eq!(back.trim_end(), text.trim_end());
    }
}

#[test]
fn every_sentence_has_one_root_and_heads_that_are_words() {
    for text in TEXTS {
        let (_, conllu) = parsed(text);
        for sentence in conllu.split("\n\n").filter(|sentence| !sentence.trim().is_empty()) {
            let words: Vec<Vec<&str>> =
                sentence.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
            let heads: Vec<usize> = words.iter().map(|columns| columns[6].parse().unwrap()).collect();
            assert_eq!(heads.iter().filter(|head| **head == 0).count(), 1, "{sentence}");
            assert!(heads.iter().all(|head| *head <= words.len()), "{sentence}");
            assert!(words.iter().all(|columns| (columns[6] == "0") == (columns[7] == "root")), "{sentence}");
        }
    }
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let row = "1\tShe\tshe\tPRON\tPRP\t_\t0\troot\t_\t_\n\n";
    assert_eq!(wrong(row), None);
    for (from, to, error) in [
        ("\n\n", "\n", "missing-empty-line"),
        ("\tPRP", "", "number-of-columns"),
        ("she", "", "empty-column"),
        ("She", " She", "leading-whitespace"),
        ("PRON", "PR ON", "invalid-whitespace"),
        ("1\t", "2\t", "word-id-sequence"),
        ("She", "Cafe\u{301}", "unicode-normalization"),
        ("1\t", "x\t", "invalid-line"),
    ] {
        assert_eq!(wrong(&row.replacen(from, to, 1)), Some(error), "{from:?} to {to:?}");
    }
}
