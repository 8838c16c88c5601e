//! Words cut into the pieces of a vocabulary, as WordPiece does: the longest piece that fits, again and again.

use std::collections::HashMap;

/// Most pieces of a word that count.
const MOST: usize = 8;
/// Longest run of letters that is cut, in bytes.
const LONGEST: usize = 64;

/// A vocabulary of word pieces. Those that go on in a word begin with "##".
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    first: HashMap<String, u32>,
    later: HashMap<String, u32>,
}

impl Pieces {
    /// One piece a line; its number is its line's.
    pub fn read(text: &str) -> Self {
        let mut pieces = Pieces::default();
        for (number, piece) in text.lines().enumerate() {
            match piece.strip_prefix("##") {
                Some(later) if !later.is_empty() => pieces.later.insert(later.to_owned(), number as u32),
                _ => pieces.first.insert(piece.to_owned(), number as u32),
            };
        }
        pieces
    }

    /// Adds the pieces of a word; none for what the vocabulary cannot spell.
    pub fn split(&self, word: &str, to: &mut Vec<u32>) {
        let end = to.len() + MOST;
        let lower = word.to_lowercase();
        if let Some(piece) = self.first.get(lower.as_str()) {
            to.push(*piece);
            return;
        }
        let mut rest = lower.as_str();
        while let Some(first) = rest.chars().next() {
            let letters = rest.find(|char: char| !char.is_alphanumeric()).unwrap_or(rest.len());
            let length = if letters == 0 { first.len_utf8() } else { letters };
            self.run(&rest[..length], end, to);
            rest = &rest[length..];
        }
    }

    /// A run of letters and digits, or one mark.
    fn run(&self, run: &str, end: usize, to: &mut Vec<u32>) {
        let began = to.len();
        if run.len() > LONGEST {
            return;
        }
        let mut start = 0;
        while start < run.len() {
            let table = if start == 0 { &self.first } else { &self.later };
            let ends = run.char_indices().map(|(at, char)| at + char.len_utf8()).rev().take_while(|end| *end > start);
            let longest = ends.filter_map(|end| Some((end, *table.get(&run[start..end])?))).next();
            let Some((next, piece)) = longest else {
                to.truncate(began);
                return;
            };
            if to.len() < end {
                to.push(piece);
            }
            start = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        let pieces = Pieces::read("the\nferry\n##man\n##men\n-\nport\n.");
        let split = |word: &str| {
            let mut found = Vec::new();
            pieces.split(word, &mut found);
            found
        };
        assert_eq!(split("Ferrymen"), [1, 3]);
        assert_eq!(split("ferry-port."), [1, 4, 5, 6]);
        assert!(split("zzz").is_empty());
        assert!(split("ferryxx").is_empty(), "a run that cannot be spelt has no pieces");
    }
}
