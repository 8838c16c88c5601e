//! Who is who: names and descriptions of an article, and whom a surname, a description or a pronoun means.

pub(crate) mod cast;
pub(crate) mod descriptions;
pub(crate) mod figures;
pub(crate) mod gender;
pub(crate) mod kinds;
pub(crate) mod name_labels;
pub(crate) mod pronouns;
pub(crate) mod roles;
pub(crate) mod unnamed;
