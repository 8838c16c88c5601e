//! Everything that must hold before a commit.

use crate::command::{Done, run as command, run_with, target};
use crate::desk::browser;
use crate::tidy;
use crate::tools::{archives, deny};
use std::thread::{self, ScopedJoinHandle};
use std::time::Instant;

/// Rules of the project, format, lints, dependencies, the desk in a browser, documentation, all tests; stops at the first that fails.
/// Dependencies are checked and tools of others installed beside the lints.
pub fn run() -> Done {
    let begun = Instant::now();
    thread::scope(|scope| {
        let tools = scope.spawn(|| {
            deny::check()?;
            archives::set_up()?;
            browser::set_up()
        });
        step("tidy", begun, tidy::run)?;
        step("format", begun, || command("cargo", &["fmt", "--all", "--check"]))?;
        // Warnings are errors only here: while somebody is working they stay warnings.
        let clippy = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
        step("lints", begun, || command("cargo", &clippy))?;
        step("dependencies and tools", begun, || joined(tools))?;
        step("build", begun, || command("cargo", &["test", "--workspace", "--no-run"]))?;
        // The program that the tests are built with: built alone, it would need its dependencies again, with fewer features.
        let binary = target().join(format!("debug/onrecord{}", std::env::consts::EXE_SUFFIX));
        // A browser waits more than it works, and what it waits for is no test of time: it goes along with the documentation.
        let browser = scope.spawn(move || step("browser", begun, || browser::run_with_binary(&binary)));
        let doc = ["doc", "--workspace", "--no-deps"];
        step("documentation", begun, || run_with("cargo", &doc, &[("RUSTDOCFLAGS", "--deny warnings")]))?;
        joined(browser)?;
        step("tests", begun, || command("cargo", &["test", "--workspace"]))
    })
}

/// What became of a chore that ran beside others.
fn joined(chore: ScopedJoinHandle<Done>) -> Done {
    chore.join().unwrap_or_else(|_| Err("a chore ended unexpectedly".to_owned()))
}

/// Runs one step, and says how long it took and how long all took up to then.
fn step(name: &str, begun: Instant, run: impl FnOnce() -> Done) -> Done {
    let started = Instant::now();
    run()?;
    eprintln!("{name}: {} s, {} s in all", started.elapsed().as_secs(), begun.elapsed().as_secs());
    Ok(())
}
