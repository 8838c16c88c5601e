//! Opening the index of an archive and searching it.

use crate::error::index_error;
use crate::index::{FOLDER, Fields, IndexFollower, State, check, found};
use crate::plan::advice::advice;
use crate::plan::collect::{Best, Collected, Ranked};
use crate::plan::planner::Planner;
use crate::plan::view::View;
use crate::query::{Query, WordField};
use crate::request::{Cursor, Kind, MAX_LIMIT, Request, Sort};
use crate::results::statement;
use crate::results::{ArticleHit, Found, Hit, StatementHit};
use crate::snippets::Marker;
use crate::snippets::snippet;
use crate::text::{Stem, Stems};
use onrecord_archive::{Archive, DocumentId, Error, Mark, Result, Words, Writer};
use onrecord_document::Layers;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::{Index, IndexReader, ReloadPolicy};

/// Search over one archive, for one thread.
pub struct Search {
    archive: Archive,
    shared: Arc<SharedIndex>,
}

/// What all threads share.
struct SharedIndex {
    fields: Fields,
    reader: IndexReader,
    /// The index, of which commits are heard; `None` where there is nothing to index.
    index: Option<Index>,
    seen: Mutex<Seen>,
}

/// The index as it was last looked at.
#[derive(Clone)]
struct Seen {
    view: Arc<View>,
    mark: Option<Mark>,
}

impl Search {
    /// Opens the archive at `place` for searching. An index that is missing, damaged, of another version or behind is first
    /// brought up to date, and `news` is told so. Where another process is writing, an index that is only behind is used
    /// as it is; where there is none that can be used, the error says why.
    pub fn open(place: &Path, mut news: impl FnMut(&str)) -> Result<Search> {
        let archive = Archive::open(place)?;
        let fields = Fields::new();
        let dir = place.join(FOLDER);
        let wanted = archive.mark()?;
        let mut state = found(&dir, &fields);
        if let Some(reason) = why_not_current(&state, wanted, &archive)? {
            news(&reason);
            match bring_up(place) {
                Ok(()) => state = found(&dir, &fields),
                Err(error) if is_usable(&state, &archive)? => {
                    news(&format!("it is used as it is, because it can't be brought up to date now: {error}"));
                }
                Err(error) => {
                    return Err(index_error(format!("{}: {reason}, but it can't now: {error}", dir.display())));
                }
            }
        }
        let (index, mark) = match state {
            State::Usable(usable) => (Some(usable.index), usable.progress.mark),
            // Nothing was ever added.
            State::Absent => (None, None),
            State::Unusable(reason) => return Err(index_error(format!("{}: it {reason}", dir.display()))),
        };
        let in_memory = || Index::create_in_ram(fields.schema.clone());
        let reader = index.clone().unwrap_or_else(in_memory).reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = reader.try_into().map_err(index_error)?;
        let view = Arc::new(View::of(&fields, reader.searcher())?);
        Ok(Search {
            archive,
            shared: Arc::new(SharedIndex { fields, reader, index, seen: Mutex::new(Seen { view, mark }) }),
        })
    }

    /// Another search of the same archive and index, for another thread.
    pub fn again(&self) -> Result<Search> {
        Ok(Search { archive: self.archive.again()?, shared: Arc::clone(&self.shared) })
    }

    /// The archive that is searched.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The index as it is now, and how many changes it is behind the database.
    fn view(&self) -> Result<(Seen, u64)> {
        let wanted = self.archive.mark()?;
        let mut seen = self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = self.shared.index.as_ref().filter(|_| seen.mark != wanted) {
            // The mark is read first: the index may be ahead of what is said of it, never behind.
            let payload = index.load_metas().map_err(index_error)?.payload.unwrap_or_default();
            let progress = crate::index::IndexProgress::read(&payload);
            if let Some(progress) = progress.filter(|progress| progress.mark != seen.mark) {
                self.shared.reader.reload().map_err(index_error)?;
                let view = View::of(&self.shared.fields, self.shared.reader.searcher())?;
                *seen = Seen { view: Arc::new(view), mark: progress.mark };
            }
        }
        let seq = |mark: Option<Mark>| mark.map_or(0, |mark| mark.seq);
        Ok((seen.clone(), seq(wanted).saturating_sub(seq(seen.mark))))
    }

    /// How many results a query has.
    pub fn count(&mut self, query: &Query, kind: Kind) -> Result<u64> {
        let (seen, _) = self.view()?;
        // As a search that shows nothing of what it finds.
        let request = Request { limit: 0, sort: Sort::Time, ..Request::new(query.clone(), kind) };
        let counted = || {
            let mut planner = Planner { view: &seen.view, archive: &self.archive, stems: Stems::default() };
            let total = seen.view.count(&*planner.plan(query, kind)?)?;
            Ok(Collected { total, ..Collected::default() })
        };
        let counted = || seen.view.lately.or_find(&request, counted);
        let counted = catch_unwind(AssertUnwindSafe(counted)).unwrap_or_else(|_| Err(damaged()))?;
        Ok(counted.total)
    }

    /// A page of results.
    pub fn find(&mut self, request: &Request) -> Result<Found> {
        let (seen, behind) = self.view()?;
        let request = &Request { limit: request.limit.clamp(1, MAX_LIMIT), ..request.clone() };
        // What is damaged and was not found to be can make the index's library panic.
        catch_unwind(AssertUnwindSafe(|| self.find_in(request, &seen, behind))).unwrap_or_else(|_| Err(damaged()))
    }

    fn find_in(&self, request: &Request, seen: &Seen, behind: u64) -> Result<Found> {
        let Request { query, kind, sort, .. } = request;
        let seq = seen.mark.map_or(0, |mark| mark.seq);
        let asked = Cursor::asked(query, *kind, *sort);
        if request.after.is_some_and(|after| after.asked != asked) {
            return Err(Error::Unknown("this cursor belongs to another search; begin at the first page".to_owned()));
        }
        let limit = request.limit;
        let best = Best {
            sort: *sort,
            limit: limit + 1,
            after: request.after.map(|after| after.rank),
            with_facets: request.facets,
            min_confidence: match kind {
                Kind::Articles => 0,
                Kind::Statements => (request.min_confidence.clamp(0.0, 1.0) * 1000.0).round() as u64,
            },
        };
        let mut planner = Planner { view: &seen.view, archive: &self.archive, stems: Stems::default() };
        let collected = seen.view.lately.or_find(request, || {
            let planned = planner.plan(query, *kind)?;
            seen.view.collect(&*planned, *kind, &best)
        })?;
        let more = collected.best.len() > limit;
        let shown = &collected.best[..collected.best.len().min(limit)];
        let next = shown.last().filter(|_| more).map(|last| Cursor { rank: last.rank, seq, asked });
        let advice = match collected.total {
            0 if *query != Query::All => Some(advice(&mut planner, query, *kind)?),
            _ => None,
        };
        let mut marker = Marker::of(query);
        let hits = self.archive.at_once(|| {
            let mut hits = Vec::with_capacity(shown.len());
            let mut opened = HashMap::new();
            for ranked in shown {
                hits.extend(self.hit(ranked, request, &mut marker, &mut opened)?);
            }
            Ok(hits)
        })?;
        let has_shifted = *sort == Sort::Relevance && request.after.is_some_and(|after| after.seq != seq);
        Ok(Found { hits, total: collected.total, next, facets: collected.facets.clone(), behind, has_shifted, advice })
    }

    /// A result with its words; `None` where the document was taken down since.
    fn hit(
        &self,
        ranked: &Ranked,
        request: &Request,
        marker: &mut Marker,
        opened: &mut HashMap<u64, Arc<(Words, Layers)>>,
    ) -> Result<Option<Hit>> {
        let id = DocumentId::of(ranked.id);
        let listed = match self.archive.listed(id) {
            Ok(listed) => listed,
            Err(Error::Unknown(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let score = match request.sort {
            Sort::Relevance => f32::from_bits(ranked.rank.order as u32),
            Sort::Time => 0.0,
        };
        let stem = Stem::of_language(listed.language.as_deref());
        if request.kind == Kind::Statements {
            let source = match opened.get(&ranked.id) {
                Some(source) => Arc::clone(source),
                None => {
                    let words = self.archive.words(id)?;
                    let layers = self.archive.layers(id, &words)?;
                    let source = Arc::new((words, layers));
                    opened.insert(ranked.id, Arc::clone(&source));
                    source
                }
            };
            let (words, layers) = &*source;
            let nth = u32::try_from(ranked.rank.nth.saturating_sub(1)).unwrap_or(u32::MAX);
            let corrected = self.archive.corrected(&listed, None)?;
            let found = statement(words, layers, nth, stem, marker, &corrected);
            return Ok(found.map(|statement| Hit::Statement(StatementHit { listed, score, statement, source })));
        }
        let words = self.archive.words(id)?;
        let headline = listed.headline.as_deref().unwrap_or_default();
        let in_headline = [WordField::Anywhere, WordField::Headline];
        let headline_marks = marker.marks(headline, stem, &in_headline).into_iter().map(|mark| mark.bytes).collect();
        let in_text = [WordField::Anywhere, WordField::Said, WordField::Cue, WordField::Speaker];
        let snippet = snippet(&words, marker, stem, &in_text);
        let statements = self.archive.statements_in(id)?;
        Ok(Some(Hit::Article(ArticleHit { listed, score, headline_marks, snippet, statements })))
    }
}

fn damaged() -> Error {
    index_error("it is damaged; `onrecord archive rebuild` makes it anew".to_owned())
}

/// Why an index must be brought up to date first; `None` if it need not.
fn why_not_current(state: &State, wanted: Option<Mark>, archive: &Archive) -> Result<Option<String>> {
    Ok(match state {
        State::Absent if wanted.is_none() => None,
        State::Absent => Some("the search index is missing; making it".to_owned()),
        State::Unusable(reason) => Some(format!("the search index {reason}; making it anew")),
        State::Usable(usable) if usable.progress.mark == wanted => None,
        State::Usable(usable) => match (usable.progress.mark, wanted) {
            (Some(mark), Some(wanted)) if archive.knows(mark)? => {
                let changes = wanted.seq.saturating_sub(mark.seq);
                let noun = if changes == 1 { "change" } else { "changes" };
                Some(format!("the search index is {changes} {noun} behind; bringing it up to date"))
            }
            (None, _) => Some("the search index is not finished; making it".to_owned()),
            _ => Some("the search index belongs to another archive; making it anew".to_owned()),
        },
    })
}

/// Whether an index that is behind still gives right answers about what it knows.
fn is_usable(state: &State, archive: &Archive) -> Result<bool> {
    match state {
        State::Usable(usable) => usable.progress.mark.map_or(Ok(false), |mark| archive.knows(mark)),
        _ => Ok(false),
    }
}

/// Lets the writer bring the index up to date.
fn bring_up(place: &Path) -> Result<()> {
    let writer = Writer::open(place, vec![Box::new(IndexFollower::of(place))])?;
    // What another follower failed at is no business of a search.
    writer.finish()
}

/// Checks every byte of the index of the archive at `place`, and whether it is up to date; gives what is wrong with it.
pub fn check_index(place: &Path) -> Result<Option<String>> {
    let archive = Archive::open(place)?;
    let (dir, fields) = (place.join(FOLDER), Fields::new());
    let wanted = archive.mark()?;
    if wanted.is_none() {
        return Ok(None);
    }
    if let Some(wrong) = check(&dir, &fields) {
        return Ok(Some(wrong));
    }
    match found(&dir, &fields) {
        State::Usable(usable) if usable.progress.mark != wanted => Ok(Some("is behind".to_owned())),
        _ => Ok(None),
    }
}
