//! Articles and statements as rows.

use onrecord_record::{ARTICLE_COLUMNS, Cell, Column, STATEMENT_COLUMNS, article_row, statement_rows, write_row};

fn fits(columns: &[Column], row: &[Cell<'_>]) {
    assert_eq!(columns.len(), row.len());
    for (column, cell) in columns.iter().zip(row) {
        assert_eq!(column.kind, cell.kind(), "{}", column.name);
    }
}

#[test]
fn rows_have_the_cells_of_their_columns() {
    let document = crate::support::document();
    fits(ARTICLE_COLUMNS, &article_row(&document));
    let rows: Vec<_> = statement_rows(&document).collect();
    assert!(!rows.is_empty());
    rows.iter().for_each(|row| fits(STATEMENT_COLUMNS, row));
    let mut json = Vec::new();
    write_row(STATEMENT_COLUMNS, &rows[0], &mut json).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["content"], "“We saw nothing,”");
    assert_eq!(json["speaker"], "Ада Reyes");
    assert_eq!(json["sources_min"], 1);
    assert_eq!(json["kind"], "named_person");
}
