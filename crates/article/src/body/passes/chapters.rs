//! Rows of headings with a text under each: questions and answers, steps, the parts of a comparison. They may stand deeper than
//! the text, or after something that interrupts it, but they belong to it.

use crate::body::segments::{Markup, Segment, Segments};
use foldhash::HashMap;

/// Remembers which regions of a page are such rows.
#[derive(Default)]
pub(super) struct Chapters {
    known: HashMap<usize, bool>,
}

impl Chapters {
    /// Whether a region is a row of chapters.
    pub fn is_row(&mut self, cut: &Segments, region: usize) -> bool {
        *self.known.entry(region).or_insert_with(|| has_chapters(&cut.segments[cut.regions[region].segments.clone()]))
    }

    /// Whether a line lies in a row of chapters directly inside the region `below`.
    pub fn holds(&mut self, cut: &Segments, line: usize, below: usize) -> bool {
        let mut around = cut.segments[line].region;
        while around != 0 && cut.regions[around].parent != below {
            around = cut.regions[around].parent;
        }
        around != 0 && self.is_row(cut, around)
    }
}

/// Whether lines are headings with a sentence after each. None of the headings is a link: rows that point to other articles
/// have links.
///
/// `<div><h3>How much is the fare?</h3><p>Ten crowns a head.</p></div> <div><h3>Are dogs carried?</h3><p>…`
fn has_chapters(lines: &[Segment]) -> bool {
    /// Fewest chapters of a row; a box may have one or two headings.
    const FEWEST: usize = 3;
    let is_heading = |line: &Segment| matches!(line.markup, Markup::Heading(_));
    let headings = lines.iter().filter(|line| is_heading(line));
    let linked = headings.clone().any(|line| !line.links.is_empty());
    let with_text =
        lines.windows(2).filter(|pair| is_heading(&pair[0]) && pair[1].sentence && !is_heading(&pair[1])).count();
    !linked && with_text >= FEWEST && with_text == headings.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::segments::segments;
    use onrecord_html::parse;

    fn is_row(html: &str) -> bool {
        let tree = parse(html);
        has_chapters(&segments(&tree, tree.root()).segments)
    }

    #[test]
    fn three_headings_with_a_sentence_each_are_a_row_unless_they_are_links() {
        let answer = |heading: &str| format!("<div>{heading}<p>Ten crowns a head, and nothing for children.</p></div>");
        assert!(is_row(&answer("<h3>How much is the fare?</h3>").repeat(3)));
        assert!(!is_row(&answer("<h3>How much is the fare?</h3>").repeat(2)));
        assert!(!is_row(&answer("<h3><a href=/1>Fares go up in May</a></h3>").repeat(3)));
        assert!(!is_row(&"<div><h3>Harbour</h3><p>12 Gull Road</p></div>".repeat(3)));
    }
}
