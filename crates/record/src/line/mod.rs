//! The contract's line.

mod evidence;
mod layers;
mod names;
mod parts;
mod stated;
mod statements;
mod tokens;
mod wording;

pub use evidence::Evidence;
pub use layers::LayerLines;
pub use names::{MentionLine, NameLine};
pub use parts::{BlockLine, BylineLine, ImageLine, LinkLine, NoteLine, PageLine, RelatedLine};
pub use stated::{StatedField, stated};
pub use statements::{CountLine, PhraseLine, SourcingLine, SpeakerLine, StatementLine, statements};
pub use tokens::{EntityLine, TokenLine, TokenLines};

pub(crate) use stated::authors;
pub(crate) use wording::rounded;

use crate::json::write_escaped;
use crate::{CodePoints, Producers, Show, schema};
use layers::LayerSource;
use onrecord_document::{Document, LayerKind, Note, Stated};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Everything Onrecord prints about one page. Offsets are Unicode code points, half-open, into `text` directly followed
/// by `rest`; `null` or `[]` where there is nothing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(missing_docs)] // the names are the contract's
pub struct Line<'a> {
    /// The path as given, `-` for standard input, or the record's own id.
    pub id: &'a str,
    #[schemars(extend("const" = "onrecord/2"))]
    pub schema: &'static str,
    #[schemars(extend("const" = "codepoints"))]
    pub offsets: &'static str,
    /// Versions of the stages that read the page; null where a stage did not run.
    pub producers: Producers,
    pub page: PageLine,
    pub url: Option<&'a str>,
    pub canonical_url: Option<&'a str>,
    pub site: Option<&'a str>,
    pub section: Option<&'a str>,
    /// ISO 639-1, or 639-3 where there is none.
    pub language: Option<&'a str>,
    #[schemars(schema_with = "schema::genre")]
    pub genre: Option<&'static str>,
    pub paywalled: Option<bool>,
    pub headline: Option<&'a str>,
    pub standfirst: Option<&'a str>,
    /// People and agencies both.
    pub authors: Vec<&'a str>,
    pub bylines: Vec<BylineLine<'a>>,
    /// RFC 3339, or a local date-time or a date where that is all there is.
    pub published: Option<String>,
    /// As `published`.
    pub modified: Option<String>,
    pub topics: Vec<&'a str>,
    pub images: Vec<ImageLine<'a>>,
    pub links: Vec<LinkLine<'a>>,
    pub related: Vec<RelatedLine<'a>>,
    /// The body's blocks joined by line breaks.
    pub text: &'a str,
    /// The other blocks joined by line breaks.
    pub rest: &'a str,
    pub blocks: Vec<BlockLine>,
    #[serde(flatten)]
    pub layers: LayerLines<'a>,
    /// JSON Pointers of fields and facts, each with half-open byte ranges of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, Vec<[u32; 2]>>")]
    pub evidence: Option<Evidence>,
    pub notes: Vec<NoteLine<'a>>,
}

impl<'a> Line<'a> {
    /// The line of a document. Layers that are not shown have no key; a layer that is shown and was not made is empty,
    /// and a note `layer_absent` says so.
    pub fn of(document: &'a Document, show: &Show, producers: &Producers) -> Self {
        let points = Arc::new(CodePoints::of(document.buffer().as_str()));
        let capture = document.capture();
        let fields = &document.fields;
        let mut notes: Vec<NoteLine<'a>> = document.notes.iter().map(NoteLine::from).collect();
        notes.extend(absent_layers(document, show));
        Line {
            producers: *producers,
            page: PageLine {
                hash: Some(capture.hash.to_string()),
                bytes: Some(capture.page.as_bytes().len() as u64),
                encoding: Some(document.encoding()),
                media_type: Some(capture.media.media_type()),
            },
            url: words(&fields.url).or(capture.url.as_deref()),
            canonical_url: words(&fields.canonical_url),
            site: words(&fields.site),
            section: words(&fields.section),
            language: words(&fields.language),
            genre: fields.genre.as_ref().map(|genre| genre.value.name()),
            paywalled: fields.paywalled.as_ref().map(|paywalled| paywalled.value),
            headline: words(&fields.headline),
            standfirst: words(&fields.standfirst),
            authors: authors(document).into_iter().map(|byline| byline.value.name.as_str()).collect(),
            bylines: fields
                .bylines
                .iter()
                .map(|Stated { value, .. }| BylineLine {
                    name: &value.name,
                    kind: value.kind.name(),
                    role: value.role.as_deref(),
                })
                .collect(),
            published: fields.published.as_ref().map(|moment| moment.value.to_string()),
            modified: fields.modified.as_ref().map(|moment| moment.value.to_string()),
            topics: fields.topics.iter().map(|topic| topic.value.as_str()).collect(),
            images: fields
                .images
                .iter()
                .map(|image| ImageLine {
                    url: &image.url.value,
                    caption: words(&image.caption),
                    credit: words(&image.credit),
                })
                .collect(),
            links: fields
                .links
                .iter()
                .map(|link| LinkLine { span: points.span(link.span), url: &link.url.value })
                .collect(),
            related: fields
                .related
                .iter()
                .map(|related| RelatedLine { url: &related.url.value, title: &related.title.value })
                .collect(),
            text: document.text(),
            rest: document.rest(),
            blocks: document
                .blocks()
                .iter()
                .map(|block| BlockLine {
                    kind: block.kind.name(),
                    span: points.span(block.span),
                    order: block.order,
                    repeats: block.repeats,
                })
                .collect(),
            layers: LayerLines::of(&LayerSource { document, points }, show),
            evidence: show.evidence.then(|| evidence(document)),
            notes,
            ..Line::empty(&capture.id)
        }
    }

    /// The line of a page that could not be read, with the note that says why. `bytes`: its length where known.
    pub fn unreadable(id: &'a str, note: &'a Note, bytes: Option<u64>) -> Self {
        let page = PageLine { bytes, ..PageLine::default() };
        Line { page, notes: vec![note.into()], ..Line::empty(id) }
    }

    /// Writes the line as JSON, without a line break in or after it. Characters that a terminal would obey are escaped.
    pub fn write<W: io::Write>(&self, out: W) -> io::Result<()> {
        write_escaped(out, self, false)
    }

    /// Writes the same as indented JSON, without a line break at its end.
    pub fn write_indented<W: io::Write>(&self, out: W) -> io::Result<()> {
        write_escaped(out, self, true)
    }

    fn empty(id: &'a str) -> Self {
        Line {
            id,
            schema: "onrecord/2",
            offsets: "codepoints",
            producers: Producers::default(),
            page: PageLine::default(),
            url: None,
            canonical_url: None,
            site: None,
            section: None,
            language: None,
            genre: None,
            paywalled: None,
            headline: None,
            standfirst: None,
            authors: Vec::new(),
            bylines: Vec::new(),
            published: None,
            modified: None,
            topics: Vec::new(),
            images: Vec::new(),
            links: Vec::new(),
            related: Vec::new(),
            text: "",
            rest: "",
            blocks: Vec::new(),
            layers: LayerLines::default(),
            evidence: None,
            notes: Vec::new(),
        }
    }
}

/// The JSON Schema (2020-12) of a line. The repository keeps it as `schema/onrecord-2.schema.json`.
pub fn line_schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Line<'_>>();
    schema.insert("title".to_owned(), "A line of Onrecord, schema onrecord/2".into());
    schema.into()
}

/// The evidence of every field, block and fact of a document.
fn evidence(document: &Document) -> Evidence {
    let mut evidence = Evidence::of_article(document);
    LayerLines::add_evidence(document, &mut evidence);
    evidence
}

fn words(field: &Option<Stated<String>>) -> Option<&str> {
    field.as_ref().map(|field| field.value.as_str())
}

/// A note for each layer that was asked for and that no stage made.
fn absent_layers(document: &Document, show: &Show) -> Vec<NoteLine<'static>> {
    let absent = show.layers.iter().filter(|kind| document.layers.get(*kind).is_none());
    let note = |kind: LayerKind| NoteLine {
        stage: kind.stage().name(),
        code: "layer_absent",
        message: format!("no stage that was run makes {}", kind.name()).into(),
    };
    absent.map(note).collect()
}
