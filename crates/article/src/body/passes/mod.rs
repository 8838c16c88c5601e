//! The passes, which look at all lines at once after the rules have looked at each.

mod behind;
mod boxed;
mod cards;
mod chapters;
mod copies;
mod ends;
mod headings;
mod linked_heads;
mod live;
mod slides;
mod witnessed;

use crate::body::lines::PageLines;

/// A pass corrects the kinds of lines, knowing those of all others.
type LinePass = fn(&mut PageLines<'_>);

/// The passes in the order in which they run, each with the name under which `bench/page/ablate` reports it.
pub(super) const PASSES: &[(&str, LinePass)] = &[
    ("witnessed", witnessed::witnessed),
    ("boxed", boxed::boxed),
    ("cards", cards::cards),
    ("linked_heads", linked_heads::linked_heads),
    ("slides", slides::slides),
    ("live_entries", live::live_entries),
    ("writer_at_the_end", ends::writer_at_the_end),
    ("links_at_the_end", ends::links_at_the_end),
    ("behind_the_text", behind::behind_the_text),
    ("copies", copies::copies),
    ("heading_of_furniture", headings::heading_of_furniture),
    ("scraps_at_the_ends", ends::scraps_at_the_ends),
];
