//! Statements from the parse beside the quotations found by their marks: each words of an article are one statement's.

use super::parsed::{Claim, read};
use super::refusals::mark_refusal;
use super::rules::scene::Attribution;
use super::writer::StatementWriter;
use crate::people::cast::Cast;
use crate::tagger::StatementTagger;
use crate::words::lexicon::PREPOSITION;
use crate::words::marks::Quotation;
use crate::words::phrase::{Phrase, PhraseKind, PhraseSide, phrase};
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::{BlockKind, Document, Pos, SourceKind, Sourcing, Statement, StatementForm, Terms};
use onrecord_span::{ContentId, Span, Text};
use std::ops::Range;

/// Adds to the statements found by quotation marks the statements that the parse tells. A claim that overlaps a statement is
/// left out, except where the statement is a few marked words of it: then it is one mixed claim.
pub(crate) fn add_statements(
    writer: &StatementWriter,
    blocks: &[Range<usize>],
    found: &[Quotation],
    cast: &mut Cast,
    statements: &mut Vec<Statement>,
) {
    let mut reader = StatementTagger::default();
    let mut marked: Vec<Vec<Range<usize>>> = vec![Vec::new(); blocks.len()];
    for (block, part) in found.iter().flat_map(|quotation| &quotation.parts) {
        if let Some(parts) = marked.get_mut(*block) {
            parts.push(part.clone());
        }
    }
    let block_of = |span: &Span<Text>| blocks.partition_point(|block| block.end <= span.start());
    // The statements that have words in each block.
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); blocks.len()];
    for (at, statement) in statements.iter().enumerate() {
        for block in statement.content.iter().chain(&statement.cue).map(block_of) {
            if let Some(near) = near.get_mut(block).filter(|near| near.last() != Some(&at)) {
                near.push(at);
            }
        }
    }
    // A table's cells are no sentences.
    let prose: Vec<bool> = writer.document.fact_blocks().map(|block| block.kind != BlockKind::Table).collect();
    for ((block, range), quoted) in blocks.iter().enumerate().zip(&mut marked) {
        if prose.get(block) != Some(&true) {
            continue;
        }
        let Some(span) = writer.document.span(range.clone()) else { continue };
        quoted.sort_by_key(|part| part.start);
        for mut claim in read(writer.document, writer.lexicon, span, quoted, &mut reader) {
            let replaced = match Beside::of(&claim, statements, &near[block], quoted, writer.buffer) {
                Beside::Nothing | Beside::Inside => None,
                Beside::PartOfIt(statement) => Some(statement),
                Beside::SameCue(statement) if claim.learned && statements[statement].form == StatementForm::Direct => {
                    extend_source(&claim, &mut statements[statement], writer.document);
                    extend_content(&claim, &mut statements[statement], quoted, writer.buffer);
                    continue;
                }
                Beside::SameCue(statement) if statements[statement].sourcing.terms == Terms::DeclinedToComment => {
                    continue;
                }
                Beside::SameCue(statement) if claim.learned => {
                    claim.content = joined(&claim, &statements[statement]);
                    Some(statement)
                }
                Beside::SameCue(_) | Beside::Another => continue,
            };
            let Some(mut statement) = writer.statement_of_claim(block, &claim, quoted, cast) else { continue };
            mark_refusal(writer.document, &mut statement);
            match replaced {
                Some(at) => statements[at] = statement,
                None => statements.push(statement),
            }
        }
    }
}

/// What a claim meets among the statements.
enum Beside {
    Nothing,
    /// A statement with a cue of its own inside the content: a report of a report keeps both ends.
    Inside,
    /// A statement of the words that it has in marks.
    PartOfIt(usize),
    /// A statement with the same cue.
    SameCue(usize),
    /// A statement of the same words, or of the words around.
    Another,
}

impl Beside {
    fn of(claim: &Claim, statements: &[Statement], near: &[usize], quoted: &[Range<usize>], buffer: &str) -> Self {
        let meets = |statement: &Statement| {
            overlap(&statement.content, &claim.content)
                || overlap(&statement.cue, &[claim.cue])
                || overlap(&statement.content, &[claim.cue])
        };
        let mut met = near.iter().copied().filter(|at| meets(&statements[*at]));
        let (Some(first), second) = (met.next(), met.next()) else { return Beside::Nothing };
        let statement = &statements[first];
        let (own, theirs) = (letters(buffer, &claim.content), letters(buffer, &statement.content));
        let outside = own - claim.content.iter().map(|part| inside(buffer, part.range(), quoted)).sum::<usize>();
        let ranges: Vec<Range<usize>> = claim.content.iter().map(|part| part.range()).collect();
        let shared: usize = statement.content.iter().map(|part| inside(buffer, part.range(), &ranges)).sum();
        let is_part = second.is_none()
            && shared > 0
            && outside * MOST_MARKED.1 > own * MOST_MARKED.0
            && (theirs - shared) * MOST_BEYOND.1 <= theirs * MOST_BEYOND.0
            && own > theirs
            && is_fragment(buffer, &statement.content)
            && !overlap(&statement.content, &[claim.cue]);
        if second.is_none() && own > theirs && overlap(&statement.cue, &claim.content) && theirs == shared {
            return Beside::Inside;
        }
        if is_part {
            return Beside::PartOfIt(first);
        }
        match near.iter().copied().find(|at| overlap(&statements[*at].cue, &[claim.cue])) {
            Some(same) if second.is_none() => Beside::SameCue(same),
            _ => Beside::Another,
        }
    }
}

/// A quotation's source as far as the network reads it, where that begins alike: "Podesta, a chief of staff" goes on "to the
/// president", "Solheim" goes on ", the harbour master". What a clause says of somebody stays away: "said Solheim, who was
/// on the quay". Marks tell the quotation's words, and its rule knows the cue.
fn extend_source(claim: &Claim, statement: &mut Statement, document: &Document) {
    let ([own], Some(longer)) = (statement.source.as_mut_slice(), claim.source) else { return };
    let behind_cue = statement.cue.first().is_some_and(|cue| cue.start() < own.start());
    let Some(longer) = without_clause(document, *own, longer, behind_cue) else { return };
    let taken = overlap(&statement.content, &[longer]) || overlap(&statement.cue, &[longer]);
    let ends_open = OPENING.iter().any(|word| document.words(longer).ends_with(word));
    if longer.start() == own.start() && longer.end() > own.end() && !taken && !ends_open {
        *own = longer;
    }
}

/// Words that open a clause: a source that ends in one was cut in two.
const OPENING: [&str; 4] = [" who", " whom", " whose", " which"];

/// The source up to the comma behind which it goes on with a clause: always with a participle ("a banner, carried by two
/// boys"), behind the cue also with "who" or "when".
fn without_clause(document: &Document, own: Span<Text>, longer: Span<Text>, behind_cue: bool) -> Option<Span<Text>> {
    let text = document.words(longer);
    let from = own.end().checked_sub(longer.start())?;
    let cut = text.get(from..)?.match_indices(',').map(|(at, _)| from + at).find(|comma| {
        let next = text[comma + 1..].trim_start();
        let start = longer.end() - next.len();
        let tokens = document.layers.tokens.iter();
        let span = document.span(start..longer.end());
        let mut tokens = tokens.zip(span).flat_map(|(layer, span)| layer.within(span));
        let Some(token) = tokens.next().and_then(|at| document.token(at)) else { return false };
        let opens = matches!(token.tag(), "WP" | "WP$" | "WDT" | "WRB") || token.dep() == "mark";
        matches!(token.tag(), "VBN" | "VBG") || behind_cue && opens
    });
    document.span(longer.start()..longer.start() + cut.unwrap_or(text.len()))
}

/// Adds to a quotation those that the network reads as its second half, where nothing else has them: "“We sail,” she said on
/// the quay. It was dark. “We sail at dawn.”"
fn extend_content(claim: &Claim, statement: &mut Statement, quoted: &[Range<usize>], buffer: &str) {
    if claim.confidence < SURE {
        return;
    }
    let fits = |part: &&Span<Text>| {
        let part = **part;
        let marked = inside(buffer, part.range(), quoted) == letters(buffer, &[part]);
        marked && [&statement.content, &statement.cue, &statement.source].iter().all(|own| !overlap(own, &[part]))
    };
    let more: Vec<Span<Text>> = claim.content.iter().filter(fits).copied().collect();
    statement.content.extend(more);
    statement.content.sort();
}

/// A claim of which the network is as sure as of those that are right nine times in ten.
const SURE: f32 = 0.9;

/// What a claim and the statement with the same cue say together: the claim's words, and those of the statement that stand
/// apart from them, as a second quotation that floats behind the first does.
fn joined(claim: &Claim, statement: &Statement) -> Vec<Span<Text>> {
    let mut content = claim.content.clone();
    let apart = |part: &&Span<Text>| {
        let part = std::slice::from_ref(*part);
        let taken = overlap(&claim.content, part) || overlap(&[claim.cue], part);
        !taken && !claim.source.is_some_and(|source| overlap(&[source], part))
    };
    content.extend(statement.content.iter().filter(apart));
    content.sort();
    content
}

/// A claim with less than 15 % of its letters outside quotation marks is the quotation.
const MOST_MARKED: (usize, usize) = (15, 100);
/// A quotation with more than 30 % of its letters beyond a claim is no part of it.
const MOST_BEYOND: (usize, usize) = (30, 100);

/// Whether quoted words begin in the middle of a sentence: "said the plan was “a farce”".
fn is_fragment(buffer: &str, content: &[Span<Text>]) -> bool {
    let first = content.first().and_then(|part| buffer[part.range()].chars().find(|char| char.is_alphanumeric()));
    first.is_some_and(char::is_lowercase)
}

fn overlap(first: &[Span<Text>], second: &[Span<Text>]) -> bool {
    first.iter().any(|a| second.iter().any(|b| a.start() < b.end() && b.start() < a.end()))
}

/// Letters and digits of spans.
fn letters(buffer: &str, spans: &[Span<Text>]) -> usize {
    spans.iter().map(|span| buffer[span.range()].chars().filter(|char| char.is_alphanumeric()).count()).sum()
}

/// Letters and digits of a range that lie in one of the ranges.
fn inside(buffer: &str, range: Range<usize>, ranges: &[Range<usize>]) -> usize {
    let counts = ranges.iter().map(|other| {
        let shared = range.start.max(other.start)..range.end.min(other.end);
        buffer.get(shared).map_or(0, |text| text.chars().filter(|char| char.is_alphanumeric()).count())
    });
    counts.sum()
}

impl StatementWriter<'_> {
    /// The statement of a claim; `None` where its cue or source stands inside somebody's quotation.
    fn statement_of_claim(
        &self,
        block: usize,
        claim: &Claim,
        quoted: &[Range<usize>],
        cast: &mut Cast,
    ) -> Option<Statement> {
        let cue = self.tokens_of(block, claim.cue)?;
        let own = letters(self.buffer, &claim.content);
        let marked: usize = claim.content.iter().map(|part| inside(self.buffer, part.range(), quoted)).sum();
        let form = match marked {
            0 => StatementForm::Indirect,
            marked if marked == own => StatementForm::Direct,
            _ => StatementForm::Mixed,
        };
        let Some(source) = claim.source else {
            return Some(Statement {
                id: ContentId::of([]),
                content: claim.content.clone(),
                cue: vec![claim.cue],
                source: Vec::new(),
                form,
                act: claim.act,
                speaker: None,
                sourcing: Sourcing::new(SourceKind::None, Terms::Unstated),
                confidence: claim.confidence,
            });
        };
        let (first, end) = self.phrase_of(block, claim.antecedent.unwrap_or(source))?;
        let source_phrase = self.phrase_between(block, first, end);
        let behind = claim.content.last().is_some_and(|last| last.end() <= claim.cue.start());
        let attribution = Attribution {
            block,
            cue,
            act: claim.act,
            end: cue.1.max(if source.start() >= claim.cue.end() { end } else { cue.1 }),
            source: source_phrase,
            behind,
            opening: None,
            confidence: claim.confidence,
        };
        let content = claim.content.clone();
        let mut statement = self.attributed(content, form, &attribution, claim.confidence, cast)?;
        statement.cue = vec![claim.cue];
        statement.source = vec![source];
        Some(statement)
    }

    /// The tokens of a span, half-open; `None` where it holds words of a quotation.
    fn tokens_of(&self, block: usize, span: Span<Text>) -> Option<(usize, usize)> {
        let (first, end) = self.phrase_of(block, span)?;
        let mut tokens = self.passages[block].tokens[first..end].iter();
        tokens.all(|token| !matches!(token.shape, Shape::Mark(_))).then_some((first, end))
    }

    /// The tokens of a phrase, half-open, which may hold marked words ("William “Bill” Weld"); `None` where it is cut out of a
    /// quotation.
    fn phrase_of(&self, block: usize, span: Span<Text>) -> Option<(usize, usize)> {
        let tokens = &self.passages.get(block)?.tokens;
        let first = tokens.partition_point(|token| (token.end as usize) <= span.start());
        let end = tokens.partition_point(|token| (token.start as usize) < span.end());
        let whole = |token: &LexicalToken| token.start as usize >= span.start() && token.end as usize <= span.end();
        let mut quoted = tokens.get(first..end)?.iter().filter(|token| matches!(token.shape, Shape::Mark(_)));
        (first < end && quoted.all(whole)).then_some((first, end))
    }

    /// The tokens as a phrase that names a source.
    fn phrase_between(&self, block: usize, first: usize, end: usize) -> Phrase {
        let tokens = &self.passages[block].tokens;
        let reading = phrase(tokens, self.buffer, first, PhraseSide::BeforeVerb).filter(|found| found.head < end);
        // "a count by the agency" is a count.
        let edge = tokens[first..end].iter().skip(1).position(|token| token.has(PREPOSITION));
        let mut found = reading.unwrap_or(Phrase {
            first,
            end,
            head: edge.map_or(end - 1, |words| first + words),
            kind: PhraseKind::Noun,
            name: None,
            apposition: None,
            and: None,
        });
        if found.end > end {
            // "Their teacher" of "Their teacher, Daniel Okafor, said" is he.
            let names = |second: &Phrase| second.name.is_some() && second.first == end + 1;
            let described = found.kind == PhraseKind::Noun;
            found.apposition = found.apposition.filter(|second| second.end <= end || described && names(second));
            found.and = found.and.filter(|second| second.end <= end);
        }
        // The span says where the phrase ends, so "a U.S. official and three sources" needs no verb behind it.
        let joined = tokens.get(found.end).is_some_and(|next| matches!(next.text(self.buffer), "and" | "or"));
        if found.and.is_none() && found.kind != PhraseKind::Pronoun && joined {
            let second = phrase(tokens, self.buffer, found.end + 1, PhraseSide::BeforeVerb);
            found.and = second.filter(|second| second.head < end && second.kind != PhraseKind::Pronoun).map(Box::new);
        }
        found.end = end;
        // "Opponents of the plan argue": a capital at the start of a sentence makes no name of what the parse calls a noun.
        if found.kind == PhraseKind::Name && found.head == found.first && self.is_common(&tokens[found.head]) {
            (found.kind, found.name) = (PhraseKind::Noun, None);
        }
        found
    }

    /// Whether the parse has a token as a common noun outside all entities.
    fn is_common(&self, token: &LexicalToken) -> bool {
        let document = self.document;
        let Some(span) = document.span(token.start as usize..token.end as usize) else { return false };
        let parsed = document.layers.tokens.iter().flat_map(|layer| layer.within(span));
        let mut parsed = parsed.filter_map(|index| document.token(index));
        parsed.next().is_some_and(|token| token.pos() == Pos::Noun && token.ent_type().is_empty())
    }
}
