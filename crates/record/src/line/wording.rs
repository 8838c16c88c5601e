//! A document's words, layers and code points: what the shapes of layers are made from.

use crate::CodePoints;
use onrecord_document::Layers;
use onrecord_span::TextBuffer;

/// A text, its layers, and the code points of its offsets.
pub(super) struct Wording<'a, 'p> {
    pub buffer: &'a TextBuffer,
    pub layers: &'a Layers,
    pub points: &'p CodePoints<'a>,
}

/// A confidence with three decimals, so that it prints the same everywhere.
pub(crate) fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence.clamp(0.0, 1.0)) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn a_confidence_prints_with_three_decimals() {
        assert_eq!(serde_json::to_string(&rounded(0.9)).unwrap(), "0.9");
        assert_eq!(serde_json::to_string(&rounded(2.0 / 3.0)).unwrap(), "0.667");
        assert_eq!(serde_json::to_string(&rounded(1.5)).unwrap(), "1.0");
    }
}
