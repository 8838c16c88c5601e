//! Intake under way, and what became of it.

use super::parts::layout::{Layout, Part};
use super::parts::{self, error};
use crate::acts::adding::Progress;
use crate::call::{Call, Foot};
use crate::failure::{Answer, Failure};
use crate::server::{Payload, Response};
use maud::{Markup, html};
use onrecord_views::words;
use std::mem;

/// Seconds between looks, where there is no script.
const AGAIN: u32 = 2;

/// `/adding`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    Ok(Response::html(200, list(&call.desk.intakes.all(), &call.foot())))
}

/// `/adding/{number}`
pub(super) fn progress(call: &mut Call<'_>) -> Answer {
    let unknown = || Failure::NotFound("The desk knows of no such import since it was started.".to_owned());
    let number = call.request.param(0).parse().ok();
    let progress = number.and_then(|number| call.desk.intakes.progress(number)).ok_or_else(unknown)?;
    Ok(Response::html(200, page(&progress, &call.foot())))
}

/// `POST /add`
pub(super) fn add(call: &mut Call<'_>) -> Answer {
    let Payload::Files(files) = mem::replace(&mut call.request.payload, Payload::None) else {
        return Err(Failure::Misused("Files are sent as a form with a field for files.".to_owned()));
    };
    if files.is_empty() {
        return Ok(error::response(400, "Nothing was added", "No file was chosen."));
    }
    let number = call.desk.intakes.begin(&call.desk.writing, files);
    Ok(Response::see(format!("/adding/{number}")))
}

fn page(progress: &Progress, foot: &Foot) -> Markup {
    let title = match (progress.ended, &progress.failed) {
        (false, _) => "Reading",
        (true, None) => "Read",
        (true, Some(_)) => "Not everything was read",
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
        (
            progress.versions,
            "new version of an article that was already here",
            "new versions of articles that were already here",
        ),
        (progress.known, "page that was already here", "pages that were already here"),
        (
            progress.taken_down,
            "page that was taken down before and was not added again",
            "pages that were taken down before and were not added again",
        ),
        (progress.unread, "page that could not be read", "pages that could not be read"),
    ];
    html! {
        ul class="told" {
            @for (count, one, many) in parts { @if count > 0 { li { b { (words::number(count)) } " " (if count == 1 { one } else { many }) } } }
            @if progress.ended && progress.pages == 0 { li { "It held no pages." } }
        }
    }
}

/// Everything that was added since the desk was opened, and a place to add more.
fn list(all: &[Progress], foot: &Foot) -> Markup {
    Layout::new("Add", Part::None, foot).page(html! {
        section class="only adding" {
            h1 class="title" { "Add" }
            (parts::drop_zone("f1"))
            @if !all.is_empty() {
                h2 class="sec" { "Since the desk was started" }
                ol class="feed wide" {
                    @for progress in all { li { a href={ "/adding/" (progress.number) } { (names(progress)) } span { (words::counted(progress.pages, "page")) @if !progress.ended { ", under way" } } } }
                }
            }
        }
    })
}
