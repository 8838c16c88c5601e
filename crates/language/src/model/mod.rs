//! A loaded model, and what happens to a text in it.

mod scratch;
mod step;

pub use scratch::Scratch;
pub use step::ParsingStep;

use crate::entities::EntityRecogniser;
use crate::morphology::{AttributeRuler, Attributes, Lemmatiser};
use crate::networks::Encoder;
use crate::parse::{EntitySpan, LabelId, LabelTable, Parse, ParseToken, WordId};
use crate::parser::{DependencyParser, LiftedArcs, NounChunks};
use crate::tokenizer::{TextTokenizer, TokenPiece, read_exceptions};
use crate::words::{LexemeCache, Lexicon};
use onrecord_document::Iob;
use onrecord_tensors::{Dense, Level, WeightsError, WeightsFile};

/// Weights that are ready to read texts. Shared by all threads.
#[derive(Debug)]
pub struct Model {
    file: WeightsFile,
    level: Level,
    labels: LabelTable,
    lexicon: Lexicon,
    tokenizer: TextTokenizer,
    shared: Encoder,
    tagger: Dense,
    tags: Vec<LabelId>,
    parser: DependencyParser,
    lifted: LiftedArcs,
    entity_encoder: Encoder,
    entities: EntityRecogniser,
    ruler: AttributeRuler,
    lemmas: Lemmatiser,
    noun_chunks: NounChunks,
}

/// Maximum number of tokens that are parsed as one document: some 300,000 characters of news.
pub const MAX_WINDOW: usize = 1 << 16;

impl Model {
    /// Loads weights from the bytes of a file, as `./dev weights` makes them. The bytes are copied.
    ///
    /// # Errors
    /// Says what is wrong with bytes that are damaged, cut short or of another version.
    pub fn load(bytes: &[u8]) -> Result<Self, WeightsError> {
        Self::new(WeightsFile::open(bytes)?)
    }

    /// [`Model::load`] for bytes that stay: a file mapped into memory, or part of the program. They are used in place.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn load_static(bytes: &'static [u8]) -> Result<Self, WeightsError> {
        Self::new(WeightsFile::open_static(bytes)?)
    }

    fn new(file: WeightsFile) -> Result<Self, WeightsError> {
        let mut labels = LabelTable::default();
        let tags: Vec<LabelId> = file.text("tagger/labels")?.lines().map(|tag| labels.add(tag)).collect();
        if tags.is_empty() {
            return Err(WeightsError::table("tagger/labels", "is empty"));
        }
        let shared = Encoder::load(&file, "tok2vec", 0)?;
        let entity_encoder = Encoder::load(&file, "ner", 2)?;
        let width = shared.width;
        if entity_encoder.width != width {
            return Err(WeightsError::table("ner", "is not as wide as the shared network"));
        }
        let weights = file.shaped("tagger/W", &[tags.len(), width])?;
        let tagger = Dense::linear(weights, file.shaped("tagger/b", &[tags.len()])?, width);
        let (ruler, ruler_words) = AttributeRuler::load(&file, &mut labels)?;
        let parser = DependencyParser::load(&file, &mut labels, width)?;
        let entities = EntityRecogniser::load(&file, &mut labels, width)?;
        let lifted = LiftedArcs::new(&mut labels);
        let exceptions = read_exceptions(&file)?;
        let (tokenizer, pattern_groups) = TextTokenizer::load(&file, &exceptions)?;
        Ok(Self {
            level: Level::detect(),
            lexicon: Lexicon::new(&file, width, exceptions, pattern_groups, ruler_words),
            lemmas: Lemmatiser::load(&file, &labels)?,
            noun_chunks: NounChunks::new(&labels),
            file,
            labels,
            tokenizer,
            shared,
            tagger,
            tags,
            parser,
            lifted,
            entity_encoder,
            entities,
            ruler,
        })
    }

    /// The model's name: "en_core_web_sm".
    pub fn name(&self) -> &str {
        self.file.property("name")
    }

    /// The model's version: "3.8.0".
    pub fn version(&self) -> &str {
        self.file.property("version")
    }

    /// The licence of the weights: "MIT".
    pub fn licence(&self) -> &str {
        self.file.property("licence")
    }

    /// The language that it reads: "en".
    pub fn language(&self) -> &str {
        self.file.property("language")
    }

    /// SHA-256 of the weights' tables, as 64 lower-case hex digits.
    pub fn hash(&self) -> &str {
        self.file.property("sha256")
    }

    /// The string of a tag, part of speech, morphology, dependency or entity type.
    pub fn label(&self, label: LabelId) -> &str {
        self.labels.get(label)
    }

    /// The strings of all labels, in the order of their numbers; the first is empty.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.iter()
    }

    /// The label with a string, for comparing: `model.find_label("nsubj") == Some(token.dep)`.
    pub fn find_label(&self, string: &str) -> Option<LabelId> {
        self.labels.find(string)
    }

    /// Multiply-adds for one word in the layers that look at neighbours, which do nearly all the arithmetic.
    pub fn multiply_adds_per_word(&self) -> usize {
        self.shared.multiply_adds() + self.entity_encoder.multiply_adds()
    }

    /// Multiply-adds a second that the kernels reach on one such layer alone, with its numbers in cache: the limit of this machine.
    pub fn multiply_adds_per_second(&self, rounds: usize) -> f64 {
        self.shared.speed(self.level, rounds)
    }

    fn width(&self) -> usize {
        self.shared.width
    }

    /// Reads each text as a document of its own, as [`Model::parse`] does.
    pub fn parse_batch(&self, texts: &[&str], scratch: &mut Scratch) -> Vec<Parse> {
        texts.iter().map(|text| self.parse(text, scratch)).collect()
    }

    /// Reads one text as one document, just as spaCy would.
    ///
    /// A text of more than [`MAX_WINDOW`] tokens gets the same tokens, but is parsed in windows of that many, so that memory
    /// stays bounded. Of a text of more than 4 GiB, only the beginning is read.
    pub fn parse(&self, text: &str, scratch: &mut Scratch) -> Parse {
        self.parse_in_steps(text, scratch, &mut |_| {})
    }

    /// [`Model::parse`], calling `done` after each piece of work with the step it belonged to, for measuring.
    pub fn parse_in_steps(&self, text: &str, scratch: &mut Scratch, done: &mut dyn FnMut(ParsingStep)) -> Parse {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize - 1)];
        let mut parse = Parse::default();
        scratch.words.prepare(&self.lexicon);
        scratch.parses += 1;
        self.tokenizer.tokenize(&self.lexicon, text, &mut scratch.words, &mut scratch.tokenizer);
        done(ParsingStep::Tokens);
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

    /// Reads tokens as one document, and adds what it finds to a parse.
    fn read(&self, pieces: &[TokenPiece], scratch: &mut Scratch, parse: &mut Parse, done: &mut dyn FnMut(ParsingStep)) {
        self.tag_and_parse(pieces, scratch, done);
        let entities = self.find_entities(pieces, scratch, done);
        self.apply_rules(pieces, scratch);
        let offset = parse.tokens.len() as u32;
        self.write(pieces, scratch, parse);
        for entity in entities {
            let tokens = entity.tokens.start + offset..entity.tokens.end + offset;
            for at in tokens.clone() {
                let token = &mut parse.tokens[at as usize];
                token.ent_type = entity.label;
                token.ent_iob = if at == tokens.start { Iob::Begins } else { Iob::Inside };
            }
            parse.entities.push(EntitySpan { tokens, label: entity.label });
        }
        done(ParsingStep::Rules);
    }

    fn tag_and_parse(&self, pieces: &[TokenPiece], scratch: &mut Scratch, done: &mut dyn FnMut(ParsingStep)) {
        let Scratch { words, encoder, parser, state, tree, attributes, scores, .. } = scratch;
        let width = self.width();
        attributes.clear();
        self.parser.scorer.begin(pieces.len(), parser);
        self.shared.encode(self.level, pieces, words, encoder, |rows| {
            done(ParsingStep::SharedVectors);
            let count = rows.len() / width;
            scores.resize(count * self.tags.len(), 0.0);
            self.tagger.forward(self.level, rows, width, count, scores);
            let tags = scores.chunks_exact(self.tags.len()).map(|scores| self.tag(scores));
            attributes.extend(tags.map(|tag| Attributes { tag, ..Attributes::default() }));
            done(ParsingStep::Tags);
            self.parser.scorer.take(self.level, rows, width, parser);
            done(ParsingStep::Parse);
        });
        self.parser.parse(self.level, pieces.len(), state, parser);
        tree.span(&state.heads);
        self.lifted.lower(tree, &mut state.heads, &mut state.labels, |at| words.get(pieces[at].lexeme).is_space);
        done(ParsingStep::Parse);
    }

    /// The tag with the highest score; the first of several.
    fn tag(&self, scores: &[f32]) -> LabelId {
        let mut best = 0;
        for (at, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = at;
            }
        }
        self.tags[best]
    }

    fn find_entities(
        &self,
        pieces: &[TokenPiece],
        scratch: &mut Scratch,
        done: &mut dyn FnMut(ParsingStep),
    ) -> Vec<EntitySpan> {
        let Scratch { words, encoder, entities, tree, .. } = scratch;
        self.entities.scorer.begin(pieces.len(), entities);
        self.entity_encoder.encode(self.level, pieces, words, encoder, |rows| {
            done(ParsingStep::EntityVectors);
            self.entities.scorer.take(self.level, rows, self.width(), entities);
            done(ParsingStep::Entities);
        });
        let is_space = |at: usize| words.get(pieces[at].lexeme).is_space;
        let found = self.entities.find(self.level, pieces.len(), is_space, |at| tree.starts[at], entities);
        done(ParsingStep::Entities);
        found
    }

    fn apply_rules(&self, pieces: &[TokenPiece], scratch: &mut Scratch) {
        let Scratch { words, attributes, state, .. } = scratch;
        for ((attributes, piece), label) in attributes.iter_mut().zip(pieces).zip(&state.labels) {
            let lexeme = words.get(piece.lexeme);
            attributes.word = lexeme.ruler_word;
            attributes.is_space = lexeme.is_space;
            attributes.label = *label;
        }
        self.ruler.apply(attributes);
        for (attributes, label) in attributes.iter().zip(&mut state.labels) {
            *label = attributes.label;
        }
    }

    fn write(&self, pieces: &[TokenPiece], scratch: &mut Scratch, parse: &mut Parse) {
        let Scratch { words, attributes, state, tree, parses, parts, .. } = scratch;
        let offset = parse.tokens.len() as u32;
        parts.clear();
        parse.tokens.reserve_exact(pieces.len());
        for (at, (piece, attributes)) in pieces.iter().zip(attributes.iter()).enumerate() {
            let lemma = self.lemma(piece.lexeme, attributes, words);
            let norm = words.get(piece.lexeme).norm;
            let mut word = |string| {
                words.word(*parses, string, |letters| {
                    let start = parse.letters.len() as u32;
                    parse.letters.push_str(letters);
                    parse.words.push(start..parse.letters.len() as u32);
                    WordId(parse.words.len() as u32 - 1)
                })
            };
            parts.push(attributes.part);
            parse.tokens.push(ParseToken {
                start: piece.start,
                end: piece.end,
                head: offset + state.heads[at],
                norm: word(norm),
                lemma: word(lemma),
                tag: attributes.tag,
                pos: attributes.part,
                morph: attributes.morph,
                dep: attributes.label,
                ent_type: LabelId::default(),
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

    fn lemma(&self, lexeme: u32, attributes: &Attributes, words: &mut LexemeCache) -> u32 {
        if let Some(given) = usize::from(attributes.lemma).checked_sub(1) {
            return words.intern(&self.ruler.lemmas[given]);
        }
        let key = u32::from(attributes.part.0) << 16 | u32::from(attributes.morph.0);
        words.lemma(lexeme, key, |word| {
            self.lemmas.lemma(word, self.label(attributes.part), self.label(attributes.morph))
        })
    }
}

/// How many tokens are read at once: at most [`MAX_WINDOW`], and up to the last line break if there is one near.
fn window(pieces: &[TokenPiece], text: &str) -> usize {
    if pieces.len() <= MAX_WINDOW {
        return pieces.len();
    }
    let near = MAX_WINDOW / 2..MAX_WINDOW;
    let breaks =
        |piece: &TokenPiece| text.get(piece.start as usize..piece.end as usize).is_some_and(|text| text.contains('\n'));
    pieces[near.clone()].iter().rposition(breaks).map_or(MAX_WINDOW, |at| near.start + at + 1)
}
