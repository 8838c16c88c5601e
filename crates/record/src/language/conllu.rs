//! CoNLL-U: a sentence of ten columns a word, as linguists' tools read it.

use crate::CodePoints;
use onrecord_document::{Document, Iob, Pos, Token};
use std::io::{self, Write};
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Writes the sentences of a parsed document in CoNLL-U, valid at level 1 of the official validation.
///
/// White-space tokens are no words there: they are folded into the word before them (`SpacesAfter` in MISC, as UDPipe
/// writes it), or into the first word behind them (`SpacesBefore`). MISC also tells where a word stands in the text
/// (`TokenRange`, in code points) and the entity it is part of (`NER`). The relations are the model's own, but for `root`.
/// Forms are normalised to NFC, as the format demands, and control characters, which a terminal would obey, are U+FFFD. A
/// document without words gives nothing.
pub fn conllu(document: &Document, model: &str, out: &mut impl Write) -> io::Result<()> {
    let points = CodePoints::of(document.text());
    let tokens: Vec<Token<'_>> = document.tokens().collect();
    let mut sheet = ConlluSheet { document, points: &points, tokens: &tokens, columns: String::new() };
    let mut written = 0;
    for sentence in sentences(&tokens) {
        let words: Vec<usize> = sentence.filter(|at| !is_space(tokens[*at])).collect();
        if words.is_empty() {
            continue;
        }
        if written == 0 {
            writeln!(out, "# newdoc id = {}", plain(&document.capture().id))?;
            writeln!(out, "# generator = Onrecord, {model}")?;
        }
        written += 1;
        sheet.sentence(written, &words, out)?;
    }
    Ok(())
}

/// The sentences as ranges of tokens, as the model starts them.
fn sentences<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = Range<usize>> + 't {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= tokens.len() {
            return None;
        }
        let next = (start + 1..tokens.len()).find(|at| tokens[*at].starts_sentence()).unwrap_or(tokens.len());
        Some(std::mem::replace(&mut start, next)..next)
    })
}

fn is_space(token: Token<'_>) -> bool {
    token.text().chars().all(is_white)
}

/// White space, and the separators U+001C to U+001F, which Python, and so the validation, takes for it.
fn is_white(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}

/// What the sentences of one document share.
struct ConlluSheet<'a> {
    document: &'a Document,
    points: &'a CodePoints<'a>,
    tokens: &'a [Token<'a>],
    columns: String,
}

impl ConlluSheet<'_> {
    fn sentence(&mut self, number: usize, words: &[usize], out: &mut impl Write) -> io::Result<()> {
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Ok(()) };
        let text = self.document.text();
        let spoken = &text[self.tokens[first].span().start()..self.tokens[last].span().end()];
        writeln!(out, "# sent_id = {}-{number}", plain(&self.document.capture().id).replace(' ', "_"))?;
        writeln!(out, "# text = {}", plain(spoken))?;
        let heads = self.heads(words);
        for (nth, at) in words.iter().enumerate() {
            self.word(nth, *at, heads[nth], first)?;
            out.write_all(self.columns.as_bytes())?;
        }
        out.write_all(b"\n")
    }

    /// The head of each word, by its place among the words from 1, 0 for the root. What depends on white space depends on
    /// what that depends on; there is one root.
    fn heads(&self, words: &[usize]) -> Vec<usize> {
        let mut root = None;
        let heads: Vec<Option<usize>> = words
            .iter()
            .enumerate()
            .map(|(nth, at)| {
                let mut token = self.tokens[*at];
                // No way up is longer than there are tokens.
                for _ in 0..=self.tokens.len() {
                    let head = token.head();
                    if head.index() == token.index() {
                        root.get_or_insert(nth);
                        return None;
                    }
                    if let Ok(place) = words.binary_search(&head.index()) {
                        return Some(place + 1);
                    }
                    token = head;
                }
                None
            })
            .collect();
        let root = root.unwrap_or(0);
        let of = |(nth, head): (usize, Option<usize>)| if nth == root { 0 } else { head.unwrap_or(root + 1) };
        heads.into_iter().enumerate().map(of).collect()
    }

    fn word(&mut self, nth: usize, at: usize, head: usize, first: usize) -> io::Result<()> {
        let token = self.tokens[at];
        let or_none = |name: &str| if name.is_empty() { "_".to_owned() } else { plain(name) };
        let relation = if head == 0 { "root" } else { token.dep() };
        let upos = if token.pos() == Pos::None { "_" } else { token.pos().name() };
        self.columns = format!(
            "{}\t{}\t{}\t{upos}\t{}\t{}\t{head}\t{}\t_\t{}\n",
            nth + 1,
            plain(token.text()),
            or_none(token.lemma()),
            or_none(token.tag()),
            or_none(token.morph()),
            // Only a word that another's missing root became has none.
            if relation.is_empty() || relation == "ROOT" && head != 0 { "dep" } else { relation },
            self.misc(at, first),
        );
        Ok(())
    }

    fn misc(&self, at: usize, first: usize) -> String {
        let token = self.tokens[at];
        let text = self.document.text();
        let mut misc = Vec::new();
        let entity = token.ent_type();
        if token.ent_iob() != Iob::Outside && !entity.is_empty() {
            misc.push(format!("NER={}-{entity}", token.ent_iob().name()));
        }
        // Between this word and the next, of whatever sentence, stands nothing but white space.
        let next = self.tokens[at + 1..].iter().find(|token| !is_space(**token));
        let end = next.map_or(text.len(), |next| next.span().start());
        match &text[token.span().end()..end] {
            "" if next.is_some() => misc.push("SpaceAfter=No".to_owned()),
            " " | "" => {}
            spaces => misc.push(format!("SpacesAfter={}", escaped(spaces))),
        }
        let leads = at == first && self.tokens[..at].iter().all(|token| is_space(*token));
        if leads && token.span().start() > 0 {
            misc.push(format!("SpacesBefore={}", escaped(&text[..token.span().start()])));
        }
        let [start, end] = self.points.span(token.span());
        misc.push(format!("TokenRange={start}:{end}"));
        misc.join("|")
    }
}

/// Words as a column or a comment may hold them: in NFC, white space of any kind one space, and no control characters.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut spaced = false;
    for char in words.trim_matches(is_white).chars() {
        let space = is_white(char);
        if space && !spaced {
            out.push(' ');
        } else if crate::json::steers_terminal(char) || (char.is_control() && !space) {
            out.push('\u{FFFD}');
        } else if !space {
            out.push(char);
        }
        spaced = space;
    }
    if is_nfc(&out) { out } else { out.nfc().collect() }
}

/// White space as UDPipe writes it in MISC.
fn escaped(spaces: &str) -> String {
    let mut out = String::with_capacity(spaces.len() * 2);
    for space in spaces.chars() {
        match space {
            ' ' => out.push_str("\\s"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            other => {
                let _ = std::fmt::Write::write_fmt(&mut out, format_args!("\\u{:04X}", u32::from(other)));
            }
        }
    }
    out
}
