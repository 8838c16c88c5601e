//! Pages that say what went wrong and what would help.

use super::layout::{Layout, Part};
use crate::call::Foot;
use crate::server::Response;
use maud::{Markup, html};
use onrecord_archive::Error;

/// An error.
pub(crate) fn response(status: u16, title: &str, words: &str) -> Response {
    Response::html(status, page(title, words))
}

/// A page with one message.
fn page(title: &str, words: &str) -> Markup {
    Layout::new(title, Part::None, &Foot::default()).page(html! {
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
                @if was_wrong { "That is not the token. " }
                "Enter the token that it was started with (" code { "--token" } ")."
            }
            form class="ask" action="/" method="get" {
                label class="vh" for="token" { "Token" }
                input id="token" name="token" type="password" autocomplete="current-password" required;
                button class="btn btn-main" { "Open" }
            }
        }
    })
}

/// The status, title and words of an error of the archive.
pub(crate) fn of(error: &Error) -> (u16, &'static str, String) {
    let (status, title, help) = match error {
        Error::Absent(_) => (
            503,
            "The archive is gone",
            "It was moved or deleted while the desk was open. Once it is back, the desk finds it again.",
        ),
        Error::Foreign(_) => (503, "This is not an archive any more", "Something else is in its place."),
        Error::Newer { .. } => (503, "The archive is newer than this desk", "Start the desk of that version."),
        Error::Older { .. } => {
            (503, "The archive has an older format", "Start a desk that may write to it, and it is brought up to date.")
        }
        Error::Busy { .. } => (503, "The archive is being written to", "Try again when that is done."),
        Error::ReadOnly(_) => (403, "This archive is read-only", "Nothing was changed."),
        Error::Full(_) => (507, "The disk is full", "All that was stored before is safe."),
        Error::Damaged(_) => (500, "A part of the archive is damaged", "Everything else can still be read."),
        Error::Unknown(_) => (404, "There is no such thing here", ""),
        Error::Io(..) | Error::Database(_) => (500, "The archive could not be read", "Try again."),
        Error::Follower { .. } => (503, "The search index can’t be used", "Articles can still be opened."),
    };
    let words = format!("{error}. {help}");
    (status, title, words.trim_end().to_owned())
}
