//! The desk in a real browser: Debian's Chromium, driven by playwright-core from npm, its version pinned by a lock file.

use crate::command::{Done, read, root, run, run_with, target};
use std::fs;
use std::path::Path;

/// What is installed, and the tests themselves.
const FOLDER: &str = "xtask/browser";

/// Builds the program and runs the tests with it; they take about a minute.
pub fn run_tests() -> Done {
    // As tests are built: what is tried is not how fast it is.
    run("cargo", &["build", "--package", "onrecord-cli"])?;
    run_with_binary(&target().join(format!("debug/onrecord{}", std::env::consts::EXE_SUFFIX)))
}

/// Sets up what drives the browser, and runs the tests with a program that is built.
pub fn run_with_binary(binary: &Path) -> Done {
    set_up()?;
    let binary = binary.to_string_lossy();
    run_with("node", &["--test", "--test-reporter=spec", &format!("{FOLDER}/desk.test.mjs")], &[("ONRECORD", &binary)])
}

/// Installs what the lock file names, where it is not there yet. Nothing of it comes with a browser or fetches one.
pub fn set_up() -> Done {
    let folder = root().join(FOLDER);
    let wanted = read(&format!("{FOLDER}/package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run("npm", &["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", FOLDER])?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}
