//! Whole pages and texts, from bytes to statements.

#![allow(clippy::unwrap_used)] // a test that can't read its input fails

mod evidence;
mod examples;
mod german;
mod mutations;
mod properties;
mod sourcing;
mod statements;
mod support;
mod walk;
