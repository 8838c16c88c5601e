//! Lines that give themselves away by their words, wherever they stand.

use crate::body::lines::PageLines;
use crate::phrases;
use onrecord_document::BlockKind;

/// The path to the page: `Home » Politics » Ferry inquiry opens`.
pub(super) fn breadcrumb(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_breadcrumb(page.words(index)).then_some(BlockKind::Breadcrumb)
}

/// A line with a phrase that only furniture has: `Also read: Council approves budget`.
pub(super) fn furniture_phrase(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::furniture(page.words(index))
}

/// Who took a picture: `Photo: Ana Reyes/CPA`.
pub(super) fn photo_line(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_photo_line(page.words(index)).then_some(BlockKind::Caption)
}

/// A correction of the article: `Correction: an earlier version of this article said …`.
pub(super) fn correction(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_correction(page.words(index)).then_some(BlockKind::Correction)
}
