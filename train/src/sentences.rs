//! Trains the weights of English sentence ends, and writes them with their card: `./dev train-sentences`.
//!
//! Logistic regression by AdaGrad with a fixed seed, over every place where a sentence may end in the training part of GUM
//! and in `data/sentence_examples.txt`. Of GUM, only documents under CC BY or in the public domain are used; those under CC BY-SA
//! are left out.

use flate2::read::GzDecoder;
use onrecord_language::sentences::english::{PossibleEnd, SentenceState, features, name, places, split};
use onrecord_span::PageHash;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;

const EPOCHS: usize = 40;
const RATE: f32 = 0.25;
/// Pull of each weight towards 0, at each example that has it.
const PULL: f32 = 2e-4;
/// How often each of our own examples counts.
const OWN_TIMES: usize = 3;
/// A feature must be seen so often; the words of fewer places say more about the text than about sentences.
const MIN_SEEN: u32 = 3;
/// Weights nearer to 0 are left out.
const SMALLEST: f32 = 0.03;
const SEED: u64 = 20_260_310;

/// A text and its sentences, in bytes.
struct GoldText {
    genre: String,
    free: bool,
    text: String,
    sentences: Vec<Range<usize>>,
}

struct EndExample {
    features: Vec<u32>,
    ends: bool,
}

/// Trains on the folder with `gum_train.jsonl.gz`, and writes to the data of `crates/language`.
pub fn train(folder: &str, data: &str) -> Result<(), Box<dyn Error>> {
    let (folder, data) = (Path::new(folder), Path::new(data));
    let train: Vec<GoldText> = gum(&folder.join("gum_train.jsonl.gz"))?.into_iter().filter(|text| text.free).collect();
    let own = own(&std::fs::read_to_string(data.join("sentence_examples.txt"))?);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let all = || train.iter().chain(std::iter::repeat_n(&own, OWN_TIMES).flatten());
    for text in all() {
        walk(text, |block, place, state, _| {
            features(block, place, state, |kind, values| *seen.entry(name(kind, values)).or_default() += 1);
        });
    }
    let mut names: Vec<String> =
        seen.into_iter().filter(|(_, times)| *times >= MIN_SEEN).map(|(name, _)| name).collect();
    names.push("bias".to_owned());
    names.sort();
    let places: HashMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let bias = places["bias"];
    let mut examples = Vec::new();
    for text in all() {
        walk(text, |block, place, state, ends| {
            let mut found = vec![bias];
            features(block, place, state, |kind, values| found.extend(places.get(name(kind, values).as_str())));
            examples.push(EndExample { features: found, ends });
        });
    }
    let weights = trained(&mut examples, names.len());
    let mut rows = String::new();
    let mut kept = 0;
    for (name, weight) in names.iter().zip(&weights).filter(|(_, weight)| weight.abs() >= SMALLEST) {
        kept += 1;
        writeln!(rows, "{name}\t{weight:.3}")?;
    }
    let card = format!(
        "# Weights of English sentence ends: a card.\n\
        # Made by: ./dev train-sentences (logistic regression, {EPOCHS} epochs, seed {SEED}).\n\
        # Data: {} documents of the training part of GUM (UD_English-GUM afb41ee, gum 72ce5ac; annotation CC-BY-4.0), texts\n\
        # under CC BY or in the public domain alone: academic, conversation, court, interview, news, speech, textbook, vlog.\n\
        # gum_train.jsonl.gz has the SHA-256 {}.\n\
        # Also data/sentence_examples.txt, written for this project. {} places, {kept} weights.\n\
        # Scores: ./dev train-sentences --score\n",
        train.len(),
        PageHash::of(&std::fs::read(folder.join("gum_train.jsonl.gz"))?),
        examples.len(),
    );
    std::fs::write(data.join("sentence_weights.tsv"), card + &rows)?;
    println!("{} examples, {} features, {kept} kept; --score measures them", examples.len(), names.len());
    Ok(())
}

fn gum(path: &Path) -> Result<Vec<GoldText>, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut texts = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let words = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        let text = words("text");
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = |value: &Value| bytes[value.as_u64().unwrap_or_default() as usize];
        let spans = record["sents"].as_array().into_iter().flatten();
        let sentences = spans.map(|span| at(&span[0])..at(&span[1])).collect();
        texts.push(GoldText { genre: words("genre"), free: !words("licence").contains("SA"), text, sentences });
    }
    Ok(texts)
}

/// Our own examples, each line a text.
fn own(file: &str) -> Vec<GoldText> {
    let lines = file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let texts = lines.map(|line| {
        let mut text = String::new();
        let mut sentences = Vec::new();
        for part in line.split(" | ") {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(part.trim());
            sentences.push(start..text.len());
        }
        GoldText { genre: "own".to_owned(), free: true, text, sentences }
    });
    texts.collect()
}

/// The lines of a text: its blocks.
fn blocks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let from = start;
        start += line.len();
        let trimmed = line.trim();
        let at = from + line.find(trimmed)?;
        (!trimmed.is_empty()).then_some(at..at + trimmed.len())
    })
}

/// Gives every place of a text with whether a sentence ends there.
fn walk(text: &GoldText, mut each: impl FnMut(&str, PossibleEnd, SentenceState, bool)) {
    let ends: HashSet<usize> = text.sentences.iter().map(|sentence| sentence.end).collect();
    for range in blocks(&text.text) {
        let block = &text.text[range.clone()];
        places(block, |place, state| {
            let end = ends.contains(&(range.start + place.end));
            each(block, place, state, end);
            end
        });
    }
}

fn trained(examples: &mut [EndExample], count: usize) -> Vec<f32> {
    let (mut weights, mut squares) = (vec![0.0_f32; count], vec![1e-6_f32; count]);
    let mut random = SEED;
    for epoch in 0..EPOCHS {
        for last in (1..examples.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            examples.swap(last, (random >> 33) as usize % (last + 1));
        }
        let mut loss = 0.0;
        for example in examples.iter() {
            let sum: f32 = example.features.iter().map(|at| weights[*at as usize]).sum();
            let sure = 1.0 / (1.0 + (-sum).exp());
            let target = if example.ends { 1.0 } else { 0.0 };
            loss -= if example.ends { sure.max(1e-9).ln() } else { (1.0 - sure).max(1e-9).ln() };
            for at in &example.features {
                let at = *at as usize;
                let slope = (sure - target) + PULL * weights[at];
                squares[at] += slope * slope;
                weights[at] -= RATE * slope / squares[at].sqrt();
            }
        }
        if epoch % 10 == 9 {
            println!("epoch {}: loss {:.4}", epoch + 1, loss / examples.len() as f32);
        }
    }
    weights
}

/// Prints F1 by genre on the folder's `gum_dev.jsonl.gz`, exact start and end; with `errors` also each sentence that is wrong.
pub fn score(folder: &str, errors: bool) -> Result<(), Box<dyn Error>> {
    let texts = gum(&Path::new(folder).join("gum_dev.jsonl.gz"))?;
    let mut by: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for text in &texts {
        let mut found = Vec::new();
        blocks(&text.text).for_each(|range| split(&text.text, range, &mut |sentence| found.push(sentence)));
        let right = found.iter().filter(|sentence| text.sentences.contains(sentence)).count();
        for genre in [text.genre.as_str(), "all"] {
            let counts = by.entry(genre).or_default();
            counts[0] += right;
            counts[1] += found.len();
            counts[2] += text.sentences.len();
        }
        if errors {
            for wrong in found.iter().filter(|sentence| !text.sentences.contains(sentence)) {
                println!("{}: {}", text.genre, &text.text[wrong.clone()]);
            }
        }
    }
    for (genre, [right, found, gold]) in by {
        let f1 = 200.0 * right as f32 / (found + gold).max(1) as f32;
        println!("{genre:14} F1={f1:.1} found={found} gold={gold}");
    }
    Ok(())
}
