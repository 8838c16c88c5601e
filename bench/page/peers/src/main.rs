//! Runs one tool over a list of pages, page after page in one process, and says what each page cost.
//!
//!     page-bench-peers TOOL LIST PREDICTIONS TIMES
//!     page-bench-peers traps LIST TIMES
//!
//! LIST names a page a line. PREDICTIONS gets a line of JSON for each page that the tool could read; parsers leave it
//! empty. TIMES gets `id TAB bytes TAB nanoseconds TAB ok|failed` for each page, and `peak TAB kB` at its end; for
//! `traps`, see [`measure_traps`]. Reading files, decompression and writing predictions are outside the time.

mod clock;
mod extract;
mod pages;
mod parse;
mod traps;

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Pages that each tool reads before the clock starts: lazy tables and caches are filled then.
const WARM_UP: usize = 8;
/// Times that each trap is measured; the least counts, since noise only adds.
const TRAP_ROUNDS: usize = 5;
/// The same at the shorter length beside html5ever, where each takes less than a millisecond.
const BESIDE_ROUNDS: usize = 20;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // What panics is counted as failed; its message helps nobody here.
    std::panic::set_hook(Box::new(|_| ()));
    match arguments[..] {
        ["traps", list, times] => measure_traps(Path::new(list), Path::new(times)),
        [tool, list, predictions, times] => {
            if let Some((_, parse)) = parse::PARSERS.iter().find(|(name, _)| *name == tool) {
                File::create(predictions)?;
                let step = |_: &str, page: &[u8]| {
                    let text = onrecord_html::decode(page, None).text;
                    let (time, bytes) = parse(page, &text);
                    (None, time, bytes, true)
                };
                measure(Path::new(list), Path::new(predictions), Path::new(times), step)
            } else if let Some((_, extract)) = extract::TOOLS.iter().find(|(name, _)| *name == tool) {
                let step = |id: &str, page: &[u8]| {
                    let (line, time) = extract(id, page);
                    let read = line.is_some();
                    (line, time, page.len(), read)
                };
                measure(Path::new(list), Path::new(predictions), Path::new(times), step)
            } else {
                Err(format!("no tool {tool}").into())
            }
        }
        _ => Err("usage: page-bench-peers TOOL LIST PREDICTIONS TIMES".into()),
    }
}

/// Runs a step (line of predictions, nanoseconds, bytes, whether it could read) over all pages.
fn measure(
    list: &Path,
    predictions: &Path,
    times: &Path,
    step: impl Fn(&str, &[u8]) -> (Option<Vec<u8>>, u64, usize, bool),
) -> Done {
    let paths = pages::listed(list)?;
    let mut predictions = BufWriter::new(File::create(predictions)?);
    let mut times = BufWriter::new(File::create(times)?);
    for path in paths.iter().take(WARM_UP) {
        step(path, &pages::bytes(path)?);
    }
    for path in &paths {
        let page = pages::bytes(path)?;
        let (line, time, bytes, read) = step(path, &page);
        if let Some(line) = line {
            predictions.write_all(&line)?;
            predictions.write_all(b"\n")?;
        }
        writeln!(times, "{path}\t{bytes}\t{time}\t{}", if read { "ok" } else { "failed" })?;
    }
    if let Some(peak) = clock::peak_memory() {
        writeln!(times, "peak\t{peak}")?;
    }
    predictions.flush()?;
    times.flush()?;
    Ok(())
}

/// Measures Onrecord on the real pages and on every trap, and writes `name TAB bytes TAB parsing TAB reading` for each,
/// in nanoseconds: a line named `pages` for all pages of the list together, one named `markup` for these pages without what
/// their scripts and styles hold, then a line for each trap and length, and a line `beside TAB name TAB ours TAB html5ever`
/// for parsing it at a shorter one.
fn measure_traps(list: &Path, times: &Path) -> Done {
    let mut times = BufWriter::new(File::create(times)?);
    let paths = pages::listed(list)?;
    for path in paths.iter().take(WARM_UP) {
        cost(&pages::bytes(path)?);
    }
    for (name, made) in [("pages", <[u8]>::to_vec as fn(&[u8]) -> Vec<u8>), ("markup", traps::markup)] {
        let (mut bytes, mut parsing, mut reading) = (0, 0, 0);
        for path in &paths {
            let page = made(&pages::bytes(path)?);
            let (parsed, read) = cost(&page);
            bytes += page.len();
            parsing += parsed;
            reading += read;
        }
        writeln!(times, "{name}\t{bytes}\t{parsing}\t{reading}")?;
    }
    for (name, make) in traps::TRAPS {
        for length in traps::LENGTHS {
            let page = make(length);
            let (parsed, read) = (0..TRAP_ROUNDS)
                .map(|_| cost(page.as_bytes()))
                .fold((u64::MAX, u64::MAX), |least, cost| (least.0.min(cost.0), least.1.min(cost.1)));
            writeln!(times, "{name}\t{}\t{parsed}\t{read}", page.len())?;
            times.flush()?;
        }
        let page = make(traps::BESIDE);
        let least = |tool: &str| {
            let parse = parse::PARSERS.iter().find(|(name, _)| *name == tool).map(|(_, parse)| parse)?;
            (0..BESIDE_ROUNDS).map(|_| parse(page.as_bytes(), &page).0).min()
        };
        let (ours, peer) = (least("parse-onrecord-html"), least("parse-html5ever"));
        writeln!(times, "beside\t{name}\t{}\t{}", ours.unwrap_or_default(), peer.unwrap_or_default())?;
    }
    Ok(())
}

/// Nanoseconds of parsing, decoding included, and of reading as far as the whole line.
fn cost(page: &[u8]) -> (u64, u64) {
    let ((), parsing) = clock::timed(|| drop(onrecord_html::parse(&onrecord_html::decode(page, None).text)));
    let (_, reading) = (extract::TOOLS[0].1)("trap", page);
    (parsing, reading)
}
