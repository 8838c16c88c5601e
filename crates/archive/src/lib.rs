//! The archive: pages as they came, and what was read from them, in one SQLite database.
//!
//! [`Writer`] adds pages, [`Archive`] reads them back; both share nothing but the database, so that any number of readers,
//! in this process or others, go on while one writer writes. What is stored:
//!
//! - *pages* as they came, once each however many addresses they were seen at, packed as differences to another page of
//!   their outlet where that saves room;
//! - *captures*: a page at one address, with all that reading it depends on ([`CaptureKey`]);
//! - *documents*: what was read from a capture, in parts, so that whoever wants little unpacks little ([`Archive::words`],
//!   [`Archive::layers`], [`Archive::document`]);
//! - *layers* and *statements*: facts, each layer with its producer, inputs and hash;
//! - what people wrote beside it, anchored to bytes and words of pages.
//!
//! Invariants: the database is the only truth. An index beside it is derived, may be deleted, and catches up
//! (see [`Follower`] for how). What a commit has stored is on the disk. Nothing from a page is trusted: what is
//! read back is checked, and damage is an [`Error`] that names what it touches, never a panic.

mod adding;
mod address;
mod annotations;
mod archive;
mod backup;
mod bases;
mod check;
mod codec;
mod compact;
mod corrected;
mod days;
mod diff;
mod error;
pub mod export;
mod find;
mod follow;
mod format;
mod key;
mod lines;
mod lock;
mod moment;
mod overview;
mod pack;
mod place;
mod prepared;
mod remove;
mod reread;
pub mod search;
mod speakers;
mod stats;
mod versions;
mod writer;

pub use adding::{Adding, PageAdded, Tally, add_all};
pub use address::compared;
pub(crate) use address::host_of;
pub use annotations::{Anchor, Annotation, AnnotationId, AnnotationKind, MAX_TAG, MAX_VALUE, Placed};
pub use archive::{Archive, DocumentId, Listed};
pub use backup::Merged;
pub use bases::Bases;
pub use check::{Problem, Report};
pub use codec::words::Words;
pub use corrected::Corrected;
pub use days::{Addition, DayCount, SaidRow, StatementRow};
pub use diff::{Fate, Stretch, compare};
pub use error::{Error, Result};
pub use follow::{Change, Entry, Follower, Mark};
pub use format::{FORMAT, Upgraded, upgrade};
pub use key::CaptureKey;
pub use moment::utc;
pub use overview::{SourcingCount, Stretches};
pub use place::{INDEX, default_place};
pub use prepared::{Prepared, Reading};
pub use reread::{Renewed, Reread, Rereading};
pub use speakers::SpeakerCount;
pub use writer::{Added, Step, Writer};
