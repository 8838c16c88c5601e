//! Pages from a list of paths, one in memory at a time, so that peak memory is the tool's own.

use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The paths in a list, one a line, in its order.
pub fn listed(list: &Path) -> io::Result<Vec<String>> {
    Ok(fs::read_to_string(list)?.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The bytes of a page; a name that ends in `.gz` is unpacked.
pub fn bytes(path: &str) -> io::Result<Vec<u8>> {
    let file = fs::read(path).map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
    if !path.ends_with(".gz") {
        return Ok(file);
    }
    let mut page = Vec::new();
    MultiGzDecoder::new(&file[..]).read_to_end(&mut page)?;
    Ok(page)
}
