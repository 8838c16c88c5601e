//! Running other programs.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What every chore returns: nothing, or the reason why it failed.
pub type Done = Result<(), String>;

/// The workspace's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// Runs a program in the workspace's root and shows its output; fails if it fails.
pub fn run(program: &str, arguments: &[&str]) -> Done {
    run_with(program, arguments, &[])
}

/// [`run`] with environment variables.
pub fn run_with(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Done {
    eprintln!("$ {program} {}", arguments.join(" "));
    let mut command = Command::new(program);
    command.args(arguments).envs(variables.iter().copied()).current_dir(root());
    let status = command.status().map_err(|error| format!("can't run {program}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} {} failed", arguments.join(" "))) }
}

/// Builds the release binary and returns its path.
pub fn release_binary() -> Result<PathBuf, String> {
    run("cargo", &["build", "--release", "--package", "onrecord-cli"])?;
    Ok(target().join("release").join(format!("onrecord{}", std::env::consts::EXE_SUFFIX)))
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// All files that git tracks or would add, relative to the root.
pub fn tracked() -> Result<Vec<PathBuf>, String> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("can't run git: {error}"))?;
    if !listing.status.success() {
        return Err("git ls-files failed".to_owned());
    }
    let names = String::from_utf8_lossy(&listing.stdout).into_owned();
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect())
}

/// The text of a file; the path is relative to the root.
pub fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}
