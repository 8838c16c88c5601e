//! What is served.

use crate::api::answer;
use crate::api::operation::{Operation, get, json};
use crate::call::Call;
use crate::failure::Answer;
use schemars::JsonSchema;
use serde::Serialize;

/// What is served.
#[derive(Serialize, JsonSchema)]
struct Status {
    /// The version of Onrecord.
    onrecord: &'static str,
    /// The contract that records keep to.
    schema: &'static str,
    /// The archive's name.
    archive: String,
    /// Its articles.
    articles: u64,
    /// Statements in them.
    statements: u64,
    /// How many people and organisations make them.
    speakers: u64,
}

pub(crate) const STATUS: Operation =
    get("/status", "status", "What is served: versions, and how much the archive holds.", json::<Status>(), status);

fn status(call: &mut Call<'_>) -> Answer {
    let counted = &call.counted;
    answer::json(
        200,
        &Status {
            onrecord: env!("CARGO_PKG_VERSION"),
            schema: "onrecord/2",
            archive: call.foot().name,
            articles: counted.articles,
            statements: counted.statements,
            speakers: counted.speakers.len() as u64,
        },
    )
}
