//! Layers: what was read from a document's words, each with the producer it came from.
//!
//! The table in this file is the only list of layers. Archive, output, command line and desk loop over it.

mod entities;
mod layer;
mod name;
mod named;
pub mod parts;
mod producer;
mod set;
mod shown;
mod sourcing;
mod statement;
mod strings;
mod tokens;

pub use entities::{Entities, EntityRow};
pub use layer::{AnyLayer, Layer, StoredLayer};
pub use name::{Mention, MentionForm, MentionSense, Name, NameKind};
pub use producer::{ModelName, Producer};
pub use set::LayerSet;
pub use shown::Shown;
pub use sourcing::{Count, SourceKind, Sourcing, Terms};
pub use statement::{Act, Speaker, Statement, StatementForm};
pub use strings::{Interner, Label, Labels, StringId, Strings};
pub use tokens::{Iob, Pos, TokenPlace, TokenRow, Tokens};

use crate::Stage;
use onrecord_span::{Span, Text};
use parts::{PartReader, PartWriter};

macro_rules! layers {
    ($($(#[$doc:meta])* $field:ident: $layer:ty, $kind:ident, $stage:ident, $stored:ident, $shown:ident;)*) => {
        /// The kinds of layers.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LayerKind {
            $($(#[$doc])* $kind,)*
        }

        impl LayerKind {
            /// Every kind, in the order of the table.
            pub const ALL: &[LayerKind] = &[$(LayerKind::$kind),*];

            /// The layer's name in the output and in archives.
            pub const fn name(self) -> &'static str {
                match self { $(LayerKind::$kind => stringify!($field),)* }
            }

            /// The stage that makes it.
            pub const fn stage(self) -> Stage {
                match self { $(LayerKind::$kind => Stage::$stage,)* }
            }

            /// Whether archives keep it. What is not kept is quickly made again from the words.
            pub const fn is_stored(self) -> bool {
                match self { $(LayerKind::$kind => layers!(@is_stored $stored),)* }
            }

            /// When the output has it.
            pub const fn shown(self) -> Shown {
                match self { $(LayerKind::$kind => Shown::$shown,)* }
            }
        }

        /// The layers of a document; `None` where a stage has not run.
        #[derive(Clone, Debug, Default)]
        pub struct Layers {
            $($(#[$doc])* pub $field: Option<$layer>,)*
        }

        impl Layers {
            /// A layer, whatever its items are; `None` where it was not made.
            pub fn get(&self, kind: LayerKind) -> Option<&dyn AnyLayer> {
                match kind { $(LayerKind::$kind => self.$field.as_ref().map(|layer| layer as &dyn AnyLayer),)* }
            }

            /// Takes a layer away.
            pub fn remove(&mut self, kind: LayerKind) {
                match kind { $(LayerKind::$kind => self.$field = None,)* }
            }

            /// Writes the items of a layer that archives keep; writes nothing where there is none.
            pub fn write(&self, kind: LayerKind, out: &mut dyn PartWriter) {
                match kind { $(LayerKind::$kind => layers!(@write $stored, self.$field, out),)* }
            }

            /// Reads what [`Layers::write`] wrote; `None` where it is no such layer. A layer that archives don't keep is
            /// left as it is.
            pub fn read(
                &mut self,
                kind: LayerKind,
                producer: Producer,
                made_from: LayerSet,
                from: &mut dyn PartReader,
            ) -> Option<()> {
                match kind {
                    $(LayerKind::$kind => layers!(@read $stored, self.$field, $layer, producer, made_from, from),)*
                }
                Some(())
            }
        }
    };
    (@is_stored stored) => { true };
    (@is_stored derived) => { false };
    (@write stored, $layer:expr, $out:expr) => {
        if let Some(layer) = &$layer { layer.write($out) }
    };
    (@write derived, $layer:expr, $out:expr) => { () };
    (@read stored, $place:expr, $layer:ty, $producer:expr, $made_from:expr, $from:expr) => {
        $place = Some(<$layer>::read($producer, $made_from, $from)?)
    };
    (@read derived, $place:expr, $layer:ty, $producer:expr, $made_from:expr, $from:expr) => { () };
}

#[cfg(test)]
mod example;

// Field and type; kind; the stage that makes it; whether archives keep it (`stored`) or it is made again (`derived`); when
// the output has it. Archives and the output know layers by their names.
layers! {
    /// Sentences; they never cross blocks, and cover every block.
    sentences: Layer<Span<Text>>, Sentences, Language, stored, OnRequest;
    /// Spans that a model labels as people, places, organisations and so on.
    entities: Entities, Entities, Language, stored, OnRequest;
    /// Words and marks, with tag, lemma, head and the rest where a model was at work.
    tokens: Tokens, Tokens, Language, derived, OnRequest;
    /// Noun phrases that hold no other.
    noun_chunks: Layer<Span<Text>>, NounChunks, Language, derived, Never;
    /// Who is who: everybody to whom something is attributed.
    names: Layer<Name>, Names, Facts, stored, Always;
    /// Who said what.
    statements: Layer<Statement>, Statements, Facts, stored, Always;
}

impl LayerKind {
    /// The kind with this name.
    pub fn named(name: &str) -> Option<LayerKind> {
        LayerKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl LayerSet {
    /// These layers.
    pub const fn of(kinds: &[LayerKind]) -> LayerSet {
        let mut set = LayerSet::NONE;
        let mut at = 0;
        while at < kinds.len() {
            set = set.with(kinds[at]);
            at += 1;
        }
        set
    }

    /// The same set with one layer more.
    pub const fn with(self, kind: LayerKind) -> LayerSet {
        self.with_row(kind as u32)
    }

    /// Whether a layer is in it.
    pub const fn contains(self, kind: LayerKind) -> bool {
        self.has_row(kind as u32)
    }

    /// Its layers, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = LayerKind> {
        LayerKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<LayerKind> for LayerSet {
    fn from_iter<I: IntoIterator<Item = LayerKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(LayerSet::NONE, LayerSet::with)
    }
}

impl Layers {
    /// The statements; none where no stage read them.
    pub fn statements(&self) -> &[Statement] {
        self.statements.as_ref().map_or(&[], |layer| &layer.items)
    }

    /// The names; none where no stage read them.
    pub fn names(&self) -> &[Name] {
        self.names.as_ref().map_or(&[], |layer| &layer.items)
    }

    /// The name behind a statement, where the article says whose it is.
    pub fn speaker(&self, statement: &Statement) -> Option<&Name> {
        self.names().get(statement.speaker?.name as usize)
    }

    /// Takes away the layers that a stage makes.
    pub fn remove_stage(&mut self, stage: Stage) {
        LayerKind::ALL.iter().filter(|kind| kind.stage() == stage).for_each(|kind| self.remove(*kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_found_by_its_name_and_a_set_keeps_what_is_put_into_it() {
        for kind in LayerKind::ALL {
            assert_eq!(LayerKind::named(kind.name()), Some(*kind));
        }
        let set = LayerSet::of(&[LayerKind::Statements, LayerKind::Tokens]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [LayerKind::Tokens, LayerKind::Statements]);
        assert_eq!(set, set.iter().collect());
        assert!(!set.contains(LayerKind::Names) && set.with(LayerKind::Names).contains(LayerKind::Names));
    }

    #[test]
    fn a_set_has_room_for_every_layer() {
        assert!(LayerKind::ALL.len() <= u32::BITS as usize);
    }

    #[test]
    fn what_a_stage_made_is_taken_away_with_it() {
        let producer = Producer::new("test", "1");
        let mut layers = Layers {
            sentences: Some(Layer::new(producer.clone(), Vec::new())),
            names: Some(Layer::new(producer, Vec::new())),
            ..Layers::default()
        };
        layers.remove_stage(Stage::Facts);
        assert!(layers.get(LayerKind::Names).is_none() && layers.get(LayerKind::Sentences).is_some());
    }
}
