//! What is read from words alone, without a language model: quotations, their sources, and who is who.

#![allow(clippy::unwrap_used)] // helpers of tests may fail a test

mod common;
mod limits;
mod rules;
mod scale;
mod seed;
mod speakers;
mod unnamed;
