//! A statement in a list: in its sentence, with its article.

use super::ArticleRef;
use super::passage::{Passage, Role};
use super::statement::StatementView;
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
pub struct Said {
    /// The article.
    pub article: ArticleRef,
    /// The statement.
    pub statement: StatementView,
    /// Its sentence, with the statement marked.
    pub passage: Passage,
    /// The statement as the contract has it, with offsets into its article's `text` and `rest`; only in the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<onrecord_record::StatementLine<'static>>")]
    pub quote: Option<serde_json::Value>,
}

/// Adds the contract's quotes to statements of a list.
pub(crate) fn with_quotes(archive: &Archive, said: &mut [Said]) -> Result<()> {
    let mut at_hand: Option<(String, Source)> = None;
    for said in said {
        let key = said.article.key.clone();
        if at_hand.as_ref().is_none_or(|(known, _)| *known != key) {
            let id = CaptureKey::parse(&key).map(|key| archive.find(key)).transpose()?.flatten();
            at_hand = id.map(|id| Source::of(archive, id)).transpose()?.map(|source| (key, source));
        }
        let Some((_, source)) = &at_hand else { continue };
        let quotes = onrecord_record::statements(&source.words().buffer, source.layers());
        said.quote = quotes.get(said.statement.number - 1).and_then(|quote| serde_json::to_value(quote).ok());
    }
    Ok(())
}

/// A document at hand, for several of its statements.
pub(crate) struct Source {
    pub listed: Listed,
    read: Arc<(Words, Layers)>,
}

impl Source {
    pub fn of(archive: &Archive, id: DocumentId) -> Result<Source> {
        Source::of_listed(archive, archive.listed(id)?)
    }

    pub fn of_listed(archive: &Archive, listed: Listed) -> Result<Source> {
        let words = archive.words(listed.id)?;
        let layers = archive.layers(listed.id, &words)?;
        Ok(Source::new(listed, Arc::new((words, layers))))
    }

    pub fn new(listed: Listed, read: Arc<(Words, Layers)>) -> Source {
        Source { listed, read }
    }

    pub fn words(&self) -> &Words {
        &self.read.0
    }

    pub fn layers(&self) -> &Layers {
        &self.read.1
    }

    /// The statement of this index, with words that were searched for; `None` if there is none.
    pub fn said(&self, nth: usize, found: &[Span<Text>]) -> Option<Said> {
        let quote = self.layers().statements.as_ref()?.items.get(nth)?;
        let span = self.sentence(quote)?;
        let mut passage = Passage::of(&self.words().buffer, span, [(nth + 1, quote)]);
        for found in found {
            passage.push(span, *found, 0, Role::Found);
        }
        Some(Said {
            article: ArticleRef::of(&self.listed),
            statement: StatementView::of(&self.words().buffer, self.layers(), nth, None)?,
            passage,
            quote: None,
        })
    }

    /// The sentences of the block in which the statement, its cue and its source stand.
    fn sentence(&self, quote: &Statement) -> Option<Span<Text>> {
        let content = *quote.content.first()?;
        let block = self.words().blocks.iter().find(|block| block.span.contains(content)).map(|block| block.span);
        let inside = |span: &&Span<Text>| block.is_none_or(|block| block.contains(**span));
        let parts = quote.content.iter().chain(&quote.cue).chain(&quote.source).filter(inside);
        let all = parts.fold(content, |all, part| all.cover(*part));
        let sentences = self.layers().sentences.iter().flat_map(|layer| &layer.items);
        let whole =
            sentences.filter(|sentence| sentence.overlaps(all)).fold(all, |whole, sentence| whole.cover(*sentence));
        let whole = if block.is_none_or(|block| block.contains(whole)) { whole } else { all };
        Some([whole, all, content].into_iter().find(|span| span.len() <= LONGEST).unwrap_or(content))
    }
}
