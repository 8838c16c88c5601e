//! English: where a sentence may end, and whether it does.

pub use super::features::{PossibleEnd, SentenceState, features};
pub use super::weights::name;

use super::features::{Sides, closes, is_stop};
use super::trimmed;
use super::weights::score;
use super::words::opens;
use std::ops::Range;

/// Says whether a place is the end of a sentence, whatever the weights say; `None` leaves it to the next rule.
type EndRule = fn(&str, PossibleEnd, &Sides<'_>) -> Option<bool>;

/// The rules that are asked before the weights; the first that knows decides.
const RULES: &[EndRule] = &[blank_line, wide_stop, title, dateline];

/// A block of plain text may contain a blank line.
fn blank_line(block: &str, place: PossibleEnd, _: &Sides<'_>) -> Option<bool> {
    let gap = &block[place.end..place.next];
    (gap.bytes().filter(|byte| *byte == b'\n').count() > 1).then_some(true)
}

/// "船が着いた。港は静かだ。"
fn wide_stop(block: &str, place: PossibleEnd, _: &Sides<'_>) -> Option<bool> {
    let before = block[..place.end].trim_end_matches(closes);
    before.ends_with(['。', '！', '？']).then_some(true)
}

/// "Mr. Rourke", "Gov. Hale", "Lt. Col. Adler".
fn title(_: &str, _: PossibleEnd, sides: &Sides<'_>) -> Option<bool> {
    sides.is_title().then_some(false)
}

/// Maximum length of a dateline, in bytes.
const DATELINE: usize = 60;

/// "ST. LOUIS, March 3 (AP) — The ferry": a dateline belongs to the sentence after its dash.
fn dateline(block: &str, place: PossibleEnd, _: &Sides<'_>) -> Option<bool> {
    if place.next > DATELINE + 4 {
        return None;
    }
    let to = (0..=DATELINE.min(block.len())).rev().find(|at| block.is_char_boundary(*at))?;
    let head = &block[..to];
    let dash = [" — ", " – ", " -- ", " - "].iter().filter_map(|dash| head.find(dash)).min()?;
    let place_name = head[..dash].split([',', '(']).next().unwrap_or_default();
    let shouted = place_name.chars().filter(|char| char.is_uppercase()).count() > 2
        && !place_name.chars().any(char::is_lowercase)
        || head[..dash].ends_with(')') && head[..dash].contains('(') && place_name.starts_with(char::is_uppercase);
    let agency = head[..dash].ends_with(')') || shouted;
    (agency && place_name.split_whitespace().count() <= 4 && place.end <= dash + 5).then_some(false)
}

/// Gives each sentence of `buffer[range]` to `found`, in order.
pub fn split(buffer: &str, range: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
    let block = &buffer[range.clone()];
    let mut start = 0;
    places(block, |place, state| {
        let sides = Sides::of(block, place);
        let ends = RULES.iter().find_map(|rule| rule(block, place, &sides));
        let ends = ends.unwrap_or_else(|| score(block, place, state) > 0.0);
        if ends {
            trimmed(buffer, range.start + start..range.start + place.end, found);
            start = place.next;
        }
        ends
    });
    trimmed(buffer, range.start + start..range.end, found);
}

/// Gives `end` each place of a block where a sentence may end, in order, with what is open there; `end` says whether one does.
///
/// Such a place is white space after a stop, a closing mark, or a number (of a note). It is also the end of a full stop if
/// a capitalised word that usually opens a sentence follows at once ("on board.The ferry").
pub fn places(block: &str, mut end: impl FnMut(PossibleEnd, SentenceState) -> bool) {
    let mut state = SentenceState::default();
    let mut before = '\0';
    let mut chars = block.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char.is_whitespace() {
            let mut next = at + char.len_utf8();
            let mut broken = usize::from(char == '\n');
            while let Some((at, space)) = chars.next_if(|(_, char)| char.is_whitespace()) {
                next = at + space.len_utf8();
                broken += usize::from(space == '\n');
            }
            state.words += 1;
            let may = is_stop(before) || closes(before) || before.is_ascii_digit() || broken > 1;
            if may && at > 0 && next < block.len() && end(PossibleEnd { end: at, next }, state) {
                // A quotation stays open over the end of a sentence; a bracket that is never closed does not.
                state = SentenceState { words: 0, brackets: 0, quoted: state.quoted };
            }
            before = ' ';
            continue;
        }
        match char {
            '(' | '[' => state.brackets += 1,
            ')' | ']' => state.brackets = state.brackets.saturating_sub(1),
            '“' | '«' => state.quoted = true,
            '”' | '»' => state.quoted = false,
            '"' => state.quoted = !state.quoted,
            _ => {}
        }
        let glued = char == '.' && before.is_lowercase() && follows_at_once(&block[at + 1..]);
        let wide = matches!(char, '。' | '！' | '？');
        let next = at + char.len_utf8();
        let closed = wide && chars.peek().is_none_or(|(_, char)| !closes(*char) && !matches!(char, '」' | '』'));
        if (glued || closed) && next < block.len() && !block[next..].starts_with(char::is_whitespace) {
            let place = PossibleEnd { end: next, next };
            if end(place, state) {
                state.words = 0;
            }
        }
        before = char;
    }
}

/// Whether a word that opens a sentence follows a full stop without a space: "The ferry", but not the "Com" of "Booking.Com".
fn follows_at_once(rest: &str) -> bool {
    let word = rest.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    word.len() > 1 && word.starts_with(|char: char| char.is_ascii_uppercase()) && opens(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        split(text, 0..text.len(), &mut |range| found.push(&text[range]));
        found
    }

    /// Bars mark where sentences end. Wrapping the lines must change nothing.
    fn holds(marked: &str) {
        let expected: Vec<&str> = marked.split(" | ").collect();
        let text = marked.replace(" | ", " ");
        assert_eq!(sentences(&text), expected);
        let wrapped = text.replace(' ', "\n");
        let unwrapped: Vec<String> = sentences(&wrapped).iter().map(|sentence| sentence.replace('\n', " ")).collect();
        assert_eq!(unwrapped, expected, "wrapped");
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        holds("Mr. Rourke met J. Doe. | They talked.");
        holds("He left the U.S. | The ship sank.");
        holds("The U.S. Senate met. | Sen. Ada Moss (R-Maine) spoke.");
        holds("It sailed at 7 p.m. on Jan. 4. | Gov. Hale was on board.");
        holds("She works for Elm Corp. | The firm makes bells.");
    }

    #[test]
    fn what_closes_belongs_to_the_sentence() {
        holds("“We hit it.” | He left.");
        holds("It rose 3.5 percent. | (He knew.) | Then it fell.");
        holds("“Nobody came,” she said. | “We waited.”");
        holds("It has been so since 1901. [4] | The law is old.");
    }

    #[test]
    fn a_question_in_a_quotation_goes_on_with_who_asked_it() {
        holds("“Why?” she asked. | Nobody knew.");
        holds("“Why now?” Moss asked the committee.");
        holds("\"Who is there?\" he shouted. | \"Me,\" she said.");
    }

    #[test]
    fn a_dateline_belongs_to_the_first_sentence() {
        holds("ST. ELLERY, Maine, March 3 (CPA) — The ferry sank. | Six died.");
        holds("WASHINGTON, D.C. — A court ruled on Monday. | It was late.");
        holds("LORNE (Reuters) - Shares fell. | Bonds rose.");
    }

    #[test]
    fn a_full_stop_without_a_space_ends_a_sentence_where_the_next_word_opens_one() {
        assert_eq!(sentences("Six were on board.The ferry sank."), ["Six were on board.", "The ferry sank."]);
        assert_eq!(sentences("He works for Booking.Com in Lorne."), ["He works for Booking.Com in Lorne."]);
    }

    #[test]
    fn a_blank_line_ends_a_sentence() {
        assert_eq!(sentences("The ferry\n\nsank."), ["The ferry", "sank."]);
    }

    #[test]
    fn other_scripts_end_sentences_too() {
        assert_eq!(sentences("船が着いた。港は静かだ。"), ["船が着いた。", "港は静かだ。"]);
    }

    #[test]
    fn sentences_cover_all_but_white_space_whatever_stands_there() {
        for text in
            ["", " ", "...", "\"\"\" '' ((", "a", "? ! ?", "\u{301}\u{301} .\u{200d} 🚢.", "U.S. U.S. U.S.", "。。。"]
        {
            let covered: String = sentences(text).concat();
            let dense = |text: &str| text.chars().filter(|char| !char.is_whitespace()).collect::<String>();
            assert_eq!(dense(&covered), dense(text));
        }
    }

    #[test]
    fn a_line_without_a_space_or_of_marks_alone_takes_linear_time() {
        for text in ["a".repeat(1 << 20), ". ".repeat(1 << 18), "(\"".repeat(1 << 18), "U.S. ".repeat(1 << 17)] {
            assert!(sentences(&text).len() <= text.len());
        }
    }
}
