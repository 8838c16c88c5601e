//! Everything that must hold before a commit lands.

use crate::command::{Done, run as command, run_with};
use crate::{archive_tools, browser, tidy};

/// Rules of the house, format, lints, documentation, all tests, the desk in a browser; stops at the first that fails.
pub fn run() -> Done {
    tidy::run()?;
    command("cargo", &["fmt", "--all", "--check"])?;
    // Warnings are errors here and only here: while one is at work they are warnings.
    command("cargo", &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    run_with("cargo", &["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "--deny warnings")])?;
    archive_tools::set_up()?;
    command("cargo", &["test", "--workspace"])?;
    browser::run_tests()
}
