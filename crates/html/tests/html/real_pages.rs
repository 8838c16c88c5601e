//! The real pages that lie in `shared/` beside the workspace.

use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files of all pages, in order; nothing, and a line that says so, where there are none.
pub fn all() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/pages/html");
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    paths.sort();
    if paths.is_empty() {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: no pages at {}\n", folder.display()),
        );
        return None;
    }
    Some(paths)
}

/// The bytes of a page, which is stored compressed.
pub fn read(path: &Path) -> Vec<u8> {
    let mut page = Vec::new();
    MultiGzDecoder::new(&fs::read(path).unwrap()[..]).read_to_end(&mut page).unwrap();
    page
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}
