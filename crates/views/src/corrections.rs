//! What people wrote beside what was read.

use crate::ArticleRef;
use onrecord_archive::{Annotation, Archive, Listed, Result};
use onrecord_document::Document;
use onrecord_span::PageHash;
use schemars::JsonSchema;
use serde::Serialize;

/// A correction, tag or note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CorrectionView {
    /// Names it in every archive.
    pub id: String,
    /// `right`, `wrong`, `speaker`, `same_speaker`, `note` or `tag`.
    pub kind: &'static str,
    /// The name, tag or note.
    pub value: String,
    /// Who wrote it; empty where nobody is named.
    pub author: String,
    /// When, RFC 3339.
    pub made: String,
    /// When it was undone.
    pub undone: Option<String>,
    /// The statement that it is about, from 1; `None` for the page as a whole and for what fits no statement any more.
    pub statement: Option<usize>,
    /// The words that it is about.
    pub words: String,
    /// Whether what it is about is no longer there.
    pub orphaned: bool,
    /// SHA-256 of the page.
    pub page: String,
    /// The article, in lists over many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleRef>,
}

impl CorrectionView {
    fn of(annotation: Annotation, statement: Option<usize>, orphaned: bool) -> CorrectionView {
        CorrectionView {
            id: annotation.id.to_string(),
            kind: annotation.kind.name(),
            value: annotation.value,
            author: annotation.author,
            made: annotation.made,
            undone: annotation.undone,
            statement: statement.map(|nth| nth + 1),
            words: annotation.anchor.words,
            orphaned,
            page: annotation.anchor.page.to_string(),
            article: None,
        }
    }

    /// All that was written on a document's page and not undone, oldest first.
    pub fn on(archive: &Archive, listed: &Listed, document: &Document) -> Result<Vec<CorrectionView>> {
        let annotations = archive.annotations(Some(listed.page), false)?;
        let written = annotations.into_iter().map(|annotation| {
            let statement = annotation.anchor.find(document);
            let orphaned = statement.is_none()
                && !annotation.anchor.ranges.is_empty()
                && matches!(annotation.kind.name(), "right" | "wrong" | "speaker");
            CorrectionView::of(annotation, statement, orphaned)
        });
        Ok(written.collect())
    }

    /// All that was written in the archive, latest first.
    pub fn all(archive: &Archive, undone: bool) -> Result<Vec<CorrectionView>> {
        CorrectionView::of_page(archive, None, undone)
    }

    /// All that was written on a page, or in the archive, latest first.
    pub fn of_page(archive: &Archive, page: Option<PageHash>, undone: bool) -> Result<Vec<CorrectionView>> {
        let mut all = Vec::new();
        for placed in archive.placed(page, undone)? {
            let article = placed.document.map(|id| archive.listed(id)).transpose()?;
            let mut written = CorrectionView::of(placed.annotation, placed.statement, placed.orphaned);
            written.article = article.as_ref().map(ArticleRef::of);
            all.push(written);
        }
        all.reverse();
        Ok(all)
    }
}
