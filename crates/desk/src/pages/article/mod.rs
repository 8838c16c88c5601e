//! An article, annotated the way an editor would.

pub(super) mod changes;
pub(super) mod evidence;

use crate::call::{Call, Foot, csv};
use crate::failure::Answer;
use crate::pages::parts::layout::{ARTICLE_KEYS, Layout, Part as OfDesk};
use crate::pages::parts::marked::Marked;
use crate::pages::parts::{self, Texture};
use crate::server::{Content, Response};
use crate::{links, tables};
use maud::{Markup, html};
use onrecord_document::Terms;
use onrecord_views::article::changes::Changes;
use onrecord_views::article::{Article, Field, Part};
use onrecord_views::corrections::CorrectionView;
use onrecord_views::search::condition;
use onrecord_views::statement::StatementView;
use onrecord_views::statement::passage::{Mark, Passage, Role};
use onrecord_views::words;

/// What of an article is asked for.
#[derive(Clone, Debug, Default)]
struct ArticleParams<'a> {
    /// The statement that is open, from 1.
    pub statement: Option<usize>,
    /// Only statements of this texture, or on condition of anonymity.
    pub filter: Option<&'a str>,
}

/// `/article/{article}`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    let listed = call.listed(call.request.param(0))?;
    let own = listed.key.to_string();
    if own != call.request.param(0) {
        let query = call.request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        return Ok(Response::see(links::with_query(&links::article(&own), query)));
    }
    let archive = call.reader.archive();
    let article = Article::of(archive, &listed)?;
    let this = article.versions.iter().position(|version| version.this).unwrap_or(0);
    // This version against the one before; the first against the one after it.
    let (before, after) = if this > 0 { (this - 1, this) } else { (0, 1) };
    let changes = match (article.versions.get(before), article.versions.get(after)) {
        (Some(before), Some(after)) => {
            Some(Changes::of(archive, &call.listed(&before.key)?, &call.listed(&after.key)?)?)
        }
        _ => None,
    };
    let params = ArticleParams {
        statement: call.request.asked("statement").and_then(|number| number.parse().ok()),
        filter: call.request.asked("source"),
    };
    Ok(Response::html(200, page(&article, changes.as_ref(), &params, &call.foot())))
}

/// `/article/{article}/statements.csv`
pub(super) fn table(call: &mut Call<'_>) -> Answer {
    let document = call.reader.archive().document(call.listed(call.request.param(0))?.id)?;
    csv("statements", |out| {
        let mut table = tables::statements(out)?;
        table.rows(&document)?;
        table.finish()
    })
}

/// `/page/{hash}`: a page's bytes, to be looked at as text or kept as a file. Never as what they are.
pub(super) fn bytes(call: &mut Call<'_>) -> Answer {
    let hash = call.request.param(0);
    let bytes = call.page(hash)?;
    let response = match call.request.asked("as") {
        Some("file") => Response::file("application/octet-stream", hash, Content::bytes(bytes)),
        _ => Response::new(200, "text/plain", bytes),
    };
    Ok(response.sandboxed())
}

fn page(article: &Article, changes: Option<&Changes>, params: &ArticleParams<'_>, foot: &Foot) -> Markup {
    let title = match &article.article.outlet {
        Some(outlet) => format!("{} | {outlet}", words::shortened(article.article.title(), 60)),
        None => words::shortened(article.article.title(), 80),
    };
    let layout = Layout { keys: ARTICLE_KEYS, ..Layout::new(&title, OfDesk::None, foot) };
    let mut sheet = Sheet { article, params, hidden: Vec::new() };
    let hidden = article.statements.iter().filter(|statement| !sheet.is_shown(statement));
    sheet.hidden = hidden.map(|statement| statement.number).collect();
    layout.page(html! {
        article class="sheet" aria-labelledby="headline" data-article=(article.article.key) {
            (sheet.head())
            (sheet.rail())
            (sheet.body())
            (sheet.end(changes))
        }
    })
}

struct Sheet<'a> {
    article: &'a Article,
    params: &'a ArticleParams<'a>,
    /// Numbers of statements that are filtered out.
    hidden: Vec<usize>,
}

impl Sheet<'_> {
    fn key(&self) -> &str {
        &self.article.article.key
    }

    fn evidence(&self, field: &str, what: &str) -> Markup {
        html! { @if self.article.field(field).is_some() { (parts::evidence(&links::evidence(self.key(), field), what)) } }
    }

    fn direction(&self) -> Option<&'static str> {
        self.article.right_to_left.then_some("rtl")
    }

    fn is_shown(&self, statement: &StatementView) -> bool {
        match self.params.filter {
            None | Some("all") => true,
            Some("anonymity") => statement.terms_kind == Terms::ConditionOfAnonymity,
            Some(filter) => Texture::of(statement.source_kind).name() == filter,
        }
    }

    /// A passage with the numbers of the statements that begin in it behind their first parts.
    fn marked(&self, passage: &Passage, begun: &[usize]) -> Markup {
        let number = |number: usize| {
            let statement = self.article.statements.get(number.checked_sub(1)?).filter(|_| begun.contains(&number))?;
            Some(html! {
                a class="st-n" id={ "s" (number) } href={ "#n" (number) } data-s=(number)
                    aria-label={ "Statement " (number) ": " (told(statement)) } { (number) }
            })
        };
        html! { (Marked { passage, joined: true, hidden: &self.hidden, number }) }
    }

    fn head(&self) -> Markup {
        let article = self.article;
        // A statement that both show begins in the first.
        let of_head = self.of_head();
        let shows = |passage: &Option<Passage>, number: usize| {
            let is_said = |mark: &Mark| mark.statement == number && matches!(mark.role, Role::Content(_));
            passage.as_ref().is_some_and(|passage| passage.marks.iter().any(is_said))
        };
        let (in_head, rest): (Vec<usize>, Vec<usize>) =
            of_head.into_iter().partition(|number| shows(&article.head, *number));
        let in_standfirst: Vec<usize> = rest.into_iter().filter(|number| shows(&article.standfirst, *number)).collect();
        html! {
            div class="art-head" {
                @for part in &article.above { (self.part(part)) }
                header lang=[article.article.language.as_deref()] {
                    h1 id="headline" dir="auto" {
                        @match &article.head {
                            Some(head) => (self.marked(head, &in_head)),
                            None => (article.article.title()),
                        }
                        " " (self.evidence("headline", "headline"))
                    }
                    @if let Some(standfirst) = &article.standfirst {
                        p class="stand" dir="auto" { (self.marked(standfirst, &in_standfirst)) " " (self.evidence("standfirst", "standfirst")) }
                    }
                }
                (self.strip())
            }
        }
    }

    fn strip(&self) -> Markup {
        let article = self.article;
        let sources = &article.sources;
        let [direct, indirect, mixed] = article.forms;
        let key = self.key();
        let tally = [
            (Texture::Named, sources.named, "named"),
            (
                Texture::Person,
                sources.unnamed_persons,
                if sources.unnamed_persons == 1 { "unnamed person" } else { "unnamed persons" },
            ),
            (
                Texture::Group,
                sources.unnamed_groups,
                if sources.unnamed_groups == 1 { "unnamed group" } else { "unnamed groups" },
            ),
            (Texture::Document, sources.documents, if sources.documents == 1 { "document" } else { "documents" }),
            (Texture::None, sources.none, "no source"),
        ];
        let filter = |name: &str, content: Markup, class: Option<&str>| {
            let is_set = self.params.filter.unwrap_or("all") == name;
            let to = if is_set || name == "all" { String::new() } else { name.to_owned() };
            html! {
                a class=[class] href=(links::with_query(&links::article(key), [("source", to.as_str())])) data-filter=(name)
                    aria-current=(if is_set { "true" } else { "false" }) { (content) }
            }
        };
        html! {
            section class="strip" aria-labelledby="strip-h" {
                div {
                    @if sources.all == 0 {
                        h2 id="strip-h" { "No statements" span { (self.why_none()) } }
                    } @else {
                        h2 id="strip-h" {
                            (words::counted(sources.all, "statement")) " and who stands behind " (if sources.all == 1 { "it" } else { "them" })
                            span { (direct) " direct, " (indirect) " indirect, " (mixed) " mixed" }
                        }
                        (parts::strip(sources))
                        ul class="tally" {
                            @for (texture, count, noun) in tally {
                                li { (filter(texture.name(), html! { (parts::swatch(texture)) span { b { (count) } " " (noun) } }, None)) }
                            }
                            @if article.anonymous > 0 {
                                li { (filter("anonymity", html! { (article.anonymous) " on condition of anonymity" }, Some("flag"))) }
                            }
                            li { (filter("all", html! { "Show all " (sources.all) }, Some("all"))) }
                        }
                    }
                }
                ul class="legend" aria-label="How statements are marked" {
                    li { span class="serif" { span class="st st-direct" { "“Solid line”" } } " direct: in quotation marks" }
                    li { span class="serif" { span class="st st-indirect" { "dashed line" } } " indirect: the reporter’s words" }
                    li { span class="serif" { span class="st st-mixed" { "dashed, " span class="st-said" { "“then solid”" } } } " mixed: some of both" }
                    li { span class="ev ev-key" aria-hidden="true" { svg { use href="#i-ev" {} } } " where it stands on the page" }
                }
            }
        }
    }

    fn why_none(&self) -> &'static str {
        match self.article.article.language.as_deref() {
            Some("en") => "Onrecord found no statements in this article.",
            _ => "Statements are read from English articles only.",
        }
    }

    fn rail(&self) -> Markup {
        let article = self.article;
        let pair = |label: &str, field: &str, content: Markup| {
            html! { div class="pair" { dt { (label) } dd { span { (content) } (self.evidence(field, &label.to_lowercase())) } } }
        };
        let date = |field: &Field| {
            html! {
                time datetime=(field.value) {
                    (words::day(&field.value))
                    @let time = words::time(&field.value);
                    @if !time.is_empty() { br; span class="caption" { (time) } }
                }
            }
        };
        let authors: Vec<&Field> = article.fields.iter().filter(|field| field.name.starts_with("authors.")).collect();
        html! {
            aside class="rail" aria-label="About this article" {
                dl {
                    @if let Some(outlet) = article.field("site") { (pair("Outlet", "site", html! { span class="head" { a href=(links::search(&condition("outlet", &outlet.value))) { bdi { (outlet.value) } } } })) }
                    @for (nth, author) in authors.iter().enumerate() {
                        (pair(if nth == 0 { "Byline" } else { "and" }, &author.name, html! { bdi { (author.value) } }))
                    }
                    @if let Some(published) = article.field("published") { (pair("Published", "published", date(published))) }
                    @if let Some(modified) = article.field("modified") { (pair("Changed", "modified", date(modified))) }
                }
                details class="rail-more" open {
                    summary { "More about this page" }
                    dl {
                        @if let Some(section) = article.field("section") { (pair("Section", "section", html! { bdi { (section.value) } })) }
                        @if let Some(genre) = article.field("genre") { (pair("Genre", "genre", html! { (words::capital(&genre.value)) })) }
                        @if let Some(language) = article.field("language") {
                            (pair("Language", "language", html! {
                                span class="lang-name" { (words::language(&language.value)) } @if language.basis == "detected" { ", from the text" }
                            }))
                        }
                        @if article.field("paywalled").is_some_and(|field| field.value == "true") { (pair("Access", "paywalled", html! { "behind a paywall" })) }
                        @if let Some(url) = &article.article.url {
                            (pair("Address", "url", html! {
                                @match links::outside(url) {
                                    Some(outside) => a class="url" href=(outside) rel="noopener noreferrer nofollow external" { (words::shortened(url, 60)) },
                                    None => span class="url" { (words::shortened(url, 60)) },
                                }
                            }))
                        }
                        div class="pair" { dt { "Read" } dd { span { (words::day(&article.added)) br; span class="caption" { (words::time(&article.added)) } } } }
                        div class="pair" { dt { "Original page" } dd { span {
                            a class="hash" href=(links::evidence(self.key(), "")) { (article.page.hash.get(..8).unwrap_or_default()) }
                            br; span class="caption" { (words::counted(article.page.bytes, "byte")) }
                        } } }
                    }
                }
                (self.tags())
                div class="more" {
                    @if article.versions.len() > 1 { a href="#versions" { (article.versions.len()) " versions" } }
                    @if !article.statements.is_empty() { a href={ (links::article(self.key())) "/statements.csv" } download { "Statements as CSV" } }
                    a href={ "/api/v1/article/" (self.key()) } { "As JSON" }
                    @let folded = article.flow.iter().chain(&article.above).filter(|part| matches!(part, Part::Folded { .. })).count();
                    @if folded > 0 {
                        button class="btn js-only" type="button" data-furniture aria-pressed="false" { "Unfold furniture (" (folded) ")" }
                    }
                }
            }
        }
    }

    fn tags(&self) -> Markup {
        let tags: Vec<&CorrectionView> = self.article.written.iter().filter(|written| written.kind == "tag").collect();
        html! {
            section class="tags" aria-label="Tags" {
                @if !tags.is_empty() {
                    ul { @for tag in tags {
                        li { a href=(links::search(&condition("tag", &tag.value))) { (tag.value) } (undo(self.key(), tag, None, "Remove the tag")) }
                    } }
                }
                details class="other" {
                    summary class="btn" { "Tag…" }
                    form method="post" action="/corrections" {
                        input type="hidden" name="article" value=(self.key());
                        input type="hidden" name="verdict" value="tag";
                        label for="tag" { "A tag for this article" }
                        input id="tag" name="value" type="text" maxlength="100" required autocomplete="off";
                        button class="btn" { "Add the tag" }
                    }
                }
            }
        }
    }

    fn body(&self) -> Markup {
        let article = self.article;
        let of_head = self.of_head();
        html! {
            div class="body" dir=[self.direction()] lang=[article.article.language.as_deref()] {
                @if !of_head.is_empty() { div class="row row-head" { div {} (self.notes(&of_head)) } }
                @for part in &article.flow { (self.part(part)) }
                @if article.flow.is_empty() { div class="row" { p class="caption" { "No article was found on this page." } } }
            }
            datalist id="speakers" {
                @for name in self.names() { option value=(name) {} }
            }
        }
    }

    /// The statements of headline and standfirst, which have no row of their own.
    fn of_head(&self) -> Vec<usize> {
        let parts = self.article.flow.iter().chain(&self.article.above);
        let in_rows: Vec<usize> = parts
            .flat_map(|part| if let Part::Block { statements, .. } = part { statements.clone() } else { Vec::new() })
            .collect();
        let numbers = self.article.statements.iter().map(|statement| statement.number);
        numbers.filter(|number| !in_rows.contains(number)).collect()
    }

    /// Names of who speaks, to choose another speaker from.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.article.statements.iter().filter_map(|statement| statement.speaker.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn part(&self, part: &Part) -> Markup {
        match part {
            Part::Folded { title, characters, blocks } => html! {
                details class="furn" dir="ltr" {
                    summary {
                        (title) ", "
                        @if blocks.len() > 1 { (blocks.len()) " blocks, " }
                        (words::counted(*characters, "character"))
                    }
                    div { @for block in blocks { p dir="auto" { (block) } } }
                }
            },
            Part::Block { kind, passage, statements } => {
                let words = self.marked(passage, statements);
                html! {
                    div class="row" {
                        @match *kind {
                            "subhead" | "live_entry" => h2 class="subhead" { (words) },
                            "list_item" => p class="item" { (words) },
                            "block_quote" | "embed" => blockquote { p { (words) } },
                            "caption" => p class="cap" { (words) },
                            "table" => p class="table" { (words) },
                            "correction" => p class="corr" { (words) },
                            "byline" | "dateline" => p class="line" { (words) },
                            _ => p { (words) },
                        }
                        @if !statements.is_empty() { (self.notes(statements)) }
                    }
                }
            }
        }
    }

    fn notes(&self, numbers: &[usize]) -> Markup {
        let statements: Vec<&StatementView> =
            numbers.iter().filter_map(|number| self.article.statements.get(number - 1)).collect();
        let mut names: Vec<&str> = statements.iter().map(|statement| statement.who()).collect();
        names.dedup();
        html! {
            details class="notes" dir="ltr" lang="en" open {
                summary {
                    b { (words::counted(statements.len() as u64, "statement")) }
                    span class="who-list" { (names.join(", ")) }
                }
                ol { @for statement in statements { (self.note(statement)) } }
            }
        }
    }

    fn note(&self, statement: &StatementView) -> Markup {
        let number = statement.number;
        let texture = Texture::of(statement.source_kind);
        let is_anonymous = statement.terms_kind == Terms::ConditionOfAnonymity;
        let kinds = [texture.name(), statement.form, if is_anonymous { "anonymity" } else { "" }];
        // A speaker's role is told once where they go on.
        let before = number.checked_sub(2).and_then(|nth| self.article.statements.get(nth));
        let goes_on = before.is_some_and(|before| before.speaker.is_some() && before.speaker == statement.speaker);
        let role = statement.role.as_deref().filter(|_| !goes_on);
        let written: Vec<&CorrectionView> =
            self.article.written.iter().filter(|written| written.statement == Some(number)).collect();
        let class = match (self.is_shown(statement), self.params.statement == Some(number)) {
            (false, _) => "note is-hid",
            (true, true) => "note is-open",
            (true, false) => "note",
        };
        html! {
            li class=(class) id={ "n" (number) } data-s=(number) data-kind=(kinds.join(" ").trim_end()) data-say=(told(statement)) {
                a class="note-n" href={ "#s" (number) } tabindex="-1" aria-hidden="true" { (number) }
                div class="who" {
                    (parts::who(statement))
                    (parts::evidence(&links::evidence_of(self.key(), number, ""), &format!("statement {number}")))
                }
                @if let Some(role) = role { div class="role" { bdi { (role) } } }
                @if statement.who.is_none() { div class="role" { "No source is given" } }
                div class="facts" { (parts::facts(statement)) }
                @for written in &written { (self.fixed(written)) }
                div class="panel" {
                    dl {
                        @for detail in &statement.details {
                            dt { (detail.label) }
                            dd class=[detail.theirs.then_some("serif")] { bdi { (detail.words) } }
                        }
                    }
                    (self.acts(statement, &written))
                }
            }
        }
    }

    /// What somebody wrote on a statement, and how to undo it.
    fn fixed(&self, written: &CorrectionView) -> Markup {
        let by = if written.author.is_empty() { String::new() } else { format!(" by {}", written.author) };
        html! {
            div class="fixed" {
                @match written.kind {
                    "right" | "wrong" => { "Marked " b { (written.kind) } }
                    "speaker" => { "Speaker corrected: " b { bdi { (written.value) } } }
                    "note" => { "Note: " span class="note-text" { bdi { (written.value) } } }
                    _ => { (written.kind) " " (written.value) }
                }
                (by) ", " (words::day(&written.made)) " "
                (undo(self.key(), written, written.statement, "Undo"))
            }
        }
    }

    fn acts(&self, statement: &StatementView, written: &[&CorrectionView]) -> Markup {
        let number = statement.number;
        let is_marked = |kind: &str| written.iter().any(|written| written.kind == kind);
        html! {
            div class="acts" { form method="post" action="/corrections" {
                input type="hidden" name="article" value=(self.key());
                input type="hidden" name="statement" value=(statement.id);
                input type="hidden" name="number" value=(number);
                @for (verdict, word) in [("right", "Right"), ("wrong", "Wrong")] {
                    button class="btn" name="verdict" value=(verdict) aria-pressed=(if is_marked(verdict) { "true" } else { "false" }) { (word) }
                }
            }
            details class="other" {
                summary class="btn" { "Other speaker…" }
                form method="post" action="/corrections" {
                    input type="hidden" name="article" value=(self.key());
                    input type="hidden" name="statement" value=(statement.id);
                    input type="hidden" name="number" value=(number);
                    input type="hidden" name="verdict" value="speaker";
                    label for={ "o" (number) } { "Who says statement " (number) "?" }
                    input id={ "o" (number) } type="text" name="value" autocomplete="off" list="speakers" required;
                    button class="btn" { "Save the correction" }
                }
            }
            details class="other" {
                summary class="btn" { "Note…" }
                form method="post" action="/corrections" {
                    input type="hidden" name="article" value=(self.key());
                    input type="hidden" name="statement" value=(statement.id);
                    input type="hidden" name="number" value=(number);
                    input type="hidden" name="verdict" value="note";
                    label for={ "t" (number) } { "A note on statement " (number) }
                    textarea id={ "t" (number) } name="value" rows="3" required {}
                    button class="btn" { "Save the note" }
                }
            }
            details class="other cite" {
                summary class="btn" { "Cite…" }
                div {
                    p class="cited" id={ "c" (number) } { (self.article.citation(statement)) }
                    button class="btn js-only" type="button" data-copy={ "#c" (number) } { "Copy" }
                }
            }
            }
        }
    }

    fn end(&self, changes: Option<&Changes>) -> Markup {
        let article = self.article;
        let whole: Vec<&CorrectionView> =
            article.written.iter().filter(|written| written.statement.is_none() && written.kind != "tag").collect();
        html! {
            @if let Some(changes) = changes { (changes::section(changes, &article.versions)) }
            @if !whole.is_empty() || !article.remarks.is_empty() {
                section class="art-end" aria-labelledby="notes-h" {
                    h2 class="sec" id="notes-h" { "Notes" }
                    ul class="remarks" {
                        @for remark in &article.remarks { li { (remark) } }
                        @for written in whole { li {
                            (self.fixed(written))
                            @if written.orphaned { p class="caption" { "Orphaned: its words, “" (words::shortened(&written.words, 80)) "”, are no longer read as a statement." } }
                        } }
                    }
                }
            }
            section class="art-end" aria-labelledby="write-h" {
                h2 class="sec sec-small" id="write-h" { "Write a note on this article" }
                form class="write" method="post" action="/corrections" {
                    input type="hidden" name="article" value=(self.key());
                    input type="hidden" name="verdict" value="note";
                    label class="vh" for="note" { "Note" }
                    textarea id="note" name="value" rows="2" required {}
                    button class="btn" { "Save the note" }
                }
            }
        }
    }
}

/// What a statement is, for who hears it read out.
fn told(statement: &StatementView) -> String {
    format!(
        "{}, {}, {}",
        statement.who(),
        words::source(statement.source_kind).to_lowercase(),
        words::terms(statement.terms_kind).to_lowercase()
    )
}

/// A button that undoes what was written.
pub(super) fn undo(article: &str, written: &CorrectionView, number: Option<usize>, label: &str) -> Markup {
    html! {
        form class="undo" method="post" action="/corrections/undo" {
            input type="hidden" name="id" value=(written.id);
            @if !article.is_empty() { input type="hidden" name="article" value=(article); }
            @if let Some(number) = number { input type="hidden" name="number" value=(number); }
            button class="plain" aria-label={ (label) ": " (written.kind) " " (written.value) } { (if label == "Undo" { "undo" } else { "×" }) }
        }
    }
}
