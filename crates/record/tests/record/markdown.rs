//! An article as Markdown.

use crate::support::document;
use onrecord_record::markdown;

#[test]
fn an_article_reads_from_headline_to_statements() {
    let expected = "# Паром «Зоря» hit the pier\n\nBy Ада Reyes, Home desk · 2026-03-09\n\n\
        “We saw nothing,” said harbour master Ада Reyes on Monday.\n\nTwo officials said it was late. See report.\n\n\
        ## On the record\n\n- **Ада Reyes, harbour master**: “We saw nothing,” (on Monday)\n\n\
        ## Not named\n\n- **Two officials**: it was late (warning; terms not stated; 2 sources)\n";
    assert_eq!(markdown(&document()), expected);
}
