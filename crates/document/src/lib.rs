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
mod capture;
mod document;
mod draft;
mod entities;
mod fields;
mod layers;
mod moment;
mod name;
mod named;
mod note;
mod origin;
pub mod parts;
mod producer;
mod sourcing;
mod stage;
mod statement;
mod strings;
mod tokens;
mod views;

pub use block::{Block, BlockKind, BlockRole};
pub use capture::{Capture, Media};
pub use document::{Document, Parts};
pub use draft::{Draft, DraftLink};
pub use entities::{Entities, Entity, EntityRow};
pub use fields::{Basis, Byline, BylineKind, Fields, Genre, Image, Link, Related, Stated};
pub use layers::{AnyLayer, Layer, LayerKind, LayerSet, Layers, Shown, StoredLayer};
pub use moment::Moment;
pub use name::{Mention, MentionForm, MentionSense, Name, NameKind};
pub use note::Note;
pub use origin::{Coding, Origin, Record, RecordPacking};
pub use producer::{ModelName, Producer};
pub use sourcing::{Count, SourceKind, Sourcing, Terms};
pub use stage::Stage;
pub use statement::{Act, Speaker, Statement, StatementForm};
pub use strings::{Interner, Label, Labels, StringId, Strings};
pub use tokens::{Iob, Pos, Token, TokenPlace, TokenRow, Tokens};
pub use views::Sentence;
