//! `onrecord man`.

use crate::exit::Exit;
use crate::print::{messages, output};
use clap::{Args, Command};
use clap_mangen::Man;
use std::path::PathBuf;

/// Print the man page, or write the man pages of all commands to a folder.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Read it:
    onrecord man | man -l -
  Install it, with a page for each command:
    onrecord man --dir ~/.local/share/man/man1")]
pub struct ManArgs {
    /// Write onrecord.1, onrecord-read.1 and so on to this folder
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Prints the man page, or writes those of all commands to a folder.
pub fn run(args: &ManArgs, definition: Command) -> Exit {
    let written = match &args.dir {
        Some(dir) => std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(definition, dir)),
        None => {
            let mut page = Vec::new();
            match Man::new(definition).render(&mut page) {
                Ok(()) => return output::print(&page),
                Err(error) => Err(error),
            }
        }
    };
    match written {
        Ok(()) => Exit::Done,
        Err(error) => {
            messages::say(&format!("could not write the man pages: {error}"));
            Exit::Incomplete
        }
    }
}
