//! The stages of reading.

/// A stage of reading, in the order in which stages run. It also says how far a document was read.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes to captures.
    Intake,
    /// Captures to documents: text, blocks and fields.
    Article,
    /// Sentences, tokens, entities.
    Language,
    /// Statements and sourcing.
    Facts,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Stage; 4] = [Stage::Intake, Stage::Article, Stage::Language, Stage::Facts];

    /// The stages after which reading can stop.
    pub const LAST: [Stage; 3] = [Stage::Article, Stage::Language, Stage::Facts];

    /// The stage's name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Intake => "intake",
            Stage::Article => "article",
            Stage::Language => "language",
            Stage::Facts => "facts",
        }
    }

    /// The stage with this name.
    pub fn named(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }
}
