//! The picture in the README: the output for one of the example pages, as SVG.

use crate::command::{Done, release_binary, root};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

const PAGE: &str = "examples/ellery-courier/2026-03-09-ferry-strikes-breakwater.html";
const COLUMNS: usize = 90;
/// Width of a column and height of a line, in pixels of the picture.
const COLUMN: f32 = 8.4;
const LINE: f32 = 19.0;
const MARGIN: f32 = 24.0;
/// Colours of a dark terminal, in the order of their escape sequences: 31 (red) to 36 (cyan).
const COLOURS: [&str; 6] = ["#f07178", "#a5d96c", "#ffcb6b", "#82aaff", "#d6a3ff", "#7fdbe0"];

/// Runs the command in colour and writes `docs/read.svg`.
pub fn run() -> Done {
    let binary = release_binary()?;
    let columns = COLUMNS.to_string();
    let printed = Command::new(binary)
        .args(["read", "--format", "text", "--color", "always", "--width", &columns, PAGE])
        .current_dir(root())
        .output()
        .map_err(|error| format!("can't run onrecord: {error}"))?;
    if !printed.status.success() {
        return Err(String::from_utf8_lossy(&printed.stderr).into_owned());
    }
    let text = format!("\u{1b}[1m$ onrecord read {PAGE}\u{1b}[0m\n{}", String::from_utf8_lossy(&printed.stdout));
    let path = root().join("docs/read.svg");
    fs::write(&path, svg(&text)).map_err(|error| format!("{}: {error}", path.display()))
}

fn svg(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let width = COLUMNS as f32 * COLUMN + 2.0 * MARGIN;
    let height = lines.len() as f32 * LINE + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#1b1e26\"/>\n"
    );
    for (nth, line) in lines.iter().enumerate() {
        let y = MARGIN + (nth as f32 + 0.75) * LINE;
        let _ = writeln!(
            out,
            "<text x=\"{MARGIN:.0}\" y=\"{y:.1}\" fill=\"#d7dae0\" xml:space=\"preserve\">{}</text>",
            spans(line)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A line with its escape sequences as `<tspan>`s.
fn spans(line: &str) -> String {
    let mut out = String::new();
    let mut style = String::new();
    for (nth, part) in line.split('\u{1b}').enumerate() {
        let (codes, words) = match part.strip_prefix('[').filter(|_| nth > 0).and_then(|part| part.split_once('m')) {
            Some((codes, words)) => (codes, words),
            None => ("", part),
        };
        for code in codes.split(';').filter(|code| !code.is_empty()) {
            match code {
                "0" => style.clear(),
                "1" => style.push_str(" font-weight=\"bold\""),
                "2" => style.push_str(" fill-opacity=\"0.6\""),
                "3" => style.push_str(" font-style=\"italic\""),
                code => {
                    let colour = code.parse::<usize>().ok().and_then(|code| COLOURS.get(code.wrapping_sub(31)));
                    if let Some(colour) = colour {
                        let _ = write!(style, " fill=\"{colour}\"");
                    }
                }
            }
        }
        if words.is_empty() {
            continue;
        }
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let _ = if style.is_empty() { write!(out, "{words}") } else { write!(out, "<tspan{style}>{words}</tspan>") };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_styles() {
        assert_eq!(spans("a \u{1b}[1mb\u{1b}[0m <c>"), "a <tspan font-weight=\"bold\">b</tspan> &lt;c>");
        assert_eq!(spans("\u{1b}[36mq\u{1b}[0m"), "<tspan fill=\"#7fdbe0\">q</tspan>");
    }
}
