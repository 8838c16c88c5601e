//! From blocks to statements: quotations found, attributed, joined, and said of whom.

use crate::PRODUCER;
use crate::attribution::{Attribution, Passage, Place, Scene, attribute, starts_sentence};
use crate::lexicon::{CueClass, RANK, act_of_words, is_question};
use crate::marks::{Quotation, pair, quotations};
use crate::names::NameLabels;
use crate::people::Cast;
use crate::phrase::{PhraseKind, knows};
use crate::sourcing::{circumstances, count, kind, terms_of};
use crate::terms::terms_stated;
use crate::tokens::{Shape, Token, tokenize};
use onrecord_document::{
    Act, Block, BlockKind, Count, Document, Mention, MentionForm, MentionSense, Name, NameKind, SourceKind, Sourcing,
    Speaker, Statement, StatementForm,
};
use onrecord_span::{ContentId, Span, Text};
use std::collections::HashMap;
use std::ops::Range;

/// A quotation that goes on behind its cue's sentence is a little less sure than what the cue stands beside.
const FLOATING: f32 = 0.9;

/// A quotation that goes on in a paragraph of its own: in the training part of PolNeAR, four of five such paragraphs are
/// annotated as a part of the statement before.
const FLOATING_PARAGRAPH: f32 = 0.8;

/// Reads statements and the chains of their speakers.
pub(crate) fn statements(document: &Document) -> (Vec<Statement>, Vec<Name>) {
    let language = document.fields.language.as_ref().map_or("en", |language| language.value.as_str());
    let german = language.starts_with("de");
    if !german && !language.starts_with("en") {
        return (Vec::new(), Vec::new());
    }
    let buffer = document.buffer().as_str();
    let blocks: Vec<&Block> = document.fact_blocks().collect();
    let ranges: Vec<Range<usize>> = blocks.iter().map(|block| block.span.range()).collect();
    let follows: Vec<bool> = (0..blocks.len()).map(|at| at > 0 && adjacent(blocks[at - 1], blocks[at])).collect();
    let mut found = quotations(buffer, &ranges, &follows);
    let (mut passages, mut places) = passages(buffer, &ranges, &follows, &found);
    if german {
        let writer = Writer { document, buffer, passages: &passages };
        return writer.finish(
            crate::german::statements(&writer, &found, &places),
            &Cast::new(buffer, &[], NameLabels::default()),
        );
    }
    nested(buffer, &mut found, &mut passages, &mut places);
    let groups = join(buffer, &passages, &found, &places);
    let mut cast = Cast::new(buffer, &passages, NameLabels::of(document));
    let writer = Writer { document, buffer, passages: &passages };
    let mut statements: Vec<Statement> = Vec::new();
    // The statement that each quotation is a part of.
    let mut statement_of: HashMap<usize, usize> = HashMap::new();
    for group in &groups {
        let Some(mut statement) = writer.statement(group, &found, &mut cast) else { continue };
        let outer =
            writer.quotation_of_i(&group.attribution).and_then(|outer| statements.get(*statement_of.get(&outer)?));
        if let Some(outer) = outer {
            speak_as(&mut statement, outer);
        }
        statement_of.extend(group.members.iter().map(|quotation| (*quotation, statements.len())));
        statements.push(statement);
    }
    statements.extend(crate::declined::declined(&writer, &mut cast));
    crate::merge::add_statements(&writer, &ranges, &found, &mut cast, &mut statements);
    statements.sort_by_key(|statement| statement.content.first().copied());
    writer.finish(statements, &cast)
}

/// Makes the "I" of a quotation inside another the speaker of the outer one: "“I said, ‘Hold on,’” Okafor said."
fn speak_as(statement: &mut Statement, outer: &Statement) {
    let alone = outer.sourcing.count.is_some_and(|count| count == Count::ONE);
    if let Some(speaker) = outer.speaker.filter(|_| alone) {
        statement.speaker = Some(speaker);
        statement.sourcing.kind = outer.sourcing.kind;
        statement.sourcing.terms = outer.sourcing.terms;
        statement.sourcing.terms_span = outer.sourcing.terms_span;
        statement.sourcing.reason = outer.sourcing.reason;
    }
}

/// Whether speech can run on from one block to the next: both are text, and nothing stands between them on the page.
fn adjacent(before: &Block, block: &Block) -> bool {
    let text = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::BlockQuote | BlockKind::ListItem);
    text(before.kind) && text(block.kind) && block.order == before.order + 1
}

/// Where the parts of each quotation stand: first and last.
type Places = Vec<(Place, Place)>;

fn passages(buffer: &str, ranges: &[Range<usize>], follows: &[bool], found: &[Quotation]) -> (Vec<Passage>, Places) {
    let mut parts: Vec<Vec<(Range<usize>, usize)>> = vec![Vec::new(); ranges.len()];
    for (index, quotation) in found.iter().enumerate() {
        for (block, range) in &quotation.parts {
            parts[*block].push((range.clone(), index));
        }
    }
    let unset = Place { block: usize::MAX, token: 0 };
    let mut places: Places = vec![(unset, unset); found.len()];
    let passages = ranges.iter().zip(&mut parts).enumerate().map(|(block, (range, parts))| {
        parts.sort_by_key(|(range, _)| range.start);
        let only: Vec<Range<usize>> = parts.iter().map(|(range, _)| range.clone()).collect();
        let tokens = tokenize(buffer, range.clone(), &only);
        let quotations: Vec<usize> = parts.iter().map(|(_, index)| *index).collect();
        for (token, part) in tokens.iter().enumerate().filter_map(|(at, token)| match token.shape {
            Shape::Mark(part) => Some((at, part as usize)),
            _ => None,
        }) {
            let place = &mut places[quotations[part]];
            let here = Place { block, token };
            if place.0 == unset {
                place.0 = here;
            }
            place.1 = here;
        }
        Passage { tokens, follows: follows[block], quoted: None }
    });
    let passages = passages.collect();
    (passages, places)
}

/// Adds the quotations inside quotations ("“He told us, ‘I have her word.’”"), each in a passage of its own, so that
/// cue and source are looked for in the same speech.
fn nested(buffer: &str, found: &mut Vec<Quotation>, passages: &mut Vec<Passage>, places: &mut Places) {
    for outer in 0..found.len() {
        for part in 0..found[outer].parts.len() {
            let range = found[outer].parts[part].1.clone();
            let text = &buffer[range.clone()];
            let opening = text.chars().next().map_or(0, char::len_utf8);
            let closing = text.chars().next_back().filter(|last| !last.is_alphanumeric()).map_or(0, char::len_utf8);
            if opening + closing >= text.len() {
                continue;
            }
            let inside = range.start + opening..range.end - closing;
            let inner = pair(buffer, inside.clone()).closed;
            if inner.is_empty() {
                continue;
            }
            let tokens = tokenize(buffer, inside, &inner);
            let block = passages.len();
            let marks = tokens.iter().enumerate().filter(|(_, token)| matches!(token.shape, Shape::Mark(_)));
            places.extend(marks.map(|(token, _)| (Place { block, token }, Place { block, token })));
            found.extend(inner.into_iter().map(|range| Quotation { parts: vec![(block, range)] }));
            passages.push(Passage { tokens, follows: false, quoted: Some(outer) });
        }
    }
}

/// Quotations of one act of speech, with its attribution.
#[derive(Debug)]
pub(crate) struct Group {
    /// Indices of quotations, in order.
    members: Vec<usize>,
    attribution: Attribution,
    confidence: f32,
}

/// Attributes each quotation and joins those that belong together; what stays without cue and source is left out.
fn join(buffer: &str, passages: &[Passage], found: &[Quotation], places: &Places) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // The group of the quotation before, and quotations that wait for the one behind them ("“A” and “B,” Smith said").
    let mut last: Option<(usize, Place)> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for index in 0..found.len() {
        let (first, end) = places[index];
        let scene = Scene { buffer, passages, first, last: end };
        let own = attribute(&scene);
        let tokens = &passages[first.block].tokens;
        let shared = last.filter(|(group, _)| {
            own.as_ref().is_none_or(|own| {
                let theirs = &groups[*group].attribution;
                !own.behind && (own.block, own.cue.1) == (theirs.block, theirs.cue.1)
            })
        });
        let joined = shared.and_then(|(group, place)| {
            let same = own.is_some();
            let how =
                if same { Some(1.0) } else { continues(buffer, passages, &groups[group].attribution, place, first) };
            how.map(|factor| (group, factor))
        });
        if let Some((group, factor)) = joined {
            groups[group].members.push(index);
            groups[group].confidence = groups[group].confidence.min(groups[group].attribution.confidence * factor);
            last = Some((group, end));
            waiting.clear();
        } else if let Some(attribution) = own {
            let mut members: Vec<usize> = Vec::new();
            if attribution.behind && waits(tokens, passages, &waiting, places, first) {
                members.append(&mut waiting);
            }
            waiting.clear();
            members.push(index);
            let confidence = attribution.confidence;
            groups.push(Group { members, attribution, confidence });
            last = Some((groups.len() - 1, end));
        } else {
            if !waits(tokens, passages, &waiting, places, first) {
                waiting.clear();
            }
            waiting.push(index);
            last = None;
        }
    }
    groups
}

/// Whether the last of the waiting quotations is tied to the one at `first` by nothing but a comma or "and".
fn waits(tokens: &[Token], passages: &[Passage], waiting: &[usize], places: &Places, first: Place) -> bool {
    let Some(before) = waiting.last().map(|index| places[*index].1) else { return false };
    before.block == first.block && before.block < passages.len() && tied(&tokens[before.token + 1..first.token])
}

fn tied(between: &[Token]) -> bool {
    const MOST: usize = 2;
    between.len() <= MOST
        && between.iter().all(|token| token.shape == Shape::Comma || token.has(crate::lexicon::CONJUNCTION))
}

/// Whether a quotation without an attribution of its own continues the one before it, and how sure that is.
///
/// - next to it, or tied to it by a comma or "and";
/// - interrupted: "“We hit something,” he said, “and then the lights went out.”";
/// - floating: "“We hit something,” he said on the quay. “Then the lights went out.”"
/// - floating in a paragraph of its own: "“We hit something,” he said on the quay.", and the next paragraph is nothing but
///   "“Then the lights went out.”"
fn continues(
    buffer: &str,
    passages: &[Passage],
    attribution: &Attribution,
    before: Place,
    first: Place,
) -> Option<f32> {
    let passage = &passages[first.block];
    if before.block != first.block {
        let next = passage.follows && before.block + 1 == first.block && attribution.block == before.block;
        return (next && is_alone(buffer, passage, attribution) && runs_out(passages, attribution, before))
            .then_some(FLOATING_PARAGRAPH);
    }
    let tokens = &passage.tokens;
    if tied(&tokens[before.token + 1..first.token]) {
        return Some(1.0);
    }
    if !attribution.behind
        || attribution.block != first.block
        || attribution.end > first.token
        || attribution.end <= before.token
    {
        return None;
    }
    let tail = &tokens[attribution.end..first.token];
    if tail.len() > LONGEST_TAIL || tail.iter().any(|token| matches!(token.shape, Shape::Mark(_))) {
        return None;
    }
    let stops = tail.iter().filter(|token| token.shape == Shape::Stop).count();
    let last = tail.last().map(|token| token.shape);
    match (stops, last) {
        (0, None | Some(Shape::Comma | Shape::Dash | Shape::Semicolon | Shape::Colon)) => Some(1.0),
        (1, Some(Shape::Stop)) => {
            let sentence = starts_sentence(tokens, buffer, first.token);
            let alone = tokens.get(first.token + 1).is_none_or(|next| next.shape != Shape::Lower);
            (sentence && alone).then_some(FLOATING)
        }
        _ => None,
    }
}

/// Most tokens between a cue and a quotation that floats behind it.
const LONGEST_TAIL: usize = 40;

/// Whether a paragraph is nothing but one quotation of whole sentences that can go on with what was said. What follows a
/// question is somebody else's answer, a few words without a full stop are a subhead, and double marks inside are those of
/// another quotation, paired wrong.
fn is_alone(buffer: &str, passage: &Passage, attribution: &Attribution) -> bool {
    const FEWEST_WORDS: usize = 4;
    let [only] = passage.tokens.as_slice() else { return false };
    let text = only.text(buffer);
    let mut inside = text.chars();
    inside.next();
    inside.next_back();
    let inside = inside.as_str();
    matches!(only.shape, Shape::Mark(_))
        && text.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS
        && inside.ends_with(['.', '?', '!', '…', '’', '\''])
        && !inside.contains(['"', '“', '”'])
        && attribution.act != Act::Question
}

/// Whether a paragraph ends with the sentence of the cue, or with the last quotation of the group and nothing else.
fn runs_out(passages: &[Passage], attribution: &Attribution, before: Place) -> bool {
    let tokens = &passages[before.block].tokens;
    let from = attribution.end.max(before.token + 1).min(tokens.len());
    let tail = &tokens[from..];
    let inner = tail.iter().rev().skip(1);
    attribution.behind
        && tail.len() <= LONGEST_TAIL
        && !tail.iter().any(|token| matches!(token.shape, Shape::Mark(_)))
        && !inner.clone().any(|token| token.shape == Shape::Stop)
}

/// Makes statements of groups.
pub(crate) struct Writer<'a> {
    pub document: &'a Document,
    pub buffer: &'a str,
    pub passages: &'a [Passage],
}

impl Writer<'_> {
    pub(crate) fn token_span(&self, block: usize, (first, end): (usize, usize)) -> Option<Span<Text>> {
        let tokens = self.passages.get(block)?.tokens.get(first..end)?;
        self.document.span(tokens.first()?.start as usize..tokens.last()?.end as usize)
    }

    /// Of an attribution to "I" inside a quotation: the quotation it stands in.
    fn quotation_of_i(&self, attribution: &Attribution) -> Option<usize> {
        let passage = self.passages.get(attribution.block)?;
        let first = passage.tokens.get(attribution.source.first)?;
        let i = attribution.source.kind == PhraseKind::Pronoun && first.text(self.buffer) == "I";
        passage.quoted.filter(|_| i)
    }

    fn statement(&self, group: &Group, found: &[Quotation], cast: &mut Cast) -> Option<Statement> {
        let parts = group.members.iter().flat_map(|index| &found[*index].parts);
        let mut content: Vec<Span<Text>> = parts.filter_map(|(_, range)| self.document.span(range.clone())).collect();
        let mut form = StatementForm::Direct;
        if let Some(opening) = group.attribution.opening
            && let Some(words) = self.token_span(group.attribution.block, (opening, opening + 1))
            && let Some(first) = content.first_mut()
        {
            *first = words.cover(*first);
            form = StatementForm::Mixed;
        }
        let act = match group.attribution.act {
            Act::Statement => match content.as_slice() {
                [only] if form == StatementForm::Direct && is_question(self.document.words(*only)) => {
                    Some(Act::Question)
                }
                parts => parts.first().and_then(|span| act_of_words(self.document.words(*span))),
            },
            _ => None,
        };
        let attribution = Attribution { act: act.unwrap_or(group.attribution.act), ..group.attribution.clone() };
        self.attributed(content, form, &attribution, group.confidence, cast)
    }

    /// A statement of the given content; its id is set when all are known.
    pub(crate) fn attributed(
        &self,
        content: Vec<Span<Text>>,
        form: StatementForm,
        attribution: &Attribution,
        confidence: f32,
        cast: &mut Cast,
    ) -> Option<Statement> {
        let block = attribution.block;
        let tokens = &self.passages[block].tokens;
        let phrase = &attribution.source;
        let cue = self.token_span(block, attribution.cue);
        let source = self.token_span(block, (phrase.first, phrase.end))?;
        let mut kind = kind(tokens, self.buffer, phrase, cast);
        let pronoun = phrase.kind == PhraseKind::Pronoun;
        // A signature of two words is enough, a label could name a place.
        let signed = attribution.behind && phrase.name.is_some_and(|(start, end)| start + 1 < end);
        let person = cast.is_person(tokens, phrase) || signed && kind == SourceKind::NamedPerson;
        if cue.is_none() && !(kind == SourceKind::UnnamedPerson || person) {
            return None;
        }
        let speaker = if phrase.and.is_some() { None } else { cast.identify(block, phrase, kind) };
        let mut trail: &[Place] = &[];
        let mut resolved = false;
        if let Some(identity) = &speaker {
            let figure = &cast.figures[identity.chain];
            if kind == SourceKind::UnnamedPerson && (figure.kind != kind || pronoun) {
                resolved = true;
                kind = figure.kind;
            }
            trail = &figure.trail;
        }
        let (count, count_span) = count(tokens, self.buffer, phrase, kind);
        let counted = count.is_some_and(|count| count.exact);
        let mut sourcing = Sourcing::new(kind, terms_of(kind, pronoun && !resolved, counted));
        sourcing.count = count;
        sourcing.count_span = count_span.and_then(|range| self.document.span(range));
        if matches!(kind, SourceKind::UnnamedPerson | SourceKind::UnnamedGroup) {
            let here = Place { block, token: attribution.cue.0.min(phrase.first) };
            let places = std::iter::once(here).chain(trail.iter().copied());
            if let Some(stated) = terms_stated(self.passages, self.buffer, places) {
                sourcing.terms = stated.terms;
                sourcing.terms_span = self.document.span(stated.words);
                sourcing.reason = stated.reason.and_then(|range| self.document.span(range));
            }
        }
        if phrase.and.is_some() {
            sourcing.members = Some(source);
        }
        let rank = tokens[phrase.first..=phrase.head]
            .iter()
            .find(|token| token.has(RANK) && token.text(self.buffer) != "former");
        sourcing.rank = rank.and_then(|token| self.document.span(token.start as usize..token.end as usize));
        if phrase.kind == PhraseKind::Noun && phrase.apposition.is_none() {
            let basis = (phrase.head + 1..phrase.end).find(|at| {
                let text = tokens[*at].text(self.buffer);
                knows(text) || text == "with"
            });
            sourcing.basis = basis.and_then(|at| self.token_span(block, (at, phrase.end)));
        }
        let tells = cue.is_some() && tokens[attribution.cue.1 - 1].cue.is_some_and(|cue| cue.class == CueClass::Tell);
        let circumstances = circumstances(
            tokens,
            self.buffer,
            attribution.cue.1.max(if attribution.behind { attribution.end } else { 0 }),
            tells,
        );
        let span = |range: Option<(usize, usize)>| range.and_then(|range| self.token_span(block, range));
        sourcing.addressee = span(circumstances.addressee);
        sourcing.medium = span(circumstances.medium);
        sourcing.occasion = span(circumstances.occasion);
        sourcing.time = span(circumstances.time);
        let speaker = speaker.and_then(|identity| {
            let span = self.document.span(identity.mention)?;
            Some(Speaker { name: identity.chain as u32, confidence: identity.confidence, span })
        });
        Some(Statement {
            id: ContentId::of([]),
            content,
            cue: cue.into_iter().collect(),
            source: vec![source],
            form,
            act: attribution.act,
            speaker,
            sourcing,
            confidence,
        })
    }

    /// Gives ids, keeps the names that speak, and sorts.
    fn finish(&self, mut statements: Vec<Statement>, cast: &Cast) -> (Vec<Statement>, Vec<Name>) {
        let mut speaking: Vec<(u32, SourceKind, f32)> = statements
            .iter()
            .filter_map(|statement| {
                Some((statement.speaker?.name, statement.sourcing.kind, statement.speaker?.confidence))
            })
            .collect();
        speaking.sort_by_key(|(index, ..)| *index);
        let mut names: Vec<(u32, Name)> = speaking
            .chunk_by(|one, next| one.0 == next.0)
            .filter_map(|said| {
                let index = said.first()?.0;
                let figure = cast.figures.get(index as usize)?;
                let span = |range: &Range<usize>| self.document.span(range.clone());
                let mut spans: Vec<Span<Text>> = figure.mentions.iter().filter_map(span).collect();
                spans.push(span(&figure.name)?);
                spans.sort();
                spans.dedup();
                let name = Name {
                    // The word stands in ids that archives and corrections hold.
                    id: self.id("chain", &spans),
                    kind: kind_of_name(said.iter().map(|(_, kind, _)| *kind)),
                    name: span(&figure.name)?,
                    role: figure.role.as_ref().and_then(span),
                    affiliation: figure.affiliation.as_ref().and_then(span),
                    mentions: spans.iter().map(|span| self.mention(*span)).collect(),
                    confidence: said.iter().map(|(.., confidence)| *confidence).fold(1.0, f32::min),
                };
                Some((index, name))
            })
            .collect();
        names.sort_by_key(|(_, name)| name.name);
        let places: HashMap<u32, u32> = (0..).zip(&names).map(|(at, (index, _))| (*index, at)).collect();
        for statement in &mut statements {
            statement.speaker = statement.speaker.and_then(|speaker| {
                let name = *places.get(&speaker.name)?;
                Some(Speaker { name, ..speaker })
            });
            let spans: Vec<Span<Text>> =
                statement.content.iter().chain(&statement.cue).chain(&statement.source).copied().collect();
            statement.id = self.id(statement.form.name(), &spans);
        }
        (statements, names.into_iter().map(|(_, name)| name).collect())
    }

    /// A mention with its form, told from its words.
    fn mention(&self, span: Span<Text>) -> Mention {
        Mention { span, form: MentionForm::of_words(self.document.words(span)), sense: MentionSense::Itself }
    }

    /// Hash of page, producer, kind and spans.
    fn id(&self, kind: &str, spans: &[Span<Text>]) -> ContentId {
        let hash = self.document.capture().hash;
        let places: Vec<u8> =
            spans.iter().flat_map(|span| [span.start() as u32, span.end() as u32]).flat_map(u32::to_le_bytes).collect();
        ContentId::of([
            hash.as_bytes().as_slice(),
            PRODUCER.name.as_bytes(),
            PRODUCER.version.as_bytes(),
            kind.as_bytes(),
            &places,
        ])
    }
}

/// What a name is, from the kinds of source that it is: the first that says something.
fn kind_of_name(mut kinds: impl Iterator<Item = SourceKind>) -> NameKind {
    kinds.find_map(NameKind::of_source).unwrap_or(NameKind::Other)
}
