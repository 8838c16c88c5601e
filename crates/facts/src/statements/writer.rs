//! From groups and clauses to statements: content, cue, source, sourcing and speaker.

use super::groups::Group;
use super::rules::scene::Attribution;
use crate::people::cast::Cast;
use crate::people::figures::CastFigure;
use crate::people::kinds::kind;
use crate::producer::PRODUCER;
use crate::sourcing::circumstances::circumstances;
use crate::sourcing::counts::count;
use crate::sourcing::terms::{terms_of, terms_stated};
use crate::words::acts::{act_of_words, is_question};
use crate::words::lexicon::{CueClass, Lexicon, RANK};
use crate::words::marks::Quotation;
use crate::words::passage::{TokenPosition, TokenizedBlock};
use crate::words::phrase::{PhraseKind, knows};
use onrecord_document::{
    Act, Document, Mention, MentionSense, Name, NameKind, SourceKind, Sourcing, Speaker, Statement, StatementForm,
    Terms,
};
use onrecord_span::{ContentId, Span, Text};
use std::collections::HashMap;
use std::ops::Range;

/// Makes statements of groups.
pub(crate) struct StatementWriter<'a> {
    pub document: &'a Document,
    pub buffer: &'a str,
    pub lexicon: &'a Lexicon,
    pub passages: &'a [TokenizedBlock],
}

impl StatementWriter<'_> {
    pub(crate) fn token_span(&self, block: usize, (first, end): (usize, usize)) -> Option<Span<Text>> {
        let tokens = self.passages.get(block)?.tokens.get(first..end)?;
        self.document.span(tokens.first()?.start as usize..tokens.last()?.end as usize)
    }

    /// Of an attribution to "I" inside a quotation: the quotation it stands in.
    pub(crate) fn quotation_of_i(&self, attribution: &Attribution) -> Option<usize> {
        let passage = self.passages.get(attribution.block)?;
        let first = passage.tokens.get(attribution.source.first)?;
        let i = attribution.source.kind == PhraseKind::Pronoun && first.text(self.buffer) == "I";
        passage.quoted.filter(|_| i)
    }

    pub(crate) fn statement(&self, group: &Group, found: &[Quotation], cast: &mut Cast) -> Option<Statement> {
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

    /// A direct statement with its source as it is worded, of a language whose speakers are not looked for.
    pub(crate) fn as_worded(&self, group: &Group, found: &[Quotation]) -> Option<Statement> {
        let Attribution { block, cue, act, source, .. } = &group.attribution;
        let parts = group.members.iter().flat_map(|index| &found[*index].parts);
        let (kind, terms) = match source.kind {
            PhraseKind::Name => (SourceKind::NamedPerson, Terms::OnRecord),
            PhraseKind::Noun | PhraseKind::Pronoun => (SourceKind::UnnamedPerson, Terms::Unstated),
        };
        Some(Statement {
            id: ContentId::of([]),
            content: parts.filter_map(|(_, range)| self.document.span(range.clone())).collect(),
            cue: vec![self.token_span(*block, *cue)?],
            source: vec![self.token_span(*block, (source.first, source.end))?],
            form: StatementForm::Direct,
            act: *act,
            speaker: None,
            sourcing: Sourcing::new(kind, terms),
            confidence: group.confidence,
        })
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
        let mut trail: &[TokenPosition] = &[];
        let mut resolved = false;
        if let Some(identity) = &speaker {
            let figure = &cast.figures[identity.figure];
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
            let here = TokenPosition { block, token: attribution.cue.0.min(phrase.first) };
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
            Some(Speaker { name: identity.figure as u32, confidence: identity.confidence, span })
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
    pub(crate) fn finish(&self, mut statements: Vec<Statement>, cast: &Cast) -> (Vec<Statement>, Vec<Name>) {
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
                let mut spans: Vec<Span<Text>> =
                    figure.references.iter().filter_map(|reference| span(&reference.range)).collect();
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
                    mentions: self.mentions(figure),
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

    /// Where the article refers to a figure: the name, the pronoun, or the description up to its head noun.
    fn mentions(&self, figure: &CastFigure) -> Vec<Mention> {
        let mention = |start: usize, end: usize, form| {
            Some(Mention { span: self.document.span(start..end)?, form, sense: MentionSense::Itself })
        };
        let references = figure.references.iter();
        let mut mentions: Vec<Mention> =
            references.filter_map(|reference| mention(reference.range.start, reference.end, reference.form)).collect();
        if !mentions.iter().any(|mention| mention.span.start() == figure.name.start) {
            mentions.extend(mention(figure.name.start, figure.name.end, figure.form));
        }
        mentions.sort_by_key(|mention| mention.span);
        mentions.dedup_by_key(|mention| mention.span);
        mentions
    }

    /// Hash of page, producer, kind and spans.
    pub(crate) fn id(&self, kind: &str, spans: &[Span<Text>]) -> ContentId {
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
