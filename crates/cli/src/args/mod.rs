//! Options that several commands share.

mod archive;
mod formats;
mod input;
mod look;
mod names;

pub use archive::{ArchiveArg, Signed};
pub use formats::{ListFormat, RowFormat};
pub use input::{InputArgs, Threads};
pub use look::{ColorWhen, Look};
pub use names::{last_stage, layer_name};
