//! What is printed of an article made for these tests.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

mod conllu;
mod line;
mod markdown;
mod schema;
mod support;
mod table;
