//! A document's fields, one by one, each under the JSON Pointer at which a line prints it.

use onrecord_document::{Basis, Byline, Document, Stated};
use onrecord_span::{Bytes, Span};
use std::borrow::Cow;
use std::collections::HashSet;

/// A field's value and what it rests on.
#[derive(Clone, Debug)]
pub struct StatedField<'a> {
    /// JSON Pointer (RFC 6901) into the line: `/headline`, `/images/0/credit`.
    pub pointer: String,
    /// The value as the line prints it.
    pub value: Cow<'a, str>,
    /// The words it was read from.
    pub as_written: &'a str,
    /// What kind of evidence there is.
    pub basis: Basis,
    /// Bytes of the page that decode to `as_written`; empty unless the basis is the page.
    pub evidence: &'a [Span<Bytes>],
}

/// Every field that the document states, in the order of the contract.
pub fn stated(document: &Document) -> Vec<StatedField<'_>> {
    let fields = &document.fields;
    let mut list = List::default();
    list.words("/url", fields.url.as_ref());
    list.words("/canonical_url", fields.canonical_url.as_ref());
    list.words("/site", fields.site.as_ref());
    list.words("/section", fields.section.as_ref());
    list.words("/language", fields.language.as_ref());
    list.add("/genre", fields.genre.as_ref(), |genre| genre.name().into());
    list.add("/paywalled", fields.paywalled.as_ref(), |paywalled| paywalled.to_string().into());
    list.words("/headline", fields.headline.as_ref());
    list.words("/standfirst", fields.standfirst.as_ref());
    for (nth, byline) in authors(document).into_iter().enumerate() {
        list.add(format!("/authors/{nth}"), Some(byline), |byline| byline.name.as_str().into());
    }
    for (nth, byline) in fields.bylines.iter().enumerate() {
        list.add(format!("/bylines/{nth}/name"), Some(byline), |byline| byline.name.as_str().into());
    }
    list.add("/published", fields.published.as_ref(), |moment| moment.to_string().into());
    list.add("/modified", fields.modified.as_ref(), |moment| moment.to_string().into());
    for (nth, topic) in fields.topics.iter().enumerate() {
        list.words(format!("/topics/{nth}"), Some(topic));
    }
    for (nth, image) in fields.images.iter().enumerate() {
        list.words(format!("/images/{nth}/url"), Some(&image.url));
        list.words(format!("/images/{nth}/caption"), image.caption.as_ref());
        list.words(format!("/images/{nth}/credit"), image.credit.as_ref());
    }
    for (nth, link) in fields.links.iter().enumerate() {
        list.words(format!("/links/{nth}/url"), Some(&link.url));
    }
    for (nth, related) in fields.related.iter().enumerate() {
        list.words(format!("/related/{nth}/url"), Some(&related.url));
        list.words(format!("/related/{nth}/title"), Some(&related.title));
    }
    list.0
}

/// The bylines that a line lists as authors: everybody whom the page names as one, people, agencies and desks alike, each
/// name once. `bylines` tells them apart.
pub(crate) fn authors(document: &Document) -> Vec<&Stated<Byline>> {
    let mut names = HashSet::new();
    let mut bylines: Vec<&Stated<Byline>> = document.fields.bylines.iter().collect();
    bylines.retain(|byline| names.insert(byline.value.name.as_str()));
    bylines
}

#[derive(Default)]
struct List<'a>(Vec<StatedField<'a>>);

impl<'a> List<'a> {
    fn words(&mut self, pointer: impl Into<String>, field: Option<&'a Stated<String>>) {
        self.add(pointer, field, |value| value.as_str().into());
    }

    fn add<T>(
        &mut self,
        pointer: impl Into<String>,
        field: Option<&'a Stated<T>>,
        value: impl FnOnce(&'a T) -> Cow<'a, str>,
    ) {
        let Some(field) = field else { return };
        self.0.push(StatedField {
            pointer: pointer.into(),
            value: value(&field.value),
            as_written: &field.as_written,
            basis: field.basis,
            evidence: &field.evidence,
        });
    }
}
