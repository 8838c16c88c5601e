//! What is written for people: reading order, statements in words, Markdown.

mod headings;
mod markdown;
mod reading;

pub use headings::{Heading, circumstances, said, speaker};
pub use markdown::{markdown, markdown_unreadable};
pub use reading::{Head, Reading};
