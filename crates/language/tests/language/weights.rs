//! Damaged files of weights, and those of other models.

use onrecord_language::{Model, Scratch, WeightsError};
use onrecord_tensors::WeightsWriter;
use onrecord_weights_english::WEIGHTS as ENGLISH;
use sha2::{Digest, Sha256};

fn error(bytes: &[u8]) -> WeightsError {
    Model::load(bytes).err().unwrap_or(WeightsError::NotWeights)
}

fn data_of(file: &[u8]) -> usize {
    let length = u32::from_le_bytes([file[20], file[21], file[22], file[23]]) as usize;
    (32 + length).next_multiple_of(64)
}

#[test]
fn the_model_says_what_it_is() {
    let model = Model::english();
    assert_eq!((model.name(), model.version(), model.licence()), ("en_core_web_sm", "3.8.0", "MIT"));
    assert_eq!(model.language(), "en");
    let hash: String = Sha256::digest(&ENGLISH[data_of(ENGLISH)..]).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(model.hash(), hash, "found by its hash");
    assert!(ENGLISH.len() <= 15_000_000);
}

#[test]
fn what_is_wrong_with_a_file_is_named() {
    assert_eq!(error(b"<html>"), WeightsError::NotWeights);
    assert_eq!(error(b""), WeightsError::Truncated { expected: 32, found: 0 });
    assert_eq!(error(b"onrecord-wei"), WeightsError::Truncated { expected: 32, found: 12 });
    let mut other = ENGLISH[..64].to_vec();
    other[16] = 9;
    assert_eq!(error(&other), WeightsError::Version { found: 9, expected: 1 });
    assert!(error(&other).to_string().contains("format 9"));
    for length in [40, 5_000, 1_000_000, ENGLISH.len() - 1] {
        assert!(
            matches!(error(&ENGLISH[..length]), WeightsError::Truncated { found, .. } if found == length),
            "{length}"
        );
    }
    let mut damaged = ENGLISH.to_vec();
    damaged[100] ^= 1;
    assert_eq!(error(&damaged), WeightsError::Damaged("the header".to_owned()));
    let mut damaged = ENGLISH.to_vec();
    damaged[data_of(ENGLISH) + 1_000_000] ^= 1;
    assert_eq!(error(&damaged).to_string(), "the weights are damaged: table tok2vec/embed/0/E doesn't match its hash");
}

/// The tables of the small model, each given to `change` and written again.
fn rewritten(change: impl Fn(&str, &[usize], &[u8], &mut WeightsWriter) -> bool) -> Vec<u8> {
    let start = data_of(ENGLISH);
    let header = String::from_utf8_lossy(&ENGLISH[32..start]).into_owned();
    let mut to = WeightsWriter::default();
    to.property("name", "en_core_web_made");
    for line in header.trim_end_matches('\0').lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let ["table", name, kind, shape, at, length, _] = fields.as_slice() else { continue };
        let number = |field: &str| field.parse::<usize>().unwrap_or(0);
        let shape: Vec<usize> = shape.split(',').map(number).collect();
        let bytes = &ENGLISH[start + number(at)..][..number(length)];
        if change(name, &shape, bytes, &mut to) {
            continue;
        }
        match *kind {
            "f32" => to.numbers(name, &shape, &floats(bytes)),
            "u32" => {
                let numbers: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
                to.numbers(name, &shape, &numbers);
            }
            "u64" => {
                let numbers: Vec<u64> = bytes.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect();
                to.numbers(name, &shape, &numbers);
            }
            _ => to.text(name, &String::from_utf8_lossy(bytes)),
        }
    }
    to.finish()
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// The small model with vectors of the words "harbour" and "Lane" that reach the shared network with some weight.
fn with_vectors(weight: f32) -> Vec<u8> {
    let width = 300;
    rewritten(|name, shape, bytes, to| match (name, shape) {
        ("tok2vec/mix/W", [units, pieces, inputs]) => {
            let rows = floats(bytes);
            let mut wider = Vec::new();
            for (number, row) in rows.chunks(*inputs).enumerate() {
                wider.extend_from_slice(row);
                // Not the same for all units: what all have in common, layer normalisation takes out.
                wider.extend([weight * ((number % 7) as f32 - 3.0); 96]);
            }
            to.numbers(name, &[*units, *pieces, inputs + 96], &wider);
            to.numbers("tok2vec/vectors/W", &[96, width], &vec![0.5_f32; 96 * width]);
            let mut ids = [(onrecord_language::string_id("harbour"), 1_u32), (onrecord_language::string_id("Lane"), 0)];
            ids.sort_unstable();
            to.numbers("vectors", &[2, width], &(0..2 * width).map(|at| at as f32 / 100.0 - 2.0).collect::<Vec<f32>>());
            to.numbers("vectors/ids", &[2], &ids.map(|(id, _)| id));
            to.numbers("vectors/rows", &[2], &ids.map(|(_, row)| row));
            true
        }
        _ => false,
    })
}

#[test]
fn a_model_with_static_vectors_is_a_file_and_no_other_code() {
    let text = "Ada Lane said the harbour was closed.";
    let small = Model::english().parse(text, &mut Scratch::default());
    let tags = |bytes: &[u8]| {
        let model = Model::load(bytes).expect("a sound file");
        assert_eq!(model.name(), "en_core_web_made");
        let parse = model.parse(text, &mut Scratch::default());
        parse.tokens.iter().map(|token| model.label(token.tag).to_owned()).collect::<Vec<_>>()
    };
    let expected: Vec<String> = small.tokens.iter().map(|token| Model::english().label(token.tag).to_owned()).collect();
    assert_eq!(tags(&with_vectors(0.0)), expected, "vectors without weight change nothing");
    assert_ne!(tags(&with_vectors(1.0)), expected, "vectors with weight are read");
}

#[test]
fn tables_that_do_not_fit_are_named() {
    let wrong = rewritten(|name, _, bytes, to| {
        if name == "tagger/W" {
            to.numbers(name, &[25, 192], &floats(bytes));
        }
        name == "tagger/W" || name == "parser/lower/b"
    });
    assert!(error(&wrong).to_string().contains("tagger/W has shape [25, 192]"), "{}", error(&wrong));
    let missing = rewritten(|name, _, _, _| name == "ner/moves");
    assert_eq!(error(&missing).to_string(), "the weights can't be used: table ner/moves is missing");
}

#[test]
fn one_scratch_may_serve_two_models() {
    let text = "Ada Lane said the harbour was closed.";
    let mut scratch = Scratch::default();
    let other = Model::load(&with_vectors(1.0)).expect("a sound file");
    let first = Model::english().parse(text, &mut scratch);
    let second = other.parse(text, &mut scratch);
    assert_eq!(second, other.parse(text, &mut Scratch::default()));
    assert_eq!(first, Model::english().parse(text, &mut scratch));
}
