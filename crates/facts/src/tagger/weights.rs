//! The file of trained weights: what stands in it, read and written.
//!
//! `onrecord-statements 1`, a newline, then the sections: facts, labels, vocabulary (texts), the table of word pieces, and the
//! tensors of [`tensors`] in order. Each section is preceded by its length in bytes, four bytes, little-endian.

use super::inputs::FEATURES;
use super::lattice::CHOICES;
use super::pairs::PAIR_ROWS;

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

/// How a tensor is kept in the file.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// As they are.
    Floats,
    /// As 16-bit steps of one size.
    Steps,
    /// As 8-bit steps, of one size for each row.
    Rows,
}

/// A tensor: its name, rows, columns, and how it is kept.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// For the trainer and for messages.
    #[cfg_attr(not(feature = "training"), allow(dead_code))]
    pub name: String,
    /// Rows.
    pub rows: usize,
    /// Numbers of a row.
    pub columns: usize,
    /// How it is kept.
    pub kept: Kept,
}

/// All tensors, in the order of the file. Products are of rows with them: a matrix has a row for each input.
pub fn tensors() -> Vec<Tensor> {
    let mut all = Vec::new();
    let mut add = |name: &str, rows, columns, kept| all.push(Tensor { name: name.to_owned(), rows, columns, kept });
    for feature in &FEATURES {
        add(feature.name, feature.rows, feature.width, Kept::Rows);
    }
    add("input", INPUT, WIDTH, Kept::Steps);
    add("input bias", 1, WIDTH, Kept::Floats);
    for _ in 0..DEPTH {
        add("scale", 1, WIDTH, Kept::Floats);
        add("shift", 1, WIDTH, Kept::Floats);
        add("neighbours", 3, WIDTH, Kept::Floats);
        add("gates", WIDTH, 3 * WIDTH, Kept::Steps);
        add("gates bias", 1, 3 * WIDTH, Kept::Floats);
    }
    add("last scale", 1, WIDTH, Kept::Floats);
    add("last shift", 1, WIDTH, Kept::Floats);
    add("tagger", WIDTH, HIDDEN, Kept::Steps);
    add("tagger bias", 1, HIDDEN, Kept::Floats);
    add("labels", HIDDEN, CHOICES, Kept::Floats);
    add("labels bias", 1, CHOICES, Kept::Floats);
    add("steps", CHOICES, CHOICES, Kept::Floats);
    add("starts", 1, CHOICES, Kept::Floats);
    add("cue", WIDTH, LINK, Kept::Steps);
    add("cue bias", 1, LINK, Kept::Floats);
    add("word", WIDTH, LINK, Kept::Steps);
    add("word bias", 1, LINK, Kept::Floats);
    add("links", LINKS * (LINK + 1), LINK + 1, Kept::Steps);
    add("pair", PAIR_ROWS, LINKS, Kept::Floats);
    add("pair hidden", PAIR_ROWS, LINK, Kept::Steps);
    add("cue hidden", LINK, LINK, Kept::Steps);
    add("word hidden", LINK, LINK, Kept::Steps);
    add("hidden bias", 1, LINK, Kept::Floats);
    add("out", LINK, LINKS, Kept::Floats);
    add("out bias", 1, LINKS, Kept::Floats);
    all
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// One a line: what it was trained on, thresholds, calibration.
    pub facts: String,
    /// Labels of the parser, as [`super::inputs::Labels`] writes them.
    pub labels: String,
    /// Word pieces, one a line.
    pub vocabulary: String,
    /// A row of numbers for each piece.
    pub pieces: Vec<f32>,
    /// The tensors of [`tensors`].
    pub tensors: Vec<Vec<f32>>,
}

/// First line of a file.
const MAGIC: &[u8] = b"onrecord-quotes 1\n";

impl File {
    /// Reads a file; `None` for anything that is not whole.
    pub fn read(bytes: &[u8]) -> Option<File> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut section = || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (section, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = after;
            Some(section)
        };
        let mut text = || Some(std::str::from_utf8(section()?).ok()?.to_owned());
        let (facts, labels, vocabulary) = (text()?, text()?, text()?);
        let pieces = unpack(section()?, vocabulary.lines().count(), PIECE, Kept::Rows)?;
        let tensors = tensors();
        let tensors = tensors.iter().map(|tensor| unpack(section()?, tensor.rows, tensor.columns, tensor.kept));
        let tensors = tensors.collect::<Option<Vec<_>>>()?;
        rest.is_empty().then_some(File { facts, labels, vocabulary, pieces, tensors })
    }

    #[cfg(any(test, feature = "training"))]
    /// The bytes of a file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let mut add = |section: &[u8]| {
            bytes.extend((section.len() as u32).to_le_bytes());
            bytes.extend(section);
        };
        add(self.facts.as_bytes());
        add(self.labels.as_bytes());
        add(self.vocabulary.as_bytes());
        add(&pack(&self.pieces, PIECE, Kept::Rows));
        for (tensor, numbers) in tensors().iter().zip(&self.tensors) {
            add(&pack(numbers, tensor.columns, tensor.kept));
        }
        bytes
    }

    /// A fact of the header: the words behind `name` and a colon.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

#[cfg(any(test, feature = "training"))]
fn size(numbers: &[f32], steps: f32) -> f32 {
    let most = numbers.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
    if most > 0.0 { most / steps } else { 1.0 }
}

#[cfg(any(test, feature = "training"))]
fn pack(numbers: &[f32], columns: usize, kept: Kept) -> Vec<u8> {
    match kept {
        Kept::Floats => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
        Kept::Steps => {
            let size = size(numbers, 32767.0);
            let steps = numbers.iter().flat_map(|number| ((number / size).round() as i16).to_le_bytes());
            size.to_le_bytes().into_iter().chain(steps).collect()
        }
        Kept::Rows => numbers
            .chunks(columns)
            .flat_map(|row| {
                let size = size(row, 127.0);
                let steps = row.iter().map(move |number| (number / size).round() as i8 as u8);
                size.to_le_bytes().into_iter().chain(steps).collect::<Vec<u8>>()
            })
            .collect(),
    }
}

fn unpack(bytes: &[u8], rows: usize, columns: usize, kept: Kept) -> Option<Vec<f32>> {
    let float = |bytes: &[u8]| Some(f32::from_le_bytes(*bytes.first_chunk()?));
    let numbers: Vec<f32> = match kept {
        Kept::Floats => bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
        Kept::Steps => {
            let size = float(bytes)?;
            let steps = bytes.get(4..)?.as_chunks::<2>().0;
            steps.iter().map(|step| f32::from(i16::from_le_bytes(*step)) * size).collect()
        }
        Kept::Rows => {
            let mut numbers = Vec::with_capacity(rows * columns);
            for row in bytes.chunks(columns + 4) {
                let size = float(row)?;
                numbers.extend(row.get(4..)?.iter().map(|step| f32::from(*step as i8) * size));
            }
            numbers
        }
    };
    (numbers.len() == rows * columns).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_as_it_was_written() {
        let numbers = |count: usize| (0..count).map(|at| (at % 17) as f32 / 8.0 - 1.0).collect::<Vec<f32>>();
        let file = File {
            facts: "threshold: 0.5\n".to_owned(),
            labels: "VB NN\nnsubj\nPERSON\n".to_owned(),
            vocabulary: "a\n##b\n".to_owned(),
            pieces: numbers(2 * PIECE),
            tensors: tensors().iter().map(|tensor| numbers(tensor.rows * tensor.columns)).collect(),
        };
        let bytes = file.write();
        let read = File::read(&bytes).unwrap();
        assert_eq!((read.fact("threshold"), read.fact("thresh")), (Some("0.5"), None));
        for (tensor, (a, b)) in tensors().iter().zip(file.tensors.iter().zip(&read.tensors)) {
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.01), "{}", tensor.name);
        }
        assert!(File::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(File::read(&[bytes.as_slice(), b"x"].concat()).is_none());
        assert!(File::read(b"").is_none());
    }
}
