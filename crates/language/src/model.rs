//! A loaded model, and the way of a text through it.

use crate::arc_eager::{self, Parser};
use crate::encoder::{self, Encoder};
use crate::file::{ModelError, WeightsFile, wrong};
use crate::kernels::{Layer, Level};
use crate::labels::Labels;
use crate::lemmas::Lemmas;
use crate::names::Names;
use crate::parse::{Entity, Iob, Label, Parse, Token, Word};
use crate::ruler::{Facts, Ruler};
use crate::scorer;
use crate::tokenizer::{self, Piece, Tokenizer};
use crate::tree::{Lifted, NounChunks, Tree};
use crate::vocabulary::Vocabulary;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The small English model, as `cargo xtask weights` wrote it.
static ENGLISH: &[u8] = &Aligned(*include_bytes!("../weights/en_core_web_sm-3.8.0.weights")).0;

/// Bytes at an address that their numbers can be read at.
#[repr(C, align(64))]
struct Aligned<const N: usize>([u8; N]);

/// Tells models apart.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Weights, ready to read texts with. Shared by all threads.
#[derive(Debug)]
pub struct Model {
    pub(crate) id: u64,
    pub(crate) file: WeightsFile,
    level: Level,
    labels: Labels,
    pub(crate) tokenizer: Tokenizer,
    shared: Encoder,
    tagger: Layer,
    tags: Vec<Label>,
    parser: Parser,
    lifted: Lifted,
    names_encoder: Encoder,
    names: Names,
    pub(crate) ruler: Ruler,
    lemmas: Lemmas,
    noun_chunks: NounChunks,
}

/// Most tokens that are parsed as one document: some 300,000 characters of news.
pub const MAX_WINDOW: usize = 1 << 16;

/// A stage of [`Model::parse_staged`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Text to tokens.
    Tokens,
    /// Vectors that tagger and parser read.
    SharedVectors,
    /// Tags.
    Tags,
    /// Heads and dependencies.
    Parse,
    /// Vectors that names are found by.
    NameVectors,
    /// Names.
    Names,
    /// Attribute ruler, lemmas, noun chunks, and writing all down.
    Rules,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Tokens, Self::SharedVectors, Self::Tags, Self::Parse, Self::NameVectors, Self::Names, Self::Rules];
}

/// What one thread keeps between texts: buffers, and the words that it has met.
#[derive(Debug, Default)]
pub struct Scratch {
    parses: u64,
    words: Vocabulary,
    tokenizer: tokenizer::Buffers,
    encoder: encoder::Buffers,
    parser: scorer::Buffers,
    names: scorer::Buffers,
    state: arc_eager::State,
    tree: Tree,
    facts: Vec<Facts>,
    scores: Vec<f32>,
    parts: Vec<Label>,
}

impl Model {
    /// Loads weights from the bytes of a file that `cargo xtask weights` made; they are copied.
    ///
    /// # Errors
    /// Says what is wrong with bytes that are damaged, cut short or of another version.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::new(WeightsFile::open(bytes)?)
    }

    /// [`Model::load`] for bytes that stay: a file mapped into memory, or part of the program. They are used where they lie.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn load_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Self::new(WeightsFile::open_static(bytes)?)
    }

    fn new(file: WeightsFile) -> Result<Self, ModelError> {
        let mut labels = Labels::default();
        let tags: Vec<Label> = file.text("tagger/labels")?.lines().map(|tag| labels.add(tag)).collect();
        if tags.is_empty() {
            return Err(wrong("tagger/labels", "is empty"));
        }
        let shared = Encoder::load(&file, "tok2vec", 0)?;
        let names_encoder = Encoder::load(&file, "ner", 2)?;
        let width = shared.width;
        if names_encoder.width != width {
            return Err(wrong("ner", "is not as wide as the shared network"));
        }
        let weights = file.floats("tagger/W", &[tags.len(), width])?;
        let tagger = Layer::linear(weights, file.floats("tagger/b", &[tags.len()])?, width);
        let ruler = Ruler::load(&file, &mut labels)?;
        let parser = Parser::load(&file, &mut labels, width)?;
        let names = Names::load(&file, &mut labels, width)?;
        let lifted = Lifted::new(&mut labels);
        Ok(Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            level: Level::detect(),
            tokenizer: Tokenizer::load(&file)?,
            lemmas: Lemmas::load(&file, &labels)?,
            noun_chunks: NounChunks::new(&labels),
            file,
            labels,
            shared,
            tagger,
            tags,
            parser,
            lifted,
            names_encoder,
            names,
            ruler,
        })
    }

    /// The small English model that is part of the program, loaded once.
    ///
    /// # Panics
    /// If the weights that the program was built with are damaged; a test of this crate makes sure that they are not.
    pub fn english() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| match Self::load_static(ENGLISH) {
            Ok(model) => model,
            Err(error) => panic!("{error}"),
        })
    }

    /// The model's name: "en_core_web_sm".
    pub fn name(&self) -> &str {
        self.file.fact("name")
    }

    /// The model's version: "3.8.0".
    pub fn version(&self) -> &str {
        self.file.fact("version")
    }

    /// The licence of the weights: "MIT".
    pub fn licence(&self) -> &str {
        self.file.fact("licence")
    }

    /// The language that it reads: "en".
    pub fn language(&self) -> &str {
        self.file.fact("language")
    }

    /// SHA-256 of the weights' tables, as 64 lower-case hex digits.
    pub fn hash(&self) -> &str {
        self.file.fact("sha256")
    }

    /// The string of a tag, part of speech, morphology, dependency or entity type.
    pub fn label(&self, label: Label) -> &str {
        self.labels.get(label)
    }

    /// All strings that labels have, in the order of their numbers; the first is empty.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.iter()
    }

    /// The label of a string, for comparing: `model.find_label("nsubj") == Some(token.dep)`.
    pub fn find_label(&self, string: &str) -> Option<Label> {
        self.labels.find(string)
    }

    /// Multiply-adds that one word takes in the layers that look at neighbours, where nearly all arithmetic is.
    pub fn multiply_adds_per_word(&self) -> usize {
        self.shared.multiply_adds() + self.names_encoder.multiply_adds()
    }

    /// Multiply-adds a second that the kernels reach on one such layer alone, its numbers at hand: the limit of this machine.
    pub fn multiply_adds_per_second(&self, rounds: usize) -> f64 {
        self.shared.speed(self.level, rounds)
    }

    pub(crate) fn width(&self) -> usize {
        self.shared.width
    }

    /// Reads each text as a document of its own: what [`Model::parse`] says of each.
    pub fn parse_batch(&self, texts: &[&str], scratch: &mut Scratch) -> Vec<Parse> {
        texts.iter().map(|text| self.parse(text, scratch)).collect()
    }

    /// Reads one text as one document, just as spaCy would.
    ///
    /// A text of more than [`MAX_WINDOW`] tokens gets the same tokens, but is parsed in windows of so many, so that memory
    /// stays bounded. Of a text of more than 4 GiB only the beginning is read.
    pub fn parse(&self, text: &str, scratch: &mut Scratch) -> Parse {
        self.parse_staged(text, scratch, &mut |_| {})
    }

    /// [`Model::parse`], telling after each stretch of work which stage it belonged to: for measuring.
    pub fn parse_staged(&self, text: &str, scratch: &mut Scratch, done: &mut dyn FnMut(Stage)) -> Parse {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize - 1)];
        let mut parse = Parse::default();
        scratch.words.prepare(self);
        scratch.parses += 1;
        self.tokenizer.tokenize(self, text, &mut scratch.words, &mut scratch.tokenizer);
        done(Stage::Tokens);
        let pieces = std::mem::take(&mut scratch.tokenizer.pieces);
        let mut rest = pieces.as_slice();
        while !rest.is_empty() {
            let (window, after) = rest.split_at(window(rest, text));
            self.read(window, scratch, &mut parse, done);
            rest = after;
            scratch.words.trim_rows();
        }
        scratch.tokenizer.pieces = pieces;
        parse
    }

    /// Reads some tokens as one document, and adds what is found to a parse.
    fn read(&self, pieces: &[Piece], scratch: &mut Scratch, parse: &mut Parse, done: &mut dyn FnMut(Stage)) {
        self.tag_and_parse(pieces, scratch, done);
        let entities = self.find_names(pieces, scratch, done);
        self.apply_rules(pieces, scratch);
        let offset = parse.tokens.len() as u32;
        self.write(pieces, scratch, parse);
        for entity in entities {
            let tokens = entity.tokens.start + offset..entity.tokens.end + offset;
            for at in tokens.clone() {
                let token = &mut parse.tokens[at as usize];
                token.ent_type = entity.label;
                token.ent_iob = if at == tokens.start { Iob::Begin } else { Iob::Inside };
            }
            parse.entities.push(Entity { tokens, label: entity.label });
        }
        done(Stage::Rules);
    }

    fn tag_and_parse(&self, pieces: &[Piece], scratch: &mut Scratch, done: &mut dyn FnMut(Stage)) {
        let Scratch { words, encoder, parser, state, tree, facts, scores, .. } = scratch;
        let width = self.width();
        facts.clear();
        self.parser.scorer.begin(pieces.len(), parser);
        self.shared.encode(&self.file, self.level, pieces, words, encoder, |rows| {
            done(Stage::SharedVectors);
            let count = rows.len() / width;
            scores.resize(count * self.tags.len(), 0.0);
            self.tagger.forward(self.level, rows, width, count, scores);
            let tags = scores.chunks_exact(self.tags.len()).map(|scores| self.tag(scores));
            facts.extend(tags.map(|tag| Facts { tag, ..Facts::default() }));
            done(Stage::Tags);
            self.parser.scorer.take(self.level, rows, width, parser);
            done(Stage::Parse);
        });
        self.parser.parse(self.level, pieces.len(), state, parser);
        tree.span(&state.heads);
        tree.lower(&self.lifted, &mut state.heads, &mut state.labels, |at| words.get(pieces[at].lexeme).is_space);
        done(Stage::Parse);
    }

    /// The tag of the highest score, the first of several.
    fn tag(&self, scores: &[f32]) -> Label {
        let mut best = 0;
        for (at, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = at;
            }
        }
        self.tags[best]
    }

    fn find_names(&self, pieces: &[Piece], scratch: &mut Scratch, done: &mut dyn FnMut(Stage)) -> Vec<Entity> {
        let Scratch { words, encoder, names, tree, .. } = scratch;
        self.names.scorer.begin(pieces.len(), names);
        self.names_encoder.encode(&self.file, self.level, pieces, words, encoder, |rows| {
            done(Stage::NameVectors);
            self.names.scorer.take(self.level, rows, self.width(), names);
            done(Stage::Names);
        });
        let is_space = |at: usize| words.get(pieces[at].lexeme).is_space;
        let entities = self.names.find(self.level, pieces.len(), is_space, |at| tree.starts[at], names);
        done(Stage::Names);
        entities
    }

    fn apply_rules(&self, pieces: &[Piece], scratch: &mut Scratch) {
        let Scratch { words, facts, state, .. } = scratch;
        for ((facts, piece), label) in facts.iter_mut().zip(pieces).zip(&state.labels) {
            let lexeme = words.get(piece.lexeme);
            facts.word = lexeme.ruler_word;
            facts.is_space = lexeme.is_space;
            facts.label = *label;
        }
        self.ruler.apply(facts);
        for (facts, label) in facts.iter().zip(&mut state.labels) {
            *label = facts.label;
        }
    }

    fn write(&self, pieces: &[Piece], scratch: &mut Scratch, parse: &mut Parse) {
        let Scratch { words, facts, state, tree, parses, parts, .. } = scratch;
        let offset = parse.tokens.len() as u32;
        parts.clear();
        parse.tokens.reserve_exact(pieces.len());
        for (at, (piece, facts)) in pieces.iter().zip(facts.iter()).enumerate() {
            let lemma = self.lemma(piece.lexeme, facts, words);
            let norm = words.get(piece.lexeme).norm;
            let mut word = |string| {
                words.word(*parses, string, |letters| {
                    let start = parse.letters.len() as u32;
                    parse.letters.push_str(letters);
                    parse.words.push(start..parse.letters.len() as u32);
                    Word(parse.words.len() as u32 - 1)
                })
            };
            parts.push(facts.part);
            parse.tokens.push(Token {
                start: piece.start,
                end: piece.end,
                head: offset + state.heads[at],
                norm: word(norm),
                lemma: word(lemma),
                tag: facts.tag,
                pos: facts.part,
                morph: facts.morph,
                dep: facts.label,
                ent_type: Label::default(),
                ent_iob: Iob::Outside,
                sent_start: tree.starts[at],
                space_after: piece.space_after,
            });
        }
        let mut start = 0;
        for end in 1..=tree.starts.len() {
            if end == tree.starts.len() || tree.starts[end] {
                parse.sentences.push(offset + start..offset + end as u32);
                start = end as u32;
            }
        }
        let chunks = self.noun_chunks.find(tree, &state.heads, parts, &state.labels);
        parse.noun_chunks.extend(chunks.into_iter().map(|chunk| offset + chunk.start..offset + chunk.end));
    }

    fn lemma(&self, lexeme: u32, facts: &Facts, words: &mut Vocabulary) -> u32 {
        if let Some(given) = usize::from(facts.lemma).checked_sub(1) {
            return words.intern(&self.ruler.lemmas[given]);
        }
        let key = u32::from(facts.part.0) << 16 | u32::from(facts.morph.0);
        words.lemma(lexeme, key, |word| {
            self.lemmas.lemma(&self.file, word, self.label(facts.part), self.label(facts.morph))
        })
    }
}

/// How many tokens are read at once: [`MAX_WINDOW`] at most, then up to the last line break if there is one near.
fn window(pieces: &[Piece], text: &str) -> usize {
    if pieces.len() <= MAX_WINDOW {
        return pieces.len();
    }
    let near = MAX_WINDOW / 2..MAX_WINDOW;
    let breaks =
        |piece: &Piece| text.get(piece.start as usize..piece.end as usize).is_some_and(|text| text.contains('\n'));
    pieces[near.clone()].iter().rposition(breaks).map_or(MAX_WINDOW, |at| near.start + at + 1)
}
