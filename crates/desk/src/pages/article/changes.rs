//! What changed between two versions.

use crate::call::{Call, Foot};
use crate::failure::Answer;
use crate::links;
use crate::pages::parts::layout::{Layout, Part};
use crate::server::Response;
use maud::{Markup, html};
use onrecord_views::article::Article;
use onrecord_views::article::Version;
use onrecord_views::article::changes::{Changes, Fate, Stretch};
use onrecord_views::words;

/// The section at the end of an article.
pub(super) fn section(changes: &Changes, versions: &[Version]) -> Markup {
    html! {
        section class="art-end" id="versions" aria-labelledby="versions-h" {
            h2 class="sec" id="versions-h" { "Versions" }
            (list(changes, versions))
            div class="diff" lang=[changes.article.language.as_deref()] {
                p class="caption" { (summary(changes)) }
                @for paragraph in changes.paragraphs.iter().filter(|paragraph| paragraph.iter().any(|stretch| stretch.fate != Fate::Stayed)) {
                    p dir="auto" { (stretches(paragraph)) }
                }
                @if !changes.has_changes() { p { "The words are the same; the page around them changed." } }
            }
            p class="caption" { a href=(address(changes)) { "The whole article with its changes" } }
        }
    }
}

fn address(changes: &Changes) -> String {
    format!("/changes/{}/{}", changes.before.key, changes.after.key)
}

/// All versions, each with a way to see it and to compare it with the one before.
fn list(changes: &Changes, versions: &[Version]) -> Markup {
    html! {
        ol class="versions" {
            @for (nth, version) in versions.iter().enumerate() {
                li {
                    b { (nth + 1) } " "
                    @let seen = if version.seen.is_empty() { &version.added } else { &version.seen };
                    @if version.this { span aria-current="true" { (words::moment(seen)) ", this one" } }
                    @else { a href=(links::article(&version.key)) { (words::moment(seen)) } }
                    @if nth > 0 {
                        @let before = &versions[nth - 1];
                        @let is_shown = before.key == changes.before.key && version.key == changes.after.key;
                        @if !is_shown { ", " a href={ "/changes/" (before.key) "/" (version.key) } { "what changed" } }
                    }
                }
            }
        }
    }
}

fn summary(changes: &Changes) -> String {
    let touched =
        changes.paragraphs.iter().filter(|paragraph| paragraph.iter().any(|s| s.fate != Fate::Stayed)).count();
    format!(
        "{} to {}. {} in, {} out, {} touched.",
        words::moment(&changes.before.seen),
        words::moment(&changes.after.seen),
        words::counted(changes.words_in, "word"),
        words::counted(changes.words_out, "word"),
        words::counted(touched as u64, "paragraph")
    )
}

fn stretches(paragraph: &[Stretch]) -> Markup {
    html! {
        @for stretch in paragraph {
            @match stretch.fate {
                Fate::Stayed => (stretch.words),
                Fate::Went => del { (stretch.words) },
                Fate::Came => ins { (stretch.words) },
            }
        }
    }
}

/// The whole article with its changes.
/// `/changes/{article}/{later}`
pub(in crate::pages) fn show(call: &mut Call<'_>) -> Answer {
    let (before, after) = (call.listed(call.request.param(0))?, call.listed(call.request.param(1))?);
    let archive = call.reader.archive();
    let changes = Changes::of(archive, &before, &after)?;
    let article = Article::of(archive, &after)?;
    Ok(Response::html(200, page(&changes, &article.versions, &call.foot())))
}

fn page(changes: &Changes, versions: &[Version], foot: &Foot) -> Markup {
    let title = format!("What changed | {}", words::shortened(changes.article.title(), 60));
    Layout::new(&title, Part::None, foot).page(html! {
        header class="ev-head" {
            p class="crumb" { a href=(links::article(&changes.after.key)) { "“" bdi { (changes.article.title()) } "”" } @let imprint = changes.article.imprint(); @if !imprint.is_empty() { ", " (imprint) } }
            h1 class="title" { "What changed" }
            p class="lede" { (summary(changes)) " Headline, standfirst, captions and body in the order of the page; furniture left out." }
        }
        (list(changes, versions))
        div class="diff diff-whole" lang=[changes.article.language.as_deref()] {
            @for (nth, paragraph) in changes.paragraphs.iter().enumerate() {
                p dir="auto" class=(if nth == 0 { "t" } else { "" }) { (stretches(paragraph)) }
            }
        }
        p class="legend" { ins { "came" } " " del { "went" } }
    })
}
