//! Entities: spans that a model labels.

use super::layer::{AnyLayer, StoredLayer};
use super::parts::{PartReader, PartWriter};
use super::producer::Producer;
use super::set::LayerSet;
use super::strings::{Label, Labels};
use onrecord_span::{Span, Text};
use std::sync::Arc;

/// One entity as it is kept.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct EntityRow {
    /// Its words.
    pub span: Span<Text>,
    /// What it is: "PERSON".
    pub label: Label,
}

/// The layer of entities, sorted by span.
#[derive(Clone, Debug)]
pub struct Entities {
    /// Who made it.
    pub producer: Producer,
    /// The layers it was made from.
    pub made_from: LayerSet,
    /// The entities as they are kept.
    pub rows: Vec<EntityRow>,
    /// The names of their labels.
    pub labels: Arc<Labels>,
}

impl AnyLayer for Entities {
    fn producer(&self) -> &Producer {
        &self.producer
    }

    fn made_from(&self) -> LayerSet {
        self.made_from
    }

    fn count(&self) -> usize {
        self.rows.len()
    }
}

/// The names of the labels, then the entities, each with its label by number.
impl StoredLayer for Entities {
    fn write(&self, out: &mut dyn PartWriter) {
        let mut names: Vec<&str> = Vec::new();
        let numbers: Vec<usize> = self
            .rows
            .iter()
            .map(|row| {
                let name = self.labels.name(row.label);
                names.iter().position(|known| *known == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                })
            })
            .collect();
        out.number(names.len() as u64);
        names.iter().for_each(|name| out.words(name));
        out.number(self.rows.len() as u64);
        for (row, number) in self.rows.iter().zip(numbers) {
            out.number(number as u64);
            out.span(row.span);
        }
    }

    fn read(producer: Producer, made_from: LayerSet, from: &mut dyn PartReader) -> Option<Self> {
        let mut labels = Labels::default();
        let known = from.list(|from| Some(labels.add(from.words()?)))?;
        let rows = from.list(|from| {
            let label = *known.get(usize::try_from(from.number()?).ok()?)?;
            Some(EntityRow { span: from.span()?, label })
        })?;
        Some(Entities { producer, made_from, rows, labels: Arc::new(labels) })
    }
}
