//! Completions and man pages, made from the definition of the command line.

use crate::Outcome;
use crate::args::{Cli, CompletionsArgs, ManArgs};
use crate::messages::say;
use clap::CommandFactory;
use std::io::{self, Write};

/// Prints the completions for a shell.
pub fn completions(args: &CompletionsArgs) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "onrecord", &mut script);
    print(&script)
}

/// Prints the man page, or writes those of all commands to a folder.
pub fn man(args: &ManArgs) -> Outcome {
    let written = match &args.dir {
        Some(dir) => std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Cli::command(), dir)),
        None => {
            let mut page = Vec::new();
            match clap_mangen::Man::new(Cli::command()).render(&mut page) {
                Ok(()) => return print(&page),
                Err(error) => Err(error),
            }
        }
    };
    match written {
        Ok(()) => Outcome::Done,
        Err(error) => {
            say(&format!("the man pages could not be written: {error}"));
            Outcome::Incomplete
        }
    }
}

/// Prints to standard output; a reader that has gone is no problem.
pub fn print(bytes: &[u8]) -> Outcome {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Outcome::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Done,
        Err(error) => {
            say(&format!("the output could not be written: {error}"));
            Outcome::Incomplete
        }
    }
}
