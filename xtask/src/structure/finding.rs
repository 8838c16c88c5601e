//! What the rules of layout don't want, and how it is printed.

use super::circles::Circle;
use std::fmt;
use std::path::{Path, PathBuf};

/// Most source files that lie directly in a folder.
pub const MAX_FILES: usize = 14;
/// Most lines of a source file: a file is one idea.
pub const MAX_LINES: usize = 600;

/// Something about the layout that the rules don't want.
#[derive(Debug)]
pub enum Finding {
    /// Too many files directly in a folder.
    Folder { folder: PathBuf, files: usize },
    /// Too many lines in a file.
    Long { file: PathBuf, lines: usize },
    /// Files or folders that use each other.
    Circle(Circle),
    /// One name for several types; a file for each.
    Name { name: String, files: Vec<PathBuf> },
    /// A constant that lists words.
    Words { file: PathBuf, constant: String },
}

impl Finding {
    /// The finding as a line of the list of known ones: kind, subject, extent.
    pub fn entry(&self) -> String {
        match self {
            Self::Folder { folder, .. } => format!("folder {}", folder.display()),
            Self::Long { file, .. } => format!("long {}", file.display()),
            Self::Circle(circle) => {
                let kind = if circle.has_folder() { "circle-of-folders" } else { "circle" };
                let members: Vec<&str> = circle.members.iter().map(String::as_str).collect();
                format!("{kind} {} {}", circle.folder.display(), members.join(" "))
            }
            Self::Name { name, files } => format!("name {name} {}", files.len()),
            Self::Words { file, constant } => format!("words {}:{constant}", short(file)),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Folder { folder, files } => {
                write!(f, "folder {}: {files} source files, over {MAX_FILES}", folder.display())
            }
            Self::Long { file, lines } => write!(f, "long {}: {lines} lines, over {MAX_LINES}", file.display()),
            Self::Circle(circle) => {
                write!(f, "{}", self.entry())?;
                circle.uses.iter().try_for_each(|line| write!(f, "\n    {line}"))
            }
            Self::Name { files, .. } => {
                write!(f, "{} types:", self.entry())?;
                files.iter().try_for_each(|file| write!(f, "\n    {}", file.display()))
            }
            Self::Words { file, .. } => {
                write!(f, "{}: a list of words, which belongs in data/ ({})", self.entry(), file.display())
            }
        }
    }
}

/// A file's name alone, which stays when it moves; `mod.rs` with its folder.
fn short(file: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match file.parent() {
        Some(folder) if file.ends_with("mod.rs") => format!("{}/mod.rs", name(folder)),
        _ => name(file),
    }
}
