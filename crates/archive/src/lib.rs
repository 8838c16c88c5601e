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

mod care;
mod codec;
mod error;
mod format;
mod read;
mod store;
mod write;

pub use care::backup::Merged;
pub use care::check::{Damage, Report};
pub use codec::words::Words;
pub use error::{Error, Result};
pub use format::{FORMAT, Upgraded, upgrade};
pub use read::annotations::{Anchor, Annotation, AnnotationId, AnnotationKind, Placed};
pub use read::archive::{Archive, DocumentId, Listed};
pub use read::corrected::Corrected;
pub use read::days::{Addition, DayCount, SaidRow, StatementRow};
pub use read::diff::{Fate, Stretch, compare};
pub use read::overview::{SourcingCount, Stretches};
pub use read::reading::Reading;
pub use read::speakers::SpeakerCount;
pub use store::address::{compared, host_of};
pub use store::key::CaptureKey;
pub use store::moment::utc;
pub use store::place::default_place;
pub use write::adding::{Adding, PageAdded, Tally, add_all};
pub use write::annotate::{MAX_TAG, MAX_VALUE};
pub use write::bases::Bases;
pub use write::follow::{Change, Entry, Follower, Followers, Mark, Pace};
pub use write::prepared::Prepared;
pub use write::reread::{Renewed, Reread, Rereading};
pub use write::writer::step::Step;
pub use write::writer::{Added, Writer};
