//! The models that are loaded, once for all threads.

use onrecord_language::languages::LANGUAGES;
use onrecord_language::{Annotator, Model, Scratch, WeightsError};
use std::cell::RefCell;
use std::sync::OnceLock;

/// A model, ready to fill layers from any thread.
#[derive(Debug)]
pub struct LoadedModel {
    annotator: Annotator<'static>,
    version: String,
}

/// Why a model could not be loaded.
pub type LoadError = WeightsError;

thread_local! {
    /// What this thread keeps between texts, and the model that it is of, by its address.
    static KEPT: RefCell<Option<(usize, Scratch)>> = const { RefCell::new(None) };
}

impl LoadedModel {
    /// Loads a model from the bytes of a weights file. It stays for as long as the program runs, so that all threads can
    /// share it.
    ///
    /// # Errors
    /// Says what is wrong with bytes that are damaged, cut short or of another version.
    pub fn load(bytes: &[u8]) -> Result<&'static Self, LoadError> {
        let model: &'static Model = Box::leak(Box::new(Model::load(bytes)?));
        Ok(Box::leak(Box::new(LoadedModel::of(model))))
    }

    /// The small English model that is part of the program, loaded when it is first asked for.
    pub fn english() -> &'static Self {
        Self::nth(0, Model::english)
    }

    /// The model for a language (ISO 639-1), loaded when it is first asked for; `None` where there is none.
    pub(crate) fn for_language(language: &str) -> Option<&'static Self> {
        let row = LANGUAGES.iter().position(|pack| pack.code == language)?;
        Some(Self::nth(row, LANGUAGES[row].model?))
    }

    /// The model in a row of [`LANGUAGES`].
    fn nth(row: usize, model: fn() -> &'static Model) -> &'static Self {
        static LOADED: [OnceLock<LoadedModel>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];
        LOADED[row].get_or_init(|| LoadedModel::of(model()))
    }

    fn of(model: &'static Model) -> Self {
        let annotator = Annotator::new(model);
        let name = annotator.name();
        let weights = name.weights.get(..WEIGHTS_DIGITS).unwrap_or(&name.weights);
        let version = format!("{}+{name}.{weights}", onrecord_language::PRODUCER.version);
        LoadedModel { annotator, version }
    }

    /// The model's name and version: "en_core_web_sm-3.8.0".
    pub fn name(&self) -> String {
        self.annotator.name().to_string()
    }

    /// Version of the language stage with this model at work: "0.1.0+en_core_web_sm-3.8.0.8d0a1b2c".
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Runs work with what this thread has kept from earlier texts. If it panics, nothing is kept.
    pub(crate) fn at_work<R>(&self, work: impl FnOnce(&Annotator<'static>, &mut Scratch) -> R) -> R {
        let own = std::ptr::from_ref(self.annotator.model()) as usize;
        let kept = KEPT.with(|kept| kept.borrow_mut().take()).filter(|(model, _)| *model == own);
        let mut scratch = kept.map(|(_, scratch)| scratch).unwrap_or_default();
        let result = work(&self.annotator, &mut scratch);
        KEPT.with(|kept| *kept.borrow_mut() = Some((own, scratch)));
        result
    }
}

/// How many digits of the weights' hash a version shows.
const WEIGHTS_DIGITS: usize = 8;
