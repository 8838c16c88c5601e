//! Rules that find cue and source of a quotation in English news. `languages/english.rs` has them in order.

pub(crate) mod before;
pub(crate) mod behind;
pub(crate) mod continuing;
pub(crate) mod labels;
pub(crate) mod scene;
pub(crate) mod subjects;
