//! Quotation marks: which mark opens, which closes, and where a quotation runs on into the next paragraph.

use super::lists::words;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A style of quotation marks.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Style {
    /// “…”
    Curly,
    /// "…"
    Straight,
    /// «…»
    Angled,
    /// »…«
    AngledInward,
    /// „…“ or „…”
    Low,
    /// 「…」
    Corner,
    /// 『…』
    WhiteCorner,
    /// ‘…’
    Single,
    /// '…'
    SingleStraight,
}

impl Style {
    fn closes(self, mark: char) -> bool {
        match self {
            Style::Curly => mark == '”',
            Style::Straight => mark == '"',
            Style::Angled => mark == '»',
            Style::AngledInward => mark == '«',
            Style::Low => mark == '“' || mark == '”',
            Style::Corner => mark == '」',
            Style::WhiteCorner => mark == '』',
            Style::Single => mark == '’',
            Style::SingleStraight => mark == '\'',
        }
    }
}

/// The quotations of one block.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// Ranges from opening to closing mark, sorted, none inside another.
    pub closed: Vec<Range<usize>>,
    /// Where a quotation opens that the block does not close, with its mark.
    pub open: Option<(usize, char)>,
}

/// Pairs the marks of `buffer[range]`.
///
/// - Balanced curly marks nest; where more open than close, the last one to open is the one that is closed.
/// - Where curly marks do not balance, a straight one behind a word closes one: "“Too late," he said."
/// - A straight mark opens before a word and closes behind one.
/// - Single marks count where no double ones are open. An apostrophe never opens ("’90s", "'em") and never closes
///   inside a word; behind an s it closes only if nothing better follows ("‘the players’ union’").
pub(crate) fn pair(buffer: &str, range: Range<usize>) -> Marked {
    let Some(text) = buffer.get(range.clone()) else { return Marked::default() };
    let mut marked = Marked::default();
    if !text.contains(['“', '"', '«', '»', '„', '「', '『', '‘', '\'']) {
        return marked;
    }
    let (opening_marks, closing_marks) = (text.matches('“').count(), text.matches('”').count());
    let nests = opening_marks == closing_marks;
    let slips = opening_marks > closing_marks && text.matches('"').count() <= opening_marks - closing_marks;
    let mut open: Option<(usize, Style, u32)> = None;
    let mut skip_to = 0;
    let mut before = None;
    for (at, mark) in text.char_indices() {
        let prior = before.replace(mark);
        if at < skip_to {
            continue;
        }
        let after = || text[at + mark.len_utf8()..].chars().next();
        match open {
            Some((start, style, depth)) => {
                if style == Style::Curly && mark == '“' {
                    open = Some(if nests { (start, style, depth + 1) } else { (at, style, 0) });
                } else if mark == '"' && style == Style::Curly && slips && !opens_word(prior, after()) {
                    marked.closed.push(range.start + start..range.start + at + mark.len_utf8());
                    open = None;
                } else if style.closes(mark) && !(style == Style::Straight && opens_word(prior, after())) {
                    open = match depth {
                        0 => {
                            marked.closed.push(range.start + start..range.start + at + mark.len_utf8());
                            None
                        }
                        _ => Some((start, style, depth - 1)),
                    };
                }
            }
            None => match opening(mark, prior, after()) {
                Some(style @ (Style::Single | Style::SingleStraight)) => {
                    if let Some(end) = single_close(text, at, style) {
                        marked.closed.push(range.start + at..range.start + end);
                        skip_to = end;
                    }
                }
                Some(style) => open = Some((at, style, 0)),
                None => {}
            },
        }
    }
    if let Some((start, ..)) = open {
        marked.open = text[start..].chars().next().map(|mark| (range.start + start, mark));
    }
    marked
}

/// The style that a mark opens here, if it opens one.
fn opening(mark: char, before: Option<char>, after: Option<char>) -> Option<Style> {
    let style = match mark {
        '“' => Style::Curly,
        '„' => Style::Low,
        '«' => Style::Angled,
        '»' => Style::AngledInward,
        '「' => Style::Corner,
        '『' => Style::WhiteCorner,
        '"' => Style::Straight,
        '‘' => Style::Single,
        '\'' => Style::SingleStraight,
        _ => return None,
    };
    let fits = match style {
        Style::Corner | Style::WhiteCorner | Style::Curly | Style::Low => true,
        Style::Angled | Style::AngledInward => after.is_some_and(|char| !char.is_whitespace()),
        Style::Straight => opens_word(before, after),
        Style::Single | Style::SingleStraight => {
            opens_word(before, after) && !after.is_some_and(|char| char.is_ascii_digit())
        }
    };
    fits.then_some(style)
}

/// Whether a mark that looks alike on both sides stands before a word: nothing of a word before it, no space behind it.
fn opens_word(before: Option<char>, after: Option<char>) -> bool {
    let free =
        before.is_none_or(|char| char.is_whitespace() || matches!(char, '(' | '[' | '—' | '–' | '“' | '‘' | '"'));
    free && after.is_some_and(|char| !char.is_whitespace() && !matches!(char, ',' | '.' | ')' | ']' | ';' | ':'))
}

/// Words that begin with an apostrophe.
static CLIPPED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("../../data/en/clipped.txt")));

/// End of the single quotation that opens at `start`, before the next one opens.
fn single_close(text: &str, start: usize, style: Style) -> Option<usize> {
    let inside = start + text[start..].chars().next().map_or(1, char::len_utf8);
    let word: &str = text[inside..].split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    if CLIPPED.contains(word.to_lowercase().as_str()) {
        return None;
    }
    let mut fallback = None;
    let mut before = None;
    for (offset, char) in text[inside..].char_indices() {
        let at = inside + offset;
        let prior = before.replace(char);
        let after = text[at + char.len_utf8()..].chars().next();
        if style.closes(char)
            && !after.is_some_and(char::is_alphanumeric)
            && prior.is_some_and(|char| !char.is_whitespace())
        {
            let end = at + char.len_utf8();
            if prior != Some('s') {
                return Some(end);
            }
            fallback = Some(end);
        } else if matches!(opening(char, prior, after), Some(Style::Single | Style::SingleStraight)) {
            break;
        }
    }
    fallback
}

/// A quotation, perhaps over several paragraphs.
#[derive(Debug)]
pub(crate) struct Quotation {
    /// Its parts, marks included, each with the index of its block.
    pub parts: Vec<(usize, Range<usize>)>,
}

/// Quotations of a run of blocks, in order. `follows[b]` tells whether block `b` follows block `b - 1` on the page, both
/// being paragraphs.
///
/// A quotation that a paragraph leaves open goes on in the next one if that opens with the same mark; if it does not,
/// nobody knows where it ends, and it is left out.
pub(crate) fn quotations(buffer: &str, blocks: &[Range<usize>], follows: &[bool]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut running: Option<(Quotation, char)> = None;
    for (index, block) in blocks.iter().enumerate() {
        let mut marked = pair(buffer, block.clone());
        let first_mark = block.start + (buffer[block.clone()].len() - buffer[block.clone()].trim_start().len());
        if let Some((mut quotation, mark)) = running.take() {
            let goes_on =
                follows.get(index).copied().unwrap_or(false) && buffer[first_mark..block.end].starts_with(mark);
            if goes_on && marked.open.is_some_and(|(at, _)| at == first_mark) {
                quotation.parts.push((index, trim(buffer, first_mark..block.end)));
                running = Some((quotation, mark));
                continue;
            }
            if goes_on && marked.closed.first().is_some_and(|range| range.start == first_mark) {
                quotation.parts.push((index, marked.closed.remove(0)));
                found.push(quotation);
            }
        }
        found.extend(marked.closed.into_iter().map(|range| Quotation { parts: vec![(index, range)] }));
        if let Some((at, mark)) = marked.open {
            running = Some((Quotation { parts: vec![(index, trim(buffer, at..block.end))] }, mark));
        }
    }
    found.sort_by_key(|quotation| quotation.parts.first().map(|(_, range)| range.start));
    found
}

fn trim(buffer: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + buffer[range.clone()].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(text: &str) -> Vec<&str> {
        pair(text, 0..text.len()).closed.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn curly_and_straight_marks_pair() {
        assert_eq!(closed("He said “no,” then “yes.”"), ["“no,”", "“yes.”"]);
        assert_eq!(closed("\"No,\" he said. \"Yes, at 6'2\" tall.\""), ["\"No,\"", "\"Yes, at 6'2\""]);
    }

    #[test]
    fn nested_marks_stay_inside() {
        assert_eq!(closed("“He told us, ‘I have her word.’ Fine.” End"), ["“He told us, ‘I have her word.’ Fine.”"]);
        assert_eq!(closed("“A “nested” word.”"), ["“A “nested” word.”"]);
        assert_eq!(closed("\"'no vessel sails,'\" she said"), ["\"'no vessel sails,'\""]);
    }

    #[test]
    fn a_mark_that_is_never_closed_swallows_nothing() {
        assert_eq!(closed("A “lost mark. “We go,” he said."), ["“We go,”"]);
    }

    #[test]
    fn a_slip_of_the_pen_closes_too() {
        assert_eq!(closed("“Too late,\" he said. “Go.”"), ["“Too late,\"", "“Go.”"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(closed("The players’ union don’t mind the ’90s or 'em."), Vec::<&str>::new());
        assert_eq!(closed("‘The players’ union won’t go,’ he said"), ["‘The players’ union won’t go,’"]);
        assert_eq!(closed("'It's ours,' he said"), ["'It's ours,'"]);
    }

    #[test]
    fn marks_of_other_languages_are_recognised() {
        assert_eq!(closed("Er sagte: „Nein.“ Dann"), ["„Nein.“"]);
        assert_eq!(closed("Она сказала: «Нет»."), ["«Нет»"]);
        assert_eq!(closed("「出た」と言った"), ["「出た」"]);
    }

    #[test]
    fn a_quotation_runs_on_where_the_next_paragraph_opens_with_its_mark() {
        let text = "“One.\n“Two.\n“Three,” he said.";
        let blocks = [0..7, 8..15, 16..text.len()];
        let blocks: Vec<Range<usize>> = blocks.to_vec();
        let found = quotations(text, &blocks, &[false, true, true]);
        assert_eq!(found.len(), 1);
        let parts: Vec<&str> = found[0].parts.iter().map(|(_, range)| &text[range.clone()]).collect();
        assert_eq!(parts, ["“One.", "“Two.", "“Three,”"]);
        assert_eq!(quotations(text, &blocks, &[false, true, false]).len(), 1, "the last alone");
    }
}
