//! Copies of an archive, and archives taken in.

use crate::store::place;
use crate::write::prepared::Prepared;
use crate::{Added, Archive, Error, Result, Writer};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// Pages of the database that are copied at a time.
const STEP_PAGES: i32 = 4096;

/// How many documents, corrections and tombstones a merge brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub struct Merged {
    pub new: u64,
    pub versions: u64,
    pub known: u64,
    /// Pages that were taken down here, and so are not taken in.
    pub taken_down: u64,
    /// Corrections, tags and notes that were not here, or were undone there.
    pub corrections: u64,
    /// Pages that are stored here and were taken down there.
    pub removed_there: Vec<String>,
}

impl Archive {
    /// Copies the archive to a folder that does not exist or is empty: of one moment, also while a writer writes. The search
    /// index is not copied. `on_step` hears how many of how many pages of the database are done.
    pub fn backup(&self, to: &Path, mut on_step: impl FnMut(u64, u64)) -> Result<()> {
        let failed = |error| Error::io(to, error);
        if std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Error::Unknown(format!("{}: is not empty; name a new folder for the copy", to.display())));
        }
        std::fs::create_dir_all(to).map_err(failed)?;
        // Under another name until it is whole: what is called an archive is one.
        let unfinished = to.join("unfinished.db");
        let sql = |error| Error::sql(to, error);
        let mut copy = Connection::open(&unfinished).map_err(sql)?;
        // A moment that is held while copying: otherwise every commit of a writer would start the copy again.
        self.at_once(|| {
            self.one("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(()))?;
            let backup = Backup::new(&self.db, &mut copy).map_err(sql)?;
            loop {
                let step = backup.step(STEP_PAGES).map_err(sql)?;
                let progress = backup.progress();
                on_step((progress.pagecount - progress.remaining) as u64, progress.pagecount as u64);
                if step == StepResult::Done {
                    return Ok(());
                }
            }
        })?;
        let whole: Option<String> =
            copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).optional().map_err(sql)?;
        if whole.as_deref() != Some("ok") {
            return Err(Error::Damaged(format!("{}: the copy is not whole", to.display())));
        }
        copy.close().map_err(|(_, error)| sql(error))?;
        std::fs::File::open(&unfinished).and_then(|file| file.sync_all()).map_err(failed)?;
        std::fs::rename(&unfinished, place::database(to)).map_err(failed)
    }
}

impl Writer {
    /// Takes everything of another archive in. Nothing that is here changes, but that what was undone there is undone here
    /// too. `on_document` hears of each document.
    pub fn merge(&mut self, other: &Archive, mut on_document: impl FnMut(u64)) -> Result<Merged> {
        let mut merged = Merged::default();
        for (nth, id) in other.ids()?.into_iter().enumerate() {
            let listed = other.listed(id)?;
            let document = other.document(id)?;
            let bases = self.bases();
            match self.add(Prepared::new(document, listed.reading, &bases))? {
                Added::New => merged.new += 1,
                Added::Version => merged.versions += 1,
                Added::Known | Added::Further => merged.known += 1,
                Added::TakenDown => merged.taken_down += 1,
            }
            self.merge_sightings(other, listed.key, id)?;
            on_document(nth as u64 + 1);
        }
        merged.corrections = self.merge_annotations(other)?;
        let removed = other.all("SELECT page, name FROM removed ORDER BY name", [], |row| {
            Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, String>(1)?))
        })?;
        for (page, name) in removed {
            let here = "SELECT 1 FROM pages WHERE hash = ?1";
            if self.archive().one(here, [page], |_| Ok(()))?.is_some() {
                merged.removed_there.push(name);
            }
        }
        self.commit()?;
        Ok(merged)
    }

    fn merge_sightings(&mut self, other: &Archive, key: crate::CaptureKey, id: crate::DocumentId) -> Result<()> {
        let Some(here) = self.archive().find(key)? else { return Ok(()) };
        let query = "SELECT name, fetched FROM sightings WHERE capture = ?1";
        let sightings = other.all(query, [id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        for (name, fetched) in sightings {
            let insert = "INSERT OR IGNORE INTO sightings (capture, name, fetched) VALUES (?1, ?2, ?3)";
            self.run(insert, (here.0, name, fetched))?;
        }
        Ok(())
    }
}
