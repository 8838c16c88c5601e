//! Parts of a page that the server sends late. React's server renderer streams a page in segments: a `<template id="B:0">` stands
//! where a part will come, the part follows in a `<div hidden id="S:0">`, and `$RC("B:0","S:0")` moves it. Parts may hold places of
//! other parts, which `$RS("S:1","P:1")` fills.

use foldhash::{HashMap, HashSet};
use memchr::memmem;
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};

/// Most parts of one page that are moved; the others stay where they are, hidden. A page of a news site has some ten.
pub(super) const MAX_PARTS: usize = 1_000;

/// How a part begins, up to its id.
const PART: &str = "<div hidden id=\"";

/// How deep parts may lie in one another; deeper ones stay where they are, hidden.
pub(super) const MAX_DEPTH: usize = 8;

/// Where the late parts of a page belong.
#[derive(Default)]
pub(super) struct StreamedParts {
    /// By template: the element whose children belong there.
    parts: HashMap<NodeId, NodeId>,
    /// The elements that are moved.
    moved: HashSet<NodeId>,
    /// How many parts lie around the node that is being read.
    depth: usize,
}

impl StreamedParts {
    /// Reads which parts the page's scripts move.
    pub fn of(tree: &Tree<'_>) -> Self {
        let mut found = StreamedParts::default();
        // One search is enough for nearly all pages.
        if memmem::find(tree.source().as_bytes(), PART.as_bytes()).is_none() {
            return found;
        }
        let mut moves = moves(tree.source());
        if moves.is_empty() {
            moves = alike(tree.source());
        }
        let wanted: HashSet<&str> = moves.iter().flat_map(|(place, part)| [*place, *part]).collect();
        let mut by_id: HashMap<&str, NodeId> = HashMap::default();
        for node in tree.descendants(tree.root()).filter(|&node| tree.kind(node) == NodeKind::Element) {
            if let Some(id) = tree.attr_named(node, HtmlName::ID).map(|id| id.raw())
                && wanted.contains(id)
            {
                by_id.entry(id).or_insert(node);
            }
        }
        for (place, part) in moves {
            let (Some(&place), Some(&part)) = (by_id.get(place), by_id.get(part)) else { continue };
            // A part that holds its own place would never end.
            let circle = tree.ancestors(place).any(|node| node == part);
            if tree.is(place, HtmlName::TEMPLATE) && !circle && found.moved.insert(part) {
                found.parts.insert(place, part);
            }
        }
        found
    }

    /// The element whose children belong in place of a template. What is asked for must be given back with
    /// [`leave`](StreamedParts::leave).
    pub fn enter(&mut self, template: NodeId) -> Option<NodeId> {
        if self.parts.is_empty() || self.depth >= MAX_DEPTH {
            return None;
        }
        // Taken out, so that parts that hold one another's places end.
        let part = self.parts.remove(&template)?;
        self.depth += 1;
        Some(part)
    }

    /// Ends what [`enter`](StreamedParts::enter) began.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    /// The parts that were moved nowhere, because they lie too deep or in one another, in no order. They are no longer
    /// [moved](StreamedParts::is_moved): what the page has is not lost.
    pub fn left(&mut self) -> Vec<NodeId> {
        self.moved.clear();
        self.parts.drain().map(|(_, part)| part).collect()
    }

    /// Whether an element is read elsewhere.
    pub fn is_moved(&self, node: NodeId) -> bool {
        !self.moved.is_empty() && self.moved.contains(&node)
    }
}

/// The ids of each place and of the part that is moved there, as the calls in the scripts of a page name them.
fn moves(source: &str) -> Vec<(&str, &str)> {
    /// The calls, and whether the first argument is the place.
    const CALLS: [(&str, bool); 2] = [("$RC(", true), ("$RS(", false)];
    let mut moves = Vec::new();
    for (call, place_first) in CALLS {
        for at in memmem::find_iter(source.as_bytes(), call).take(MAX_PARTS) {
            let Some((one, rest)) = quoted(&source[at + call.len()..]) else { continue };
            let Some((two, _)) = rest.strip_prefix(',').and_then(quoted) else { continue };
            moves.push(if place_first { (one, two) } else { (two, one) });
        }
    }
    moves
}

/// The same for a page whose scripts were taken out: the first place belongs to the first part, and so on.
fn alike(source: &str) -> Vec<(&str, &str)> {
    /// How a place begins.
    const PLACE: &str = "<template id=\"";
    let ids = |start: &'static str, letter: &'static str| {
        memmem::find_iter(source.as_bytes(), start)
            .take(MAX_PARTS)
            .filter_map(move |at| quoted(&source[at + start.len() - 1..]))
            .map(|(id, _)| id)
            .filter(move |id| id.contains(letter))
    };
    let parts: Vec<&str> = ids(PART, "S:").collect();
    if parts.is_empty() {
        return Vec::new();
    }
    ids(PLACE, "B:").zip(parts).collect()
}

/// A short string in double quotation marks, and what follows it.
fn quoted(source: &str) -> Option<(&str, &str)> {
    /// Longest id that the renderer makes, with a prefix that the page chose.
    const LONGEST: usize = 64;
    let source = source.trim_start().strip_prefix('"')?;
    let end = source.bytes().take(LONGEST).position(|byte| byte == b'"')?;
    Some((&source[..end], source[end + 1..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, MAX_PARTS, moves};
    use crate::body::segments::segments;
    use onrecord_html::parse;

    fn lines(html: &str) -> Vec<String> {
        let tree = parse(html);
        segments(&tree, tree.root()).segments.iter().map(|line| line.words.text().to_owned()).collect()
    }

    #[test]
    fn parts_that_come_late_stand_where_they_belong() {
        let html = r#"<main><h1>Ferry sinks</h1><!--$?--><template id="B:0"></template><p>Loading</p><!--/$--><p>End.</p></main>
            <div hidden id="S:0"><p>Six died.</p><template id="P:1"></template></div><script>$RC("B:0","S:0")</script>
            <div hidden id="S:1"><p>Nine were saved.</p></div><script>$RS("S:1","P:1")</script>"#;
        assert_eq!(lines(html), ["Ferry sinks", "Six died.", "Nine were saved.", "End."]);
    }

    #[test]
    fn parts_that_nothing_moves_and_circles_stay_where_they_are() {
        let bare =
            r#"<p>Start.</p><template id="B:0"></template><p>Six died.</p><div hidden id="S:0"><p>Late.</p></div>"#;
        assert_eq!(lines(bare), ["Start.", "Late.", "Six died."], "the scripts were taken out");
        let still = r#"<p>Six died.</p><template id="B:0"></template><div hidden id="x"><p>Late.</p></div>"#;
        assert_eq!(lines(still), ["Six died.", "Late."]);
        let circle =
            r#"<div hidden id="S:0"><p>Late.</p><template id="B:0"></template></div><script>$RC("B:0","S:0")</script>"#;
        assert_eq!(lines(circle), ["Late."]);
        let each_other = r#"<div hidden id="S:0"><p>One.</p><template id="P:1"></template></div>
            <div hidden id="S:1"><p>Two.</p><template id="B:0"></template></div><script>$RC("B:0","S:0");$RS("S:1","P:1")</script>"#;
        assert_eq!(lines(each_other), ["One.", "Two."], "nothing is lost, though the page shows neither");
    }

    #[test]
    fn the_end_of_what_is_shown_meanwhile_is_looked_for_nearby() {
        let page = |count: usize| {
            let meanwhile = "<p>Loading</p>".repeat(count);
            format!(
                r#"<p>Start.</p><template id="B:0"></template>{meanwhile}<!--/$--><div hidden id="S:0"><p>Late.</p></div>
                <script>$RC("B:0","S:0")</script>"#
            )
        };
        assert_eq!(lines(&page(100)), ["Start.", "Late."]);
        assert_eq!(lines(&page(1_000)).len(), 1_002, "a page without an end in sight keeps what it shows");
    }

    #[test]
    fn parts_are_moved_up_to_a_depth_and_a_number() {
        let depth = MAX_DEPTH + 3;
        let mut html = String::from(r#"<p>Start.</p><template id="B:0"></template><script>$RC("B:0","S:0");"#);
        html.extend((1..depth).map(|nth| format!(r#"$RS("S:{nth}","P:{nth}");"#)));
        html.push_str("</script>");
        for nth in 0..depth {
            let inner = format!(r#"<p>Part {nth}.</p><template id="P:{}"></template>"#, nth + 1);
            html.push_str(&format!(r#"<div hidden id="S:{nth}">{inner}</div>"#));
        }
        let read = lines(&html);
        assert_eq!(read.len(), 1 + depth, "parts that lie too deep are read where they stand");
        assert_eq!(read[MAX_DEPTH], format!("Part {}.", MAX_DEPTH - 1));
        let calls = r#"$RC("B:0","S:0");"#.repeat(MAX_PARTS + 5);
        assert_eq!(moves(&calls).len(), MAX_PARTS);
    }
}
