//! Screenshots of every view of the desk over the examples, in `docs/screens/`.
//!
//! Needs Debian's Chromium, and pngquant to compress them. Look at each: a screenshot that nobody looks at proves nothing.

use super::served::ServedDesk;
use crate::command::{Done, release_binary, root};
use crate::tools::python::runs;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const STORY: &str = "examples%2Fellery-courier%2F2026-03-09-ferry-strikes-breakwater.html";
/// Pages that are added while the screenshot of adding is taken.
const READ_IN: usize = 20_000;

/// A screenshot: its name, the page, width and height of the window, whether it is dark.
struct Screen {
    name: &'static str,
    path: String,
    size: (u32, u32),
    dark: bool,
}

/// Takes all screenshots, with the given binary or with one that is built first.
pub fn run(binary: Option<&str>) -> Done {
    let binary = binary.map_or_else(release_binary, |binary| Ok(root().join(binary)))?;
    let chromium =
        ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| runs(name, &["--version"]));
    let chromium = chromium.ok_or("install chromium first: apt-get install chromium")?;
    let folder = root().join("docs/screens");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let place = std::env::temp_dir().join(format!("onrecord-screens-{}", std::process::id()));
    let _ = fs::remove_dir_all(&place);
    let done = (|| {
        let empty = ServedDesk::open(&binary, &place.join("new"), &[])?;
        shoot(&empty, chromium, &folder, &screen("front-empty", "/", (1360, 1000)))?;
        drop(empty);
        let desk = ServedDesk::open(&binary, &place.join("examples"), &["examples"])?;
        let story = key_of(&desk, STORY)?;
        for screen in screens(&story) {
            eprintln!("{}", screen.name);
            shoot(&desk, chromium, &folder, &screen)?;
        }
        let intake = begin_intake(&desk)?;
        shoot(&desk, chromium, &folder, &screen("adding", &intake, (1360, 700)))
    })();
    let _ = fs::remove_dir_all(&place);
    done?;
    compress(&folder);
    Ok(())
}

fn screen(name: &'static str, path: &str, size: (u32, u32)) -> Screen {
    Screen { name, path: path.to_owned(), size, dark: false }
}

fn screens(story: &str) -> Vec<Screen> {
    let article = format!("/article/{story}");
    vec![
        screen("front", "/", (1360, 1650)),
        Screen { dark: true, ..screen("front-dark", "/", (1360, 1650)) },
        screen("front-phone", "/", (500, 2600)),
        screen("article", &article, (1360, 2100)),
        screen("article-statement", &format!("{article}?statement=2"), (1360, 2300)),
        Screen { dark: true, ..screen("article-dark", &article, (1360, 1600)) },
        screen("article-phone", &article, (500, 3600)),
        screen("evidence", &format!("/evidence/{story}/2"), (1360, 1500)),
        screen("evidence-page", &format!("/evidence/{story}?fact=headline"), (1360, 2000)),
        screen("article-live", "/article/examples%2Fnpb%2F2026-03-10-ferry-live.html", (1360, 2400)),
        screen(
            "article-versions",
            "/article/examples%2Fnational-ledger%2F2026-03-12-saint-brannoc-captain.html",
            (1360, 4600),
        ),
        screen("search", "/search?q=radar+source%3Aunnamed", (1360, 1500)),
        Screen { dark: true, ..screen("search-dark", "/search?q=radar+source%3Aunnamed", (1360, 1200)) },
        screen("search-articles", "/search?q=ferry&find=articles", (1360, 1500)),
        screen("search-error", "/search?q=speaker%3Aadler+source%3Aanonymous", (1360, 800)),
        screen("search-nothing", "/search?q=ferry+zeppelin", (1360, 800)),
        screen("speakers", "/speakers", (1360, 1200)),
        screen("speaker", "/speaker/Edmund%20Rourke", (1360, 1600)),
        screen("speaker-phone", "/speaker/Edmund%20Rourke", (500, 2200)),
        screen("sourcing", "/sourcing", (1360, 1000)),
        screen("corrections", "/corrections", (1360, 700)),
        screen("right-to-left", "/article/examples%2Falmarsa%2F2026-03-16-ittifaq-lorne.html", (1360, 1300)),
    ]
}

/// The key of an article, by its encoded name.
fn key_of(desk: &ServedDesk, name: &str) -> Result<String, String> {
    let request = format!("GET /article/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let answer = desk.answer(request.as_bytes())?;
    let key = answer.lines().find_map(|line| line.strip_prefix("location: /article/"));
    key.map(|key| key.trim().to_owned()).ok_or_else(|| format!("the desk knows no {name}"))
}

/// Sends many pages, and gives the address that shows how far adding is.
fn begin_intake(desk: &ServedDesk) -> Result<String, String> {
    let lines: String = (0..READ_IN)
        .map(|nth| format!("{{\"id\":\"note-{nth}\",\"text\":\"The harbour office said on Monday that berth {nth} stays closed. “We will open it when it is safe,” said Tomas Adler, the harbour master.\"}}\n"))
        .collect();
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"pages\"; filename=\"harbour-notes.jsonl\"\r\n\r\n{lines}\r\n--X--\r\n"
    );
    let request = format!(
        "POST /add HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = desk.answer(request.as_bytes())?;
    let place = answer.lines().find_map(|line| line.strip_prefix("location: ")).map(|place| place.trim().to_owned());
    place.ok_or_else(|| "the desk did not begin to read".to_owned())
}

fn shoot(desk: &ServedDesk, chromium: &str, folder: &Path, screen: &Screen) -> Done {
    let file = folder.join(format!("{}.png", screen.name));
    let (width, height) = screen.size;
    let theme = if screen.dark { "dark" } else { "light" };
    let mark = if screen.path.contains('?') { '&' } else { '?' };
    let mut command = Command::new(chromium);
    command.args([
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        // A mouse that hovers, as on a desk.
        "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    ]);
    // What is under way is seen as it is; all else once it has come to rest.
    if screen.name != "adding" {
        command.arg("--virtual-time-budget=3000");
    }
    command.arg(format!("--window-size={width},{height}"));
    command.arg(format!("--screenshot={}", file.display()));
    command.arg(format!("http://{}{}{mark}theme={theme}", desk.address, screen.path));
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    match status {
        Ok(status) if status.success() && file.exists() => Ok(()),
        Ok(_) => Err(format!("{chromium} took no picture of {}", screen.path)),
        Err(error) => Err(format!("can't run {chromium}: {error}")),
    }
}

/// Compresses the screenshots, if pngquant is installed.
fn compress(folder: &Path) {
    if !runs("pngquant", &["--version"]) {
        return eprintln!("pngquant is not installed: the screenshots stay large");
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "png")) {
        let _ = Command::new("pngquant")
            .args(["--force", "--ext", ".png", "--speed", "1", "16"])
            .arg(entry.path())
            .status();
    }
}
