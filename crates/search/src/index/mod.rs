//! The full-text index beside the database, which can be deleted and is made again.

mod entry;
mod follower;
mod schema;
mod state;
mod times;

pub(crate) use entry::{act_number, form_number, source_number, terms_number};
pub use follower::{FOLDER, IndexFollower};
pub(crate) use schema::{ARTICLE, Fields, STATEMENT, Worded};
pub(crate) use state::{IndexProgress, State, check, found};
