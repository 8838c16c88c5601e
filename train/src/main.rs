//! Makes Onrecord's weights: trains its networks, and converts those of spaCy.
//!
//! `./dev weights`, `./dev train-statements` and `./dev train-sentences` call it with the files of this repository.

mod sentences;
mod spacy;
#[allow(clippy::expect_used, reason = "lengths are right by construction, and workers do not panic")]
mod statements;

use statements::StatementOptions;
use std::process::ExitCode;

const USAGE: &str = "\
Makes Onrecord's weights.

Usage:
  onrecord-train spacy PACKAGE FILE            convert the spaCy package in a folder to a file of weights
  onrecord-train sentences GUM DATA            train the weights of sentence ends; writes sentence_weights.tsv into DATA
  onrecord-train score-sentences GUM [--errors]
                                               measure them on what was not learned
  onrecord-train statements ARTICLES PIECES FILE [--epochs N] [--threads N] [--tune]
                                               train the network that reads statements; --tune keeps its weights, and only
                                               finds thresholds and calibration
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["spacy", package, file] => spacy::convert(package, file).map_err(Into::into),
        ["sentences", folder, data] => sentences::train(folder, data),
        ["score-sentences", folder] => sentences::score(folder, false),
        ["score-sentences", folder, "--errors"] => sentences::score(folder, true),
        ["statements", articles, pieces, weights, rest @ ..] => {
            match statement_options(articles, pieces, weights, rest) {
                Some(options) => statements::run(&options),
                None => return usage(),
            }
        }
        _ => return usage(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onrecord-train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprint!("{USAGE}");
    ExitCode::from(1)
}

/// The options of `statements`; `None` for any that is unknown or has no number.
fn statement_options(articles: &str, pieces: &str, weights: &str, rest: &[&str]) -> Option<StatementOptions> {
    let mut options = StatementOptions {
        articles: articles.to_owned(),
        pieces: pieces.to_owned(),
        weights: weights.to_owned(),
        epochs: 8,
        threads: 2,
        tune: false,
    };
    let mut rest = rest.iter();
    while let Some(option) = rest.next() {
        match *option {
            "--tune" => options.tune = true,
            "--epochs" => options.epochs = rest.next()?.parse().ok()?,
            "--threads" => options.threads = rest.next()?.parse().ok().filter(|threads| *threads > 0)?,
            _ => return None,
        }
    }
    Some(options)
}
