//! What an archive promises, and keeps.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

mod care;
mod common;
mod corrections;
#[path = "../../examples/count_documents.rs"]
mod count_documents;
mod failures;
mod follow;
mod formats;
mod store;
