//! The command line of `onrecord desk`.

use crate::archive_args::ArchiveArg;
use crate::args::{InputArgs, Threads};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Open the desk: the archive in a browser.
///
/// Reads the paths into the archive first, if any are given, then serves the desk until Ctrl-C. What is added by other
/// commands meanwhile is seen at once. The desk listens on this machine alone; on any other address it wants a token,
/// which a browser is asked for once and a program sends as `Authorization: Bearer TOKEN`.
///
/// Exit status: 0 after Ctrl-C, 2 if the archive could not be opened, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  The archive that `add` writes to:
    onrecord desk
  A folder of saved pages, in an archive of its own:
    onrecord desk --archive ~/ferry pages/
  For others in the office:
    onrecord desk --listen 0.0.0.0:8080 --host desk.example --token \"$(openssl rand -hex 16)\"")]
pub struct DeskArgs {
    /// Files and folders to read into the archive first
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// A word that whoever asks must know; wanted on any address that others can reach
    #[arg(long, value_name = "WORD", env = "ONRECORD_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// A name under which the desk is reached, beside localhost and its address; may be given several times
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
}
