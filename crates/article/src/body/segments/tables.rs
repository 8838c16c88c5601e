//! Tables of data, which are one line of the article, and tables that lay out the page, which are not.

use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};

/// The cells of a table by row, without those of tables inside it.
pub(super) fn rows(tree: &Tree<'_>, table: NodeId) -> Vec<Vec<NodeId>> {
    let mut rows: Vec<Vec<NodeId>> = Vec::new();
    let mut below = tree.descendants(table);
    while let Some(node) = below.next() {
        match tree.name(node) {
            HtmlName::TR => rows.push(Vec::new()),
            HtmlName::TD | HtmlName::TH => {
                if let Some(row) = rows.last_mut() {
                    row.push(node);
                }
                below.skip_below(node);
            }
            HtmlName::TABLE | HtmlName::CAPTION => below.skip_below(node),
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Whether a table holds data: it has at least two rows and two columns, no table or list inside, and cells of a few words.
/// Any other table lays out the page.
pub(super) fn is_data_table(tree: &Tree<'_>, table: NodeId) -> bool {
    /// Most cells; with more, a table is no longer a line of an article.
    const MAX_CELLS: usize = 5_000;
    /// Most bytes of words in a cell on average, and in any cell: cells with more hold text.
    const MAX_MEAN: usize = 80;
    const MAX_CELL: usize = 600;
    let mut nested = tree.descendants(table).filter(|&node| {
        matches!(
            tree.name(node),
            HtmlName::TABLE
                | HtmlName::UL
                | HtmlName::OL
                | HtmlName::H1
                | HtmlName::H2
                | HtmlName::ARTICLE
                | HtmlName::FORM
        )
    });
    if nested.next().is_some() {
        return false;
    }
    let rows = rows(tree, table);
    let cells: usize = rows.iter().map(Vec::len).sum();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if rows.len() < 2 || columns < 2 || cells > MAX_CELLS {
        return false;
    }
    let mut total = 0;
    for cell in rows.into_iter().flatten() {
        let chars: usize = tree
            .descendants(cell)
            .filter(|&node| tree.kind(node) == NodeKind::Text)
            .map(|node| tree.raw_text(node).trim().len())
            .sum();
        if chars > MAX_CELL {
            return false;
        }
        total += chars;
    }
    total <= cells * MAX_MEAN
}
