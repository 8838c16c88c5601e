//! Reads pages once as they are, and once without each rule or word that had something to say of them.
//!
//! Takes paths of pages (also `.gz`); prints a line of JSON for each reading that differs from the page's first:
//! `{"id", "off", "headline", "published", "authors", "text"}`, `off` null for the first, and with it `heard`, the entries
//! that had something to say. `bench/page/ablate` scores them.

use onrecord_article::{ablation, read};
use onrecord_document::{Capture, Media};
use onrecord_span::PageBytes;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Read, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let alone = std::env::args().nth(1).is_some_and(|first| first == "--as-it-is");
    for path in std::env::args().skip(1 + usize::from(alone)) {
        let Some(capture) = capture(&path)? else { continue };
        let (first, heard) = ablation::without(None, || reading(&capture));
        writeln!(out, "{}", line(&path, None, &first, Some(heard.iter().cloned().collect())))?;
        for entry in heard.iter().filter(|_| !alone) {
            let (reading, _) = ablation::without(Some(entry), || reading(&capture));
            if reading != first {
                writeln!(out, "{}", line(&path, Some(entry), &reading, None))?;
            }
        }
    }
    out.flush()
}

/// A page as a capture; `None` where it is larger than is read.
fn capture(path: &str) -> io::Result<Option<Capture>> {
    let mut bytes = std::fs::read(path)?;
    if path.ends_with(".gz") {
        let mut page = Vec::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut page)?;
        bytes = page;
    }
    Ok(PageBytes::new(bytes).map(|page| Capture::new(path, page, Media::Html)))
}

/// What is scored of a reading.
fn reading(capture: &Capture) -> Value {
    let document = read(capture);
    let fields = &document.fields;
    json!({
        "headline": fields.headline.as_ref().map(|headline| &headline.value),
        "published": fields.published.as_ref().map(|moment| moment.value.to_string()),
        "authors": fields.bylines.iter().map(|byline| &byline.value.name).collect::<Vec<_>>(),
        "text": document.text(),
    })
}

fn line(id: &str, off: Option<&str>, reading: &Value, heard: Option<Vec<String>>) -> Value {
    let mut line = reading.clone();
    line["id"] = json!(id);
    line["off"] = json!(off);
    if let Some(heard) = heard {
        line["heard"] = json!(heard);
    }
    line
}
