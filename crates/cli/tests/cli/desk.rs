//! `onrecord desk` as people start it: the real binary, asked over its own address.
use crate::support::command;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

/// A desk that is killed when the test is over.
pub struct Desk {
    process: Child,
    address: String,
}

impl Desk {
    pub fn open(folder: &Path, args: &[&str]) -> Desk {
        let args = [&["desk", "--listen", "127.0.0.1:0"], args].concat();
        let mut process = command(folder, &args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.map(Result::unwrap).find(|line| line.contains("http://")).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Desk { process, address }
    }

    pub fn get(&self, target: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn paths_are_read_in_and_what_is_added_meanwhile_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let page = |headline: &str| {
        format!(
            "<!doctype html><html lang=en><title>{headline}</title><article><h1>{headline}</h1><p>The ferry struck the \
            breakwater on Monday evening, and six people died.</p><p>“We heard a bang and then nothing at all,” said Tomas \
            Adler, the harbour master.</p></article></html>"
        )
    };
    std::fs::create_dir(folder.path().join("pages")).unwrap();
    std::fs::write(folder.path().join("pages/one.html"), page("Ferry strikes breakwater")).unwrap();
    let desk = Desk::open(folder.path(), &["pages"]);
    assert!(desk.get("/").contains("Ferry strikes breakwater"));
    std::fs::write(folder.path().join("two.html"), page("Inquiry into radar opens")).unwrap();
    assert!(command(folder.path(), &["add", "two.html"]).output().unwrap().status.success());
    assert!(desk.get("/search?q=inquiry").contains("<mark class=\"hit\">Inquiry</mark> into radar opens"));
}

#[test]
fn a_desk_without_pages_says_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Desk::open(folder.path(), &[]).get("/").contains("Nothing has been read yet"));
}

#[test]
fn others_are_let_in_with_a_token_only() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path(), &["desk", "--listen", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--listen 0.0.0.0:0") && said.contains("--token"), "{said}");
    assert!(!folder.path().join("archive").exists(), "nothing was made");
}

#[test]
fn an_address_that_is_taken_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = command(folder.path(), &["desk", "--listen", &address]).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("something else listens there"), "{said}");
}
