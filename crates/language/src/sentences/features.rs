//! What is on both sides of a place where an English sentence may end.

use super::words::{Abbreviation, abbreviation, is_speech, opens};

/// A place where a sentence may end.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PossibleEnd {
    /// Offset of the white space in the block.
    pub end: usize,
    /// Offset of what comes after the white space.
    pub next: usize,
}

/// How far from a place words are looked at, in bytes, so that a line without spaces costs no more than any other.
const LOOK: usize = 64;
/// How many words after a place are looked at.
const WORDS_AHEAD: usize = 4;

/// Marks that close a quotation or a bracket.
pub(super) fn closes(char: char) -> bool {
    matches!(char, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '}' | '“' | '*' | '_')
}

/// Marks that open a quotation or a bracket, and bullets.
fn opens_mark(char: char) -> bool {
    matches!(char, '"' | '“' | '‘' | '\'' | '«' | '(' | '[' | '{' | '”' | '’' | '*' | '_')
}

/// Marks that a sentence may end with.
pub(super) fn is_stop(char: char) -> bool {
    matches!(char, '.' | '?' | '!' | '…' | ':' | ';' | '—' | '–' | '-' | '。' | '！' | '？')
}

/// What is open at a place, and how long the sentence is so far.
#[derive(Copy, Clone, Debug, Default)]
pub struct SentenceState {
    /// How many brackets are open, round and square.
    pub brackets: u32,
    /// Whether a quotation is open.
    pub quoted: bool,
    /// How many words the sentence has so far.
    pub words: u32,
}

/// The two sides of a place, taken apart.
pub(super) struct Sides<'t> {
    /// The word before, without marks: "Mr", "U.S", "".
    pub before: &'t str,
    /// The word before that.
    earlier: &'t str,
    /// The stops after it: "." "?!" ""
    stop: &'t str,
    /// Closing marks after the stop.
    closers: &'t str,
    /// Opening marks before the next word.
    openers: &'t str,
    /// The next word, without marks.
    pub next: &'t str,
    /// The words after it, with their marks.
    ahead: &'t str,
}

impl<'t> Sides<'t> {
    pub(super) fn of(block: &'t str, place: PossibleEnd) -> Self {
        let mut from = place.end.saturating_sub(LOOK);
        while !block.is_char_boundary(from) {
            from += 1;
        }
        let before = &block[from..place.end];
        let (earlier, chunk) = before.rsplit_once(char::is_whitespace).unwrap_or(("", before));
        let earlier = earlier.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let core = chunk.trim_end_matches(closes);
        let closers = &chunk[core.len()..];
        let word = core.trim_end_matches(is_stop);
        let stop = &core[word.len()..];
        // `known”.`: what closes before the stop belongs to no word.
        let word = word.trim_matches(|char| closes(char) || opens_mark(char));

        let mut to = (place.next + LOOK).min(block.len());
        while !block.is_char_boundary(to) {
            to -= 1;
        }
        let after = &block[place.next..to];
        let chunk = after.split(char::is_whitespace).next().unwrap_or_default();
        let ahead = after[chunk.len()..].trim_start();
        let inner = chunk.trim_start_matches(opens_mark);
        let openers = &chunk[..chunk.len() - inner.len()];
        let next = inner.trim_end_matches(|char: char| !char.is_alphanumeric());
        Sides { before: word, earlier, stop, closers, openers, next, ahead }
    }

    /// Whether the stop is one full stop, as an abbreviation has it.
    pub(super) fn is_full_stop(&self) -> bool {
        self.stop == "." && self.closers.is_empty()
    }

    /// Whether the word before is a title and a capital follows: "Mr. Rourke", "Gov. Hale".
    pub(super) fn is_title(&self) -> bool {
        let capital = self.next.starts_with(char::is_uppercase);
        self.is_full_stop() && capital && abbreviation(self.before) == Some(Abbreviation::Title)
    }
}

fn shape_before(word: &str) -> &'static str {
    if let Some(abbreviation) = abbreviation(word) {
        return abbreviation.name();
    }
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return "none" };
    match (first, second) {
        ('I' | 'A', None) => "I",
        (first, None) if first.is_uppercase() => "initial",
        (first, None) if first.is_lowercase() => "letter",
        _ if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2) && !is_numeric(word) => {
            "dotted"
        }
        _ if is_numeric(word) && word.len() <= 2 => "number2",
        _ if is_numeric(word) => "number",
        _ if !word.chars().any(char::is_lowercase) => "caps",
        (first, _) if first.is_uppercase() => "capital",
        (first, _) if first.is_lowercase() => "lower",
        _ => "other",
    }
}

fn is_numeric(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit()) && !word.contains(char::is_alphabetic)
}

fn shape_next(word: &str) -> &'static str {
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return "none" };
    if first.is_ascii_digit() {
        "digit"
    } else if first.is_lowercase() {
        "lower"
    } else if !first.is_uppercase() {
        "other"
    } else if opens(word) {
        "opens"
    } else if second.is_none() {
        "initial"
    } else if word.chars().any(char::is_lowercase) {
        "capital"
    } else {
        "caps"
    }
}

/// Which kinds of marks there are, whatever their spelling.
fn kinds(marks: &str) -> &'static str {
    let has = |wanted: &[char]| marks.contains(wanted);
    match (has(&['"', '”', '“', '«', '»']), has(&['\'', '’', '‘']), has(&[')', '(']), has(&[']', '['])) {
        (false, false, false, false) => "",
        (true, _, false, false) => "quote",
        (true, ..) => "quote+bracket",
        (false, true, ..) => "single",
        (false, false, true, _) => "round",
        (false, false, false, true) => "square",
    }
}

fn stop_kind(stop: &str) -> &'static str {
    let mut chars = stop.chars();
    match (chars.next(), chars.next()) {
        (None, _) => "none",
        (Some('.'), None) => ".",
        (Some('?'), None) => "?",
        (Some('!'), None) => "!",
        (Some(':'), _) => ":",
        (Some(';'), _) => ";",
        (Some('—'), _) => "—",
        (Some('–'), _) => "–",
        (Some('-'), None) => "-",
        (Some('-'), _) => "--",
        (Some('…'), _) => "…",
        _ if stop.chars().all(|char| char == '.') => "…",
        _ if stop.contains(['?', '!']) => "?!",
        _ => "other",
    }
}

fn bucket(count: u32) -> &'static str {
    match count {
        0..=1 => "1",
        2 => "2",
        3..=4 => "3",
        5..=8 => "5",
        9..=20 => "9",
        _ => "21",
    }
}

/// Gives every feature of a place: a kind, and up to three values. Case matters only where a value says so.
pub fn features(block: &str, place: PossibleEnd, state: SentenceState, mut add: impl FnMut(&'static str, [&str; 3])) {
    let sides = Sides::of(block, place);
    let stop = stop_kind(sides.stop);
    let closers = kinds(sides.closers);
    let openers = kinds(sides.openers);
    let (before, next) = (shape_before(sides.before), shape_next(sides.next));
    let ahead = sides.ahead.split_whitespace().take(WORDS_AHEAD);
    let speech = ahead.clone().any(|word| is_speech(word.trim_end_matches([',', '.', ':'])));
    let quoted = if state.quoted { "in" } else { "out" };
    let second = sides.ahead.split_whitespace().next().unwrap_or_default();

    add("stop", [stop, closers, ""]);
    add("stop+next", [stop, next, openers]);
    add("stop+before", [stop, before, closers]);
    add("all", [stop, before, next]);
    add("closed+next", [stop, closers, next]);
    add("marks", [closers, openers, quoted]);
    add("stop+word", [stop, sides.before, ""]);
    add("stop+nextword", [stop, sides.next, if next == "lower" { "lower" } else { "" }]);
    add("before+nextword", [before, sides.next, next]);
    add("open", [stop, quoted, if state.brackets > 0 { "bracket" } else { "" }]);
    add("open+next", [quoted, next, if state.brackets > 0 { "bracket" } else { "" }]);
    add("length", [stop, bucket(state.words), ""]);
    add("left", [stop, bucket(block[place.next..].split_whitespace().take(21).count() as u32), next]);
    add("second", [stop, shape_next(second.trim_start_matches(opens_mark)), next]);
    if speech && !closers.is_empty() && openers.is_empty() {
        add("speech", [stop, closers, next]);
    }
    if before == "initial" || before == "title" || before == "dotted" || before == "place" {
        add("earlier", [before, shape_next(sides.earlier), next]);
    }
    if before.starts_with("number") {
        let behind = sides.earlier.ends_with(['.', '?', '!', '”', '"']);
        // "4. Gov. Hale" in a list; "on Jan. 4. Gov. Hale"; "paid a fee. 4 Yet".
        let role = match abbreviation(sides.earlier.trim_end_matches('.')) {
            _ if state.words <= 1 => "first",
            Some(abbreviation) => abbreviation.name(),
            None if behind => "behind",
            None => "",
        };
        add("numbered", [stop, role, next]);
    }
}
