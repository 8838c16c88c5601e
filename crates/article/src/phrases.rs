//! Lines that give themselves away by their words, whatever the markup: "Also Read: …", "© 2026", "Share this article".

use crate::ablation::stands;
use crate::lists::{self, Lists};
use crate::lower::{letters, push_lower};
use foldhash::HashMap;
use memchr::memchr3;
use memchr::memmem::Finder;
use onrecord_document::BlockKind;
use std::sync::{LazyLock, OnceLock};

/// Most words of a line that is furniture because of a phrase; a longer one is a paragraph that happens to have it.
const MAX_WORDS: usize = 40;

const DATA: &str = include_str!("../data/furniture_phrases.txt");

static LINE_PHRASES: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../data/line_phrases.txt")));

#[derive(Default)]
struct Phrases {
    whole: HashMap<&'static str, BlockKind>,
    /// By first byte: phrases that lines begin with, and whether a colon must follow.
    start: HashMap<u8, Vec<(&'static str, bool, BlockKind)>>,
    /// Phrases that stand anywhere in a line, each with its [`letters`].
    part: Vec<(Finder<'static>, u32, BlockKind)>,
    /// The length of the shortest of them in bytes.
    shortest_part: usize,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = Phrases { shortest_part: usize::MAX, ..Phrases::default() };
        for line in lists::lines(DATA) {
            let mut cells = line.split('\t');
            let (Some(kind), Some(place), Some(phrase)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let Some(&kind) = BlockKind::ALL.iter().find(|known| known.name() == kind) else { continue };
            match place {
                "whole" => drop(phrases.whole.insert(phrase, kind)),
                "start" | "colon" => {
                    let Some(&first) = phrase.as_bytes().first() else { continue };
                    phrases.start.entry(first).or_default().push((phrase, place == "colon", kind));
                }
                _ => {
                    phrases.shortest_part = phrases.shortest_part.min(phrase.len());
                    phrases.part.push((Finder::new(phrase), letters(phrase), kind));
                }
            }
        }
        // The longest first: `sign up for` counts before `sign`.
        for phrases in phrases.start.values_mut() {
            phrases.sort_unstable_by(|a, b| b.0.cmp(a.0));
        }
        phrases
    })
}

/// The kind of furniture that a line is by its words, if any.
///
/// `"Also Read: Council approves budget"` is [`BlockKind::Related`]; `"img_1232-1.jpg"` is [`BlockKind::ImageName`];
/// `"Copyright © 2025 All rights reserved."` is [`BlockKind::Copyright`]. A long paragraph is never furniture.
pub(crate) fn furniture(words: &str) -> Option<BlockKind> {
    if has_more_words(words, MAX_WORDS) {
        return None;
    }
    if is_image_name(words) {
        return Some(BlockKind::ImageName);
    }
    let folded = fold(words);
    let phrases = phrases();
    let whole = trim_marks(&folded);
    if let Some(&kind) = phrases.whole.get(whole)
        && stands("phrase", whole)
    {
        return Some(kind);
    }
    let line = folded.trim_start_matches(is_mark);
    let first = line.as_bytes().first()?;
    for &(phrase, colon, kind) in phrases.start.get(first).into_iter().flatten() {
        let Some(after) = line.strip_prefix(phrase) else { continue };
        let next = after.trim_start().chars().next();
        let fits = match colon {
            true => next.is_some_and(|char| matches!(char, ':' | '：' | '|' | '>' | '»' | '→' | '►' | '▶' | '–' | '—')),
            false => {
                !phrase.ends_with(char::is_alphanumeric)
                    || !after.starts_with(char::is_alphanumeric)
                    || phrase.ends_with(char::is_numeric)
            }
        };
        if fits && stands("phrase", phrase) {
            return Some(kind);
        }
    }
    if folded.len() < phrases.shortest_part {
        return None;
    }
    let there = letters(&folded);
    let has = |(phrase, all, _): &&(Finder<'static>, u32, BlockKind)| {
        all & !there == 0
            && phrase.find(folded.as_bytes()).is_some()
            && stands("phrase", std::str::from_utf8(phrase.needle()).unwrap_or_default())
    };
    phrases.part.iter().find(has).map(|&(.., kind)| kind)
}

/// Whether a line is the path to the page: `Home » Politics » Ferry inquiry opens`.
pub(crate) fn is_breadcrumb(words: &str) -> bool {
    const SEPARATORS: [&str; 6] = [" » ", " › ", " > ", " / ", " → ", " | "];
    /// The shortest path to a page: `hem > a`.
    const SHORTEST: usize = 7;
    // Most lines have none of these marks.
    let marked = words.len() >= SHORTEST
        && (memchr3(b'>', b'/', b'|', words.as_bytes()).is_some()
            || !words.is_ascii() && words.contains(['»', '›', '→']));
    if !marked || !SEPARATORS.iter().any(|separator| words.contains(separator)) {
        return false;
    }
    let folded = fold(words);
    let roots = LINE_PHRASES.of("breadcrumb_roots");
    SEPARATORS
        .iter()
        .any(|separator| folded.split_once(separator).is_some_and(|(first, _)| roots.contains(&trim_marks(first))))
}

/// Whether a line is an address that is spelt out: `https://www.harbour.example/inquiry`, `inquiry@harbour.example`.
pub(crate) fn is_address(words: &str) -> bool {
    !words.contains(' ') && (words.contains("://") || words.contains('@') || words.starts_with("www."))
}

/// Whether a paragraph corrects the article or says how it was made: `Correction: An earlier version said …`.
pub(crate) fn is_correction(words: &str) -> bool {
    static STARTS: LazyLock<Starts> = LazyLock::new(|| Starts::new(LINE_PHRASES.of("corrections")));
    /// Characters of a paragraph that are looked at.
    const HEAD: usize = 60;
    if !STARTS.may_begin(words) {
        return false;
    }
    let head: String = words.chars().take(HEAD).collect();
    let head = fold(&head);
    let dated =
        head.strip_prefix("correction ").is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
    dated || STARTS.begin(&head)
}

/// Whether a line says who made a picture: `Photo: Ana Reyes/CPA`, `File photo of the harbour (Image: …)`.
pub(crate) fn is_photo_line(words: &str) -> bool {
    const MAX_WORDS: usize = 40;
    static STARTS: LazyLock<Starts> = LazyLock::new(|| Starts::new(LINE_PHRASES.of("photo_lines")));
    /// Characters of a line that are looked at.
    const HEAD: usize = 30;
    if has_more_words(words, MAX_WORDS) {
        return false;
    }
    if is_agency_credit(words) {
        return true;
    }
    if !STARTS.may_begin(words) {
        return false;
    }
    let head: String = words.chars().take(HEAD).collect();
    let head = fold(&head);
    STARTS.begin(&head)
}

/// Whether a short line is an agency and a name beside a stroke: `AFP / Marco Rossi`, `Jan Kurz/dpa`.
fn is_agency_credit(words: &str) -> bool {
    const LONGEST: usize = 60;
    words.len() <= LONGEST
        && words.contains('/')
        && !words.ends_with('.')
        && words.split('/').any(|part| LINE_PHRASES.of("credit_agencies").contains(&fold(part).as_str()))
}

/// Whether a line begins with a bullet. A dash is not one: in many languages it opens direct speech.
pub(crate) fn begins_with_bullet(line: &str) -> bool {
    ["- ", "• ", "* ", "· ", "▪ "].iter().any(|bullet| line.starts_with(bullet))
}

/// Whether a line is the file name of a picture: `img_1232-1.jpg`.
fn is_image_name(words: &str) -> bool {
    const ENDINGS: [&str; 7] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "tiff"];
    let Some((_, ending)) = words.rsplit_once('.') else { return false };
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) && !words.contains(char::is_whitespace)
}

/// Whether there are more than `most` words; short lines are not counted.
fn has_more_words(words: &str, most: usize) -> bool {
    words.len() > 2 * most && words.split_whitespace().nth(most).is_some()
}

/// The words in lower case, with single spaces between them and straight apostrophes.
fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    if is_folded_but_for_case(words.as_bytes()) {
        folded.push_str(words);
        folded.make_ascii_lowercase();
        return folded;
    }
    let mut space = false;
    for char in words.chars() {
        if char.is_whitespace() {
            space = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            folded.push(' ');
        }
        match char {
            '’' | '‘' | 'ʼ' => folded.push('\''),
            char => push_lower(&mut folded, char),
        }
    }
    folded
}

/// Whether these are visible ASCII characters with single spaces between them, as most lines are. Works without a branch for each
/// byte.
fn is_folded_but_for_case(bytes: &[u8]) -> bool {
    let plain = bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    let spaced = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let single = spaced.fold(true, |single, (byte, next)| single & !(*byte == b' ' && *next == b' '));
    plain && single && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ')
}

/// Phrases that lines begin with, [folded](fold).
struct Starts {
    phrases: &'static [&'static str],
    /// A bit for each ASCII byte that a phrase begins with: most lines begin with another.
    first: u128,
}

impl Starts {
    fn new(phrases: &'static [&'static str]) -> Self {
        let bytes = phrases.iter().filter_map(|phrase| phrase.bytes().next()).filter(u8::is_ascii);
        Starts { phrases, first: bytes.fold(0, |first, byte| first | 1 << byte) }
    }

    /// Whether words may begin with one of the phrases, judging by their first letters up to a space or a character that is not
    /// ASCII.
    fn may_begin(&self, words: &str) -> bool {
        const LETTERS: usize = 6;
        let words = words.trim_start().as_bytes();
        let Some(first) = words.first().map(u8::to_ascii_lowercase) else { return false };
        if !first.is_ascii() {
            return true;
        }
        let is_letter = |byte: u8| byte.is_ascii() && !byte.is_ascii_whitespace();
        let goes_on = |phrase: &&str| {
            let letters = words.iter().zip(phrase.as_bytes()).take(LETTERS);
            letters.take_while(|(byte, _)| is_letter(**byte)).all(|(byte, known)| byte.to_ascii_lowercase() == *known)
        };
        self.first & (1 << first) != 0 && self.phrases.iter().any(goes_on)
    }

    /// Whether words begin with one of the phrases.
    fn begin(&self, words: &str) -> bool {
        self.phrases.iter().any(|start| words.starts_with(start))
    }
}

fn is_mark(char: char) -> bool {
    !char.is_alphanumeric() && !matches!(char, '©' | '(' | '@')
}

fn trim_marks(words: &str) -> &str {
    words.trim_matches(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_to_lower_case_and_single_spaces() {
        for words in [
            "The Ferry  sank",
            " The ferry",
            "The ferry ",
            "Fog\tand\nrain",
            "Editor’s Note:",
            "ÅL in Ål",
            "",
            " ",
            "A",
        ] {
            let expected = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace('’', "'");
            assert_eq!(fold(words), expected, "{words:?}");
        }
    }

    #[test]
    fn what_begins_with_a_phrase_may_begin_with_it() {
        let phrases = Starts::new(&["editor's note", "поправка:", "photo by "]);
        for words in ["Editor’s note", " EDITOR'S", "Поправка: 58 лет", "photo  by Ana", "Edi"] {
            assert!(phrases.may_begin(words), "{words}");
        }
        for words in ["Edith Ros said", "photos", "The ferry sank.", "’Tis"] {
            assert_eq!(phrases.may_begin(words), words.starts_with('’'), "{words}");
        }
    }

    #[test]
    fn furniture_gives_itself_away() {
        for (words, kind) in [
            ("Also Read: Council approves the budget", BlockKind::Related),
            ("ALSO READ | Council approves the budget", BlockKind::Related),
            ("Читайте также: Паром вернулся в порт", BlockKind::Related),
            ("関連記事", BlockKind::Related),
            ("About The Author", BlockKind::AuthorBox),
            ("Share this article:", BlockKind::Share),
            ("Sign up for our morning briefing.", BlockKind::Notice),
            ("ADVERTISEMENT", BlockKind::Notice),
            ("Copyright © 2026 All rights reserved.", BlockKind::Copyright),
            ("img_1232-1.jpg", BlockKind::ImageName),
        ] {
            assert_eq!(furniture(words), Some(kind), "{words}");
        }
    }

    #[test]
    fn paragraphs_are_not_furniture() {
        for words in [
            "Read the letter, she said, and you will understand.",
            "More than 200 people were on board.",
            "Share prices fell by 14 per cent on Monday.",
            "Related deaths rose to seven, the ministry said.",
            "The author of the report, Priya Raman, disagreed.",
            "Subscribers lost their money.",
        ] {
            assert_eq!(furniture(words), None, "{words}");
        }
        let long = format!("Sign up for our newsletter {}", "and read on ".repeat(20));
        assert_eq!(furniture(&long), None);
        let with_words = |count: usize| furniture(&format!("Also read: {}", "a ".repeat(count - 2)));
        assert_eq!((with_words(MAX_WORDS).is_some(), with_words(MAX_WORDS + 1)), (true, None));
    }

    #[test]
    fn a_breadcrumb_begins_at_home() {
        assert!(is_breadcrumb("Home » Biden approves missiles"));
        assert!(is_breadcrumb("Startseite > Politik"));
        assert!(is_breadcrumb("Hem > a"));
        assert!(!is_breadcrumb("Rourke > Crane, says poll"));
    }

    #[test]
    fn a_photo_line_says_so() {
        assert!(is_photo_line("Photo: Ana Reyes/CPA"));
        assert!(is_photo_line("File photo of the harbour"));
        assert!(is_photo_line("AFP / Marco Rossi"));
        assert!(!is_photo_line("The AFP/police talks failed."));
        assert!(!is_photo_line("Photographs of the ship were shown in court."));
    }

    #[test]
    fn a_correction_says_so() {
        assert!(is_correction("Editor’s note: This article has been updated with the ministry's answer."));
        assert!(is_correction("An earlier version of this article gave the captain's age as 58."));
        assert!(!is_correction("Corrections officers found the letter."));
    }

    #[test]
    fn every_line_of_the_data_is_a_phrase() {
        for line in lists::lines(DATA) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(BlockKind::ALL.iter().any(|kind| kind.name() == cells[0]), "{line}");
            assert!(["whole", "start", "colon", "part"].contains(&cells[1]), "{line}");
            assert_eq!(fold(cells[2]), cells[2], "{line}");
        }
    }
}
