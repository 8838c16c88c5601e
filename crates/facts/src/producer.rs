//! Who made the layers, as ids and readings name it.

use onrecord_document::Producer;

/// Who made the layers of this crate. The version changes whenever their content may.
pub const PRODUCER: Producer = Producer::new("onrecord-facts", env!("CARGO_PKG_VERSION"));
