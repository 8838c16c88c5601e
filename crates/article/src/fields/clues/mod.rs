//! What the sources of every field look at: the page's elements, its JSON-LD, its `<meta>`s, what stands near the headline.

mod json_ld;
pub(in crate::fields) mod near;
mod page_clues;
mod roles;
mod survey;
pub(in crate::fields) mod urls;
pub(in crate::fields) mod words;

pub(in crate::fields) use json_ld::{JsonLdScripts, json_members};
pub(in crate::fields) use page_clues::{Clues, Headline, meta_keys};
pub(in crate::fields) use roles::Roles;
pub(in crate::fields) use survey::{Spot, Survey, survey};
