//! What all requests share.

use crate::acts::Writing;
use crate::acts::adding::Intakes;
use crate::readers::Readers;
use crate::server::Guard;
use onrecord_views::counts::Counts;
use onrecord_views::front::Fronts;
use onrecord_views::speakers::speaker::KnownSpeakers;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A desk over one archive.
pub(crate) struct Desk {
    pub guard: Guard,
    pub readers: Readers,
    pub counts: Counts,
    pub writing: Arc<Writing>,
    pub intakes: Intakes,
    pub fronts: Fronts,
    pub speakers: KnownSpeakers,
    /// Room for answers that are worked on.
    pub workers: Arc<Semaphore>,
}
