//! The index as it follows the database: one writer thread, bounded memory, one commit for thousands of articles.

use super::entry::entries;
use super::schema::{Fields, tokenizers};
use super::state::{IndexProgress, State, found};
use crate::error::{NAME, index_error};
use onrecord_archive::{DocumentId, Entry, Error, Follower, Mark, Result};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

/// The folder of the index beside the database.
pub const FOLDER: &str = "search";
/// Bytes of postings that are collected before they are written out as a segment.
const COLLECTED_BYTES: usize = 96 << 20;
/// Segments of like size that are merged into one.
const MERGED_SEGMENTS: usize = 6;
/// Entries below which segments count as of one size.
const SMALL_SEGMENT: u32 = 20_000;
/// Share of removed entries from which on a segment is written anew without them.
const REMOVED_SHARE: f32 = 0.2;

/// The full-text index of an archive, to be given to [`Writer::open`](onrecord_archive::Writer::open).
pub struct IndexFollower {
    dir: PathBuf,
    fields: Fields,
    progress: IndexProgress,
    index: Option<Index>,
    writer: Option<IndexWriter>,
}

impl IndexFollower {
    /// The index of the archive at `place`. One that is missing, damaged or of another version is made anew.
    pub fn of(place: &Path) -> IndexFollower {
        let dir = place.join(FOLDER);
        let fields = Fields::new();
        let (index, progress) = match found(&dir, &fields) {
            State::Usable(usable) => (Some(usable.index), usable.progress),
            State::Absent | State::Unusable(_) => (None, IndexProgress::NOTHING),
        };
        IndexFollower { dir, fields, progress, index, writer: None }
    }

    fn failed(&self, error: &dyn std::fmt::Display) -> Error {
        index_error(format!("{}: {error}", self.dir.display()))
    }

    /// The index, made where there is none.
    fn index(&mut self) -> Result<Index> {
        if let Some(index) = &self.index {
            return Ok(index.clone());
        }
        // What lies there can't be used.
        match fs::remove_dir_all(&self.dir) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(self.failed(&error)),
        }
        fs::create_dir_all(&self.dir).map_err(|error| self.failed(&error))?;
        let directory = MmapDirectory::open(&self.dir).map_err(|error| self.failed(&error))?;
        let settings = IndexSettings {
            // Nothing is stored.
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let made = Index::create(directory, self.fields.schema.clone(), settings);
        let mut index = made.map_err(|error| self.failed(&error))?;
        index.set_tokenizers(tokenizers());
        self.index = Some(index.clone());
        Ok(index)
    }

    fn writer(&mut self) -> Result<&mut IndexWriter> {
        if self.writer.is_none() {
            let index = self.index()?;
            // One thread, so that statements stand behind their article and what is asked for together lies together.
            let options = IndexWriterOptions::builder()
                .memory_budget_per_thread(COLLECTED_BYTES)
                .num_worker_threads(1)
                .num_merge_threads(1)
                .build();
            let writer = index.writer_with_options(options).map_err(|error| self.failed(&error))?;
            let mut policy = LogMergePolicy::default();
            policy.set_min_num_segments(MERGED_SEGMENTS);
            policy.set_min_layer_size(SMALL_SEGMENT);
            policy.set_del_docs_ratio_before_merge(REMOVED_SHARE);
            writer.set_merge_policy(Box::new(policy));
            self.writer = Some(writer);
        }
        let dir = self.dir.clone();
        self.writer.as_mut().ok_or_else(|| index_error(format!("{}: can't be written to", dir.display())))
    }
}

impl Follower for IndexFollower {
    fn name(&self) -> &'static str {
        NAME
    }

    fn folder(&self) -> &'static str {
        FOLDER
    }

    fn mark(&self) -> Option<Mark> {
        self.progress.mark
    }

    fn clear(&mut self) -> Result<()> {
        self.writer = None;
        self.index = None;
        self.progress = IndexProgress::NOTHING;
        self.index().map(|_| ())
    }

    fn take(&mut self, entry: &Entry<'_>) -> Result<()> {
        let number = entry.listed.id.number();
        if number <= self.progress.highest {
            self.forget(entry.listed.id)?;
        }
        let made: Vec<TantivyDocument> = entries(&self.fields, entry);
        let dir = self.dir.clone();
        let writer = self.writer()?;
        for document in made {
            writer.add_document(document).map_err(|error| index_error(format!("{}: {error}", dir.display())))?;
        }
        self.progress.highest = self.progress.highest.max(number);
        Ok(())
    }

    fn forget(&mut self, id: DocumentId) -> Result<()> {
        let term = Term::from_field_u64(self.fields.id, id.number());
        self.writer()?.delete_term(term);
        Ok(())
    }

    fn commit(&mut self, mark: Mark) -> Result<()> {
        let progress = IndexProgress { mark: Some(mark), ..self.progress };
        let dir = self.dir.clone();
        let writer = self.writer()?;
        let committed = writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&progress.payload());
            commit.commit()
        });
        committed.map_err(|error| index_error(format!("{}: {error}", dir.display())))?;
        self.progress = progress;
        Ok(())
    }
}

impl Drop for IndexFollower {
    /// Lets merges that are under way come to their end: what they did would be done again next time.
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            let _ = writer.wait_merging_threads();
        }
    }
}
