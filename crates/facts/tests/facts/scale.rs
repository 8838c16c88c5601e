//! Large and hostile texts are read in time that grows with their length.

use crate::common;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Held by each test of this file, so that no two are timed at once.
static ALONE: Mutex<()> = Mutex::new(());

/// Time to read a text; the best of three.
fn time(text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        common::read(text);
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

/// Four times the text may take at most this many times as long: linear is 4, quadratic 16.
const MOST: u32 = 9;

/// Tries before a text is held to be read too slowly: a busy machine may lie several times.
const TRIES: usize = 8;

fn grows_linearly(unit: &str) {
    const BYTES: usize = 20_000;
    let short = unit.repeat(BYTES / unit.len());
    let long = unit.repeat(4 * BYTES / unit.len());
    let linear = || {
        let (short, long) = (time(&short), time(&long));
        long < short * MOST + Duration::from_millis(20)
    };
    assert!((0..TRIES).any(|_| linear()), "{unit:?} takes more than {MOST} times as long where it is 4 times as long");
}

#[test]
fn one_paragraph_full_of_quotation_marks_is_read_in_linear_time() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for unit in [
        "“",
        "”",
        "\"",
        "‘",
        "'",
        " '",
        "“a” ",
        "“a,” he said, ",
        "“We sail,” Ingrid Solheim said. ",
        "‘a s’ ",
        "„",
        "«",
        "(",
        ", ",
        ". ",
        "said ",
        "He said, ",
        "and ",
        "the ",
        "Solheim ",
        "“‘a,’ she said,” he said. ",
        "the diplomat said, “a.” ",
        "Two officials came. One of them said, “a.” ",
        "The officials came. They said, “a.” He asked. ",
        "“We sail,” said a pilot. He waited for the tide. ",
        "A letter came. It said: “We sail.” ",
        "a pilot who said ",
        "he had said he put it ",
        "“We sail at dawn.”\n",
        "Solheim: “We sail.”\n",
        "harbour energy prime minister Solheim ",
    ] {
        grows_linearly(unit);
    }
}

#[test]
fn many_people_of_one_name_are_read_in_linear_time() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let text = |people: u32| -> String {
        let name =
            |nth: u32| char::from_u32('A' as u32 + nth % 26).map_or(String::new(), |first| format!("{first}a{nth}"));
        (0..people)
            .map(|nth| format!("“We sail,” said Minister {} Smith. “We stay,” the minister said. ", name(nth)))
            .collect()
    };
    let (short, long) = (text(500), text(2000));
    let linear = || time(&long) < time(&short) * MOST + Duration::from_millis(20);
    assert!((0..TRIES).any(|_| linear()));
}

#[test]
fn five_megabytes_of_quotations_are_read() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let text = "“We sail,” Ingrid Solheim said. ".repeat(5_000_000 / 34);
    let document = common::read(&text);
    assert_eq!(common::statements(&document).len(), 5_000_000 / 34);
}

#[test]
fn empty_and_broken_texts_are_read() {
    for text in [
        "",
        " ",
        "“",
        "”",
        "said",
        "“” said",
        "“a,” said",
        "said “",
        "\u{2028}",
        "’",
        "‘’",
        "“…”",
        "a\u{301}“é,” said É.",
    ] {
        common::read(text);
    }
}
