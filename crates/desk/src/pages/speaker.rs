//! A speaker.

use super::layout::{Foot, LIST_KEYS, Layout, Part};
use super::parts::{self, Texture};
use super::quotes;
use crate::figures::weeks;
use crate::views::said::Said;
use crate::views::speaker::{Asked, Filter, Sort, Speaker};
use crate::{links, words};
use maud::{Markup, html};

pub(crate) fn page(speaker: &Speaker, asked: &Asked, foot: &Foot) -> Markup {
    let title = format!("{}, {}", speaker.name, words::counted(speaker.statements, "statement"));
    let layout = Layout { keys: LIST_KEYS, ..Layout::new(&title, Part::Speakers, foot) };
    layout.page(html! {
        (head(speaker))
        (plot(speaker, asked))
        div class="desk-2" {
            (filters(speaker, asked))
            section aria-labelledby="ev-h" {
                h2 class="vh" id="ev-h" { "Everything said" }
                (toolbar(speaker, asked))
                @if speaker.said.is_empty() { div class="none" { p { b { "No statement is left." } " " a href=(links::speaker(&speaker.name)) { "Show all " (speaker.statements) } } } }
                @if asked.sort == Sort::Outlet { (by(&speaker.said, |said| said.article.outlet.clone().unwrap_or_else(|| "no outlet named".to_owned()))) }
                @else { (by(&speaker.said, |said| said.article.published.as_deref().map_or("Undated".to_owned(), words::month))) }
                p class="pager" {
                    span class="caption" { (words::number((speaker.skipped + speaker.said.len()) as u64)) " of " (words::number(speaker.shown)) " shown" }
                    @if let Some(next) = speaker.next { a class="btn" rel="next" href=(address(speaker, asked, "", next)) { "Next " (crate::views::speaker::PAGE) } }
                }
            }
        }
    })
}

/// The address of the list with all that is asked. `form`: `.csv`, or nothing.
fn address(speaker: &Speaker, asked: &Asked, form: &str, skip: usize) -> String {
    let skip = if skip == 0 { String::new() } else { skip.to_string() };
    let sort = Sort::ALL
        .iter()
        .find(|(sort, ..)| *sort == asked.sort && *sort != Sort::Newest)
        .map_or("", |(_, name, _)| name);
    let mut query: Vec<(&str, &str)> = vec![
        ("from", asked.from.as_deref().unwrap_or_default()),
        ("to", asked.to.as_deref().unwrap_or_default()),
        ("sort", sort),
        ("skip", skip.as_str()),
    ];
    for (field, values) in
        [("kind", &asked.kinds), ("outlet", &asked.outlets), ("cue", &asked.cues), ("name", &asked.names)]
    {
        query.extend(values.iter().map(|value| (field, value.as_str())));
    }
    links::with_query(&format!("{}{form}", links::speaker(&speaker.name)), query)
}

fn head(speaker: &Speaker) -> Markup {
    html! {
        header class="spk-head" {
            div {
                p class="crumb" { a href="/speakers" { "Speakers" } }
                h1 class="title" dir="auto" { (speaker.name) }
                p class="lede" {
                    @if let Some((role, count)) = speaker.roles.first() {
                        b { bdi { (role) } } ", as " (count) " of " (words::counted(speaker.articles, "article")) " put" @if speaker.articles == 1 { "s" } " it"
                        @for (nth, (role, count)) in speaker.roles.iter().skip(1).enumerate() { @if nth == 0 { "; also " } @else { ", " } bdi { (role) } " (" (count) ")" }
                        ". "
                    }
                    b { (words::counted(speaker.statements, "statement")) } " in " (words::counted(speaker.articles, "article")) " of " (words::counted(speaker.outlets, "outlet"))
                    @if let Some((first, last)) = &speaker.days { ", " (words::days(first, last)) } "."
                }
                @if !speaker.merged.is_empty() {
                    ul class="merged" { @for merged in &speaker.merged {
                        li { "Also called " b { bdi { (merged.name) } } ", as you said "
                            form class="undo" method="post" action="/corrections/undo" {
                                input type="hidden" name="id" value=(merged.correction);
                                input type="hidden" name="speaker" value=(speaker.name);
                                button class="plain" { "take apart again" }
                            }
                        }
                    } }
                }
            }
            details class="other merge" {
                summary class="btn" { "Merge with another speaker…" }
                form method="post" action="/corrections" {
                    input type="hidden" name="verdict" value="same_speaker";
                    input type="hidden" name="speaker" value=(speaker.name);
                    label for="same" { "Under which name is " bdi { (speaker.name) } " to be found?" }
                    input id="same" name="value" type="text" required autocomplete="off";
                    button class="btn" { "They are the same" }
                    p class="caption" { "Everything said is then shown under that name. Nothing is lost: it can be undone." }
                }
            }
        }
    }
}

fn plot(speaker: &Speaker, asked: &Asked) -> Markup {
    let chosen = (asked.from.as_deref(), asked.to.as_deref());
    let file = |form: &str| format!("{}/{form}", links::speaker(&speaker.name));
    html! {
        section class="plotbox" aria-labelledby="plot-h" {
            div class="cap" {
                h2 id="plot-h" { (if speaker.unit == "month" { "Month by month" } else { "Week by week" }) }
                span class="key" { (parts::swatch(Texture::Named)) " statements" }
                span class="key" { svg class="sw" viewBox="0 0 12 12" aria-hidden="true" { rect class="c-mention" x=".5" y=".5" width="11" height="11" {} } " mentions in articles that quote them" }
                @if !speaker.times.is_empty() { span class="push" { a href=(file("plot.svg")) download { "SVG" } ", " a href=(file("plot.png")) download { "PNG" } ", " a href=(file("plot.csv")) download { "CSV" } } }
            }
            @if speaker.times.is_empty() { p class="caption" { "None of these articles states its date." } }
            @else {
                (weeks(&speaker.times, speaker.unit, 1184.0, chosen).on_page("on-wide"))
                (weeks(&speaker.times, speaker.unit, 354.0, chosen).on_page("on-narrow"))
                @if speaker.partly { p class="caption" { "Mentions, cues and names used are counted in the latest 300 articles; statements in all." } }
                details class="data" {
                    summary { "The numbers" }
                    table {
                        thead { tr { th scope="col" { (if speaker.unit == "month" { "Month" } else { "Week of" }) } th scope="col" class="num" { "Mentions" } th scope="col" class="num" { "Statements" } } }
                        tbody { @for time in &speaker.times { tr {
                            th scope="row" { (if speaker.unit == "month" { words::short_month(&time.from) } else { words::day(&time.from) }) }
                            td class="num" { (words::number(time.mentions)) } td class="num" { (words::number(time.statements)) }
                        } } }
                    }
                }
            }
        }
    }
}

fn filters(speaker: &Speaker, asked: &Asked) -> Markup {
    let set = [
        asked.kinds.len(),
        asked.outlets.len(),
        asked.cues.len(),
        asked.names.len(),
        usize::from(asked.from.is_some() || asked.to.is_some()),
    ];
    html! {
        details class="facets" open {
            summary { "Filters " span class="caption" { (set.iter().sum::<usize>()) " set" } }
            form class="cols" action=(links::speaker(&speaker.name)) aria-label="Filters" {
                fieldset {
                    legend { "Date" }
                    label class="span" { "From " input type="date" name="from" value=[asked.from.as_deref()]; }
                    label class="span" { "To " input type="date" name="to" value=[asked.to.as_deref()]; }
                }
                @for filter in &speaker.filters { (fieldset(filter)) }
                button class="btn" { "Apply" }
            }
        }
    }
}

fn fieldset(filter: &Filter) -> Markup {
    html! {
        fieldset {
            legend { (filter.name) }
            @for (value, count, chosen) in &filter.values {
                label class=(if *count == 0 { "facet zero" } else { "facet" }) {
                    input type="checkbox" name=(filter.field) value=(value) checked[*chosen];
                    span { bdi { (value) } }
                    span class="n" { (words::number(*count)) }
                }
            }
            @if filter.others > 0 { p class="more-facet caption" { (words::number(filter.others)) " more" } }
        }
    }
}

fn toolbar(speaker: &Speaker, asked: &Asked) -> Markup {
    let chip = |label: String, without: Asked| {
        html! {
            a href=(address(speaker, &without, "", 0)) { span class="vh" { "Take away " } bdi { (label) } " " svg class="x" aria-hidden="true" { use href="#i-x" {} } }
        }
    };
    let less =
        |values: &[String], gone: &str| values.iter().filter(|value| *value != gone).cloned().collect::<Vec<_>>();
    html! {
        div class="toolbar" {
            span { b { (words::number(speaker.shown)) } " of " (words::counted(speaker.statements, "statement")) }
            span class="chips" {
                @if asked.from.is_some() || asked.to.is_some() {
                    (chip(words::days(asked.from.as_deref().unwrap_or("the beginning"), asked.to.as_deref().unwrap_or("today")), Asked { from: None, to: None, ..asked.clone() }))
                }
                @for kind in &asked.kinds { (chip(kind.clone(), Asked { kinds: less(&asked.kinds, kind), ..asked.clone() })) }
                @for outlet in &asked.outlets { (chip(outlet.clone(), Asked { outlets: less(&asked.outlets, outlet), ..asked.clone() })) }
                @for cue in &asked.cues { (chip(cue.clone(), Asked { cues: less(&asked.cues, cue), ..asked.clone() })) }
                @for name in &asked.names { (chip(name.clone(), Asked { names: less(&asked.names, name), ..asked.clone() })) }
            }
            span class="push pair-ctl" {
                span class="orders" { "Order" @for (sort, _, name) in Sort::ALL { " " a href=(address(speaker, &Asked { sort, ..asked.clone() }, "", 0)) aria-current=[(sort == asked.sort).then_some("true")] { (name) } } }
                a class="btn" href=(address(speaker, asked, "/statements.csv", 0)) download { "CSV" }
            }
        }
    }
}

/// Statements under headings.
fn by(list: &[Said], heading: impl Fn(&Said) -> String) -> Markup {
    let mut groups: Vec<(String, Vec<&Said>)> = Vec::new();
    for said in list {
        let name = heading(said);
        match groups.last_mut() {
            Some((last, group)) if *last == name => group.push(said),
            _ => groups.push((name, vec![said])),
        }
    }
    html! {
        @for (name, group) in groups {
            h3 class="month" { bdi { (name) } span { (words::counted(group.len() as u64, "statement")) " here" } }
            ol class="said" { @for said in group { (quotes::item(said, false)) } }
        }
    }
}
