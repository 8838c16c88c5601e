//! The text of one article, and layers of annotation over it.
//!
//! A [`Document`] is what Onrecord makes of a [`Capture`]: one text buffer (the body, then the rest), the [`Block`]s it
//! consists of, the [`Fields`] that the page states about itself, the source map down to the page's bytes, and
//! [`Layers`] of what was read from the words. Nothing here knows how a page was parsed or how an answer is printed.
//!
//! ```
//! use onrecord_document::{BlockKind, Capture, Draft, Media};
//! use onrecord_span::{PageBytes, Traced, Utf8};
//!
//! let page = PageBytes::new("Ferry hits breakwater\nSix people died.".into()).unwrap();
//! let capture = Capture::new("ferry.txt", page, Media::Text);
//! let mut words = Traced::new();
//! words.push_verbatim("Ferry hits breakwater\nSix people died.", 0..38);
//!
//! let mut draft = Draft::over_text(words);
//! draft.mark(BlockKind::Headline, 0..21);
//! draft.mark(BlockKind::Paragraph, 22..38);
//! let document = draft.finish(capture, &Utf8);
//! assert_eq!(document.words(document.blocks()[1].span), "Six people died.");
//! ```

mod block;
mod document;
mod draft;
mod fields;
mod layers;
mod moment;
mod note;
mod page;
mod stage;
mod views;

pub use block::{Block, BlockKind, BlockRole};
pub use document::{Document, Parts};
pub use draft::{Draft, DraftLink};
pub use fields::{Basis, Byline, BylineKind, Fields, Genre, Image, Link, Related, Stated};
pub use layers::*;
pub use moment::Moment;
pub use note::Note;
pub use page::{Capture, Coding, Media, Origin, Record, RecordPacking};
pub use stage::Stage;
pub use views::{Entity, Sentence, Token};
