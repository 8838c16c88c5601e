//! What pages are read with.

use crate::exit::Exit;
use crate::print::messages;
use onrecord_document::Stage;
use onrecord_reader::{LoadedModel, Wanted};
use onrecord_record::Producers;
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

/// Loads a language model from a file, or says what is wrong with it.
pub fn load(path: &Path) -> Result<&'static LoadedModel, Exit> {
    let loaded = match std::fs::read(path) {
        Ok(bytes) => LoadedModel::load(&bytes).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    loaded.map_err(|reason| {
        messages::say(&format!("{}: not a usable language model: {reason}", path.display()));
        Exit::Misused
    })
}

/// The versions of the stages that run; the language stage's version names the model, where one is at work.
pub fn producers(wanted: &Wanted) -> Producers {
    let language = match wanted.tokens {
        true => wanted.model.unwrap_or_else(LoadedModel::english).version(),
        false => onrecord_reader::LANGUAGE.version,
    };
    Producers {
        article: Some(onrecord_reader::ARTICLE.version),
        language: (wanted.until >= Stage::Language).then_some(language),
        facts: (wanted.until >= Stage::Facts).then_some(onrecord_reader::FACTS.version),
    }
}

/// How many pages to read at a time.
pub fn threads(asked: Option<u16>) -> usize {
    asked.map_or_else(|| available_parallelism().map_or(1, NonZeroUsize::get), usize::from)
}
