//! Tests of the parser: pages of our own, those of html5lib, and the trees that html5ever makes.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod dump;
mod encoding;
mod limits;
mod pages;
mod parts;
mod peer;
mod peers;
mod real_pages;
mod sound;
mod soup;
mod tree_construction;
