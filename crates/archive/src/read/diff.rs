//! What changed between two versions of an article, word by word.

use imara_diff::{Algorithm, Diff, InternedInput};
use onrecord_document::BlockRole;

use crate::Words;

/// A stretch of words that stayed, went or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What became of them.
    pub fate: Fate,
    /// The words, with the white space that follows them.
    pub words: String,
}

/// What became of words from one version to the next.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Fate {
    Stayed,
    Went,
    Came,
}

/// Compares the articles of two versions: headline, standfirst, captions and body in the order of the page, furniture left
/// out. Blocks are compared first, then the words of those that differ.
///
/// Time is bounded by the method (histogram diff with its heuristics), not by the clock: the same two texts always give
/// the same answer.
pub fn compare(before: &Words, after: &Words) -> Vec<Stretch> {
    let (before, after) = (paragraphs(before), paragraphs(after));
    let mut found = Stretches::default();
    for part in aligned(&before, &after) {
        match part {
            Part::Same(same) => same.iter().for_each(|words| found.push(Fate::Stayed, words)),
            Part::Differs(went, came) => {
                let (went, came) = (went.concat(), came.concat());
                let (went, came) = (tokens(&went), tokens(&came));
                for part in aligned(&went, &came) {
                    match part {
                        Part::Same(same) => same.iter().for_each(|words| found.push(Fate::Stayed, words)),
                        Part::Differs(went, came) => {
                            went.iter().for_each(|words| found.push(Fate::Went, words));
                            came.iter().for_each(|words| found.push(Fate::Came, words));
                        }
                    }
                }
            }
        }
    }
    found.0
}

/// The blocks that are the article's, in the order of the page, each with a line break.
fn paragraphs(words: &Words) -> Vec<String> {
    let mut blocks: Vec<_> = words.blocks.iter().collect();
    blocks.retain(|block| block.kind.role() != BlockRole::Furniture && block.repeats.is_none());
    blocks.sort_by_key(|block| block.order);
    blocks.iter().map(|block| format!("{}\n", words.words(block.span))).collect()
}

/// Words with the white space behind them; scripts without spaces give one token a character.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, char) in text.char_indices() {
        let begins = !char.is_whitespace() && before.is_whitespace();
        if at > start && (begins || stands_alone(char) || stands_alone(before)) {
            tokens.push(&text[start..at]);
            start = at;
        }
        before = char;
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

/// Han, kana and Hangul syllables, and Thai: written without spaces between words, or with few.
fn stands_alone(char: char) -> bool {
    matches!(char, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

enum Part<'a, T> {
    Same(&'a [T]),
    Differs(&'a [T], &'a [T]),
}

fn aligned<'a, T: AsRef<str> + std::hash::Hash + Eq>(before: &'a [T], after: &'a [T]) -> Vec<Part<'a, T>> {
    let mut input: InternedInput<&str> = InternedInput::default();
    input.update_before(before.iter().map(AsRef::as_ref));
    input.update_after(after.iter().map(AsRef::as_ref));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut parts = Vec::new();
    let (mut old, mut new) = (0, 0);
    for hunk in diff.hunks() {
        let (went, came) = (hunk.before.start as usize, hunk.after.start as usize);
        parts.push(Part::Same(&before[old..went]));
        (old, new) = (hunk.before.end as usize, hunk.after.end as usize);
        parts.push(Part::Differs(&before[went..old], &after[came..new]));
    }
    let _ = new;
    parts.push(Part::Same(&before[old..]));
    parts
}

#[derive(Default)]
struct Stretches(Vec<Stretch>);

impl Stretches {
    fn push(&mut self, fate: Fate, words: &str) {
        match self.0.last_mut() {
            Some(last) if last.fate == fate => last.words.push_str(words),
            _ => self.0.push(Stretch { fate, words: words.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::{Block, BlockKind};
    use onrecord_span::TextBuffer;

    fn article(lines: &[(&str, BlockKind)]) -> Words {
        let text: Vec<&str> = lines.iter().map(|(words, _)| *words).collect();
        let buffer = TextBuffer::new(text.join("\n")).unwrap();
        let mut at = 0;
        let mut blocks = Vec::new();
        for (order, (words, kind)) in lines.iter().enumerate() {
            let span = buffer.span(at..at + words.len()).unwrap();
            blocks.push(Block { kind: *kind, span, order: order as u32, repeats: None });
            at += words.len() + 1;
        }
        Words { text_len: buffer.as_str().len(), buffer, blocks }
    }

    fn shown(before: &[(&str, BlockKind)], after: &[(&str, BlockKind)]) -> String {
        let mark = |stretch: &Stretch| match stretch.fate {
            Fate::Stayed => stretch.words.clone(),
            Fate::Went => format!("[-{}-]", stretch.words),
            Fate::Came => format!("{{+{}+}}", stretch.words),
        };
        compare(&article(before), &article(after)).iter().map(mark).collect()
    }

    #[test]
    fn a_number_that_changed_is_all_that_is_shown_as_changed() {
        use BlockKind::{Other, Paragraph};
        let before = [("Four people died.", Paragraph), ("The ferry sank.", Paragraph), ("Read also", Other)];
        let after = [("Six people died.", Paragraph), ("The ferry sank.", Paragraph), ("More news", Other)];
        assert_eq!(shown(&before, &after), "[-Four -]{+Six +}people died.\nThe ferry sank.\n");
        assert_eq!(shown(&before, &before), "Four people died.\nThe ferry sank.\n");
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_character() {
        let before = [("死者は四人だ", BlockKind::Paragraph)];
        let after = [("死者は六人だ", BlockKind::Paragraph)];
        assert_eq!(shown(&before, &after), "死者は[-四-]{+六+}人だ\n");
    }

    #[test]
    fn two_long_texts_without_a_word_in_common_are_compared_in_a_moment() {
        let words = |letter: char| (0..200_000).map(|nth| format!("{letter}{nth} ")).collect::<String>();
        let (before, after) = (words('a'), words('b'));
        let (before, after) = ([(&*before, BlockKind::Paragraph)], [(&*after, BlockKind::Paragraph)]);
        assert_eq!(compare(&article(&before), &article(&after)).len(), 2);
    }
}
