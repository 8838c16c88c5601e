//! How things look: text for people, tables, and what goes to a terminal.

pub mod article;
#[cfg(test)]
mod article_tests;
pub mod colours;
pub mod excerpt;
pub mod found;
pub mod hits;
pub mod messages;
pub mod output;
pub mod progress;
pub mod rich;
pub mod rows;
pub mod sources;
pub mod terminal;
