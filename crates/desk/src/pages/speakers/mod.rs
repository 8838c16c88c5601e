//! Everybody who speaks.

pub(super) mod speaker;

use super::parts::layout::{LIST_KEYS, Layout, Part};
use crate::call::{Call, Foot};
use crate::failure::Answer;
use crate::links::with_query;
use crate::readers::Reader;
use crate::server::Response;
use crate::{links, params, tables};
use maud::{Markup, html};
use onrecord_views::speakers::{PAGE, Speakers};
use onrecord_views::words;
use std::io::Write;
use std::sync::Arc;

/// `/speakers`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    let beginning = call.request.asked("beginning").unwrap_or_default();
    let from = params::number(call.request.asked("from"));
    let speakers = Speakers::of(&call.counted, beginning, from, PAGE);
    Ok(Response::html(200, page(&speakers, &call.foot())))
}

/// `/speakers.csv`
pub(super) fn table(call: &mut Call<'_>) -> Answer {
    let counted = Arc::clone(&call.counted);
    call.streamed_csv("speakers", move |_: &mut Reader, out: &mut dyn Write| {
        tables::speakers(Speakers::all(&counted), out)
    })
}

fn page(speakers: &Speakers, foot: &Foot) -> Markup {
    let layout = Layout { is_first: true, keys: LIST_KEYS, ..Layout::new("Speakers", Part::Speakers, foot) };
    let most = speakers.speakers.iter().map(|speaker| speaker.statements).max().unwrap_or(1).max(1);
    let beginning = speakers.beginning.as_str();
    layout.page(html! {
        header class="spk-head" {
            div {
                h1 class="title" { "Speakers" }
                p class="lede" {
                    @match (speakers.total, beginning) {
                        (0, "") => "Nobody speaks in this archive yet.",
                        (0, _) => { "No speaker’s name has a word that begins with “" (beginning) "”." }
                        (total, "") => { b { (words::number(total)) } " people, organisations and groups to whom articles attribute statements, most first." }
                        (total, _) => { b { (words::number(total)) } " whose name has a word that begins with “" (beginning) "”." }
                    }
                }
            }
        }
        div class="toolbar" {
            form class="find" action="/speakers" role="search" aria-label="Speakers" {
                label for="b" { "Name begins with" }
                input id="b" name="beginning" type="search" value=(beginning) autocomplete="off" spellcheck="false";
                button class="btn" { "Find" }
            }
            span class="push" { a class="btn" href="/speakers.csv" download { "CSV" } }
        }
        @if !speakers.speakers.is_empty() {
            div class="scrollx" tabindex="0" role="region" aria-label="Speakers" { table class="index" {
                thead { tr {
                    th scope="col" { "Name" } th scope="col" class="num" { "Statements" } th scope="col" { span class="vh" { "Share" } }
                    th scope="col" class="num" { "Articles" } th scope="col" { "Outlets" } th scope="col" { "From – to" }
                } }
                tbody { @for speaker in &speakers.speakers {
                    tr {
                        th scope="row" { a class="name" href=(links::speaker(&speaker.name)) { bdi { (speaker.name) } } }
                        td class="num" { (words::number(speaker.statements)) }
                        td { svg class="mini" viewBox="0 0 88 10" aria-hidden="true" { rect class="c-named" x="0.5" y=".5" width=(format!("{:.1}", 87.0 * speaker.statements as f64 / most as f64)) height="9" {} } }
                        td class="num" { (words::number(speaker.articles)) }
                        td { (speaker.outlets.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ")) @if speaker.outlets.len() > 3 { " and " (speaker.outlets.len() - 3) " more" } }
                        td class="days-cell" { (speaker.days()) }
                    }
                } }
            } }
        }
        p class="pager" {
            span class="caption" {
                @if !speakers.speakers.is_empty() { (words::number(speakers.from as u64 + 1)) "–" (words::number((speakers.from + speakers.speakers.len()) as u64)) " of " (words::number(speakers.total)) }
            }
            @if let Some(next) = speakers.next {
                a class="btn" rel="next" href=(with_query("/speakers", [("beginning", beginning), ("from", next.to_string().as_str())])) { "Next " (onrecord_views::speakers::PAGE) }
            }
        }
    })
}
