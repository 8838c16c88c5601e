//! What pages state about their articles, and that the evidence of it resolves.

mod evidence_of {
    //! Decoding evidence by other means than the reader's.

    use onrecord_document::{Basis, Document, Stated};
    use onrecord_html::{NodeKind, parse_fragment};

    /// All words that a document's fields state, with their evidence.
    pub fn all(document: &Document) -> Vec<(&'static str, String, Basis, Vec<std::ops::Range<usize>>)> {
        let mut found = Vec::new();
        fn note<T>(
            found: &mut Vec<(&'static str, String, Basis, Vec<std::ops::Range<usize>>)>,
            name: &'static str,
            stated: &Stated<T>,
        ) {
            let evidence = stated.evidence.iter().map(|span| span.range()).collect();
            found.push((name, stated.as_written.clone(), stated.basis, evidence));
        }
        let fields = &document.fields;
        let strings = [
            ("canonical_url", &fields.canonical_url),
            ("site", &fields.site),
            ("section", &fields.section),
            ("headline", &fields.headline),
            ("standfirst", &fields.standfirst),
        ];
        for (name, stated) in strings {
            stated.iter().for_each(|stated| note(&mut found, name, stated));
        }
        fields.genre.iter().for_each(|stated| note(&mut found, "genre", stated));
        fields.paywalled.iter().for_each(|stated| note(&mut found, "paywalled", stated));
        fields.published.iter().for_each(|stated| note(&mut found, "published", stated));
        fields.modified.iter().for_each(|stated| note(&mut found, "modified", stated));
        fields.bylines.iter().for_each(|stated| note(&mut found, "byline", stated));
        fields.topics.iter().for_each(|stated| note(&mut found, "topic", stated));
        for image in &fields.images {
            note(&mut found, "image", &image.url);
            image.caption.iter().for_each(|stated| note(&mut found, "caption", stated));
            image.credit.iter().for_each(|stated| note(&mut found, "credit", stated));
        }
        for related in &fields.related {
            note(&mut found, "related", &related.url);
            note(&mut found, "related title", &related.title);
        }
        found
    }

    /// Whether the ranges decode to the words: by charset, then as they stand, as HTML, as a JSON string, or as HTML in
    /// a JSON string. White space is left out, for some of it is the page's layout.
    pub fn decodes(document: &Document, ranges: &[std::ops::Range<usize>], words: &str) -> bool {
        let bytes = document.capture().page.as_bytes();
        let encoding = encoding_rs::Encoding::for_label(document.encoding().as_bytes()).unwrap_or(encoding_rs::UTF_8);
        let plain: String = ranges
            .iter()
            .map(|range| encoding.decode_without_bom_handling(&bytes[range.clone()]).0.into_owned())
            .collect();
        let escaped: String = plain.chars().filter(|char| !char.is_control()).collect();
        let json = serde_json::from_str::<String>(&format!("\"{escaped}\"")).unwrap_or_default();
        let words = squeezed(words);
        [
            squeezed(&plain),
            squeezed(&html(&plain)),
            squeezed(&json),
            squeezed(&html(&json)),
            squeezed(&html(&html(&plain))),
        ]
        .contains(&words)
    }

    fn html(words: &str) -> String {
        let tree = parse_fragment(words, "div");
        tree.descendants(tree.root())
            .filter(|node| tree.kind(*node) == NodeKind::Text)
            .map(|node| tree.text(node))
            .collect()
    }

    fn squeezed(words: &str) -> String {
        let invisible = |char: char| matches!(char, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}');
        words.chars().filter(|char| !char.is_whitespace() && !char.is_control() && !invisible(*char)).collect()
    }
}

use onrecord_document::{Basis, BylineKind, Capture, Document, Genre, Media};
use onrecord_span::PageBytes;
use std::path::{Path, PathBuf};

fn read_at(page: &str, url: Option<&str>) -> Document {
    let Some(bytes) = PageBytes::new(page.into()) else { panic!("a small page") };
    let mut capture = Capture::new("page", bytes, Media::Html);
    capture.url = url.map(str::to_owned);
    let document = onrecord_article::read(&capture);
    assert_evidence(&document);
    document
}

fn read(page: &str) -> Document {
    read_at(page, None)
}

fn wrong_evidence(document: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, words, basis, ranges) in evidence_of::all(document) {
        let fits = match basis {
            Basis::Page => !ranges.is_empty() && evidence_of::decodes(document, &ranges, &words),
            Basis::Url | Basis::Header | Basis::Detected => ranges.is_empty(),
        };
        if !fits {
            wrong.push(format!("{}: {name} {words:?} at {ranges:?}", document.capture().id));
        }
    }
    wrong
}

fn assert_evidence(document: &Document) {
    let wrong = wrong_evidence(document);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn names(document: &Document) -> Vec<String> {
    document.fields.bylines.iter().map(|byline| byline.value.name.clone()).collect()
}

fn published(document: &Document) -> Option<String> {
    document.fields.published.as_ref().map(|stated| stated.value.to_string())
}

/// Paragraphs enough for an article.
const BODY: &str = "<p>The car ferry Saint Brannoc struck the outer breakwater of Port Ellery on Monday evening, the \
coastguard said.</p><p>Divers searched the car deck through the night while relatives waited at the customs house, and \
the harbour stayed closed.</p><p>The operator said that it would answer the inquiry's questions in full and in time.</p>";

fn page(head: &str, top: &str) -> String {
    format!("<!doctype html><html lang=en><head>{head}</head><body><article>{top}{BODY}</article></body></html>")
}

fn json_ld(members: &str) -> String {
    let node = format!(r#"{{"@context":"https://schema.org","@type":"NewsArticle",{members}}}"#);
    page(&format!(r#"<script type="application/ld+json">{node}</script>"#), "<h1>Ferry hits breakwater</h1>")
}

#[test]
fn a_headline_has_no_site_name() {
    let document = read(&page(
        "<title>Ferry hits breakwater | The Courier</title><meta property=og:site_name content='The Courier'>",
        "",
    ));
    assert_eq!(document.fields.headline.unwrap().value, "Ferry hits breakwater");
    let document = read(&page(
        "<title>The Courier - Ferry hits breakwater in fog</title>",
        "<h1>Ferry hits breakwater in fog</h1>",
    ));
    assert_eq!(document.fields.headline.unwrap().value, "Ferry hits breakwater in fog");
    assert_eq!(document.fields.site.unwrap().value, "The Courier");
}

#[test]
fn a_headline_is_the_heading_that_the_metadata_names() {
    let top = "<h1>The Courier</h1><h1 class=x><span>Ferry</span> hits&nbsp;breakwater &amp; sinks</h1>";
    let document = read(&page("<meta property=og:title content='Ferry hits breakwater &amp; sinks'>", top));
    assert_eq!(document.fields.headline.unwrap().value, "Ferry hits breakwater & sinks");
}

#[test]
fn the_only_heading_above_the_body_is_the_headline() {
    let head = "<title>Loans: find out what you pay | Courier</title>";
    let document = read(&page(head, "<h1>What a loan costs in March</h1>"));
    assert_eq!(document.fields.headline.unwrap().value, "What a loan costs in March");
}

#[test]
fn a_link_to_the_front_page_names_the_outlet() {
    let top = "<h1><a href='https://courier.example/'>Courier by the Sea</a></h1><h2>Ferry hits breakwater</h2>";
    let document = read(&page("<title>Ferry hits breakwater | Courier by the Sea</title>", top));
    assert_eq!(document.fields.headline.unwrap().value, "Ferry hits breakwater");
    assert_eq!(document.fields.site.unwrap().value, "Courier by the Sea");
    let logo = "<a href=/><img src=/logo.gif alt='The Courier'></a><h1>Ferry hits breakwater</h1>";
    assert_eq!(read(&page("", logo)).fields.site.unwrap().value, "The Courier");
}

#[test]
fn capitals_above_the_headline_are_its_section() {
    let top = "<font size=1><b>WORLD</b></font><br><font size=6><b>Ferry hits breakwater</b></font><br>";
    assert_eq!(read(&page("", top)).fields.section.unwrap().value, "WORLD");
    let top = "<font size=1>Ferry disaster</font><br><font size=6><b>Ferry hits breakwater</b></font><br>";
    assert!(read(&page("", top)).fields.section.is_none());
}

#[test]
fn a_kicker_that_json_ld_and_opengraph_give_is_kept() {
    let linked = r#"{"@type":"NewsArticle","headline":"Ellery: Ferry hits breakwater"}"#;
    let head = |shared: &str| {
        format!("<meta property=og:title content='{shared}'><script type=application/ld+json>{linked}</script>")
    };
    let of = |shared: &str| read(&page(&head(shared), "<h1>Ferry hits breakwater</h1>")).fields.headline.unwrap().value;
    assert_eq!(of("Ellery: Ferry hits breakwater"), "Ellery: Ferry hits breakwater");
    assert_eq!(of("Ferry hits breakwater"), "Ferry hits breakwater");
}

#[test]
fn an_element_named_for_a_kicker_is_no_headline() {
    let top = "<h1><span class=overline>Ferry disaster</span> Six dead as ferry hits wall</h1>";
    let document = read(&page("<title>Ferry disaster - Six dead as ferry hits wall | Courier</title>", top));
    assert_eq!(document.fields.headline.unwrap().value, "Six dead as ferry hits wall");
}

#[test]
fn a_kicker_is_no_headline() {
    let top = "<h1><span>Ferry disaster</span> Six dead as radar fails in fog</h1>";
    let document = read(&page("<meta property=og:title content='Six dead as radar fails in fog'>", top));
    assert_eq!(document.fields.headline.unwrap().value, "Six dead as radar fails in fog");
}

#[test]
fn the_large_type_of_an_old_page_is_its_headline() {
    let page = format!("<title>Gazette - Local</title><font size=6><b>Ferry hits breakwater</b></font><br>{BODY}");
    assert_eq!(read(&page).fields.headline.unwrap().value, "Ferry hits breakwater");
}

#[test]
fn a_standfirst_is_shown_under_the_headline() {
    let summary = "Six people have died and a radar is in doubt, says the coastguard";
    let document =
        read(&page("", &format!("<h1>Ferry hits breakwater</h1><p class=article__standfirst>{summary}</p>")));
    assert_eq!(document.fields.standfirst.unwrap().value, summary);
    let document =
        read(&page("", &format!("<h1>Ferry hits breakwater</h1><h2>{summary}</h2><p class=byline>By Nora Blythe</p>")));
    assert_eq!(document.fields.standfirst.unwrap().value, summary);
    let head = format!("<meta name=description content='{summary}'>");
    let document = read(&page(&head, "<h1>Ferry hits breakwater</h1>"));
    assert!(document.fields.standfirst.is_none(), "a description that the page does not show is none");
    let document =
        read(&page(&head, &format!("<h1>Ferry hits breakwater</h1><div class=x7><div>{summary}</div></div>")));
    assert_eq!(document.fields.standfirst.unwrap().value, summary);
}

#[test]
fn a_bold_first_paragraph_is_the_standfirst() {
    let lead = "Six people died when a car ferry hit the breakwater in fog.";
    let top = format!("<h1>Ferry hits breakwater</h1><p><b>{lead}</b></p>");
    assert_eq!(read(&page("", &top)).fields.standfirst.unwrap().value, lead);
    let top = format!("<h1>Ferry hits breakwater</h1><p>{lead} <b>So</b> it was.</p>");
    assert!(read(&page("", &top)).fields.standfirst.is_none());
    let top = "<font size=6>Ferry hits breakwater</font><br><font size=4>Six dead as radar fails in fog</font><br>";
    assert_eq!(read(&page("", top)).fields.standfirst.unwrap().value, "Six dead as radar fails in fog");
}

#[test]
fn json_ld_names_the_writers() {
    let document = read(&json_ld(
        r#""author":[{"@type":"Person","name":"Nora \"Nan\" Blythe","jobTitle":"Transport correspondent"},"Jan Holm"]"#,
    ));
    assert_eq!(names(&document), ["Nora \"Nan\" Blythe", "Jan Holm"]);
    assert_eq!(document.fields.bylines[0].value.role.as_deref(), Some("Transport correspondent"));
    let document = read(&json_ld(r#""author":"By Nora Blythe and Jan Holm in Lorne""#));
    assert_eq!(names(&document), ["Nora Blythe", "Jan Holm"]);
}

#[test]
fn a_reference_into_the_graph_is_followed() {
    let graph = r##"<script type="application/ld+json">{"@graph":[
        {"@type":"Article","headline":"Ferry hits breakwater","author":{"@id":"#nora"},"isPartOf":{"@id":"#page"}},
        {"@type":"Person","@id":"#nora","name":"Nora Blythe"}]}</script>"##;
    assert_eq!(names(&read(&page(graph, "<h1>Ferry hits breakwater</h1>"))), ["Nora Blythe"]);
}

#[test]
fn the_node_about_this_page_is_asked() {
    let nodes = r#"<link rel=canonical href="https://courier.example/ferry"><script type="application/ld+json">[
        {"@type":"NewsArticle","url":"https://courier.example/coal","headline":"Coal plant to close","author":{"name":"Other Writer"},"datePublished":"2020-01-01"},
        {"@type":"NewsArticle","url":"https://courier.example/ferry","headline":"Ferry hits breakwater","author":{"name":"Nora Blythe"},"datePublished":"2026-03-09T21:15:00+01:00"}]</script>"#;
    let document = read(&page(nodes, "<h1>Ferry hits breakwater</h1>"));
    assert_eq!(names(&document), ["Nora Blythe"]);
    assert_eq!(published(&document).as_deref(), Some("2026-03-09T21:15:00+01:00"));
    assert_eq!(document.fields.canonical_url.unwrap().value, "https://courier.example/ferry");
}

#[test]
fn bylines_are_read_from_the_page() {
    let of = |top: &str| names(&read(&page("", &format!("<h1>Ferry hits breakwater</h1>{top}"))));
    assert_eq!(of("<a rel=author href=/n>Nora Blythe</a>"), ["Nora Blythe"]);
    assert_eq!(of("<span itemprop=author><span itemprop=name>Nora Blythe</span></span>"), ["Nora Blythe"]);
    assert_eq!(
        of("<div class=byline>By <a href=/n>Nora Blythe</a> and <a href=/j>Jan Holm</a></div>"),
        ["Nora Blythe", "Jan Holm"]
    );
    assert_eq!(of("<div class=byline><span>Nora Blythe</span> <span>Jan Holm</span> <span>Ida Berg</span> <span>Oda Lund</span></div>").len(), 4);
    assert_eq!(of("By Nora Blythe<br>9 March 2026<br>"), ["Nora Blythe"]);
    assert_eq!(of("<span class=by>by CPA and <a rel=author href=/h>Hollis Wren</a></span>"), ["CPA", "Hollis Wren"]);
    assert!(of("<div class=author>Share this article</div>").is_empty());
    let document = read(&page("<meta name=author content='Nora Blythe'>", "<h1>Ferry hits breakwater</h1>"));
    assert_eq!(names(&document), ["Nora Blythe"]);
}

#[test]
fn bylines_stand_in_broken_lines_links_and_brackets() {
    let of = |top: &str| read(&page("", &format!("<h1>Ferry hits breakwater</h1>{top}")));
    let old = of("<font>By <b>Nora Blythe</b> and <b>Jan Holm</b></font><br><font>9 March 2026</font><br>");
    assert_eq!(names(&old), ["Nora Blythe", "Jan Holm"]);
    let role = of("<font><b>By NORA BLYTHE</b><br>Courier Waterfront Writer</font><br>");
    assert_eq!(role.fields.bylines[0].value.role.as_deref(), Some("Courier Waterfront Writer"));
    assert_eq!(names(&of("<font>CONTINENTAL PRESS AGENCY</font><br>")), ["CONTINENTAL PRESS AGENCY"]);
    assert_eq!(names(&of("<p>Erstellt <a href=https://a.example/author/nora/>Nora</a> am Montag</p>")), ["Nora"]);
    assert_eq!(names(&of("<byline>Von Nora Blythe</byline>")), ["Nora Blythe"]);
    assert_eq!(
        names(&of("<p>【ローン＝佐伯真由美】港湾当局は１２日、死者が７人になったと発表した。</p>")),
        ["佐伯真由美"]
    );
    let signed =
        format!("<body><article><h1>Ferry hits breakwater</h1>{BODY}<p>(Text: Nora Blythe)</p></article></body>");
    assert_eq!(names(&read(&signed)), ["Nora Blythe"]);
}

#[test]
fn a_role_stands_beside_its_name() {
    let top = "<h1>Ferry hits breakwater</h1><div class=byline><div><span>Nora Blythe</span><div class=Role>Health correspondent</div></div></div>";
    let document = read(&page("<meta name=author content='Nora Blythe'>", top));
    assert_eq!(document.fields.bylines[0].value.role.as_deref(), Some("Health correspondent"));
}

#[test]
fn agencies_and_outlets_are_told_apart() {
    let kinds = |author: &str| {
        let document = read(&json_ld(&format!(r#""publisher":{{"name":"The Courier"}},"author":{author}"#)));
        document.fields.bylines.iter().map(|byline| byline.value.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(r#"{"@type":"Organization","name":"Reuters"}"#), [BylineKind::Agency]);
    assert_eq!(kinds(r#"{"@type":"Organization","name":"The Courier"}"#), [BylineKind::Outlet]);
    assert_eq!(kinds(r#"{"@type":"Person","name":"Courier Staff"}"#), [BylineKind::Outlet]);
}

#[test]
fn the_articles_own_date_is_read() {
    let list = "<aside class=most-read><time datetime=2020-01-01>1 Jan</time></aside>";
    let top = format!("{list}<h1>Ferry hits breakwater</h1><time datetime='2026-03-09T21:15+01:00'>9 March</time>");
    let document = read(&page("", &top));
    assert_eq!(published(&document).as_deref(), Some("2026-03-09T21:15:00+01:00"));
    assert_eq!(document.fields.published.unwrap().as_written, "2026-03-09T21:15+01:00");
    let document = read(&page(
        "<meta property=article:published_time content=2026-03-09><meta property=article:modified_time content=2026-03-10>",
        "",
    ));
    assert_eq!(published(&document).as_deref(), Some("2026-03-09"));
    assert_eq!(document.fields.modified.unwrap().value.to_string(), "2026-03-10");
    let document = read(&page("", "<h1>Ferry hits breakwater</h1><p>Monday, 9 March 2026, 21:15</p>"));
    assert_eq!(published(&document).as_deref(), Some("2026-03-09T21:15:00"));
    assert_eq!(published(&read(&page("", "<h1>Ferry hits breakwater</h1><p>© 2026 The Courier</p>"))), None);
}

#[test]
fn a_paragraph_may_begin_with_its_date() {
    let long =
        "Farmers fear the fever and hope for the genome, and so do the hunters of the northern districts, who say so.";
    let top = format!("<h1>Ferry hits breakwater</h1><p>(18.01.2018) {long} {long}</p>");
    let document = read(&page("", &top));
    assert_eq!(document.fields.published.unwrap().as_written, "18.01.2018");
}

#[test]
fn a_date_beside_the_headline_is_the_articles() {
    let head = "<meta name=date content=2026-03-11T08:00:00>";
    let above = "<h3 class=teaser-meta>09.03.2026</h3><h1>Ferry hits breakwater</h1>";
    assert_eq!(published(&read(&page(head, above))).as_deref(), Some("2026-03-09"));
    let below = "<h1>Ferry hits breakwater</h1><p>Written: 2026-03-09 21:15</p>";
    assert_eq!(published(&read(&page(head, below))).as_deref(), Some("2026-03-09T21:15:00"));
    let changed = "<h1>Ferry hits breakwater</h1><p>Last edited: 2026-03-12</p>";
    assert_eq!(published(&read(&page(head, changed))).as_deref(), Some("2026-03-11T08:00:00"));
}

#[test]
fn a_label_tells_what_a_date_is_of() {
    let below = |footer: &str| {
        let page = format!("<body><article><h1>Ferry hits breakwater</h1>{BODY}</article>{footer}</body>");
        published(&read(&page))
    };
    assert_eq!(below("<footer>[Status] Published on 9 March 2026</footer>").as_deref(), Some("2026-03-09"));
    assert_eq!(
        below("<div class=post-footer>Dieser Artikel wurde am 9. März 2026 um 21:15 von <a href=/h>Jo</a> geschrieben</div>").as_deref(),
        Some("2026-03-09T21:15:00")
    );
    assert_eq!(below("<footer>The paper was founded on 9 March 1926</footer>"), None);
    assert_eq!(below("<div>It is currently 9 March 2026</div>"), None);
    assert_eq!(below("<script>var page = {publishDate: '2026-03-09'}</script>").as_deref(), Some("2026-03-09"));
    assert_eq!(below("<abbr data-utime=1773090900>Monday</abbr>").as_deref(), Some("2026-03-09T21:15:00Z"));
}

#[test]
fn a_date_in_a_line_of_prose_is_the_storys() {
    let top = "<h1>Ferry hits breakwater</h1><p>Satellite picture of the breakwater and of the outer harbour of 31.05.2021</p>";
    assert_eq!(published(&read(&page("", top))), None);
}

#[test]
fn an_update_is_not_the_publication() {
    let top = "<h1>Ferry hits breakwater</h1><div><time class=updated datetime=2026-03-10>Updated 10 March</time> <time datetime=2026-03-09>9 March</time></div>";
    assert_eq!(published(&read(&page("", top))).as_deref(), Some("2026-03-09"));
    let document = read(&page("", "<h1>Ferry hits breakwater</h1><p>12.03.2026 09:15 (updated 12.03.2026 13:40)</p>"));
    assert_eq!(published(&document).as_deref(), Some("2026-03-12T09:15:00"));
    assert_eq!(document.fields.modified.unwrap().value.to_string(), "2026-03-12T13:40:00");
}

#[test]
fn an_address_states_a_date_without_evidence_on_the_page() {
    let document =
        read_at(&page("", "<h1>Ferry hits breakwater</h1>"), Some("https://courier.example/2026/03/09/ferry"));
    let stated = document.fields.published.unwrap();
    assert_eq!((stated.value.to_string().as_str(), stated.as_written.as_str()), ("2026-03-09", "2026/03/09"));
    assert_eq!(stated.basis, Basis::Url);
}

#[test]
fn day_and_month_are_exchanged_only_where_the_page_tells() {
    let of = |lang: &str| {
        published(&read(&page("", "<h1>Ferry hits breakwater</h1><p>3/9/2026</p>").replace("lang=en", lang)))
    };
    assert_eq!(of("lang=fr").as_deref(), Some("2026-09-03"));
    assert_eq!(of("lang=en-US").as_deref(), Some("2026-03-09"));
    assert_eq!(of("lang=en"), None);
}

#[test]
fn genre_comes_from_type_section_label_or_address() {
    let genre = |document: Document| document.fields.genre.unwrap().value;
    assert_eq!(genre(read(&page("", "<h1>Ferry hits breakwater</h1>"))), Genre::News);
    assert_eq!(genre(read(&json_ld(r#""articleSection":"Opinion""#))), Genre::Opinion);
    assert_eq!(
        genre(read(&page("", "<span class=kicker>Analysis</span><h1>Ferry hits breakwater</h1>"))),
        Genre::Analysis
    );
    let live = json_ld(r#""headline":"Ferry hits breakwater""#).replace("NewsArticle", "LiveBlogPosting");
    assert_eq!(genre(read(&live)), Genre::Live);
    let url = Some("https://courier.example/interviews/okafor");
    assert_eq!(genre(read_at(&page("", "<h1>Ferry hits breakwater</h1>"), url)), Genre::Interview);
}

#[test]
fn a_paywall_is_stated_or_unknown() {
    assert!(read(&json_ld(r#""headline":"x""#)).fields.paywalled.is_none());
    assert!(read(&json_ld(r#""isAccessibleForFree":"False""#)).fields.paywalled.unwrap().value);
    assert!(!read(&json_ld(r#""isAccessibleForFree":true"#)).fields.paywalled.unwrap().value);
    let part = r#""hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".x"}"#;
    assert!(read(&json_ld(part)).fields.paywalled.unwrap().value);
}

#[test]
fn topics_are_the_pages_own() {
    let topics = |page: &str| read(page).fields.topics.iter().map(|topic| topic.value.clone()).collect::<Vec<_>>();
    assert_eq!(topics(&json_ld(r#""keywords":["ferry","Port Ellery"]"#)), ["ferry", "Port Ellery"]);
    assert_eq!(topics(&json_ld(r#""keywords":"ferry, radar, ferry""#)), ["ferry", "radar"]);
    assert_eq!(topics(&page("<meta name=keywords content='ferry,radar'>", "")), ["ferry", "radar"]);
    assert_eq!(topics(&page("", "<h1>Ferry hits breakwater</h1><a rel=tag href=/t>ferry</a>")), ["ferry"]);
}

#[test]
fn pictures_have_captions_and_credits() {
    let figure = "<figure><img src=/bow.jpg><figcaption>The bow at night <span class=credit>(Red Lantern)</span></figcaption></figure>";
    let document =
        read_at(&page("", &format!("<h1>Ferry hits breakwater</h1>{figure}")), Some("https://courier.example/a/b"));
    let image = &document.fields.images[0];
    assert_eq!(image.url.value, "https://courier.example/bow.jpg");
    assert_eq!(image.caption.as_ref().unwrap().value, "The bow at night");
    assert_eq!(image.credit.as_ref().unwrap().value, "Red Lantern");
    let table = "<table align=right><tr><td><img src=/bow.jpg></td></tr><tr><td>The bow at night. Photo: Ana Reyes</td></tr></table>";
    let document = read(&page("", &format!("<h1>Ferry hits breakwater</h1>{table}")));
    assert_eq!(document.fields.images[0].caption.as_ref().unwrap().value, "The bow at night.");
    assert_eq!(document.fields.images[0].credit.as_ref().unwrap().value, "Ana Reyes");
    let boxed = "<div class=wp-caption><img src=/bow.jpg><p class=wp-caption-text>The bow at night</p></div>";
    let document = read(&page("", &format!("<h1>Ferry hits breakwater</h1>{boxed}")));
    assert_eq!(document.fields.images[0].caption.as_ref().unwrap().value, "The bow at night");
}

#[test]
fn related_articles_are_listed() {
    let top = "<h1>Ferry hits breakwater</h1><p><b>Also read:</b> <a href=/coal>Coal plant to close in 2028</a></p>";
    let document = read(&page("", top));
    assert_eq!(document.fields.related[0].title.value, "Coal plant to close in 2028");
    assert_eq!(document.fields.related[0].url.value, "/coal");
}

#[test]
fn html_inside_json_leads_to_the_pages_bytes() {
    let document = read(
        &json_ld(r#""headline":"Ferry &amp; tug hit \u201Cbreakwater\u201D","name":"x""#)
            .replace("<h1>Ferry hits breakwater</h1>", ""),
    );
    assert_eq!(document.fields.headline.unwrap().value, "Ferry & tug hit “breakwater”");
}

#[test]
fn hostile_pages_are_read() {
    let nested = "<div class=byline>".repeat(3_000);
    for page in [
        nested.as_str(),
        "<script type=application/ld+json>{\"@graph\":[{\"@id\":\"a\",\"author\":{\"@id\":\"a\"}}",
        "<h1></h1><title></title><meta property=og:title content>",
        "<figure><figure><figcaption><figure>",
        &"<time datetime=2026-03-09>".repeat(5_000),
        &"<script type=application/ld+json>{\"@type\":\"NewsArticle\"}</script>".repeat(3_000),
    ] {
        read(page);
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

#[test]
fn evidence_of_the_example_pages_resolves() {
    let mut paths = Vec::new();
    files(&workspace().join("examples"), ".html", &mut paths);
    assert!(!paths.is_empty());
    let mut wrong = Vec::new();
    for path in paths {
        let page = PageBytes::new(std::fs::read(&path).expect("readable")).expect("small");
        wrong.extend(wrong_evidence(&onrecord_article::read(&Capture::new(path.to_string_lossy(), page, Media::Html))));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn evidence_of_real_pages_resolves() {
    use std::io::Read;
    /// Every so many pages are read: all of them take minutes without optimisation.
    const EVERY: usize = 8;
    let folder = workspace().join("../shared/data/pages/html");
    let mut paths = Vec::new();
    files(&folder, ".html.gz", &mut paths);
    if paths.is_empty() {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: no pages at {}\n", folder.display()),
        );
        return;
    }
    paths.sort();
    let mut wrong = Vec::new();
    let mut stated = 0;
    for path in paths.iter().step_by(EVERY) {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).expect("readable");
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("gzip");
        let page = PageBytes::new(bytes).expect("small");
        let document = onrecord_article::read(&Capture::new(path.to_string_lossy(), page, Media::Html));
        stated += evidence_of::all(&document).len();
        wrong.extend(wrong_evidence(&document));
    }
    assert!(stated > 500, "{stated}");
    assert!(wrong.is_empty(), "{} of {stated}: {wrong:#?}", wrong.len());
}
