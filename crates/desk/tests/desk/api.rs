//! The API: everything that its document promises, and nothing else.

use crate::support::{Answer, BODY, Served, desk, desk_with, send, story, usual};
use serde_json::{Value, json};

impl Served {
    fn sent(&self, method: &str, target: &str, media: &str, body: &[u8]) -> Answer {
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {media}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        send(self.address, &[head.as_bytes(), body].concat())
    }

    fn json(&self, target: &str) -> Value {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        parsed(&answer)
    }
}

fn parsed(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

/// Why an answer does not fit what the document says of it.
fn misfits(document: &Value, schema: &Value, answer: &Value) -> Vec<String> {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    let validator = jsonschema::validator_for(&whole).unwrap();
    validator.iter_errors(answer).map(|error| format!("{} at {}", error, error.instance_path())).take(3).collect()
}

const CHANGED: &str = "<p>A car ferry struck the breakwater of the harbour in fog on Monday evening, and seven people died.</p>\
    <p>“We hit something, and then the lights went out,” said Daniel Okafor, a teacher from Ellery who was on board with his pupils.</p>\
    <p>The ministry declined to comment. “It was late,” the harbour master Tomas Adler said on Tuesday, after the first inquiry.</p>";

fn two_versions() -> Served {
    let headline = "Ferry strikes breakwater in fog";
    desk(&[("one.html", story(headline, BODY)), ("two.html", story(headline, CHANGED))])
}

#[test]
fn every_operation_answers_as_its_document_says() {
    let desk = two_versions();
    let document = desk.json("/api/v1/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    let articles = desk.json("/api/v1/articles");
    let key = |nth: usize| articles["articles"][nth]["key"].as_str().unwrap().to_owned();
    let (key, other) = (key(0), key(1));
    let article = desk.json(&format!("/api/v1/article/{key}"));
    let hash = article["page"]["hash"].as_str().unwrap().to_owned();
    let mut correction = String::new();
    let mut walked = 0;
    // Written before it is asked for, undone last.
    for method in ["post", "get", "delete"] {
        for (path, operations) in document["paths"].as_object().unwrap() {
            let Some(operation) = operations.get(method) else { continue };
            walked += 1;
            let filled = path
                .replace("{article}", &key)
                .replace("{later}", &other)
                .replace("{hash}", &hash)
                .replace("{name}", "Daniel%20Okafor")
                .replace("{id}", &correction)
                .replace("{number}", "1");
            let answer = match (method, path.as_str()) {
                ("post", "/api/v1/read") => desk.sent("POST", &filled, "text/html", story("Fog", BODY).as_bytes()),
                ("post", "/api/v1/corrections") => {
                    let body = json!({ "kind": "right", "article": key, "number": 1 }).to_string();
                    let answer = desk.sent("POST", &filled, "application/json", body.as_bytes());
                    correction = parsed(&answer)["id"].as_str().unwrap().to_owned();
                    answer
                }
                ("post", "/api/v1/adding") => {
                    let body = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nFog.\r\n--b--\r\n";
                    let head = format!(
                        "POST {filled} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
                         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    send(desk.address, head.as_bytes())
                }
                ("delete", _) => desk.sent("DELETE", &filled, "text/plain", b""),
                _ => desk.get(&filled),
            };
            let said = &operation["responses"][answer.status.to_string()];
            assert!(said.is_object(), "{method} {path}: {} {}", answer.status, answer.text());
            let media = answer.header("content-type").unwrap().split(';').next().unwrap().to_owned();
            let content = said["content"].get(&media).unwrap_or_else(|| panic!("{method} {path}: {media}"));
            if let Some(schema) = content.get("schema") {
                assert_eq!(misfits(&document, schema, &parsed(&answer)), [""; 0], "{method} {path}");
            }
            for header in
                said["headers"].as_object().into_iter().flatten().map(|(name, _)| name).filter(|name| *name != "Link")
            {
                assert!(answer.header(&header.to_ascii_lowercase()).is_some(), "{method} {path} has no {header}");
            }
        }
    }
    assert!(walked > 20, "{walked} operations");
}

#[test]
fn errors_are_problems() {
    let desk = usual();
    let document = desk.json("/api/v1/openapi.json");
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    let long = "x".repeat(2_000);
    for (target, status) in [
        ("/api", 404),
        ("/api/v2/search", 404),
        ("/api/v1/nothing", 404),
        ("/api/v1/article/0000", 404),
        ("/api/v1/article/..%2f..%2fetc%2fpasswd", 404),
        ("/api/v1/evidence/0000/x", 404),
        ("/api/v1/page/zz", 404),
        ("/api/v1/speaker/Nobody", 404),
        ("/api/v1/adding/99999999999999999999", 404),
        ("/api/v1/corrections/zz", 404),
        ("/api/v1/search?q=source:anonymous", 400),
        ("/api/v1/search?q=%22open", 400),
        ("/api/v1/search?limit=0", 400),
        ("/api/v1/search?limit=201", 400),
        ("/api/v1/search?limit=many", 400),
        ("/api/v1/search?after=1-2-3", 400),
        ("/api/v1/search?kind=people", 400),
        ("/api/v1/search?colour=red", 400),
        ("/api/v1/sourcing?from=2024-13", 400),
        ("/api/v1/front?before=yesterday", 400),
        ("/api/v1/speakers?after=zzz", 400),
        ("/api/v1/corrections?after=zzz", 400),
        ("/api/v1/article/a%00b", 400),
        ("/api/v1/search?q=%ff", 400),
        (&format!("/api/v1/article/{long}"), 404),
    ] {
        let answer = desk.get(target);
        assert_eq!(answer.status, status, "{target}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{target}");
        assert_eq!(misfits(&document, &problem, &parsed(&answer)), [""; 0], "{target}");
        assert_eq!(parsed(&answer)["status"], status, "{target}");
    }
    let wrong = parsed(&desk.get("/api/v1/search?q=ferry%20source:anonymous"));
    assert_eq!(wrong["query"], "ferry source:anonymous");
    assert_eq!(wrong["characters"], json!([13, 22]));
    let answer = desk.sent("POST", "/api/v1/articles", "application/json", b"{}");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET")));
    for body in [
        "",
        "{",
        "[]",
        "{\"kind\":\"right\"}",
        "{\"kind\":\"praise\"}",
        "{\"colour\":1}",
        "{\"kind\":\"note\",\"value\":\"\\u0000\"}",
    ] {
        let answer = desk.sent("POST", "/api/v1/corrections", "application/json", body.as_bytes());
        assert!((400..500).contains(&answer.status), "{body}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{body}");
    }
}

#[test]
fn a_desk_that_wants_a_token_says_so_to_programs() {
    let desk = desk_with(&[], Some("word-of-the-day"));
    let answer = desk.get("/api/v1/status");
    assert_eq!((answer.status, answer.header("content-type")), (401, Some("application/problem+json")));
    assert_eq!(desk.get_with("/api/v1/status", "Authorization: Bearer word-of-the-day\r\n").status, 200);
    assert_eq!(desk.get_with("/api/v1/status", "Authorization: Bearer word-of-the-dax\r\n").status, 401);
}

#[test]
fn a_page_that_is_sent_is_read_and_not_kept() {
    let desk = usual();
    let before = desk.json("/api/v1/status");
    let page = story("Fog over the harbour", BODY);
    let answer = desk.sent(
        "POST",
        "/api/v1/read?url=https%3A%2F%2Fa.example%2Ffog&layers=evidence",
        "text/html",
        page.as_bytes(),
    );
    assert_eq!(answer.status, 200, "{}", answer.text());
    let line = parsed(&answer);
    assert_eq!((line["schema"].as_str(), line["offsets"].as_str()), (Some("onrecord/2"), Some("codepoints")));
    assert_eq!(line["url"], "https://a.example/fog");
    let text: Vec<char> = line["text"].as_str().unwrap().chars().collect();
    let said: Vec<String> = line["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quote| {
            let [start, end] = [0, 1].map(|nth| quote["content"][0][nth].as_u64().unwrap() as usize);
            text[start..end].iter().collect()
        })
        .collect();
    assert!(said.iter().any(|said| said == "“There was no warning,”"), "{said:?}");
    assert!(line["evidence"]["/headline"].is_array());
    assert_eq!(desk.json("/api/v1/status"), before);
    let short =
        parsed(&desk.sent("POST", "/api/v1/read?until=article", "text/plain; charset=utf-8", "Nur Wörter.".as_bytes()));
    assert_eq!((short["text"].as_str(), short["producers"]["facts"].as_str()), (Some("Nur Wörter."), None));
    let empty = desk.sent("POST", "/api/v1/read", "text/html", b"");
    assert!(empty.status < 500, "{}", empty.text());
    let twice = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    assert_eq!(desk.sent("POST", "/api/v1/read", "application/jsonl", twice).status, 400);
    // A length that is past the limit is refused before it comes.
    let head = format!(
        "POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        (64usize << 20) + 1
    );
    let body = vec![b' '; (64 << 20) + 1];
    assert_eq!(send(desk.address, &[head.as_bytes(), &body].concat()).status, 413);
}

#[test]
fn lists_come_in_pages_that_miss_and_repeat_nothing() {
    let names = ["one.html", "two.html", "three.html", "four.html", "five.html"];
    let pages: Vec<(&str, String)> = names
        .iter()
        .enumerate()
        .map(|(nth, name)| (*name, story(&format!("Ferry report{}", "!".repeat(nth)), BODY)))
        .collect();
    let desk = desk(&pages);
    let key = desk.json("/api/v1/articles")["articles"][0]["key"].as_str().unwrap().to_owned();
    for nth in 1..=3 {
        let body = json!({ "kind": "note", "article": key, "number": nth, "value": format!("note {nth}") }).to_string();
        assert_eq!(desk.sent("POST", "/api/v1/corrections", "application/json", body.as_bytes()).status, 201);
    }
    for (list, entries) in [
        ("/api/v1/articles?limit=2", "articles"),
        ("/api/v1/search?q=ferry&find=articles&limit=2", "found"),
        ("/api/v1/search?find=statements&limit=3", "said"),
        ("/api/v1/speakers?limit=1", "speakers"),
        ("/api/v1/corrections?limit=2", "corrections"),
    ] {
        let (mut target, mut seen, mut total) = (list.to_owned(), Vec::new(), 0);
        for _ in 0..40 {
            let answer = desk.get(&target);
            let page = parsed(&answer);
            total = ["total", "statements", "articles"].iter().find_map(|name| page[name].as_u64()).unwrap_or(0);
            if entries == "found" {
                total = page["articles"].as_u64().unwrap();
            }
            seen.extend(page[entries].as_array().unwrap().iter().map(Value::to_string));
            let Some(next) = page["next"].as_str() else { break };
            let link = answer.header("link").unwrap();
            target = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
            assert!(target.contains("after=") && !next.is_empty());
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((seen.len(), all as u64), (all, total), "{list}");
    }
}

#[test]
fn what_is_corrected_over_the_api_is_seen_at_the_desk_and_undone() {
    let desk = usual();
    let key = desk.key();
    let body =
        json!({ "kind": "speaker", "article": key, "number": 1, "value": "Dana Okafor", "author": "me" }).to_string();
    let first = desk.sent("POST", "/api/v1/corrections", "application/json", body.as_bytes());
    assert_eq!(first.status, 201, "{}", first.text());
    let again = desk.sent("POST", "/api/v1/corrections", "application/json", body.as_bytes());
    assert_eq!(parsed(&again)["id"], parsed(&first)["id"], "said again, it is the same");
    assert!(desk.get(&format!("/article/{key}")).text().contains("Dana Okafor"));
    let place = first.header("location").unwrap().to_owned();
    assert_eq!(desk.json(&place)["value"], "Dana Okafor");
    let undone = parsed(&desk.sent("DELETE", &place, "text/plain", b""));
    assert!(undone["undone"].is_string());
    assert_eq!(desk.json("/api/v1/corrections")["total"], 0);
    assert_eq!(desk.json("/api/v1/corrections?undone=true")["total"], 1);
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let desk = usual();
    let first = desk.get("/api/v1/search?q=ferry");
    let tag = first.header("etag").unwrap();
    let again = desk.get_with("/api/v1/search?q=ferry", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn older_spellings_of_queries_work_and_say_nothing() {
    let desk = usual();
    let found = |query: &str| {
        let mut found = desk.json(&format!("/api/v1/search?q=radar&{query}"));
        found["next"] = Value::Null;
        found
    };
    assert_eq!(found("kind=quotes"), found("find=statements"));
    assert_eq!(
        desk.json("/api/v1/speaker/Tomas%20Adler?kind=direct"),
        desk.json("/api/v1/speaker/Tomas%20Adler?form=direct")
    );
    let document = desk.json("/api/v1/openapi.json");
    let parameters = document["paths"]["/api/v1/search"]["get"]["parameters"].as_array().unwrap();
    assert!(parameters.iter().all(|parameter| parameter["name"] != "kind"));
}
