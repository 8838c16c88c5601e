//! Pages on which a careless parser or reader takes the square of the time.

use std::fmt::Write;

/// The lengths of each trap, in bytes: what is linear takes no more time per byte at the longer ones.
pub const LENGTHS: [usize; 3] = [100_000, 500_000, 2_000_000];

/// The length at which html5ever is measured beside us: it takes the square of the time on some traps, and at the other
/// lengths more memory than there is.
pub const BESIDE: usize = 20_000;

/// A trap's name and what makes it, about as long as asked.
pub type Trap = (&'static str, fn(usize) -> String);

/// The traps.
pub const TRAPS: &[Trap] = &[
    ("deep nesting: div", |length| repeated("", "<div>", length)),
    ("deep nesting: div with text", |length| repeated("", "<div>The ferry sailed on. ", length)),
    ("deep nesting: lists", |length| repeated("", "<ul><li>x", length)),
    ("deep nesting: tables in cells", |length| repeated("", "<table><tr><td>x", length)),
    ("deep nesting: spans, closed", |length| {
        let half = length / 13;
        format!("{}x{}", "<span>".repeat(half), "</span>".repeat(half))
    }),
    ("unclosed formatting: b", |length| repeated("", "<b>x", length)),
    ("unclosed formatting: b and p", |length| repeated("", "<b><p>x", length)),
    ("unclosed formatting: fonts that differ, and p", |length| {
        numbered("", length, |page, number| write!(page, "<font size={number}><p>x"))
    }),
    ("unclosed formatting: a in tables", |length| repeated("", "<a href=/><table>x", length)),
    ("attributes: one element with all of them", |length| {
        numbered("<p", length, |page, number| write!(page, " a{number}=x"))
    }),
    ("attributes: thirty on each element", |length| {
        let names: String = ('a'..='z').chain('0'..='3').map(|name| format!(" x{name}=y")).collect();
        repeated("", &format!("<p{names}>x"), length)
    }),
    ("attributes: one value of character references", |length| {
        format!("<p title=\"{}\">x", "&amp;".repeat(length / 5))
    }),
    ("attributes: a class list as long as the page", |length| {
        format!("<div class=\"{}\"><p>x", "article-body ".repeat(length / 13))
    }),
    ("adoption agency: a around div", |length| repeated("", "<a href=/><div>x</a>", length)),
    ("adoption agency: b, i and p crossed", |length| repeated("", "<b><i><p>x</b></i>", length)),
    ("adoption agency: ends after many fonts", |length| {
        let fonts: String = (0..200).map(|number| format!("<font size={number}>")).collect();
        repeated(&format!("{fonts}{}", "<div>".repeat(200)), "x</font>", length)
    }),
    ("adoption agency: one a around many blocks", |length| {
        repeated(&format!("<a href=/><div>{}", "<p>x</p>".repeat(length / 16)), "</a><a href=/><div>", length)
    }),
    ("links: one after another", |length| repeated("<p>", "<a href=/x>ferry</a> ", length)),
    ("blocks: one paragraph again and again", |length| {
        repeated("<article>", "<p>The harbour master said that it was safe.</p>", length)
    }),
    ("blocks: paragraphs that differ", |length| {
        numbered("<article>", length, |page, number| {
            write!(page, "<p>The ferry was hit {number} times, they said.</p>")
        })
    }),
    ("blocks: one box of many lines", |length| {
        let text = "<p>The harbour master said that it was safe.</p>".repeat(6);
        repeated(&format!("<article>{text}<div>"), "<div>It was safe</div>", length)
    }),
    ("blocks: line breaks", |length| repeated("<article>", "It was safe.<br><br>", length)),
    ("scripts: JSON-LD of brackets", |length| {
        format!("<script type=application/ld+json>{}</script><p>x", "[".repeat(length))
    }),
    ("scripts: one after another", |length| repeated("", "<script>a</script>", length)),
    ("less-than signs", |length| "<".repeat(length)),
    ("ampersands", |length| "&".repeat(length)),
    ("unclosed comments", |length| repeated("", "<!--", length)),
    ("unclosed quotation marks in tags", |length| repeated("", "<p title=\"", length)),
];

/// A page without what its scripts and styles hold: traps have none, and to parse these costs next to nothing.
pub fn markup(page: &[u8]) -> Vec<u8> {
    let text = onrecord_html::decode(page, None).text.into_owned();
    let tree = onrecord_html::parse(&text);
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for node in tree.descendants(tree.root()) {
        let held = tree.parent(node).map(|parent| tree.name(parent));
        let raw = matches!(held, Some(onrecord_html::HtmlName::SCRIPT | onrecord_html::HtmlName::STYLE));
        let range = tree.source_range(node);
        if raw && range.start as usize >= at {
            left.push_str(&text[at..range.start as usize]);
            at = range.end as usize;
        }
    }
    left.push_str(&text[at..]);
    left.into_bytes()
}

/// A head and then one part again and again.
fn repeated(head: &str, part: &str, length: usize) -> String {
    format!("{head}{}", part.repeat(length.saturating_sub(head.len()) / part.len()))
}

/// A head and then parts made from 0, 1, 2…
fn numbered(head: &str, length: usize, part: fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut page = head.to_owned();
    for number in 0.. {
        if page.len() >= length || part(&mut page, number).is_err() {
            break;
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{LENGTHS, TRAPS, markup};

    #[test]
    fn markup_is_left_of_a_page() {
        let page = b"<style>p {}</style><p>a</p><script>if (a < b) {}</script><p>b";
        assert_eq!(markup(page), b"<style></style><p>a</p><script></script><p>b");
    }

    #[test]
    fn traps_are_as_long_as_asked() {
        for (name, make) in TRAPS {
            for length in LENGTHS {
                let made = make(length).len();
                assert!(made.abs_diff(length) * 100 < length, "{name}: {made} for {length}");
            }
        }
    }
}
