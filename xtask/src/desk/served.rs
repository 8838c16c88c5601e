//! A desk that runs while a chore uses it.

use crate::command::root;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A desk that serves until this is dropped.
pub struct ServedDesk {
    process: Child,
    /// Host and port.
    pub address: String,
}

impl ServedDesk {
    /// Opens a desk over an archive, adding what is at `paths` first.
    pub fn open(binary: &Path, archive: &Path, paths: &[&str]) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("can't run the desk: {error}");
        let mut process = Command::new(binary)
            .args(["desk", "--listen", "127.0.0.1:0", "--archive"])
            .arg(archive)
            .args(paths)
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut lines = BufReader::new(process.stdout.take().ok_or("the desk has no output")?).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some(at) = line.find("http://") {
                let address = line[at + 7..].split('/').next().unwrap_or_default().to_owned();
                // Nobody reads what it prints later; the pipe must not fill up.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Self { process, address });
            }
        }
        Err("the desk did not print its address".to_owned())
    }

    /// Sends a request, and gives the whole answer.
    pub fn answer(&self, request: &[u8]) -> Result<String, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.address);
        let mut stream = TcpStream::connect(&self.address).map_err(failed)?;
        stream.write_all(request).map_err(failed)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(failed)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Drop for ServedDesk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
