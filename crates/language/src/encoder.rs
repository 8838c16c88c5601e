//! A tok2vec network: words to vectors that know their neighbours.
//!
//! A word's attributes are hashed to rows of embeddings, which one maxout layer mixes. That hangs on the word alone and is
//! kept in the [`Vocabulary`]. Four layers then look one word to the left and one to the right each, so a vector knows four
//! words on both sides. Outside the text there are zeros at first, and what the layers make of zeros later: as thinc pads.

use crate::file::{ModelError, WeightsFile, wrong};
use crate::hash::{embedding_rows, string_id};
use crate::kernels::{Layer, Level, normalise};
use crate::tokenizer::Piece;
use crate::vocabulary::{Column, LexemeId, NONE, Vocabulary};

/// Words whose vectors are computed together.
const CHUNK: usize = 192;

#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn load(file: &WeightsFile, name: &str, width: usize) -> Result<Self, ModelError> {
        let part = |part: &str| file.floats(&format!("{name}/norm/{part}"), &[width]).map(<[f32]>::to_vec);
        Ok(Self { scale: part("G")?, shift: part("b")? })
    }
}

/// Static vectors: the layer that makes them as wide as the rest.
#[derive(Debug)]
struct Vectors {
    layer: Layer,
    width: usize,
}

/// A tok2vec network.
#[derive(Debug)]
pub(crate) struct Encoder {
    name: &'static str,
    columns: Vec<(Column, u32)>,
    /// Width of a word's vector.
    pub width: usize,
    vectors: Option<Vectors>,
    mix: (Layer, Norm),
    layers: Vec<(Layer, Norm)>,
    /// Which of a lexeme's rows are this network's: the first of one, or of two where it matters if a space follows.
    slot: usize,
    asks_for_space: bool,
}

/// Buffers of an encoder.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    missing: Vec<(LexemeId, bool)>,
    embedded: Vec<f32>,
    vector: Vec<f32>,
    input: Vec<f32>,
    output: Vec<f32>,
}

impl Encoder {
    /// Loads the network of a component; `slot` is where its rows stand in a lexeme.
    pub fn load(file: &WeightsFile, name: &'static str, slot: usize) -> Result<Self, ModelError> {
        let columns = format!("{name}/columns");
        let column = |line: &str| {
            let (column, seed) = line.split_once('\t')?;
            Some((Column::named(column)?, seed.parse().ok()?))
        };
        let columns: Option<Vec<(Column, u32)>> = file.text(&columns)?.lines().map(column).collect();
        let columns =
            columns.filter(|columns| !columns.is_empty()).ok_or_else(|| wrong(name, "has unknown columns"))?;
        let width = match file.shape(&format!("{name}/embed/0/E"))? {
            [_, width @ 1..=1024] => *width,
            shape => return Err(wrong(name, format!("has embeddings of shape {shape:?}"))),
        };
        for at in 0..columns.len() {
            file.rows(&format!("{name}/embed/{at}/E"), width)?;
        }
        let maxout = |part: &str, inputs: usize| -> Result<(Layer, Norm), ModelError> {
            let part = format!("{name}/{part}");
            let weights = file.floats(&format!("{part}/W"), &[width, 3, inputs])?;
            let bias = file.floats(&format!("{part}/b"), &[width, 3])?;
            Ok((Layer::maxout(weights, bias, inputs), Norm::load(file, &part, width)?))
        };
        let vectors = file.has(&format!("{name}/vectors/W")).then(|| Vectors::load(file, name, width)).transpose()?;
        let inputs = (columns.len() + usize::from(vectors.is_some())) * width;
        let mut layers = Vec::new();
        while file.has(&format!("{name}/layer/{}/W", layers.len())) {
            layers.push(maxout(&format!("layer/{}", layers.len()), 3 * width)?);
        }
        let asks_for_space = columns.iter().any(|(column, _)| *column == Column::Space);
        if asks_for_space && slot > 1 {
            return Err(wrong(name, "asks whether a space follows, which only the shared network may"));
        }
        Ok(Self { mix: maxout("mix", inputs)?, name, columns, width, vectors, layers, slot, asks_for_space })
    }

    /// Multiply-adds of one word in the layers that look at neighbours.
    pub fn multiply_adds(&self) -> usize {
        self.layers.len() * 9 * self.width * self.width
    }

    /// Multiply-adds a second of one such layer.
    pub fn speed(&self, level: Level, rounds: usize) -> f64 {
        let Some((layer, _)) = self.layers.first() else { return 0.0 };
        let input = vec![0.5; (CHUNK + 2) * self.width];
        let mut output = vec![0.0; CHUNK * self.width];
        let start = std::time::Instant::now();
        for _ in 0..rounds {
            layer.forward(level, std::hint::black_box(&input), self.width, CHUNK, &mut output);
            std::hint::black_box(&output);
        }
        (rounds * CHUNK * 9 * self.width * self.width) as f64 / start.elapsed().as_secs_f64()
    }

    fn slot(&self, piece: &Piece) -> usize {
        self.slot + usize::from(self.asks_for_space && piece.space_after)
    }

    /// Computes the vectors of a text's tokens and hands them on as rows, some at a time.
    pub fn encode(
        &self,
        file: &WeightsFile,
        level: Level,
        pieces: &[Piece],
        words: &mut Vocabulary,
        buffers: &mut Buffers,
        mut take: impl FnMut(&[f32]),
    ) {
        self.mix_missing(file, level, pieces, words, buffers);
        let (width, reach) = (self.width, self.layers.len());
        let Buffers { input, output, .. } = buffers;
        for first in (0..pieces.len()).step_by(CHUNK) {
            let end = (first + CHUNK).min(pieces.len());
            let mut rows = end - first + 2 * reach;
            input.clear();
            for at in 0..rows {
                match (first + at).checked_sub(reach).and_then(|at| pieces.get(at)) {
                    Some(piece) => input.extend_from_slice(words.row(words.get(piece.lexeme).rows[self.slot(piece)])),
                    None => input.resize(input.len() + width, 0.0),
                }
            }
            for (layer, norm) in &self.layers {
                rows -= 2;
                output.resize(rows * width, 0.0);
                layer.forward(level, input, width, rows, output);
                normalise(level, output, width, &norm.scale, &norm.shift, Some(&input[width..]));
                std::mem::swap(input, output);
            }
            take(&input[..rows * width]);
        }
    }

    /// Mixes the embeddings of words that have not been met before.
    fn mix_missing(
        &self,
        file: &WeightsFile,
        level: Level,
        pieces: &[Piece],
        words: &mut Vocabulary,
        buffers: &mut Buffers,
    ) {
        buffers.missing.clear();
        for piece in pieces {
            let slot = self.slot(piece);
            let row = &mut words.get_mut(piece.lexeme).rows[slot];
            if *row == NONE {
                // A mark that it is on the list.
                *row = NONE - 1;
                buffers.missing.push((piece.lexeme, piece.space_after));
            }
        }
        let missing = std::mem::take(&mut buffers.missing);
        for some in missing.chunks(CHUNK) {
            self.mix_some(file, level, some, words, buffers);
        }
        buffers.missing = missing;
    }

    fn mix_some(
        &self,
        file: &WeightsFile,
        level: Level,
        missing: &[(LexemeId, bool)],
        words: &mut Vocabulary,
        buffers: &mut Buffers,
    ) {
        let width = self.width;
        let inputs = (self.columns.len() + usize::from(self.vectors.is_some())) * width;
        let Buffers { embedded, vector, output, .. } = buffers;
        embedded.clear();
        embedded.resize(missing.len() * inputs, 0.0);
        for (at, (column, seed)) in self.columns.iter().enumerate() {
            // The table was found sound when the model was loaded.
            let Ok((table, count)) = file.rows(&format!("{}/embed/{at}/E", self.name), width) else { continue };
            for (word, (lexeme, space_after)) in missing.iter().enumerate() {
                let to = &mut embedded[word * inputs + at * width..][..width];
                for row in embedding_rows(words.feature(*lexeme, *column, *space_after), *seed) {
                    let row = row as usize % count;
                    to.iter_mut().zip(&table[row * width..]).for_each(|(to, number)| *to += number);
                }
            }
        }
        if let Some(vectors) = &self.vectors {
            for (word, (lexeme, _)) in missing.iter().enumerate() {
                if let Some(row) = vectors.row(file, words.text(*lexeme)) {
                    vector.resize(width, 0.0);
                    vectors.layer.forward(level, row, vectors.width, 1, vector);
                    embedded[(word + 1) * inputs - width..(word + 1) * inputs].copy_from_slice(vector);
                }
            }
        }
        output.resize(missing.len() * width, 0.0);
        self.mix.0.forward(level, embedded, inputs, missing.len(), output);
        normalise(level, output, width, &self.mix.1.scale, &self.mix.1.shift, None);
        let first = words.add_rows(&output[..missing.len() * width]);
        for ((lexeme, space_after), row) in missing.iter().zip(first..) {
            let slot = self.slot + usize::from(self.asks_for_space && *space_after);
            words.get_mut(*lexeme).rows[slot] = row;
        }
    }
}

impl Vectors {
    fn load(file: &WeightsFile, name: &str, outputs: usize) -> Result<Self, ModelError> {
        let width = match file.shape("vectors")? {
            [_, width @ 1..=4096] => *width,
            shape => return Err(wrong("vectors", format!("has shape {shape:?}"))),
        };
        let (_, count) = file.rows("vectors", width)?;
        let (ids, rows) = (file.long_words("vectors/ids")?, file.words("vectors/rows")?);
        if ids.len() != rows.len() || rows.iter().any(|row| *row as usize >= count) {
            return Err(wrong("vectors/rows", "has rows that are not there"));
        }
        let weights = file.floats(&format!("{name}/vectors/W"), &[outputs, width])?;
        Ok(Self { layer: Layer::linear(weights, &vec![0.0; outputs], width), width })
    }

    /// The vector of a word, if it has one.
    fn row<'f>(&self, file: &'f WeightsFile, word: &str) -> Option<&'f [f32]> {
        let at = file.long_words("vectors/ids").ok()?.binary_search(&string_id(word)).ok()?;
        let row = *file.words("vectors/rows").ok()?.get(at)? as usize;
        let (table, _) = file.rows("vectors", self.width).ok()?;
        table.get(row * self.width..(row + 1) * self.width)
    }
}
