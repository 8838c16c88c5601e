//! A tok2vec network: words to vectors that know their neighbours.
//!
//! Features of a word are hashed to rows of embeddings, which one maxout layer mixes. The result depends on the word alone
//! and is kept in the [`LexemeCache`]. Four layers then look one word to the left and one to the right, so a vector knows
//! four words on each side. Outside the text there are zeros at first, and later what the layers make of zeros: thinc pads
//! the same way.

use super::vectors::StaticVectors;
use crate::tokenizer::TokenPiece;
use crate::words::{LexemeCache, LexemeId, NOT_YET, WordFeature, embedding_rows};
use onrecord_tensors::{Dense, LayerNorm, Level, NumberTable, WeightsError, WeightsFile};

/// Words whose vectors are computed together.
const CHUNK: usize = 192;

/// A table of hash embeddings, and the feature of a word that it is looked up by.
#[derive(Debug)]
struct HashEmbedding {
    feature: WordFeature,
    seed: u32,
    rows: NumberTable<f32>,
}

/// A tok2vec network.
#[derive(Debug)]
pub(crate) struct Encoder {
    embeddings: Vec<HashEmbedding>,
    /// Width of a word's vector.
    pub width: usize,
    vectors: Option<StaticVectors>,
    /// Mixes the embeddings of a word.
    mix: (Dense, LayerNorm),
    /// Each looks at a word and its two neighbours.
    layers: Vec<(Dense, LayerNorm)>,
    /// Which of a lexeme's rows are this network's: the first of one, or of two where it matters if a space follows.
    slot: usize,
    asks_for_space: bool,
}

/// Buffers that are kept between texts.
#[derive(Debug, Default)]
pub(crate) struct EncoderBuffers {
    missing: Vec<(LexemeId, bool)>,
    embedded: Vec<f32>,
    input: Vec<f32>,
    output: Vec<f32>,
}

impl Encoder {
    /// Loads the network of a component; `slot` is where its rows are in a lexeme.
    pub fn load(file: &WeightsFile, name: &'static str, slot: usize) -> Result<Self, WeightsError> {
        let width = match file.shape(&format!("{name}/embed/0/E"))? {
            [_, width @ 1..=1024] => *width,
            shape => return Err(WeightsError::table(name, format!("has embeddings of shape {shape:?}"))),
        };
        let embeddings = load_embeddings(file, name, width)?;
        let maxout = |part: &str, inputs: usize| -> Result<(Dense, LayerNorm), WeightsError> {
            let part = format!("{name}/{part}");
            let weights = file.shaped(&format!("{part}/W"), &[width, 3, inputs])?;
            let bias = file.shaped(&format!("{part}/b"), &[width, 3])?;
            let norm = |letter: &str| file.shaped(&format!("{part}/norm/{letter}"), &[width]).map(<[f32]>::to_vec);
            Ok((Dense::maxout(weights, bias, inputs), LayerNorm { scale: norm("G")?, shift: norm("b")? }))
        };
        let vectors = StaticVectors::load(file, name, width)?;
        let inputs = (embeddings.len() + usize::from(vectors.is_some())) * width;
        let mut layers = Vec::new();
        while file.has(&format!("{name}/layer/{}/W", layers.len())) {
            layers.push(maxout(&format!("layer/{}", layers.len()), 3 * width)?);
        }
        let asks_for_space = embeddings.iter().any(|embedding| embedding.feature == WordFeature::Space);
        if asks_for_space && slot > 1 {
            let reason = "asks whether a space follows, which only the shared network may";
            return Err(WeightsError::table(name, reason));
        }
        Ok(Self { mix: maxout("mix", inputs)?, embeddings, width, vectors, layers, slot, asks_for_space })
    }

    /// Multiply-adds of one word in the layers that look at neighbours.
    pub fn multiply_adds(&self) -> usize {
        self.layers.len() * 9 * self.width * self.width
    }

    /// Multiply-adds a second that one such layer reaches.
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

    fn slot(&self, piece: &TokenPiece) -> usize {
        self.slot + usize::from(self.asks_for_space && piece.space_after)
    }

    /// Computes the vectors of a text's tokens and passes them to `take` as rows, some at a time.
    pub fn encode(
        &self,
        level: Level,
        pieces: &[TokenPiece],
        words: &mut LexemeCache,
        buffers: &mut EncoderBuffers,
        mut take: impl FnMut(&[f32]),
    ) {
        self.mix_missing(level, pieces, words, buffers);
        let (width, reach) = (self.width, self.layers.len());
        let EncoderBuffers { input, output, .. } = buffers;
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
                norm.apply(level, output, Some(&input[width..]));
                std::mem::swap(input, output);
            }
            take(&input[..rows * width]);
        }
    }

    /// Mixes the embeddings of words that have not been met before.
    fn mix_missing(&self, level: Level, pieces: &[TokenPiece], words: &mut LexemeCache, buffers: &mut EncoderBuffers) {
        buffers.missing.clear();
        for piece in pieces {
            let slot = self.slot(piece);
            let row = &mut words.get_mut(piece.lexeme).rows[slot];
            if *row == NOT_YET {
                // Marks it as listed.
                *row = NOT_YET - 1;
                buffers.missing.push((piece.lexeme, piece.space_after));
            }
        }
        let missing = std::mem::take(&mut buffers.missing);
        for some in missing.chunks(CHUNK) {
            self.mix_some(level, some, words, buffers);
        }
        buffers.missing = missing;
    }

    fn mix_some(
        &self,
        level: Level,
        missing: &[(LexemeId, bool)],
        words: &mut LexemeCache,
        buffers: &mut EncoderBuffers,
    ) {
        let width = self.width;
        let inputs = (self.embeddings.len() + usize::from(self.vectors.is_some())) * width;
        let EncoderBuffers { embedded, output, .. } = buffers;
        embedded.clear();
        embedded.resize(missing.len() * inputs, 0.0);
        for (at, embedding) in self.embeddings.iter().enumerate() {
            let table: &[f32] = &embedding.rows;
            let count = table.len() / width;
            for (word, (lexeme, space_after)) in missing.iter().enumerate() {
                let to = &mut embedded[word * inputs + at * width..][..width];
                for row in embedding_rows(words.feature(*lexeme, embedding.feature, *space_after), embedding.seed) {
                    let row = row as usize % count;
                    to.iter_mut().zip(&table[row * width..]).for_each(|(to, number)| *to += number);
                }
            }
        }
        if let Some(vectors) = &self.vectors {
            for (word, (lexeme, _)) in missing.iter().enumerate() {
                let to = &mut embedded[(word + 1) * inputs - width..(word + 1) * inputs];
                vectors.write(level, words.text(*lexeme), to);
            }
        }
        output.resize(missing.len() * width, 0.0);
        self.mix.0.forward(level, embedded, inputs, missing.len(), output);
        self.mix.1.apply(level, output, None);
        let first = words.add_rows(&output[..missing.len() * width]);
        for ((lexeme, space_after), row) in missing.iter().zip(first..) {
            let slot = self.slot + usize::from(self.asks_for_space && *space_after);
            words.get_mut(*lexeme).rows[slot] = row;
        }
    }
}

fn load_embeddings(file: &WeightsFile, name: &str, width: usize) -> Result<Vec<HashEmbedding>, WeightsError> {
    let unknown = || WeightsError::table(name, "has unknown columns");
    let mut embeddings = Vec::new();
    for (at, line) in file.text(&format!("{name}/columns"))?.lines().enumerate() {
        let (feature, seed) = line.split_once('\t').ok_or_else(unknown)?;
        let feature = WordFeature::named(feature).ok_or_else(unknown)?;
        let seed = seed.parse().map_err(|_| unknown())?;
        embeddings.push(HashEmbedding { feature, seed, rows: file.rows(&format!("{name}/embed/{at}/E"), width)? });
    }
    if embeddings.is_empty() { Err(unknown()) } else { Ok(embeddings) }
}
