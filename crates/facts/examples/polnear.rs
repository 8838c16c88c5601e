//! Reads lines {"id", "text"} and prints the statements found in each, for the scorers.
//!
//! Every line of a text is a paragraph. Offsets are code points.

use onrecord_document::{Capture, Document, Media};
use onrecord_span::{PageBytes, Span, Text};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let written = line?;
        let line: Value = serde_json::from_str(&written)?;
        let (Some(id), Some(text)) = (line["id"].as_str(), line["text"].as_str()) else {
            return Err("a line needs \"id\" and \"text\"".into());
        };
        let document = document(id, &written)?;
        let offsets = CodePoints::new(text);
        let spans = |spans: &[Span<Text>]| -> Vec<[usize; 2]> { spans.iter().map(|span| offsets.of(*span)).collect() };
        let statements: Vec<Value> = document.statements().iter().map(|statement| {
            let speaker = statement.speaker.zip(document.layers.names.as_ref()).and_then(|(speaker, chains)| {
                let chain = chains.items.get(speaker.name as usize)?;
                let words = |span: Option<Span<Text>>| span.map(|span| document.words(span));
                Some(json!({"name": document.words(chain.name), "role": words(chain.role), "affiliation": words(chain.affiliation)}))
            });
            let sourcing = &statement.sourcing;
            let words = |span: Option<Span<Text>>| span.map(|span| document.words(span));
            json!({
                "content": spans(&statement.content),
                "cue": spans(&statement.cue),
                "source": spans(&statement.source),
                "kind": statement.form.name(),
                "act": statement.act.name(),
                "speaker": speaker,
                "confidence": statement.confidence,
                "sourcing": {
                    "kind": sourcing.kind.name(),
                    "terms": sourcing.terms.name(),
                    "terms_span": words(sourcing.terms_span),
                    "count": sourcing.count.map(|count| json!({"min": count.min, "max": count.max, "exact": count.exact})),
                    "basis": words(sourcing.basis),
                    "rank": words(sourcing.rank),
                    "occasion": words(sourcing.occasion),
                    "medium": words(sourcing.medium),
                    "time": words(sourcing.time),
                    "addressee": words(sourcing.addressee),
                },
            })
        }).collect();
        writeln!(out, "{}", json!({"id": id, "text": text, "quotes": statements}))?;
    }
    Ok(())
}

fn document(id: &str, line: &str) -> Result<Document, Box<dyn std::error::Error>> {
    let page = PageBytes::new(line.as_bytes().to_vec()).ok_or("the text is too long")?;
    Ok(onrecord_reader::read(&Capture::new(id, page, Media::JsonLine), onrecord_document::Stage::Facts))
}

/// Code point offsets of byte offsets.
struct CodePoints(Vec<u32>);

impl CodePoints {
    fn new(text: &str) -> Self {
        let mut points = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, char) in text.char_indices() {
            points[at] = count;
            count += 1;
            points[at + char.len_utf8()] = count;
        }
        CodePoints(points)
    }

    fn of(&self, span: Span<Text>) -> [usize; 2] {
        [self.0[span.start()] as usize, self.0[span.end()] as usize]
    }
}
