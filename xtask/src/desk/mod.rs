//! Chores that run the desk: tests in a browser, generated requests to its API, screenshots.

pub mod browser;
pub mod schemathesis;
pub mod screens;
mod served;
