//! An article: its text with statements marked, what the page states, versions, what people wrote.

pub mod changes;
pub mod evidence;
pub mod fact;
pub mod lines;

use crate::corrections::CorrectionView;
use crate::statement::StatementView;
use crate::statement::passage::Passage;
use crate::words;
use crate::{ArticleRef, Sources};
use onrecord_archive::{Archive, CaptureKey, Listed, Result, utc};
use onrecord_document::{Basis, Block, BlockKind, BlockRole, Document, Statement};
use onrecord_record::{CodePoints, Head, Reading, stated};
use onrecord_span::{Span, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// An article as the desk shows it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Article {
    /// What lists say of it.
    #[serde(flatten)]
    pub article: ArticleRef,
    /// How the output names it.
    pub name: String,
    /// The page it was read from.
    pub page: Page,
    /// What the page states, each with what it rests on.
    pub fields: Vec<Field>,
    /// The headline.
    pub head: Option<Passage>,
    /// The standfirst, where it is not the body's beginning.
    pub standfirst: Option<Passage>,
    /// Furniture above the headline, then everything below it, in the order of the page.
    pub above: Vec<Part>,
    /// What stands below the headline.
    pub flow: Vec<Part>,
    /// The statements, in the order of the text.
    pub statements: Vec<StatementView>,
    /// How many rest on what.
    pub sources: Sources,
    /// By kind: direct, indirect, mixed.
    pub forms: [u64; 3],
    /// On condition of anonymity.
    pub anonymous: u64,
    /// All versions of the article, oldest first; this one among them.
    pub versions: Vec<Version>,
    /// Corrections, tags and notes.
    pub written: Vec<CorrectionView>,
    /// What a user should know of the reading.
    pub remarks: Vec<String>,
    /// When it was read into the archive, RFC 3339.
    pub added: String,
    /// Whether the language is written from right to left.
    pub right_to_left: bool,
    /// Links that the page offers to other articles.
    pub related: Vec<Link>,
}

/// The page of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Page {
    /// SHA-256.
    pub hash: String,
    /// Its length.
    pub bytes: u64,
    /// As the WHATWG Encoding Standard names it.
    pub encoding: &'static str,
    /// What the bytes hold.
    pub media_type: &'static str,
    /// Where it was found.
    pub origin: String,
    /// When it was fetched.
    pub fetched: Option<String>,
}

/// A field that the page states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// Its name: `headline`, `authors.0`.
    pub name: String,
    /// Its value as the output prints it.
    pub value: String,
    /// The words it was read from.
    pub as_written: String,
    /// What it rests on: `page`, `url`, `header`, `detected`.
    pub basis: &'static str,
    /// Byte ranges of the page.
    pub bytes: Vec<[u32; 2]>,
}

/// A part of the page below the headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A block of the article.
    Block {
        /// What it is.
        kind: &'static str,
        /// Its words.
        passage: Passage,
        /// The statements that begin in it, by number.
        statements: Vec<usize>,
    },
    /// Blocks that are folded: furniture, captions of pictures, what repeats earlier words.
    Folded {
        /// What they are.
        title: String,
        /// How many characters they have.
        characters: u64,
        /// Their words.
        blocks: Vec<String>,
    },
}

/// A version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Version {
    /// The document.
    pub key: String,
    /// When it was seen: fetched, or what the page states.
    pub seen: String,
    /// When it was added, RFC 3339.
    pub added: String,
    /// Whether it is this one.
    pub this: bool,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// What the page calls it.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// The document that somebody means by a key, the digits of a page's hash, or an address; the latest where it is several.
pub fn meant(archive: &Archive, what: &str) -> Result<Option<Listed>> {
    if let Some(id) = CaptureKey::parse(what).map(|key| archive.find(key)).transpose()?.flatten() {
        return archive.listed(id).map(Some);
    }
    Ok(archive.meant(what)?.pop())
}

impl Article {
    /// The article of a document.
    pub fn of(archive: &Archive, listed: &Listed) -> Result<Article> {
        let document = archive.document(listed.id)?;
        let written = CorrectionView::on(archive, listed, &document)?;
        let mut versions = archive.versions(&listed.address)?;
        if !versions.iter().any(|version| version.id == listed.id) {
            versions = vec![listed.clone()];
        }
        let found = statements(&document);
        let points = CodePoints::of(document.buffer().as_str());
        let statements: Vec<StatementView> = (0..found.len())
            .filter_map(|nth| StatementView::of(document.buffer(), &document.layers, nth, Some(&points)))
            .collect();
        let mut sources = Sources::default();
        let mut forms = [0; 3];
        for statement in found {
            sources.add(statement.sourcing.kind, 1);
            forms[statement.form as usize] += 1;
        }
        let reading = Reading::of(&document);
        let headline = reading.headline.map(|head| passage_of(&document, head));
        let standfirst = reading.standfirst.map(|head| passage_of(&document, head));
        let (above, flow) = parts(&document, &reading);
        let capture = document.capture();
        Ok(Article {
            article: ArticleRef::of(listed),
            name: listed.name.clone(),
            page: Page {
                hash: capture.hash.to_string(),
                bytes: capture.page.as_bytes().len() as u64,
                encoding: document.encoding(),
                media_type: capture.media.media_type(),
                origin: capture.origin.to_string(),
                fetched: listed.fetched.clone(),
            },
            fields: fields(&document),
            head: headline,
            standfirst,
            above,
            flow,
            anonymous: statements
                .iter()
                .filter(|statement| statement.terms_kind == onrecord_document::Terms::ConditionOfAnonymity)
                .count() as u64,
            statements,
            sources,
            forms,
            versions: versions
                .iter()
                .map(|version| Version {
                    key: version.key.to_string(),
                    seen: version.seen.clone(),
                    added: utc(version.added),
                    this: version.id == listed.id,
                })
                .collect(),
            written,
            remarks: document.notes.iter().map(|note| note.message.clone()).collect(),
            added: utc(listed.added),
            right_to_left: is_right_to_left(listed.language.as_deref()),
            related: document
                .fields
                .related
                .iter()
                .map(|related| Link { title: related.title.value.clone(), url: related.url.value.clone() })
                .collect(),
        })
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// A statement to be quoted: its words, who said it, where, when, and the hash that proves it.
    pub fn citation(&self, statement: &StatementView) -> String {
        let mut who = statement.who().to_owned();
        if let Some(role) = &statement.role {
            who.push_str(&format!(", {role}"));
        }
        let mut parts = vec![format!("{} ({who}).", quoted(&statement.words))];
        let place = [
            self.article.headline.as_ref().map(|headline| format!("“{headline}”")),
            self.article.outlet.clone(),
            self.article.published.as_deref().map(words::day),
        ];
        parts.push(format!("{}.", place.into_iter().flatten().collect::<Vec<_>>().join(", ")));
        parts.extend(self.article.url.clone());
        parts.push(format!("Page SHA-256 {}", self.page.hash));
        parts.join(" ")
    }
}

/// Words in quotation marks, where they have none of their own at both ends.
fn quoted(words: &str) -> String {
    let has_marks = words.starts_with(['“', '"', '«', '„', '「', '‘', '\'']);
    if has_marks { words.to_owned() } else { format!("“{words}”") }
}

pub(crate) fn statements(document: &Document) -> &[Statement] {
    document.layers.statements.as_ref().map_or(&[], |layer| &layer.items)
}

pub(crate) fn fields(document: &Document) -> Vec<Field> {
    let fields = stated(document).into_iter().map(|field| Field {
        name: field.pointer.trim_start_matches('/').replace('/', "."),
        value: field.value.into_owned(),
        as_written: field.as_written.to_owned(),
        basis: match field.basis {
            Basis::Page => "page",
            Basis::Url => "url",
            Basis::Header => "header",
            Basis::Detected => "detected",
        },
        bytes: field.evidence.iter().map(|span| [span.start() as u32, span.end() as u32]).collect(),
    });
    fields.collect()
}

fn passage_of(document: &Document, head: Head<'_>) -> Passage {
    match head {
        Head::Block(block) => marked(document, block.span),
        Head::Field(words) => Passage::plain(words),
    }
}

/// The words of a span with statements and links.
fn marked(document: &Document, span: Span<Text>) -> Passage {
    let numbered = statements(document).iter().enumerate().map(|(nth, statement)| (nth + 1, statement));
    let mut passage = Passage::of(document.buffer(), span, numbered);
    passage.link(span, &document.fields.links);
    passage
}

/// What stands above the headline and what below it.
fn parts(document: &Document, reading: &Reading<'_>) -> (Vec<Part>, Vec<Part>) {
    let heads: Vec<Span<Text>> = [reading.headline, reading.standfirst]
        .into_iter()
        .flatten()
        .filter_map(|head| if let Head::Block(block) = head { Some(block.span) } else { None })
        .collect();
    let mut blocks: Vec<&Block> = document.blocks().iter().filter(|block| !heads.contains(&block.span)).collect();
    blocks.sort_by_key(|block| block.order);
    let headline = match reading.headline {
        Some(Head::Block(block)) => block.order,
        _ => 0,
    };
    let in_flow = |block: &Block| reading.flow.iter().any(|flowing| flowing.span == block.span);
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for block in blocks {
        let words = document.words(block.span);
        let parts = if block.order < headline { &mut above } else { &mut below };
        if in_flow(block) && block.kind != BlockKind::ImageName {
            let first =
                |statement: &Statement| statement.content.first().is_some_and(|first| block.span.contains(*first));
            let begun = statements(document)
                .iter()
                .enumerate()
                .filter(|(_, statement)| first(statement))
                .map(|(nth, _)| nth + 1);
            parts.push(Part::Block {
                kind: block.kind.name(),
                passage: marked(document, block.span),
                statements: begun.collect(),
            });
            continue;
        }
        let title = match block.repeats {
            Some(_) if block.kind.role() != BlockRole::Furniture => {
                format!("{} again, word for word", words::block(block.kind))
            }
            _ => words::block(block.kind).to_owned(),
        };
        let characters = words.chars().count() as u64;
        match parts.last_mut() {
            Some(Part::Folded { title: last, characters: sum, blocks }) if *last == title => {
                *sum += characters;
                blocks.push(words.to_owned());
            }
            _ => parts.push(Part::Folded { title, characters, blocks: vec![words.to_owned()] }),
        }
    }
    (above, below)
}

/// Languages that are written from right to left, by ISO 639 code.
pub(crate) fn is_right_to_left(language: Option<&str>) -> bool {
    matches!(
        language.map(|code| code.split('-').next().unwrap_or(code)),
        Some("ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi")
    )
}
