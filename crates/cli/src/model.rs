//! Language models that the command line names.

use crate::{Outcome, messages};
use onrecord_reader::LoadedModel;
use std::path::Path;

/// Loads the model in a file, or says what is wrong with it.
pub fn load(path: &Path) -> Result<&'static LoadedModel, Outcome> {
    let loaded = match std::fs::read(path) {
        Ok(bytes) => LoadedModel::load(&bytes).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    loaded.map_err(|reason| {
        messages::say(&format!("{}: is no language model that can be used: {reason}", path.display()));
        Outcome::Misused
    })
}
