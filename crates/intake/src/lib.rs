//! Files, folders and standard input to captures.
//!
//! An [`Intake`] is an iterator: one [`Item`] for every line of output, in the order of its input, and never more than
//! about three times the largest page in memory. What cannot be read is an item too, an [`Unreadable`] that says why,
//! and reading goes on behind it. Compressed files are looked through, folders are walked in a fixed order, and what
//! kind of page a file holds is told from its content before its name. Of web archives (WARC, WACZ) each page is an
//! item, with its address and the time it was fetched; of a page saved as MHTML its root part is the page.
//!
//! ```
//! use onrecord_intake::{Input, Intake, Item, Options};
//!
//! let page: &[u8] = b"<!doctype html><p>Six people died.";
//! let mut intake = Intake::of_reader("-", page, Options { input: Input::Auto, ..Options::default() });
//! let Some(Item::Capture(capture)) = intake.next() else { panic!("a page can be read") };
//! assert_eq!(capture.media.media_type(), "text/html");
//! assert!(intake.next().is_none());
//! ```
//!
//! [`in_order`] works on many items at a time and gives the results in their order.
//!
//! Invariants: nothing but files, folders and standard input is touched, and nothing is written. Nothing is decoded
//! from a charset here. No page is passed on in part: what is cut short or too large is an [`Unreadable`]; only where an
//! archive itself holds no more than the beginning of a page is that passed on, with a note.

mod buffered;
mod codings;
mod detect;
mod gone;
mod header_dates;
mod headers;
mod http;
mod intake;
mod json;
mod lines;
mod listing;
mod mhtml;
mod names;
mod page;
mod parallel;
mod transfer;
mod unpack;
mod unreadable;
mod wacz;
mod warc;
mod zstd;

pub use codings::MAX_CODINGS;
pub use detect::SNIFF_BYTES;
pub use headers::MAX_HEADER_BYTES;
pub use intake::{Input, Intake, Item, MAX_PAGE_BYTES, Options};
pub use lines::MAX_SKIPPED_BYTES;
pub use listing::MAX_FOLDER_DEPTH;
pub use mhtml::MAX_PART_DEPTH;
pub use parallel::{MAX_BYTES_UNDER_WAY, Weighed, in_order};
pub use unpack::{MAX_LAYERS, MAX_NESTED_BYTES};
pub use unreadable::Unreadable;
pub use wacz::{MAX_ARCHIVE_FILES, MAX_NAME_BYTES, MAX_PIPED_WACZ_BYTES};
pub use warc::{MAX_DICTIONARY_BYTES, MAX_RATIO, MAX_REMEMBERED_NAMES};
pub use zstd::MAX_WINDOW_BYTES;
