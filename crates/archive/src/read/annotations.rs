//! Corrections, tags and notes: what people wrote beside what was read.
//!
//! An annotation is anchored to a page's bytes and the words there, never to a reading: it survives a better reader. It is
//! never changed, only undone, so that two archives can be merged by taking the annotations of both.

use crate::{Archive, DocumentId, Error, Result};
use onrecord_document::{Document, Statement};
use onrecord_span::{Bytes, ContentId, PageHash, Span, Text};
use rusqlite::Row;
use std::fmt;

/// What an annotation says.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnnotationKind {
    /// The statement was read right.
    Right,
    /// The statement was read wrong.
    Wrong,
    /// Somebody else made the statement: the value is the name.
    Speaker,
    /// The speaker whose name stands there is the one whose name is the value.
    SameSpeaker,
    /// A text.
    Note,
    /// A tag of the article.
    Tag,
}

impl AnnotationKind {
    /// Every kind.
    pub const ALL: [AnnotationKind; 6] = [
        AnnotationKind::Right,
        AnnotationKind::Wrong,
        AnnotationKind::Speaker,
        AnnotationKind::SameSpeaker,
        AnnotationKind::Note,
        AnnotationKind::Tag,
    ];

    /// Its name in the output.
    pub fn name(self) -> &'static str {
        match self {
            AnnotationKind::Right => "right",
            AnnotationKind::Wrong => "wrong",
            AnnotationKind::Speaker => "speaker",
            AnnotationKind::SameSpeaker => "same_speaker",
            AnnotationKind::Note => "note",
            AnnotationKind::Tag => "tag",
        }
    }

    fn of(name: &str) -> Option<Self> {
        AnnotationKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Names an annotation in every archive.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(pub(crate) ContentId);

impl fmt::Display for AnnotationId {
    /// 16 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A place on a page, by bytes and words; a page as a whole where there are no ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// SHA-256 of the page.
    pub page: PageHash,
    /// Half-open byte ranges, in order.
    pub ranges: Vec<[u32; 2]>,
    /// The words there, white space folded.
    pub words: String,
}

/// What somebody wrote beside a page or a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Names it.
    pub id: AnnotationId,
    /// What it says.
    pub kind: AnnotationKind,
    /// Where.
    pub anchor: Anchor,
    /// The name, tag or note; empty for a verdict.
    pub value: String,
    /// Who wrote it; empty where nobody is named.
    pub author: String,
    /// When, RFC 3339.
    pub made: String,
    /// When it was undone.
    pub undone: Option<String>,
}

/// An annotation and what it is about now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The annotation.
    pub annotation: Annotation,
    /// A document of its page, where one is in the archive.
    pub document: Option<DocumentId>,
    /// The number, from 0, of the statement that it is about.
    pub statement: Option<usize>,
    /// Whether it no longer fits: its page is gone, or its words are no longer read as they were.
    pub orphaned: bool,
}

impl Anchor {
    /// The whole page of a document.
    pub fn page(document: &Document) -> Anchor {
        Anchor { page: document.capture().hash, ranges: Vec::new(), words: String::new() }
    }

    /// Words of a document.
    pub fn words(document: &Document, spans: &[Span<Text>]) -> Anchor {
        let bytes = |span: Span<Bytes>| [span.start() as u32, span.end() as u32];
        let ranges = spans.iter().flat_map(|span| document.evidence(*span)).map(bytes).collect();
        let words = spans.iter().map(|span| document.words(*span)).collect::<Vec<_>>().join(" … ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Anchor { page: document.capture().hash, ranges, words }
    }

    /// What was said, of a statement of a document.
    pub fn statement(document: &Document, statement: &Statement) -> Anchor {
        Anchor::words(document, &statement.content)
    }

    /// The number of the statement that stands where this anchor does: the one whose bytes are these, else the one that shares
    /// the most of them, if that is at least half of what both have.
    pub fn find(&self, document: &Document) -> Option<usize> {
        if self.ranges.is_empty() {
            return None;
        }
        let shares = document.statements().iter().enumerate().map(|(nth, statement)| {
            let other = Anchor::statement(document, statement);
            let (shared, all) = overlap(&self.ranges, &other.ranges);
            (nth, if all == 0 { 0.0 } else { f64::from(shared) / f64::from(all) })
        });
        let best = shares.fold(None, |best: Option<(usize, f64)>, share| match best {
            Some(best) if best.1 >= share.1 => Some(best),
            _ => Some(share),
        });
        best.filter(|(_, share)| *share >= 0.5).map(|(nth, _)| nth)
    }
}

/// How many bytes two lists of ranges share, and how many they have together.
fn overlap(one: &[[u32; 2]], other: &[[u32; 2]]) -> (u32, u32) {
    let length = |ranges: &[[u32; 2]]| ranges.iter().map(|[start, end]| end - start).sum::<u32>();
    let shared = |[a, b]: &[u32; 2]| -> u32 {
        other.iter().map(|[start, end]| (*b).min(*end).saturating_sub((*a).max(*start))).sum()
    };
    let shared: u32 = one.iter().map(shared).sum();
    (shared, (length(one) + length(other)).saturating_sub(shared))
}

impl Archive {
    /// Annotations, oldest first, of one second as they were written: of a page, or all. Those that were undone only where
    /// asked for.
    pub fn annotations(&self, page: Option<PageHash>, undone: bool) -> Result<Vec<Annotation>> {
        let query = "SELECT key, kind, page, ranges, words, value, author, made, undone FROM annotations
            WHERE (?1 IS NULL OR page = ?1) AND (?2 OR undone IS NULL) ORDER BY made, id";
        let page = page.map(|page| *page.as_bytes());
        Ok(self.all(query, (page, undone), annotation)?.into_iter().flatten().collect())
    }

    /// Annotations with what they are about now.
    pub fn placed(&self, page: Option<PageHash>, undone: bool) -> Result<Vec<Placed>> {
        let mut placed = Vec::new();
        // Annotations of a page mostly stand together: its document is read once for all of them.
        let mut at_hand: Option<(PageHash, Option<(DocumentId, Document)>)> = None;
        for annotation in self.annotations(page, undone)? {
            let page = annotation.anchor.page;
            if at_hand.as_ref().is_none_or(|(known, _)| *known != page) {
                at_hand = Some((page, self.document_of_page(page)?));
            }
            let document = at_hand.as_ref().and_then(|(_, document)| document.as_ref());
            placed.push(Placed::of(annotation, document.map(|(id, document)| (*id, document))));
        }
        Ok(placed)
    }

    fn document_of_page(&self, page: PageHash) -> Result<Option<(DocumentId, Document)>> {
        let query = "SELECT captures.id FROM captures JOIN documents USING (id) JOIN pages ON pages.id = page
            WHERE pages.hash = ?1 ORDER BY captures.id LIMIT 1";
        let id = self.one(query, [page.as_bytes()], |row| Ok(DocumentId(row.get(0)?)))?;
        id.map(|id| Ok((id, self.document(id)?))).transpose()
    }

    /// The name under which each speaker is known who has several, as people said: name as written to name to keep. Chains
    /// of names lead to the last of them.
    pub fn same_speakers(&self) -> Result<Vec<(String, String)>> {
        let query =
            "SELECT words, value FROM annotations WHERE kind = 'same_speaker' AND undone IS NULL ORDER BY made, id";
        let pairs: Vec<(String, String)> = self.all(query, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let last = |name: &str| {
            let mut name = name;
            // As many steps as there are pairs: a circle ends somewhere.
            for _ in 0..pairs.len() {
                match pairs.iter().rev().find(|(from, to)| from == name && from != to) {
                    Some((_, to)) => name = to,
                    None => break,
                }
            }
            name.to_owned()
        };
        Ok(pairs.iter().map(|(from, _)| (from.clone(), last(from))).filter(|(from, to)| from != to).collect())
    }

    /// A document in which a speaker has this name, and the place where it is given; the latest one.
    pub fn speaker_anchor(&self, name: &str) -> Result<Option<Anchor>> {
        let query = "SELECT document FROM statements JOIN speakers ON speakers.id = speaker WHERE name = ?1
            ORDER BY document DESC LIMIT 1";
        let Some(id) = self.one(query, [name], |row| Ok(DocumentId(row.get(0)?)))? else { return Ok(None) };
        let document = self.document(id)?;
        let folded = |span| document.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let found = document.names().iter().find(|found| folded(found.name) == name);
        Ok(found.map(|found| Anchor::words(&document, &[found.name])))
    }

    /// The annotation whose id begins with these digits.
    pub fn annotation_starting(&self, digits: &str) -> Result<Annotation> {
        let all = self.annotations(None, true)?;
        let mut found = all.into_iter().filter(|annotation| annotation.id.to_string().starts_with(digits));
        match (found.next(), found.next()) {
            (Some(annotation), None) if !digits.is_empty() => Ok(annotation),
            (None, _) => Err(Error::Unknown(format!("there is no correction, tag or note with the id {digits}"))),
            _ => Err(Error::Unknown(format!("more than one id begins with {digits:?}; name more digits"))),
        }
    }
}

impl Placed {
    fn of(annotation: Annotation, document: Option<(DocumentId, &Document)>) -> Placed {
        let statement = document.and_then(|(_, document)| annotation.anchor.find(document));
        let is_whole = annotation.anchor.ranges.is_empty();
        let fits = match annotation.kind {
            // A note may stand beside any words; those of a page never change.
            AnnotationKind::Tag | AnnotationKind::Note | AnnotationKind::SameSpeaker => document.is_some(),
            _ => is_whole || statement.is_some(),
        };
        Placed { document: document.map(|(id, _)| id), statement, orphaned: !fits || document.is_none(), annotation }
    }
}

fn annotation(row: &Row<'_>) -> rusqlite::Result<Option<Annotation>> {
    let ranges: String = row.get(3)?;
    let ranges = ranges.split(' ').filter_map(|range| {
        let (start, end) = range.split_once('-')?;
        let (start, end): (u32, u32) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then_some([start, end])
    });
    let anchor = Anchor { page: PageHash::from_bytes(row.get(2)?), ranges: ranges.collect(), words: row.get(4)? };
    // A kind that a newer version writes is passed over.
    let Some(kind) = AnnotationKind::of(row.get_ref(1)?.as_str()?) else { return Ok(None) };
    Ok(Some(Annotation {
        id: AnnotationId(ContentId::from_bytes(row.get(0)?)),
        kind,
        anchor,
        value: row.get(5)?,
        author: row.get(6)?,
        made: row.get(7)?,
        undone: row.get(8)?,
    }))
}
