//! Errors as problems (RFC 9457).

use crate::server::Response;
use onrecord_search::query::QueryError;
use onrecord_views::words;
use schemars::JsonSchema;
use serde::Serialize;

/// A problem (RFC 9457).
#[derive(Serialize, JsonSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: the status says which kind it is.
    r#type: &'static str,
    /// What went wrong, in a few words.
    title: String,
    /// The status.
    status: u16,
    /// What would help.
    detail: String,
    /// The query that was not understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    /// The characters of it that were not, half-open, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    characters: Option<[usize; 2]>,
}

impl Problem {
    fn new(status: u16, title: &str, detail: String) -> Problem {
        Problem { r#type: "about:blank", title: title.to_owned(), status, detail, query: None, characters: None }
    }

    fn response(&self) -> Response {
        // Strings and numbers can always be written as JSON.
        let json = serde_json::to_vec(self).unwrap_or_default();
        Response::new(self.status, "application/problem+json", json)
    }
}

/// An error.
pub(crate) fn response(status: u16, title: &str, words: &str) -> Response {
    Problem::new(status, title, words.to_owned()).response()
}

/// A query that can't be understood, with the part that is wrong.
pub(crate) fn query(query: &str, wrong: &QueryError) -> Response {
    let characters = |byte: usize| query.get(..byte).map_or(0, |before| before.chars().count());
    let detail = format!("{}.", words::capital(&wrong.to_string()));
    Problem {
        query: Some(query.to_owned()),
        characters: Some([characters(wrong.bytes.start), characters(wrong.bytes.end)]),
        ..Problem::new(400, "This search can’t be read", detail)
    }
    .response()
}
