//! The tools that tests hold ours against: wget, zstd and warcio, which make web archives, and pandas, polars and DuckDB, which
//! open our tables; those of Python in an environment of its own.

use crate::command::{Done, run, target};
use std::process::{Command, Stdio};

/// The tools of Python, by name and version.
const TOOLS: &str = "xtask/python/requirements.txt";

/// Sets up what is missing. wget and zstd come from the system (`./dev` installs it), the others from the Python package index.
pub fn set_up() -> Done {
    for program in ["wget", "zstd"] {
        if !runs(program, &["--version"]) {
            eprintln!("{program} is not there: tests on its archives are skipped");
        }
    }
    let tools = target().join("archive-tools");
    let python = tools.join("bin/python");
    if runs(&python.to_string_lossy(), &["-c", "import warcio, brotli, pandas, pyarrow, polars, duckdb"]) {
        return Ok(());
    }
    run("python3", &["-m", "venv", &tools.to_string_lossy()])?;
    run(&python.to_string_lossy(), &["-m", "pip", "install", "--quiet", "-r", TOOLS])
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
