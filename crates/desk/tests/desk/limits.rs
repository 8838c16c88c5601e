//! What must not break: wrong hosts and sites, tokens, strange addresses, too much, too slow, an archive that goes away.

use crate::support::{BODY, archive, desk_with, send, story, usual};
use onrecord_desk::Settings;
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn settings(listen: &str, token: Option<&str>) -> Settings {
    Settings {
        archive: "a".into(),
        listen: listen.parse().unwrap(),
        token: token.map(str::to_owned),
        hosts: Vec::new(),
        followers: |place| vec![Box::new(onrecord_search::IndexFollower::of(place))],
    }
}

#[test]
fn other_addresses_than_loopback_want_a_token() {
    assert_eq!(settings("127.0.0.1:8080", None).refused(), None);
    assert_eq!(settings("[::1]:8080", None).refused(), None);
    assert!(settings("0.0.0.0:8080", None).refused().unwrap().contains("--token"));
    assert!(settings("192.168.1.7:8080", None).refused().is_some());
    assert!(settings("0.0.0.0:8080", Some("short")).refused().is_some());
    assert!(settings("0.0.0.0:8080", Some("a b c d e f")).refused().is_some(), "a cookie can't hold it");
    assert_eq!(settings("0.0.0.0:8080", Some("0123456789abcdef")).refused(), None);
}

#[test]
fn names_that_are_not_ours_get_nothing() {
    let desk = usual();
    for host in ["evil.example", "localhost.evil.example", "10.1.2.3", ""] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = send(desk.address, request.as_bytes());
        assert!([400, 421].contains(&answer.status), "{host}: {}", answer.status);
        assert!(!answer.text().contains("Ferry"), "{host}");
    }
    let none = send(desk.address, b"GET / HTTP/1.0\r\n\r\n");
    assert_eq!(none.status, 421);
}

#[test]
fn other_sites_write_nothing() {
    let desk = usual();
    let key = desk.key();
    let body = format!("article={key}&number=1&verdict=right");
    for origin in ["Origin: http://evil.example\r\n", "Origin: null\r\n", ""] {
        let request = format!(
            "POST /corrections HTTP/1.1\r\nHost: localhost\r\n{origin}Connection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(send(desk.address, request.as_bytes()).status, 403, "{origin}");
    }
    assert!(!desk.get(&format!("/article/{key}")).text().contains("Marked <b>"));
}

#[test]
fn a_token_opens_the_desk_once_it_is_given() {
    let desk = desk_with(&[("ferry.html", story("Ferry strikes breakwater", BODY))], Some("open-sesame-42"));
    let locked = desk.get("/");
    assert_eq!(locked.status, 401);
    assert!(!locked.text().contains("Ferry"));
    assert_eq!(desk.get("/?token=wrong-sesame-1").status, 401);
    let opened = desk.get("/search?token=open-sesame-42");
    assert_eq!((opened.status, opened.header("location")), (303, Some("/search")), "the word leaves the address bar");
    let cookie = opened.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let pair = cookie.split(';').next().unwrap().to_owned();
    assert_eq!(desk.get_with("/", &format!("Cookie: {pair}\r\n")).status, 200);
    assert_eq!(desk.get_with("/", "Authorization: Bearer open-sesame-42\r\n").status, 200);
    assert_eq!(desk.get_with("/", "Authorization: Bearer open-sesame-4\r\n").status, 401);
}

#[test]
fn strange_addresses_are_errors_that_say_so() {
    let desk = usual();
    let key = desk.key();
    for (target, status) in [
        ("/../../etc/passwd".to_owned(), 404),
        ("/assets/../../../etc/passwd".to_owned(), 404),
        ("/assets/..%2f..%2fetc%2fpasswd".to_owned(), 404),
        ("/page/..%2f..%2farchive.db".to_owned(), 404),
        ("/article/..%2f..%2fx".to_owned(), 404),
        ("/article/".to_owned(), 404),
        ("//evil.example/".to_owned(), 404),
        (format!("/evidence/{key}/0"), 404),
        (format!("/evidence/{key}/99999999999999999999"), 404),
        (format!("/evidence/{key}/x"), 404),
        (format!("/evidence/{key}/1?fact=nothing"), 200),
        ("/search?q=%ff".to_owned(), 400),
        ("/search?q=%00".to_owned(), 400),
        ("/search?q=%22".to_owned(), 400),
        ("/search?q=(((".to_owned(), 400),
        ("/search?q=a&after=rubbish&kind=x&sort=y".to_owned(), 200),
        (format!("/search?q={}", "a+".repeat(5_000)), 400),
        (format!("/search?q={}", "a".repeat(40_000)), 414),
        ("/speaker/Nobody".to_owned(), 404),
        ("/speaker/Tomas%20Adler?from=x&to=2026-99-99&skip=-1&sort=z".to_owned(), 200),
        ("/speakers?from=99999999999999999999".to_owned(), 200),
        ("/speakers?from=18446744073709551615".to_owned(), 200),
        ("/sourcing?from=~~~~~~~&to=x&outlet=%3C".to_owned(), 200),
        ("/changes/a/b".to_owned(), 404),
        ("/adding/7".to_owned(), 404),
    ] {
        let answer = desk.get(&target);
        assert_eq!(answer.status, status, "{}", &target[..target.len().min(80)]);
        assert!(!answer.text().contains("root:"), "{target}");
    }
    assert_eq!(send(desk.address, b"BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status, 405);
    assert_eq!(desk.post("/", &[]).status, 405);
    assert_eq!(send(desk.address, b"\x16\x03\x01 nonsense\r\n\r\n").status, 400);
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let desk = usual();
    let value = "a".repeat(onrecord_desk::server::MAX_FORM_BYTES);
    let answer = desk.post("/corrections", &[("verdict", "note"), ("value", &value[..value.len() / 2])]);
    assert_eq!(answer.status, 413);
    let lie = "POST /corrections HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
        Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc";
    assert_eq!(send(desk.address, lie.as_bytes()).status, 400, "no form at all");
}

#[test]
fn slow_clients_hold_nobody_up() {
    let desk = usual();
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(desk.address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(desk.get("/").status, 200);
    assert!(begun.elapsed() < onrecord_desk::server::HEADER_PATIENCE, "before the slow ones are given up");
    drop(slow);
}

#[test]
fn an_archive_that_goes_away_is_said_and_one_that_comes_back_is_found() {
    let desk = usual();
    let key = desk.key();
    let (place, aside) = (desk.place.path().join("archive"), desk.place.path().join("aside"));
    std::fs::rename(&place, &aside).unwrap();
    for target in ["/".to_owned(), format!("/article/{key}"), "/search?q=ferry".to_owned()] {
        let answer = desk.get(&target);
        assert_eq!(answer.status, 503, "{target}");
        assert!(answer.text().contains("The archive is gone"), "{target}");
    }
    assert_eq!(desk.post("/corrections", &[("article", &key), ("number", "1"), ("verdict", "right")]).status, 503);
    assert!(!place.exists(), "no new archive is made in its place");
    archive(&place, &[("other.html", story("Another ferry strikes another breakwater", BODY))]);
    assert!(desk.get("/").text().contains("Another ferry"), "another archive in its place is read");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let desk = usual();
    let first = desk.get("/speakers");
    let tag = first.header("etag").unwrap().to_owned();
    let second = desk.get_with("/speakers", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((second.status, second.body.len()), (304, 0));
    desk.post("/corrections", &[("article", &desk.key()), ("number", "1"), ("verdict", "right")]);
    let article = format!("/article/{}", desk.key());
    let packed = desk.get_with(&article, "Accept-Encoding: gzip\r\n");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert!(packed.body.len() * 3 < desk.get(&article).body.len());
    let style = first.text().split("href=\"/assets/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sent = desk.get(&format!("/assets/{style}"));
    assert!(sent.header("cache-control").unwrap().contains("immutable"));
}

#[test]
fn adding_elsewhere_goes_on_while_the_desk_serves() {
    let desk = usual();
    let place = desk.place.path().join("archive");
    let writing = std::thread::spawn(move || {
        for nth in 0..10 {
            let name = format!("{nth}.html");
            let headline = format!("Ferry {}strikes breakwater", "again ".repeat(nth + 1));
            archive(&place, &[(&name, story(&headline, BODY))]);
        }
    });
    let begun = Instant::now();
    let mut asked = 0;
    while !writing.is_finished() && begun.elapsed() < Duration::from_secs(60) {
        assert_eq!(desk.get("/").status, 200);
        assert_eq!(desk.get("/search?q=ferry").status, 200);
        asked += 1;
    }
    writing.join().unwrap();
    assert!(asked > 0);
    assert!(desk.get("/search?q=ferry&find=articles").text().contains("11 articles"));
}
