//! One layer: its items, who made it, and from what.

use super::parts::{Annotation, PartReader, PartWriter};
use super::producer::Producer;
use super::set::LayerSet;

/// Annotations of one kind over one document, sorted by span.
#[derive(Clone, Debug)]
pub struct Layer<T> {
    /// Who made it.
    pub producer: Producer,
    /// The layers it was made from; none where it was made from the words alone.
    pub made_from: LayerSet,
    /// The annotations.
    pub items: Vec<T>,
}

impl<T> Layer<T> {
    /// A layer made from the words alone.
    pub fn new(producer: Producer, items: Vec<T>) -> Self {
        Layer { producer, made_from: LayerSet::NONE, items }
    }

    /// A layer made from other layers.
    pub fn over(producer: Producer, made_from: LayerSet, items: Vec<T>) -> Self {
        Layer { producer, made_from, items }
    }
}

/// What every layer can tell, whatever its items are.
pub trait AnyLayer {
    /// Who made it.
    fn producer(&self) -> &Producer;
    /// The layers it was made from.
    fn made_from(&self) -> LayerSet;
    /// How many items it has.
    fn count(&self) -> usize;
}

/// A layer that an archive keeps: its items can be written and read back.
pub trait StoredLayer: AnyLayer + Sized {
    /// Writes its items.
    fn write(&self, out: &mut dyn PartWriter);
    /// Reads what [`StoredLayer::write`] wrote; `None` where it is none of this kind.
    fn read(producer: Producer, made_from: LayerSet, from: &mut dyn PartReader) -> Option<Self>;
}

impl<T> AnyLayer for Layer<T> {
    fn producer(&self) -> &Producer {
        &self.producer
    }

    fn made_from(&self) -> LayerSet {
        self.made_from
    }

    fn count(&self) -> usize {
        self.items.len()
    }
}

impl<T: Annotation> StoredLayer for Layer<T> {
    fn write(&self, out: &mut dyn PartWriter) {
        out.number(self.items.len() as u64);
        self.items.iter().for_each(|item| item.write(out));
    }

    fn read(producer: Producer, made_from: LayerSet, from: &mut dyn PartReader) -> Option<Self> {
        Some(Layer { producer, made_from, items: from.list(|from| T::read(from))? })
    }
}
