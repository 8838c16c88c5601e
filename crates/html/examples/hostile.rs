//! Measures the parser on pages that mean harm: time, nodes, and the most memory the process has held.
//!
//!     cargo run --release -p onrecord-html --example hostile [NAME]
//!
//! Memory is that of the process so far, source included; give a NAME for one page alone.

use std::fmt::Write;
use std::time::Instant;

use onrecord_html::parse;

const LEN: usize = 60_000_000;

fn repeated(part: &str) -> String {
    part.repeat(LEN / part.len())
}

/// `make(0)`, `make(1)`… up to the length.
fn numbered(make: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut page = String::with_capacity(LEN + 1000);
    for number in 0.. {
        if page.len() >= LEN || make(&mut page, number).is_err() {
            break;
        }
    }
    page
}

/// Megabytes from the kernel's account of this process; `None` where there is none.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

type HostilePage = (&'static str, fn() -> String);

const PAGES: &[HostilePage] = &[
    ("200,000 div", || "<div>".repeat(200_000)),
    ("attribute of 50 MB", || format!("<p title=\"{}\">x", "y&amp;".repeat(10_000_000))),
    ("unclosed attribute", || format!("<p title=\"{}", repeated("y "))),
    ("unclosed quotes", || repeated("<p title=\"")),
    ("p", || repeated("<p>")),
    ("div", || repeated("<div>")),
    ("a", || repeated("<a>")),
    ("b", || repeated("<b>")),
    ("font", || repeated("<font>")),
    ("fonts, numbered", || numbered(|page, number| write!(page, "<font size={number}>"))),
    ("fonts and p", || numbered(|page, number| write!(page, "<font size={number}><p>"))),
    ("fonts and text in div", || numbered(|page, number| write!(page, "<font size={number}><div>x</div></div>"))),
    ("table", || repeated("<table>")),
    ("table in cells", || repeated("<table><tr><td>")),
    ("a in tables", || repeated("<a><table>")),
    ("text in table", || format!("<table>{}", repeated("x<tr>"))),
    ("spaces in table", || format!("<table>{}", repeated(" <!>"))),
    ("b and div", || repeated("<b><div>")),
    ("misnested b", || repeated("<b><div></b>")),
    ("misnested b and i", || repeated("<b><i><p></b></i>")),
    ("fonts around div, ended", || {
        let fonts: String = (0..200).map(|number| format!("<font size={number}>")).collect();
        format!("{fonts}{}{}", "<div>".repeat(300), repeated("</font>"))
    }),
    ("a around many children", || {
        let blocks = "<p>x</p>".repeat(200_000);
        format!("<a>{}<div>{blocks}{}", "<b>".repeat(3), repeated("</a><a><div>"))
    }),
    ("children moved again", || {
        let fonts: String = (0..250).map(|number| format!("<font size={number}>")).collect();
        format!("{fonts}<div>{}{}", "<hr>".repeat(1_000_000), "</font>".repeat(1_000_000))
    }),
    ("stray ends", || repeated("</b></p></div></x>")),
    ("ends within depth", || format!("<x><div>{}{}", "<span>".repeat(500), repeated("</x>"))),
    ("adoption within depth", || format!("<i><object>{}{}", "<span>".repeat(500), repeated("</i>"))),
    ("p within depth", || format!("<p><button>{}{}", "<span>".repeat(500), repeated("<p>"))),
    ("nobr", || repeated("<nobr>")),
    ("select and option", || repeated("<select><option>")),
    ("svg", || repeated("<svg>")),
    ("svg and HTML in turn", || repeated("<svg><desc><math><mi>")),
    ("template", || repeated("<template>")),
    ("template and table", || repeated("<template><table><b>")),
    ("button", || repeated("<button>")),
    ("form", || repeated("<form>")),
    ("li", || repeated("<ul><li>")),
    ("ruby", || repeated("<ruby><rt>")),
    ("object", || repeated("<object><b>")),
    ("attributes", || format!("<p{}", numbered(|page, number| write!(page, " a{number}")))),
    ("many attributes", || repeated("<p a b c d e f g h i j k l m n o p q r s t u v w x y z>")),
    ("body and html attributes", || numbered(|page, number| write!(page, "<html a{number}><body b{number}>"))),
    ("different names", || numbered(|page, number| write!(page, "<x{number}>"))),
    ("comments", || repeated("<!--->")),
    ("unclosed comments", || repeated("<!--")),
    ("dashes", || format!("<!--{}", repeated("->"))),
    ("bogus comments", || repeated("<?")),
    ("script escapes", || format!("<script>{}", repeated("<!--<script>"))),
    ("unclosed titles", || repeated("<title>")),
    ("less-than signs", || repeated("<")),
    ("ampersands", || repeated("&")),
    ("NULs", || repeated("\0")),
    ("NULs in table", || format!("<table>{}", repeated("\0<tr>"))),
    ("line ends in pre", || repeated("<pre>\r\n")),
    ("doctypes", || repeated("<!doctype html>")),
    ("framesets", || format!("<frameset>{}", repeated("x "))),
];

fn main() {
    let wanted = std::env::args().nth(1);
    for (name, make) in PAGES {
        if wanted.as_deref().is_some_and(|wanted| wanted != *name) {
            continue;
        }
        let page = make();
        let start = Instant::now();
        let tree = parse(&page);
        let seconds = start.elapsed().as_secs_f64();
        let memory = peak_memory().map_or("?".to_string(), |memory| memory.to_string());
        println!(
            "{name:26} {:5.1} MB {seconds:6.2} s {:8} nodes {memory:>5} MB {:?}",
            page.len() as f64 / 1e6,
            tree.node_count(),
            tree.truncated()
        );
    }
}
