//! `onrecord search` and `onrecord statements`.

use crate::colours::{BOLD, DIM, PLAIN, Paint};
use crate::rich::Rich;
use crate::search_args::{ResultKind, ResultSort, RowFormat, SearchArgs, StatementFormat, StatementsArgs};
use crate::store::{self, failed};
use crate::terminal::width;
use crate::{Outcome, messages, tools};
use anstyle::{AnsiColor, Effects, Style};
use onrecord_archive::{Archive, DocumentId};
use onrecord_document::Document;
use onrecord_record::{
    Cell, CellKind, Column, FoundLine, STATEMENT_COLUMNS, StatementSpeaker, marks_in_code_points, statement_cells,
    write_web_annotation,
};
use onrecord_search::query::{self, Query, QueryError};
use onrecord_search::{
    Advice, ArticleHit, Cursor, Facet, Facets, Found, Hit, Kind, MAX_LIMIT, Passage, Request, Search, Sort,
    StatementHit,
};
use onrecord_tables::{Csv, RowSink};
use std::fmt::Write as _;
use std::ops::Range;

/// Words that were searched for.
const FOUND: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// Values of a facet that are shown.
const SHOWN_VALUES: usize = 8;

/// Searches and prints a page of results.
pub fn run(args: &SearchArgs) -> Outcome {
    let typed = args.query.join(" ");
    let asked = match query::parse(&typed) {
        Ok(asked) => asked,
        Err(error) => return misunderstood(&typed, &error),
    };
    let after = match args.after.as_deref().map(Cursor::parse) {
        Some(None) => {
            messages::say("--after wants a cursor as a search printed it");
            return Outcome::Misused;
        }
        after => after.flatten(),
    };
    let kind = match args.kind {
        ResultKind::Articles => Kind::Articles,
        ResultKind::Statements => Kind::Statements,
    };
    let request = Request::new(asked, kind);
    let request = Request {
        sort: match args.sort {
            Some(ResultSort::Relevance) => Sort::Relevance,
            Some(ResultSort::Time) => Sort::Time,
            None => request.sort,
        },
        limit: args.limit.into(),
        after,
        facets: args.facets,
        ..request
    };
    let mut search = match opened(&args.archive) {
        Ok(search) => search,
        Err(outcome) => return outcome,
    };
    let found = match search.find(&request) {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    warn(&found);
    let format = RowFormat::or_fitting(args.format);
    let look = Shown { paint: Paint::stdout(args.look.color), width: width(args.look.width) };
    let mut out = String::new();
    match format {
        RowFormat::Text => look.page(&mut out, &found, &request),
        RowFormat::Jsonl => found.hits.iter().for_each(|hit| push_json(hit, &mut out)),
        RowFormat::Csv => match csv(&found.hits, kind) {
            Ok(csv) => out = csv,
            Err(error) => {
                messages::say(&format!("the output could not be written: {error}"));
                return Outcome::Incomplete;
            }
        },
    }
    let printed = tools::print(out.as_bytes());
    if format != RowFormat::Text {
        say_rest(&found);
    }
    if printed == Outcome::Done && found.total == 0 { Outcome::Incomplete } else { printed }
}

/// Lists statements of the archive, all that there are.
pub fn statements(args: &StatementsArgs) -> Outcome {
    let asked = match asked_of_statements(args) {
        Ok(asked) => asked,
        Err(outcome) => return outcome,
    };
    let mut search = match opened(&args.archive) {
        Ok(search) => search,
        Err(outcome) => return outcome,
    };
    let mut request = Request {
        sort: Sort::Time,
        limit: MAX_LIMIT,
        min_confidence: args.min_confidence,
        ..Request::new(asked, Kind::Statements)
    };
    let format = StatementFormat::or_fitting(args.format);
    let look = Shown { paint: Paint::stdout(args.look.color), width: width(args.look.width) };
    let mut is_first = true;
    loop {
        let found = match search.find(&request) {
            Ok(found) => found,
            Err(error) => return failed(error),
        };
        let mut out = String::new();
        match format {
            StatementFormat::Text => {
                if is_first {
                    look.heading(&mut out, found.total, Kind::Statements);
                }
                found.hits.iter().for_each(|hit| look.hit(&mut out, hit));
            }
            StatementFormat::Jsonl => found.hits.iter().for_each(|hit| push_json(hit, &mut out)),
            StatementFormat::Csv => match csv(&found.hits, Kind::Statements) {
                Ok(csv) if is_first => out = csv,
                Ok(csv) => out = csv.split_once("\r\n").map(|(_, rows)| rows.to_owned()).unwrap_or_default(),
                Err(error) => {
                    messages::say(&format!("the output could not be written: {error}"));
                    return Outcome::Incomplete;
                }
            },
            StatementFormat::Annotations => match annotations(search.archive(), &found.hits) {
                Ok(lines) => out = lines,
                Err(error) => return failed(error),
            },
        }
        if is_first {
            warn(&found);
        }
        is_first = false;
        match tools::print(out.as_bytes()) {
            Outcome::Done => {}
            outcome => return outcome,
        }
        match found.next {
            Some(next) => request.after = Some(next),
            None => return Outcome::Done,
        }
    }
}

/// The conditions that `onrecord statements` was given, as a query.
pub fn asked_of_statements(args: &StatementsArgs) -> Result<Query, Outcome> {
    let condition = |field: &str, value: &Option<String>| {
        let quoted = |value: &String| format!("{field}:\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        value.as_ref().map(quoted)
    };
    let conditions =
        [condition("speaker", &args.speaker), condition("kind", &args.kind), condition("source", &args.source)];
    let typed = conditions.into_iter().flatten().collect::<Vec<_>>().join(" ");
    query::parse(&typed).map_err(|error| {
        messages::say(&format!("{}; {}", error.message, error.help));
        Outcome::Misused
    })
}

/// Statements as Web Annotations, one a line.
fn annotations(archive: &Archive, hits: &[Hit]) -> onrecord_archive::Result<String> {
    let mut lines = Vec::new();
    let mut at_hand: Option<(DocumentId, Document)> = None;
    for hit in hits {
        let Hit::Statement(hit) = hit else { continue };
        let id = hit.listed.id;
        if at_hand.as_ref().is_none_or(|(known, _)| *known != id) {
            at_hand = Some((id, archive.document(id)?));
        }
        let statements =
            at_hand.as_ref().and_then(|(_, document)| Some((document, document.layers.statements.as_ref()?)));
        let Some((document, statements)) = statements else { continue };
        if let Some(statement) = statements.items.get(hit.statement.nth as usize) {
            // Writing to memory cannot fail.
            let _ = write_web_annotation(document, statement, &mut lines);
            lines.push(b'\n');
        }
    }
    Ok(String::from_utf8(lines).unwrap_or_default())
}

fn opened(archive: &crate::archive_args::ArchiveArg) -> Result<Search, Outcome> {
    let place = store::place(archive)?;
    // Says what is wrong with the archive itself, and brings an older one up to date.
    drop(store::open(archive)?);
    Search::open(&place, messages::say).map_err(failed)
}

/// Says what of a query was not understood, with a line that points at it.
fn misunderstood(typed: &str, error: &QueryError) -> Outcome {
    messages::say(&error.to_string());
    // What is longer than a line, or has other than plain characters in it, is named by its number alone.
    let fits = typed.len() <= 100 && typed.chars().all(|char| !char.is_control());
    if fits {
        let before = unicode_width::UnicodeWidthStr::width(typed.get(..error.bytes.start).unwrap_or_default());
        messages::aside(&format!("    {typed}\n    {}^", " ".repeat(before)));
    }
    Outcome::Misused
}

/// Says what makes results less than whole.
fn warn(found: &Found) {
    if found.behind > 0 {
        let changes = if found.behind == 1 { "change" } else { "changes" };
        messages::say(&format!("{} {changes} of the archive are not in the index yet", found.behind));
    }
    if found.has_shifted {
        messages::say("the archive has changed since the page before; some results may have moved between pages");
    }
}

fn say_rest(found: &Found) {
    if let Some(next) = &found.next {
        messages::say(&format!("{} found; the next page: --after {next}", found.total));
    }
    if let Some(advice) = &found.advice {
        messages::say(&format!("nothing found{}", advised(advice).map_or(String::new(), |words| format!(": {words}"))));
    }
}

fn advised(advice: &Advice) -> Option<String> {
    let meant = advice.meant.iter().map(|(query, count)| format!("did you mean `{query}`? ({count})"));
    let without = advice.without.iter().map(|(part, count)| match count {
        1 => format!("without `{part}` there is 1"),
        count => format!("without `{part}` there are {count}"),
    });
    let words: Vec<String> = meant.chain(without).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// How results look.
struct Shown {
    paint: Paint,
    width: usize,
}

impl Shown {
    fn page(&self, out: &mut String, found: &Found, request: &Request) {
        if found.total == 0 {
            let nothing = match request.kind {
                Kind::Articles => "No article matches.",
                Kind::Statements => "No statement matches.",
            };
            self.line(out, &Rich::of(nothing, BOLD), "");
            let advice = found.advice.clone().unwrap_or_default();
            for (query, count) in &advice.meant {
                self.line(out, &Rich::of(&format!("Did you mean {query}? It finds {count}."), PLAIN), "");
            }
            for (part, count) in &advice.without {
                let verb = if *count == 1 { "is" } else { "are" };
                self.line(out, &Rich::of(&format!("Without {part} there {verb} {count}."), PLAIN), "");
            }
            if advice == Advice::default() && request.query != query::Query::All {
                let hint = "Fewer words, the beginning of a word (breakw*) or OR between words finds more.";
                self.line(out, &Rich::of(hint, PLAIN), "");
            } else if request.query == query::Query::All {
                self.line(out, &Rich::of("The archive holds none yet: `onrecord add PATH` reads pages in.", PLAIN), "");
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
            self.line(out, &Rich::of(&format!("The next page: --after {next}"), DIM), "");
        }
    }

    fn line(&self, out: &mut String, rich: &Rich, indent: &str) {
        rich.write(out, indent, indent, self.width, self.paint);
    }

    fn heading(&self, out: &mut String, total: u64, kind: Kind) {
        let noun = match (kind, total) {
            (Kind::Articles, 1) => "article",
            (Kind::Articles, _) => "articles",
            (Kind::Statements, 1) => "statement",
            (Kind::Statements, _) => "statements",
        };
        self.line(out, &Rich::of(&format!("{total} {noun}"), BOLD), "");
    }

    fn hit(&self, out: &mut String, hit: &Hit) {
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
            None => headline.push("(without a headline)", DIM),
        }
        self.line(out, &headline, "");
        let mut about = signature(&hit.listed);
        if hit.statements > 0 {
            about.push(format!("{} statement{}", hit.statements, if hit.statements == 1 { "" } else { "s" }));
        }
        self.line(out, &Rich::of(&about.join(" · "), DIM), "");
        if let Some(snippet) = &hit.snippet {
            self.line(out, &passage(snippet, PLAIN), "  ");
        }
        self.line(out, &Rich::of(hit.listed.url.as_deref().unwrap_or(&hit.listed.name), DIM), "  ");
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
        self.line(out, &said, "");
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
        self.line(out, &who, "  ");
        let mut about: Vec<String> = hit.listed.headline.iter().cloned().collect();
        about.extend(signature(&hit.listed));
        self.line(out, &Rich::of(&about.join(" · "), DIM), "  ");
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
                line.write(out, "", "  ", self.width, self.paint);
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

fn line_of(hit: &Hit) -> FoundLine<'_> {
    let listed = hit.listed();
    let mut line = FoundLine {
        found: "article",
        id: &listed.name,
        page: listed.page.to_string(),
        url: listed.url.as_deref(),
        site: listed.site.as_deref(),
        language: listed.language.as_deref(),
        published: listed.published.as_deref(),
        headline: listed.headline.as_deref(),
        statement: None,
        number: None,
        speaker: None,
        source_kind: None,
        terms: None,
        words: None,
        marks: Vec::new(),
        score: 0.0,
    };
    match hit {
        Hit::Article(hit) => {
            line.score = hit.score;
            if let Some(snippet) = &hit.snippet {
                line.marks = marks_in_code_points(&snippet.words, &snippet.marks);
                line.words = Some(snippet.words.clone());
            }
        }
        Hit::Statement(hit) => {
            let statement = &hit.statement;
            line.found = "quote";
            line.score = hit.score;
            line.statement = Some(&statement.id);
            line.number = Some(statement.nth + 1);
            line.speaker = statement.speaker.as_ref().map(|speaker| speaker.name.as_str());
            line.source_kind = Some(statement.source_kind.name());
            line.terms = Some(statement.terms.name());
            let mut words = String::new();
            let mut marks: Vec<Range<usize>> = Vec::new();
            for (nth, part) in statement.content.iter().enumerate() {
                if nth > 0 {
                    words.push_str(" … ");
                }
                let before = words.len();
                marks.extend(part.marks.iter().map(|mark| before + mark.start..before + mark.end));
                words.push_str(&part.words);
            }
            line.marks = marks_in_code_points(&words, &marks);
            line.words = Some(words);
        }
    }
    line
}

fn push_json(hit: &Hit, out: &mut String) {
    let mut json = Vec::new();
    // Writing to memory cannot fail.
    let _ = line_of(hit).write(&mut json);
    let _ = writeln!(out, "{}", String::from_utf8_lossy(&json));
}

/// The columns of articles that were found.
const ARTICLE_RESULT_COLUMNS: &[Column] = &[
    Column { name: "id", kind: CellKind::Text, about: "the article's id" },
    Column { name: "page", kind: CellKind::Text, about: "SHA-256 of the page" },
    Column { name: "url", kind: CellKind::Text, about: "its address" },
    Column { name: "outlet", kind: CellKind::Text, about: "the outlet" },
    Column { name: "language", kind: CellKind::Text, about: "ISO 639 code" },
    Column { name: "published", kind: CellKind::Text, about: "as stated" },
    Column { name: "headline", kind: CellKind::Text, about: "the headline" },
    Column { name: "words", kind: CellKind::Text, about: "words of the article" },
    SCORE,
];

/// Stands behind the other columns.
const SCORE: Column = Column { name: "score", kind: CellKind::Real, about: "how well it fits" };

/// Results as CSV. Statements have the columns that they have everywhere, and how well each fits.
fn csv(hits: &[Hit], found: Kind) -> std::io::Result<String> {
    let columns = match found {
        Kind::Articles => ARTICLE_RESULT_COLUMNS.to_vec(),
        Kind::Statements => [STATEMENT_COLUMNS, &[SCORE]].concat(),
    };
    let mut out = Vec::new();
    let mut csv = Csv::new(&columns, &mut out)?;
    for hit in hits {
        match hit {
            Hit::Article(article) => {
                let line = line_of(hit);
                csv.row(&[
                    Cell::text(Some(line.id)),
                    Cell::text(Some(line.page)),
                    Cell::text(line.url),
                    Cell::text(line.site),
                    Cell::text(line.language),
                    Cell::text(line.published),
                    Cell::text(line.headline),
                    Cell::text(line.words),
                    Cell::Real(Some(f64::from(article.score))),
                ])?;
            }
            Hit::Statement(statement) => {
                let Some(mut row) = statement_row(statement) else { continue };
                row.push(Cell::Real(Some(f64::from(statement.score))));
                csv.row(&row)?;
            }
        }
    }
    csv.finish()?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The row of a statement that was found, with its speaker as people corrected it.
fn statement_row(hit: &StatementHit) -> Option<Vec<Cell<'_>>> {
    let (words, layers) = &*hit.source;
    let statement = layers.statements().get(hit.statement.nth as usize)?;
    let speaker = hit.statement.speaker.as_ref().map(|speaker| StatementSpeaker {
        name: speaker.name.as_str().into(),
        role: speaker.role.as_deref().map(Into::into),
        affiliation: speaker.affiliation.as_deref().map(Into::into),
        confidence: speaker.confidence,
    });
    let nth = hit.statement.nth as usize;
    Some(statement_cells(hit.listed.row(), nth, statement, speaker, |span| words.words(span)))
}
