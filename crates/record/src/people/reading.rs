//! An article as a person reads it from top to bottom, for the formats that are made for people.

use onrecord_document::{Block, BlockKind, BlockRole, Document, Stated};
use std::collections::HashSet;

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
        let standfirst = standfirst.filter(|head| !said_in_body(document, *head));
        let written = fields.bylines.iter().map(|Stated { value, .. }| match &value.role {
            Some(role) => format!("{}, {role}", value.name),
            None => value.name.clone(),
        });
        let mut seen = HashSet::new();
        let writers: Vec<String> = written.filter(|writer| seen.insert(writer.clone())).collect();
        let at_head = |block: &Block| {
            [headline, standfirst].iter().any(|head| matches!(head, Some(Head::Block(at)) if at.span == block.span))
        };
        // The words of a byline block are said by the writers; without any, the block speaks for itself.
        let said = |block: &Block| block.kind == BlockKind::Byline && !writers.is_empty();
        let mut flow: Vec<&Block> = document
            .blocks()
            .iter()
            .filter(|block| block.kind.role() != BlockRole::Furniture && block.repeats.is_none())
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

/// Whether the words at the head are those of a block of the body, as where a page's summary is its first paragraph:
/// nobody wants to read that twice.
fn said_in_body(document: &Document, head: Head<'_>) -> bool {
    let words = head.words(document);
    let mut body = document.blocks().iter().filter(|block| block.kind.role() == BlockRole::Body);
    matches!(head, Head::Block(Block { repeats: Some(_), .. })) || body.any(|block| document.words(block.span) == words)
}

/// The block that says what the field says, or the first of its kind, or the field alone. A block of the body that the
/// headline repeats stays where it is.
fn head<'a>(document: &'a Document, kind: BlockKind, field: &'a Option<Stated<String>>) -> Option<Head<'a>> {
    let stated = field.as_ref().map(|field| field.value.as_str());
    let mut blocks = document.blocks().iter().filter(|block| block.kind == kind);
    let says_it = blocks.clone().find(|block| Some(document.words(block.span)) == stated);
    says_it.or_else(|| blocks.next()).map(Head::Block).or(stated.map(Head::Field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::{Basis, Byline, BylineKind, Capture, Draft, Media};
    use onrecord_span::{PageBytes, Traced, Utf8};

    /// A document of blocks, each a line of the page.
    fn document(blocks: &[(BlockKind, &str)], change: impl FnOnce(&mut Draft)) -> Document {
        let page: String = blocks.iter().map(|(_, words)| format!("{words}\n")).collect();
        let mut draft = Draft::new();
        let mut at = 0;
        for (kind, words) in blocks {
            let mut traced = Traced::new();
            traced.push_verbatim(&page, at as u32..(at + words.len()) as u32);
            draft.push(*kind, traced, vec![]);
            at += words.len() + 1;
        }
        change(&mut draft);
        let bytes = PageBytes::new(page.into_bytes()).unwrap();
        draft.finish(Capture::new("page", bytes, Media::Html), &Utf8)
    }

    fn stated<T>(value: T) -> Stated<T> {
        Stated { value, as_written: String::new(), basis: Basis::Header, evidence: vec![] }
    }

    fn flow(document: &Document) -> Vec<&str> {
        Reading::of(document).flow.into_iter().map(|block| document.words(block.span)).collect()
    }

    #[test]
    fn captions_stand_where_the_page_has_them_and_furniture_nowhere() {
        let blocks = [
            (BlockKind::Breadcrumb, "Home"),
            (BlockKind::Headline, "Ferry hits wall"),
            (BlockKind::Paragraph, "One."),
            (BlockKind::Caption, "The bow."),
            (BlockKind::Paragraph, "Two."),
        ];
        assert_eq!(flow(&document(&blocks, |_| {})), ["One.", "The bow.", "Two."]);
    }

    #[test]
    fn a_summary_that_is_the_first_paragraph_is_read_once() {
        let lead = "Four people have died after a ferry hit the wall.";
        let blocks = [(BlockKind::Standfirst, lead), (BlockKind::Paragraph, lead)];
        let document = document(&blocks, |draft| draft.fields.standfirst = Some(stated(lead.to_owned())));
        assert!(Reading::of(&document).standfirst.is_none());
        assert_eq!(flow(&document), [lead]);
    }

    #[test]
    fn a_byline_block_stands_for_writers_that_were_not_found() {
        let blocks = [(BlockKind::Byline, "From our correspondent"), (BlockKind::Paragraph, "One.")];
        assert_eq!(flow(&document(&blocks, |_| {})), ["From our correspondent", "One."]);
        let byline = Byline {
            name: "Kit Marlowe".to_owned(),
            kind: BylineKind::Person,
            role: Some("harbour reporter".to_owned()),
        };
        let document = document(&blocks, |draft| draft.fields.bylines = vec![stated(byline)]);
        assert_eq!(Reading::of(&document).writers, ["Kit Marlowe, harbour reporter"]);
        assert_eq!(flow(&document), ["One."]);
    }
}
