//! Statements: what an article attributes to somebody, and on whose authority.

use super::named::named;
use super::parts::{Annotation, PartReader, PartWriter};
use super::sourcing::Sourcing;
use onrecord_span::{ContentId, Span, Text};

/// One attribution: content, cue and source as the article words them. Each may have several parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Names the statement: a hash of page, producer, form and spans.
    pub id: ContentId,
    /// What is attributed; the parts of a direct statement include their quotation marks.
    pub content: Vec<Span<Text>>,
    /// The words that attribute it: "said", "according to".
    pub cue: Vec<Span<Text>>,
    /// The words that name the source; empty where the article names none.
    pub source: Vec<Span<Text>>,
    /// How the words are rendered.
    pub form: StatementForm,
    /// What kind of act the article reports.
    pub act: Act,
    /// Who is behind it, where the article says so.
    pub speaker: Option<Speaker>,
    /// On whose authority.
    pub sourcing: Sourcing,
    /// How sure the producer is, 0 to 1.
    pub confidence: f32,
}

/// The name behind a statement.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Index into the document's names.
    pub name: u32,
    /// How sure the producer is that it is this one, from 0 to 1.
    pub confidence: f32,
    /// The mention that gave the name.
    pub span: Span<Text>,
}

impl Annotation for Statement {
    fn write(&self, out: &mut dyn PartWriter) {
        out.id(self.id);
        out.spans(&self.content);
        out.spans(&self.cue);
        out.spans(&self.source);
        out.value(self.form);
        out.value(self.act);
        out.flag(self.speaker.is_some());
        if let Some(speaker) = self.speaker {
            out.number(speaker.name.into());
            out.real(speaker.confidence);
            out.span(speaker.span);
        }
        self.sourcing.write(out);
        out.real(self.confidence);
    }

    fn read(from: &mut dyn PartReader) -> Option<Self> {
        Some(Statement {
            id: from.id()?,
            content: from.spans()?,
            cue: from.spans()?,
            source: from.spans()?,
            form: from.value()?,
            act: from.value()?,
            speaker: match from.flag()? {
                false => None,
                true => Some(Speaker {
                    name: u32::try_from(from.number()?).ok()?,
                    confidence: from.real()?,
                    span: from.span()?,
                }),
            },
            sourcing: Sourcing::read(from)?,
            confidence: from.real()?,
        })
    }
}

named! {
    /// How a statement renders what was said.
    StatementForm {
        /// All of it stands in quotation marks.
        Direct "direct",
        /// None of it does.
        Indirect "indirect",
        /// Some of it does.
        Mixed "mixed",
    }
}

named! {
    /// What the article reports somebody to have done.
    Act {
        /// Said, told, wrote.
        Statement "statement",
        /// Denied.
        Denial "denial",
        /// Ordered, demanded, urged.
        Order "order",
        /// Asked.
        Question "question",
        /// Means to, plans, promised.
        Intention "intention",
        /// Thinks, hopes, fears.
        Belief "belief",
        /// Warned, threatened.
        Warning "warning",
        /// Anything else ("declined to comment").
        Other "other",
    }
}
