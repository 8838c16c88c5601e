//! What several commands do alike.

pub mod batch;
pub mod followers;
pub mod interrupt;
pub mod model;
pub mod searching;
pub mod store;
