//! Measures reading articles over a folder of pages (`.html`, `.html.gz`), which are read into memory first.
//!
//!     cargo run --release -p onrecord-article --example article_speed -- FOLDER [ROUNDS] [EVERY]
//!
//! Of each page the quickest of the rounds counts, from hash to document; EVERY reads each so-manieth page.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use onrecord_document::{Capture, Media};
use onrecord_span::PageBytes;

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
    let folder = arguments.next().ok_or("usage: speed FOLDER [ROUNDS] [EVERY]")?;
    let rounds: usize = arguments.next().map_or(Ok(5), |rounds| rounds.parse())?;
    let every: usize = arguments.next().map_or(Ok(1), |every| every.parse())?;
    let mut pages = Vec::new();
    collect(Path::new(&folder), &mut pages)?;
    let pages: Vec<Vec<u8>> = pages.into_iter().step_by(every.max(1)).collect();

    let mut quickest = vec![f64::INFINITY; pages.len()];
    for _ in 0..rounds.max(1) {
        for (page, quickest) in pages.iter().zip(&mut quickest) {
            let bytes = page.clone();
            let start = Instant::now();
            let page = PageBytes::new(bytes).ok_or("a page is too long")?;
            let document = onrecord_article::read(&Capture::new("page", page, Media::Html));
            *quickest = quickest.min(start.elapsed().as_secs_f64());
            std::hint::black_box(&document);
        }
    }
    let sum: f64 = quickest.iter().sum();
    quickest.sort_by(f64::total_cmp);
    let at = |share: f64| quickest[((quickest.len() - 1) as f64 * share) as usize] * 1e3;
    println!(
        "{} pages: {:.0} pages/s, p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms",
        pages.len(),
        pages.len() as f64 / sum,
        at(0.5),
        at(0.99),
        at(1.0)
    );
    Ok(())
}
