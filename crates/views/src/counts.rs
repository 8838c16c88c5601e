//! What is counted over the whole archive: counted once after a change, not for every request.

use onrecord_archive::{Archive, Mark, Result, SourcingCount, SpeakerCount, Stretches};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Counting that takes no longer is done by whoever asks, so that what they see is of this moment.
const AT_ONCE: Duration = Duration::from_millis(150);
/// Counting that takes longer is done beside the requests, and no more than this share of the time.
const SHARE: u32 = 5;

/// Months whose days are counted too.
const MONTHS_OF_DAYS: usize = 2;

/// What was counted, at one moment.
pub struct Counted {
    /// Articles.
    pub articles: u64,
    /// Statements in them.
    pub statements: u64,
    /// On whose authority, by outlet and month.
    pub months: Vec<SourcingCount>,
    /// The same by day, of an archive of a few months; else empty.
    pub days: Vec<SourcingCount>,
    /// Everybody who speaks, most statements first.
    pub speakers: Vec<SpeakerCount>,
}

/// Counts of the archive as it was last looked at.
#[derive(Default)]
pub struct Counts(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Whether somebody counts beside the requests.
    is_counting: bool,
}

#[derive(Clone)]
struct Kept {
    mark: Option<Mark>,
    counted: Arc<Counted>,
    took: Duration,
    at: Instant,
}

impl Kept {
    fn of(archive: &Archive) -> Result<Kept> {
        let begun = Instant::now();
        let (mark, counted) = archive.at_once(|| {
            let months = archive.sourcing(Stretches::Months)?;
            let counted = Counted {
                articles: archive.len()?,
                statements: archive.statement_count()?,
                days: if is_short(&months) { archive.sourcing(Stretches::Days)? } else { Vec::new() },
                months,
                speakers: archive.speakers(|_| true)?,
            };
            Ok((archive.mark()?, counted))
        })?;
        Ok(Kept { mark, counted: Arc::new(counted), took: begun.elapsed(), at: Instant::now() })
    }
}

/// Whether an archive spans so few months that its days are worth counting.
fn is_short(months: &[SourcingCount]) -> bool {
    let dated = months.iter().map(|count| count.time.as_str()).filter(|time| !time.is_empty());
    dated.collect::<BTreeSet<_>>().len() <= MONTHS_OF_DAYS
}

impl Counts {
    /// The counts as the archive is now; of an archive that takes long to count, as it was a moment ago.
    pub fn of(&self, archive: &Archive) -> Result<Arc<Counted>> {
        let mark = archive.mark()?;
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.kept {
            Some(kept) if kept.mark == mark => return Ok(Arc::clone(&kept.counted)),
            Some(kept) if kept.took > AT_ONCE && kept.is_before(archive)? => {
                let counted = Arc::clone(&kept.counted);
                if !state.is_counting && kept.at.elapsed() > SHARE * kept.took {
                    state.is_counting = true;
                    self.count_beside(archive.again()?);
                }
                return Ok(counted);
            }
            _ => {}
        }
        let kept = Kept::of(archive)?;
        let counted = Arc::clone(&kept.counted);
        state.kept = Some(kept);
        Ok(counted)
    }

    fn count_beside(&self, archive: Archive) {
        let shared = Arc::clone(&self.0);
        std::thread::spawn(move || {
            let kept = Kept::of(&archive);
            let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
            state.is_counting = false;
            // What could not be counted is counted by the next who asks, who hears why it can't be.
            state.kept = kept.ok();
        });
    }
}

impl Kept {
    /// Whether an archive is the one that was counted, gone on: no other in its place.
    fn is_before(&self, archive: &Archive) -> Result<bool> {
        self.mark.map_or(Ok(false), |mark| archive.knows(mark))
    }
}
