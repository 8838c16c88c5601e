//! Where something stands: fields, bytes, the same words set quietly, and how to check it without us.

use crate::assets::STYLE;
use crate::call::{Call, Foot};
use crate::failure::{Answer, Failure};
use crate::links;
use crate::pages::parts::layout::{Layout, Part};
use crate::server::Response;
use maud::{DOCTYPE, Markup, html};
use onrecord_archive::Listed;
use onrecord_views::article::evidence::{Evidence, Quiet};
use onrecord_views::article::fact::Fact;
use onrecord_views::article::lines::{Line, Window};
use onrecord_views::words;

/// `/evidence/{article}` and `/evidence/{article}/{number}`
pub(in crate::pages) fn show(call: &mut Call<'_>) -> Answer {
    let (_, evidence) = gathered(call)?;
    Ok(Response::html(200, page(&evidence, &call.foot())))
}

/// `/quiet/{article}` and `/quiet/{article}/{number}`: the same words set quietly, for the frame of the page above.
pub(in crate::pages) fn frame(call: &mut Call<'_>) -> Answer {
    let (listed, evidence) = gathered(call)?;
    let shown = Quiet::of(call.reader.archive(), &listed, &evidence)?;
    Ok(Response::quiet(quiet(&shown, &evidence.current)))
}

fn gathered(call: &Call<'_>) -> Result<(Listed, Evidence), Failure> {
    let listed = call.listed(call.request.param(0))?;
    let number = match call.request.param(1) {
        "" => None,
        number => Some(number.parse().map_err(|_| Failure::NotFound("Statements are numbered from 1.".to_owned()))?),
    };
    let evidence = Evidence::of(call.reader.archive(), &listed, number, call.request.asked("fact"))?;
    let missing = || Failure::NotFound("This article has no statement with that number.".to_owned());
    Ok((listed, evidence.ok_or_else(missing)?))
}

fn page(evidence: &Evidence, foot: &Foot) -> Markup {
    let title = format!("{} | Evidence", words::shortened(&evidence.title, 60));
    Layout::new(&title, Part::None, foot).page(html! {
        (head(evidence))
        (facts(evidence))
        div class="split" {
            section class="pane" aria-labelledby="src-h" {
                div class="cap" {
                    h2 id="src-h" { "The original page" }
                    span { (evidence.page.encoding) ", " (words::counted(evidence.page.bytes, "byte")) }
                }
                div class="view" tabindex="0" role="region" aria-label="Source of the page" {
                    (source(&evidence.source, &evidence.current, &evidence.page.hash, evidence.page.bytes))
                }
            }
            section class="pane" aria-labelledby="qui-h" {
                div class="cap" { h2 id="qui-h" { "The same words, in a plain layout" } span { "no scripts, no network" } }
                iframe class="view" sandbox="" title="The article’s words, with the same ones marked" src=(quiet_address(evidence)) {}
            }
        }
        (proof(evidence))
    })
}

fn quiet_address(evidence: &Evidence) -> String {
    let key = &evidence.article.key;
    let path = match evidence.statement {
        Some(number) => format!("/quiet/{key}/{number}"),
        None => format!("/quiet/{key}"),
    };
    format!("{}#here", links::with_query(&path, [("fact", evidence.current.as_str())]))
}

fn head(evidence: &Evidence) -> Markup {
    let article = &evidence.article;
    html! {
        header class="ev-head" {
            p class="crumb" {
                @match evidence.statement {
                    Some(number) => a href=(links::statement(&article.key, number)) { "Statement " (number) },
                    None => "What the page states",
                }
                " of " a href=(links::article(&article.key)) { "“" bdi { (article.title()) } "”" }
                @let imprint = article.imprint();
                @if !imprint.is_empty() { ", " (imprint) }
            }
            h1 class="title" dir="auto" { (evidence.title) }
            p class="lede" {
                @match evidence.statement {
                    Some(_) => "Every field of this statement, the words it rests on, and where they stand in the original page. Choose a row to see its bytes.",
                    None => "Everything that this page states about its article, and where. Choose a row to see its bytes.",
                }
            }
        }
    }
}

fn facts(evidence: &Evidence) -> Markup {
    let key = &evidence.article.key;
    let to = |fact: &Fact| match evidence.statement {
        Some(number) => links::evidence_of(key, number, &fact.name),
        None => links::evidence(key, &fact.name),
    };
    let entities = evidence.facts.iter().any(|fact| {
        let bytes: u32 = fact.bytes.iter().map(|[start, end]| end - start).sum();
        fact.characters.is_some_and(|[start, end]| bytes > end - start)
    });
    html! {
        table class="chain" {
            caption class="vh" { "Fields with their words, characters and bytes" }
            thead { tr {
                th scope="col" { "Field" } th scope="col" { "Words on the page" } th scope="col" { "Read as" }
                @if evidence.statement.is_some() { th scope="col" class="num" { "Characters of the text" } }
                th scope="col" class="num" { "Bytes of the page" }
            } }
            tbody {
                @for fact in &evidence.facts {
                    @let is_current = fact.name == evidence.current;
                    tr data-fact=(fact.name) class=(if is_current { "is-on" } else { "" }) {
                        th scope="row" { a href=(to(fact)) data-go=(fact.name) aria-current=(if is_current { "true" } else { "false" }) { (fact.label) } }
                        td class="serif" { bdi { (words::shortened(&fact.words, 400)) } }
                        td { bdi { (words::shortened(&fact.read_as, 200)) } }
                        @if evidence.statement.is_some() {
                            td class="num" data-l="characters" { @if let Some([start, end]) = fact.characters { (range(start, end)) } }
                        }
                        td class="num" data-l="bytes" {
                            @for (nth, [start, end]) in fact.bytes.iter().enumerate() { @if nth > 0 { br; } (range(*start, *end)) }
                            @if let Some(basis) = fact.basis { span class="caption" { (basis) } }
                        }
                    }
                }
            }
        }
        @if entities {
            p class="caption note-line" {
                "Bytes outnumber characters where the page writes a character with several bytes, as a character reference does (’ as the seven bytes "
                code { "&#8217;" } ")."
            }
        }
    }
}

fn range(start: u32, end: u32) -> String {
    format!("{}–{}", words::number(start.into()), words::number(end.into()))
}

fn source(window: &Window, current: &str, hash: &str, bytes: u64) -> Markup {
    let [start, end] = window.bytes;
    let whole = || html! { a href={ "/page/" (hash) } { "show the whole page" } };
    html! {
        ol class="lines" {
            @if start > 0 { li class="cut" { span {} span { (words::counted(start.into(), "byte")) " above, " (whole()) } } }
            @for line in &window.lines { (row(line, current)) }
            @if u64::from(end) < bytes { li class="cut" { span {} span { (words::counted(bytes - u64::from(end), "byte")) " below, " (whole()) } } }
        }
    }
}

fn row(line: &Line, current: &str) -> Markup {
    html! {
        li {
            span class="off" { (words::number(line.at.into())) }
            code dir="ltr" {
                @for piece in &line.pieces {
                    @let facts = piece.facts.join(" ");
                    @let is_on = piece.facts.iter().any(|fact| fact == current);
                    @if piece.facts.is_empty() {
                        @if piece.markup { span class="tag" { (piece.text) } } @else { (piece.text) }
                    } @else {
                        span class=(if is_on { "by8 is-on" } else { "by8" }) data-fact=(facts) {
                            @if piece.markup { span class="tag" { (piece.text) } } @else { (piece.text) }
                        }
                    }
                }
            }
        }
    }
}

fn proof(evidence: &Evidence) -> Markup {
    let page = &evidence.page;
    html! {
        div class="proof" {
            section aria-labelledby="pr-h" {
                h2 id="pr-h" { "Check it without us" }
                pre tabindex="0" role="region" aria-label="Commands" { code id="cmd" {
                    (evidence.hash_command) @for command in &evidence.cut_commands { "\n" (command) }
                } }
                p { button class="btn js-only" type="button" data-copy="#cmd" { (if evidence.cut_commands.len() == 1 { "Copy both lines" } else { "Copy the lines" }) } }
            }
            section aria-labelledby="pv-h" {
                h2 id="pv-h" { "Where the page comes from" }
                dl {
                    dt { "SHA-256" } dd class="hash" { (page.hash) }
                    dt { "Came from" } dd { bdi { (page.origin) } }
                    @if let Some(url) = &evidence.article.url {
                        dt { "Address" }
                        dd { @match links::outside(url) {
                            Some(outside) => a href=(outside) rel="noopener noreferrer nofollow external" { (url) },
                            None => bdi { (url) },
                        } }
                    }
                    @if let Some(fetched) = &page.fetched { dt { "Fetched" } dd { (words::moment(fetched)) } }
                    dt { "Read by" } dd { (evidence.read_by) }
                    @if let Some(confidence) = evidence.confidence { dt { "Confidence" } dd { (words::confidence(confidence)) } }
                    dt { "As a file" } dd { a href={ "/page/" (page.hash) "?as=file" } download { "the page’s bytes" } }
                }
            }
        }
    }
}

/// The document in the sandbox.
fn quiet(quiet: &Quiet, current: &str) -> Markup {
    let mut has_begun = false;
    html! {
        (DOCTYPE)
        html lang=[quiet.language.as_deref()] dir=[quiet.right_to_left.then_some("rtl")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (quiet.title) }
                link rel="stylesheet" href=(STYLE.path);
            }
            body class="quiet-page" { main class="quiet" {
                @for (nth, (words, facts)) in quiet.blocks.iter().enumerate() {
                    @let words = block(words, facts, current, &mut has_begun);
                    @if nth == 0 { h1 class="t" { (words) } } @else { p { (words) } }
                }
                @if quiet.blocks.is_empty() { h1 class="t" { (quiet.title) } }
            } }
        }
    }
}

/// A block's words, cut wherever a fact begins or ends.
fn block(words: &str, facts: &[(std::ops::Range<usize>, String)], current: &str, has_begun: &mut bool) -> Markup {
    let mut cuts: Vec<usize> = facts.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    cuts.extend([0, words.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for pair in cuts.windows(2) {
            @let piece = words.get(pair[0]..pair[1]).unwrap_or_default();
            @let names: Vec<&str> = facts.iter().filter(|(range, _)| range.start <= pair[0] && pair[1] <= range.end).map(|(_, name)| name.as_str()).collect();
            @if names.is_empty() {
                (piece)
            } @else {
                @let is_on = names.contains(&current);
                @let is_first = is_on && !std::mem::replace(has_begun, *has_begun || is_on);
                span id=[is_first.then_some("here")] class=(if is_on { "by8 is-on" } else { "by8" }) { (piece) }
            }
        }
    }
}
