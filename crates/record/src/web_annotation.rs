//! A statement as a W3C Web Annotation (Web Annotation Data Model, 2017), which annotation tools read.

use crate::json::write_escaped;
use crate::people::{circumstances, speaker};
use onrecord_document::{Document, Statement};
use onrecord_span::{Span, Text};
use serde_json::{Value, json};
use std::io;

/// Characters of the text before and after a statement that help to find it again.
const AROUND: usize = 32;

/// Writes a statement as one JSON object, without a line break: a body for who said it and in what circumstances, tags for
/// form, act, kind of source and terms; a target for each part, by its words and by the bytes of the page.
pub fn write_web_annotation<W: io::Write>(document: &Document, statement: &Statement, out: W) -> io::Result<()> {
    write_escaped(out, &annotation(document, statement), false)
}

fn annotation(document: &Document, statement: &Statement) -> Value {
    let page = format!("urn:sha256:{}", document.capture().hash);
    let url = document.fields.url.as_ref().map(|url| url.value.as_str()).or(document.capture().url.as_deref());
    let details = speaker(document, statement)
        .into_iter()
        .chain(circumstances(document, statement))
        .collect::<Vec<_>>()
        .join(" · ");
    let mut body = Vec::new();
    if !details.is_empty() {
        body.push(json!({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": details}));
    }
    let sourcing = &statement.sourcing;
    let tags = [statement.form.name(), statement.act.name(), sourcing.kind.name(), sourcing.terms.name()];
    body.extend(tags.map(|tag| json!({"type": "TextualBody", "purpose": "tagging", "value": tag})));
    let target: Vec<Value> = statement
        .content
        .iter()
        .map(|part| json!({"source": url.unwrap_or(&page), "selector": selectors(document, *part)}))
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("{page}:{}", statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": target,
    })
}

/// Two ways to the same stretch of the page. By bytes it goes from the first to the last, with the markup between them.
fn selectors(document: &Document, part: Span<Text>) -> Vec<Value> {
    let text = document.text();
    let mut selectors = Vec::new();
    // A headline may stand outside the text that is searched for its surroundings.
    let (before, after) = (text.get(..part.start()).unwrap_or(""), text.get(part.end()..).unwrap_or(""));
    let prefix = before.char_indices().rev().nth(AROUND - 1).map_or(before, |(at, _)| &before[at..]);
    let suffix = after.char_indices().nth(AROUND).map_or(after, |(at, _)| &after[..at]);
    selectors
        .push(json!({"type": "TextQuoteSelector", "exact": document.words(part), "prefix": prefix, "suffix": suffix}));
    let bytes = document.evidence(part);
    if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
        selectors.push(json!({"type": "DataPositionSelector", "start": first.start(), "end": last.end()}));
    }
    selectors
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::{Capture, Media, Stage};
    use onrecord_span::PageBytes;

    #[test]
    fn a_statement_points_at_its_words_and_bytes() {
        let page = "The ferry sank.\n\n“We heard a bang,” said Tomas Adler, the harbour master.\n";
        let capture = Capture::new("a.txt", PageBytes::new(page.as_bytes().to_vec()).unwrap(), Media::Text);
        let document = onrecord_reader::read(&capture, Stage::Facts);
        let statement = &document.statements()[0];
        let annotation = annotation(&document, statement);
        assert!(annotation["body"][0]["value"].as_str().unwrap().starts_with("Tomas Adler"));
        assert_eq!(annotation["body"][1]["value"], "direct");
        let selectors = &annotation["target"][0]["selector"];
        let exact = selectors[0]["exact"].as_str().unwrap();
        assert!(exact.contains("We heard a bang"), "{exact}");
        let (start, end) = (selectors[1]["start"].as_u64().unwrap(), selectors[1]["end"].as_u64().unwrap());
        assert_eq!(&page.as_bytes()[start as usize..end as usize], exact.as_bytes());
        let around =
            format!("{}{exact}{}", selectors[0]["prefix"].as_str().unwrap(), selectors[0]["suffix"].as_str().unwrap());
        assert!(document.text().contains(&around));
    }
}
