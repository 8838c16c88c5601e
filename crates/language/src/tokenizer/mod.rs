//! Text to tokens, exactly as spaCy's tokenizer does it.
//!
//! Text is cut at white space into chunks. A chunk that is an exception is split as that says. Else prefixes and suffixes
//! are taken off its ends, one at a time, until none is left or what is left is an exception; then the middle is an address,
//! or is split at infixes. At last, tokens in a row that spell an exception with affixes in it ("a.m", ".") are made that.

mod affixes;
mod url;

use crate::chars::is_space;
use crate::file::{ModelError, WeightsFile, wrong};
use crate::model::Model;
use crate::vocabulary::{LexemeId, Vocabulary};
use crate::words::{ExceptionToken, exceptions};
use affixes::Affixes;
use std::collections::HashMap;
use std::ops::Range;

/// Longest chunk whose tokens are remembered, in bytes.
const MAX_REMEMBERED: usize = 64;

/// A token on its way: what it is, how long it is, whether one space follows.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub lexeme: LexemeId,
    pub start: u32,
    pub end: u32,
    pub space_after: bool,
}

/// Words in a row that are replaced by an exception's tokens.
#[derive(Debug)]
struct Pattern {
    words: Vec<String>,
    exception: usize,
}

/// Rules of the tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    affixes: Affixes,
    pub exceptions: Vec<Vec<ExceptionToken>>,
    by_chunk: HashMap<String, usize>,
    longest: usize,
    patterns: Vec<Vec<Pattern>>,
    by_first: HashMap<String, u16>,
}

/// Buffers of the tokenizer.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    tokens: Vec<LexemeId>,
    matches: Vec<(Range<usize>, usize)>,
    pub pieces: Vec<Piece>,
    joined: Vec<Piece>,
}

impl Tokenizer {
    pub fn load(file: &WeightsFile) -> Result<Self, ModelError> {
        let exceptions = exceptions(file)?;
        let chunk = |tokens: &Vec<ExceptionToken>| tokens.iter().map(|token| token.orth.as_str()).collect::<String>();
        let by_chunk: HashMap<String, usize> =
            exceptions.iter().enumerate().map(|(at, tokens)| (chunk(tokens), at)).collect();
        let longest = by_chunk.keys().map(String::len).max().unwrap_or(0);
        let affixes = Affixes::load(file)?;
        let mut tokenizer =
            Self { affixes, exceptions, by_chunk, longest, patterns: Vec::new(), by_first: HashMap::new() };
        tokenizer.find_patterns()?;
        Ok(tokenizer)
    }

    /// Exceptions with affixes in them may come apart: what they come apart to is looked for afterwards.
    fn find_patterns(&mut self) -> Result<(), ModelError> {
        let mut patterns: Vec<Vec<Pattern>> = Vec::new();
        let mut by_first = HashMap::new();
        let mut chunks: Vec<(&String, usize)> = self.by_chunk.iter().map(|(chunk, at)| (chunk, *at)).collect();
        chunks.sort_unstable();
        for (chunk, exception) in chunks {
            let mut infixes = Vec::new();
            self.affixes.infixes(chunk, &mut infixes);
            let has_affixes = self.affixes.prefix(chunk) + self.affixes.suffix(chunk) + infixes.len() > 0;
            let words = self.split(chunk, false);
            let tokens = &self.exceptions[exception];
            // One word that would be replaced by itself need not be looked for.
            let same = words.len() == 1 && tokens.len() == 1 && tokens[0].norm.is_none();
            if !has_affixes || same || chunk.contains(' ') {
                continue;
            }
            let words: Vec<String> = words.into_iter().map(|(range, _)| chunk[range].to_owned()).collect();
            let Some(first) = words.first() else { continue };
            let group = *by_first.entry(first.clone()).or_insert_with(|| {
                patterns.push(Vec::new());
                patterns.len()
            });
            patterns[group - 1].push(Pattern { words, exception });
        }
        if patterns.len() >= usize::from(u16::MAX) {
            return Err(wrong("tokenizer/exceptions", "has too many patterns"));
        }
        self.by_first = by_first.into_iter().filter_map(|(word, at)| Some((word, u16::try_from(at).ok()?))).collect();
        self.patterns = patterns;
        Ok(())
    }

    /// The group of patterns that begin with a word, counted from 1; 0 for none.
    pub fn pattern_of(&self, word: &str) -> u16 {
        self.by_first.get(word).copied().unwrap_or(0)
    }

    fn exception(&self, chunk: &str) -> Option<usize> {
        if chunk.len() > self.longest { None } else { self.by_chunk.get(chunk).copied() }
    }

    /// Splits a chunk with or without the help of exceptions: the pieces, and which exception a piece is that stays whole.
    fn split(&self, chunk: &str, with_exceptions: bool) -> Vec<(Range<usize>, Option<usize>)> {
        let exception = |string: &str| if with_exceptions { self.exception(string) } else { None };
        let is_exception = |string: &str| exception(string).is_some();
        let (mut start, mut end) = (0, chunk.len());
        let (mut pieces, mut suffixes) = (Vec::new(), Vec::new());
        while start < end && !is_exception(&chunk[start..end]) {
            let string = &chunk[start..end];
            let prefix = self.affixes.prefix(string);
            if prefix > 0 && prefix < string.len() && is_exception(&string[prefix..]) {
                pieces.push((start..start + prefix, None));
                start += prefix;
                break;
            }
            let suffix = self.affixes.suffix(&string[prefix..]);
            let without = string.len() - suffix;
            if suffix > 0 && without > 0 && is_exception(&string[..without]) {
                suffixes.push((end - suffix..end, None));
                end -= suffix;
                break;
            }
            if prefix > 0 {
                pieces.push((start..start + prefix, None));
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push((end - suffix..end, None));
                end -= suffix;
            }
            if prefix + suffix == 0 {
                break;
            }
        }
        if start < end {
            match exception(&chunk[start..end]) {
                Some(exception) => pieces.push((start..end, Some(exception))),
                None => self.split_middle(&chunk[start..end], start, &mut pieces),
            }
        }
        pieces.extend(suffixes.into_iter().rev());
        pieces
    }

    fn split_middle(&self, string: &str, offset: usize, pieces: &mut Vec<(Range<usize>, Option<usize>)>) {
        let mut infixes = Vec::new();
        if !url::is_url(string, self.affixes.domain()) {
            self.affixes.infixes(string, &mut infixes);
        }
        let mut push = |range: Range<usize>| pieces.push((offset + range.start..offset + range.end, None));
        let mut start = 0;
        // An infix at the very beginning stays with what follows.
        for infix in infixes.into_iter().filter(|infix| infix.start != 0) {
            if infix.start != start {
                push(start..infix.start);
            }
            start = infix.end;
            push(infix);
        }
        if start < string.len() {
            push(start..string.len());
        }
    }

    /// The tokens of a chunk.
    fn chunk(&self, model: &Model, chunk: &str, words: &mut Vocabulary, to: &mut Vec<LexemeId>) {
        if let Some(exception) = self.exception(chunk) {
            to.extend_from_slice(&words.exceptions[exception]);
            return;
        }
        let string = (chunk.len() <= MAX_REMEMBERED).then(|| words.intern(chunk));
        if let Some(known) = string.and_then(|string| words.chunk(string)) {
            to.extend_from_slice(&words.chunks[known]);
            return;
        }
        let first = to.len();
        for (range, exception) in self.split(chunk, true) {
            match exception {
                Some(exception) => to.extend_from_slice(&words.exceptions[exception]),
                None => to.push(words.lexeme(model, &chunk[range])),
            }
        }
        if let Some(string) = string {
            let tokens = to[first..].to_vec();
            words.remember(string, &tokens);
        }
    }

    /// The tokens of a text.
    pub fn tokenize(&self, model: &Model, text: &str, words: &mut Vocabulary, buffers: &mut Buffers) {
        buffers.pieces.clear();
        let (mut start, mut in_space) = (0, text.chars().next().is_some_and(is_space));
        for (at, char) in text.char_indices() {
            let space = if char.is_ascii() { char.is_ascii_whitespace() || is_space(char) } else { is_space(char) };
            if space == in_space {
                continue;
            }
            if start < at {
                self.add(model, &text[start..at], words, buffers);
            }
            start = at;
            if char == ' ' {
                if let Some(last) = buffers.pieces.last_mut() {
                    last.space_after = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.add(model, &text[start..], words, buffers);
        }
        self.join_patterns(text, words, buffers);
    }

    fn add(&self, model: &Model, chunk: &str, words: &mut Vocabulary, buffers: &mut Buffers) {
        buffers.tokens.clear();
        self.chunk(model, chunk, words, &mut buffers.tokens);
        for lexeme in &buffers.tokens {
            let start = buffers.pieces.last().map_or(0, |last| last.end + u32::from(last.space_after));
            let end = start + words.get(*lexeme).length;
            buffers.pieces.push(Piece { lexeme: *lexeme, start, end, space_after: false });
        }
    }

    /// Replaces tokens that together spell an exception by the exception's tokens.
    fn join_patterns(&self, text: &str, words: &Vocabulary, buffers: &mut Buffers) {
        let Buffers { matches, pieces, joined, .. } = buffers;
        matches.clear();
        for (at, piece) in pieces.iter().enumerate() {
            let group = words.get(piece.lexeme).pattern;
            let Some(patterns) = usize::from(group).checked_sub(1).and_then(|group| self.patterns.get(group)) else {
                continue;
            };
            for pattern in patterns {
                let end = at + pattern.words.len();
                let same = |(piece, word): (&Piece, &String)| words.text(piece.lexeme) == word;
                if pieces.get(at..end).is_some_and(|found| found.iter().zip(&pattern.words).all(same)) {
                    matches.push((at..end, pattern.exception));
                }
            }
        }
        if matches.is_empty() {
            return;
        }
        // The longest first, the leftmost of the same length; a later one must begin and end where none has been.
        matches.sort_unstable_by_key(|(range, _)| (usize::MAX - range.len(), range.start));
        let mut seen = vec![false; pieces.len()];
        matches.retain(|(range, _)| {
            let free = !seen[range.start] && !seen[range.end - 1];
            seen[range.clone()].fill(true);
            free
        });
        matches.sort_unstable_by_key(|(range, _)| range.start);
        joined.clear();
        let mut at = 0;
        for (range, exception) in matches.drain(..) {
            if range.start < at {
                continue;
            }
            joined.extend_from_slice(&pieces[at..range.start]);
            at = range.end;
            let (first, last) = (pieces[range.start], pieces[range.end - 1]);
            // With spaces inside it is not the exception, though its words are the same.
            let whole: usize = self.exceptions[exception].iter().map(|token| token.orth.len()).sum();
            if (last.end - first.start) as usize != whole {
                joined.extend_from_slice(&pieces[range]);
                continue;
            }
            let mut start = first.start;
            for lexeme in &words.exceptions[exception] {
                let end = start + words.get(*lexeme).length;
                joined.push(Piece { lexeme: *lexeme, start, end, space_after: false });
                start = end;
            }
            if let Some(end) = joined.last_mut() {
                end.space_after = last.space_after;
            }
        }
        joined.extend_from_slice(&pieces[at..]);
        std::mem::swap(pieces, joined);
        debug_assert_eq!(pieces.last().map_or(0, |last| last.end as usize + usize::from(last.space_after)), text.len());
    }
}
