//! What a search finds.

pub(crate) mod facets;
mod found;
mod statements;

pub use facets::{Facet, Facets, MAX_VALUES};
pub use found::{Advice, ArticleHit, Found, FoundStatement, Hit, SpokenBy, StatementHit};
pub(crate) use statements::statement;
