//! Search: what was understood, what was found, what would narrow it.

use super::parts::layout::{LIST_KEYS, Layout, Part};
use super::parts::{self, Texture, marked, statements};
use crate::call::{Call, Foot};
use crate::failure::{Answer, Failure};
use crate::links::{search, with_query};
use crate::readers::Reader;
use crate::server::Response;
use crate::{links, params, tables};
use maud::{Markup, html};
use onrecord_search::query::{self, QueryError};
use onrecord_search::{Hit, Kind};
use onrecord_views::search::{self as view, Facet, FoundArticle, Results, SearchParams, whole};
use onrecord_views::words;
use std::io::{self, Write};

const ORDERS: [(&str, &str); 2] = [("relevance", "Relevance"), ("time", "Newest first")];

/// `/search`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    let params = params::search(&call.request);
    if !params.chosen.is_empty() {
        // One address for one search, however it was put together.
        let query = whole(&params);
        let find = params.kind.map_or("", view::find);
        let sort = call.request.asked("sort").unwrap_or_default();
        let parts = [("q", query.as_str()), ("find", find), ("sort", sort)];
        return Ok(Response::see(with_query("/search", parts)));
    }
    let foot = call.foot();
    Ok(match view::results(&mut call.reader, &params)? {
        Ok(results) => Response::html(200, page(&results, &params, &foot)),
        Err(error) => Response::html(400, misunderstood(&whole(&params), &error, &foot)),
    })
}

/// `/search.csv`
pub(super) fn table(call: &mut Call<'_>) -> Answer {
    let params = params::search(&call.request);
    if let Err(error) = query::parse(&whole(&params)) {
        return Err(Failure::Misused(format!("{error}.")));
    }
    let finds_statements = view::kind_of(&params) == Kind::Statements;
    call.streamed_csv("search", move |reader: &mut Reader, out: &mut dyn Write| {
        if finds_statements {
            let mut table = tables::statements(out)?;
            view::all(reader, &params, |search, hit| match hit {
                Hit::Statement(hit) => table.row(search.archive(), hit.listed.id, hit.statement.nth as usize),
                Hit::Article(_) => Ok(()),
            })?;
            return table.finish();
        }
        let mut table = tables::found(out)?;
        view::all(reader, &params, |search, hit| match hit {
            Hit::Article(hit) => table.row(&view::article(search, hit).map_err(io::Error::other)?),
            Hit::Statement(_) => Ok(()),
        })?;
        table.finish()
    })
}

fn page(results: &Results, params: &SearchParams, foot: &Foot) -> Markup {
    let title = if params.typed.is_empty() {
        "Search".to_owned()
    } else {
        format!("{} | Search", words::shortened(&params.typed, 60))
    };
    let layout = Layout { is_first: true, seek: false, keys: LIST_KEYS, ..Layout::new(&title, Part::Search, foot) };
    let total = if results.find == "statements" { results.statements } else { results.articles };
    layout.page(html! {
        div class="front-top" {
            h1 class="vh" { "Search" }
            (parts::ask(&results.query, &[("find", results.find)], false, html! {}))
            p class="means" { @for part in &results.meaning { @if part.asked { b { (part.words) } } @else { (part.words) } } }
            details class="lang" { summary { "The whole language" } (parts::lingo()) }
        }
        @if results.behind > 0 {
            p class="warn" { "The archive is being added to: " (words::counted(results.behind, "change")) " can’t be found yet." }
        }
        @if results.shifted { p class="warn" { "The archive has changed since the page before; some results may have moved between pages." } }
        div class="desk-2" {
            (facets(results, params))
            section aria-labelledby="r-h" {
                h2 class="vh" id="r-h" { "Results" }
                (toolbar(results))
                @if total == 0 { (nothing(results)) }
                @if results.find == "statements" {
                    ol class="said" { @for said in &results.said { (statements::item(said, true)) } }
                } @else {
                    @for found in &results.found { (article(found)) }
                }
                p class="pager" {
                    span class="caption" {
                        @let shown = (results.said.len() + results.found.len()) as u64;
                        @if shown > 0 { (words::number(shown)) " of " (words::number(total)) @if params.after.is_none() { ", in " (results.took) " ms" } }
                    }
                    @if let Some(next) = &results.next {
                        a class="btn" rel="next" href=(with_query("/search", [("q", results.query.as_str()), ("find", results.find), ("sort", results.sort), ("after", next.as_str())])) { "Next " (onrecord_views::search::PAGE) }
                    }
                }
            }
        }
    })
}

fn toolbar(results: &Results) -> Markup {
    let address =
        |find: &str, sort: &str| with_query("/search", [("q", results.query.as_str()), ("find", find), ("sort", sort)]);
    html! {
        div class="toolbar" {
            nav class="tabs" aria-label="What to find" {
                @for (find, count, noun) in [("statements", results.statements, "statement"), ("articles", results.articles, "article")] {
                    a href=(with_query("/search", [("q", results.query.as_str()), ("find", find)])) aria-current=[(results.find == find).then_some("page")] { (words::counted(count, noun)) }
                }
            }
            span class="chips" {
                @for chip in &results.chips {
                    a href=(with_query("/search", [("q", chip.without.as_str()), ("find", results.find)])) {
                        span class="vh" { "Remove " } (chip.label) " " svg class="x" aria-hidden="true" { use href="#i-x" {} }
                    }
                }
            }
            span class="push pair-ctl" {
                span class="orders" {
                    "Order"
                    @for (sort, name) in ORDERS { " " a href=(address(results.find, sort)) aria-current=[(results.sort == sort).then_some("true")] { (name) } }
                }
                a class="btn" href=(with_query("/search.csv", [("q", results.query.as_str()), ("find", results.find), ("sort", results.sort)])) download { "CSV" }
            }
        }
    }
}

fn facets(results: &Results, params: &SearchParams) -> Markup {
    let set: usize = results.facets.iter().map(|facet| facet.values.iter().filter(|value| value.chosen).count()).sum();
    let shown = results.facets.iter().flat_map(|facet| &facet.values).any(|value| value.chosen || value.count > 0);
    // What is typed stays; what is chosen here is written into the query by choosing it.
    let typed = without_chosen(&whole(params), results);
    html! {
        @if shown { details class="facets" open {
            summary { "Filters " span class="caption" { (set) " set" } }
            form class="cols" action="/search" aria-label="Filters" {
                input type="hidden" name="q" value=(typed);
                input type="hidden" name="find" value=(results.find);
                input type="hidden" name="sort" value=(results.sort);
                @for facet in &results.facets { (fieldset(facet)) }
                button class="btn" { "Apply" }
            }
        } } @else { div {} }
    }
}

/// The query without the conditions that the facets stand for.
fn without_chosen(query: &str, results: &Results) -> String {
    use onrecord_search::query::{Query, parse};
    let Ok(parsed) = parse(query) else { return query.to_owned() };
    let chosen: Vec<Query> = results
        .facets
        .iter()
        .flat_map(|facet| &facet.values)
        .filter(|value| value.chosen)
        .filter_map(|value| parse(&value.condition).ok())
        .collect();
    let stands_for = |part: &Query| match part {
        Query::Or(parts) => parts.iter().all(|part| onrecord_views::search::is_chosen(part, &chosen)),
        part => onrecord_views::search::is_chosen(part, &chosen),
    };
    match parsed {
        Query::And(parts) => {
            let rest: Vec<String> = parts
                .into_iter()
                .filter(|part| !stands_for(part))
                .map(|part| match part {
                    Query::Or(_) => format!("({part})"),
                    part => part.to_string(),
                })
                .collect();
            rest.join(" ")
        }
        part if stands_for(&part) => String::new(),
        part => part.to_string(),
    }
}

fn fieldset(facet: &Facet) -> Markup {
    let is_empty = facet.values.iter().all(|value| value.count == 0 && !value.chosen);
    html! {
        @if !is_empty {
            fieldset {
                legend { (facet.name) }
                @for value in &facet.values {
                    label class=(if value.count == 0 { "facet zero" } else { "facet" }) {
                        input type="checkbox" name="with" value=(value.condition) checked[value.chosen];
                        span { @if let Some(source) = value.source { (parts::swatch(Texture::of(source))) } bdi { (value.label) } }
                        span class="n" { (words::number(value.count)) }
                    }
                }
                @if facet.others > 0 { p class="more-facet caption" { (words::number(facet.others)) " more; name one in the search" } }
            }
        }
    }
}

fn nothing(results: &Results) -> Markup {
    let noun = if results.find == "statements" { "statements" } else { "articles" };
    html! {
        div class="none" {
            p { b { "No " (noun) " match." } }
            ul {
                @for advice in &results.advice {
                    li {
                        a href=(with_query("/search", [("q", advice.query.as_str()), ("find", results.find)])) {
                            @if advice.corrects { "Did you mean " code { (advice.words) } "?" } @else { "Without " code { (advice.words) } }
                        }
                        " "
                        @if advice.corrects { "It finds " (words::number(advice.count)) "." }
                        @else if advice.count == 1 { "there is 1." } @else { "there are " (words::number(advice.count)) "." }
                    }
                }
            }
            @if results.advice.is_empty() { p { "Use fewer words, the beginning of a word (" code { "breakw*" } "), or OR between words to find more." } }
        }
    }
}

fn article(found: &FoundArticle) -> Markup {
    let story = &found.story;
    let article = &story.article;
    html! {
        article class="story" {
            p class="out" {
                bdi { (article.outlet.as_deref().unwrap_or("no outlet named")) }
                @if let Some(day) = &article.published { " " time datetime=(day) { (words::day(day)) } }
            }
            div {
                h3 dir="auto" { a href=(links::article(&article.key)) { (marked::plain(&found.title)) } }
                @if let Some(snippet) = &found.snippet { p class="snippet" dir="auto" { (marked::plain(snippet)) } }
                p class="talk" {
                    @for (nth, who) in story.speakers.iter().enumerate() { @if nth > 0 { ", " } bdi { (who) } }
                    @if story.more_speakers > 0 { " and " (story.more_speakers) " more" }
                }
            }
            p class="count" {
                @if story.sources.all > 0 { (parts::mini(&story.sources)) span { (words::counted(story.sources.all, "statement")) } }
                @if story.versions > 1 { span { (words::counted(story.versions, "version")) } }
            }
        }
    }
}

/// A search that can't be understood: where, what, and what would work.
fn misunderstood(typed: &str, error: &QueryError, foot: &Foot) -> Markup {
    let layout =
        Layout { is_first: true, seek: false, ..Layout::new("This search can’t be read", Part::Search, foot) };
    let (before, rest) = typed.split_at(typed.floor_char_boundary(error.bytes.start));
    let (meant, after) = rest.split_at(rest.floor_char_boundary(error.bytes.end.saturating_sub(error.bytes.start)));
    layout.page(html! {
        div class="front-top" {
            h1 class="vh" { "Search" }
            (parts::ask(typed, &[], true, html! {}))
            div class="wrong" id="err" role="alert" {
                p { b { "The search stops at character " (error.character) "." } " " (code(&error.message)) "." }
                pre tabindex="0" role="region" aria-label="The search, with the place marked" { code { (before) b { (meant) } (after) "\n" (" ".repeat(before.chars().count())) "^" } }
                @if !error.help.is_empty() { p { (code(&words::capital(&error.help))) "." } }
                @let fixed = suggestions(before, meant, after, &error.help);
                @if !fixed.is_empty() {
                    p { "Try " @for (nth, fixed) in fixed.iter().enumerate() { @if nth > 0 { " or " } a href=(search(fixed)) { (fixed) } } }
                }
            }
            (parts::lingo())
        }
    })
}

/// Words in backquotes as code.
fn code(words: &str) -> Markup {
    html! { @for (nth, part) in words.split('`').enumerate() { @if nth % 2 == 1 { code { (part) } } @else { (part) } } }
}

/// What people write who mean something that the language says otherwise.
const OFTEN_MEANT: [(&str, &str, &[&str]); 4] = [
    ("source", "anonymous", &["source:unnamed", "terms:anonymity"]),
    ("terms", "anonymous", &["terms:anonymity"]),
    ("kind", "quote", &["form:direct"]),
    ("source", "official", &["speaker:official"]),
];

/// The search with what is proposed, or often meant, in place of what was not understood; only what can be searched.
fn suggestions(before: &str, meant: &str, after: &str, help: &str) -> Vec<String> {
    let Some((start, field)) = before.trim_end().strip_suffix(':').map(|before| {
        before
            .rsplit_once(|char: char| !char.is_alphanumeric())
            .map_or(("", before), |(_, field)| (&before[..before.len() - field.len()], field))
    }) else {
        return Vec::new();
    };
    let proposed = help.strip_prefix("did you mean `").and_then(|rest| rest.split('`').next());
    let often = OFTEN_MEANT.iter().filter(|(known, value, _)| *known == field && *value == meant.trim_matches('"'));
    let values = proposed.into_iter().chain(often.flat_map(|(.., values)| values.iter().copied()));
    let fixed = values.map(|value| format!("{start}{value}{after}"));
    fixed.filter(|fixed| onrecord_search::query::parse(fixed).is_ok()).collect()
}
