//! From a query to what the index is asked, and to the entries that it finds.

pub(crate) mod advice;
pub(crate) mod collect;
mod ids;
mod lately;
mod near;
pub(crate) mod planner;
pub(crate) mod view;
