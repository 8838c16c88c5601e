//! Trains the network that reads statements: `./dev train-statements`.
//!
//! Every article is read by our own stages up to its parse. Articles whose name hashes to 3 modulo 10 are kept aside for scores
//! and calibration, those that hash to 4 modulo 20 for thresholds; the rest is learned. Gradients are written out by hand
//! (`model`).

mod articles;
mod matrix;
mod model;
mod pieces;
mod plot;
mod scoring;
mod training;
mod tune;

use articles::{AnnotatedArticle, Split};
use model::ParameterPlaces;
use onrecord_facts::training::{Labels, Network, Pieces, StatementWeights, lessons, tensors};
use sha2::{Digest, Sha256};
use std::error::Error;
use training::{SEED, train};

/// What to train on, where to write, and how.
pub struct StatementOptions {
    /// `polnear_train.jsonl.gz`, or articles laid out like it.
    pub articles: String,
    /// A folder with `tokenizer.json` and `model.safetensors` of all-MiniLM-L6-v2.
    pub pieces: String,
    /// The file of weights; a plot of the calibration is written beside it.
    pub weights: String,
    pub epochs: usize,
    pub threads: usize,
    /// Whether to keep the weights that are there, and only find thresholds and calibration anew.
    pub tune: bool,
}

/// Trains, or only tunes, and writes the file of weights.
pub fn run(options: &StatementOptions) -> Result<(), Box<dyn Error>> {
    let bytes = read(&options.articles)?;
    let mut articles = articles::read(&bytes, |split| !options.tune || split != Split::Learned)?;
    let weights = if options.tune {
        StatementWeights::read(&read(&options.weights)?)?
    } else {
        let trained = trained(options, &bytes, &articles)?;
        write(&options.weights, &trained.write())?;
        trained
    };
    articles.retain(|article| article.split != Split::Learned);
    tune(weights, &options.weights, &articles)
}

/// The weights after training, their numbers not rounded yet.
fn trained(
    options: &StatementOptions,
    bytes: &[u8],
    articles: &[AnnotatedArticle],
) -> Result<StatementWeights, Box<dyn Error>> {
    let tokenizer = read(&format!("{}/tokenizer.json", options.pieces))?;
    let encoder = read(&format!("{}/model.safetensors", options.pieces))?;
    let (vocabulary, table) = pieces::read(&tokenizer, &encoder)?;
    let cutter = Pieces::read(&vocabulary);
    let mut labels = Labels::default();
    let (mut learned, mut held) = (Vec::new(), Vec::new());
    let mut count = 0;
    for article in articles.iter().filter(|article| article.split != Split::Aside) {
        let learn = article.split == Split::Learned;
        let found = lessons(&article.document, &article.annotated, &mut labels, &cutter, learn);
        if learn { &mut learned } else { &mut held }.extend(found);
        count += usize::from(learn);
    }
    let words: usize = learned.iter().map(|lesson| lesson.labels.len()).sum();
    println!(
        "{count} articles of {} (SHA-256 {}), {} blocks, {words} words",
        options.articles,
        hash(bytes),
        learned.len()
    );
    println!("word pieces of {}/model.safetensors (SHA-256 {})", options.pieces, hash(&encoder));
    let places = ParameterPlaces::new();
    let parameters = train(&learned, &held, &table, &places, options.epochs, options.threads);
    println!("{} parameters and {} numbers of word pieces", places.total, table.len());
    let mut weights = StatementWeights {
        labels: labels.write(),
        vocabulary,
        pieces: table,
        tensors: places.all.iter().map(|place| parameters[place.clone()].to_vec()).collect(),
        ..StatementWeights::default()
    };
    debug_assert_eq!(weights.tensors.len(), tensors().len());
    weights.set("name", "statements");
    weights.set("version", "1");
    weights.set("licence", "MIT OR Apache-2.0, word pieces Apache-2.0");
    weights.set("language", "en");
    weights.set("trained on", &format!("{count} articles, SHA-256 of the data {}", hash(bytes)));
    weights.set("word pieces", &format!("all-MiniLM-L6-v2, SHA-256 {}", hash(&encoder)));
    weights.set("training", &format!("seed {SEED}, {} epochs", options.epochs));
    Ok(weights)
}

/// Finds thresholds and calibration, and writes the file with a plot beside it.
fn tune(weights: StatementWeights, file: &str, articles: &[AnnotatedArticle]) -> Result<(), Box<dyn Error>> {
    // As it is read back: rounded.
    let mut network = Network::new(StatementWeights::read(&weights.write())?)?;
    let of = |split: Split| articles.iter().filter(move |article| article.split == split).collect::<Vec<_>>();
    let mut settings = tune::thresholds(&network, &of(Split::Thresholds));
    let plot = tune::calibrate(&network, &of(Split::Aside), &mut settings);
    settings.write(&mut network.weights);
    let bytes = network.weights.write();
    write(file, &bytes)?;
    let picture = format!("{file}.svg");
    write(&picture, plot.as_bytes())?;
    println!("{file}: {} bytes, SHA-256 {}; {picture} shows the calibration", bytes.len(), hash(&bytes));
    Ok(())
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("can't read {path}: {error}"))
}

fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("can't write {path}: {error}"))
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
