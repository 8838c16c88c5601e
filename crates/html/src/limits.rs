//! The limits of the parser, which bound what a hostile page can cost, and the report that one was reached.

/// Most open elements at once. A deeper element takes the place of the innermost open one and so becomes its sibling, as in
/// browsers. At this depth, formatting that a block has closed is not reopened.
///
/// Misnested formatting is split up around blocks and can nest the tree a few hundred levels deeper, so do not walk it
/// recursively.
pub const MAX_DEPTH: usize = 512;

/// Most nodes of one tree; the rest of the page is dropped. The largest of 894 news pages has 6,754 tags that open elements.
pub const MAX_NODES: usize = 500_000;

/// Most attributes of one element; the rest are dropped.
pub const MAX_ATTRS: usize = 1_000;

/// Most attributes of one tree; the rest are dropped.
pub const MAX_TOTAL_ATTRS: usize = 6_000_000;

/// Most different names of elements and attributes that the standard does not know. Attributes with
/// more names are dropped; elements keep their place under the name `unnamed`.
pub const MAX_NAMES: usize = 50_000;

/// Most entries in the list of active formatting elements, including its markers. A new entry replaces the oldest one, which is
/// then no longer reopened in later blocks.
pub const MAX_FORMATTING: usize = 64;

/// Most formatting elements that are reopened in one block: the last ones. Pages that leave more open are broken, and each of
/// their blocks would hold everything left open before it.
pub const MAX_REOPENED: usize = 16;

/// Most formatting elements of one tree that are created again: those reopened in later blocks, and the parts of those split up
/// around blocks. After that, formatting ends with its block. None of 894 news pages has more than 100.
pub const MAX_MADE_AGAIN: usize = 10_000;

/// Most bytes of source that are parsed, because offsets are `u32`; the rest of the page is dropped.
pub const MAX_SOURCE: usize = u32::MAX as usize - 1;

/// Most bytes of a page that are decoded: one byte becomes at most three of text, and offsets of the text are
/// `u32`. The rest of the page is dropped.
pub const MAX_PAGE: usize = 1 << 30;

/// The limit that a page reached; of several, the one that cost most. In ascending order of cost.
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
    /// [`MAX_NODES`]: the page is cut where the limit was reached.
    Nodes,
}
