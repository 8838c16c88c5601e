//! The command `onrecord`.
//!
//! The only crate that prints. Standard output holds results and nothing else; problems are one line each on standard
//! error. Nothing that a page holds reaches a terminal unescaped (see [`terminal`]).

mod add;
mod archive_args;
mod archive_command;
mod args;
mod colours;
mod corrections;
mod desk;
mod desk_args;
mod excerpt;
mod explain;
mod export;
mod followers;
mod messages;
mod model;
mod overviews;
mod page;
#[cfg(test)]
mod page_tests;
mod parse;
mod progress;
mod read;
mod results;
mod rich;
mod search;
mod search_args;
mod statement_list;
mod statements_of_pages;
mod store;
mod terminal;
mod text_format;
mod tools;
mod versions;

use args::{Cli, Command};
use clap::Parser;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// How a command ended.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All was read.
    Done,
    /// The command line asked for something that isn't there.
    Misused,
    /// Something could not be read or written.
    Incomplete,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::Misused => 1,
            Outcome::Incomplete => 2,
        })
    }
}

fn main() -> ExitCode {
    // A panic while reading is caught and becomes a note on its page; its backtrace would say nothing to the reader.
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        messages::say("something failed inside Onrecord; please report it");
        Outcome::Incomplete
    });
    outcome.into()
}

fn run() -> Outcome {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return messages::usage(&error),
    };
    match cli.command {
        Command::Read(args) => read::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Desk(args) => desk::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Statements(args) if !args.paths.is_empty() => statements_of_pages::statements(&args),
        Command::Statements(args) => search::statements(&args),
        Command::Sourcing(args) if !args.paths.is_empty() => statements_of_pages::sourcing(&args),
        Command::Sourcing(args) => overviews::sourcing(&args),
        Command::Speakers(args) => overviews::speakers(&args),
        Command::Export(args) => export::run(&args),
        Command::Versions(args) => versions::run(&args),
        Command::Page(args) => page::run(&args),
        Command::Note(args) => corrections::note(&args),
        Command::Tag(args) => corrections::tag(&args),
        Command::Correct(args) => corrections::correct(&args),
        Command::Corrections(args) => corrections::list(&args),
        Command::Undo(args) => corrections::undo(&args),
        Command::Archive(args) => archive_command::run(&args),
        Command::Completions(args) => tools::completions(&args),
        Command::Man(args) => tools::man(&args),
    }
}
