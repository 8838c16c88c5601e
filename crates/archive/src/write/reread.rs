//! Reading stored pages anew where a newer version reads them differently.

use crate::write::prepared::PackedParts;
use crate::{Archive, DocumentId, Reading, Result, Writer};
use onrecord_document::{Capture, Document, Stage};
use onrecord_record::Producers;

/// How pages are read now.
pub struct Rereading<'a> {
    /// The versions of the stages, when reading stops after a stage.
    pub producers: &'a (dyn Fn(Stage) -> Producers + Sync),
    /// Reads the article of a page, and no more.
    pub article: &'a (dyn Fn(&Capture) -> Document + Sync),
    /// Makes the layers of a document whose article was read.
    pub layers: &'a (dyn Fn(Document, Stage) -> Document + Sync),
    /// Read at least so far.
    pub at_least: Option<Stage>,
}

/// What a rereading came to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Reread {
    /// It was read by the present versions.
    Current,
    /// It was read anew, and came out the same.
    Same,
    /// Layers came out differently; words and fields are the same.
    Layers,
    /// The article came out differently.
    Article,
}

/// A document read anew, to be put in the place of the stored one.
pub struct Renewed {
    id: DocumentId,
    document: Document,
    reading: Reading,
    parts: PackedParts,
}

impl Archive {
    /// Reads a document anew as far as that is needed: the article where another version read it; the layers where another
    /// version made them, or where the words that they were made from changed. `None` where nothing is to be renewed.
    pub fn reread(&self, id: DocumentId, how: &Rereading<'_>) -> Result<Option<Renewed>> {
        let listed = self.listed(id)?;
        let until = how.at_least.map_or(listed.reading.until, |least| least.max(listed.reading.until));
        let reading = Reading { until, producers: (how.producers)(until) };
        if listed.reading == reading {
            return Ok(None);
        }
        let stored = self.document(id)?;
        let same_article = listed.reading.producers.article == reading.producers.article;
        let same_layers = listed.reading.until == until
            && listed.reading.producers.language == reading.producers.language
            && listed.reading.producers.facts == reading.producers.facts;
        let mut document = if same_article { stored.clone() } else { (how.article)(stored.capture()) };
        // Layers are made from the words: the same words, read by the same versions, have the same.
        let same_words = document.buffer().as_str() == stored.buffer().as_str()
            && document.text().len() == stored.text().len()
            && document.blocks() == stored.blocks();
        if same_layers && same_words {
            document.layers = stored.layers.clone();
        } else {
            document = (how.layers)(document, until);
        }
        let parts = PackedParts::of(&document);
        Ok(Some(Renewed { id, document, reading, parts }))
    }
}

impl Writer {
    /// Puts a document that was read anew in its place. Commits when the batch is full.
    pub fn renew(&mut self, renewed: Renewed) -> Result<Reread> {
        let Renewed { id, document, reading, parts } = renewed;
        let hash = "SELECT hash FROM documents WHERE id = ?1";
        let hash = self.archive().one(hash, [id.0], |row| row.get::<_, [u8; 16]>(0))?;
        let before = self.layer_hashes(id)?;
        let article = hash != Some(parts.hash);
        self.replace(id, document, reading, &parts)?;
        let layers = before != self.layer_hashes(id)?;
        self.commit_if_full()?;
        Ok(match (article, layers) {
            (true, _) => Reread::Article,
            (false, true) => Reread::Layers,
            (false, false) => Reread::Same,
        })
    }

    fn layer_hashes(&self, id: DocumentId) -> Result<Vec<(String, [u8; 8])>> {
        let query = "SELECT name, hash FROM layers WHERE document = ?1 ORDER BY name";
        self.archive().all(query, [id.0], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
