//! Every view shows what was read, and leads to its bytes.

use crate::support::{BODY, desk, story, usual};

#[test]
fn an_article_is_shown_with_who_said_what() {
    let desk = usual();
    let article = desk.get(&format!("/article/{}", desk.key()));
    assert_eq!(article.status, 200);
    let page = article.text();
    assert!(page.contains("Ferry strikes breakwater in fog"));
    for words in
        ["Daniel Okafor", "Tomas Adler", "a member of the crew", "Unnamed person", "Anonymity", "Harbor Gazette"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("class=\"st st-direct\""));
}

#[test]
fn evidence_leads_to_the_bytes_of_the_page() {
    let desk = usual();
    let key = desk.key();
    let evidence = desk.get(&format!("/evidence/{key}/1?fact=content")).text();
    let command = evidence.lines().find(|line| line.contains("tail -c +")).unwrap();
    let number = |before: &str| -> usize {
        let at = command.find(before).unwrap() + before.len();
        command[at..].chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
    };
    let (start, length) = (number("tail -c +") - 1, number("head -c "));
    let hash = evidence.split("href=\"/page/").nth(1).unwrap().split(['"', '?']).next().unwrap();
    let page = desk.get(&format!("/page/{hash}"));
    assert_eq!(page.header("content-type"), Some("text/plain"));
    let cut = String::from_utf8_lossy(&page.body[start..start + length]).into_owned();
    assert_eq!(cut, "“We hit something, and then the lights went out,”");
    let quiet = desk.get(&format!("/quiet/{key}/1?fact=content"));
    assert!(quiet.header("content-security-policy").unwrap().contains("sandbox"));
    assert!(quiet.text().contains("id=\"here\""));
}

#[test]
fn every_view_answers_and_none_has_anything_inline() {
    let desk = usual();
    let key = desk.key();
    let views = [
        "/".to_owned(),
        format!("/article/{key}"),
        format!("/article/{key}?statement=2&source=named"),
        format!("/evidence/{key}"),
        format!("/evidence/{key}?fact=headline"),
        format!("/evidence/{key}/3"),
        "/search".to_owned(),
        "/search?q=ferry".to_owned(),
        "/search?q=ferry&find=statements".to_owned(),
        "/search?q=nothing+here".to_owned(),
        "/search?q=source%3Aanonymous".to_owned(),
        "/speakers".to_owned(),
        "/speakers?beginning=ad".to_owned(),
        "/speaker/Tomas%20Adler".to_owned(),
        "/speaker/Tomas%20Adler?from=2026-01-01&form=direct".to_owned(),
        "/sourcing".to_owned(),
        "/sourcing?outlet=Harbor+Gazette&from=2026-01".to_owned(),
        "/corrections".to_owned(),
        "/adding".to_owned(),
        "/nowhere".to_owned(),
    ];
    for view in views {
        let answer = desk.get(&view);
        let page = answer.text();
        assert!([200, 400, 404].contains(&answer.status), "{view}: {}", answer.status);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{view}");
        assert!(!page.contains(" style=\"") && !page.contains("<style"), "{view} has styles of its own");
        assert!(!page.contains(" onclick") && !page.contains("<script>"), "{view} has a script of its own");
        assert!(page.contains("<main id=\"main\"") && page.contains("lang=\"en\""), "{view}");
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{view} has an id twice");
    }
}

#[test]
fn plots_and_lists_are_files_too() {
    let desk = usual();
    let key = desk.key();
    for (address, begins) in [
        ("/sourcing/outlets.svg".to_owned(), "<?xml"),
        ("/sourcing/times.csv".to_owned(), "time,articles,statements,named"),
        ("/speaker/Tomas%20Adler/plot.svg".to_owned(), "<?xml"),
        ("/speaker/Tomas%20Adler/plot.csv".to_owned(), "from,to,mentions,statements"),
        ("/speaker/Tomas%20Adler/statements.csv".to_owned(), "article,page,url,outlet"),
        ("/search.csv?q=source:named".to_owned(), "article,page,url,outlet"),
        ("/search.csv?q=ferry".to_owned(), "headline,outlet"),
        ("/speakers.csv".to_owned(), "speaker,statements"),
        ("/corrections.csv".to_owned(), "id,kind,value"),
        (format!("/article/{key}/statements.csv"), "article,page,url,outlet"),
    ] {
        let answer = desk.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        let text = if answer.head.contains("transfer-encoding: chunked") {
            // The first chunk behind its length.
            answer.text().split_once("\r\n").unwrap().1.to_owned()
        } else {
            answer.text()
        };
        assert!(text.starts_with(begins), "{address}: {}", &text[..text.len().min(80)]);
        assert!(answer.header("content-disposition").unwrap().starts_with("attachment"), "{address}");
    }
    let png = desk.get("/sourcing/outlets.png");
    assert!(png.body.starts_with(b"\x89PNG"));
}

#[test]
fn versions_show_what_changed() {
    let later = BODY.replace("six people died", "seven people died");
    let headline = "Ferry strikes breakwater in fog";
    let desk = desk(&[("one.html", story(headline, BODY)), ("two.html", story(headline, &later))]);
    let front = desk.get("/").text();
    assert!(front.contains("2 versions"), "the front page says so");
    let found = desk.get("/search?q=changed%3Ayes").text();
    let key: String = found.split("/article/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect();
    let page = desk.get(&format!("/article/{key}")).text();
    assert!(page.contains("<del>six </del><ins>seven </ins>"), "the words that changed are marked");
    let whole = page.split("href=\"/changes/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(desk.get(&format!("/changes/{whole}")).status, 200);
}

#[test]
fn what_was_chosen_among_facets_becomes_one_address() {
    let desk = usual();
    let chosen = desk.get(
        "/search?q=radar&find=statements&with=source%3Anamed_person&with=source%3Aunnamed_person&with=form%3Adirect",
    );
    assert_eq!(chosen.status, 303);
    let location = chosen.header("location").unwrap();
    assert!(location.contains("source%3A%28named_person%20OR%20unnamed_person%29%20form%3Adirect"), "{location}");
    let page = desk.get(location);
    assert_eq!(page.status, 200);
    assert_eq!(page.text().matches(" checked").count() - page.text().matches("id=\"single\" checked").count(), 3);
}

#[test]
fn an_archive_that_is_empty_tells_how_to_begin_and_fills() {
    let desk = desk(&[]);
    assert!(desk.get("/").text().contains("Nothing has been read yet"));
    assert_eq!(desk.get("/search?q=ferry").status, 200);
    crate::support::archive(
        &desk.place.path().join("archive"),
        &[("ferry.html", story("Ferry strikes breakwater in fog", BODY))],
    );
    assert!(
        desk.get("/").text().contains("Ferry strikes breakwater in fog"),
        "what another process adds is there at once"
    );
    assert!(desk.get("/search?q=ferry").text().contains("<mark class=\"hit\">"), "and can be searched");
}
