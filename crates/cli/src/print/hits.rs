//! What a search found, as text.

use super::colours::{BOLD, DIM, PLAIN};
use super::rich::{Canvas, Rich};
use anstyle::{AnsiColor, Effects, Style};
use onrecord_search::query::Query;
use onrecord_search::{Advice, ArticleHit, Facet, Facets, Found, Hit, Kind, Passage, Request, StatementHit};
use std::ops::Range;

/// Words that were searched for.
const FOUND: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// Number of values that are shown of a facet.
const SHOWN_VALUES: usize = 8;

/// Prints the results of a search for people.
pub struct HitPrinter {
    pub canvas: Canvas,
}

impl HitPrinter {
    /// Prints a page of results.
    pub fn page(&self, out: &mut String, found: &Found, request: &Request) {
        if found.total == 0 {
            let nothing = match request.kind {
                Kind::Articles => "No article matches.",
                Kind::Statements => "No statement matches.",
            };
            self.canvas.paragraph(out, &Rich::of(nothing, BOLD), "");
            let advice = found.advice.clone().unwrap_or_default();
            for (query, count) in &advice.meant {
                self.canvas.paragraph(out, &Rich::of(&format!("Did you mean {query}? It finds {count}."), PLAIN), "");
            }
            for (part, count) in &advice.without {
                let verb = if *count == 1 { "is" } else { "are" };
                self.canvas.paragraph(out, &Rich::of(&format!("Without {part} there {verb} {count}."), PLAIN), "");
            }
            if advice == Advice::default() && request.query != Query::All {
                let hint = "Try fewer words, the beginning of a word (breakw*), or OR between words.";
                self.canvas.paragraph(out, &Rich::of(hint, PLAIN), "");
            } else if request.query == Query::All {
                self.canvas.paragraph(
                    out,
                    &Rich::of("The archive is empty: add pages with `onrecord add PATH`.", PLAIN),
                    "",
                );
            }
            return;
        }
        self.heading(out, found.total, request.kind);
        found.hits.iter().for_each(|hit| self.hit(out, hit));
        if let Some(facets) = &found.facets {
            self.facets(out, facets);
        }
        if let Some(next) = &found.next {
            out.push('\n');
            self.canvas.paragraph(out, &Rich::of(&format!("Next page: --after {next}"), DIM), "");
        }
    }

    /// Prints the number of results.
    pub fn heading(&self, out: &mut String, total: u64, kind: Kind) {
        let noun = match (kind, total) {
            (Kind::Articles, 1) => "article",
            (Kind::Articles, _) => "articles",
            (Kind::Statements, 1) => "statement",
            (Kind::Statements, _) => "statements",
        };
        self.canvas.paragraph(out, &Rich::of(&format!("{total} {noun}"), BOLD), "");
    }

    /// Prints one result.
    pub fn hit(&self, out: &mut String, hit: &Hit) {
        out.push('\n');
        match hit {
            Hit::Article(hit) => self.article(out, hit),
            Hit::Statement(hit) => self.statement(out, hit),
        }
    }

    fn article(&self, out: &mut String, hit: &ArticleHit) {
        let mut headline = Rich::default();
        match &hit.listed.headline {
            Some(words) => push_marked(&mut headline, words, &hit.headline_marks, BOLD),
            None => headline.push("(no headline)", DIM),
        }
        self.canvas.paragraph(out, &headline, "");
        let mut about = signature(&hit.listed);
        if hit.statements > 0 {
            about.push(format!("{} statement{}", hit.statements, if hit.statements == 1 { "" } else { "s" }));
        }
        self.canvas.paragraph(out, &Rich::of(&about.join(" · "), DIM), "");
        if let Some(snippet) = &hit.snippet {
            self.canvas.paragraph(out, &passage(snippet, PLAIN), "  ");
        }
        self.canvas.paragraph(out, &Rich::of(hit.listed.url.as_deref().unwrap_or(&hit.listed.name), DIM), "  ");
    }

    fn statement(&self, out: &mut String, hit: &StatementHit) {
        let statement = &hit.statement;
        let mut said = Rich::default();
        for (nth, part) in statement.content.iter().enumerate() {
            if nth > 0 {
                said.push(" … ", DIM);
            }
            push_marked(&mut said, &part.words, &part.marks, PLAIN);
        }
        self.canvas.paragraph(out, &said, "");
        let mut who = Rich::of("— ", DIM);
        match &statement.speaker {
            Some(speaker) => {
                who.push(&speaker.name, BOLD);
                match speaker.read_as.as_deref() {
                    Some("") => who.push(" (corrected)", DIM),
                    Some(read) => who.push(&format!(" (corrected; read as {read})"), DIM),
                    None => {}
                }
                for part in [&speaker.role, &speaker.affiliation].into_iter().flatten() {
                    who.push(&format!(", {part}"), PLAIN);
                }
            }
            None if statement.source.is_empty() => who.push("no source given", DIM),
            None => {
                for part in &statement.source {
                    push_marked(&mut who, &part.words, &part.marks, PLAIN);
                }
            }
        }
        let terms = format!(" · {} · {}", statement.source_kind.name(), statement.terms.name()).replace('_', " ");
        who.push(&terms, DIM);
        self.canvas.paragraph(out, &who, "  ");
        let mut about: Vec<String> = hit.listed.headline.iter().cloned().collect();
        about.extend(signature(&hit.listed));
        self.canvas.paragraph(out, &Rich::of(&about.join(" · "), DIM), "  ");
    }

    fn facets(&self, out: &mut String, facets: &Facets) {
        out.push('\n');
        let mut show = |name: &str, facet: &Facet<String>| {
            let mut values: Vec<String> =
                facet.values.iter().take(SHOWN_VALUES).map(|(value, count)| format!("{value} {count}")).collect();
            let others = facet.values.len().saturating_sub(SHOWN_VALUES) as u64 + facet.others;
            if others > 0 {
                values.push(format!("{others} more"));
            }
            if facet.without > 0 && !facet.values.is_empty() {
                values.push(format!("not stated {}", facet.without));
            }
            if !values.is_empty() {
                let mut line = Rich::of(&format!("{name}: "), BOLD);
                line.push(&values.join(" · "), PLAIN);
                line.write(out, "", "  ", self.canvas.width, self.canvas.paint);
            }
        };
        show("Outlets", &facets.outlets);
        show("Languages", &facets.languages);
        show("Months", &facets.months);
        let sources = facets.sources.values.iter().map(|(kind, count)| (kind.name().replace('_', " "), *count));
        show("Sources", &Facet { values: sources.collect(), others: 0, without: facets.sources.without });
        show("Speakers", &facets.speakers);
    }
}

/// Outlet, day, language.
fn signature(listed: &onrecord_archive::Listed) -> Vec<String> {
    let day = listed.published.as_ref().map(|published| published.chars().take(10).collect());
    [listed.site.clone(), day, listed.language.clone()].into_iter().flatten().collect()
}

fn passage(passage: &Passage, style: Style) -> Rich {
    let mut rich = Rich::default();
    if passage.begins_inside {
        rich.push("… ", DIM);
    }
    push_marked(&mut rich, &passage.words, &passage.marks, style);
    if passage.ends_inside {
        rich.push(" …", DIM);
    }
    rich
}

fn push_marked(rich: &mut Rich, words: &str, marks: &[Range<usize>], style: Style) {
    let mut at = 0;
    for mark in marks {
        rich.push(words.get(at..mark.start).unwrap_or_default(), style);
        rich.push(words.get(mark.clone()).unwrap_or_default(), FOUND);
        at = mark.end;
    }
    rich.push(words.get(at..).unwrap_or_default(), style);
}
