//! The files of a spaCy package: MessagePack and JSON.

use rmpv::Value;
use std::path::{Path, PathBuf};

/// A package's folder.
pub struct SpacyPackage {
    folder: PathBuf,
}

impl SpacyPackage {
    pub fn open(folder: &Path) -> Result<Self, String> {
        if !folder.join("config.cfg").is_file() {
            return Err(format!("{} is not a spaCy package: it has no config.cfg", folder.display()));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    pub fn bytes(&self, file: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.folder.join(file)).map_err(|error| format!("can't read {file}: {error}"))
    }

    pub fn has(&self, file: &str) -> bool {
        self.folder.join(file).is_file()
    }

    pub fn json(&self, file: &str) -> Result<serde_json::Value, String> {
        serde_json::from_slice(&self.bytes(file)?).map_err(|error| format!("{file}: {error}"))
    }

    pub fn messages(&self, file: &str) -> Result<Value, String> {
        unpack(&self.bytes(file)?).ok_or(format!("{file} is not MessagePack"))
    }
}

pub fn unpack(mut bytes: &[u8]) -> Option<Value> {
    rmpv::decode::read_value(&mut bytes).ok()
}

/// The value of a key, written as text or as bytes.
pub fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let is_key = |known: &Value| known.as_slice() == Some(key.as_bytes()) || known.as_str() == Some(key);
    value.as_map()?.iter().find(|(known, _)| is_key(known)).map(|(_, value)| value)
}

pub fn text<'v>(value: &'v Value, key: &str) -> Result<&'v str, String> {
    get(value, key).and_then(Value::as_str).ok_or(format!("has no text {key}"))
}

/// An array of numpy: its shape and numbers.
pub fn array(value: &Value) -> Option<(Vec<usize>, Vec<f32>)> {
    if get(value, "type")?.as_str()? != "<f4" {
        return None;
    }
    let shape = get(value, "shape")?.as_array()?.iter();
    let shape: Option<Vec<usize>> = shape.map(|side| side.as_u64()?.try_into().ok()).collect();
    let (numbers, _) = get(value, "data")?.as_slice()?.as_chunks::<4>();
    Some((shape?, numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()))
}
