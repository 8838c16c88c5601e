//! A page saved as MHTML (RFC 2557): which part of the message is the page, and what are its bytes?
//!
//! The message is read here, not by mail-parser 0.11, because that
//! - finds a boundary anywhere in a line, so a page that quotes its boundary would be cut off without a word, while RFC
//!   2046 (section 5.1.1) wants it on a line of its own (`a_boundary_is_a_line_of_its_own` in the tests);
//! - takes 1.8 seconds for 256 KiB of parts that name boundaries without having them, and four times as long for twice as
//!   much, where this takes milliseconds (`parts_without_their_boundaries_are_read_in_linear_time`);
//! - decodes every picture and holds the whole message in memory, where this holds the page alone;
//! - refuses quoted-printable and base64 with a mistake in them, and changes line breaks, while evidence points at bytes
//!   (see `transfer`).

mod root;
mod transfer;

pub use root::MAX_PART_DEPTH;
pub(crate) use root::{is_mhtml, read};
