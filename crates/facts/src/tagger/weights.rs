//! The network's weights: which tables a file of them holds, read and written in the format of `onrecord-tensors`.

use super::inputs::FEATURES;
use super::lattice::CHOICES;
use super::pairs::PAIR_ROWS;
#[cfg(any(test, feature = "training"))]
use onrecord_tensors::WeightsWriter;
use onrecord_tensors::{WeightsError, WeightsFile};
use std::collections::BTreeMap;

/// Numbers of a word piece.
pub const PIECE: usize = 96;
/// Numbers of a word in the encoder.
pub const WIDTH: usize = 256;
/// Numbers of a word that run in one direction.
pub const HALF: usize = WIDTH / 2;
/// Layers of the encoder.
pub const DEPTH: usize = 3;
/// Hidden numbers of the tagger.
pub const HIDDEN: usize = 128;
/// Numbers of a word and of a cue in the linker.
pub const LINK: usize = 64;
/// What a word can be to a cue: nothing, content, source.
pub const LINKS: usize = 3;
/// Numbers of a word before the encoder.
pub const INPUT: usize = {
    let mut width = PIECE;
    let mut at = 0;
    while at < FEATURES.len() {
        width += FEATURES[at].width;
        at += 1;
    }
    width
};

/// How the numbers of a tensor are rounded in the file.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all.
    None,
    /// To 16-bit steps of one size.
    Steps16,
    /// To 8-bit steps, with one size for each row.
    Steps8,
}

/// A tensor: its name in the file, its shape, and how it is rounded there.
#[derive(Clone, Debug)]
pub struct TensorSpec {
    /// Its name.
    pub name: String,
    /// Rows.
    pub rows: usize,
    /// Numbers of a row.
    pub columns: usize,
    /// How it is rounded.
    #[cfg_attr(not(any(test, feature = "training")), allow(dead_code, reason = "the file says it too"))]
    pub rounding: Rounding,
}

/// All tensors, in their order. Rows are multiplied by them: a matrix has one row for each input.
pub fn tensors() -> Vec<TensorSpec> {
    use Rounding::{None, Steps8, Steps16};
    let mut all = Vec::new();
    let mut add = |name: &str, rows, columns, rounding| {
        all.push(TensorSpec { name: name.to_owned(), rows, columns, rounding });
    };
    for feature in &FEATURES {
        add(&format!("feature/{}", feature.name), feature.rows, feature.width, Steps8);
    }
    add("input", INPUT, WIDTH, Steps16);
    add("input bias", 1, WIDTH, None);
    for layer in 0..DEPTH {
        add(&format!("layer/{layer}/scale"), 1, WIDTH, None);
        add(&format!("layer/{layer}/shift"), 1, WIDTH, None);
        add(&format!("layer/{layer}/neighbours"), 3, WIDTH, None);
        add(&format!("layer/{layer}/gates"), WIDTH, 3 * WIDTH, Steps16);
        add(&format!("layer/{layer}/gates bias"), 1, 3 * WIDTH, None);
    }
    add("last scale", 1, WIDTH, None);
    add("last shift", 1, WIDTH, None);
    add("tagger", WIDTH, HIDDEN, Steps16);
    add("tagger bias", 1, HIDDEN, None);
    add("labels", HIDDEN, CHOICES, None);
    add("labels bias", 1, CHOICES, None);
    add("steps", CHOICES, CHOICES, None);
    add("starts", 1, CHOICES, None);
    add("cue", WIDTH, LINK, Steps16);
    add("cue bias", 1, LINK, None);
    add("word", WIDTH, LINK, Steps16);
    add("word bias", 1, LINK, None);
    add("links", LINKS * (LINK + 1), LINK + 1, Steps16);
    add("pair", PAIR_ROWS, LINKS, None);
    add("pair hidden", PAIR_ROWS, LINK, Steps16);
    add("cue hidden", LINK, LINK, Steps16);
    add("word hidden", LINK, LINK, Steps16);
    add("hidden bias", 1, LINK, None);
    add("out", LINK, LINKS, None);
    add("out bias", 1, LINKS, None);
    all
}

/// What a file of weights holds.
#[derive(Clone, Debug, Default)]
pub struct StatementWeights {
    /// What its header states, by name: what it was trained on, thresholds, calibration.
    pub properties: BTreeMap<String, String>,
    /// Labels of the parser, as [`super::inputs::Labels`] writes them.
    pub labels: String,
    /// Word pieces, one a line.
    pub vocabulary: String,
    /// A row of [`PIECE`] numbers for each word piece.
    pub pieces: Vec<f32>,
    /// The numbers of each of the [`tensors`].
    pub tensors: Vec<Vec<f32>>,
}

const LABELS: &str = "parse labels";
const VOCABULARY: &str = "vocabulary";
const PIECES: &str = "pieces";
/// The property that states the hash of the tables; it is made anew for each file.
const HASH: &str = "sha256";

impl StatementWeights {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// Says what is wrong with a file that is damaged, or that is not one of these weights.
    #[cfg(any(test, feature = "training"))]
    pub fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        Self::of(&WeightsFile::open(bytes)?)
    }

    /// Reads an open file.
    pub(crate) fn of(file: &WeightsFile) -> Result<Self, WeightsError> {
        let vocabulary = file.text(VOCABULARY)?.to_owned();
        let pieces = file.unpacked(PIECES, &[vocabulary.lines().count(), PIECE])?;
        let tensors = tensors();
        let tensors = tensors.iter().map(|tensor| file.unpacked(&tensor.name, &[tensor.rows, tensor.columns]));
        let tensors = tensors.collect::<Result<_, WeightsError>>()?;
        let properties = file.properties().filter(|(name, _)| *name != HASH);
        let properties = properties.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Self { properties, labels: file.text(LABELS)?.to_owned(), vocabulary, pieces, tensors })
    }

    /// The bytes of a file.
    #[cfg(any(test, feature = "training"))]
    pub fn write(&self) -> Vec<u8> {
        let mut to = WeightsWriter::default();
        for (name, value) in &self.properties {
            to.property(name, value);
        }
        to.text(LABELS, &self.labels);
        to.text(VOCABULARY, &self.vocabulary);
        to.steps_8(PIECES, [self.pieces.len() / PIECE, PIECE], &self.pieces);
        for (tensor, numbers) in tensors().iter().zip(&self.tensors) {
            let shape = [tensor.rows, tensor.columns];
            match tensor.rounding {
                Rounding::None => to.numbers(&tensor.name, &shape, numbers),
                Rounding::Steps16 => to.steps_16(&tensor.name, &shape, numbers),
                Rounding::Steps8 => to.steps_8(&tensor.name, shape, numbers),
            }
        }
        to.finish()
    }

    /// The words of a property; empty if it isn't stated.
    pub fn property(&self, name: &str) -> &str {
        self.properties.get(name).map_or("", String::as_str)
    }

    /// States a property.
    #[cfg(any(test, feature = "training"))]
    pub fn set(&mut self, name: &str, value: &str) {
        self.properties.insert(name.to_owned(), value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_as_they_were_written() {
        let numbers = |count: usize| (0..count).map(|at| (at % 17) as f32 / 8.0 - 1.0).collect::<Vec<f32>>();
        let mut weights = StatementWeights {
            labels: "VB NN\nnsubj\nPERSON\n".to_owned(),
            vocabulary: "a\n##b\n".to_owned(),
            pieces: numbers(2 * PIECE),
            tensors: tensors().iter().map(|tensor| numbers(tensor.rows * tensor.columns)).collect(),
            ..StatementWeights::default()
        };
        weights.set("threshold", "0.5");
        let bytes = weights.write();
        let read = StatementWeights::read(&bytes).unwrap();
        assert_eq!((read.property("threshold"), read.property("thresh")), ("0.5", ""));
        assert_eq!((&read.labels, &read.vocabulary), (&weights.labels, &weights.vocabulary));
        for (tensor, (a, b)) in tensors().iter().zip(weights.tensors.iter().zip(&read.tensors)) {
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.01), "{}", tensor.name);
        }
        assert!(StatementWeights::read(&bytes[..bytes.len() - 1]).is_err());
        assert!(StatementWeights::read(b"").is_err());
    }

    #[test]
    #[cfg(feature = "statement-weights")]
    fn the_weights_of_the_program_are_whole_and_those_of_their_card() {
        let file = WeightsFile::open_static(onrecord_weights_statements::WEIGHTS).unwrap();
        assert_eq!((file.property("name"), file.property("language")), ("statements", "en"));
        let card = include_str!("../../../../weights/statements/README.md");
        assert!(card.contains(file.property("sha256")), "{}", file.property("sha256"));
        assert!(StatementWeights::of(&file).is_ok());
        assert!(crate::tagger::built_in().is_some());
    }
}
