//! The command `onrecord`.
//!
//! The only crate that prints. Standard output holds results and nothing else; every problem is one line on standard error.
//! Nothing that a page holds reaches a terminal unescaped (see [`print::terminal`]).
//!
//! [`commands`] has one file for each command, and the table of all of them; [`args`] has the options that several commands
//! share, [`run`] what they do alike, and [`mod@print`] how things look.

mod args;
mod commands;
mod exit;
mod print;
mod run;

use clap::Parser;
use commands::Cli;
use exit::Exit;
use print::messages;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic while reading is caught and becomes a note on its page; its backtrace would mean nothing to the user.
    std::panic::set_hook(Box::new(|_| {}));
    let exit = catch_unwind(AssertUnwindSafe(run_command)).unwrap_or_else(|_| {
        messages::say("internal error; please report it");
        Exit::Incomplete
    });
    exit.into()
}

fn run_command() -> Exit {
    match Cli::try_parse() {
        Ok(cli) => cli.command.run(),
        Err(error) => messages::usage(&error),
    }
}
