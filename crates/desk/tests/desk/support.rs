//! A desk to ask, and a client that sends exactly what it is told.

use onrecord_archive::{Adding, Reading, Writer, add_all};
use onrecord_desk::Settings;
use onrecord_document::Stage;
use onrecord_intake::{Intake, Options};
use onrecord_reader::{ARTICLE, FACTS, LANGUAGE};
use onrecord_record::Producers;
use onrecord_search::IndexFollower;
use std::io::{Cursor, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A page as an outlet would have it.
pub fn story(headline: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{headline}</title><link rel=canonical href=\"https://gazette.example/{}\">\
         <meta property=\"og:site_name\" content=\"Harbor Gazette\">\
         <meta property=\"article:published_time\" content=\"2026-03-09T18:40:00Z\"></head><body><article><h1>{headline}</h1>\
         <p class=byline>By Mara Ellison</p>{body}</article></body></html>",
        headline.len()
    )
}

pub const BODY: &str = "<p>A car ferry struck the breakwater of the harbour in fog on Monday evening, and six people died.</p>\
    <p>“We hit something, and then the lights went out,” said Daniel Okafor, a teacher from Ellery who was on board with his pupils.</p>\
    <p>The harbour master, Tomas Adler, said the radar had been working. “There was no warning,” Adler told reporters.</p>\
    <p>“Nobody told us that the radar was off,” a member of the crew said on condition of anonymity because he feared for his job.</p>";

/// An archive of these pages, each with its name.
pub fn archive(place: &Path, pages: &[(&str, String)]) {
    let mut writer = Writer::open(place, vec![Box::new(IndexFollower::of(place))]).unwrap();
    let producers =
        Producers { article: Some(ARTICLE.version), language: Some(LANGUAGE.version), facts: Some(FACTS.version) };
    let adding = Adding {
        reading: Reading { until: onrecord_document::Stage::Facts, producers },
        read: &|capture| onrecord_reader::read(capture, Stage::Facts),
        threads: 1,
    };
    for (name, page) in pages {
        let mut intake = Intake::of_reader(*name, Cursor::new(page.clone().into_bytes()), Options::default());
        add_all(&mut writer, &mut intake, &adding, |_| ControlFlow::Continue(())).unwrap();
    }
    writer.finish().unwrap();
}

/// A desk that serves until the test process ends.
pub struct Served {
    pub address: SocketAddr,
    pub place: TempDir,
}

pub fn desk(pages: &[(&str, String)]) -> Served {
    desk_with(pages, None)
}

pub fn desk_with(pages: &[(&str, String)], token: Option<&str>) -> Served {
    let place = TempDir::new().unwrap();
    archive(&place.path().join("archive"), pages);
    let settings = Settings {
        archive: place.path().join("archive"),
        listen: "127.0.0.1:0".parse().unwrap(),
        token: token.map(str::to_owned),
        hosts: Vec::new(),
        followers: |place| vec![Box::new(onrecord_search::IndexFollower::of(place))],
    };
    let opened = onrecord_desk::open(&settings, |_| {}).unwrap();
    let address = opened.address().unwrap();
    std::thread::spawn(move || opened.serve());
    Served { address, place }
}

/// The desk over one story.
pub fn usual() -> Served {
    desk(&[("ferry.html", story("Ferry strikes breakwater in fog", BODY))])
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
        line.split_once(':').map(|(_, value)| value.trim())
    }
}

/// Sends bytes and reads until the other side closes.
pub fn send(address: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // A server that has seen enough may close before all is sent.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head, body: bytes[end..].to_vec() }
}

impl Served {
    pub fn get(&self, target: &str) -> Answer {
        self.get_with(target, "")
    }

    pub fn get_with(&self, target: &str, headers: &str) -> Answer {
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        send(self.address, request.as_bytes())
    }

    /// Posts a form as a browser on this desk would.
    pub fn post(&self, target: &str, fields: &[(&str, &str)]) -> Answer {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let body = body.join("&");
        let request = format!(
            "POST {target} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        send(self.address, request.as_bytes())
    }

    /// The key of the first article on the front page.
    pub fn key(&self) -> String {
        let front = self.get("/").text();
        let at = front.find("/article/").unwrap() + 9;
        front[at..].chars().take_while(char::is_ascii_hexdigit).collect()
    }
}
