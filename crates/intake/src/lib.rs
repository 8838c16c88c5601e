//! From files, folders and standard input to captures.
//!
//! An [`Intake`] is an iterator of [`Item`]s, one for each line of output, in the order of the input. It never has more
//! than about three times the largest page in memory. Something that can't be read is an item too: an [`Unreadable`], which
//! says why. Then reading continues with the next item. Compressed files are decompressed on the fly, folders are walked in
//! a fixed order, and the kind of a file is recognised by its content first, then by its name. Each page in a web archive
//! (WARC, WACZ) is an item, with its address and the time it was fetched. In a page saved as MHTML, the root part is the
//! page.
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
//! [`in_order`] works on many items at a time and returns the results in the order of the items.
//!
//! Invariants: nothing is read but files, folders and standard input, and nothing is written. No charset is decoded here.
//! No page is passed on in part: one that is cut short or too large is an [`Unreadable`]. Only if an archive itself holds no
//! more than the beginning of a page is that passed on, with a note.

mod compression;
mod formats;
mod http;
mod intake;
mod item;
mod json_lines;
mod mhtml;
mod pages;
mod parallel;
mod source;
mod unreadable;
mod wacz;
mod warc;

pub use compression::MAX_NESTED_BYTES;
pub use compression::zstd::MAX_WINDOW_BYTES;
pub use formats::{MAX_LAYERS, SNIFF_BYTES};
pub use http::{MAX_CODINGS, MAX_HEADER_BYTES};
pub use intake::{Input, Intake, MAX_PAGE_BYTES, Options};
pub use item::Item;
pub use json_lines::MAX_SKIPPED_BYTES;
pub use mhtml::MAX_PART_DEPTH;
pub use parallel::{ByteSize, MAX_BYTES_UNDER_WAY, in_order};
pub use source::MAX_FOLDER_DEPTH;
pub use unreadable::Unreadable;
pub use wacz::{MAX_ARCHIVE_FILES, MAX_NAME_BYTES, MAX_PIPED_WACZ_BYTES};
pub use warc::{MAX_DICTIONARY_BYTES, MAX_RATIO, MAX_REMEMBERED_NAMES};
