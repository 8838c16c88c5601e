//! Tests of the desk in a real browser: Debian's Chromium, driven by playwright-core from npm, pinned by a lock file.

use crate::command::{Done, read, root, run, run_with, target};
use std::fs;
use std::path::Path;

/// The npm project with the tests.
const FOLDER: &str = "xtask/browser";

/// Builds the program and runs the tests with it, which takes about a minute.
pub fn run_tests() -> Done {
    // The debug profile is enough: speed is not what is tested.
    run("cargo", &["build", "--package", "onrecord-cli"])?;
    run_with_binary(&target().join(format!("debug/onrecord{}", std::env::consts::EXE_SUFFIX)))
}

/// Installs what drives the browser, and runs the tests with an existing binary.
pub fn run_with_binary(binary: &Path) -> Done {
    set_up()?;
    let binary = binary.to_string_lossy();
    run_with("node", &["--test", "--test-reporter=spec", &format!("{FOLDER}/desk.test.mjs")], &[("ONRECORD", &binary)])
}

/// Installs what the lock file names, if it is not installed yet. None of it brings or downloads a browser.
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
