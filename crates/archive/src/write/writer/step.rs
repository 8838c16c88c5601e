//! What a writer reports while it writes.

/// A moment of writing, for callers that want to know exactly how far it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The database begins to commit.
    DatabaseBegins,
    /// The database has committed up to this change.
    DatabaseDone(u64),
    /// A follower of this name begins to commit.
    FollowerBegins(&'static str),
    /// A follower of this name has committed up to this change.
    FollowerDone(&'static str, u64),
}
