//! A search: what was understood, what was found, and what would narrow it.

use crate::front::Story;
use crate::statement::entry::{Source, StatementEntry};
use crate::statement::passage::{Mark, Passage, Role};
use crate::words;
use onrecord_archive::Result;
use onrecord_document::{SourceKind, StatementForm, Terms};
use onrecord_search::query::{self, Changed, Leaf, Query, QueryError, SourceIs, Words as Typed};
use onrecord_search::{ArticleHit, Cursor, Facet as Counted, Facets, Hit, Kind, Request, Search, Sort, StatementHit};
use onrecord_span::{Span, Text};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Instant;

/// Values of a facet that are listed.
const LISTED: usize = 8;
/// Months that are.
const MONTHS: usize = 12;

/// Results of a page.
pub const PAGE: usize = 20;

/// What is asked of a search.
#[derive(Clone, Debug, Default)]
pub struct SearchParams {
    /// What was typed.
    pub typed: String,
    /// Conditions that were chosen among the facets, each in the language of the search.
    pub chosen: Vec<String>,
    /// What results are, where it was said.
    pub kind: Option<Kind>,
    /// Their order, where it was said.
    pub sort: Option<Sort>,
    /// Where the page begins.
    pub after: Option<String>,
    /// How many results.
    pub limit: usize,
}

/// What a search gave.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Results {
    /// The query, with all conditions that were chosen.
    pub query: String,
    /// What was looked for: `statements` or `articles`.
    pub find: &'static str,
    /// Their order: `relevance` or `time`.
    pub sort: &'static str,
    /// What the query means, in words with the terms of the query marked by quotation marks.
    pub meaning: Vec<Meaning>,
    /// How many statements there are.
    pub statements: u64,
    /// How many articles.
    pub articles: u64,
    /// The statements of this page, where they were asked for.
    pub said: Vec<StatementEntry>,
    /// The articles of this page, where they were.
    pub found: Vec<FoundArticle>,
    /// What would narrow the search.
    pub facets: Vec<Facet>,
    /// Conditions of the query that can be taken away.
    pub chips: Vec<Chip>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What would find something, where nothing was found: a query and how much it finds.
    pub advice: Vec<Advice>,
    /// Changes of the archive that the index does not know yet.
    pub behind: u64,
    /// Whether results may have moved since the page before.
    pub shifted: bool,
    /// How long it took, in milliseconds.
    #[serde(skip)]
    pub took: u128,
}

/// A word of what a query means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Meaning {
    /// The words.
    pub words: String,
    /// Whether they are the query's.
    pub asked: bool,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FoundArticle {
    /// The article, as lists show it.
    #[serde(flatten)]
    pub story: Story,
    /// Its headline with what was searched for.
    pub title: Passage,
    /// Where it says what was searched for.
    pub snippet: Option<Passage>,
}

/// Values that results have, with how many have each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facet {
    /// What it counts: `Source`, `Outlet`.
    pub name: &'static str,
    /// Its values.
    pub values: Vec<Value>,
    /// How many values more there are.
    pub others: u64,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Value {
    /// What it is called.
    pub label: String,
    /// The condition that chooses it, in the language of the search.
    pub condition: String,
    /// How many results have it.
    pub count: u64,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The kind of source that it stands for.
    #[serde(skip)]
    pub source: Option<SourceKind>,
}

/// A condition that can be taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Chip {
    /// What it says.
    pub label: String,
    /// The query without it.
    pub without: String,
}

/// A query that finds something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Advice {
    /// The part to leave out, or the whole query that may have been meant.
    pub words: String,
    /// The query.
    pub query: String,
    /// Whether it corrects a word; else it leaves a condition out.
    pub corrects: bool,
    /// How much it finds.
    pub count: u64,
}

/// What addresses and the API call a kind of result.
pub fn find(kind: Kind) -> &'static str {
    match kind {
        Kind::Statements => "statements",
        Kind::Articles => "articles",
    }
}

/// A value as the query language takes it: in quotation marks.
pub fn condition(field: &str, value: &str) -> String {
    format!("{field}:\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The query with everything that was chosen.
pub fn whole(params: &SearchParams) -> String {
    let typed = params.typed.trim();
    // Alternatives that were typed are kept together.
    let has_or = typed.contains(" OR ") && !params.chosen.is_empty();
    let typed = if has_or { format!("({typed})") } else { typed.to_owned() };
    let mut parts: Vec<String> = Vec::new();
    let is_everything = typed.is_empty() || typed == "*";
    if !is_everything || params.chosen.is_empty() && !typed.is_empty() {
        parts.push(typed);
    }
    // Values of one field are alternatives.
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for chosen in &params.chosen {
        let Some((field, value)) = chosen.split_once(':') else { continue };
        match fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, values)) => values.push(value),
            None => fields.push((field, vec![value])),
        }
    }
    parts.extend(fields.into_iter().map(|(field, values)| match values.as_slice() {
        [value] => format!("{field}:{value}"),
        values => format!("{field}:({})", values.join(" OR ")),
    }));
    if parts.is_empty() { "*".to_owned() } else { parts.join(" ") }
}

/// Searches. The outer error is the archive's, the inner one says what of the query was not understood.
pub fn results(search: &mut Search, params: &SearchParams) -> Result<std::result::Result<Results, QueryError>> {
    let begun = Instant::now();
    let typed = whole(params);
    let query = match query::parse(&typed) {
        Ok(query) => query,
        Err(error) => return Ok(Err(error)),
    };
    let kind = params.kind.unwrap_or_else(|| usual_kind(&query));
    let request = Request::new(query.clone(), kind);
    let request = Request {
        sort: params.sort.unwrap_or(request.sort),
        limit: params.limit,
        after: params.after.as_deref().and_then(Cursor::parse),
        facets: true,
        ..request
    };
    let found = search.find(&request)?;
    let other = match kind {
        Kind::Articles => Kind::Statements,
        Kind::Statements => Kind::Articles,
    };
    let others = search.count(&query, other)?;
    let (statements, articles) = if kind == Kind::Statements { (found.total, others) } else { (others, found.total) };
    let facets = facets(search, &request, found.facets.as_ref())?;
    let mut results = Results {
        query: typed,
        find: find(kind),
        sort: request.sort.name(),
        meaning: meaning(&query, kind),
        statements,
        articles,
        said: Vec::new(),
        found: Vec::new(),
        facets,
        chips: chips(&query),
        next: found.next.map(|next| next.to_string()),
        advice: Vec::new(),
        behind: found.behind,
        shifted: found.has_shifted,
        took: 0,
    };
    if let Some(advice) = found.advice {
        results.advice.extend(advice.meant.into_iter().map(|(query, count)| Advice {
            words: query.to_string(),
            query: query.to_string(),
            corrects: true,
            count,
        }));
        results.advice.extend(advice.without.into_iter().map(|(part, count)| Advice {
            words: part.to_string(),
            query: without(&query, &part).to_string(),
            corrects: false,
            count,
        }));
    }
    for hit in found.hits {
        match hit {
            Hit::Statement(hit) => results.said.extend(said(hit)),
            Hit::Article(hit) => results.found.push(article(search, hit)?),
        }
    }
    results.took = begun.elapsed().as_millis();
    Ok(Ok(results))
}

/// What results are.
pub fn kind_of(params: &SearchParams) -> Kind {
    params.kind.unwrap_or_else(|| query::parse(&whole(params)).map_or(Kind::Articles, |query| usual_kind(&query)))
}

/// Statements, where the query asks about them; else articles.
fn usual_kind(query: &Query) -> Kind {
    let mut of_statements = false;
    query.each_leaf(&mut |leaf, _| {
        of_statements |= match leaf {
            Leaf::Source(_) | Leaf::Terms(_) | Leaf::Form(_) | Leaf::Act(_) => true,
            Leaf::Words { field, .. } => field.field().is_some_and(query::Field::is_of_statements),
            _ => false,
        }
    });
    if of_statements { Kind::Statements } else { Kind::Articles }
}

/// A statement that was found, in a list.
pub fn said(hit: StatementHit) -> Option<StatementEntry> {
    let source = Source::new(hit.listed, hit.source);
    let statement = &hit.statement;
    let mut found: Vec<Span<Text>> = Vec::new();
    for passage in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
        let at = passage.span.start();
        let marked = |mark: &std::ops::Range<usize>| source.words().buffer.span(at + mark.start..at + mark.end);
        found.extend(passage.marks.iter().filter_map(marked));
    }
    found.sort_by_key(|span| (span.start(), span.end()));
    found.dedup();
    source.said(statement.nth as usize, &found)
}

/// An article that was found, in a list.
pub fn article(search: &Search, hit: ArticleHit) -> Result<FoundArticle> {
    let marked = |words: &str, marks: &[std::ops::Range<usize>]| Passage {
        words: words.to_owned(),
        marks: marks.iter().map(|bytes| Mark { bytes: bytes.clone(), role: Role::Found, statement: 0 }).collect(),
    };
    let story = Story::of(search.archive(), &hit.listed)?;
    Ok(FoundArticle {
        title: match &hit.listed.headline {
            Some(headline) => marked(headline, &hit.headline_marks),
            None => Passage::plain(story.article.title()),
        },
        snippet: hit.snippet.as_ref().map(|snippet| {
            let mut passage = marked(&snippet.words, &snippet.marks);
            if snippet.begins_inside {
                let lead = "… ";
                passage.words.insert_str(0, lead);
                passage.marks.iter_mut().for_each(|mark| {
                    mark.bytes = mark.bytes.start + lead.len()..mark.bytes.end + lead.len();
                });
            }
            if snippet.ends_inside {
                passage.words.push_str(" …");
            }
            passage
        }),
        story,
    })
}

/// The fields that are facets, each by whether a condition is of it.
fn is_of(field: &str, leaf: &Leaf) -> bool {
    match leaf {
        Leaf::Source(_) => field == "source",
        Leaf::Terms(_) => field == "terms",
        Leaf::Form(_) => field == "form",
        Leaf::Language(_) => field == "lang",
        Leaf::Published(_) => field == "date",
        Leaf::Words { field: words, .. } => words.field().is_some_and(|known| known.name() == field),
        _ => false,
    }
}

/// The conditions of a query that stand side by side.
fn conditions(query: &Query) -> Vec<&Query> {
    match query {
        Query::All => Vec::new(),
        Query::And(parts) => parts.iter().collect(),
        query => vec![query],
    }
}

/// Whether a condition is about one field alone.
fn about(field: &str, part: &Query) -> bool {
    match part {
        Query::Leaf(leaf) => is_of(field, leaf),
        Query::Or(parts) => parts.iter().all(|part| about(field, part)),
        _ => false,
    }
}

fn without(query: &Query, part: &Query) -> Query {
    let rest: Vec<Query> = conditions(query).into_iter().filter(|known| *known != part).cloned().collect();
    joined(rest)
}

fn joined(mut parts: Vec<Query>) -> Query {
    match parts.len() {
        0 => Query::All,
        1 => parts.swap_remove(0),
        _ => Query::And(parts),
    }
}

/// Counts of each field over what the rest of the query finds, so that what was chosen shows what else could be.
fn facets(search: &mut Search, request: &Request, own: Option<&Facets>) -> Result<Vec<Facet>> {
    let Some(own) = own else { return Ok(Vec::new()) };
    let parts = conditions(&request.query);
    let mut widened = |field: &str| -> Result<Option<Facets>> {
        if !parts.iter().any(|part| about(field, part)) {
            return Ok(None);
        }
        let rest: Vec<Query> = parts.iter().filter(|part| !about(field, part)).map(|part| (*part).clone()).collect();
        let request = Request { query: joined(rest), limit: 1, after: None, sort: Sort::Time, ..request.clone() };
        Ok(search.find(&request)?.facets)
    };
    let mut facets = Vec::new();
    let mut add = |name: &'static str, field: &str, values: Vec<Value>, others: u64| {
        let mut values = values;
        values.iter_mut().for_each(|value| {
            value.chosen = parts.iter().any(|part| about(field, part) && chooses(part, &value.condition));
        });
        if !values.is_empty() {
            facets.push(Facet { name, values, others });
        }
    };
    let wide = widened("source")?;
    let sources = &wide.as_ref().unwrap_or(own).sources;
    let value = |kind: &SourceKind| Value {
        label: words::source(*kind).to_owned(),
        condition: format!("source:{}", kind.name()),
        count: sources.values.iter().find(|(known, _)| known == kind).map_or(0, |(_, count)| *count),
        chosen: false,
        source: Some(*kind),
    };
    add("Source", "source", SourceKind::ALL.iter().map(value).collect(), 0);
    let wide = widened("terms")?;
    let counted = &wide.as_ref().unwrap_or(own).terms;
    let value = |terms: &Terms| Value {
        label: words::terms(*terms).to_owned(),
        condition: format!("terms:{}", terms.name()),
        count: counted.values.iter().find(|(known, _)| known == terms).map_or(0, |(_, count)| *count),
        chosen: false,
        source: None,
    };
    add("Terms", "terms", Terms::ALL.iter().map(value).collect(), 0);
    let wide = widened("form")?;
    let counted = &wide.as_ref().unwrap_or(own).forms;
    let value = |kind: &StatementForm| Value {
        label: words::capital(kind.name()),
        condition: format!("form:{}", kind.name()),
        count: counted.values.iter().find(|(known, _)| known == kind).map_or(0, |(_, count)| *count),
        chosen: false,
        source: None,
    };
    add("Form", "form", StatementForm::ALL.iter().map(value).collect(), 0);
    let wide = widened("outlet")?;
    let (values, others) =
        named(&wide.as_ref().unwrap_or(own).outlets, LISTED, |name| (name.clone(), condition("outlet", name)));
    add("Outlet", "outlet", values, others);
    let wide = widened("date")?;
    let (values, others) = named(&wide.as_ref().unwrap_or(own).months, MONTHS, |month| {
        (words::short_month(month), format!("date:{month}"))
    });
    add("Month", "date", values, others);
    let wide = widened("speaker")?;
    let (values, others) =
        named(&wide.as_ref().unwrap_or(own).speakers, LISTED, |name| (name.clone(), condition("speaker", name)));
    add("Speaker", "speaker", values, others);
    let wide = widened("lang")?;
    let languages = &wide.as_ref().unwrap_or(own).languages;
    if languages.values.len() > 1 || wide.is_some() {
        let (values, others) = named(languages, LISTED, |code| (words::language(code), format!("lang:{code}")));
        add("Language", "lang", values, others);
    }
    Ok(facets)
}

fn named(facet: &Counted<String>, most: usize, written: impl Fn(&String) -> (String, String)) -> (Vec<Value>, u64) {
    let values = facet.values.iter().take(most).map(|(value, count)| {
        let (label, condition) = written(value);
        Value { label, condition, count: *count, chosen: false, source: None }
    });
    (values.collect(), facet.others + facet.values.len().saturating_sub(most) as u64)
}

/// Whether a part of a query chooses a value.
fn chooses(part: &Query, condition: &str) -> bool {
    let Ok(wanted) = query::parse(condition) else { return false };
    match part {
        Query::Or(parts) => parts.iter().any(|part| chooses(part, condition)),
        // `source:unnamed` chooses both kinds that it stands for.
        Query::Leaf(Leaf::Source(is)) => match &wanted {
            Query::Leaf(Leaf::Source(SourceIs::Kind(kind))) => is.kinds().contains(kind),
            _ => *part == wanted,
        },
        part => *part == wanted,
    }
}

/// Whether a part of a query says no more than what was chosen.
pub fn is_chosen(part: &Query, chosen: &[Query]) -> bool {
    let among = |leaf: Query| chosen.contains(&leaf);
    match part {
        Query::Leaf(Leaf::Source(is)) => {
            is.kinds().into_iter().all(|kind| among(Query::Leaf(Leaf::Source(SourceIs::Kind(kind)))))
        }
        part => among(part.clone()),
    }
}

fn chips(query: &Query) -> Vec<Chip> {
    let parts = conditions(query);
    let chips =
        parts.iter().filter(|part| !matches!(part, Query::Leaf(Leaf::Words { field, .. }) if field.field().is_none()));
    chips.map(|part| Chip { label: part.to_string(), without: without(query, part).to_string() }).collect()
}

/// What a query means: the parts of it in words.
fn meaning(query: &Query, kind: Kind) -> Vec<Meaning> {
    let mut list: Vec<Meaning> = Vec::new();
    let plain = |list: &mut Vec<Meaning>, words: &str| list.push(Meaning { words: words.to_owned(), asked: false });
    let asked = |list: &mut Vec<Meaning>, words: String| list.push(Meaning { words, asked: true });
    let (finds_statements, parts) = (kind == Kind::Statements, conditions(query));
    plain(&mut list, if parts.is_empty() { "All " } else { "" });
    plain(
        &mut list,
        if finds_statements {
            if parts.is_empty() { "statements" } else { "Statements" }
        } else if parts.is_empty() {
            "articles"
        } else {
            "Articles"
        },
    );
    for (nth, part) in parts.iter().enumerate() {
        plain(
            &mut list,
            match nth {
                0 => " ",
                _ => ", ",
            },
        );
        match part {
            Query::Leaf(Leaf::Words { field, words }) if field.field().is_none() => {
                plain(&mut list, "with ");
                asked(
                    &mut list,
                    match words {
                        Typed::Word(word) => word.clone(),
                        Typed::Phrase { words, .. } => format!("“{words}”"),
                        Typed::Prefix(start) => format!("{start}…"),
                    },
                );
            }
            Query::Leaf(Leaf::Source(is)) => {
                plain(&mut list, "from ");
                asked(
                    &mut list,
                    match is {
                        SourceIs::Named => "named".to_owned(),
                        SourceIs::Unnamed => "unnamed".to_owned(),
                        SourceIs::Kind(kind) => kind.name().replace('_', " "),
                    },
                );
                plain(&mut list, " sources");
            }
            Query::Leaf(Leaf::Terms(terms)) => {
                plain(&mut list, "on terms: ");
                asked(&mut list, words::terms(*terms).to_lowercase());
            }
            Query::Leaf(Leaf::Published(range)) => {
                plain(&mut list, "published ");
                asked(&mut list, dates(&range.to_string()));
            }
            Query::Leaf(Leaf::Changed(Changed::Yes)) => {
                plain(&mut list, "in ");
                asked(&mut list, "several versions".to_owned());
            }
            Query::Leaf(Leaf::Language(code)) => {
                plain(&mut list, "in ");
                asked(&mut list, words::language(code));
            }
            Query::Not(part) => {
                plain(&mut list, "without ");
                asked(&mut list, part.to_string());
            }
            part => {
                plain(&mut list, "where ");
                asked(&mut list, part.to_string());
            }
        }
    }
    plain(&mut list, ".");
    list
}

/// "1 Nov 2024 to Jan 2025" of `2024-11..2025-01`.
fn dates(range: &str) -> String {
    let one = |date: &str| match date.len() {
        10 => words::day(date),
        7 => words::short_month(date),
        _ => date.to_owned(),
    };
    match range.split_once("..") {
        Some((from, "")) => format!("{} or later", one(from)),
        Some(("", to)) => format!("{} or earlier", one(to)),
        Some((from, to)) => format!("{} to {}", one(from), one(to)),
        None => one(range),
    }
}

/// Every statement or article that a search finds, a page at a time.
pub fn all(
    search: &mut Search,
    params: &SearchParams,
    mut each: impl FnMut(&Search, Hit) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let failed = |error: String| std::io::Error::other(error);
    let query = query::parse(&whole(params)).map_err(|error| failed(error.to_string()))?;
    let kind = params.kind.unwrap_or_else(|| usual_kind(&query));
    let request = Request::new(query, kind);
    // In an order that stays while pages are asked for one after the other.
    let mut request = Request { sort: params.sort.unwrap_or(request.sort), limit: 200, ..request };
    loop {
        let found = search.find(&request).map_err(|error| failed(error.to_string()))?;
        for hit in found.hits {
            each(search, hit)?;
        }
        match found.next {
            Some(next) => request.after = Some(next),
            None => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::condition;

    #[test]
    fn a_value_with_quotation_marks_is_one_condition() {
        assert_eq!(condition("outlet", "The \"Post\""), "outlet:\"The \\\"Post\\\"\"");
    }
}
