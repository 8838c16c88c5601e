//! Sets of layers, as bits.

/// A set of layers.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LayerSet(u32);

impl LayerSet {
    /// No layer.
    pub const NONE: LayerSet = LayerSet(0);

    /// The same set with the layer of this row of the table.
    pub(super) const fn with_row(self, row: u32) -> LayerSet {
        LayerSet(self.0 | 1 << row)
    }

    /// Whether the layer of this row of the table is in it.
    pub(super) const fn has_row(self, row: u32) -> bool {
        self.0 & 1 << row != 0
    }
}
