//! Text to tokens, exactly as spaCy's tokenizer does it.
//!
//! Text is cut into chunks at white space. A chunk that is an exception is split as the exception says. From any other,
//! prefixes and suffixes are taken off one at a time, until none is left or the rest is an exception; then the middle is an
//! address, or is split at infixes. Finally, tokens in a row that spell an exception with affixes in it ("a.m", ".") are
//! replaced by the exception's tokens.

mod affixes;
mod exceptions;
mod url;

use crate::words::chars::is_space;
use crate::words::{ExceptionToken, LexemeCache, LexemeId, Lexicon};
use affixes::Affixes;
pub(crate) use exceptions::read_exceptions;
use onrecord_tensors::{WeightsError, WeightsFile};
use std::collections::HashMap;
use std::ops::Range;

/// Maximum length of a chunk whose tokens are remembered, in bytes.
const MAX_REMEMBERED: usize = 64;

/// A token before it is parsed: which word it is, where it is, and whether one space follows.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenPiece {
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

/// The rules of a model's tokenizer.
#[derive(Debug)]
pub(crate) struct TextTokenizer {
    affixes: Affixes,
    /// The number of each exception, by its chunk.
    by_chunk: HashMap<String, usize>,
    /// Length of the longest exception's chunk, in bytes.
    longest: usize,
    /// Length of each exception's tokens together, in bytes.
    lengths: Vec<usize>,
    /// Patterns in groups of those that begin with the same word.
    patterns: Vec<Vec<Pattern>>,
}

/// TokenizerBuffers of the tokenizer.
#[derive(Debug, Default)]
pub(crate) struct TokenizerBuffers {
    tokens: Vec<LexemeId>,
    matches: Vec<(Range<usize>, usize)>,
    pub pieces: Vec<TokenPiece>,
    joined: Vec<TokenPiece>,
}

impl TextTokenizer {
    /// Reads the rules, given the model's exceptions. Also gives the group of patterns that begin with a word, counted from 1.
    pub fn load(
        file: &WeightsFile,
        exceptions: &[Vec<ExceptionToken>],
    ) -> Result<(Self, HashMap<String, u16>), WeightsError> {
        let chunk = |tokens: &Vec<ExceptionToken>| tokens.iter().map(|token| token.orth.as_str()).collect::<String>();
        let by_chunk: HashMap<String, usize> =
            exceptions.iter().enumerate().map(|(at, tokens)| (chunk(tokens), at)).collect();
        let longest = by_chunk.keys().map(String::len).max().unwrap_or(0);
        let lengths = exceptions.iter().map(|tokens| tokens.iter().map(|token| token.orth.len()).sum()).collect();
        let affixes = Affixes::load(file)?;
        let mut tokenizer = Self { affixes, by_chunk, longest, lengths, patterns: Vec::new() };
        let groups = tokenizer.find_patterns(exceptions)?;
        Ok((tokenizer, groups))
    }

    /// Exceptions that contain affixes may come apart. What they come apart into is looked for afterwards.
    fn find_patterns(&mut self, exceptions: &[Vec<ExceptionToken>]) -> Result<HashMap<String, u16>, WeightsError> {
        let mut patterns: Vec<Vec<Pattern>> = Vec::new();
        let mut by_first = HashMap::new();
        let mut chunks: Vec<(&String, usize)> = self.by_chunk.iter().map(|(chunk, at)| (chunk, *at)).collect();
        chunks.sort_unstable();
        for (chunk, exception) in chunks {
            let mut infixes = Vec::new();
            self.affixes.infixes(chunk, &mut infixes);
            let has_affixes = self.affixes.prefix(chunk) + self.affixes.suffix(chunk) + infixes.len() > 0;
            let words = self.split(chunk, false);
            let tokens = &exceptions[exception];
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
            return Err(WeightsError::table("tokenizer/exceptions", "has too many patterns"));
        }
        self.patterns = patterns;
        Ok(by_first.into_iter().filter_map(|(word, at)| Some((word, u16::try_from(at).ok()?))).collect())
    }

    fn exception(&self, chunk: &str) -> Option<usize> {
        if chunk.len() > self.longest { None } else { self.by_chunk.get(chunk).copied() }
    }

    /// Splits a chunk, heeding exceptions or not. Gives the pieces, each with the exception that it is, if any.
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
    fn chunk(&self, lexicon: &Lexicon, chunk: &str, words: &mut LexemeCache, to: &mut Vec<LexemeId>) {
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
                None => to.push(words.lexeme(lexicon, &chunk[range])),
            }
        }
        if let Some(string) = string {
            let tokens = to[first..].to_vec();
            words.remember(string, &tokens);
        }
    }

    /// The tokens of a text.
    pub fn tokenize(&self, lexicon: &Lexicon, text: &str, words: &mut LexemeCache, buffers: &mut TokenizerBuffers) {
        buffers.pieces.clear();
        let (mut start, mut in_space) = (0, text.chars().next().is_some_and(is_space));
        for (at, char) in text.char_indices() {
            let space = if char.is_ascii() { char.is_ascii_whitespace() || is_space(char) } else { is_space(char) };
            if space == in_space {
                continue;
            }
            if start < at {
                self.add(lexicon, &text[start..at], words, buffers);
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
            self.add(lexicon, &text[start..], words, buffers);
        }
        self.join_patterns(text, words, buffers);
    }

    fn add(&self, lexicon: &Lexicon, chunk: &str, words: &mut LexemeCache, buffers: &mut TokenizerBuffers) {
        buffers.tokens.clear();
        self.chunk(lexicon, chunk, words, &mut buffers.tokens);
        for lexeme in &buffers.tokens {
            let start = buffers.pieces.last().map_or(0, |last| last.end + u32::from(last.space_after));
            let end = start + words.get(*lexeme).length;
            buffers.pieces.push(TokenPiece { lexeme: *lexeme, start, end, space_after: false });
        }
    }

    /// Replaces tokens that together spell an exception by the exception's tokens.
    fn join_patterns(&self, text: &str, words: &LexemeCache, buffers: &mut TokenizerBuffers) {
        let TokenizerBuffers { matches, pieces, joined, .. } = buffers;
        matches.clear();
        for (at, piece) in pieces.iter().enumerate() {
            let group = words.get(piece.lexeme).pattern;
            let Some(patterns) = usize::from(group).checked_sub(1).and_then(|group| self.patterns.get(group)) else {
                continue;
            };
            for pattern in patterns {
                let end = at + pattern.words.len();
                let same = |(piece, word): (&TokenPiece, &String)| words.text(piece.lexeme) == word;
                if pieces.get(at..end).is_some_and(|found| found.iter().zip(&pattern.words).all(same)) {
                    matches.push((at..end, pattern.exception));
                }
            }
        }
        if matches.is_empty() {
            return;
        }
        // The longest first, and of the same length the leftmost; a later one must not begin or end inside an earlier one.
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
            // With spaces inside, it is not the exception, though its words are the same.
            if (last.end - first.start) as usize != self.lengths[exception] {
                joined.extend_from_slice(&pieces[range]);
                continue;
            }
            let mut start = first.start;
            for lexeme in &words.exceptions[exception] {
                let end = start + words.get(*lexeme).length;
                joined.push(TokenPiece { lexeme: *lexeme, start, end, space_after: false });
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
