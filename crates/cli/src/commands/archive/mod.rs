//! `onrecord archive` and the commands under it: one file each.

mod backup;
mod check;
mod compact;
mod merge;
mod rebuild;
mod remove;
mod report;
mod reread;
mod stats;
mod verify;

use crate::exit::Exit;
use clap::Args;

/// Maintain an archive: check, verify, back up, merge, reread, take down.
#[derive(Args, Debug)]
pub struct ArchiveArgs {
    #[command(subcommand)]
    pub command: ArchiveCommand,
}

/// Runs a command on an archive.
pub fn run(args: &ArchiveArgs) -> Exit {
    args.command.run()
}

command_table! {
    /// What can be done with an archive as a whole.
    ArchiveCommand {
        Stats(stats::StatsArgs) => stats::run,
        Check(check::CheckArgs) => check::run,
        Verify(verify::VerifyArgs) => verify::run,
        Rebuild(rebuild::RebuildArgs) => rebuild::run,
        Compact(compact::CompactArgs) => compact::run,
        Backup(backup::BackupArgs) => backup::run,
        Merge(merge::MergeArgs) => merge::run,
        Reread(reread::RereadArgs) => reread::run,
        Remove(remove::RemoveArgs) => remove::run,
    }
}
