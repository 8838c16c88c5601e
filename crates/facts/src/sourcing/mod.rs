//! On whose authority something is said, each fact by words that stand there.

pub(crate) mod circumstances;
pub(crate) mod counts;
pub(crate) mod terms;
