//! The command as people and programs meet it: the real binary on real files.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

mod aliases;
mod archive;
mod command;
mod desk;
#[cfg(unix)]
mod kill;
mod search;
mod snapshots;
mod support;
mod terms;
