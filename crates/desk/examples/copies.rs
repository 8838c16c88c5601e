//! Makes a large archive with all facts of few articles, so that the desk can be measured on it.
//!
//! Usage: copies ARCHIVE < ARTICLES.jsonl
//!
//! Adds each line as `onrecord add` would, except that what was read from a text is taken again for the next article with the
//! very same text: reading gives the same for the same words. Only the names of statements and chains, which are hashes of
//! the page, are made here in another way.

#![allow(clippy::expect_used, clippy::unwrap_used)] // a bench stops at the first thing that is wrong

use onrecord_archive::{Adding, Reading, Writer, add_all};
use onrecord_document::{Capture, Document, Layers, Note, Stage};
use onrecord_intake::{Input, Intake, Options};
use onrecord_reader::{ARTICLE, FACTS, LANGUAGE, read, read_on};
use onrecord_record::Producers;
use onrecord_search::IndexFollower;
use onrecord_span::ContentId;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// What was read from a text.
struct Known {
    layers: Layers,
    notes: Vec<Note>,
}

fn main() {
    let place = PathBuf::from(std::env::args().nth(1).expect("usage: copies ARCHIVE < ARTICLES.jsonl"));
    let mut writer = Writer::open(&place, vec![Box::new(IndexFollower::of(&place))]).unwrap();
    let options = Options { input: Input::Jsonl, ..Options::default() };
    let mut intake = Intake::of_reader("-", std::io::stdin(), options);
    let known: Mutex<HashMap<String, Arc<Known>>> = Mutex::default();
    let producers =
        Producers { article: Some(ARTICLE.version), language: Some(LANGUAGE.version), facts: Some(FACTS.version) };
    let adding = Adding {
        reading: Reading { until: onrecord_document::Stage::Facts, producers },
        read: &|capture| read_once(capture, &known),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let tally = add_all(&mut writer, &mut intake, &adding, |_| ControlFlow::Continue(())).unwrap();
    writer.finish().unwrap();
    println!("{} articles of {} texts", tally.new, known.lock().unwrap().len());
}

fn read_once(capture: &Capture, known: &Mutex<HashMap<String, Arc<Known>>>) -> Document {
    let mut document = read(capture, Stage::Article);
    let words = document.buffer().as_str().to_owned();
    let found = known.lock().unwrap().get(&words).cloned();
    let Some(found) = found else {
        let document = read_on(document, Stage::Facts);
        let later = |note: &&Note| matches!(note.stage, Stage::Language | Stage::Facts);
        let notes = document.notes.iter().filter(later).cloned().collect();
        let read = Known { layers: document.layers.clone(), notes };
        known.lock().unwrap().insert(words, Arc::new(read));
        return document;
    };
    document.layers = found.layers.clone();
    document.notes.extend(found.notes.iter().cloned());
    let name = |id: ContentId| ContentId::of([capture.hash.as_bytes().as_slice(), id.as_bytes().as_slice()]);
    document
        .layers
        .statements
        .iter_mut()
        .flat_map(|layer| &mut layer.items)
        .for_each(|quote| quote.id = name(quote.id));
    document.layers.names.iter_mut().flat_map(|layer| &mut layer.items).for_each(|chain| chain.id = name(chain.id));
    document
}
