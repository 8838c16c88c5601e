//! A field to copy. It is compiled and tested, but only tests know it: the binary reads no page for it.

use super::clues::Clues;
use super::clues::words::json_string;
use super::found::PageFields;
use crate::json::Json;
use onrecord_span::Traced;

/// One source of the field: gives the words that state it.
type PrintPageSource = fn(&Clues<'_>) -> Option<Traced>;

/// The sources in the order in which they are asked; the first that has the field wins.
const SOURCES: &[PrintPageSource] = &[of_json_ld, of_meta];

/// The page on which the article stood in print.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let words = SOURCES.iter().find_map(|source| source(clues));
    found.print_page = words.map(|words| clues.page.stated(&words));
}

/// `"printPage": "A4"` in the article's JSON-LD.
fn of_json_ld(clues: &Clues<'_>) -> Option<Traced> {
    clues.json_ld.member("printPage").and_then(Json::string).map(json_string)
}

/// `<meta name="print-page" content="A4">`. The keys of a field for real pages have a line in `data/fields/meta_keys.txt`.
fn of_meta(clues: &Clues<'_>) -> Option<Traced> {
    const KEYS: &[&str] = &["print-page", "print_page"];
    let mut metas = clues.survey.metas(KEYS);
    metas.find_map(|node| super::clues::words::attribute(clues.page.tree, node, "content"))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::fields::{FIELDS, ReadField, read_all};
    use crate::page::{HtmlPage, StoryPlace};
    use onrecord_document::{Capture, Media};
    use onrecord_html::{decode, parse};
    use onrecord_span::PageBytes;

    /// The row that plugs the field in. A field for real pages has its row in `FIELDS`.
    const EXAMPLE: &[(&str, ReadField)] = &[("print_page", read)];

    /// The field and the bytes of the page that show it.
    fn print_page(html: &str) -> Option<(String, String)> {
        let capture = Capture::new("a.html", PageBytes::new(html.into()).unwrap(), Media::Html);
        let decoded = decode(capture.page.as_bytes(), None);
        let tree = parse(&decoded.text);
        let page = HtmlPage { capture: &capture, decoded: &decoded, tree: &tree };
        let fields = [FIELDS, EXAMPLE].concat();
        let stated = read_all(&fields, &page, &StoryPlace::default()).print_page?;
        let bytes = capture.page.slice(stated.evidence[0]);
        Some((stated.value, String::from_utf8_lossy(bytes).into_owned()))
    }

    #[test]
    fn the_page_in_print_is_read_with_its_evidence() {
        let meta = "<meta name=print-page content='A4'><h1>Ferry hits breakwater</h1>";
        assert_eq!(print_page(meta), Some(("A4".to_owned(), "A4".to_owned())));
        assert_eq!(print_page("<h1>Ferry hits breakwater</h1>"), None);
    }

    #[test]
    fn json_ld_is_asked_before_the_metas() {
        let html = r#"<meta name=print-page content=B1><script type="application/ld+json">
            {"@type": "NewsArticle", "headline": "Ferry hits breakwater", "printPage": "A\u0034"}</script>
            <h1>Ferry hits breakwater</h1>"#;
        assert_eq!(print_page(html), Some(("A4".to_owned(), r"A\u0034".to_owned())));
    }
}
