//! What a page states about its article, each statement with its evidence.
//!
//! One walk over the tree notes where things stand, and JSON-LD is read once: the [`clues`]. Then one small module for each field
//! asks its sources in order. The words found are pieces of the decoded page, so that
//! [`HtmlPage::stated`](crate::page::HtmlPage::stated) can say which bytes they are.
//!
//! To add a field, copy `example.rs`, and give it a row in [`FIELDS`].

mod address;
mod bylines;
mod clues;
mod dates;
mod found;
mod genre;
mod headline;
mod images;
mod paywall;
mod related;
mod section;
mod site;
mod standfirst;
mod texts;
mod topics;

#[cfg(test)]
mod example;

pub(crate) use clues::urls::{host, resolve};
pub(crate) use found::PageFields;

use crate::page::{HtmlPage, StoryPlace};
use clues::{Clues, JsonLdScripts, survey};

/// Reads a field from the clues of a page. Fields above it in the list have been read.
type ReadField = fn(&Clues<'_>, &mut PageFields);

/// Every field and what reads it, in the order in which they are read: the section before the genre, which depends on it. The site
/// and the headline are found before all of them.
const FIELDS: &[(&str, ReadField)] = &[
    ("url", address::read_url),
    ("canonical_url", address::read_canonical_url),
    ("site", site::read),
    ("headline", headline::read),
    ("standfirst", standfirst::read),
    ("bylines", bylines::read),
    ("published, modified", dates::read),
    ("section", section::read),
    ("genre", genre::read),
    ("paywalled", paywall::read),
    ("topics", topics::read),
    ("images", images::read),
    ("related", related::read),
    ("article bodies", texts::read_article_bodies),
    ("bodies in the state of scripts", texts::read_bodies),
    ("instructions", texts::read_instructions),
];

/// Reads everything that the page states about its article.
pub(crate) fn read(page: &HtmlPage<'_>, story: &StoryPlace) -> PageFields {
    read_all(FIELDS, page, story)
}

/// Reads the fields of a list.
fn read_all(fields: &[(&str, ReadField)], page: &HtmlPage<'_>, story: &StoryPlace) -> PageFields {
    let survey = survey(page.tree, story);
    let scripts = JsonLdScripts::read(page.tree, &survey);
    let mut clues = Clues::new(page, story, survey, &scripts);
    clues.site = site::site_words(&clues);
    let headline = headline::headline(&clues);
    clues.set_headline(headline);

    let mut found = PageFields::default();
    for (_, read) in fields {
        read(&clues, &mut found);
    }
    found
}
