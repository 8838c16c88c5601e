//! Files that are generated from code and kept in the repository. Tests keep them up to date.

use crate::command::{Done, root};
use std::fs;
use std::process::{Command, Stdio};

/// Writes the JSON Schema of a line of output.
pub fn run() -> Done {
    let made = Command::new("cargo")
        .args(["run", "--quiet", "--package", "onrecord-record", "--example", "schema"])
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("can't run cargo: {error}"))?;
    if !made.status.success() {
        return Err("the schema could not be generated".to_owned());
    }
    let path = root().join("crates/record/schema/onrecord-2.schema.json");
    fs::write(&path, made.stdout).map_err(|error| format!("{}: {error}", path.display()))
}
