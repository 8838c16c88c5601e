//! The arguments of `onrecord sourcing`.

use crate::args::{ArchiveArg, InputArgs, Look, RowFormat, Threads};
use clap::{Args, ValueEnum};
use onrecord_archive::Stretches;
use std::path::PathBuf;

/// Show on whose authority outlets report: shares of named, unnamed and documentary sources, by outlet and time.
///
/// Given paths, reads these pages and counts their statements. Without paths, counts the statements in the archive.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Count the sources of some pages:
    onrecord sourcing saved/
  Count the sources in the archive, by outlet:
    onrecord sourcing
  Write a table by outlet and month:
    onrecord sourcing --by month --format csv > sourcing.csv")]
pub struct SourcingArgs {
    /// Files or folders to read instead of the archive, or - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// The periods to count by
    #[arg(long, value_enum, default_value = "all", value_name = "PERIOD")]
    pub by: Period,
    /// Output format [default: text on a terminal, otherwise jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<RowFormat>,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Period {
    /// All times together
    All,
    /// Every year
    Year,
    /// Every month
    Month,
    /// Every day
    Day,
}

impl Period {
    /// The same for the archive.
    pub fn stretches(self) -> Stretches {
        match self {
            Period::All => Stretches::Whole,
            Period::Year => Stretches::Years,
            Period::Month => Stretches::Months,
            Period::Day => Stretches::Days,
        }
    }
}
