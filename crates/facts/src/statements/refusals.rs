//! "Calder Line declined to comment": a refusal to speak is on the record too.

use super::rules::scene::Attribution;
use super::rules::subjects::source_before;
use super::writer::StatementWriter;
use crate::people::cast::Cast;
use crate::sourcing::terms::reason;
use crate::words::lexicon::Form;
use crate::words::passage::sentence_start;
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::{Act, Document, Statement, StatementForm, Terms};

/// As sure as that of any subject found before its verb.
const CONFIDENCE: f32 = 0.9;

/// Every "declined to comment" with a source: content "to comment", act other.
pub(crate) fn declined(writer: &StatementWriter, cast: &mut Cast) -> Vec<Statement> {
    let mut found = Vec::new();
    for (block, passage) in writer.passages.iter().enumerate() {
        let tokens = &passage.tokens;
        for at in 1..tokens.len().saturating_sub(1) {
            if !is_refusal(&tokens[at - 1..=at + 1], writer.buffer) {
                continue;
            }
            let verb = at - 1;
            let start = sentence_start(tokens, writer.buffer, verb);
            let Some((source, first)) = source_before(tokens, writer.buffer, start, verb, Form::Finite) else {
                continue;
            };
            let attribution = Attribution {
                block,
                cue: (first, verb + 1),
                act: Act::Other,
                source,
                end: at + 2,
                behind: false,
                opening: None,
                confidence: CONFIDENCE,
            };
            let content = writer.document.span(tokens[at].start as usize..tokens[at + 1].end as usize);
            let content = content.into_iter().collect();
            let statement = writer.attributed(content, StatementForm::Indirect, &attribution, CONFIDENCE, cast);
            found.extend(statement.map(|mut statement| {
                statement.sourcing.terms = Terms::DeclinedToComment;
                let words = tokens[verb].start as usize..tokens[at + 1].end as usize;
                statement.sourcing.terms_span = writer.document.span(words);
                statement.sourcing.reason =
                    reason(&tokens[at + 2..], writer.buffer, 0).and_then(|range| writer.document.span(range));
                statement
            }));
        }
    }
    found
}

/// Says of a statement that it is a refusal, if it is one whose source no rule found: "Asked on Monday, Solheim, through a lawyer,
/// declined to comment", "Solheim declined to comment on the log".
pub(crate) fn mark_refusal(document: &Document, statement: &mut Statement) {
    let [content] = statement.content.as_slice() else { return };
    let refuses = statement.cue.last().and_then(|cue| document.words(*cue).split_whitespace().next_back());
    let comment = document.words(*content).strip_prefix("to comment");
    if comment.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        && refuses.is_some_and(|verb| REFUSALS.contains(&verb))
    {
        statement.sourcing.terms = Terms::DeclinedToComment;
        statement.sourcing.terms_span = statement.cue.last().map(|cue| cue.cover(*content));
        statement.act = Act::Other;
    }
}

/// Verbs that refuse.
const REFUSALS: [&str; 4] = ["declined", "declines", "refused", "refuses"];

/// "declined to comment", "refuses to comment".
fn is_refusal(tokens: &[LexicalToken], buffer: &str) -> bool {
    let [verb, to, comment] = tokens else { return false };
    comment.shape == Shape::Lower
        && comment.text(buffer) == "comment"
        && to.text(buffer) == "to"
        && REFUSALS.contains(&verb.text(buffer))
}
