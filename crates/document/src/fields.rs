//! What a page states about the article: headline, writers, dates, addresses.

use crate::Moment;
use onrecord_span::{Bytes, Span, Text};

/// A value, the words that state it, and where those stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The words it was read from, white space folded.
    pub as_written: String,
    /// What kind of evidence there is.
    pub basis: Basis,
    /// Bytes of the page that decode to `as_written`; empty unless the basis is the page.
    pub evidence: Vec<Span<Bytes>>,
}

impl<T> Stated<T> {
    /// The same statement with its value replaced.
    pub fn map<U>(self, value: impl FnOnce(T) -> U) -> Stated<U> {
        Stated { value: value(self.value), as_written: self.as_written, basis: self.basis, evidence: self.evidence }
    }
}

/// What kind of evidence a value rests on.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Words of the page.
    Page,
    /// The page's address.
    Url,
    /// A header that came with the page.
    Header,
    /// Worked out from the text (its language).
    Detected,
}

/// Everything a page states about its article. Nothing is `Some` without its basis.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // the names are the contract's
pub struct Fields {
    pub url: Option<Stated<String>>,
    pub canonical_url: Option<Stated<String>>,
    pub site: Option<Stated<String>>,
    pub section: Option<Stated<String>>,
    /// ISO 639-1 code, or 639-3 where there is none.
    pub language: Option<Stated<String>>,
    pub genre: Option<Stated<Genre>>,
    pub paywalled: Option<Stated<bool>>,
    pub headline: Option<Stated<String>>,
    pub standfirst: Option<Stated<String>>,
    pub bylines: Vec<Stated<Byline>>,
    pub published: Option<Stated<Moment>>,
    pub modified: Option<Stated<Moment>>,
    pub topics: Vec<Stated<String>>,
    pub images: Vec<Image>,
    /// Links in the body.
    pub links: Vec<Link>,
    /// Links to other articles that the page offers.
    pub related: Vec<Related>,
}

/// Somebody who wrote or supplied the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Byline {
    /// The name, without "By".
    pub name: String,
    /// Person, agency or the outlet itself.
    pub kind: BylineKind,
    /// "Transport correspondent", where the page says so.
    pub role: Option<String>,
}

/// What kind of writer a byline names.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum BylineKind {
    /// A human being.
    Person,
    /// A news agency.
    Agency,
    /// The outlet, its staff or a desk of it.
    Outlet,
}

impl BylineKind {
    /// The kind's name in the output.
    pub fn name(self) -> &'static str {
        match self {
            BylineKind::Person => "person",
            BylineKind::Agency => "agency",
            BylineKind::Outlet => "outlet",
        }
    }
}

/// What sort of article it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are the contract's
pub enum Genre {
    News,
    Opinion,
    Analysis,
    Live,
    Interview,
    Release,
    Other,
}

impl Genre {
    /// The genre's name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Genre::News => "news",
            Genre::Opinion => "opinion",
            Genre::Analysis => "analysis",
            Genre::Live => "live",
            Genre::Interview => "interview",
            Genre::Release => "release",
            Genre::Other => "other",
        }
    }
}

/// A picture of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its address.
    pub url: Stated<String>,
    /// The words under it.
    pub caption: Option<Stated<String>>,
    /// Who made it.
    pub credit: Option<Stated<String>>,
}

/// A link in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The linked words.
    pub span: Span<Text>,
    /// Where it leads, as written on the page and resolved against its address.
    pub url: Stated<String>,
}

/// Another article that the page points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it leads.
    pub url: Stated<String>,
    /// What the page calls it.
    pub title: Stated<String>,
}
