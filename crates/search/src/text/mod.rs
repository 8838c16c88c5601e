//! From text to the terms that the index keeps, and the same from what is searched.
//!
//! [`Words`] cuts a text into words; scripts that put no spaces between words give overlapping pairs of characters.
//! [`folded`] is a word without case and accents; [`Stems`] is a word of a language without its endings. A term is a
//! letter for the stemmer and the folded stem, so that *Tag* is not looked up by what English would make of it.

mod fold;
mod stems;
mod tokenizer;
mod words;

pub use fold::folded;
pub use stems::{Stem, Stems};
pub(crate) use tokenizer::{Forms, StemTokens, marked_value};
pub use words::{Word, WordKind, Words};

/// Tells whether a name begins so, or a word of it does; whatever the case and the accents.
pub fn name_filter(beginning: &str) -> impl Fn(&str) -> bool {
    let wanted = folded(beginning);
    move |name| {
        let name = folded(name);
        name.starts_with(&wanted) || name.split_whitespace().any(|word| word.starts_with(&wanted))
    }
}
