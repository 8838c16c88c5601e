//! Trains the weights that tell which clauses report a statement: `./dev train-statements`.
//!
//!     train_statements ARTICLES.jsonl.gz WEIGHTS [--keep-aside]
//!
//! ARTICLES: lines {"doc_id", "text", "attributions": [{"source", "content", ..}]} with offsets in code points, as PolNeAR's
//! are laid out. Every article is read by our own stages up to its parse; each clause that could report a statement is an
//! example, right if an annotated statement has by half or more its content and its source. The weights are those of a
//! logistic regression (Adagrad, a fixed seed). With `--keep-aside` the tenth of the articles that is kept aside while
//! developing is left out of training.

use onrecord_document::{Capture, Media};
use onrecord_facts::training::{Annotated, Example, TABLE, examples, file};
use onrecord_reader::{Until, Wanted, read_with};
use onrecord_span::PageBytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::ops::Range;

const SEED: u64 = 1;
const ROUNDS: usize = 12;
/// The weights are the mean of those after each of the last rounds.
const AVERAGED: usize = 4;
const BATCH: usize = 512;
const RATE: f32 = 0.15;
const DECAY: f32 = 4e-5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (articles, weights, aside) = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [articles, weights] => ((*articles).to_owned(), (*weights).to_owned(), false),
        [articles, weights, "--keep-aside"] => ((*articles).to_owned(), (*weights).to_owned(), true),
        _ => return Err("usage: train_statements ARTICLES.jsonl.gz WEIGHTS [--keep-aside]".into()),
    };
    let bytes = std::fs::read(&articles).map_err(|error| format!("{articles}: {error}"))?;
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut data: Vec<Example> = Vec::new();
    let mut count = 0;
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(bytes.as_slice())).lines() {
        let line = line?;
        let article: Value = serde_json::from_str(&line)?;
        let name = article["doc_id"].as_str().ok_or("an article has no doc_id")?;
        if aside && is_aside(name) {
            continue;
        }
        let text = article["text"].as_str().ok_or("an article has no text")?;
        let page = PageBytes::new(text.as_bytes().to_vec()).ok_or("an article is too long")?;
        let document =
            read_with(&Capture::new(name, page, Media::Text), &Wanted { tokens: true, ..Until::Language.into() });
        data.extend(examples(&document, &annotations(text, &article["attributions"])));
        count += 1;
    }
    let right = data.iter().filter(|example| example.right).count();
    println!("{count} articles of {articles} (SHA-256 {hash}), {} candidates, {right} of them right", data.len());
    let table = fit(&mut data);
    let facts = format!("{count} articles, SHA-256 of the data {hash}, seed {SEED}");
    std::fs::write(&weights, file(&table, &facts)).map_err(|error| format!("{weights}: {error}"))?;
    println!("{weights}: {} weights, {} not zero", table.len(), table.iter().filter(|weight| **weight != 0.0).count());
    Ok(())
}

/// Whether an article belongs to the tenth that is kept aside, by a hash of its name.
fn is_aside(name: &str) -> bool {
    let hash = Sha256::digest(name.as_bytes());
    // The number that the digest is, modulo ten.
    hash.iter().fold(0_u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 10) == 3
}

fn annotations(text: &str, list: &Value) -> Vec<Annotated> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let spans = |list: &Value| -> Vec<Range<usize>> {
        let pairs = list.as_array().into_iter().flatten();
        let place = |pair: &Value, at: usize| bytes.get(usize::try_from(pair[at].as_u64()?).ok()?).copied();
        pairs.filter_map(|pair| Some(place(pair, 0)?..place(pair, 1)?)).collect()
    };
    let list = list.as_array().into_iter().flatten();
    list.map(|one| Annotated { content: spans(&one["content"]), source: spans(&one["source"]) }).collect()
}

/// Weights of a logistic regression over the places of each example.
fn fit(data: &mut [Example]) -> Vec<f32> {
    let mut weights = vec![0.0_f32; TABLE];
    let mut squares = vec![1e-3_f32; TABLE];
    let mut gradient = vec![0.0_f32; TABLE];
    let mut mean = vec![0.0_f64; TABLE];
    let mut touched: Vec<u32> = Vec::new();
    let mut random = SEED;
    for round in 0..ROUNDS {
        for at in (1..data.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            data.swap(at, (random >> 33) as usize % (at + 1));
        }
        let mut loss = 0.0;
        for batch in data.chunks(BATCH) {
            for example in batch {
                let sum: f32 = example.places.iter().map(|place| weights[*place as usize]).sum();
                let likely = 1.0 / (1.0 + (-sum).exp());
                let right = f32::from(u8::from(example.right));
                loss -= f64::from((if example.right { likely } else { 1.0 - likely }).max(1e-7).ln());
                for place in &example.places {
                    if gradient[*place as usize] == 0.0 {
                        touched.push(*place);
                    }
                    gradient[*place as usize] += (likely - right) * 8.0 / batch.len() as f32;
                }
            }
            for place in touched.drain(..) {
                let place = place as usize;
                let step = gradient[place] + DECAY * batch.len() as f32 * weights[place];
                squares[place] += step * step;
                weights[place] -= RATE * step / squares[place].sqrt();
                gradient[place] = 0.0;
            }
        }
        println!("round {}: loss {:.4}", round + 1, loss / data.len().max(1) as f64);
        if round + AVERAGED >= ROUNDS {
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += f64::from(*weight) / AVERAGED as f64);
        }
    }
    mean.iter().map(|weight| *weight as f32).collect()
}
