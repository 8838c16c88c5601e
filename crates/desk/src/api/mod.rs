//! The API under `/api/v1`: what the pages show, as JSON.
//!
//! An address of the API is that of the page that shows the same, with `/api/v1` before it, and takes the same queries.
//! [`OPERATIONS`] is the one list of what there is: requests are routed and checked by it, the OpenAPI document and the
//! readable page are made from it, and a test asks for all of it. An operation is a file in `operations/`, its handler
//! beside what the document says of it, and a row here.
//!
//! The rows are ours and not utoipa's: utoipa derives schemas of its own, while the contract's types derive schemars' for
//! the JSON Schema of a line, and it describes queries without checking requests against what it describes, which
//! `errors_are_problems` asks for.

mod answer;
mod cursor;
mod openapi;
mod operation;
mod operations;
mod page;
pub(crate) mod problem;

pub(crate) use operation::Operation;

use crate::call::Call;
use crate::failure::Answer;
use crate::server::Response;
use operation::{Gives, get};
use operations::{adding, articles, corrections, evidence, exports, front, read, search, sourcing, speakers, status};
use serde_json::Value;
use std::sync::LazyLock;

/// All that the API does.
pub(crate) const OPERATIONS: &[Operation] = &[
    get("/", "page", "This list, to be read.", Gives::Media("text/html"), show),
    get("/openapi.json", "openapi", "The API as an OpenAPI 3.1 document.", Gives::OpenApi, document),
    status::STATUS,
    front::FRONT,
    articles::LIST,
    articles::ARTICLE,
    articles::RECORD,
    evidence::OF_PAGE,
    evidence::OF_STATEMENT,
    articles::CHANGES,
    articles::PAGE_BYTES,
    search::SEARCH,
    speakers::LIST,
    speakers::SPEAKER,
    sourcing::SOURCING,
    corrections::LIST,
    corrections::CORRECT,
    corrections::CORRECTION,
    corrections::UNDO,
    adding::LIST,
    adding::ADD,
    adding::PROGRESS,
    exports::EXPORTS,
    read::READ,
];

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| openapi::document(OPERATIONS));

fn show(call: &mut Call<'_>) -> Answer {
    Ok(Response::html(200, page::page(OPERATIONS, &call.foot())))
}

fn document(_: &mut Call<'_>) -> Answer {
    answer::json(200, &*DOCUMENT)
}
