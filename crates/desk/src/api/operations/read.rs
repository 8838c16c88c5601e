//! Reading a page that was sent, without keeping it.

use crate::api::answer::{self, LAYERS};
use crate::api::operation::{Operation, Sent, Takes, get, json, query};
use crate::call::{Call, HttpMethod};
use crate::failure::{Answer, Failure};
use crate::server::Payload;
use onrecord_document::{LayerKind, Stage};
use onrecord_intake::{Input, Intake, Item, Options};
use onrecord_reader::{ARTICLE, FACTS, LANGUAGE, LoadedModel, Wanted, read_with};
use onrecord_record::{Line, Producers};
use std::io::Cursor;

pub(crate) const READ: Operation = Operation {
    verb: HttpMethod::Post,
    body: Some(Sent::Page),
    queries: &[
        query("url", Takes::Text, "the address that it was fetched from"),
        query("input", Takes::OneOf(&["auto", "html", "text"]), "what it is; told from its content by default"),
        query("until", Takes::OneOf(&["article", "language", "facts"]), "the last stage; facts by default"),
        LAYERS,
    ],
    ..get(
        "/read",
        "read",
        "Reads a page without storing it: the line that `onrecord read` prints.",
        json::<Line<'static>>(),
        read,
    )
};

/// Reads the page in the body. What can't be read gets its line too, with a note that says why.
fn read(call: &mut Call<'_>) -> Answer {
    let request = &call.request;
    let bytes = match &request.payload {
        Payload::Bytes(bytes) => bytes.clone(),
        Payload::None => Default::default(),
        Payload::Form(_) | Payload::Files(_) => {
            let words = "A page is sent as it is, with its own media type: text/html, say.";
            return Err(Failure::Misused(words.to_owned()));
        }
    };
    let show = answer::layers(request)?;
    let kind = request.header("content-type").unwrap_or_default();
    let (media, rest) = kind.split_once(';').unwrap_or((kind, ""));
    let input = match (request.asked("input"), media.trim()) {
        (Some("html"), _) => Input::Html,
        (Some("text"), _) => Input::Text,
        (Some(_), _) => Input::Auto,
        (None, "text/html" | "application/xhtml+xml") => Input::Html,
        (None, "text/plain") => Input::Text,
        (None, _) => Input::Auto,
    };
    let until = match request.asked("until") {
        Some("article") => Stage::Article,
        Some("language") => Stage::Language,
        _ => Stage::Facts,
    };
    let wanted =
        Wanted { until, tokens: show.shows(LayerKind::Tokens) || show.shows(LayerKind::Entities), model: None };
    let language = if wanted.tokens { LoadedModel::english().version() } else { LANGUAGE.version };
    let producers = Producers {
        article: Some(ARTICLE.version),
        language: (until >= Stage::Language).then_some(language),
        facts: (until >= Stage::Facts).then_some(FACTS.version),
    };
    let mut intake = Intake::of_reader("-", Cursor::new(bytes), Options { input, ..Options::default() });
    let first = intake.next();
    if intake.next().is_some() {
        let words =
            "This holds several pages. POST /api/v1/adding reads them into the archive; `onrecord read` prints them.";
        return Err(Failure::Misused(words.to_owned()));
    }
    match first {
        Some(Item::Capture(mut capture)) => {
            if let Some(url) = request.asked("url") {
                capture.url = Some(url.to_owned());
            }
            if capture.charset.is_none() {
                capture.charset = charset(rest);
            }
            let document = read_with(&capture, &wanted);
            answer::json(200, &Line::of(&document, &show, &producers))
        }
        Some(Item::Unreadable(unreadable)) => {
            answer::json(200, &Line::unreadable(&unreadable.id, &unreadable.note, unreadable.bytes))
        }
        None => Err(Failure::Misused("Nothing in it is a page.".to_owned())),
    }
}

/// The charset among the parameters of a media type.
fn charset(parameters: &str) -> Option<String> {
    let named = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let mut charsets = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charsets.next().map(|(_, value)| value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::charset;

    #[test]
    fn a_charset_is_taken_from_the_media_type() {
        assert_eq!(charset(" Charset=\"windows-1251\"; x=y"), Some("windows-1251".to_owned()));
        assert_eq!(charset(" boundary=x"), None);
        assert_eq!(charset(" charset="), None);
    }
}
