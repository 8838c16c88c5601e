//! The operations, a file for each thing that they are about.

pub(super) mod adding;
pub(super) mod articles;
pub(super) mod corrections;
pub(super) mod evidence;
pub(super) mod exports;
pub(super) mod front;
pub(super) mod read;
pub(super) mod search;
pub(super) mod sourcing;
pub(super) mod speakers;
pub(super) mod status;
