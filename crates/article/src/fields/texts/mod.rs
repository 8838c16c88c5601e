//! Texts of the article that stand in no element of the page: in its JSON-LD, or in the data of its scripts.

mod instructions;
mod state;

pub(super) use instructions::{read_article_bodies, read_instructions};
pub(super) use state::read_bodies;
