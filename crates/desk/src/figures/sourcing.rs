//! Shares of named, unnamed, documents and nobody: by outlet and over time.

use super::Figure;
use maud::{Markup, html};
use onrecord_document::Terms;
use onrecord_views::sourcing::Row;
use onrecord_views::words;

const ROW: f64 = 30.0;
const BAR: f64 = 16.0;
/// Narrowest share that has its percentage written in it.
const LABELLED: f64 = 34.0;

/// The four ways in which sources are drawn, with their counts.
fn shares(row: &Row) -> [(&'static str, &'static str, u64); 4] {
    [
        ("c-named", "named", row.sources.named),
        ("c-unnamed", "unnamed", row.sources.unnamed()),
        ("c-document", "documents", row.sources.documents),
        ("c-none", "nobody", row.sources.none),
    ]
}

fn percent(count: u64, all: u64) -> f64 {
    100.0 * count as f64 / all.max(1) as f64
}

/// One bar for each row, all as long: what differs is what it is made of.
pub(crate) fn by_outlet(rows: &[Row], width: f64) -> Figure {
    let is_narrow = width < 600.0;
    let (left, right) = if is_narrow { (0.0, 0.0) } else { (190.0, 170.0) };
    let step = if is_narrow { ROW + 16.0 } else { ROW };
    let room = width - left - right;
    let height = 22.0 + step * rows.len() as f64;
    let label = rows.iter().map(said).collect::<Vec<_>>().join(". ");
    let content = html! {
        (key(left, is_narrow))
        @for (nth, row) in rows.iter().enumerate() {
            @let top = 24.0 + nth as f64 * step;
            @let base = if is_narrow { top + 14.0 } else { top };
            @let counts = format!("{}, {} anonymous", words::counted(row.sources.all, "statement"), words::number(row.on(Terms::ConditionOfAnonymity)));
            @if is_narrow {
                text class="strong" x="0" y=(top + 9.0) { (words::shortened(&row.name, 30)) }
                text x=(width) y=(top + 9.0) text-anchor="end" { (counts) }
            } @else {
                text class="strong" x=(left - 12.0) y=(base + 12.0) text-anchor="end" { (words::shortened(&row.name, 28)) }
                text x=(left + room + 12.0) y=(base + 12.0) { (counts) }
            }
            (bar(row, left, base, room))
        }
    };
    Figure { width, height, label, content }
}

fn bar(row: &Row, left: f64, top: f64, room: f64) -> Markup {
    let parts = shares(row);
    let shown: Vec<_> = parts.iter().filter(|(.., count)| *count > 0).collect();
    let room = room - 2.0 * shown.len().saturating_sub(1) as f64 - 1.0;
    let mut at = left + 0.5;
    let mut drawn = Vec::new();
    for (class, _, count) in shown {
        let width = room * *count as f64 / row.sources.all.max(1) as f64;
        drawn.push((*class, at, width, percent(*count, row.sources.all)));
        at += width + 2.0;
    }
    html! {
        @for (class, x, width, share) in drawn {
            rect class=(class) x=(n(x)) y=(n(top + 0.5)) width=(n(width)) height=(n(BAR - 1.0)) {}
            @if width >= LABELLED { (share_label(class, x, top, width, share)) }
        }
    }
}

/// The percentage in a share, on ground that lets it be read.
fn share_label(class: &str, x: f64, top: f64, width: f64, share: f64) -> Markup {
    let words = format!("{share:.0} %");
    let middle = x + width / 2.0;
    html! {
        @if class == "c-named" {
            text class="on-ink" x=(n(middle)) y=(n(top + 12.0)) text-anchor="middle" { (words) }
        } @else {
            rect class="halo" x=(n(middle - 15.0)) y=(n(top + 2.0)) width="30" height=(n(BAR - 4.0)) {}
            text class="strong" x=(n(middle)) y=(n(top + 12.0)) text-anchor="middle" { (words) }
        }
    }
}

fn key(left: f64, is_narrow: bool) -> Markup {
    let step = if is_narrow { 82.0 } else { 96.0 };
    html! {
        @for (nth, (class, name)) in [("c-named", "named"), ("c-unnamed", "unnamed"), ("c-document", "document"), ("c-none", "nobody")].iter().enumerate() {
            @let x = left + nth as f64 * step;
            rect class=(class) x=(n(x + 0.5)) y="0.5" width="11" height="11" {}
            text x=(n(x + 17.0)) y="10" { (name) }
        }
    }
}

/// A column for each stretch of time, all as tall.
pub(crate) fn over_time(rows: &[Row], width: f64) -> Figure {
    const TALL: f64 = 150.0;
    const TOP: f64 = 24.0;
    const SIDE: f64 = 40.0;
    let room = width - SIDE;
    let step = (room / rows.len().max(1) as f64).min(64.0);
    let height = TOP + TALL + 34.0;
    let label = rows.iter().map(said).collect::<Vec<_>>().join(". ");
    // A label needs room for "Nov 2024".
    let every = (52.0 / step).ceil().max(1.0) as usize;
    let content = html! {
        (key(SIDE, width < 600.0))
        @for share in [0, 25, 50, 75, 100] {
            @let y = TOP + TALL * (100 - share) as f64 / 100.0 + 0.5;
            line class="grid" x1=(SIDE) x2=(width) y1=(n(y)) y2=(n(y)) {}
            text x=(SIDE - 8.0) y=(n(y + 4.0)) text-anchor="end" { (share) " %" }
        }
        @for (nth, row) in rows.iter().enumerate() {
            @let x = SIDE + nth as f64 * step + 2.0;
            @let wide = (step - 4.0).max(1.5);
            (column(row, x, TOP, wide, TALL))
            @if nth % every == 0 {
                text x=(n(x + wide / 2.0)) y=(TOP + TALL + 16.0) text-anchor="middle" { (stretch(&row.name)) }
                text x=(n(x + wide / 2.0)) y=(TOP + TALL + 29.0) text-anchor="middle" { (words::number(row.sources.all)) }
            }
        }
        line class="ax" x1=(SIDE) x2=(width) y1=(TOP + TALL + 0.5) y2=(TOP + TALL + 0.5) {}
        text x=(SIDE - 8.0) y=(TOP + TALL + 29.0) text-anchor="end" { "n" }
    };
    Figure { width, height, label, content }
}

fn column(row: &Row, x: f64, top: f64, wide: f64, tall: f64) -> Markup {
    let mut bottom = top + tall;
    let mut drawn = Vec::new();
    for (class, _, count) in shares(row) {
        let height = tall * count as f64 / row.sources.all.max(1) as f64;
        bottom -= height;
        if height > 0.0 {
            drawn.push((class, bottom, height));
        }
    }
    html! {
        @for (class, y, height) in drawn {
            rect class=(class) x=(n(x)) y=(n(y + 0.5)) width=(n(wide)) height=(n((height - 1.0).max(0.4))) {}
        }
    }
}

/// "18 Nov", "Nov 2024" or "2024".
fn stretch(name: &str) -> String {
    match name.len() {
        10 => words::day_of_year(name),
        7 => words::short_month(name),
        _ => name.to_owned(),
    }
}

fn said(row: &Row) -> String {
    let parts = shares(row).map(|(_, name, count)| format!("{:.0} % {name}", percent(count, row.sources.all)));
    format!("{}: {} of {}", stretch(&row.name), parts.join(", "), words::counted(row.sources.all, "statement"))
}

/// A length with one decimal.
fn n(length: f64) -> String {
    format!("{length:.1}")
}
