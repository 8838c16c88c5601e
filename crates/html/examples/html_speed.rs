//! Measures decoding and parsing over a folder of pages (`.html`, `.html.gz`), read into memory first.
//!
//!     cargo run --release -p onrecord-html --example html_speed -- FOLDER [ROUNDS]

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use onrecord_html::{decode, parse};

fn collect(folder: &Path, pages: &mut Vec<Vec<u8>>) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, pages)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            let mut page = Vec::new();
            MultiGzDecoder::new(&bytes[..]).read_to_end(&mut page)?;
            pages.push(page);
        } else {
            pages.push(bytes);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: speed FOLDER [ROUNDS]")?;
    let rounds: usize = arguments.next().map_or(Ok(10), |rounds| rounds.parse())?;
    let mut pages = Vec::new();
    collect(Path::new(&folder), &mut pages)?;
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{} pages, {megabytes:.1} MB", pages.len());

    let mut decoding = Vec::new();
    let mut parsing = Vec::new();
    let mut nodes = 0;
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        let decoded: Vec<_> = pages.iter().map(|page| decode(page, None)).collect();
        decoding.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        nodes = decoded.iter().map(|page| parse(&page.text).node_count()).sum();
        parsing.push(start.elapsed().as_secs_f64());
        if decoding.len() == 1 {
            let verbatim = decoded.iter().filter(|page| page.is_verbatim()).count();
            println!("{verbatim} pages are verbatim UTF-8 or ASCII");
        }
    }
    for (what, times) in [("decode", &mut decoding), ("parse", &mut parsing)] {
        times.sort_by(f64::total_cmp);
        println!("{what}: {:.0} MB/s (median of {} rounds)", megabytes / times[times.len() / 2], times.len());
    }
    println!("{nodes} nodes");
    Ok(())
}
