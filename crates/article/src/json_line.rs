//! Reads a line of JSON: an article's text and what is known about it.

use crate::evidence::{stated, unwritten};
use crate::json::{self, Json};
use crate::{dates, text};
use onrecord_document::{Basis, BlockKind, Capture, Document, Draft, Note, Stage};
use onrecord_span::{Traced, Utf8};

/// Reads a capture whose bytes are one object `{"text", "headline"?, "published"?, "url"?, "site"?}`.
///
/// The document's `text` equals the value of "text"; a headline becomes a block in `rest`. Any other line becomes an
/// empty document with a note.
pub(crate) fn read(capture: &Capture) -> Document {
    with_object(capture, |object| read_object(capture, object))
}

/// Reads only the value of "text", as one block.
pub(crate) fn read_alone(capture: &Capture) -> Document {
    with_object(capture, |object| {
        let body = object.get("text").and_then(Json::string)?.traced();
        Some(text::one_block(body).finish(capture.clone(), &Utf8))
    })
}

fn with_object(capture: &Capture, read: impl FnOnce(&Json<'_>) -> Option<Document>) -> Document {
    let Ok(source) = std::str::from_utf8(capture.page.as_bytes()) else { return unreadable(capture) };
    let parsed = json::parse(source, 0..source.len());
    parsed.values.first().and_then(read).unwrap_or_else(|| unreadable(capture))
}

fn read_object(capture: &Capture, object: &Json<'_>) -> Option<Document> {
    let words = |name: &str| object.get(name).and_then(Json::string).map(|words| words.traced());
    let body = words("text")?;

    let state = |words: &Traced| stated(words, &capture.page, &Utf8);
    let mut draft = text::read_words(body, &Utf8, capture);
    if let Some(headline) = words("headline").map(|words| words.fold_space()).filter(|words| !words.is_empty()) {
        draft.fields.headline = Some(state(&headline));
        draft.push(BlockKind::Headline, headline, Vec::new());
    }
    if let Some(published) = words("published") {
        let published = state(&published);
        draft.fields.published = dates::parse(&published.value).map(|moment| published.map(|_| moment));
    }
    draft.fields.site = words("site").map(|words| state(&words)).or(draft.fields.site);
    draft.fields.url = match words("url") {
        Some(url) => Some(state(&url)),
        None => capture.url.clone().map(|url| unwritten(url, Basis::Header)),
    };
    Some(draft.finish(capture.clone(), &Utf8))
}

fn unreadable(capture: &Capture) -> Document {
    let mut draft = Draft::new();
    draft.notes.push(Note::new(Stage::Article, "invalid_json", "the line is no JSON object with a \"text\""));
    draft.finish(capture.clone(), &Utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::Media;
    use onrecord_span::PageBytes;

    fn line(json: &str) -> Document {
        read(&Capture::new("a#1", PageBytes::new(json.into()).unwrap(), Media::JsonLine))
    }

    #[test]
    fn a_line_is_its_text_with_a_headline_in_the_rest() {
        let json = r#"{"headline": "Ferry sinks", "text": "“It sank,” she said.\nSix caf\u00e9s closed.", "published": "2026-03-09"}"#;
        let document = line(json);
        assert_eq!(document.text(), "“It sank,” she said.\nSix cafés closed.");
        assert_eq!(document.rest(), "Ferry sinks");
        assert_eq!(document.fields.published.as_ref().unwrap().value.to_string(), "2026-03-09");
        let cafes = document.text().find("cafés").unwrap();
        let bytes = document.evidence(document.span(cafes..cafes + 6).unwrap());
        assert_eq!(document.capture().page.slice(bytes[0]), br"caf\u00e9s");
    }

    #[test]
    fn a_line_without_text_says_so() {
        assert_eq!(line("{}").notes[0].code, "invalid_json");
        assert_eq!(line("[1, 2").notes[0].code, "invalid_json");
    }
}
