//! A rule to copy. It is compiled and tested, but only tests know it: the binary reads no page with it.

use crate::body::lines::PageLines;
use onrecord_document::BlockKind;

/// A line that says where the article stood in print: `Printed on page 4`.
pub(super) fn print_page(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Longest such line, with the edition's name; a longer one is about printing.
    const LONGEST: f32 = 60.0;
    let says_so = page.words(index).starts_with("Printed on page ");
    (says_so && page.segment(index).length < LONGEST).then_some(BlockKind::Notice)
}

#[cfg(test)]
mod tests {
    use super::print_page;
    use crate::body::Outline;
    use crate::body::rules::{NamedRule, RULES};
    use onrecord_document::BlockKind;
    use onrecord_html::parse;

    /// The row that plugs the rule in. A rule for real pages has its row in `RULES`.
    const EXAMPLE: &[NamedRule] = &[("print_page", print_page)];

    fn kinds(rules: &[NamedRule], html: &str) -> Vec<BlockKind> {
        let tree = parse(html);
        Outline::of(&tree).sort_by(rules, &[], &[], None).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn the_page_in_print_is_a_notice() {
        let story = "<p>The ferry struck the breakwater in thick fog, and six people died, the coastguard said.</p>";
        let html = format!("<article>{story}{story}<p>Printed on page 4 of the Courier.</p></article>");
        let with_example = [EXAMPLE, RULES].concat();
        assert_eq!(kinds(&with_example, &html)[2], BlockKind::Notice);
        assert_eq!(kinds(RULES, &html)[2], BlockKind::Paragraph, "the example is no rule of the binary's");
    }

    #[test]
    fn a_paragraph_about_printing_stays_a_paragraph() {
        let story = "<p>The ferry struck the breakwater in thick fog, and six people died, the coastguard said.</p>";
        let about = "<p>Printed on page 4 of the Courier was a map of the harbour, with the wrong depth in it.</p>";
        let html = format!("<article>{story}{about}{story}</article>");
        assert_eq!(kinds(&[EXAMPLE, RULES].concat(), &html), [BlockKind::Paragraph; 3]);
    }
}
