//! What is counted over the whole archive: counted once after a change, not for every request.

use onrecord_archive::{Archive, Mark, Result, SourcingCount, SpeakerCount, Stretches};
use std::sync::{Arc, Mutex, PoisonError};

/// What was counted, at one moment.
pub(crate) struct Counted {
    pub articles: u64,
    pub statements: u64,
    /// On whose authority, by outlet and month.
    pub months: Vec<SourcingCount>,
    /// Everybody who speaks, most statements first.
    pub speakers: Vec<SpeakerCount>,
}

/// Counts of the archive as it was last looked at.
#[derive(Default)]
pub(crate) struct Counts(Mutex<Option<(Option<Mark>, Arc<Counted>)>>);

impl Counts {
    /// The counts as the archive is now.
    pub fn of(&self, archive: &Archive) -> Result<Arc<Counted>> {
        let mark = archive.mark()?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, counted)) = kept.as_ref().filter(|(known, _)| *known == mark) {
            return Ok(Arc::clone(counted));
        }
        let counted = Arc::new(archive.at_once(|| {
            Ok(Counted {
                articles: archive.len()?,
                statements: archive.statement_count()?,
                months: archive.sourcing(Stretches::Months)?,
                speakers: archive.speakers("")?,
            })
        })?);
        *kept = Some((mark, Arc::clone(&counted)));
        Ok(counted)
    }
}
