//! Lets documents find the bytes of a decoded page.

use std::ops::Range;

use onrecord_span::Decoding;

use crate::{Decoded, Encoding};

impl Decoding for Decoded<'_> {
    fn to_page(&self, decoded: Range<u32>) -> Range<u32> {
        Decoded::to_page(self, decoded)
    }

    fn is_identity(&self) -> bool {
        self.is_verbatim()
    }

    fn encoding(&self) -> &'static Encoding {
        self.encoding
    }
}
