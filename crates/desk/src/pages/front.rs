//! The front page.

use super::parts::layout::{FRONT_KEYS, Layout, Part};
use super::parts::{self, Texture};
use crate::call::{Call, Foot};
use crate::failure::Answer;
use crate::links;
use crate::server::Response;
use maud::{Markup, PreEscaped, html};
use onrecord_views::front::{Day, Front, Section, Story};
use onrecord_views::search::condition;
use onrecord_views::words;

/// `/`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    let before = call.request.asked("before");
    let front = call.desk.fronts.of(call.reader.archive(), &call.counted, before)?;
    Ok(Response::html(200, page(&front, &call.foot())))
}

fn page(front: &Front, foot: &Foot) -> Markup {
    let layout = Layout { is_first: true, keys: FRONT_KEYS, seek: false, ..Layout::new("Onrecord", Part::Front, foot) };
    if front.articles == 0 {
        return Layout { seek: false, ..layout }.page(empty());
    }
    layout.page(html! {
        div class="front-top" {
            h1 { "Who said what, on whose authority" }
            (parts::ask("", &[], false, html! {
                p class="hint" {
                    span { "For example" }
                    @for query in &front.examples { " " a href=(links::search(query)) { (query) } }
                }
            }))
            details class="lang" { summary { "The whole language, on one page" } (parts::lingo()) }
        }
        (days(front))
        div class="front" {
            div { @for (nth, section) in front.sections.iter().enumerate() { (day(section, nth == 0)) } }
            aside class="side" aria-label="The archive" { (side(front)) }
        }
    })
}

fn empty() -> Markup {
    html! {
        div class="empty" {
            section aria-labelledby="e-h" {
                h1 class="title" id="e-h" { "Nothing has been read yet" }
                p class="lede" {
                    "Add some news pages to this archive. It keeps them as they are, finds the articles in them, and records "
                    "who said what and on whose authority."
                }
                (parts::drop_zone("f2"))
                dl class="ways" {
                    div { dt { "From the command line" } dd { pre tabindex="0" { code { "onrecord add pages/ crawl.warc.gz" } } } }
                    div { dt { "With the articles that come with Onrecord" } dd { pre tabindex="0" { code { "onrecord desk examples/" } } } }
                }
            }
            figure class="specimen" {
                figcaption { "What you will see" }
                p class="serif" {
                    span class="st st-direct" { "“Nobody told us the radar was off,”" }
                    " " span class="st-n" { "1" } " said a member of the crew on condition of anonymity."
                }
                div class="note" {
                    span class="note-n" { "1" }
                    p class="who" { span class="name name-unnamed" { "a member of the crew" } }
                    p class="facts" {
                        span class="badge" { (parts::swatch(Texture::Person)) "Unnamed person" }
                        span class="flag" { "Anonymity" } span { "1 source" }
                    }
                }
            }
        }
    }
}

/// The bars of articles a day; drawn wide and narrow, so that type stays one size.
fn days(front: &Front) -> Markup {
    let (Some(first), Some(last)) = (front.days.first(), front.days.last()) else { return html! {} };
    const NARROW: usize = 10;
    let narrow = &front.days[front.days.len().saturating_sub(NARROW)..];
    html! {
        nav class="days" aria-label="Days" {
            p { b { (words::days(&first.day, &last.day)) } br; span class="caption" { "articles a day, days with any" } }
            div { (bars(&front.days, 960.0, "on-wide")) (bars(narrow, 354.0, "on-narrow")) }
            p {
                @if front.has_earlier { a href=(links::with_query("/", [("before", first.day.as_str())])) { "Earlier" } }
            }
        }
    }
}

fn bars(days: &[Day], width: f64, class: &str) -> Markup {
    const TALL: f64 = 44.0;
    const MOST_WIDE: f64 = 48.0;
    let most = days.iter().map(|day| day.articles).max().unwrap_or(1).max(1);
    let step = (width / days.len().max(1) as f64).min(MOST_WIDE * 1.5);
    html! {
        svg class={ "plot " (class) } viewBox={ "0 0 " (width) " 66" } role="group" aria-label="Articles a day" {
            @for (nth, day) in days.iter().enumerate() {
                @let x = nth as f64 * step;
                @let height = (TALL * day.articles as f64 / most as f64).max(1.0);
                @let is_last = nth + 1 == days.len();
                a href=(links::search(&format!("date:{}", day.day)))
                    aria-label={ (words::day(&day.day)) ": " (words::counted(day.articles, "article")) } {
                    rect x=(format!("{x:.1}")) y="0" width=(format!("{step:.1}")) height="66" fill="transparent" {}
                    rect class=(if is_last { "sel" } else { "s" }) x=(format!("{:.1}", x + 2.0)) y=(format!("{:.1}", 48.0 - height))
                        width=(format!("{:.1}", step - 4.0)) height=(format!("{height:.1}")) {}
                    text class=(if is_last { "sel-t" } else { "" }) x=(format!("{:.1}", x + step / 2.0)) y="63" text-anchor="middle" {
                        (day.day.get(8..10).unwrap_or_default().trim_start_matches('0'))
                    }
                }
            }
        }
    }
}

fn day(section: &Section, is_first: bool) -> Markup {
    html! {
        section class="day" aria-label=[section.day.as_ref().map(|day| words::long_day(&day.day))] {
            div class="day-h" {
                @match &section.day {
                    Some(day) => {
                        h2 { (words::long_day(&day.day)) }
                        span { (words::counted(day.articles, "article")) ", " (words::counted(day.outlets, "outlet")) }
                        a href=(links::search(&format!("date:{}", day.day))) { "All of this day" }
                    }
                    None => h2 { "Without a date" },
                }
            }
            @let most = section.stories.iter().map(|story| story.sources.all).max().unwrap_or(0);
            @let lead = section.stories.iter().position(|story| story.sources.all == most).filter(|_| is_first && most > 0);
            @if let Some(lead) = lead.and_then(|lead| section.stories.get(lead)) { (story(lead, true)) }
            @for (nth, told) in section.stories.iter().enumerate() {
                @if Some(nth) != lead { (story(told, false)) }
            }
        }
    }
}

fn story(story: &Story, is_lead: bool) -> Markup {
    let article = &story.article;
    let time = article.published.as_deref().map(words::time).unwrap_or_default();
    html! {
        article class=(if is_lead { "story lead" } else { "story" }) {
            p class="out" {
                (article.outlet.as_deref().unwrap_or("no outlet named"))
                @if !time.is_empty() { " " time datetime=[article.published.as_deref()] { (time) } }
            }
            div {
                h3 dir="auto" { a href=(links::article(&article.key)) { (article.title()) } }
                p class="talk" {
                    @for (nth, who) in story.speakers.iter().enumerate() { @if nth > 0 { ", " } bdi { (who) } }
                    @if story.more_speakers > 0 { " and " (story.more_speakers) " more" }
                }
            }
            p class="count" {
                @if story.sources.all > 0 {
                    (parts::mini(&story.sources))
                    span { (words::counted(story.sources.all, "statement")) }
                } @else {
                    span { "no statements" }
                }
                @if story.versions > 1 { span { (words::counted(story.versions, "version")) } }
            }
        }
    }
}

fn side(front: &Front) -> Markup {
    html! {
        section aria-labelledby="s1" {
            h2 id="s1" { "Just added" }
            ol class="feed" {
                @for added in &front.added {
                    li {
                        time datetime=(added.at) title=(words::moment(&added.at)) { (words::day_of_year(&added.at)) " " (added.at.get(11..16).unwrap_or_default()) }
                        span {
                            @if added.articles > 0 { b { (words::counted(added.articles, "article")) } }
                            @if added.articles > 0 && added.versions > 0 { " and " }
                            @if added.versions > 0 { b { (words::counted(added.versions, "new version")) } }
                            " from " span class="path" { (added.from) }
                        }
                    }
                }
            }
        }
        @if !front.changed.is_empty() {
            section aria-labelledby="s3" {
                h2 id="s3" { "Changed" a href=(links::search("changed:yes")) { "All" } }
                ol class="feed" {
                    @for changed in &front.changed {
                        li {
                            time datetime=(changed.at) { (words::day_of_year(&changed.at)) }
                            span {
                                a class="head" dir="auto" href={ (links::article(&changed.article.key)) "#versions" } { (changed.article.title()) }
                                br; span class="caption" { (changed.article.outlet.as_deref().unwrap_or_default()) ", " (words::counted(changed.versions, "version")) }
                            }
                        }
                    }
                }
            }
        }
        section aria-labelledby="s0" { h2 id="s0" { "Add" } (parts::drop_zone("f1")) }
        section id="sourcing" aria-labelledby="s2" {
            h2 id="s2" { "Outlets" a href="/sourcing" { "Sourcing" } }
            table {
                thead { tr {
                    th scope="col" { "Outlet" } th scope="col" class="num" { "Articles" }
                    th scope="col" { "Sources" } th scope="col" class="num" { "Named" }
                } }
                tbody { @for outlet in &front.outlets {
                    tr {
                        th scope="row" { a href=(links::search(&condition("outlet", &outlet.name))) { (outlet.name) } }
                        td class="num" { (words::number(outlet.articles)) }
                        td { (parts::mini(&outlet.sources)) }
                        td class="num" { @if let Some(percent) = outlet.sources.named_percent() { (percent) " %" } }
                    }
                } }
            }
            (key())
            p class="caption" { "Articles with statements." }
        }
    }
}

/// What the textures mean.
pub(crate) fn key() -> Markup {
    html! {
        ul class="tally" aria-label="Key to the bars" {
            li { (parts::swatch(Texture::Named)) (PreEscaped(" ")) "named" }
            li { (parts::swatch(Texture::Person)) (PreEscaped(" ")) "unnamed" }
            li { (parts::swatch(Texture::Document)) (PreEscaped(" ")) "document" }
            li { (parts::swatch(Texture::None)) (PreEscaped(" ")) "nobody" }
        }
    }
}
