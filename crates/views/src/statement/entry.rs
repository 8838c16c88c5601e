//! A statement in a list: in its sentence, with its article.

use crate::ArticleRef;
use crate::statement::StatementView;
use crate::statement::passage::{Passage, Role};
use onrecord_archive::{Archive, CaptureKey, DocumentId, Listed, Result, Words};
use onrecord_document::{Layers, Statement};
use onrecord_span::{Span, Text};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// Longest sentence that is shown around a statement, in bytes; of a longer one its parts alone.
const LONGEST: usize = 900;

/// A statement, where and how it was said.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StatementEntry {
    /// The article.
    pub article: ArticleRef,
    /// The statement.
    pub statement: StatementView,
    /// Its sentence, with the statement marked.
    pub passage: Passage,
    /// The statement as the contract has it, with offsets into its article's `text` and `rest`; only in the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<onrecord_record::StatementLine<'static>>")]
    pub record: Option<serde_json::Value>,
}

impl StatementEntry {
    /// The document that it is in; `None` where the archive has it no more.
    pub fn id(&self, archive: &Archive) -> Result<Option<DocumentId>> {
        CaptureKey::parse(&self.article.key).map_or(Ok(None), |key| archive.find(key))
    }
}

/// Adds the contract's record to statements of a list.
pub fn with_records(archive: &Archive, said: &mut [StatementEntry]) -> Result<()> {
    let mut at_hand: Option<(String, Source)> = None;
    for said in said {
        let key = said.article.key.clone();
        if at_hand.as_ref().is_none_or(|(known, _)| *known != key) {
            let id = said.id(archive)?;
            at_hand = id.map(|id| Source::of(archive, id)).transpose()?.map(|source| (key, source));
        }
        let Some((_, source)) = &at_hand else { continue };
        let statements = onrecord_record::statements(&source.words().buffer, source.layers());
        said.record =
            statements.get(said.statement.number - 1).and_then(|statement| serde_json::to_value(statement).ok());
    }
    Ok(())
}

/// A document at hand, for several of its statements.
pub struct Source {
    /// What lists say of it.
    pub listed: Listed,
    read: Arc<(Words, Layers)>,
}

impl Source {
    /// The document with this id.
    pub fn of(archive: &Archive, id: DocumentId) -> Result<Source> {
        Source::of_listed(archive, archive.listed(id)?)
    }

    /// The document of a list's entry.
    pub fn of_listed(archive: &Archive, listed: Listed) -> Result<Source> {
        let words = archive.words(listed.id)?;
        let layers = archive.layers(listed.id, &words)?;
        Ok(Source::new(listed, Arc::new((words, layers))))
    }

    /// A document whose words and layers were read already.
    pub fn new(listed: Listed, read: Arc<(Words, Layers)>) -> Source {
        Source { listed, read }
    }

    /// Its words.
    pub fn words(&self) -> &Words {
        &self.read.0
    }

    /// Its layers.
    pub fn layers(&self) -> &Layers {
        &self.read.1
    }

    /// The statement of this index, with words that were searched for; `None` if there is none.
    pub fn said(&self, nth: usize, found: &[Span<Text>]) -> Option<StatementEntry> {
        let statement = self.layers().statements.as_ref()?.items.get(nth)?;
        let span = self.sentence(statement)?;
        let mut passage = Passage::of(&self.words().buffer, span, [(nth + 1, statement)]);
        for found in found {
            passage.push(span, *found, 0, Role::Found);
        }
        Some(StatementEntry {
            article: ArticleRef::of(&self.listed),
            statement: StatementView::of(&self.words().buffer, self.layers(), nth, None)?,
            passage,
            record: None,
        })
    }

    /// The sentences of the block in which the statement, its cue and its source stand.
    fn sentence(&self, statement: &Statement) -> Option<Span<Text>> {
        let content = *statement.content.first()?;
        let block = self.words().blocks.iter().find(|block| block.span.contains(content)).map(|block| block.span);
        let inside = |span: &&Span<Text>| block.is_none_or(|block| block.contains(**span));
        let parts = statement.content.iter().chain(&statement.cue).chain(&statement.source).filter(inside);
        let all = parts.fold(content, |all, part| all.cover(*part));
        let sentences = self.layers().sentences.iter().flat_map(|layer| &layer.items);
        let whole =
            sentences.filter(|sentence| sentence.overlaps(all)).fold(all, |whole, sentence| whole.cover(*sentence));
        let whole = if block.is_none_or(|block| block.contains(whole)) { whole } else { all };
        Some([whole, all, content].into_iter().find(|span| span.len() <= LONGEST).unwrap_or(content))
    }
}
