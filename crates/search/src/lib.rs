//! Search over an archive: the library behind the command line, the desk and the API.
//!
//! ```no_run
//! use onrecord_search::{Kind, Request, Search, query};
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

mod error;
mod index;
mod plan;
pub mod query;
mod request;
mod results;
mod searcher;
mod snippets;
pub mod text;

pub use index::{FOLDER, IndexFollower};
pub use request::{Cursor, Kind, MAX_LIMIT, Request, Sort};
pub use results::{Advice, ArticleHit, Facet, Facets, Found, FoundStatement, Hit, MAX_VALUES, SpokenBy, StatementHit};
pub use searcher::{Search, check_index};
pub use snippets::{Passage, SNIPPET_CHARS};
