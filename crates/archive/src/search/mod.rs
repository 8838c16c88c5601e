//! Search over an archive: the library behind the command line, the desk and the API.
//!
//! ```no_run
//! use onrecord_archive::search::{Kind, Request, Search, query};
//!
//! let mut search = Search::open("my-archive".as_ref(), |news| eprintln!("{news}"))?;
//! let asked = query::parse("ferry speaker:adler date:2026-03..")?;
//! let found = search.find(&Request { facets: true, ..Request::new(asked, Kind::Articles) })?;
//! println!("{} articles", found.total);
//! if let Some(next) = found.next {
//!     // The next page.
//!     let asked = query::parse("ferry speaker:adler date:2026-03..")?;
//!     search.find(&Request { after: Some(next), ..Request::new(asked, Kind::Articles) })?;
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Search`] belongs to one thread; [`Search::again`] gives another of the same index, for a desk with many. It follows
//! the archive by itself: each [`Search::find`] sees what the index has committed, and says how far that is behind the
//! database ([`Found::behind`]).
//!
//! What is kept in the index, and how text becomes terms, is in [`text`] and `index/`; no text is stored there: snippets
//! come from the database. The index is derived. One that is missing, damaged, of another version or of another database
//! is made anew; one that is behind catches up; where that can't be done now, whoever opens it hears why.

mod advice;
mod collect;
mod cursor;
mod facets;
mod found;
mod ids;
mod index;
mod kind;
mod lately;
mod marks;
mod near;
mod plan;
pub mod query;
mod searcher;
mod snippet;
mod statements;
pub mod text;
mod view;

pub use cursor::Cursor;
pub use facets::{Facet, Facets, MAX_VALUES};
pub use found::{Advice, ArticleHit, Found, FoundStatement, Hit, SpokenBy, StatementHit};
pub use index::IndexFollower;
pub use kind::{Kind, Sort};
pub use searcher::{MAX_LIMIT, Request, Search, check_index};
pub use snippet::{Passage, SNIPPET_CHARS};
