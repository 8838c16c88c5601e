//! What Onrecord prints about one article.
//!
//! The only crate that knows JSON shapes: command, desk, Python and a cluster all print a [`Line`], whose keys, order and
//! meaning are the output contract's. Offsets leave here as Unicode code points ([`CodePoints`]), places on the page as
//! byte ranges ([`stated`] and the line's `evidence`).
//!
//! ```
//! use onrecord_document::{Note, Stage};
//! use onrecord_record::Line;
//!
//! let note = Note::new(Stage::Intake, "empty", "is empty");
//! let mut json = Vec::new();
//! Line::unreadable("a.html", &note, Some(0)).write(&mut json).unwrap();
//! assert!(json.starts_with(br#"{"id":"a.html","schema":"onrecord/2","offsets":"codepoints","#));
//! assert!(json.ends_with(br#""notes":[{"stage":"intake","code":"empty","message":"is empty"}]}"#));
//! ```

mod code_points;
mod conllu;
mod evidence;
mod found;
mod json;
mod language;
mod line;
mod listed;
mod markdown;
mod reading;
mod schema;
mod show;
mod sourcing;
mod stated;
mod statements;
mod table;
mod web_annotation;

pub use code_points::CodePoints;
pub use conllu::conllu;
pub use evidence::Evidence;
pub use found::{FoundLine, marks_in_code_points};
pub use language::{EntityLine, ParseLine, TokenLine, TokenLines};
pub use line::{BlockLine, BylineLine, ImageLine, Line, LinkLine, NoteLine, PageLine, RelatedLine};
pub use listed::{ChangeLine, CorrectionLine, StatsLine, VersionLine};
pub use markdown::{markdown, markdown_unreadable};
pub use reading::{Head, Reading};
pub use schema::schema;
pub use show::{Producers, Show};
pub use sourcing::{CountLine, NameLine, SourcingLine, SpeakerLine, StatementLine, Worded, statements};
pub use stated::{StatedField, stated};
pub use statements::{Heading, circumstances, said, speaker};
pub use table::{
    ARTICLE_COLUMNS, Cell, CellKind, Column, STATEMENT_COLUMNS, STATEMENT_IN_CONTEXT_COLUMNS, StatementArticle,
    StatementSpeaker, article_row, statement_cells, statement_in_context_row, statement_row, statement_rows, write_row,
};
pub use web_annotation::write_web_annotation;
