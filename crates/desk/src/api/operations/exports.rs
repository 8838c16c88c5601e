//! Where tables and pictures are.

use crate::api::answer;
use crate::api::operation::{Operation, get, json};
use crate::call::Call;
use crate::failure::Answer;
use schemars::JsonSchema;
use serde::Serialize;

/// Where tables and pictures are.
#[derive(Serialize, JsonSchema)]
struct Exports {
    /// All of them.
    exports: Vec<Export>,
}

/// A table or a picture.
#[derive(Serialize, JsonSchema)]
struct Export {
    /// Its address at the desk.
    address: &'static str,
    /// What it is.
    media_type: &'static str,
    /// What it shows.
    about: &'static str,
}

pub(crate) const EXPORTS: Operation =
    get("/exports", "exports", "Where tables and pictures of all this are.", json::<Exports>(), exports);

/// Tables and pictures of what the desk shows. Addresses with `{…}` want something filled in, and take the queries of the
/// page that they belong to.
fn exports(_: &mut Call<'_>) -> Answer {
    let all = [
        ("/search.csv?q={query}", "text/csv", "what a search finds: statements or articles"),
        ("/article/{article}/statements.csv", "text/csv", "statements of an article"),
        ("/speakers.csv", "text/csv", "everybody who speaks"),
        ("/speaker/{name}/statements.csv", "text/csv", "what somebody said"),
        ("/speaker/{name}/plot.csv", "text/csv", "somebody’s mentions and statements over time"),
        ("/speaker/{name}/plot.svg", "image/svg+xml", "the same as a plot"),
        ("/speaker/{name}/plot.png", "image/png", "the same as a picture"),
        ("/sourcing/outlets.csv", "text/csv", "on whose authority, by outlet"),
        ("/sourcing/outlets.svg", "image/svg+xml", "the same as a plot"),
        ("/sourcing/outlets.png", "image/png", "the same as a picture"),
        ("/sourcing/times.csv", "text/csv", "on whose authority, over time"),
        ("/sourcing/times.svg", "image/svg+xml", "the same as a plot"),
        ("/sourcing/times.png", "image/png", "the same as a picture"),
        ("/corrections.csv", "text/csv", "corrections, tags and notes"),
    ];
    let exports = all.map(|(address, media_type, about)| Export { address, media_type, about });
    answer::json(200, &Exports { exports: exports.into() })
}
