//! Reads one whole page.

use crate::formats::is_blank;
use crate::source::Buffered;
use crate::unreadable::Reason;
use onrecord_document::{Capture, Media};
use onrecord_span::PageBytes;
use std::io::BufRead;

/// Reads to the end, at most `limit` bytes; `expected` is the size in bytes, if it is known. An error if the page is empty,
/// cut short or larger.
pub(crate) fn read_page(
    reader: &mut Buffered,
    id: &str,
    media: Media,
    expected: Option<u64>,
    limit: usize,
) -> Result<Capture, Reason> {
    let too_large = Reason::TooLarge { limit };
    let mut page = Vec::new();
    page.reserve_exact(expected.map_or(0, |size| usize::try_from(size).unwrap_or(limit).min(limit)));
    loop {
        let ready = reader.fill_buf().map_err(|error| Reason::of(&error))?;
        let count = ready.len();
        if count == 0 {
            break;
        }
        if count > limit - page.len() {
            return Err(too_large);
        }
        if count > page.capacity() - page.len() {
            // Unbounded doubling could take twice the limit.
            let capacity = (page.capacity() * 2).clamp(page.len() + count, limit.max(page.len() + count));
            page.reserve_exact(capacity - page.len());
        }
        page.extend_from_slice(ready);
        reader.consume(count);
    }
    if page.is_empty() {
        return Err(Reason::Empty);
    }
    if is_blank(&page) {
        return Err(Reason::OnlyWhiteSpace);
    }
    let page = PageBytes::new(page).ok_or(too_large)?;
    Ok(Capture::new(id, page, media))
}
