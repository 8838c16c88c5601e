//! An article as a person reads it from top to bottom, for the formats that are made for people.

use onrecord_document::{Block, BlockKind, Document, Place, Stated};

/// The parts of an article in reading order; furniture and what repeats earlier words are left out.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The headline.
    pub headline: Option<Head<'a>>,
    /// The summary under the headline.
    pub standfirst: Option<Head<'a>>,
    /// Who wrote it: "Mara Ellison, transport correspondent".
    pub writers: Vec<String>,
    /// Body and captions in the order of the page.
    pub flow: Vec<&'a Block>,
}

/// Words at the head of an article: a block where the page shows them, else a field.
#[derive(Copy, Clone, Debug)]
pub enum Head<'a> {
    /// A block of the document.
    Block(&'a Block),
    /// Words that the page states without showing them.
    Field(&'a str),
}

impl<'a> Reading<'a> {
    /// Puts a document in reading order.
    pub fn of(document: &'a Document) -> Self {
        let fields = &document.fields;
        let headline = head(document, BlockKind::Headline, &fields.headline);
        let standfirst = head(document, BlockKind::Standfirst, &fields.standfirst);
        let mut writers: Vec<String> = Vec::new();
        for Stated { value, .. } in &fields.bylines {
            let writer = match &value.role {
                Some(role) => format!("{}, {role}", value.name),
                None => value.name.clone(),
            };
            if !writers.contains(&writer) {
                writers.push(writer);
            }
        }
        let at_head = |block: &Block| {
            [headline, standfirst].iter().any(|head| matches!(head, Some(Head::Block(at)) if at.span == block.span))
        };
        // The words of a byline block are said by the writers; without any, the block speaks for itself.
        let said = |block: &Block| block.kind == BlockKind::Byline && !writers.is_empty();
        let mut flow: Vec<&Block> = document
            .blocks()
            .iter()
            .filter(|block| block.kind.place() != Place::Furniture && block.repeats.is_none())
            .filter(|block| !at_head(block) && !said(block))
            .collect();
        flow.sort_by_key(|block| block.order);
        Reading { headline, standfirst, writers, flow }
    }
}

impl<'a> Head<'a> {
    /// The words.
    pub fn words(self, document: &'a Document) -> &'a str {
        match self {
            Head::Block(block) => document.words(block.span),
            Head::Field(words) => words,
        }
    }
}

/// The block that says what the field says, or the first of its kind, or the field alone. A block of the body that the
/// headline repeats stays where it is.
fn head<'a>(document: &'a Document, kind: BlockKind, field: &'a Option<Stated<String>>) -> Option<Head<'a>> {
    let stated = field.as_ref().map(|field| field.value.as_str());
    let mut blocks = document.blocks().iter().filter(|block| block.kind == kind);
    let says_it = blocks.clone().find(|block| Some(document.words(block.span)) == stated);
    says_it.or_else(|| blocks.next()).map(Head::Block).or(stated.map(Head::Field))
}
