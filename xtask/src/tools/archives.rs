//! The tools that tests compare ours with: wget, zstd and warcio, which make web archives, and pandas, polars and DuckDB, which open
//! our tables.

use super::python::{environment, runs};
use crate::command::Done;

/// Installs what is missing. wget and zstd come from the system (`./dev` installs them), the others from the Python package index.
pub fn set_up() -> Done {
    for program in ["wget", "zstd"] {
        if !runs(program, &["--version"]) {
            eprintln!("{program} is not installed: tests with its archives are skipped");
        }
    }
    environment("archive-tools", "xtask/python/requirements.txt").map(drop)
}
