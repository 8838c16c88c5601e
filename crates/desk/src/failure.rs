//! What handlers give: an answer, or why there is none.

use crate::server::Response;
use onrecord_archive::{Archive, Error, Listed};
use onrecord_search::query::QueryError;
use onrecord_views::article::meant;

/// Why a request is answered with an error.
pub(crate) enum Failure {
    /// There is nothing at this address.
    NotFound(String),
    /// A query that the API was given can't be understood.
    Query(String, QueryError),
    /// The request makes no sense.
    Misused(String),
    /// The archive failed.
    Archive(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Archive(error)
    }
}

/// What a handler gives.
pub(crate) type Answer = Result<Response, Failure>;

/// The document that a part of an address means.
pub(crate) fn listed(archive: &Archive, what: &str) -> Result<Listed, Failure> {
    meant(archive, what)?
        .ok_or_else(|| Failure::NotFound(format!("The archive has no article with the key, hash or address {what}.")))
}
