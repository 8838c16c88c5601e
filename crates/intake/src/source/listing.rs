//! Which files do paths lead to, and in which order?

use crate::formats::FileKind;
use crate::unreadable::Reason;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// How many folders deep a file may be, counted from the path given. Deeper ones come from broken programs that create
/// folders inside each other.
pub const MAX_FOLDER_DEPTH: usize = 128;

/// Something to read, or why it can't be read.
#[derive(Debug)]
pub(crate) enum InputPath {
    Stdin,
    File(PathBuf),
    Failed(PathBuf, Reason),
}

/// Everything to read below some paths, and the number of files in folders that are left out because of their names.
///
/// Folders are listed by the bytes of the names in them, so the order is that of the paths' components on every machine.
/// Links are followed. No file is opened.
pub(crate) fn list(paths: Vec<PathBuf>) -> (Vec<InputPath>, u64) {
    let mut walk = Walker::default();
    for path in paths {
        walk.given(path);
    }
    (walk.entries, walk.skipped)
}

#[derive(Default)]
struct Walker {
    entries: Vec<InputPath>,
    skipped: u64,
    /// The real paths of the folders that are being walked, outermost first: a link to one of them is a loop.
    within: Vec<PathBuf>,
}

impl Walker {
    /// A path that the user gave: whatever it is, it is listed.
    fn given(&mut self, path: PathBuf) {
        if path.as_os_str() == "-" {
            return self.entries.push(InputPath::Stdin);
        }
        match followed(&path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) => match other_than_file(metadata.file_type()) {
                Some(what) => self.failed(path, Reason::NotAFile(what)),
                None => self.entries.push(InputPath::File(path)),
            },
            Err(reason) => self.failed(path, reason),
        }
    }

    fn failed(&mut self, path: PathBuf, reason: Reason) {
        self.entries.push(InputPath::Failed(path, reason));
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

    /// Something in a folder. Only folders and files named like pages matter.
    fn found(&mut self, path: PathBuf) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_page = FileKind::by_name(&name).is_page();
        match followed(&path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) if is_page && metadata.is_file() => self.entries.push(InputPath::File(path)),
            // A name without an ending may be that of a folder.
            Err(reason) if is_page || path.extension().is_none() => self.failed(path, reason),
            Ok(_) | Err(_) => self.skipped += 1,
        }
    }
}

/// What a path leads to; links are followed.
fn followed(path: &Path) -> Result<Metadata, Reason> {
    fs::metadata(path).map_err(|error| {
        let is_link = fs::symlink_metadata(path).is_ok_and(|itself| itself.file_type().is_symlink());
        match error.kind() {
            io::ErrorKind::PermissionDenied => Reason::NoPermission,
            // Links that lead to each other give an error without a stable kind.
            _ if is_link => Reason::BrokenLink,
            _ => Reason::of(&error),
        }
    })
}

/// What it is, if it cannot be read to an end. A pipe can: shells make them for `<(…)`.
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

/// What it is, if it cannot be read to an end.
#[cfg(not(unix))]
fn other_than_file(kind: FileType) -> Option<&'static str> {
    (!kind.is_file()).then_some("something else")
}
