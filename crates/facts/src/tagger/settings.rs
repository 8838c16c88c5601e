//! Thresholds and calibration, as the training command found them on articles that were not learned.

use super::weights::StatementWeights;

/// What the confidence of a relation is made of: how likely its cue, its content, the link to its content, and its source (or
/// that it has none) are; and whether it has a source.
pub const TRAITS: usize = 5;

/// One number for each trait.
pub type Traits = [f32; TRAITS];

const THRESHOLDS: &str = "thresholds";
const CALIBRATION: &str = "calibration";

/// Thresholds and calibration.
#[derive(Clone, Debug)]
pub struct TaggerSettings {
    /// Subtracted from the score of words that are nothing: more finds more.
    pub eagerness: f32,
    /// Minimum likelihood of a source.
    pub source: f32,
    /// Minimum likelihood of a content.
    pub content: f32,
    /// Weights of the traits, and a last one that is added.
    pub calibration: [f32; TRAITS + 1],
}

impl Default for TaggerSettings {
    fn default() -> Self {
        let mut calibration = [0.0; TRAITS + 1];
        calibration[0] = 1.0;
        TaggerSettings { eagerness: 0.0, source: 0.3, content: 0.2, calibration }
    }
}

impl TaggerSettings {
    /// The settings that a file of weights states; the usual ones where it states none.
    pub fn read(weights: &StatementWeights) -> TaggerSettings {
        let mut settings = TaggerSettings::default();
        let numbers = |name: &str| -> Vec<f32> {
            weights.property(name).split_whitespace().filter_map(|word| word.parse().ok()).collect()
        };
        if let [eagerness, source, content] = numbers(THRESHOLDS)[..] {
            (settings.eagerness, settings.source, settings.content) = (eagerness, source, content);
        }
        if let Ok(calibration) = numbers(CALIBRATION).try_into() {
            settings.calibration = calibration;
        }
        settings
    }

    /// States the settings in the header of weights.
    #[cfg(feature = "training")]
    pub fn write(&self, weights: &mut StatementWeights) {
        let calibration: Vec<String> = self.calibration.iter().map(|weight| format!("{weight:.4}")).collect();
        let TaggerSettings { eagerness, source, content, .. } = self;
        weights.set(THRESHOLDS, &format!("{eagerness} {source} {content}"));
        weights.set(CALIBRATION, &calibration.join(" "));
    }

    /// How sure it is that a relation with these traits is right, 0 to 1.
    pub fn confidence(&self, traits: &Traits) -> f32 {
        let sum: f32 = traits.iter().zip(&self.calibration).map(|(value, weight)| value * weight).sum();
        1.0 / (1.0 + (-(sum + self.calibration[TRAITS])).exp())
    }
}
