//! Prints the lines of pages with their features.
use onrecord_document::{Capture, Media};
use onrecord_span::PageBytes;
use std::io::{Read, Write};

fn main() {
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for path in std::env::args().skip(1) {
        let Ok(raw) = std::fs::read(&path) else { continue };
        let mut bytes = Vec::new();
        if path.ends_with(".gz") {
            let _ = flate2::read::MultiGzDecoder::new(&raw[..]).read_to_end(&mut bytes);
        } else {
            bytes = raw;
        }
        let Some(page) = PageBytes::new(bytes) else { continue };
        let capture = Capture::new(path.clone(), page, Media::Html);
        let lines: Vec<_> = onrecord_article::featured(&capture)
            .into_iter()
            .map(|(kind, words, features)| serde_json::json!({"kind": kind.name(), "words": words, "x": features}))
            .collect();
        let _ = writeln!(out, "{}", serde_json::json!({"page": path, "lines": lines}));
    }
}
