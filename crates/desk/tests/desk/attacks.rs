//! Pages are hostile: whatever they say is shown, exported and linked harmlessly.

use crate::support::desk;

const SCRIPT: &str = "&lt;script&gt;alert(1)&lt;/script&gt;";

fn hostile() -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{SCRIPT}\"onload=alert(2)</title>\
         <link rel=canonical href=\"javascript:alert(3)\">\
         <meta property=\"og:site_name\" content='=cmd|\"/C calc\"!A0 {SCRIPT}'>\
         <meta property=\"article:published_time\" content=\"2026-03-09T18:40:00Z\"></head><body><article>\
         <h1>{SCRIPT} \"onmouseover=alert(4) x=\" strikes the breakwater</h1><p class=byline>By {SCRIPT} Ellison</p>\
         <figure><img src=\"javascript:alert(5)\"><figcaption>{SCRIPT} the bow of the ferry on Tuesday morning</figcaption></figure>\
         <p>The ferry struck the breakwater on Monday and <a href=\"javascript:alert(6)\">six people died</a>, officials say in \
         <a href=\"data:text/html,{SCRIPT}\">a report</a> that <a href=\"https://good.example/?a=1&amp;b='\">was published</a>.</p>\
         <p>“=HYPERLINK(1) {SCRIPT} ‘\"onfocus=alert(7)”, said Daniel {SCRIPT} Okafor, a teacher who was on board with his pupils.</p>\
         <p>“We hit it &amp;lt;img src=x onerror=alert(8)&amp;gt; hard and fast,” Okafor told reporters at the harbour on Tuesday.</p>\
         </article></body></html>"
    )
}

#[test]
fn attack_strings_are_words_like_others() {
    let desk = desk(&[("<script>alert(9)</script>.html", hostile())]);
    let key = desk.key();
    let article = desk.get(&format!("/article/{key}")).text();
    assert!(article.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is shown");
    assert!(article.contains("href=\"https://good.example/"), "an address that runs nothing is a link");
    let mut views = vec![
        "/".to_owned(),
        format!("/article/{key}"),
        format!("/evidence/{key}"),
        format!("/evidence/{key}?fact=headline"),
        format!("/quiet/{key}?fact=headline"),
        "/search?q=breakwater".to_owned(),
        "/search?q=hit&find=statements".to_owned(),
        "/search?q=%3Cscript%3Ealert(10)%3C/script%3E".to_owned(),
        "/search?q=%22%3Cscript%3Ealert(10)".to_owned(),
        "/speakers".to_owned(),
        "/sourcing".to_owned(),
        "/sourcing/outlets.svg".to_owned(),
        "/speaker/%3Cscript%3Ealert(11)%3C%2Fscript%3E".to_owned(),
        "/%3Cscript%3Ealert(12)%3C/script%3E".to_owned(),
        "/adding/%3Cscript%3E".to_owned(),
    ];
    for number in 1..=3 {
        views.extend([format!("/evidence/{key}/{number}"), format!("/quiet/{key}/{number}")]);
    }
    let speakers = desk.get("/speakers").text();
    views.extend(
        speakers
            .split("href=\"")
            .filter_map(|part| part.split('"').next())
            .filter(|href| href.starts_with("/speaker/"))
            .map(str::to_owned),
    );
    for view in views {
        let page = desk.get(&view).text();
        let lower = page.to_lowercase();
        for attack in [
            "<script>alert",
            "<img src=x",
            "href=\"javascript:",
            "src=\"javascript:",
            "href=\"data:",
            "action=\"javascript:",
        ] {
            assert!(!lower.contains(attack), "{view} has {attack}");
        }
        // No attribute was broken out of: every handler stands in text, behind an escaped quotation mark.
        for (at, _) in lower.match_indices("=alert(") {
            let before = &lower[lower[..at].rfind(['<', '>']).unwrap()..at];
            assert!(before.starts_with('>') || !before.contains("\" on"), "{view}: {before}");
        }
    }
}

#[test]
fn tables_hold_no_formulas() {
    let desk = desk(&[("a.html", hostile())]);
    for table in
        ["/search.csv?q=*&find=statements", "/search.csv?q=*&find=articles", "/sourcing/outlets.csv", "/speakers.csv"]
    {
        let text = desk.get(table).text();
        assert!(!text.contains("\r\n=") && !text.contains(",=") && !text.contains(",\"="), "{table}: {text}");
    }
}

#[test]
fn a_page_that_is_looked_at_runs_nothing() {
    let desk = desk(&[("a.html", hostile())]);
    let evidence = desk.get(&format!("/evidence/{}", desk.key())).text();
    let hash = evidence.split("href=\"/page/").nth(1).unwrap().split(['"', '?']).next().unwrap().to_owned();
    let page = desk.get(&format!("/page/{hash}"));
    assert_eq!(page.header("content-type"), Some("text/plain"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert!(page.header("content-security-policy").unwrap().contains("sandbox"));
    let file = desk.get(&format!("/page/{hash}?as=file"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
    assert_eq!(file.text(), hostile());
}
