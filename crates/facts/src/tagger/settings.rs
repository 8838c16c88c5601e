//! Thresholds and calibration, as the training command found them on articles that were not learned.

use super::weights::File;

/// What is measured of a relation, for its confidence: how likely its cue, its content, the link to its content, and its
/// source (or that it has none) are; and whether it has a source.
pub const TRAITS: usize = 5;

/// One number for each trait.
pub type Traits = [f32; TRAITS];

/// Thresholds and calibration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Taken from the score of words that are nothing: more finds more.
    pub eagerness: f32,
    /// Least likelihood of a source.
    pub source: f32,
    /// Least likelihood of a content.
    pub content: f32,
    /// Weights of the traits, and a last one that is added.
    pub calibration: [f32; TRAITS + 1],
}

impl Default for Settings {
    fn default() -> Self {
        let mut calibration = [0.0; TRAITS + 1];
        calibration[0] = 1.0;
        Settings { eagerness: 0.0, source: 0.3, content: 0.2, calibration }
    }
}

impl Settings {
    /// The settings in the head of a file of weights; the usual ones where there are none.
    pub fn read(file: &File) -> Settings {
        let mut settings = Settings::default();
        let numbers = |name: &str| -> Vec<f32> {
            file.fact(name).into_iter().flat_map(str::split_whitespace).filter_map(|word| word.parse().ok()).collect()
        };
        if let [eagerness, source, content] = numbers("thresholds")[..] {
            (settings.eagerness, settings.source, settings.content) = (eagerness, source, content);
        }
        if let Ok(calibration) = numbers("calibration").try_into() {
            settings.calibration = calibration;
        }
        settings
    }

    #[cfg(feature = "training")]
    /// The lines for the head of a file.
    pub fn write(&self) -> String {
        let calibration: Vec<String> = self.calibration.iter().map(|weight| format!("{weight:.4}")).collect();
        let Settings { eagerness, source, content, .. } = self;
        format!("thresholds: {eagerness} {source} {content}\ncalibration: {}\n", calibration.join(" "))
    }

    /// How sure it is that a relation with these traits is right, 0 to 1.
    pub fn confidence(&self, traits: &Traits) -> f32 {
        let sum: f32 = traits.iter().zip(&self.calibration).map(|(value, weight)| value * weight).sum();
        1.0 / (1.0 + (-(sum + self.calibration[TRAITS])).exp())
    }
}
