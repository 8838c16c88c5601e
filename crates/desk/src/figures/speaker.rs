//! Mentions and statements of a speaker over time: solid statements inside outlined mentions.

use super::Figure;
use maud::html;
use onrecord_views::speakers::speaker::Time;
use onrecord_views::words;

const TALL: f64 = 110.0;
const BASE: f64 = 125.0;

/// The plot. `chosen`: the first and last day of the stretch that is chosen.
pub(crate) fn weeks(times: &[Time], unit: &str, width: f64, chosen: (Option<&str>, Option<&str>)) -> Figure {
    let most = times.iter().map(|time| time.mentions.max(time.statements)).max().unwrap_or(1).max(1);
    let step = width / times.len().max(1) as f64;
    // A lone week makes no wall.
    let wide = (step * 0.7).min(42.0);
    let high = |count: u64| TALL * count as f64 / most as f64;
    let every = (58.0 / step).ceil().max(1.0) as usize;
    let peak = times.iter().enumerate().max_by_key(|(nth, time)| (time.mentions, std::cmp::Reverse(*nth)));
    let is_chosen = |time: &Time| {
        chosen.0.is_none_or(|from| time.to.as_str() >= from) && chosen.1.is_none_or(|to| time.from.as_str() <= to)
    };
    let selected: Vec<usize> = match chosen {
        (None, None) => Vec::new(),
        _ => times.iter().enumerate().filter(|(_, time)| is_chosen(time)).map(|(nth, _)| nth).collect(),
    };
    let name =
        |time: &Time| if unit == "month" { words::short_month(&time.from) } else { words::day_of_year(&time.from) };
    let label = match (times.first(), times.last(), peak) {
        (Some(first), Some(last), Some((_, peak))) => format!(
            "Mentions and statements by {unit}, {}. Most in the {unit} of {}: {}, {}.",
            words::days(&first.from, &last.to),
            words::day(&peak.from),
            words::counted(peak.mentions, "mention"),
            words::counted(peak.statements, "statement")
        ),
        _ => "Nothing is dated.".to_owned(),
    };
    let content = html! {
        @for count in ticks(most) {
            @let y = BASE - high(count) + 0.5;
            line class="grid" x1="0" x2=(width) y1=(n(y)) y2=(n(y)) {}
            text x=(width) y=(n(y - 5.0)) text-anchor="end" { (count) }
        }
        @for (nth, time) in times.iter().enumerate() {
            @let middle = (nth as f64 + 0.5) * step;
            @let x = middle - wide / 2.0;
            @if time.mentions > 0 { rect class="m" x=(n(x)) y=(n(BASE - high(time.mentions))) width=(n(wide)) height=(n(high(time.mentions))) {} }
            @if time.statements > 0 { rect class="s" x=(n(x)) y=(n(BASE - high(time.statements))) width=(n(wide)) height=(n(high(time.statements))) {} }
            @if nth % every == every / 2 { text x=(n(middle)) y="145" text-anchor="middle" { (name(time)) } }
        }
        @if let Some((nth, time)) = peak.filter(|(_, time)| time.mentions > 0) {
            @let middle = (nth as f64 + 0.5) * step;
            @let is_right = middle + wide / 2.0 + 90.0 > width;
            @let x = if is_right { middle - wide / 2.0 - 6.0 } else { middle + wide / 2.0 + 6.0 };
            @let anchor = if is_right { "end" } else { "start" };
            text class="val" x=(n(x)) y=(n(BASE - high(time.mentions) + 9.0)) text-anchor=(anchor) { (words::counted(time.mentions, "mention")) }
            text class="val" x=(n(x)) y=(n(BASE - high(time.mentions) + 22.0)) text-anchor=(anchor) { (words::counted(time.statements, "statement")) }
        }
        line class="ax" x1="0" x2=(width) y1=(BASE + 0.5) y2=(BASE + 0.5) {}
        @if let (Some(first), Some(last)) = (selected.first(), selected.last()) {
            rect class="sel" x=(n(*first as f64 * step)) y="127" width=(n((last - first + 1) as f64 * step)) height="3" {}
        }
    };
    Figure { width, height: 150.0, label, content }
}

/// One or two round numbers below the highest.
fn ticks(most: u64) -> Vec<u64> {
    let round = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000, 50_000];
    let step = round.into_iter().find(|step| most / step <= 2).unwrap_or(100_000);
    (1..=2).map(|nth| nth * step).filter(|tick| *tick <= most).collect()
}

fn n(length: f64) -> String {
    format!("{length:.1}")
}
