//! `onrecord search`.

use crate::args::{ArchiveArg, Look, RowFormat};
use crate::exit::Exit;
use crate::print::found::{FoundDocuments, article_row, push_json, statement_row};
use crate::print::hits::HitPrinter;
use crate::print::rich::Canvas;
use crate::print::rows::RowPrinter;
use crate::print::{messages, output};
use crate::run::searching;
use crate::run::store::failed;
use clap::{Args, ValueEnum};
use onrecord_archive::Archive;
use onrecord_record::{Cell, FOUND_ARTICLE_COLUMNS, FOUND_STATEMENT_COLUMNS};
use onrecord_search::query;
use onrecord_search::{Advice, Cursor, Found, Hit, Kind, Request, Sort};

/// Search an archive.
///
/// `ferry breakwater` finds both words in any form, "struck the breakwater" finds words in this order, "strike sumy"~5 words
/// close to each other, and breakw* words that begin like this. OR, -without and (groups) combine them. Fields of articles:
/// headline: author: outlet: lang: date: url: changed: tag:. Fields of statements: speaker: said: cue: source: terms: form:
/// act:. docs/search.md describes the whole language, with an example for each part.
///
/// Exit status: 0 if something was found, 2 if nothing was found or the archive could not be searched, 1 if the query was
/// wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Find articles with both words:
    onrecord search 'ferry breakwater'
  Find who said so on the record since November 2024:
    onrecord search --find statements 'said:\"no radar\" source:named date:2024-11..'
  Find anonymous sources, newest first, with counts by outlet:
    onrecord search --sort time --facets 'terms:anonymity'")]
pub struct SearchArgs {
    /// What to search for [default: everything]. Put -- before a query that begins with -
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// What to find
    #[arg(long, alias = "kind", short_alias = 'k', value_enum, default_value = "articles", value_name = "WHAT")]
    pub find: SearchTarget,
    /// Sort order [default: relevance, or time if the query has no words]
    #[arg(long, value_enum, value_name = "ORDER")]
    pub sort: Option<SearchOrder>,
    /// Maximum number of results, 1 to 1000
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// Continue after the page of results that printed this cursor
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
    /// Also count results by outlet, language, month, kind of source and speaker
    #[arg(long)]
    pub facets: bool,
    /// Output format [default: text on a terminal, otherwise jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<RowFormat>,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchTarget {
    /// Articles; all conditions on statements must hold for one statement of the article
    Articles,
    /// Statements
    #[value(alias = "quotes")]
    Statements,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchOrder {
    /// Best first
    Relevance,
    /// Newest first
    Time,
}

/// Searches, and prints a page of results.
pub fn run(args: &SearchArgs) -> Exit {
    let typed = args.query.join(" ");
    let asked = match query::parse(&typed) {
        Ok(asked) => asked,
        Err(error) => return searching::misunderstood(&typed, &error),
    };
    let after = match args.after.as_deref().map(Cursor::parse) {
        Some(None) => {
            messages::say("--after takes a cursor that an earlier search printed");
            return Exit::Misused;
        }
        after => after.flatten(),
    };
    let request = Request::new(
        asked,
        match args.find {
            SearchTarget::Articles => Kind::Articles,
            SearchTarget::Statements => Kind::Statements,
        },
    );
    let request = Request {
        sort: match args.sort {
            Some(SearchOrder::Relevance) => Sort::Relevance,
            Some(SearchOrder::Time) => Sort::Time,
            None => request.sort,
        },
        limit: args.limit.into(),
        after,
        facets: args.facets,
        ..request
    };
    let mut search = match searching::open(&args.archive) {
        Ok(search) => search,
        Err(exit) => return exit,
    };
    let found = match search.find(&request) {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    searching::warn(&found);
    match RowFormat::or_default(args.format) {
        RowFormat::Text => {
            let mut out = String::new();
            HitPrinter { canvas: Canvas::stdout(&args.look) }.page(&mut out, &found, &request);
            or_nothing_found(output::print(out.as_bytes()), &found)
        }
        RowFormat::Jsonl => {
            let mut out = String::new();
            found.hits.iter().for_each(|hit| push_json(hit, &mut out));
            let printed = output::print(out.as_bytes());
            say_rest(&found);
            or_nothing_found(printed, &found)
        }
        RowFormat::Csv => {
            let printed = print_csv(search.archive(), &found.hits, args.find);
            say_rest(&found);
            or_nothing_found(printed, &found)
        }
    }
}

fn or_nothing_found(printed: Exit, found: &Found) -> Exit {
    if printed == Exit::Done && found.total == 0 { Exit::Incomplete } else { printed }
}

/// Prints results as CSV, with the columns of `export` and the score.
fn print_csv(archive: &Archive, hits: &[Hit], target: SearchTarget) -> Exit {
    let mut documents = FoundDocuments::of(archive);
    let columns = match target {
        SearchTarget::Articles => &FOUND_ARTICLE_COLUMNS,
        SearchTarget::Statements => &FOUND_STATEMENT_COLUMNS,
    };
    let mut csv = match RowPrinter::csv(columns) {
        Ok(csv) => csv,
        Err(error) => return output::written(Err(error)),
    };
    for hit in hits {
        let written = match hit {
            Hit::Article(hit) => Ok(Some(csv.row(&article_row(hit)))),
            Hit::Statement(hit) => documents.with(hit, |document, statement| {
                let mut row = statement_row(hit, document, statement);
                row.push(Cell::Real(Some(hit.score.into())));
                csv.row(&row)
            }),
        };
        match written {
            Ok(Some(Err(error))) => return output::written(Err(error)),
            Ok(_) => {}
            Err(error) => return failed(error),
        }
    }
    output::written(csv.finish())
}

fn say_rest(found: &Found) {
    if let Some(next) = &found.next {
        messages::say(&format!("{} found; next page: --after {next}", found.total));
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
