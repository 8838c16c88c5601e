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

mod archive;
mod code_points;
mod json;
mod language;
mod line;
mod people;
mod schema;
mod show;
mod tables;
mod web_annotation;

pub use archive::{ChangeLine, CorrectionLine, FoundLine, StatsLine, VersionLine, marks_in_code_points};
pub use code_points::CodePoints;
pub use language::{ParseLine, conllu};
pub use line::{
    BlockLine, BylineLine, CountLine, EntityLine, Evidence, ImageLine, LayerLines, Line, LinkLine, MentionLine,
    NameLine, NoteLine, PageLine, PhraseLine, RelatedLine, SourcingLine, SpeakerLine, StatedField, StatementLine,
    TokenLine, TokenLines, line_schema as schema, stated, statements,
};
pub use people::{Head, Heading, Reading, circumstances, markdown, markdown_unreadable, said, speaker};
pub use show::{Producers, Show};
pub use tables::{
    ARTICLE_COLUMNS, Cell, CellKind, Column, FOUND_ARTICLE_COLUMNS, FOUND_STATEMENT_COLUMNS, STATEMENT_COLUMNS,
    STATEMENT_IN_CONTEXT_COLUMNS, StatementArticle, StatementSpeaker, article_row, statement_cells,
    statement_in_context_row, statement_row, statement_rows, write_row,
};
pub use web_annotation::write_web_annotation;
