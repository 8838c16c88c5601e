//! Running the real binary.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The command in a folder, with its archive in `archive` there and nothing else from the environment.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "ONRECORD_TOKEN", "ONRECORD_AUTHOR"] {
        command.env_remove(name);
    }
    command.env("ONRECORD_ARCHIVE", folder.join("archive"));
    command
}

/// Runs the command in a folder.
pub fn onrecord(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

/// Runs the command with something on standard input.
pub fn with_input(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let piped = Stdio::piped;
    let mut child = command(folder, args).stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// What a command prints, which must end well.
pub fn done(folder: &Path, args: &[&str]) -> String {
    let output = onrecord(folder, args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Each line of a text as JSON.
pub fn json_lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// An archive of the examples, built once for all tests. Tests read from it and never write to it.
pub fn example_archive() -> &'static Path {
    static ARCHIVE: OnceLock<PathBuf> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example-archive");
        // Of an earlier run, perhaps by another version.
        let _ = std::fs::remove_dir_all(&place);
        let output = command(&root(), &["add", "examples", "--archive"]).arg(&place).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        place
    })
}

/// Runs the command in the repository, on the archive of the examples.
pub fn on_examples(args: &[&str]) -> Output {
    command(&root(), args).env("ONRECORD_ARCHIVE", example_archive()).output().unwrap()
}
