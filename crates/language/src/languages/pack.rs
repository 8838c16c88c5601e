use crate::model::Model;
use crate::sentences::SentenceSplitter;

/// What is known of one language.
#[derive(Copy, Clone, Debug)]
pub struct LanguagePack {
    /// Its code after ISO 639-1.
    pub code: &'static str,
    /// Gives the model that is part of the program, if there is one. The first call loads it.
    pub model: Option<fn() -> &'static Model>,
    /// Cuts a block into sentences.
    pub sentences: SentenceSplitter,
}
