//! Word lists: norms, lemmas, static vectors.

use super::package::{SpacyPackage, get};
use onrecord_language::string_id;
use onrecord_tensors::WeightsWriter;
use rmpv::Value;
use std::collections::BTreeMap;

/// Parts of speech that may have lemma tables.
const PARTS: [&str; 17] = [
    "adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn", "punct", "sconj",
    "sym", "verb", "x",
];

pub fn write(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    norms(package, to)?;
    lemmas(package, to)?;
    if package.has("vocab/vectors") {
        vectors(package, to)?;
    }
    Ok(())
}

/// Norms by the word's id, sorted: the model's own, then those of all models.
fn norms(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    let lookups = package.messages("vocab/lookups.bin")?;
    let table = get(&lookups, "lexeme_norm").and_then(Value::as_map).ok_or("vocab/lookups.bin: no lexeme_norm")?;
    let mut norms = BTreeMap::new();
    let common = include_str!("../../../crates/language/data/norms.txt").lines();
    for (word, norm) in common.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        norms.insert(string_id(word), norm.to_owned());
    }
    for (id, norm) in table {
        norms.insert(id.as_u64().ok_or("a norm has no id")?, norm.as_str().ok_or("a norm is not text")?.to_owned());
    }
    to.numbers("norms/ids", &[norms.len()], &norms.keys().copied().collect::<Vec<u64>>());
    to.strings("norms", &norms.into_values().collect::<Vec<_>>());
    Ok(())
}

fn lemmas(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    let lookups = package.messages("lemmatizer/lookups/lookups.bin")?;
    let table = |name: &str, part: &str| {
        let table = get(&lookups, name)?.as_map()?.iter();
        table.into_iter().find(|(id, _)| id.as_u64() == Some(string_id(part))).map(|(_, value)| value)
    };
    for part in PARTS {
        if let Some(rules) = table("lemma_rules", part).and_then(Value::as_array) {
            let rule = |rule: &Value| {
                let rule = rule.as_array()?;
                Some(format!("{}\t{}", rule.first()?.as_str()?, rule.get(1)?.as_str()?))
            };
            let rules: Option<Vec<String>> = rules.iter().map(rule).collect();
            to.text(&format!("lemma/rules/{part}"), &rules.ok_or("a lemma rule is not a pair")?.join("\n"));
        }
        if let Some(forms) = table("lemma_index", part).and_then(Value::as_array) {
            let mut forms: Vec<String> = forms.iter().filter_map(|form| form.as_str().map(str::to_owned)).collect();
            forms.sort_unstable();
            forms.dedup();
            to.strings(&format!("lemma/index/{part}"), &forms);
        }
        if let Some(exceptions) = table("lemma_exc", part).and_then(Value::as_map) {
            let mut forms = BTreeMap::new();
            for (form, lemmas) in exceptions {
                let lemmas: Vec<&str> = lemmas.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                forms.insert(form.as_str().ok_or("a form is not text")?.to_owned(), lemmas.join("\t"));
            }
            let lemmas: Vec<String> = forms.values().cloned().collect();
            to.strings(&format!("lemma/exceptions/{part}"), &forms.into_keys().collect::<Vec<_>>());
            to.strings(&format!("lemma/exceptions/{part}/lemmas"), &lemmas);
        }
    }
    Ok(())
}

/// Static vectors, if the package has any: rows, and the rows of words by id, sorted.
fn vectors(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    let keys = package.messages("vocab/key2row")?;
    let mut keys: Vec<(u64, u32)> = keys
        .as_map()
        .ok_or("vocab/key2row is not a map")?
        .iter()
        .filter_map(|(id, row)| Some((id.as_u64()?, row.as_u64()?.try_into().ok()?)))
        .collect();
    if keys.is_empty() {
        return Ok(());
    }
    keys.sort_unstable();
    let (shape, numbers) =
        numpy_file(&package.bytes("vocab/vectors")?).ok_or("vocab/vectors is not an array of floats")?;
    to.numbers("vectors", &shape, &numbers);
    to.numbers("vectors/ids", &[keys.len()], &keys.iter().map(|key| key.0).collect::<Vec<u64>>());
    to.numbers("vectors/rows", &[keys.len()], &keys.iter().map(|key| key.1).collect::<Vec<u32>>());
    Ok(())
}

/// An array as numpy saves it (NEP 1), of 32-bit floats in C order.
fn numpy_file(bytes: &[u8]) -> Option<(Vec<usize>, Vec<f32>)> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (length, at) = match rest.first()? {
        1 => (usize::from(u16::from_le_bytes([*rest.get(2)?, *rest.get(3)?])), 4),
        _ => (u32::from_le_bytes(rest.get(2..6)?.try_into().ok()?) as usize, 6),
    };
    let header = std::str::from_utf8(rest.get(at..at + length)?).ok()?;
    if !header.contains("'descr': '<f4'") || header.contains("'fortran_order': True") {
        return None;
    }
    let (_, shape) = header.split_once("'shape': (")?;
    let shape = shape.split_once(')')?.0.split(',').map(str::trim).filter(|side| !side.is_empty());
    let shape: Option<Vec<usize>> = shape.map(|side| side.parse().ok()).collect();
    let (numbers, _) = rest.get(at + length..)?.as_chunks::<4>();
    Some((shape?, numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()))
}
