//! Pages that break readers, fed to the real binary. Each must end in time, within memory, and with a clear message.

use crate::command::{Done, release_binary, root};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Time limit for one input.
const MAX_TIME: Duration = Duration::from_secs(5);
/// Maximum resident memory for one input, in kB.
const MAX_MEMORY: u64 = 500_000;

/// What must happen to an input.
#[derive(Copy, Clone, PartialEq)]
enum Outcome {
    /// It is read: exit status 0 and one line.
    Read,
    /// It can't be read: exit status 2, one line, and a reason on stderr that names the file.
    Refused,
}
use Outcome::{Read as IsRead, Refused};

struct Case {
    name: &'static str,
    outcome: Outcome,
    /// Makes the input below a folder and gives its path.
    make: fn(&Path) -> std::io::Result<PathBuf>,
}

const CASES: &[Case] = &[
    Case { name: "missing path", outcome: Refused, make: |dir| Ok(dir.join("missing.html")) },
    Case { name: "broken link", outcome: Refused, make: broken_link },
    Case { name: "link loop", outcome: Refused, make: link_loop },
    Case { name: "unreadable folder", outcome: Refused, make: unreadable_folder },
    Case { name: "empty file", outcome: Refused, make: |dir| file(dir, "empty.html", b"") },
    Case { name: "PNG", outcome: Refused, make: |dir| file(dir, "a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01") },
    Case { name: "PDF", outcome: Refused, make: |dir| file(dir, "a.html", b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n") },
    Case { name: "truncated gzip", outcome: Refused, make: truncated_gzip },
    Case { name: "gzip of 10 GB", outcome: Refused, make: gzip_bomb },
    Case { name: "WARC with a wrong length", outcome: Refused, make: |dir| warc(dir, "response", 900, "<p>The ferry") },
    Case { name: "WARC record of 2 GB", outcome: Refused, make: large_record },
    Case { name: "WARC member of 1 GB", outcome: Refused, make: warc_bomb },
    Case { name: "WARC header of 10 MB", outcome: Refused, make: |dir| warc(dir, &"a".repeat(10 << 20), 0, "") },
    Case { name: "WACZ with ../ in a name", outcome: Refused, make: name_that_leads_out },
    Case { name: "MHTML cut short", outcome: Refused, make: |dir| file(dir, "cut.mhtml", CUT_MHTML) },
    Case { name: "1 GB of a", outcome: Refused, make: |dir| endless(dir, "a.txt", 1 << 30) },
    Case { name: "60 MB of a", outcome: IsRead, make: |dir| endless(dir, "a.txt", 60 << 20) },
    Case { name: "200,000 nested div", outcome: IsRead, make: |dir| repeated(dir, "<div>", 200_000, "deep") },
    Case { name: "2,000,000 unclosed b", outcome: IsRead, make: |dir| repeated(dir, "<b>", 2_000_000, "bold") },
    Case { name: "2,000,000 unclosed a", outcome: IsRead, make: |dir| repeated(dir, "<a href=x>y", 2_000_000, "link") },
    Case {
        name: "1,000,000 nested table",
        outcome: IsRead,
        make: |dir| repeated(dir, "<table><td>x", 1_000_000, "table"),
    },
    Case { name: "4,000,000 p", outcome: IsRead, make: |dir| repeated(dir, "<p>a", 4_000_000, "p") },
    Case { name: "50 MB attribute", outcome: IsRead, make: long_attribute },
    Case {
        name: "20 MB of quotation marks", outcome: IsRead, make: |dir| repeated(dir, "“a” ", 3_000_000, "said.")
    },
    Case {
        name: "20 MB of attributed quotations",
        outcome: IsRead,
        make: |dir| repeated(dir, "<p>“We sail at dawn,” the master of the ferry said. ", 400_000, "He left."),
    },
    Case { name: "20 MB of JSON brackets", outcome: IsRead, make: json_brackets },
    Case {
        name: "invalid UTF-8",
        outcome: IsRead,
        make: |dir| page(dir, b"<p>caf\xe9 \xff\xfe\x80 was closed on Monday"),
    },
    Case {
        name: "wrong charset label",
        outcome: IsRead,
        make: |dir| page(dir, "<meta charset=shift_jis><p>Übermäßig späte Züge".as_bytes()),
    },
    Case { name: "NUL bytes", outcome: IsRead, make: |dir| page(dir, b"<p>a\0b\0\0c</p>\0<script>\0</script>") },
    Case { name: "no article", outcome: IsRead, make: |dir| page(dir, b"<nav><a href=/>Home</a></nav>") },
    Case {
        name: "invalid JSON-LD",
        outcome: IsRead,
        make: |dir| page(dir, b"<script type=application/ld+json>{\"headline\": \"A, [</script><p>B"),
    },
    Case {
        name: "terminal escapes in a headline",
        outcome: IsRead,
        make: |dir| page(dir, b"<h1>\x1b[31mRed\x1b]0;title\x07</h1><p>\x1b[2J"),
    },
];

/// Texts that break readers of words.
const TEXTS: &[Case] = &[
    Case { name: "10 MB without a space", outcome: IsRead, make: |dir| endless(dir, "a.txt", 10 << 20) },
    Case { name: "100,000 words", outcome: IsRead, make: |dir| text(dir, &"ferry ".repeat(100_000)) },
    Case { name: "100,000 emoji", outcome: IsRead, make: |dir| text(dir, &"\u{1f6a2}".repeat(100_000)) },
    Case { name: "100,000 joined emoji", outcome: IsRead, make: |dir| text(dir, &"\u{1f6a2}\u{200d}".repeat(100_000)) },
    Case { name: "1,000,000 combining marks", outcome: IsRead, make: |dir| text(dir, &"\u{301}".repeat(1_000_000)) },
    Case { name: "1,000,000 full stops", outcome: IsRead, make: |dir| text(dir, &".".repeat(1_000_000)) },
    Case { name: "100,000 opening brackets", outcome: IsRead, make: |dir| text(dir, &"(".repeat(100_000)) },
    Case {
        name: "1 MB of an address",
        outcome: IsRead,
        make: |dir| text(dir, &("https://".to_owned() + &"a.".repeat(500_000))),
    },
    Case { name: "every plane", outcome: IsRead, make: every_plane },
    Case {
        name: "control characters",
        outcome: IsRead,
        // Escaped: a text file with NUL bytes is no text.
        make: |dir| {
            let escaped: String = (0..0xa0).map(|code| format!("\\u{code:04x}")).collect();
            file(dir, "a.jsonl", format!("{{\"id\": \"a\", \"text\": \"{}\"}}", escaped.repeat(100)).as_bytes())
        },
    },
    Case {
        name: "lone surrogates in JSON",
        outcome: IsRead,
        make: |dir| file(dir, "a.jsonl", br#"{"id": "a", "text": "The \ud83d ferry \udea2 sank."}"#),
    },
    Case { name: "a single space", outcome: IsRead, make: |dir| file(dir, "a.jsonl", br#"{"id": "a", "text": " "}"#) },
    Case { name: "empty text", outcome: IsRead, make: |dir| file(dir, "a.jsonl", br#"{"id": "a", "text": ""}"#) },
];

/// Runs every case and prints its time and memory; fails if one exceeds a limit.
pub fn run() -> Done {
    let binary = release_binary()?;
    println!("{:40} {:>7} {:>8}  what it says", "input", "seconds", "MB");
    let mut failed = run_cases(&binary, CASES, "read", ["jsonl", "text"])?;
    failed += run_cases(&binary, TEXTS, "parse", ["jsonl", "conllu"])?;
    failed += u32::from(!is_quick(&binary)?);
    if failed == 0 { Ok(()) } else { Err(format!("{failed} inputs exceeded a limit")) }
}

/// Feeds each input to a command, once per format, and gives how many exceeded a limit.
fn run_cases(binary: &Path, cases: &[Case], command: &str, formats: [&str; 2]) -> Result<u32, String> {
    let dir = std::env::temp_dir().join(format!("onrecord-bad-input-{}", std::process::id()));
    let mut failed = 0;
    for case in cases {
        fs::create_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        let input = (case.make)(&dir).map_err(|error| format!("{}: {error}", case.name))?;
        for format in formats {
            let ran = measure(binary, &input, command, format)?;
            let wrong = ran.wrong(case, &input, format);
            let says = wrong.clone().unwrap_or_else(|| ran.says.lines().next().unwrap_or_default().to_owned());
            let mark = if wrong.is_some() { "FAILED " } else { "" };
            let name = format!("{} ({command}, {format})", case.name);
            println!("{name:40} {:7.2} {:8.1}  {mark}{says}", ran.time.as_secs_f32(), ran.memory as f32 / 1000.0);
            failed += u32::from(wrong.is_some());
        }
        make_removable(&dir);
        fs::remove_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    }
    Ok(failed)
}

/// Time limit for one ordinary page, including the program's start.
const MAX_PAGE_TIME: Duration = Duration::from_millis(50);

/// Reads every example page on its own and prints the slowest. The best of five runs counts, because machines are shared.
fn is_quick(binary: &Path) -> Result<bool, String> {
    let mut slowest = Duration::ZERO;
    for page in examples(&root().join("examples"))? {
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let begun = Instant::now();
            let mut read = Command::new(binary);
            read.args(["read", "--until", "article", "--format", "jsonl"]).arg(&page).stdout(Stdio::null());
            read.status().map_err(|error| format!("{}: {error}", binary.display()))?;
            best = best.min(begun.elapsed());
        }
        slowest = slowest.max(best);
    }
    let milliseconds = slowest.as_secs_f32() * 1000.0;
    println!(
        "one example page, --until article: {milliseconds:.1} ms for the slowest, at most {} allowed",
        MAX_PAGE_TIME.as_millis()
    );
    Ok(slowest <= MAX_PAGE_TIME)
}

fn examples(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            pages.extend(examples(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            pages.push(path);
        }
    }
    Ok(pages)
}

struct Ran {
    time: Duration,
    /// Most resident memory seen, in kB.
    memory: u64,
    status: Option<i32>,
    lines: usize,
    /// Whether it printed a control character that a terminal obeys.
    escapes: bool,
    says: String,
}

impl Ran {
    fn wrong(&self, case: &Case, input: &Path, format: &str) -> Option<String> {
        let status = if case.outcome == IsRead { 0 } else { 2 };
        let name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if self.time > MAX_TIME {
            Some(format!("took over {} s", MAX_TIME.as_secs()))
        } else if self.memory > MAX_MEMORY {
            Some(format!("took over {} MB", MAX_MEMORY / 1000))
        } else if self.status != Some(status) {
            Some(format!("exit status {:?} instead of {status}: {}", self.status, self.says))
        } else if format == "jsonl" && self.lines != 1 {
            Some(format!("{} lines instead of one", self.lines))
        } else if self.escapes {
            Some("a control character reached the output".to_owned())
        } else if case.outcome == Refused && !self.says.contains(&name) {
            Some(format!("stderr doesn't name the file: {}", self.says))
        } else {
            None
        }
    }
}

fn measure(binary: &Path, input: &Path, command: &str, format: &str) -> Result<Ran, String> {
    let begun = Instant::now();
    let mut child = Command::new(binary)
        .args([command, "--format", format])
        .arg(input)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    let out = child.stdout.take().map(|pipe| std::thread::spawn(move || lines_and_escapes(pipe)));
    let err = child.stderr.take().map(|mut pipe| {
        std::thread::spawn(move || {
            let mut says = Vec::new();
            pipe.read_to_end(&mut says).map(|_| String::from_utf8_lossy(&says).into_owned()).unwrap_or_default()
        })
    });
    let mut memory = 0;
    let status = loop {
        memory = memory.max(resident(child.id()));
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if begun.elapsed() > 4 * MAX_TIME => child.kill().map_err(|error| error.to_string())?,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let time = begun.elapsed();
    let (lines, escapes) = out.and_then(|thread| thread.join().ok()).unwrap_or_default();
    let says = err.and_then(|thread| thread.join().ok()).unwrap_or_default();
    Ok(Ran { time, memory, status: status.code(), lines, escapes, says })
}

fn lines_and_escapes(mut pipe: impl Read) -> (usize, bool) {
    let mut buffer = vec![0; 1 << 16];
    let (mut lines, mut escapes) = (0, false);
    while let Ok(count @ 1..) = pipe.read(&mut buffer) {
        lines += buffer[..count].iter().filter(|byte| **byte == b'\n').count();
        escapes |= buffer[..count].iter().any(|byte| matches!(byte, 0x1b | 0x07 | 0x00));
    }
    (lines, escapes)
}

/// Peak resident memory of a running process in kB, as Linux counts it; 0 if unknown.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

fn file(dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    let path = dir.join(name);
    fs::write(&path, bytes)?;
    Ok(path)
}

fn text(dir: &Path, text: &str) -> std::io::Result<PathBuf> {
    file(dir, "words.txt", text.as_bytes())
}

/// Every character of Unicode, some white space between them.
fn every_plane(dir: &Path) -> std::io::Result<PathBuf> {
    let characters = ('\0'..=char::MAX).enumerate();
    let spaced = characters.flat_map(|(at, character)| [Some(character), (at % 7 == 0).then_some(' ')]);
    text(dir, &spaced.flatten().collect::<String>())
}

fn page(dir: &Path, bytes: &[u8]) -> std::io::Result<PathBuf> {
    file(dir, "page.html", bytes)
}

fn repeated(dir: &Path, what: &str, times: usize, end: &str) -> std::io::Result<PathBuf> {
    file(dir, "repeated.html", format!("<!doctype html>{}{end}", what.repeat(times)).as_bytes())
}

fn endless(dir: &Path, name: &str, bytes: usize) -> std::io::Result<PathBuf> {
    let path = dir.join(name);
    let mut file = File::create(&path)?;
    let block = vec![b'a'; 1 << 20];
    for _ in 0..bytes >> 20 {
        file.write_all(&block)?;
    }
    Ok(path)
}

fn long_attribute(dir: &Path) -> std::io::Result<PathBuf> {
    let value = "a&amp;b ".repeat(50 * (1 << 20) / 8);
    file(
        dir,
        "attribute.html",
        format!("<p title=\"{value}\" class=\"{}\">The ferry sank.</p>", &value[..1 << 20]).as_bytes(),
    )
}

fn json_brackets(dir: &Path) -> std::io::Result<PathBuf> {
    let brackets = "[{\"a\":".repeat(20 * (1 << 20) / 6);
    page(dir, format!("<script type=\"application/ld+json\">{brackets}</script><p>The ferry sank.").as_bytes())
}

/// A gzip member of stored blocks: header, blocks of at most 65,535 bytes, checksum, length.
fn truncated_gzip(dir: &Path) -> std::io::Result<PathBuf> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend([0, 0xff, 0x0f, 0x00, 0xf0]);
    bytes.extend(b"<p>The ferry");
    file(dir, "truncated.html.gz", &bytes)
}

/// 10 GB of zeros, packed by the system's gzip.
fn gzip_bomb(dir: &Path) -> std::io::Result<PathBuf> {
    let path = dir.join("bomb.html.gz");
    let mut gzip =
        Command::new("gzip").args(["-1", "-c"]).stdin(Stdio::piped()).stdout(File::create(&path)?).spawn()?;
    if let Some(mut pipe) = gzip.stdin.take() {
        let block = vec![b' '; 1 << 22];
        for _ in 0..(10_u64 << 30) >> 22 {
            pipe.write_all(&block)?;
        }
    }
    gzip.wait()?;
    Ok(path)
}

const CUT_MHTML: &[u8] =
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The ferry";

/// A record of a page that states its length.
fn record(kind: &str, length: u64, body: &str) -> String {
    format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-11-05T18:40:00Z\r\n\
         Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n\
         HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"
    )
}

fn warc(dir: &Path, kind: &str, length: u64, body: &str) -> std::io::Result<PathBuf> {
    file(dir, "crawl.warc", record(kind, length, body).as_bytes())
}

/// A hole in the file takes no space on the disk.
fn large_record(dir: &Path) -> std::io::Result<PathBuf> {
    let path = warc(dir, "response", 2 << 30, "<p>The ferry")?;
    let start = record("response", 2 << 30, "").find("HTTP").unwrap_or_default() as u64;
    let mut file = File::options().write(true).open(&path)?;
    file.seek(SeekFrom::Start(start + (2 << 30)))?;
    file.write_all(b"\r\n\r\n")?;
    Ok(path)
}

fn warc_bomb(dir: &Path) -> std::io::Result<PathBuf> {
    let path = dir.join("bomb.warc.gz");
    let mut gzip =
        Command::new("gzip").args(["-1", "-c"]).stdin(Stdio::piped()).stdout(File::create(&path)?).spawn()?;
    if let Some(mut pipe) = gzip.stdin.take() {
        pipe.write_all(record("response", 1 << 40, "<p>The ferry").as_bytes())?;
        let block = vec![b' '; 1 << 22];
        for _ in 0..(1_u64 << 30) >> 22 {
            pipe.write_all(&block)?;
        }
    }
    gzip.wait()?;
    Ok(path)
}

/// A ZIP archive of one empty file: its header, its entry in the directory, the end.
fn name_that_leads_out(dir: &Path) -> std::io::Result<PathBuf> {
    let name = b"../../../etc/crawl.warc";
    let length = name.len() as u8;
    let local = [&b"PK\x03\x04\x0a\0"[..], &[0; 20], &[length, 0, 0, 0], name].concat();
    let entry = [&b"PK\x01\x02\x0a\0\x0a\0"[..], &[0; 20], &[length, 0], &[0; 16], name].concat();
    let (size, start) = (entry.len() as u8, local.len() as u8);
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &[size, 0, 0, 0, start, 0, 0, 0, 0, 0]].concat();
    file(dir, "names.wacz", &[local, entry, end].concat())
}

#[cfg(unix)]
fn broken_link(dir: &Path) -> std::io::Result<PathBuf> {
    let path = dir.join("broken.html");
    std::os::unix::fs::symlink(dir.join("nowhere.html"), &path)?;
    Ok(path)
}

#[cfg(unix)]
fn link_loop(dir: &Path) -> std::io::Result<PathBuf> {
    let folder = dir.join("loop");
    fs::create_dir(&folder)?;
    std::os::unix::fs::symlink(&folder, folder.join("loop"))?;
    Ok(folder)
}

/// Root may read everything, so for root the folder is a missing one.
#[cfg(unix)]
fn unreadable_folder(dir: &Path) -> std::io::Result<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let folder = dir.join("locked");
    fs::create_dir(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o0))?;
    if fs::read_dir(&folder).is_ok() {
        eprintln!("this user may read everything: a missing folder stands in for the unreadable one");
        fs::remove_dir(&folder)?;
    }
    Ok(folder)
}

#[cfg(unix)]
fn make_removable(dir: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let locked = dir.join("locked");
    if locked.exists() {
        // If this fails, removing the folder says so.
        let _ = fs::set_permissions(locked, fs::Permissions::from_mode(0o755));
    }
}
