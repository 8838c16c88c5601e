//! Everything that people wrote.

use super::article;
use super::parts::layout::{Layout, Part};
use crate::acts::{self, Correction};
use crate::call::{Call, Foot, csv};
use crate::failure::Answer;
use crate::server::Response;
use crate::{links, tables};
use maud::{Markup, html};
use onrecord_views::corrections::CorrectionView;
use onrecord_views::words;

/// `/corrections`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    let all = CorrectionView::all(call.reader.archive(), false)?;
    Ok(Response::html(200, page(&all, &call.foot())))
}

/// `/corrections.csv`
pub(super) fn table(call: &mut Call<'_>) -> Answer {
    let all = CorrectionView::all(call.reader.archive(), false)?;
    csv("corrections", |out| tables::written(&all, out))
}

/// `POST /corrections`
pub(super) fn correct(call: &mut Call<'_>) -> Answer {
    let field = |name: &str| call.request.field(name).map(str::trim).unwrap_or_default().to_owned();
    let correction = Correction {
        kind: field("verdict"),
        value: field("value"),
        author: field("author"),
        article: field("article"),
        statement: field("statement"),
        number: field("number").parse().unwrap_or(0),
        speaker: field("speaker"),
    };
    // A verdict that is given again is taken back.
    let done = acts::written(call.reader.archive(), &call.desk.writing, &correction, true)?;
    Ok(Response::see(done.place))
}

/// `POST /corrections/undo`
pub(super) fn undo(call: &mut Call<'_>) -> Answer {
    let field = |name: &str| call.request.field(name).map(str::trim).unwrap_or_default();
    acts::undone(call.reader.archive(), &call.desk.writing, field("id"))?;
    let (article, speaker) = (field("article"), field("speaker"));
    Ok(Response::see(match field("number").parse::<usize>() {
        Ok(number) if !article.is_empty() => links::statement(&call.listed(article)?.key.to_string(), number),
        _ if !article.is_empty() => links::article(&call.listed(article)?.key.to_string()),
        _ if !speaker.is_empty() => links::speaker(speaker),
        _ => "/corrections".to_owned(),
    }))
}

fn page(all: &[CorrectionView], foot: &Foot) -> Markup {
    let layout = Layout { is_first: true, ..Layout::new("Corrections", Part::Corrections, foot) };
    layout.page(html! {
        header class="ev-head" {
            h1 class="title" { "Corrections, tags and notes" }
            p class="lede" {
                @match all.len() {
                    0 => "Nothing yet. Open a statement in the margin of an article to mark it as read right or wrong, to correct its speaker, or to write a note.",
                    _ => "What people added to what was read, latest first. Each entry is anchored to the page’s bytes and words, so that it survives a better reader; one that no longer fits is shown as orphaned.",
                }
            }
        }
        @if !all.is_empty() {
            div class="toolbar" { span { b { (words::number(all.len() as u64)) } } span class="push" { a class="btn" href="/corrections.csv" download { "CSV" } } }
            div class="scrollx" tabindex="0" role="region" aria-label="Corrections" { table class="index" {
                thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "On" } th scope="col" { "Article" } th scope="col" { span class="vh" { "Undo" } } } }
                tbody { @for written in all { tr {
                    td { (words::moment(&written.made)) @if !written.author.is_empty() { br; span class="caption" { (written.author) } } }
                    td { b { (written.kind.replace('_', " ")) } @if !written.value.is_empty() { ": " bdi { (words::shortened(&written.value, 160)) } } @if written.orphaned { br; span class="caption" { "orphaned: no longer read this way" } } }
                    td class="serif" { bdi { (words::shortened(&written.words, 120)) } }
                    td { @match &written.article {
                        Some(article) => { a href=(match written.statement { Some(number) => links::statement(&article.key, number), None => links::article(&article.key) }) { bdi { (article.title()) } } br; span class="caption" { (article.imprint()) } }
                        None => span class="caption" { "page " (written.page.get(..12).unwrap_or_default()) ", no longer here" },
                    } }
                    td { (article::undo("", written, None, "Undo")) }
                } } }
            } }
        }
    })
}
