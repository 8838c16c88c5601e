//! What a search finds.

use crate::api::answer::{self, AFTER, LIMIT};
use crate::api::cursor;
use crate::api::operation::{Operation, Takes, alias, get, json, query};
use crate::call::Call;
use crate::failure::{Answer, Failure};
use crate::params;
use onrecord_views::search::{self, Results};
use onrecord_views::statement::entry::with_records;

pub(crate) const SEARCH: Operation = Operation {
    queries: &[
        query("q", Takes::Text, "the search, in its language; everything by default"),
        query("with", Takes::Texts, "conditions to add, as facets give them"),
        query("find", Takes::OneOf(&["statements", "articles"]), "what to find; by default as the search suggests"),
        alias("kind", Takes::OneOf(&["quotes", "articles"])),
        query("sort", Takes::OneOf(&["relevance", "time"]), "the order"),
        LIMIT,
        AFTER,
    ],
    ..get(
        "/search",
        "search",
        "Statements or articles that a search finds, with facets; statements as the contract has them too.",
        json::<Results>(),
        search,
    )
};

fn search(call: &mut Call<'_>) -> Answer {
    let mut params = params::search(&call.request);
    params.limit = answer::limit(&call.request);
    params.after = cursor::of_search(&call.request)?;
    let mut results = match search::results(&mut call.reader, &params)? {
        Ok(results) => results,
        Err(error) => return Err(Failure::Query(search::whole(&params), error)),
    };
    with_records(call.reader.archive(), &mut results.said)?;
    answer::list(&call.request, results.next.as_deref(), &results)
}
