//! Trains the network that reads statements: `./dev train-statements`.
//!
//!     train_quotes ARTICLES.jsonl.gz PIECES_FOLDER WEIGHTS [--epochs N] [--threads N] [--tune]
//!
//! With `--tune` the weights that are there are kept; thresholds and calibration are found anew.
//!
//! ARTICLES: lines {"doc_id", "text", "attributions": [{"source", "cue", "content"}]} with offsets in code points, as
//! PolNeAR's are laid out. PIECES_FOLDER holds `tokenizer.json` and `model.safetensors` of all-MiniLM-L6-v2. Every
//! article is read by our own stages up to its parse. Articles whose name hashes to 3 modulo 10 are kept aside for scores
//! and calibration, those that hash to 4 modulo 20 for thresholds; the rest is learned. Gradients are written out by hand
//! (`model`), steps are Adam's with decay, and the weights are a running mean of those of all steps.

#![allow(clippy::expect_used, reason = "lengths are right by construction, and workers do not panic")]

mod matrix;
mod model;
mod pieces;
mod tune;

use model::{Dropout, Places, Random, learn, start};
use onrecord_document::{Capture, Document, Media, Stage};
use onrecord_facts::training::{Annotated, File, Kept, Labels, Lesson, Network, Pieces, lessons, tensors};
use onrecord_reader::{Wanted, read_with};
use onrecord_span::PageBytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::time::Instant;
use tune::Article;

const SEED: u64 = 1;
const BATCH: usize = 1500;
const RATE: f32 = 2e-3;
const DECAY: f32 = 0.02;
const DROPOUT: Dropout = Dropout { on: true, input: 0.3, between: 0.3, heads: 0.2, words: 0.06 };

/// What an article is for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Part {
    Learned,
    Thresholds,
    Aside,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str, usual: usize| -> Result<usize, Box<dyn std::error::Error>> {
        let at = arguments.iter().position(|argument| argument == name);
        Ok(at.and_then(|at| arguments.get(at + 1)).map_or(Ok(usual), |value| value.parse())?)
    };
    let [articles, folder, weights, ..] = arguments.as_slice() else {
        return Err("usage: train_quotes ARTICLES.jsonl.gz PIECES_FOLDER WEIGHTS [--epochs N] [--threads N]".into());
    };
    let (epochs, threads) = (option("--epochs", 8)?, option("--threads", 2)?.max(1));
    let read = |path: &str| std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    let bytes = read(articles)?;
    let encoder = read(&format!("{folder}/model.safetensors"))?;
    let (vocabulary, table) = pieces::read(&read(&format!("{folder}/tokenizer.json"))?, &encoder)?;
    let mut file = File { vocabulary, pieces: table, ..File::default() };
    let cutter = Pieces::read(&file.vocabulary);
    let mut labels = Labels::default();
    let (mut learned, mut held) = (Vec::new(), Vec::new());
    let (mut for_thresholds, mut aside) = (Vec::new(), Vec::new());
    let only_tune = arguments.iter().any(|argument| argument == "--tune");
    let mut count = 0;
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(bytes.as_slice())).lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let name = article["doc_id"].as_str().ok_or("an article has no doc_id")?;
        let text = article["text"].as_str().ok_or("an article has no text")?;
        let part = part(name);
        if only_tune && part == Part::Learned {
            continue;
        }
        let document = document(name, text)?;
        let annotated = annotations(text, &article["attributions"]);
        if part == Part::Aside {
            aside.push(Article { document, annotated });
            continue;
        }
        let found = lessons(&document, &annotated, &mut labels, &cutter, part == Part::Learned);
        match part {
            Part::Learned => learned.extend(found),
            _ => held.extend(found),
        }
        count += usize::from(part == Part::Learned);
        if part == Part::Thresholds {
            for_thresholds.push(Article { document, annotated });
        }
    }
    if only_tune {
        let file = File::read(&read(weights)?).ok_or("the weights are damaged")?;
        return tune(file, weights, &for_thresholds, &aside);
    }
    let words: usize = learned.iter().map(|lesson| lesson.labels.len()).sum();
    println!("{count} articles of {articles} (SHA-256 {}), {} blocks, {words} words", hash(&bytes), learned.len());
    println!("word pieces of {folder}/model.safetensors (SHA-256 {})", hash(&encoder));
    file.labels = labels.write();
    file.facts = format!(
        "trained on: {count} articles, SHA-256 of the data {}\nword pieces: all-MiniLM-L6-v2, SHA-256 {}\nseed: {SEED}, \
         {epochs} epochs\n",
        hash(&bytes),
        hash(&encoder)
    );
    // As inference has them.
    file.tensors = vec![Vec::new(); tensors().len()];
    let places = Places::new();
    let parameters = train(&learned, &held, &file.pieces, &places, epochs, threads);
    file.tensors = places.all.iter().map(|place| parameters[place.clone()].to_vec()).collect();
    std::fs::write(weights, file.write()).map_err(|error| format!("{weights}: {error}"))?;
    println!("{} parameters and {} numbers of word pieces", places.total, file.pieces.len());
    tune(file, weights, &for_thresholds, &aside)
}

/// Finds thresholds and calibration and writes the file, with a plot beside it.
fn tune(
    file: File,
    weights: &str,
    for_thresholds: &[Article],
    aside: &[Article],
) -> Result<(), Box<dyn std::error::Error>> {
    // As it is read back: in steps.
    let file = File::read(&file.write()).ok_or("the weights are damaged")?;
    let mut network = Network::new(file).ok_or("the weights are damaged")?;
    let mut settings = tune::thresholds(&network, for_thresholds);
    let plot = tune::calibrate(&network, aside, &mut settings);
    let own = |line: &&str| !line.starts_with("thresholds: ") && !line.starts_with("calibration: ");
    let facts: Vec<&str> = network.file.facts.lines().filter(own).collect();
    network.file.facts = facts.join("\n") + "\n" + &settings.write();
    let bytes = network.file.write();
    std::fs::write(weights, &bytes).map_err(|error| format!("{weights}: {error}"))?;
    let picture = format!("{weights}.svg");
    std::fs::write(&picture, plot).map_err(|error| format!("{picture}: {error}"))?;
    println!("{weights}: {} bytes, SHA-256 {}; {picture} shows the calibration", bytes.len(), hash(&bytes));
    Ok(())
}

fn train(
    learned: &[Lesson],
    held: &[Lesson],
    pieces: &[f32],
    places: &Places,
    epochs: usize,
    threads: usize,
) -> Vec<f32> {
    let mut random = Random(SEED.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut parameters = start(places, &mut random);
    let mut mean = parameters.clone();
    let (mut first, mut second) = (vec![0.0_f32; places.total], vec![0.0_f32; places.total]);
    let mut decays = vec![0.0_f32; places.total];
    for (tensor, place) in tensors().iter().zip(&places.all) {
        if tensor.kept == Kept::Steps {
            decays[place.clone()].fill(DECAY);
        }
    }
    let total: usize = learned.iter().map(|lesson| lesson.labels.len()).sum::<usize>() * epochs / BATCH;
    let began = Instant::now();
    let mut step = 0_i32;
    let mut gradients = vec![vec![0.0_f32; places.total]; threads];
    for epoch in 0..epochs {
        let (mut labels, mut links, mut words) = (0.0, 0.0, 0);
        for batch in batches(learned, &mut random) {
            step += 1;
            let seeds: Vec<Random> =
                (0..threads).map(|_| Random((u64::from(random.next()) << 32 | u64::from(random.next())) | 1)).collect();
            let parameters_now = &parameters;
            let sums: Vec<(f64, f64, usize)> = std::thread::scope(|scope| {
                let workers: Vec<_> = gradients
                    .iter_mut()
                    .zip(seeds)
                    .enumerate()
                    .map(|(at, (gradient, mut random))| {
                        let own: Vec<&Lesson> =
                            batch.iter().skip(at).step_by(threads).map(|lesson| &learned[*lesson]).collect();
                        scope.spawn(move || {
                            gradient.fill(0.0);
                            if own.is_empty() {
                                return (0.0, 0.0, 0);
                            }
                            learn(parameters_now, places, pieces, &own, DROPOUT, &mut random, Some(gradient))
                        })
                    })
                    .collect();
                workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")).collect()
            });
            let count: usize = sums.iter().map(|sum| sum.2).sum();
            for sum in &sums {
                labels += sum.0;
                links += sum.1;
            }
            words += count;
            let (own, others) = gradients.split_at_mut(1);
            for other in others {
                own[0].iter_mut().zip(other.iter()).for_each(|(sum, number)| *sum += number);
            }
            let gradient = &mut own[0];
            let length = gradient.iter().map(|number| f64::from(*number) * f64::from(*number)).sum::<f64>().sqrt();
            let length = length as f32 / count as f32;
            let factor = if length > 2.0 { 2.0 / length } else { 1.0 } / count as f32;
            let done = (step as f32 / total.max(1) as f32).min(1.0);
            let warm = (step as f32 / (0.05 * total as f32).max(1.0)).min(1.0);
            let rate = RATE * warm * (0.01 + 0.99 * 0.5 * (1.0 + (std::f32::consts::PI * done).cos()));
            let share = 1.0 - (0.998_f32).min((1.0 + step as f32) / (10.0 + step as f32));
            let (by_first, by_second) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.98_f32.powi(step));
            for at in 0..places.total {
                let slope = gradient[at] * factor;
                first[at] = 0.9 * first[at] + 0.1 * slope;
                second[at] = 0.98 * second[at] + 0.02 * slope * slope;
                let move_by = (first[at] / by_first) / ((second[at] / by_second).sqrt() + 1e-8);
                parameters[at] -= rate * (move_by + decays[at] * parameters[at]);
                mean[at] += share * (parameters[at] - mean[at]);
            }
            if step % 100 == 0 {
                println!(
                    "  step {step} of {total}: {:.4} {:.4}, {:.0?}",
                    labels / words as f64,
                    links / words as f64,
                    began.elapsed()
                );
            }
        }
        let off = Dropout { on: false, ..DROPOUT };
        let (mut held_labels, mut held_links, mut held_words) = (0.0, 0.0, 0);
        for lessons in held.chunks(30) {
            let own: Vec<&Lesson> = lessons.iter().collect();
            let sum = learn(&mean, places, pieces, &own, off, &mut random, None);
            (held_labels, held_links, held_words) = (held_labels + sum.0, held_links + sum.1, held_words + sum.2);
        }
        let per = |sum: f64, words: usize| sum / words.max(1) as f64;
        println!(
            "epoch {}: loss of labels {:.4}, of links {:.4}; held out {:.4}, {:.4}; {:.0?}",
            epoch + 1,
            per(labels, words),
            per(links, words),
            per(held_labels, held_words),
            per(held_links, held_words),
            began.elapsed()
        );
    }
    mean
}

/// Lessons in batches of [`BATCH`] words, in random order.
fn batches(lessons: &[Lesson], random: &mut Random) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.next() as usize % (at + 1));
    }
    let mut batches = vec![Vec::new()];
    let mut words = 0;
    for lesson in order {
        if words >= BATCH {
            batches.push(Vec::new());
            words = 0;
        }
        words += lessons[lesson].labels.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(lesson);
        }
    }
    batches
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What an article is for, by a hash of its name.
fn part(name: &str) -> Part {
    // The number that the digest is, modulo twenty.
    let rest = Sha256::digest(name.as_bytes()).iter().fold(0_u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 20);
    match rest {
        3 | 13 => Part::Aside,
        4 => Part::Thresholds,
        _ => Part::Learned,
    }
}

fn document(name: &str, text: &str) -> Result<Document, Box<dyn std::error::Error>> {
    let page = PageBytes::new(text.as_bytes().to_vec()).ok_or("an article is too long")?;
    Ok(read_with(&Capture::new(name, page, Media::Text), &Wanted { tokens: true, ..Stage::Language.into() }))
}

fn annotations(text: &str, list: &Value) -> Vec<Annotated> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let spans = |list: &Value| -> Vec<Range<usize>> {
        let pairs = list.as_array().into_iter().flatten();
        let place = |pair: &Value, at: usize| bytes.get(usize::try_from(pair[at].as_u64()?).ok()?).copied();
        pairs.filter_map(|pair| Some(place(pair, 0)?..place(pair, 1)?)).collect()
    };
    let list = list.as_array().into_iter().flatten();
    list.map(|one| Annotated {
        content: spans(&one["content"]),
        cue: spans(&one["cue"]),
        source: spans(&one["source"]),
    })
    .collect()
}
