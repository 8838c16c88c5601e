//! Prints id and body text of gzipped pages, one JSON object a line, for the scorer: a bench for the body finder.
use std::io::{Read, Write};
fn main() {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let mut bytes = Vec::new();
        if flate2::read::GzDecoder::new(std::fs::File::open(&path).unwrap()).read_to_end(&mut bytes).is_err() {
            continue;
        }
        let page = onrecord_span::PageBytes::new(bytes).unwrap();
        let capture = onrecord_document::Capture::new(path.clone(), page, onrecord_document::Media::Html);
        let document = onrecord_article::read(&capture);
        let blocks: Vec<_> = document.blocks().iter().map(|b| (b.kind.name(), document.words(b.span))).collect();
        let line = serde_json::json!({"id": path, "text": document.text(), "headline": document.fields.headline.as_ref().map(|h| &h.value), "published": document.fields.published.as_ref().map(|h| h.value.to_string()), "authors": document.fields.bylines.iter().map(|b| &b.value.name).collect::<Vec<_>>(), "b": blocks});
        writeln!(out, "{line}").unwrap();
    }
}
