//! Trains the weights of `crates/facts`.

use crate::command::{self, Done, root};

/// Trains on the annotated articles beside the repository: into the repository, or with `aside` without a tenth of them, to
/// a file under `target`.
pub fn run(aside: bool) -> Done {
    let articles = root().join("../shared/data/quotes/polnear_train.jsonl.gz");
    if !articles.exists() {
        return Err(format!("{} is absent: there is nothing to train on", articles.display()));
    }
    let weights = if aside { "target/statements-aside.weights" } else { "crates/facts/weights/statements.weights" };
    let articles = articles.display().to_string();
    let mut arguments = vec!["run", "--release", "--quiet", "--package", "onrecord-facts", "--features", "training"];
    arguments.extend(["--example", "train_statements", "--", &articles, weights]);
    arguments.extend(aside.then_some("--keep-aside"));
    command::run("cargo", &arguments)
}
