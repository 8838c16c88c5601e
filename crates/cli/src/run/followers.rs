//! What follows the archive.

use onrecord_archive::{Follower, Followers};
use onrecord_search::IndexFollower;
use std::path::Path;

/// Opens everything that follows an archive, one row each. A new one catches up by itself.
pub const FOLLOWERS: Followers = |place: &Path| -> Vec<Box<dyn Follower>> {
    vec![
        Box::new(IndexFollower::of(place)), //
    ]
};
