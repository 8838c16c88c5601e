//! Pages from files, folders and archives: whole, broken and hostile.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

mod broken_warc;
mod common;
mod folders;
mod json_lines;
mod mhtml;
mod mutated_archives;
mod pages;
mod real_tools;
mod wacz;
mod warc;
