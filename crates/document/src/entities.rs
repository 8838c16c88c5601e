//! Entities: spans that a model labels, as rows and as views of them.

use crate::parts::{PartReader, PartWriter};
use crate::{AnyLayer, Document, Label, Labels, LayerKind, LayerSet, Producer, StoredLayer, Token};
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
    /// The entities as they are kept.
    pub rows: Vec<EntityRow>,
    /// The names of their labels.
    pub labels: Arc<Labels>,
}

/// An entity of a document.
#[derive(Copy, Clone)]
pub struct Entity<'d> {
    document: &'d Document,
    row: &'d EntityRow,
    labels: &'d Labels,
}

impl<'d> Entity<'d> {
    /// Where it stands.
    pub fn span(self) -> Span<Text> {
        self.row.span
    }

    /// Its words.
    pub fn text(self) -> &'d str {
        self.document.words(self.row.span)
    }

    /// What it is: "PERSON", "ORG", "GPE" …
    pub fn label(self) -> &'d str {
        self.labels.name(self.row.label)
    }

    /// Its tokens.
    pub fn tokens(self) -> impl Iterator<Item = Token<'d>> {
        self.document.tokens_in(self.row.span)
    }
}

impl AnyLayer for Entities {
    fn producer(&self) -> &Producer {
        &self.producer
    }

    fn made_from(&self) -> LayerSet {
        LayerSet::of(&[LayerKind::Tokens])
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

    fn read(producer: Producer, _: LayerSet, from: &mut dyn PartReader) -> Option<Self> {
        let mut labels = Labels::default();
        let known = from.list(|from| Some(labels.add(from.words()?)))?;
        let rows = from.list(|from| {
            let label = *known.get(usize::try_from(from.number()?).ok()?)?;
            Some(EntityRow { span: from.span()?, label })
        })?;
        Some(Entities { producer, rows, labels: Arc::new(labels) })
    }
}

impl Document {
    /// The entities; none where no stage made them.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'_>> {
        let layer = self.layers.entities.iter();
        layer.flat_map(|layer| layer.rows.iter().map(|row| Entity { document: self, row, labels: &layer.labels }))
    }
}
