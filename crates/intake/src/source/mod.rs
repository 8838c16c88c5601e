//! Where do the bytes come from? Files below paths, standard input, memory.

mod buffered;
mod listing;
mod progress;
mod reopener;

pub(crate) use buffered::{Buffered, FirstLine};
pub use listing::MAX_FOLDER_DEPTH;
pub(crate) use listing::{InputPath, list};
pub(crate) use progress::FileProgress;
pub(crate) use reopener::Reopener;
