//! Pages that say what went wrong and what would help.

use super::layout::{Foot, Layout, Part};
use crate::server::Response;
use crate::words;
use maud::{Markup, html};
use onrecord_archive::Error;
use onrecord_search::query::QueryError;

/// An error, as a page or as a problem of RFC 9457.
pub(crate) fn response(wants_json: bool, status: u16, title: &str, words: &str) -> Response {
    if wants_json {
        let problem = serde_json::json!({ "type": "about:blank", "title": title, "status": status, "detail": words });
        return Response::new(status, "application/problem+json", problem.to_string());
    }
    Response::html(status, page(title, html! { (words) }, &Foot::default()))
}

/// A query that can't be understood, as a problem that tells where.
pub(crate) fn query(query: &str, wrong: &QueryError) -> Response {
    let characters = |byte: usize| query.get(..byte).map_or(0, |before| before.chars().count());
    let problem = serde_json::json!({
        "type": "about:blank",
        "title": "This search can’t be read",
        "status": 400,
        "detail": format!("{}.", words::capital(&wrong.to_string())),
        "query": query,
        "characters": [characters(wrong.bytes.start), characters(wrong.bytes.end)],
    });
    Response::new(400, "application/problem+json", problem.to_string())
}

/// A page with one message.
pub(crate) fn page(title: &str, words: Markup, foot: &Foot) -> Markup {
    Layout::new(title, Part::None, foot).page(html! {
        section class="only" {
            h1 class="title" { (title) }
            p class="lede" { (words) }
            p { a class="btn" href="/" { "To the front page" } }
        }
    })
}

/// Asks for the token.
pub(crate) fn locked(was_wrong: bool) -> Markup {
    Layout { seek: false, ..Layout::new("This desk is locked", Part::None, &Foot::default()) }.page(html! {
        section class="only" {
            h1 class="title" { "This desk is locked" }
            p class="lede" {
                @if was_wrong { "That is not the word. " }
                "Whoever started it gave it a word with " code { "--token" } "."
            }
            form class="ask" action="/" method="get" {
                label class="vh" for="token" { "Token" }
                input id="token" name="token" type="password" autocomplete="current-password" required;
                button class="btn btn-main" { "Open" }
            }
        }
    })
}

/// What an error of the archive is answered with.
pub(crate) fn of(wants_json: bool, error: &Error) -> Response {
    let (status, title, help) = match error {
        Error::Absent(_) => (
            503,
            "The archive is gone",
            "It was moved or deleted while the desk was open. Put back, it is found again; nothing else need be done.",
        ),
        Error::Foreign(_) => (503, "This is no archive any more", "Something else lies where it was."),
        Error::Newer { .. } => (503, "The archive is newer than this desk", "Start the desk of that version."),
        Error::Older { .. } => (503, "The archive has an older format", "Start the desk where it may write to it."),
        Error::Busy { .. } => (503, "The archive is being written to", "Try again when that has ended."),
        Error::ReadOnly(_) => (403, "This archive may only be read", "Nothing was changed."),
        Error::Full(_) => (507, "The disk is full", "All that was stored before is safe."),
        Error::Damaged(_) => (500, "A part of the archive is damaged", "Everything else can still be read."),
        Error::Unknown(_) => (404, "There is no such thing here", ""),
        Error::Io(..) | Error::Database(_) => (500, "The archive could not be read", "Try again."),
        Error::Follower { .. } => (503, "The search index can’t be used", "Articles can still be opened."),
    };
    let words = format!("{error}. {help}");
    response(wants_json, status, title, words.trim_end())
}
