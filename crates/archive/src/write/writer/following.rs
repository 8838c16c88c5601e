//! Keeping what follows the archive up with it, each follower at its own pace.

use super::step::Step;
use crate::write::follow::{Follower, Pace};
use crate::{Archive, Error, Result};
use onrecord_document::Document;
use std::collections::HashMap;
use std::time::Instant;

/// Changes that a follower catches up on at a time.
const CATCH_UP: usize = 1_000;

/// What followers hear of after a commit.
pub(super) struct Committed<'a> {
    pub archive: &'a Archive,
    /// Documents that are at hand.
    pub fresh: &'a HashMap<i64, Document>,
    pub observer: Option<&'a (dyn Fn(Step) + Send)>,
}

impl Committed<'_> {
    fn step(&self, step: Step) {
        if let Some(observer) = self.observer {
            observer(step);
        }
    }
}

/// A follower, and how far it has come.
pub(super) struct Following {
    name: &'static str,
    /// `None` after it has failed.
    follower: Option<Box<dyn Follower>>,
    failed: Option<Error>,
    pub pace: Pace,
    /// The change that it has committed up to, and the one that it has taken in up to.
    committed: u64,
    taken: u64,
    since: Instant,
}

impl Following {
    pub fn new(follower: Box<dyn Follower>) -> Following {
        Following {
            name: follower.name(),
            pace: follower.pace(),
            follower: Some(follower),
            failed: None,
            committed: 0,
            taken: 0,
            since: Instant::now(),
        }
    }

    /// Whether it still follows.
    pub fn follows(&self) -> bool {
        self.follower.is_some()
    }

    pub fn failure(&self) -> Option<&Error> {
        self.failed.as_ref()
    }

    pub fn into_failure(self) -> Option<Error> {
        self.failed
    }

    /// Does something with the follower. One that fails stops following; the database goes on.
    fn attempt(&mut self, act: impl FnOnce(&mut Self, &mut dyn Follower) -> Result<()>) {
        let Some(mut follower) = self.follower.take() else { return };
        match act(self, follower.as_mut()) {
            Ok(()) => self.follower = Some(follower),
            Err(error) => self.failed = Some(error),
        }
    }

    /// The first time: asks the follower how far it has come, and brings it up to date.
    pub fn begin(&mut self, committed: &Committed<'_>) {
        self.attempt(|this, follower| {
            this.committed = match follower.mark() {
                Some(known) if committed.archive.knows(known)? => known.seq,
                // Without a commit there is nothing to follow yet.
                _ if committed.archive.mark()?.is_none() => return Ok(()),
                _ => {
                    follower.clear()?;
                    0
                }
            };
            this.taken = this.committed;
            this.take_in(committed, follower)?;
            this.commit(committed, follower)
        });
    }

    /// Gives the follower what was committed since, and has it commit where its pace says so.
    pub fn follow(&mut self, committed: &Committed<'_>) {
        self.attempt(|this, follower| {
            this.take_in(committed, follower)?;
            let is_due =
                this.taken - this.committed >= this.pace.changes || this.since.elapsed().as_secs() >= this.pace.seconds;
            if is_due { this.commit(committed, follower) } else { Ok(()) }
        });
    }

    /// Has the follower commit what it was given.
    pub fn end(&mut self, committed: &Committed<'_>) {
        self.attempt(|this, follower| this.commit(committed, follower));
    }

    fn take_in(&mut self, committed: &Committed<'_>, follower: &mut dyn Follower) -> Result<()> {
        let Some(mark) = committed.archive.mark()? else { return Ok(()) };
        while self.taken < mark.seq {
            let changes = committed.archive.changes(self.taken, CATCH_UP)?;
            let Some(last) = changes.last() else { break };
            self.taken = last.seq;
            for change in &changes {
                if change.removed {
                    follower.forget(change.id)?;
                } else {
                    let fresh = committed.fresh.get(&change.id.0);
                    committed.archive.entry(change.id, fresh, |entry| follower.take(entry))?;
                }
            }
        }
        self.taken = mark.seq;
        Ok(())
    }

    fn commit(&mut self, committed: &Committed<'_>, follower: &mut dyn Follower) -> Result<()> {
        let Some(mark) = committed.archive.mark()?.filter(|mark| mark.seq > self.committed) else { return Ok(()) };
        committed.step(Step::FollowerBegins(self.name));
        follower.commit(mark)?;
        self.committed = mark.seq;
        self.since = Instant::now();
        committed.step(Step::FollowerDone(self.name, mark.seq));
        Ok(())
    }
}
