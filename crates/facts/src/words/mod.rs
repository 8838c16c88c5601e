//! The words of an article: tokens, what the lists know of them, phrases, clauses and quotation marks.

pub(crate) mod acts;
pub(crate) mod clauses;
pub(crate) mod inflection;
pub(crate) mod lexicon;
pub(crate) mod lists;
pub(crate) mod marks;
pub(crate) mod offices;
pub(crate) mod passage;
pub(crate) mod phrase;
pub(crate) mod reporting;
pub(crate) mod tokens;
