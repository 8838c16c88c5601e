//! What a hostile page may cost: every limit of the parser, and the note that one of them was hit.

/// Open elements at once. An element opened deeper takes the place of the innermost open one and
/// so becomes its sibling, as in browsers. Misnested formatting, which is split up around blocks, can
/// nest the tree a few hundred levels deeper; who walks it should not recurse. At this depth formatting that a block has closed
/// is not reopened.
pub const MAX_DEPTH: usize = 512;

/// Nodes of one tree. The rest of the page is dropped. The largest of 894 pages of news has 6,754 tags that open elements.
pub const MAX_NODES: usize = 500_000;

/// Attributes of one element. Further ones are dropped.
pub const MAX_ATTRS: usize = 1_000;

/// Attributes of one tree. Further ones are dropped.
pub const MAX_TOTAL_ATTRS: usize = 6_000_000;

/// Different names of elements and attributes that the standard does not know. Attributes with
/// further names are dropped; elements keep their place under the name `unnamed`.
pub const MAX_NAMES: usize = 50_000;

/// Entries of the list of active formatting elements, its markers included. The oldest one makes
/// room for a new one, so that it is no longer reopened in later blocks.
pub const MAX_FORMATTING: usize = 64;

/// Formatting elements that are reopened in one block: the last ones. Pages that leave more open are broken, and each
/// of their blocks would hold all that was left open before it.
pub const MAX_REOPENED: usize = 16;

/// Formatting elements of one tree that are made again: those reopened in later blocks, and the parts of those that are
/// split up around blocks. Then formatting ends where its block does. Of 894 pages of news none has more than 100.
pub const MAX_MADE_AGAIN: usize = 10_000;

/// Bytes of source that are parsed: offsets are `u32`. The rest of the page is dropped.
pub const MAX_SOURCE: usize = u32::MAX as usize - 1;

/// Bytes of a page that are decoded. A byte becomes three of text at most, and offsets of the text are
/// `u32`. The rest of the page is dropped.
pub const MAX_PAGE: usize = 1 << 30;

/// The limit that a page hit; of several, the one that has cost most. In rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truncation {
    /// [`MAX_FORMATTING`], [`MAX_REOPENED`] or [`MAX_MADE_AGAIN`]: formatting elements were not reopened in later blocks. No
    /// text is lost.
    Formatting,
    /// [`MAX_DEPTH`]: deeper elements became siblings. No text is lost.
    Depth,
    /// [`MAX_ATTRS`] or [`MAX_TOTAL_ATTRS`]: attributes were dropped.
    Attrs,
    /// [`MAX_NAMES`]: attributes were dropped, elements lost their names.
    Names,
    /// [`MAX_SOURCE`]: the page is cut there.
    Source,
    /// [`MAX_NODES`]: the page is cut where the limit was hit.
    Nodes,
}
