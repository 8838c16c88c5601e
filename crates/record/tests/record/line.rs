//! What a line says about an article.

use crate::support::{PAGE, PRODUCERS, document};
use onrecord_document::{Note, Stage};
use onrecord_record::{Line, Show};
use serde_json::Value;

fn text_of(line: &Line<'_>) -> String {
    let mut json = Vec::new();
    line.write(&mut json).unwrap();
    String::from_utf8(json).unwrap()
}

fn printed(show: &Show) -> Value {
    serde_json::from_str(&text_of(&Line::of(&document(), show, &PRODUCERS))).unwrap()
}

/// Keys of the outermost object in the order in which they are printed.
fn keys(json: &str) -> Vec<&str> {
    let (mut depth, mut keys, mut at) = (0, Vec::new(), 0);
    while let Some(char) = json[at..].chars().next() {
        match char {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' => {
                let start = at + 1;
                at = start;
                while !json[at..].starts_with('"') {
                    at += if json[at..].starts_with('\\') { 2 } else { json[at..].chars().next().unwrap().len_utf8() };
                }
                if depth == 1 && json[at + 1..].starts_with(':') {
                    keys.push(&json[start..at]);
                }
            }
            _ => {}
        }
        at += char.len_utf8().min(json.len() - at);
    }
    keys
}

const KEYS: &str = "id schema offsets producers page url canonical_url site section language genre paywalled headline \
    standfirst authors bylines published modified topics images links related text rest blocks statements names \
    sentences entities tokens evidence notes";

#[test]
fn the_keys_stand_in_the_contracts_order() {
    let all: Vec<&str> = KEYS.split_whitespace().collect();
    assert_eq!(keys(&text_of(&Line::of(&document(), &Show::all(), &PRODUCERS))), all);
    let layers = ["sentences", "entities", "tokens", "evidence"];
    let always: Vec<&str> = all.into_iter().filter(|key| !layers.contains(key)).collect();
    assert_eq!(keys(&text_of(&Line::of(&document(), &Show::default(), &PRODUCERS))), always);
    let note = Note::new(Stage::Intake, "empty", "is empty");
    assert_eq!(keys(&text_of(&Line::unreadable("a", &note, None))), always);
}

#[test]
fn offsets_are_code_points_into_text_and_rest() {
    let line = printed(&Show::default());
    let whole: Vec<char> =
        format!("{}{}", line["text"].as_str().unwrap(), line["rest"].as_str().unwrap()).chars().collect();
    let words = |span: &Value| -> String {
        let at = |nth: usize| span[nth].as_u64().unwrap() as usize;
        whole[at(0)..at(1)].iter().collect()
    };
    assert_eq!(words(&line["statements"][0]["content"][0]), "“We saw nothing,”");
    assert_eq!(words(&line["statements"][0]["speaker"]["span"]), "Ада Reyes");
    assert_eq!(words(&line["statements"][0]["sourcing"]["time"]["span"]), "on Monday");
    assert_eq!(line["statements"][0]["sourcing"]["time"]["value"], "on Monday");
    assert_eq!(words(&line["links"][0]["span"]), "report");
    assert_eq!(words(&line["blocks"][2]["span"]), "Паром «Зоря» hit the pier");
}

#[test]
fn confidences_are_rounded_and_nulls_are_printed() {
    let line = printed(&Show::default());
    assert_eq!(line["statements"][0]["confidence"].to_string(), "0.988");
    assert_eq!(line["statements"][0]["speaker"]["confidence"].to_string(), "0.9");
    assert_eq!(line["statements"][1]["speaker"], Value::Null);
    assert_eq!(line["statements"][1]["sourcing"]["count"], serde_json::json!({ "min": 2, "max": 2, "exact": true }));
    assert_eq!(line["modified"], Value::Null);
    assert_eq!(line["producers"]["language"], Value::Null);
}

#[test]
fn authors_are_all_whom_the_page_names_and_bylines_tell_them_apart() {
    let line = printed(&Show::default());
    assert_eq!(line["authors"].to_string(), r#"["Ада Reyes","Home desk"]"#);
    assert_eq!(line["bylines"][1]["kind"], "outlet");
}

/// Every pointer of the evidence leads to something in the line, and its bytes are the words.
#[test]
fn evidence_points_from_a_value_to_its_bytes() {
    let line = printed(&Show { evidence: true, ..Show::default() });
    let evidence = line["evidence"].as_object().unwrap();
    let bytes = |pointer: &str| -> String {
        let ranges = evidence[pointer].as_array().unwrap();
        let at = |range: &Value, nth: usize| range[nth].as_u64().unwrap() as usize;
        ranges.iter().map(|range| &PAGE[at(range, 0)..at(range, 1)]).collect()
    };
    for pointer in evidence.keys() {
        assert!(line.pointer(pointer).is_some_and(|value| !value.is_null()), "{pointer} leads nowhere");
    }
    assert_eq!(bytes("/headline"), "Паром «Зоря» hit the pier");
    assert_eq!(bytes("/blocks/2"), "Паром «Зоря» hit the pier");
    assert_eq!(bytes("/authors/0"), "Ада Reyes");
    assert_eq!(bytes("/statements/0/content"), "“We saw nothing,”");
    assert_eq!(bytes("/statements/0/source"), "harbour master Ада Reyes");
    assert_eq!(bytes("/statements/1/sourcing/count"), "Two");
    assert_eq!(bytes("/names/0/role"), "harbour master");
    assert_eq!(bytes("/related/0/title"), "See report");
    assert!(!evidence.contains_key("/url"), "an address that came with a header stands nowhere on the page");
}

#[test]
fn a_layer_that_was_not_made_is_empty_and_says_so() {
    let line = printed(&Show::all());
    for layer in ["sentences", "entities", "tokens"] {
        assert_eq!(line[layer].to_string(), "[]");
    }
    let codes: Vec<&str> =
        line["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["layer_absent"; 3]);
    assert_eq!(line["names"].as_array().unwrap().len(), 1);
}
