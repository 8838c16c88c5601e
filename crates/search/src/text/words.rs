//! Where words begin and end.

use super::fold::{is_invisible, push_folded};
use std::ops::Range;

/// How a word was cut.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Letters, and digits among them.
    Letters,
    /// A number.
    Number,
    /// Two characters of a script without spaces (CJK, Thai and so on), or the last one of a stretch.
    Pair,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bytes it stands on; of a pair, those of both characters.
    pub bytes: Range<usize>,
    /// Its number in the text, from 0; nothing stands between neighbours but white space and punctuation.
    pub position: usize,
    /// How it was cut.
    pub kind: WordKind,
    /// The word in lower case, for a stemmer: dots of `U.S.`, thousands marks of `1,500` and invisible characters are gone.
    pub lower: String,
    /// The same without accents.
    pub folded: String,
}

/// Cuts a text into words.
///
/// - Letters and digits side by side are a word; apostrophes and hyphens part words, and the *s* behind an apostrophe
///   is none: *Sumy's* is *sumy*, *l'avion* is *l*, *avion*.
/// - Single letters with dots are one word, as without the dots: *U.S.* is *us*.
/// - *1,500*, *1.500* and *1500* are one number, *3,5* and *3.5* another.
/// - CJK, Thai, Lao, Khmer and Burmese are cut into pairs of neighbours; the last character of a stretch stands alone too,
///   so that every character begins some term.
///
/// Longer words than [`Words::MAX_WORD`] are cut there.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    position: usize,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// Of a script without spaces.
    Joined,
    /// Belongs to the letter before it.
    Mark,
    Other,
}

impl<'t> Words<'t> {
    /// Longest word in bytes; nothing longer is a word of a language.
    pub const MAX_WORD: usize = 120;

    /// The words of a text.
    pub fn of(text: &'t str) -> Self {
        Words { text, at: 0, position: 0 }
    }

    /// The next word, into `word`, whose strings are used again; `false` at the end.
    pub fn next_into(&mut self, word: &mut Word) -> bool {
        word.lower.clear();
        word.folded.clear();
        loop {
            let Some(char) = self.text[self.at..].chars().next() else { return false };
            match class(char) {
                Class::Joined => {
                    self.pair(char, word);
                    break;
                }
                Class::Letter | Class::Digit => {
                    let start = self.at;
                    let kind = self.word_end();
                    let mut end = self.at;
                    if kind == WordKind::Letters && self.is_possessive(start, end) {
                        continue;
                    }
                    if end - start > Self::MAX_WORD {
                        end = self.text.floor_char_boundary(start + Self::MAX_WORD);
                        self.at = end;
                    }
                    word.kind = kind;
                    word.bytes = start..end;
                    spell(&self.text[start..end], kind, word);
                    // A stretch of marks alone is no word.
                    if word.folded.is_empty() {
                        word.lower.clear();
                        continue;
                    }
                    break;
                }
                Class::Mark | Class::Other => {
                    self.at += char.len_utf8();
                }
            }
        }
        word.position = self.position;
        self.position += 1;
        true
    }

    /// Moves behind the word that begins here.
    fn word_end(&mut self) -> WordKind {
        let start = self.at;
        let mut classes = (false, false);
        let mut chars = self.text[start..].char_indices().peekable();
        let mut end = start;
        while let Some((offset, char)) = chars.next() {
            match class(char) {
                Class::Letter => classes.0 = true,
                Class::Digit => classes.1 = true,
                Class::Mark => {}
                Class::Joined => break,
                Class::Other => {
                    let next = chars.peek().map(|(_, char)| *char);
                    let joins = match char {
                        '.' => is_initials(&self.text[start..start + offset]) && next.is_some_and(char::is_alphabetic),
                        _ => false,
                    };
                    if !joins {
                        break;
                    }
                    // "U.S" goes on only while single letters follow: "e.g" but not "a.example".
                    let rest = &self.text[start + offset + 1..];
                    let letters = rest.chars().take_while(|char| char.is_alphanumeric()).count();
                    if letters != 1 {
                        break;
                    }
                }
            }
            end = start + offset + char.len_utf8();
        }
        self.at = end;
        if classes.0 {
            return WordKind::Letters;
        }
        self.at = number_end(self.text, start, end);
        WordKind::Number
    }

    /// Whether this is the *s* of *Sumy's*; it takes no place among the words.
    fn is_possessive(&self, start: usize, end: usize) -> bool {
        let mut before = self.text[..start].chars().rev();
        matches!(&self.text[start..end], "s" | "S")
            && matches!(before.next(), Some('\'' | '’'))
            && before.next().is_some_and(|char| char.is_alphanumeric() || char == '.')
    }

    fn pair(&mut self, char: char, word: &mut Word) {
        let start = self.at;
        let mut end = start + char.len_utf8();
        push_spelt(char, word);
        let next = self.text[end..].chars().next().filter(|next| class(*next) == Class::Joined);
        self.at = end;
        if let Some(next) = next {
            end += next.len_utf8();
            push_spelt(next, word);
        }
        word.kind = WordKind::Pair;
        word.bytes = start..end;
    }
}

impl Default for Word {
    fn default() -> Self {
        Word { bytes: 0..0, position: 0, kind: WordKind::Letters, lower: String::new(), folded: String::new() }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut word = Word::default();
        self.next_into(&mut word).then_some(word)
    }
}

fn class(char: char) -> Class {
    if char.is_ascii() {
        return match char {
            'a'..='z' | 'A'..='Z' => Class::Letter,
            '0'..='9' => Class::Digit,
            _ => Class::Other,
        };
    }
    match char {
        // Thai, Lao, Burmese, Khmer; Japanese, Chinese, Korean.
        '\u{0E01}'..='\u{0E3A}' | '\u{0E40}'..='\u{0E4E}' | '\u{0E81}'..='\u{0ECD}' => Class::Joined,
        '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17D3}' => Class::Joined,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' => Class::Joined,
        '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' => Class::Joined,
        '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}' => Class::Joined,
        char if is_invisible(char) => Class::Mark,
        char if char.is_numeric() => Class::Digit,
        char if char.is_alphanumeric() => Class::Letter,
        // Marks that are not letters: accents on their own, viramas.
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{064B}'..='\u{065F}' | '\u{0670}' => Class::Mark,
        '\u{093C}' | '\u{094D}' | '\u{09BC}' | '\u{09CD}' | '\u{0A3C}' | '\u{0A4D}' | '\u{0ABC}' | '\u{0ACD}' => {
            Class::Mark
        }
        '\u{0B3C}' | '\u{0B4D}' | '\u{0BCD}' | '\u{0C4D}' | '\u{0CCD}' | '\u{0D4D}' => Class::Mark,
        _ => Class::Other,
    }
}

/// Whether this is single letters with dots between them: `U`, `U.S`.
fn is_initials(letters: &str) -> bool {
    letters.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.all(|char| class(char) == Class::Mark)
    })
}

/// Where a number ends whose first digits end at `end`: groups of three behind `,` or `.`, or one decimal part.
fn number_end(text: &str, start: usize, end: usize) -> usize {
    let digits = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mark = |at: usize| text[at..].starts_with([',', '.']) && digits(at + 1) > 0;
    if !text[start..end].bytes().all(|byte| byte.is_ascii_digit()) || !mark(end) {
        return end;
    }
    // The last part of a date is no number with a decimal part either.
    let mut before = text[..start].bytes().rev();
    if matches!(before.next(), Some(b'.' | b',')) && before.next().is_some_and(|byte| byte.is_ascii_digit()) {
        return end;
    }
    let mut groups = end;
    while end - start <= 3 && mark(groups) && digits(groups + 1) == 3 {
        groups += 4;
    }
    if groups > end && !mark(groups) {
        return groups;
    }
    let decimal = end + 1 + digits(end + 1);
    // A date or an address has more parts; its numbers stand alone.
    if mark(decimal) { end } else { decimal }
}

/// Writes a word as stemmers and the index want it.
fn spell(written: &str, kind: WordKind, word: &mut Word) {
    if kind == WordKind::Number {
        let whole = written.split([',', '.']).skip(1).all(|group| group.len() == 3);
        for char in written.chars() {
            match char {
                ',' | '.' if whole => {}
                ',' => push_spelt('.', word),
                char => push_spelt(char, word),
            }
        }
        return;
    }
    if written.is_ascii() {
        for byte in written.bytes().filter(|byte| *byte != b'.') {
            word.lower.push(byte.to_ascii_lowercase() as char);
        }
        word.folded.push_str(&word.lower);
        return;
    }
    written.chars().filter(|char| *char != '.').for_each(|char| push_spelt(char, word));
}

fn push_spelt(char: char, word: &mut Word) {
    if !is_invisible(char) {
        word.lower.extend(char.to_lowercase());
        push_folded(char, &mut word.folded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of(text).map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_letters_and_digits() {
        assert_eq!(
            words("The F-16s hit Sumy's centre, didn't they?"),
            ["the", "f", "16s", "hit", "sumy", "centre", "didn", "t", "they"]
        );
        assert_eq!(words("L’avion d'Air"), ["l", "avion", "d", "air"]);
        assert_eq!(words("https://a.example/b_c"), ["https", "a", "example", "b", "c"]);
        assert_eq!(words("...—“”"), [""; 0]);
    }

    #[test]
    fn initials_are_one_word_with_and_without_dots() {
        assert_eq!(
            words("U.S. and US, U.K.'s, e.g. J.K. Rowling. A. B"),
            ["us", "and", "us", "uk", "eg", "jk", "rowling", "a", "b"]
        );
        assert_eq!(words("End.Start a.example"), ["end", "start", "a", "example"]);
    }

    #[test]
    fn numbers_are_the_same_with_and_without_marks() {
        assert_eq!(words("1,500 1.500 1500 1,500,000"), ["1500", "1500", "1500", "1500000"]);
        assert_eq!(words("3.5 3,5 12.30"), ["3.5", "3.5", "12.30"]);
        assert_eq!(words("18.11.2024, 12:30. 5, 6"), ["18", "11", "2024", "12", "30", "5", "6"]);
        assert_eq!(words("50km Covid19 2024."), ["50km", "covid19", "2024"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(words("渡船が。港"), ["渡船", "船が", "が", "港"]);
        assert_eq!(words("서울 A港"), ["서울", "울", "a", "港"]);
        let pair = Words::of("渡船").next().unwrap();
        assert_eq!((pair.bytes, pair.kind), (0..6, WordKind::Pair));
    }

    #[test]
    fn a_position_counts_words_and_a_possessive_has_none() {
        let positions: Vec<usize> = Words::of("Sumy's mayor said").map(|word| word.position).collect();
        assert_eq!(positions, [0, 1, 2]);
    }

    #[test]
    fn combining_marks_belong_to_their_letter() {
        assert_eq!(words("cafe\u{301} noir"), ["cafe", "noir"]);
        assert_eq!(words("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(words("می\u{200c}گوید"), [words("میگوید")[0].as_str()]);
    }

    #[test]
    fn an_endless_word_is_cut() {
        let text = "a".repeat(1000);
        assert!(Words::of(&text).all(|word| word.folded.len() <= Words::MAX_WORD));
        assert_eq!(Words::of(&text).map(|word| word.folded.len()).sum::<usize>(), 1000);
    }
}
