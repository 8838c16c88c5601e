//! The commands: one file each, with the arguments, the help and what the command does. The table below is the definition
//! that the parser, the help, the completions and the man pages are made from.

#[macro_use]
mod table;

mod add;
mod annotate;
mod archive;
mod completions;
mod desk;
mod export;
mod man;
mod page;
mod reading;
mod search;
mod sourcing;
mod speakers;
mod statements;
mod versions;

use crate::exit::Exit;
use annotate::{correct, corrections, note, tag, undo};
use clap::{CommandFactory, Parser};
use reading::{explain, parse, read};

/// Read news pages and show who said what, with the place on the page for every answer.
#[derive(Parser, Debug)]
#[command(
    name = "onrecord",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  Read a page and show it:
    onrecord read article.html
  Read a folder and print JSON:
    onrecord read pages/ > pages.jsonl
  Show where on the page statement [1] stands:
    onrecord explain article.html 1
  Store pages in an archive:
    onrecord add pages/
  Work with the archive in a browser:
    onrecord desk"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

command_table! {
    /// What `onrecord` can do.
    Command {
        Read(read::ReadArgs) => read::run,
        Explain(explain::ExplainArgs) => explain::run,
        Parse(parse::ParseArgs) => parse::run,
        Add(add::AddArgs) => add::run,
        Desk(desk::DeskArgs) => desk::run,
        Search(search::SearchArgs) => search::run,
        #[command(alias = "quotes")]
        Statements(statements::StatementsArgs) => statements::run,
        Sourcing(sourcing::SourcingArgs) => sourcing::run,
        Speakers(speakers::SpeakersArgs) => speakers::run,
        Export(export::ExportArgs) => export::run,
        Versions(versions::VersionsArgs) => versions::run,
        Page(page::PageArgs) => page::run,
        Note(note::NoteArgs) => note::run,
        Tag(tag::TagArgs) => tag::run,
        Correct(correct::CorrectArgs) => correct::run,
        Corrections(corrections::CorrectionsArgs) => corrections::run,
        Undo(undo::UndoArgs) => undo::run,
        Archive(archive::ArchiveArgs) => archive::run,
        Completions(completions::CompletionsArgs) => completions,
        Man(man::ManArgs) => man,
    }
}

fn completions(args: &completions::CompletionsArgs) -> Exit {
    completions::run(args, Cli::command())
}

fn man(args: &man::ManArgs) -> Exit {
    man::run(args, Cli::command())
}
