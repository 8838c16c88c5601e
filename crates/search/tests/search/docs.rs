//! Every query that docs/search.md shows is understood.

use onrecord_search::query::{Field, parse};
use std::path::Path;

#[test]
fn every_example_of_the_page_parses_and_every_field_has_one() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/search.md")).unwrap();
    let mut examples = Vec::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        // Queries stand in code in the first cell, others in the second.
        for cell in row.trim_matches('|').split(" | ") {
            examples.extend(cell.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    let prose = page.lines().filter(|line| !line.starts_with('|') && !line.starts_with("    "));
    let coded = prose.flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    examples.extend(coded.filter(|code| code.contains(':')));
    assert!(examples.len() > 40, "{}", examples.len());
    for example in &examples {
        parse(example).unwrap_or_else(|error| panic!("{example}: {error}"));
    }
    for field in Field::ALL {
        let named = format!("{}:", field.name());
        assert!(examples.iter().any(|example| example.starts_with(&named)), "docs/search.md lacks {named}");
    }
}
