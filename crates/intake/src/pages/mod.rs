//! A file that is one page: what kind of page, and is all of it there?

mod detect;
mod page;

pub(crate) use detect::{detect, known_head};
pub(crate) use page::read_page;
