//! Articles, their records, versions and pages.

use crate::api::answer::{self, AFTER, LAYERS, LIMIT};
use crate::api::cursor;
use crate::api::operation::{Gives, Operation, get, json};
use crate::call::Call;
use crate::failure::{Answer, Failure};
use crate::server::Response;
use onrecord_record::Line;
use onrecord_search::{Kind, Sort};
use onrecord_views::article::Article;
use onrecord_views::article::changes::Changes;
use onrecord_views::front::Story;
use onrecord_views::search::{self, SearchParams};
use schemars::JsonSchema;
use serde::Serialize;

/// A page of the archive's articles, newest first.
#[derive(Serialize, JsonSchema)]
struct Articles {
    /// All that there are.
    total: u64,
    /// Those of this page.
    articles: Vec<Story>,
    /// The cursor of the next page.
    next: Option<String>,
}

pub(crate) const LIST: Operation = Operation {
    queries: &[LIMIT, AFTER],
    ..get("/articles", "articles", "All articles, newest first.", json::<Articles>(), articles)
};

fn articles(call: &mut Call<'_>) -> Answer {
    let params = SearchParams {
        typed: "*".to_owned(),
        kind: Some(Kind::Articles),
        sort: Some(Sort::Time),
        after: cursor::of_search(&call.request)?,
        limit: answer::limit(&call.request),
        ..SearchParams::default()
    };
    let results = search::results(&mut call.reader, &params)?.map_err(|error| Failure::Misused(error.to_string()))?;
    let next = results.next.clone();
    let articles = results.found.into_iter().map(|found| found.story).collect();
    let page = Articles { total: results.articles, articles, next: results.next };
    answer::list(&call.request, next.as_deref(), &page)
}

pub(crate) const ARTICLE: Operation = get(
    "/article/{article}",
    "article",
    "An article as the desk shows it: words with marks, statements, fields with their bytes, versions, corrections.",
    json::<Article>(),
    article,
);

fn article(call: &mut Call<'_>) -> Answer {
    let listed = call.listed(call.request.param(0))?;
    answer::json(200, &Article::of(call.reader.archive(), &listed)?)
}

pub(crate) const RECORD: Operation = Operation {
    queries: &[LAYERS],
    ..get(
        "/article/{article}/record",
        "record",
        "An article as the contract has it, the line that `onrecord read` prints: text, rest, statements.",
        json::<Line<'static>>(),
        record,
    )
};

fn record(call: &mut Call<'_>) -> Answer {
    let show = answer::layers(&call.request)?;
    let listed = call.listed(call.request.param(0))?;
    call.reader.archive().line(listed.id, &show, |_, line| answer::json(200, line))?
}

pub(crate) const CHANGES: Operation = get(
    "/changes/{article}/{later}",
    "changes",
    "What changed from one version of an article to another.",
    json::<Changes>(),
    changes,
);

fn changes(call: &mut Call<'_>) -> Answer {
    let (before, after) = (call.listed(call.request.param(0))?, call.listed(call.request.param(1))?);
    answer::json(200, &Changes::of(call.reader.archive(), &before, &after)?)
}

pub(crate) const PAGE_BYTES: Operation = get(
    "/page/{hash}",
    "pageBytes",
    "The original bytes of a page, by its SHA-256 or a prefix of it.",
    Gives::Media("application/octet-stream"),
    page_bytes,
);

fn page_bytes(call: &mut Call<'_>) -> Answer {
    let page = call.page(call.request.param(0))?;
    Ok(Response::new(200, "application/octet-stream", page).sandboxed())
}
