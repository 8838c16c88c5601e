//! The tools that web archives are made with, for the tests of intake: wget, zstd, and warcio with a Python of its own.

use crate::command::{Done, root, run};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Sets up what is missing. wget and zstd come from the system (`./dev` installs it), warcio from the Python package index.
pub fn set_up() -> Done {
    for program in ["wget", "zstd"] {
        if !runs(program, &["--version"]) {
            eprintln!("{program} is not there: tests on its archives are skipped");
        }
    }
    let tools = target().join("archive-tools");
    let python = tools.join("bin/python");
    if runs(&python.to_string_lossy(), &["-c", "import warcio, brotli"]) {
        return Ok(());
    }
    run("python3", &["-m", "venv", &tools.to_string_lossy()])?;
    run(&python.to_string_lossy(), &["-m", "pip", "install", "--quiet", "warcio==1.8.1", "brotli==1.2.1"])
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
