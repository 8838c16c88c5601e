//! What people see: every page of the desk over pages of the invented press, reduced to tags and words, and the API's
//! document. A changed page shows as a diff: `INSTA_UPDATE=always cargo test -p onrecord-desk snapshots` writes the new ones,
//! and `git diff` reviews them. Without that nothing is written, and a page that differs fails.

use crate::support::{BODY, Served, archive, desk_with, story};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

/// Pages of the invented press, one an outlet.
const PRESS: [&str; 6] =
    ["continental-press", "dispatch24", "ellery-courier", "national-ledger", "nordkurier-am-sund", "npb"];

/// A desk over the first page of each outlet, and over one article in two versions.
static DESK: LazyLock<Served> = LazyLock::new(|| {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut pages = Vec::new();
    for outlet in PRESS {
        let mut names: Vec<_> =
            std::fs::read_dir(examples.join(outlet)).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|name| name.extension().is_some_and(|ending| ending == "html"));
        names.sort();
        let page = std::fs::read_to_string(&names[0]).unwrap();
        pages.push((format!("{outlet}.html"), page));
    }
    let headline = "Ferry strikes breakwater in fog";
    pages.push(("first.html".to_owned(), story(headline, BODY)));
    pages.push(("second.html".to_owned(), story(headline, &BODY.replace("six people died", "seven people died"))));
    let desk = desk_with(&[], None);
    let pages: Vec<(&str, String)> = pages.iter().map(|(name, page)| (name.as_str(), page.clone())).collect();
    archive(&desk.place.path().join("archive"), &pages);
    let key = key(&desk);
    let note = [("article", key.as_str()), ("number", "1"), ("verdict", "note"), ("value", "Ask the port")];
    assert_eq!(desk.post("/corrections", &note).status, 303);
    let tag = [("article", key.as_str()), ("verdict", "tag"), ("value", "to check")];
    assert_eq!(desk.post("/corrections", &tag).status, 303);
    desk
});

/// The key of the article that has two versions.
fn key(desk: &Served) -> String {
    let found = desk.get("/search?q=changed%3Ayes").text();
    found.split("/article/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect()
}

/// A page's tags and words, a tag or a run of words a line, each as deep as it stands. Drawings are left out but for what they
/// are called, and so is whatever differs from one run to the next.
fn skeleton(desk: &Served, address: &str) -> String {
    /// Attributes that say what a tag is for.
    const TOLD: [&str; 10] =
        ["id", "class", "href", "action", "method", "name", "value", "aria-label", "aria-current", "role"];
    let html = desk.get(address).text().replace(&desk.place.path().display().to_string(), "PLACE");
    let mut out = String::new();
    let (mut depth, mut in_drawing) = (0_usize, 0_usize);
    for part in html.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        let is_void =
            tag.ends_with('/') || tag.starts_with('!') || ["meta", "link", "input", "br", "img"].contains(&name);
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
            in_drawing -= usize::from(name == "svg");
        } else {
            if in_drawing == 0 {
                let attributes = TOLD.iter().filter_map(|known| {
                    let value = tag.split(&format!(" {known}=\"")).nth(1)?.split('"').next()?;
                    Some(format!(" {known}=\"{value}\""))
                });
                out.push_str(&format!("{}<{name}{}>\n", "  ".repeat(depth), attributes.collect::<String>()));
            }
            in_drawing += usize::from(name == "svg");
            depth += usize::from(!is_void);
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if in_drawing == 0 && !words.is_empty() {
            out.push_str(&format!("{}{words}\n", "  ".repeat(depth)));
        }
    }
    without_what_varies(&out)
}

/// Hashes, and today's date with its time, each as a word in capitals.
fn without_what_varies(text: &str) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
    let mut text = text.to_owned();
    for seconds in [now, now - 86_400] {
        let date = onrecord_archive::utc(seconds)[..10].to_owned();
        for day in [onrecord_views::words::day(&date), onrecord_views::words::long_day(&date), date] {
            text = text.replace(&day, "TODAY");
        }
    }
    // Times of day, as `20:31`; what was added today has no year.
    for at in 0..text.len() {
        let time = text.as_bytes().get(at..at + 5).filter(|time| time[2] == b':');
        if time.is_some_and(|time| [0, 1, 3, 4].iter().all(|nth| time[*nth].is_ascii_digit())) {
            text.replace_range(at..at + 5, "00:00");
        }
    }
    for seconds in [now, now - 86_400] {
        let day = onrecord_views::words::day_of_year(&onrecord_archive::utc(seconds));
        text = text.replace(&format!("{day} 00:00"), "TODAY");
        // Alone on a line: in prose the same day is that of another year.
        let is_today = |line: &str| line.trim() == day;
        text = text
            .lines()
            .map(|line| if is_today(line) { line.replace(&day, "TODAY") } else { line.to_owned() } + "\n")
            .collect();
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|char: char| char.is_ascii_alphanumeric()) {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(|char: char| !char.is_ascii_alphanumeric()).map_or(rest.len(), |end| at + end);
        let word = &rest[at..end];
        let is_hash = word.len() >= 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        out.push_str(if is_hash { "HASH" } else { word });
        rest = &rest[end..];
        // How long a search took.
        if word == "in"
            && let Some((number, after)) = rest.trim_start().split_once(" ms")
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            out.push_str(" SOME ms");
            rest = after;
        }
    }
    out + rest
}

#[test]
fn pages() {
    let desk = &*DESK;
    let key = key(desk);
    let article = desk.get(&format!("/article/{key}")).text();
    let changes = article.split("href=\"/changes/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for (name, address) in [
        ("front", "/".to_owned()),
        ("article", format!("/article/{key}")),
        ("article-statement", format!("/article/{key}?statement=2&source=named")),
        ("evidence", format!("/evidence/{key}?fact=headline")),
        ("evidence-statement", format!("/evidence/{key}/1?fact=content")),
        ("quiet", format!("/quiet/{key}/1?fact=content")),
        ("changes", format!("/changes/{changes}")),
        ("search-articles", "/search?q=ferry&find=articles".to_owned()),
        ("search-statements", "/search?q=ferry&find=statements".to_owned()),
        ("search-nothing", "/search?q=zeppelin+source%3Adocument".to_owned()),
        ("search-misunderstood", "/search?q=source%3Aanonymous".to_owned()),
        ("speakers", "/speakers".to_owned()),
        ("speaker", "/speaker/Tomas%20Adler?form=direct".to_owned()),
        ("sourcing", "/sourcing".to_owned()),
        ("corrections", "/corrections".to_owned()),
        ("adding", "/adding".to_owned()),
        ("nothing-here", "/nowhere".to_owned()),
        ("api", "/api/v1".to_owned()),
    ] {
        insta::assert_snapshot!(name, skeleton(desk, &address));
    }
}

#[test]
fn pages_of_a_locked_and_of_an_empty_desk() {
    let locked = desk_with(&[], Some("open-sesame-42"));
    insta::assert_snapshot!("locked", skeleton(&locked, "/?token=wrong-sesame"));
    let empty = desk_with(&[], None);
    insta::assert_snapshot!("empty", skeleton(&empty, "/"));
}

#[test]
fn the_openapi_document() {
    let document: Value = serde_json::from_slice(&DESK.get("/api/v1/openapi.json").body).unwrap();
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document).unwrap());
}
