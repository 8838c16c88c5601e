//! Tools from the Python package index, each set in an environment of its own.

use crate::command::{run, target};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Installs what a requirements file pins into `target/NAME`, unless it is there already, and gives the folder of its programs.
pub fn environment(name: &str, requirements: &str) -> Result<PathBuf, String> {
    let folder = target().join(name);
    let programs = folder.join("bin");
    let wanted = crate::command::read(requirements)?;
    let stamp = folder.join(".installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(programs);
    }
    run("python3", &["-m", "venv", &folder.to_string_lossy()])?;
    let python = programs.join("python");
    // Compiled when they are first used: most of what comes along never is.
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "-r", requirements];
    run(&python.to_string_lossy(), &install)?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(programs)
}

/// Whether a program runs.
pub fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
