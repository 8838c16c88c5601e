//! From blocks to statements: quotations found, attributed, joined, and said of whom.

mod groups;
mod merge;
pub(crate) mod pack;
mod parsed;
mod passages;
mod refusals;
pub(crate) mod rules;
pub(crate) mod writer;

use crate::people::cast::Cast;
use crate::people::name_labels::NameLabels;
use crate::words::marks::quotations;
use groups::join;
use onrecord_document::{Block, BlockKind, Count, Document, Name, Statement};
use pack::{Depth, Pack};
use passages::{nested, passages};
use std::collections::HashMap;
use std::ops::Range;
use writer::StatementWriter;

/// Reads statements and the names of their speakers.
pub(crate) fn statements(document: &Document, pack: &Pack) -> (Vec<Statement>, Vec<Name>) {
    let lexicon = (pack.lexicon)();
    let buffer = document.buffer().as_str();
    let blocks: Vec<&Block> = document.fact_blocks().collect();
    let ranges: Vec<Range<usize>> = blocks.iter().map(|block| block.span.range()).collect();
    let follows: Vec<bool> = (0..blocks.len()).map(|at| at > 0 && adjacent(blocks[at - 1], blocks[at])).collect();
    let mut found = quotations(buffer, &ranges, &follows);
    let (mut passages, mut places) = passages(buffer, &ranges, &follows, &found, lexicon);
    if pack.depth == Depth::Quotations {
        let writer = StatementWriter { document, buffer, lexicon, passages: &passages };
        let groups = join(pack, buffer, &passages, &found, &places);
        let statements = groups.iter().filter_map(|group| writer.as_worded(group, &found)).collect();
        return writer.finish(statements, &Cast::new(buffer, &[], NameLabels::default()));
    }
    nested(buffer, lexicon, &mut found, &mut passages, &mut places);
    let groups = join(pack, buffer, &passages, &found, &places);
    let mut cast = Cast::new(buffer, &passages, NameLabels::of(document));
    let writer = StatementWriter { document, buffer, lexicon, passages: &passages };
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
    statements.extend(refusals::declined(&writer, &mut cast));
    merge::add_statements(&writer, &ranges, &found, &mut cast, &mut statements);
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
