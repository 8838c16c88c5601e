//! The project's own chores: `cargo xtask <chore>`.

mod archive_tools;
mod bad_input;
mod browser;
mod codegen;
mod command;
mod fuzz;
mod picture;
mod schemathesis;
mod score;
mod screens;
mod structure;
mod test;
mod tidy;
mod train;
mod weights;

use std::process::ExitCode;

const USAGE: &str = "\
The project's own chores.

Usage: cargo xtask <CHORE>

  test             everything that must hold before a commit lands: tidy, format, lints, all tests
  tidy             rules of the house that no compiler checks
  structure        list full folders, long files, circles, type names with two meanings and word lists in code;
                   with --write bring the list of known ones up to date
  codegen          write the files that are made from code: the JSON Schema of a line of output
  picture          make the README's picture, docs/read.svg, from what the command prints
  screens          take pictures of every view of the desk with Chromium, into docs/screens/; with --binary FILE of that one
  bad-input        feed the binary pages that break readers; fail over 5 s or 500 MB for any of them
  browser          the desk's tests in Chromium; part of test
  schemathesis     ask the desk's API whatever its OpenAPI document allows, and more; fail for a 5xx or an answer it does not tell of
  fuzz TARGET      look for inputs that break TARGET (tokenizer, tree, page, language), guided by coverage; --seconds 3600 for an hour
  weights FOLDER [FILE]
                   convert an installed spaCy package to weights; FOLDER holds its config.cfg
  train-quotes     train the network that reads statements on the articles in ../shared, with word pieces of a Python package;
                   with --tune keep the weights, and find thresholds and calibration anew
  score            run the scorers over ../shared, and print what they say
  score --write    the same, into BENCHMARKS.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
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
        ["weights", folder] => weights::run(folder, None),
        ["weights", folder, file] => weights::run(folder, Some(file)),
        ["train-quotes"] => train::run(false),
        ["train-quotes", "--tune"] => train::run(true),
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
