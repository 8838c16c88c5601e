//! Standard output.

use super::messages;
use crate::exit::Exit;
use std::io::{self, Write};

/// Prints to standard output. It is no error if nobody reads to the end (`| head`).
pub fn print(bytes: &[u8]) -> Exit {
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// How a command ends that wrote its output, or could not.
pub fn written(result: io::Result<()>) -> Exit {
    match result {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            messages::say(&format!("could not write the output: {error}"));
            Exit::Incomplete
        }
    }
}
