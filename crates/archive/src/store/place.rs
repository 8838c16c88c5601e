//! Where an archive is, and what lies there.

use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// The database: the only truth.
pub(crate) const DATABASE: &str = "archive.db";
/// The lock of the one writer.
pub(crate) const LOCK: &str = "writer.lock";

/// The archive that is meant where nobody names one: a folder of its own where the platform keeps an application's data
/// (`$XDG_DATA_HOME/onrecord/archive`, by default `~/.local/share/onrecord/archive`; on macOS in `~/Library/Application
/// Support`, on Windows in `%APPDATA%`). `None` where the system names no home.
pub fn default_place() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // The XDG specification wants relative paths ignored.
    let xdg = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
    let data = match std::env::consts::OS {
        "windows" => variable("APPDATA"),
        "macos" => xdg.or_else(|| Some(variable("HOME")?.join("Library/Application Support"))),
        _ => xdg.or_else(|| Some(variable("HOME")?.join(".local/share"))),
    };
    Some(data?.join("onrecord").join("archive"))
}

/// The database of the archive at this place.
pub(crate) fn database(place: &Path) -> PathBuf {
    place.join(DATABASE)
}

/// Makes the folder of an archive. A folder that holds other things already is not taken; `followers` are the names of what
/// followers keep there.
pub(crate) fn make(place: &Path, followers: &[&str]) -> Result<()> {
    let failed = |error| Error::io(place, error);
    match std::fs::read_dir(place) {
        Ok(mut entries) => {
            let ours = |name: &std::ffi::OsStr| {
                let name = name.to_string_lossy();
                is_databases(&name) || followers.contains(&&*name)
            };
            let foreign = entries.any(|entry| entry.is_ok_and(|entry| !ours(&entry.file_name())));
            if foreign && !database(place).exists() {
                return Err(Error::Unknown(format!(
                    "{}: holds other files; name a new or an empty folder for the archive",
                    place.display()
                )));
            }
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => std::fs::create_dir_all(place).map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

/// Whether a file of this name belongs to the database itself, not to what follows it.
pub(crate) fn is_databases(name: &str) -> bool {
    name.starts_with(DATABASE) || name == LOCK
}

/// Bytes of everything in an archive's folder that follows the database.
pub(crate) fn bytes_of_followers(place: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(place) else { return 0 };
    let followers = entries.flatten().filter(|entry| !is_databases(&entry.file_name().to_string_lossy()));
    followers.map(|entry| bytes_of(&entry.path())).sum()
}

/// Bytes of a file, or of all files in a folder.
pub(crate) fn bytes_of(path: &Path) -> u64 {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| bytes_of(&entry.path())).sum(),
        Err(_) => std::fs::metadata(path).map_or(0, |metadata| metadata.len()),
    }
}
