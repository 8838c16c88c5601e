//! How a command ends.

use std::process::ExitCode;

/// How a command ended.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// The command line asked for something that doesn't exist.
    Misused,
    /// Something could not be read or written.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Misused => 1,
            Exit::Incomplete => 2,
        })
    }
}
