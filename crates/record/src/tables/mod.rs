//! Articles and statements as rows of a table: what CSV, Parquet and lists in JSON Lines are made of.

/// A list of columns: name, what the cells hold, what it says.
macro_rules! columns {
    ($($name:literal $kind:ident $about:literal,)*) => {
        &[$(Column { name: $name, kind: CellKind::$kind, about: $about },)*]
    };
}

mod articles;
mod cells;
mod found;
mod statements;

pub use articles::{ARTICLE_COLUMNS, article_row};
pub use cells::{Cell, CellKind, Column, write_row};
pub use found::{FOUND_ARTICLE_COLUMNS, FOUND_STATEMENT_COLUMNS};
pub use statements::{
    STATEMENT_COLUMNS, STATEMENT_IN_CONTEXT_COLUMNS, StatementArticle, StatementSpeaker, statement_cells,
    statement_in_context_row, statement_row, statement_rows,
};
