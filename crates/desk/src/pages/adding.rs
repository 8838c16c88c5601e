//! Intake under way, and what became of it.

use super::layout::{Foot, Layout, Part};
use super::parts;
use crate::acts::adding::Progress;
use crate::words;
use maud::{Markup, html};

/// Seconds between looks, where there is no script.
const AGAIN: u32 = 2;

pub(crate) fn page(progress: &Progress, foot: &Foot) -> Markup {
    let title = match (progress.ended, &progress.failed) {
        (false, _) => "Reading",
        (true, None) => "Read",
        (true, Some(_)) => "Not all was read",
    };
    let again = (!progress.ended).then_some(AGAIN);
    Layout { again, ..Layout::new(title, Part::None, foot) }.page(html! {
        section class="only adding" {
            p class="crumb" { a href="/adding" { "Everything that was added here" } }
            h1 class="title" { (title) " " (names(progress)) }
            (bar(progress))
            (told(progress))
            @if let Some(reason) = &progress.failed { p class="wrong" role="alert" { (reason) ". All that was stored before is safe; adding the files again goes on from there." } }
            @if progress.ended { p { a class="btn btn-main" href="/" { "To the front page" } } }
            @if !progress.remarks.is_empty() {
                h2 class="sec" { "Remarks" }
                table class="remarks" { tbody { @for (name, reason) in &progress.remarks { tr { th scope="row" { bdi { (name) } } td { (reason) } } } } }
                @if progress.more_remarks > 0 { p class="caption" { (words::number(progress.more_remarks)) " more" } }
            }
        }
    })
}

fn names(progress: &Progress) -> String {
    match progress.names.as_slice() {
        [name] => words::shortened(name, 60),
        names => words::counted(names.len() as u64, "file"),
    }
}

fn bar(progress: &Progress) -> Markup {
    html! {
        @if !progress.ended {
            p class="busy" role="status" {
                progress max="100" value=(format!("{:.0}", 100.0 * progress.done)) aria-label="How far it is" {}
                span { "Reading " (words::counted(progress.pages, "page")) @if let Some(left) = progress.seconds_left { ", " (left) " s left" } }
            }
            @if !progress.latest.is_empty() { p class="caption path" { bdi { (progress.latest) } } }
        }
    }
}

fn told(progress: &Progress) -> Markup {
    let parts = [
        (progress.new, "new article", "new articles"),
        (progress.versions, "new version of an article that was here", "new versions of articles that were here"),
        (progress.known, "page that was here already", "pages that were here already"),
        (
            progress.taken_down,
            "page that was taken down before, and is not taken in again",
            "pages that were taken down before, and are not taken in again",
        ),
        (progress.unread, "page that could not be read", "pages that could not be read"),
    ];
    html! {
        ul class="told" {
            @for (count, one, many) in parts { @if count > 0 { li { b { (words::number(count)) } " " (if count == 1 { one } else { many }) } } }
            @if progress.ended && progress.pages == 0 { li { "There was no page in it." } }
        }
    }
}

/// Everything that was added since the desk was opened, and a place to add more.
pub(crate) fn list(all: &[Progress], foot: &Foot) -> Markup {
    Layout::new("Add", Part::None, foot).page(html! {
        section class="only adding" {
            h1 class="title" { "Add" }
            (parts::drop_zone("f1"))
            @if !all.is_empty() {
                h2 class="sec" { "Since the desk was opened" }
                ol class="feed wide" {
                    @for progress in all { li { a href={ "/adding/" (progress.number) } { (names(progress)) } span { (words::counted(progress.pages, "page")) @if !progress.ended { ", under way" } } } }
                }
            }
        }
    })
}
