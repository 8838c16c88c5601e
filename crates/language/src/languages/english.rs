//! English: spaCy's small model, and sentences by trained weights.

use super::pack::LanguagePack;
use crate::model::Model;
use crate::sentences::english;
use std::sync::OnceLock;

pub(super) const PACK: LanguagePack =
    LanguagePack { code: "en", model: Some(Model::english), sentences: english::split };

impl Model {
    /// The small English model that is part of the program, loaded once.
    ///
    /// # Panics
    /// If the weights that the program was built with are damaged; a test makes sure that they are not.
    pub fn english() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| match Self::load_static(onrecord_weights_english::WEIGHTS) {
            Ok(model) => model,
            Err(error) => panic!("{error}"),
        })
    }
}
