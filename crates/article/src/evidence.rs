//! Words with the page bytes they were read from.

use onrecord_document::{Basis, Stated};
use onrecord_span::{Decoding, PageBytes, Traced};

/// States `words`, with folded white space, on the evidence of the page.
///
/// The evidence is the smallest byte ranges that decode to the words, in reading order and with adjacent ones joined.
pub(crate) fn stated(words: &Traced, page: &PageBytes, decoding: &dyn Decoding) -> Stated<String> {
    let words = words.fold_space();
    let evidence = words
        .sources()
        .into_iter()
        .map(|range| decoding.to_page(range))
        .filter_map(|bytes| page.span(bytes.start as usize..bytes.end as usize))
        .collect();
    Stated { value: words.text().to_owned(), as_written: words.text().to_owned(), basis: Basis::Page, evidence }
}

/// States a value that does not stand on the page: it was worked out, or came with the page.
pub(crate) fn unwritten<T>(value: T, basis: Basis) -> Stated<T> {
    Stated { value, as_written: String::new(), basis, evidence: Vec::new() }
}
