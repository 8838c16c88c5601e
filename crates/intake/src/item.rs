//! What reading gives: a page, or why there is none.

use crate::unreadable::Unreadable;
use onrecord_document::Capture;

/// What one line of output is about.
#[derive(Clone, Debug)]
pub enum Item {
    /// A page with its bytes.
    Capture(Capture),
    /// Something that could not be read, and why.
    Unreadable(Unreadable),
}

impl Item {
    /// How the output names it.
    ///
    /// The path as given, joined with the path inside a folder (`dir/sub/a.html`, and `a.html.gz` unchanged); `-` for
    /// standard input; `FILE!OFFSET` for a record of a web archive (see [`onrecord_document::Record::offset`]); for a line
    /// of JSON lines its own `"id"`, or `PATH#LINE` if that is missing, empty or not a string. Parts of a path that are not
    /// Unicode are replaced by U+FFFD.
    pub fn id(&self) -> &str {
        match self {
            Item::Capture(capture) => &capture.id,
            Item::Unreadable(unreadable) => &unreadable.id,
        }
    }
}
