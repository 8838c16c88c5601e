//! Searching an archive, and the index that follows it.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

#[allow(dead_code)] // the tests of the archive use the rest
#[path = "../../../archive/tests/archive/common.rs"]
mod common;
mod corrected;
mod docs;
mod searching;
