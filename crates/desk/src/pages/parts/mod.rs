//! What several pages have: badges, bars, evidence marks. One language for sourcing: solid, a name stands behind it;
//! hatched, no name; ruled, a document; dashed outline, nobody.

pub(crate) mod error;
pub(crate) mod files;
pub(crate) mod layout;
pub(crate) mod marked;
pub(crate) mod statements;

use crate::links;
use maud::{Markup, PreEscaped, html};
use onrecord_document::{SourceKind, Terms};
use onrecord_views::Sources;
use onrecord_views::statement::StatementView;
use onrecord_views::words;

/// How a source is drawn.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Texture {
    Named,
    Person,
    Group,
    Document,
    None,
}

impl Texture {
    pub fn of(kind: SourceKind) -> Texture {
        match kind {
            SourceKind::NamedPerson | SourceKind::NamedOrganisation => Texture::Named,
            SourceKind::UnnamedPerson => Texture::Person,
            SourceKind::UnnamedGroup => Texture::Group,
            SourceKind::Document | SourceKind::OtherMedia => Texture::Document,
            SourceKind::None => Texture::None,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Texture::Named => "c-named",
            Texture::Person | Texture::Group => "c-unnamed",
            Texture::Document => "c-document",
            Texture::None => "c-none",
        }
    }

    /// What filters and addresses call it.
    pub fn name(self) -> &'static str {
        match self {
            Texture::Named => "named",
            Texture::Person => "person",
            Texture::Group => "group",
            Texture::Document => "document",
            Texture::None => "none",
        }
    }
}

/// The small square beside a word.
pub(crate) fn swatch(texture: Texture) -> Markup {
    let class = texture.class();
    if texture == Texture::Group {
        return html! {
            svg class="sw sw-2" viewBox="0 0 24 12" aria-hidden="true" {
                rect class=(class) x=".5" y=".5" width="10" height="11" {}
                rect class=(class) x="13.5" y=".5" width="10" height="11" {}
            }
        };
    }
    html! {
        svg class="sw" viewBox="0 0 12 12" aria-hidden="true" {
            rect class=(class) x=".5" y=".5" width="11" height="11" {}
        }
    }
}

/// A link to where something stands on its page.
pub(crate) fn evidence(href: &str, what: &str) -> Markup {
    html! {
        a class="ev" href=(href) aria-label={ "Evidence: " (what) } title="Evidence: where it stands on the page" {
            svg aria-hidden="true" { use href="#i-ev" {} }
        }
    }
}

/// Badge, terms and number of sources of a statement.
pub(crate) fn facts(statement: &StatementView) -> Markup {
    html! {
        span class="badge" { (swatch(Texture::of(statement.source_kind))) (words::source(statement.source_kind)) }
        (terms(statement.terms_kind))
        span { (statement.sources) }
    }
}

/// The terms; anonymity is the only one that stands out.
pub(crate) fn terms(terms: Terms) -> Markup {
    match terms {
        Terms::ConditionOfAnonymity => {
            html! { span class="flag" { "Anonymity" span class="vh" { " was a condition" } } }
        }
        terms => html! { span { (words::terms(terms)) } },
    }
}

/// Who is behind a statement, linked to everything that they said.
pub(crate) fn who(statement: &StatementView) -> Markup {
    let class = if statement.is_named() { "name name-named" } else { "name name-unnamed" };
    match &statement.speaker {
        Some(speaker) => html! { a class=(class) href=(links::speaker(speaker)) { bdi { (statement.who()) } } },
        None => html! { span class=(class) { bdi { (statement.who()) } } },
    }
}

/// The bar of a list: shares of named, unnamed, documents, nobody.
pub(crate) fn mini(sources: &Sources) -> Markup {
    const WIDTH: f64 = 88.0;
    const GAP: f64 = 2.0;
    let parts = [
        (Texture::Named, sources.named),
        (Texture::Person, sources.unnamed()),
        (Texture::Document, sources.documents),
        (Texture::None, sources.none),
    ];
    let shown: Vec<_> = parts.iter().filter(|(_, count)| *count > 0).collect();
    let room = WIDTH - 1.0 - GAP * shown.len().saturating_sub(1) as f64;
    let mut at = 0.5;
    let mut out = String::new();
    for (texture, count) in shown {
        let width = room * *count as f64 / sources.all.max(1) as f64;
        out.push_str(&format!(
            r#"<rect class="{}" x="{at:.1}" y=".5" width="{width:.1}" height="9"/>"#,
            texture.class()
        ));
        at += width + GAP;
    }
    html! {
        svg class="mini" viewBox="0 0 88 10" role="img" aria-label=(said(sources)) { (PreEscaped(out)) }
    }
}

/// The same in words.
pub(crate) fn said(sources: &Sources) -> String {
    format!(
        "{}: {} named, {} unnamed, {} from documents, {} without a source",
        words::counted(sources.all, "statement"),
        sources.named,
        sources.unnamed(),
        sources.documents,
        sources.none
    )
}

/// Most statements that have a cell of their own in the strip.
const CELLS: u64 = 40;

/// The strip above an article: one cell a statement up to [`CELLS`], proportional from there on.
pub(crate) fn strip(sources: &Sources) -> Markup {
    const WIDTH: f64 = 597.0;
    let groups = [
        (Texture::Named, sources.named),
        (Texture::Person, sources.unnamed_persons),
        (Texture::Group, sources.unnamed_groups),
        (Texture::Document, sources.documents),
        (Texture::None, sources.none),
    ];
    let shown: Vec<_> = groups.iter().filter(|(_, count)| *count > 0).collect();
    let gaps = 8.0 * shown.len().saturating_sub(1) as f64;
    let mut out = String::new();
    let mut at = 0.5;
    // Few statements make no wide cells: the strip says how many there are.
    let cell = ((WIDTH - 1.0 - gaps) / sources.all.max(1) as f64).min(32.0);
    for (texture, count) in shown {
        let class = texture.class();
        if sources.all <= CELLS {
            for _ in 0..*count {
                out.push_str(&format!(
                    r#"<rect class="{class}" x="{at:.1}" y=".5" width="{:.1}" height="15"/>"#,
                    cell - 4.0
                ));
                at += cell;
            }
            at += 8.0;
        } else {
            let width = (WIDTH - 1.0 - gaps) * *count as f64 / sources.all as f64;
            out.push_str(&format!(r#"<rect class="{class}" x="{at:.1}" y=".5" width="{width:.1}" height="15"/>"#));
            at += width + 8.0;
        }
    }
    let label = format!(
        "{}: {} from named sources, {} from unnamed persons, {} from unnamed groups, {} from documents, {} without a source",
        words::counted(sources.all, "statement"),
        sources.named,
        sources.unnamed_persons,
        sources.unnamed_groups,
        sources.documents,
        sources.none
    );
    html! {
        svg class="bar" viewBox="0 0 597 16" preserveAspectRatio="none" role="img" aria-label=(label) { (PreEscaped(out)) }
    }
}

/// A drop zone; without its script, a file input and a button.
pub(crate) fn drop_zone(id: &str) -> Markup {
    html! {
        form class="drop" method="post" action="/add" enctype="multipart/form-data" {
            strong { "Drop pages here" }
            p {
                "HTML, WARC or WACZ (plain, " code { ".gz" } ", " code { ".zst" } "), MHTML, JSONL or plain text. "
                "Pages that are already in the archive are not added twice."
            }
            label class="vh" for=(id) { "Choose files to add" }
            input id=(id) type="file" name="pages" multiple required;
            " " button class="btn" { "Add" }
        }
    }
}

/// The language of the search, on one page.
pub(crate) fn lingo() -> Markup {
    const LINES: &[(&str, &str)] = &[
        ("ferry breakwater", "both words, in any form"),
        ("\"struck the breakwater\"", "these words in this order"),
        ("ferry OR boat", "either"),
        ("-drill", "without"),
        ("breakw*", "words that begin like this"),
        ("headline:ferry", "in the headline"),
        ("author:\"Mara Ellison\"", "written by"),
        ("speaker:adler", "said by: name, role or affiliation"),
        ("said:\"no radar\"", "inside what was said"),
        ("cue:denied", "how it was said"),
        ("outlet:\"Harbor Gazette\"  lang:en", "in this outlet, in this language"),
        ("source:named|unnamed|document", "on whose authority; any of these"),
        ("terms:anonymity", "on these terms"),
        ("form:direct  act:denial", "its form and what it does"),
        ("date:2024-11..2025-01", "a day, a month or a range"),
        ("changed:yes", "more than one version"),
        ("tag:\"to check\"", "one of your tags"),
    ];
    html! {
        dl class="lingo" { @for (query, what) in LINES { div { dt { code { (query) } } dd { (what) } } } }
    }
}

/// The large search box, with what stands below it.
pub(crate) fn ask(query: &str, hidden: &[(&str, &str)], is_wrong: bool, below: Markup) -> Markup {
    html! {
        form class="ask" action="/search" role="search" aria-label="Archive" {
            label class="vh" for="q" { "Search the archive" }
            input id="q" name="q" type="search" value=(query) placeholder="Words, or speaker: said: outlet: source: date:"
                autocomplete="off" spellcheck="false" aria-invalid=[is_wrong.then_some("true")]
                aria-describedby=[is_wrong.then_some("err")];
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            button class="btn btn-main" { "Search" }
            (below)
        }
    }
}
