//! What Onrecord shows: plain structs gathered from the archive, one file a view. A page renders one, the API serialises it.
//!
//! Every figure and word of a page is in its view, so that whoever shows a view shows the same. Views know neither HTTP nor
//! HTML.

pub mod article;
pub mod corrections;
pub mod counts;
pub mod front;
pub mod search;
pub mod sourcing;
pub mod speakers;
pub mod statement;
pub mod words;

use onrecord_archive::Listed;
use onrecord_document::SourceKind;
use schemars::JsonSchema;
use serde::Serialize;

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArticleRef {
    /// Names it in every archive.
    pub key: String,
    /// As the page states it.
    pub headline: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// As the page states it.
    pub published: Option<String>,
    /// The address it was fetched from.
    pub url: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
}

impl ArticleRef {
    /// What a list says of a document.
    pub fn of(listed: &Listed) -> ArticleRef {
        ArticleRef {
            key: listed.key.to_string(),
            headline: listed.headline.clone(),
            outlet: listed.site.clone(),
            published: listed.published.clone(),
            url: listed.url.clone(),
            language: listed.language.clone(),
        }
    }

    /// The headline, or what is said where there is none.
    pub fn title(&self) -> &str {
        self.headline.as_deref().unwrap_or("(without a headline)")
    }

    /// Outlet and day: "Harbor Gazette, 9 Mar 2026".
    pub fn imprint(&self) -> String {
        let day = self.published.as_deref().map(crate::words::day);
        [self.outlet.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// How many statements rest on what, in the four ways in which the desk draws them and the finer ones it lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sources {
    /// All statements.
    pub all: u64,
    /// Of people and organisations with a name.
    pub named: u64,
    /// Of one person without.
    pub unnamed_persons: u64,
    /// Of several.
    pub unnamed_groups: u64,
    /// Of documents and other outlets.
    pub documents: u64,
    /// Of nobody.
    pub none: u64,
}

impl Sources {
    /// Counts statements of a kind of source.
    pub fn add(&mut self, kind: SourceKind, count: u64) {
        self.all += count;
        *match kind {
            SourceKind::NamedPerson | SourceKind::NamedOrganisation => &mut self.named,
            SourceKind::UnnamedPerson => &mut self.unnamed_persons,
            SourceKind::UnnamedGroup => &mut self.unnamed_groups,
            SourceKind::Document | SourceKind::OtherMedia => &mut self.documents,
            SourceKind::None => &mut self.none,
        } += count;
    }

    /// Takes the counts of others in.
    pub fn join(&mut self, other: &Sources) {
        self.all += other.all;
        self.named += other.named;
        self.unnamed_persons += other.unnamed_persons;
        self.unnamed_groups += other.unnamed_groups;
        self.documents += other.documents;
        self.none += other.none;
    }

    /// Of one person or several without a name.
    pub fn unnamed(&self) -> u64 {
        self.unnamed_persons + self.unnamed_groups
    }

    /// The share of statements with a name behind them, in whole percent; `None` where there are none.
    pub fn named_percent(&self) -> Option<u64> {
        (self.all > 0).then(|| (100 * self.named + self.all / 2) / self.all)
    }
}
