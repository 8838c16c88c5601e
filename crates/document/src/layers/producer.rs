//! Producers: who made a layer, down to the version and the weights.

use std::fmt;
use std::sync::Arc;

/// Who made a layer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Producer {
    /// Name of the method.
    pub name: &'static str,
    /// Version of its code: changes whenever its output may change.
    pub version: &'static str,
    /// The trained model that it worked with, if any.
    pub model: Option<Arc<ModelName>>,
}

impl Producer {
    /// A producer that works by its code alone.
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Producer { name, version, model: None }
    }

    /// The same code at work with a trained model.
    pub fn with(self, model: Arc<ModelName>) -> Self {
        Producer { model: Some(model), ..self }
    }
}

/// Names a trained model, down to its weights.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ModelName {
    /// As its makers call it: "en_core_web_sm".
    pub name: String,
    /// Its makers' version: "3.8.0".
    pub version: String,
    /// Hash of its weights in lower-case hexadecimal digits.
    pub weights: String,
}

impl fmt::Display for ModelName {
    /// "en_core_web_sm-3.8.0", as its package is named.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.name, self.version)
    }
}
