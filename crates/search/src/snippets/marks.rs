//! Which words of a text a query was about, for snippets and lists.

use crate::query::{Leaf, Query, WordField, Words};
use crate::text::{Stem, Stems, Word, WordKind, Words as Cut};
use std::collections::HashMap;
use std::ops::Range;

/// The words that a query asks for, ready to be found in texts. Words that are to be left out are not among them.
pub(crate) struct Marker {
    wanted: Vec<WantedWords>,
    stems: Stems,
    /// The terms of the wanted words, by the language of the text.
    terms: HashMap<Stem, Vec<Vec<String>>>,
}

/// One condition on words.
struct WantedWords {
    field: WordField,
    words: Vec<Word>,
    manner: Manner,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Manner {
    /// Side by side, in this order.
    Together,
    /// All of them, somewhere.
    Near,
    /// The last is the beginning of a word.
    Beginning,
}

/// A stretch of a text and the condition that it meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub bytes: Range<usize>,
    pub wanted: usize,
}

impl Marker {
    pub fn of(query: &Query) -> Marker {
        let mut wanted = Vec::new();
        query.each_leaf(&mut |leaf, negated| {
            let Leaf::Words { field, words } = leaf else { return };
            if negated {
                return;
            }
            let (text, manner) = match words {
                Words::Word(word) => (word, Manner::Together),
                Words::Phrase { words, within: 0 } => (words, Manner::Together),
                Words::Phrase { words, .. } => (words, Manner::Near),
                Words::Prefix(word) => (word, Manner::Beginning),
            };
            let mut words: Vec<Word> = Cut::of(text).collect();
            // The last character of a stretch says nothing that its pair does not.
            let mut nth = 1;
            while nth < words.len() {
                let (before, word) = (&words[nth - 1], &words[nth]);
                let doubled =
                    word.kind == WordKind::Pair && before.kind == WordKind::Pair && before.bytes.end == word.bytes.end;
                if doubled {
                    words.remove(nth);
                } else {
                    nth += 1;
                }
            }
            if !words.is_empty() {
                wanted.push(WantedWords { field: *field, words, manner });
            }
        });
        Marker { wanted, stems: Stems::default(), terms: HashMap::new() }
    }

    /// How many conditions look into one of these fields.
    pub fn wanted_in(&self, fields: &[WordField]) -> usize {
        self.wanted.iter().filter(|wanted| fields.contains(&wanted.field)).count()
    }

    /// Where the words asked for in one of `fields` stand in a text; in order, without overlaps.
    pub fn marks(&mut self, text: &str, stem: Stem, fields: &[WordField]) -> Vec<Mark> {
        if self.wanted_in(fields) == 0 {
            return Vec::new();
        }
        let Marker { wanted, stems, terms } = self;
        let terms = terms.entry(stem).or_insert_with(|| {
            let mut term = |word: &Word| {
                let mut out = String::new();
                stems.term(stem, word, &mut out);
                out
            };
            wanted.iter().map(|wanted| wanted.words.iter().map(&mut term).collect()).collect()
        });
        // Words of the text that begin like none of those asked for are not worth a stem.
        let mut cut: Vec<(Word, String)> = Vec::new();
        for word in Cut::of(text) {
            let mut term = String::new();
            stems.term(stem, &word, &mut term);
            cut.push((word, term));
        }
        let mut marks = Vec::new();
        for (nth, wanted) in wanted.iter().enumerate().filter(|(_, wanted)| fields.contains(&wanted.field)) {
            let terms = &terms[nth];
            for at in 0..cut.len() {
                let found = match wanted.manner {
                    Manner::Together => together(&cut[at..], wanted, terms),
                    Manner::Near => (0..terms.len())
                        .find(|which| fits(&cut[at], &wanted.words[*which], &terms[*which]))
                        .map(|_| cut[at].0.bytes.clone()),
                    Manner::Beginning => beginning(&cut[at], wanted, terms),
                };
                marks.extend(found.map(|bytes| Mark { bytes, wanted: nth }));
            }
        }
        without_overlaps(marks)
    }
}

fn together(cut: &[(Word, String)], wanted: &WantedWords, terms: &[String]) -> Option<Range<usize>> {
    let mut end = 0;
    for (nth, (word, term)) in wanted.words.iter().zip(terms).enumerate() {
        let at = cut.get(nth)?;
        if !fits(at, word, term) {
            return None;
        }
        end = at.0.bytes.end;
    }
    Some(cut.first()?.0.bytes.start..end)
}

fn fits((word, term): &(Word, String), wanted: &Word, wanted_term: &str) -> bool {
    let one_character = wanted.kind == WordKind::Pair && wanted.folded.chars().count() == 1;
    if one_character {
        return word.kind == WordKind::Pair && word.folded.starts_with(&wanted.folded);
    }
    term == wanted_term || word.folded == wanted.folded
}

fn beginning(at: &(Word, String), wanted: &WantedWords, terms: &[String]) -> Option<Range<usize>> {
    let last = wanted.words.len() - 1;
    let begins = at.0.folded.starts_with(&wanted.words[last].folded);
    let whole = (0..last).any(|nth| fits(at, &wanted.words[nth], &terms[nth]));
    (begins || whole).then(|| at.0.bytes.clone())
}

/// Sorted; of two that overlap the longer stays, joined with what overlaps it.
fn without_overlaps(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.bytes.start, std::cmp::Reverse(mark.bytes.end)));
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match out.last_mut() {
            Some(last) if mark.bytes.start < last.bytes.end => last.bytes.end = last.bytes.end.max(mark.bytes.end),
            _ => out.push(mark),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn marked(query: &str, language: &str, text: &str) -> Vec<String> {
        let mut marker = Marker::of(&parse(query).unwrap());
        let marks = marker.marks(text, Stem::of_language(Some(language)), &[WordField::Anywhere]);
        marks.into_iter().map(|mark| text[mark.bytes].to_owned()).collect()
    }

    #[test]
    fn words_are_marked_in_every_form_and_phrases_as_a_whole() {
        let text = "Strikes hit Sumy; the strike on Sumy's centre struck.";
        assert_eq!(marked("striking sumy", "en", text), ["Strikes", "Sumy", "strike", "Sumy", "struck"]);
        assert_eq!(marked("\"strike on sumy\"", "en", text), ["strike on Sumy"]);
        assert_eq!(marked("\"sumy strike\"~3", "en", text), ["Strikes", "Sumy", "strike", "Sumy", "struck"]);
        assert_eq!(marked("stru*", "en", text), ["struck"]);
        assert_eq!(marked("-sumy said:strike", "en", text), [""; 0]);
        assert_eq!(marked("elysee", "fr", "à l’Élysée"), ["Élysée"]);
    }

    #[test]
    fn scripts_without_spaces_are_marked_by_stretches() {
        assert_eq!(marked("渡船が", "ja", "その渡船が港に"), ["渡船が"]);
        assert_eq!(marked("港", "ja", "渡船が港に"), ["港に"]);
    }
}
