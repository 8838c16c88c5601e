//! The project's own chores: `cargo xtask <chore>`.

mod bad_input;
mod codegen;
mod command;
mod desk;
mod fuzz;
mod picture;
mod score;
mod structure;
mod test;
mod tidy;
mod tools;
mod train;

use desk::{browser, schemathesis, screens};
use std::process::ExitCode;

const USAGE: &str = "\
The project's own chores.

Usage: cargo xtask <CHORE>

  test             check everything that must hold before a commit: tidy, format, deny, lints, documentation, all tests
  tidy             check the project's rules that no compiler checks
  structure        list full folders, long files, circles, type names with several meanings, and word lists in code;
                   --write updates the list of known ones
  deny             check licences, sources and duplicates of dependencies against deny.toml
  codegen          generate files from code: the JSON Schema of a line of output
  picture          make the README's picture, docs/read.svg, from what the command prints
  screens          take screenshots of every view of the desk with Chromium, into docs/screens/; --binary FILE uses that one
  bad-input        feed the binary pages that break readers; fails over 5 s or 500 MB for one of them
  browser          run the desk's tests in Chromium; part of test
  schemathesis     send the desk's API every kind of request that its OpenAPI document allows, and others; fails on a 5xx
                   or on an answer that the document doesn't describe
  fuzz TARGET      look for inputs that break TARGET (tokenizer, tree, page, language), guided by coverage;
                   --seconds 3600 runs for an hour
  weights FOLDER [FILE]
                   convert an installed spaCy package to weights; FOLDER holds its config.cfg
  train-statements train the network that reads statements on the articles in ../shared, starting from the word pieces of
                   a Python package; --tune keeps the weights and fits thresholds and calibration again
  train-sentences  train the weights of sentence ends on the texts in ../shared; --score measures the ones that are there
  score            run the scorers over ../shared and print the results
  score --write    the same, written to BENCHMARKS.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        ["deny"] => tools::deny::check(),
        ["structure"] => structure::run(false),
        ["structure", "--write"] => structure::run(true),
        ["codegen"] => codegen::run(),
        ["picture"] => picture::run(),
        ["screens"] => screens::run(None),
        ["screens", "--binary", binary] => screens::run(Some(binary)),
        ["bad-input"] => bad_input::run(),
        ["browser"] => browser::run_tests(),
        ["schemathesis"] => schemathesis::ask(),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["weights", folder] => train::convert(folder, None),
        ["weights", folder, file] => train::convert(folder, Some(file)),
        ["train-statements"] => train::statements(false),
        ["train-statements", "--tune"] => train::statements(true),
        ["train-sentences"] => train::sentences(),
        ["train-sentences", "--score"] => train::score_sentences(),
        ["score"] => score::run(false),
        ["score", "--write"] => score::run(true),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(1);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
