//! Paths as given to files in their order.

use crate::names::Named;
use crate::unreadable::Reason;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// How many folders deep a file may lie below the path as given. Deeper ones are mostly folders that a broken program
/// made inside each other.
pub const MAX_FOLDER_DEPTH: usize = 128;

/// One thing to read, or why there is none.
#[derive(Debug)]
pub(crate) enum Entry {
    Stdin,
    File(PathBuf),
    Failed(PathBuf, Reason),
}

/// All entries below the paths as given, and the number of files in folders that are not read for their names.
///
/// Folders are listed by the bytes of their names, so that the order is that of the paths' components on every machine.
/// Links are followed. Opens no file.
pub(crate) fn list(paths: Vec<PathBuf>) -> (Vec<Entry>, u64) {
    let mut walk = Walk::default();
    for path in paths {
        walk.given(path);
    }
    (walk.entries, walk.skipped)
}

#[derive(Default)]
struct Walk {
    entries: Vec<Entry>,
    skipped: u64,
    /// Where the folders that are being walked really lie, outermost first: a link to one of them is a loop.
    within: Vec<PathBuf>,
}

impl Walk {
    /// A path named outright: whatever it is, it gets an entry.
    fn given(&mut self, path: PathBuf) {
        if path.as_os_str() == "-" {
            return self.entries.push(Entry::Stdin);
        }
        match followed(&path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) => match other_than_file(metadata.file_type()) {
                Some(what) => self.failed(path, Reason::NotAFile(what)),
                None => self.entries.push(Entry::File(path)),
            },
            Err(reason) => self.failed(path, reason),
        }
    }

    fn failed(&mut self, path: PathBuf, reason: Reason) {
        self.entries.push(Entry::Failed(path, reason));
    }

    fn folder(&mut self, path: PathBuf) {
        if self.within.len() > MAX_FOLDER_DEPTH {
            return self.failed(path, Reason::TooDeep { limit: MAX_FOLDER_DEPTH });
        }
        let real = match fs::canonicalize(&path) {
            Ok(real) => real,
            Err(error) => return self.failed(path, Reason::of(&error)),
        };
        if self.within.contains(&real) {
            return self.failed(path, Reason::LinkLoop);
        }
        let names: io::Result<Vec<_>> =
            fs::read_dir(&path).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.file_name())).collect());
        let mut names = match names {
            Ok(names) => names,
            Err(error) => return self.failed(path, Reason::of(&error)),
        };
        names.sort_unstable();
        self.within.push(real);
        for name in names {
            self.found(path.join(name));
        }
        self.within.pop();
    }

    /// Something in a folder. Only what is named like a page matters, and folders.
    fn found(&mut self, path: PathBuf) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_page = Named::of(&name).is_page();
        match followed(&path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) if is_page && metadata.is_file() => self.entries.push(Entry::File(path)),
            // A name without an ending may have been a folder's.
            Err(reason) if is_page || path.extension().is_none() => self.failed(path, reason),
            Ok(_) | Err(_) => self.skipped += 1,
        }
    }
}

/// What a path leads to, links followed.
fn followed(path: &Path) -> Result<Metadata, Reason> {
    fs::metadata(path).map_err(|error| {
        let is_link = fs::symlink_metadata(path).is_ok_and(|itself| itself.file_type().is_symlink());
        match error.kind() {
            io::ErrorKind::PermissionDenied => Reason::NoPermission,
            // Links that lead to each other come as an error without a stable kind.
            _ if is_link => Reason::BrokenLink,
            _ => Reason::of(&error),
        }
    })
}

/// What a path leads to that cannot be read to an end. A pipe can: shells make them for `<(…)`.
#[cfg(unix)]
fn other_than_file(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_socket() {
        Some("a socket")
    } else if kind.is_char_device() || kind.is_block_device() {
        Some("a device")
    } else {
        None
    }
}

/// What a path leads to that cannot be read to an end.
#[cfg(not(unix))]
fn other_than_file(kind: FileType) -> Option<&'static str> {
    (!kind.is_file()).then_some("something else")
}
