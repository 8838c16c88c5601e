//! Which archive, and who writes to it.

use clap::Args;
use std::path::PathBuf;

/// Which archive to use.
#[derive(Args, Debug, Clone)]
pub struct ArchiveArg {
    /// The archive's folder [default: in your user data directory]
    #[arg(long = "archive", value_name = "DIR", env = "ONRECORD_ARCHIVE", hide_env_values = true)]
    pub folder: Option<PathBuf>,
}

/// Which archive to write to, and who writes.
#[derive(Args, Debug)]
pub struct Signed {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Your name, to sign what you write [default: unsigned]
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true,
        env = "ONRECORD_AUTHOR",
        hide_env_values = true
    )]
    pub author: String,
}
