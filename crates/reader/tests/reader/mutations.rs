//! Pages come broken. Whatever is done to them, reading ends, nothing panics, and what is read points into the page.
//!
//! `ONRECORD_MUTATIONS=100000 cargo test --release -p onrecord-reader --test reader mutations` goes on for longer.

use crate::support;
use onrecord_document::{Capture, Media, Stage};
use onrecord_reader::read;
use onrecord_span::PageBytes;

const MUTATIONS: usize = 400;

/// What editors, templates and transports leave in pages.
const SHARDS: &[&[u8]] = &[
    b"<table>",
    b"</p>",
    b"<b>",
    b"<br><br>",
    b"&#x110000;",
    b"&",
    b"<!--",
    b"<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"articleBody\":\"",
    b"\\ud83d",
    b"\0",
    b"\xff\xfe",
    b"<svg>",
    b"<template>",
    b"</body>",
    b"<time datetime=\"2026-02-30\">",
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b" he said, ",
    b"\xc2\xad",
    b"<meta charset=shift_jis>",
    b"<h1>",
    b"By ",
    b"<div hidden>",
];

/// A small generator with a fixed seed (xorshift64*, Vigna 2016): the same mutations every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }

    fn mutate(&mut self, page: &mut Vec<u8>) {
        let at = self.below(page.len() + 1);
        match self.below(4) {
            0 => drop(page.splice(at..at, SHARDS[self.below(SHARDS.len())].iter().copied())),
            1 => drop(page.drain(at..(at + self.below(500)).min(page.len()))),
            2 if at < page.len() => page[at] = self.below(256) as u8,
            _ => {
                let from = self.below(page.len() + 1);
                let piece = page[from..(from + self.below(800)).min(page.len())].to_vec();
                drop(page.splice(at..at, piece));
            }
        }
    }
}

#[test]
fn broken_pages_are_read_without_a_panic_and_point_into_themselves() {
    let mutations = std::env::var("ONRECORD_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS);
    let pages: Vec<Vec<u8>> =
        support::examples().iter().map(|path| support::capture(path, Media::Html).page.as_bytes().to_vec()).collect();
    let mut dice = Dice(0x0A_11CE);
    for nth in 0..mutations {
        let mut page = pages[nth % pages.len()].clone();
        for _ in 0..=dice.below(40) {
            dice.mutate(&mut page);
        }
        let len = page.len();
        let capture = Capture::new(format!("mutation {nth}"), PageBytes::new(page).unwrap(), Media::Html);
        let document = read(&capture, Stage::Facts);
        assert!(document.notes.iter().all(|note| note.code != "panic"), "mutation {nth} made a stage panic");
        for block in document.blocks() {
            let evidence = document.evidence(block.span);
            assert!(evidence.iter().all(|bytes| bytes.end() <= len), "mutation {nth}");
            assert!(!evidence.is_empty(), "mutation {nth}: {:?} stands nowhere", document.words(block.span));
        }
        for statement in document.statements().iter() {
            assert!(!statement.content.is_empty(), "mutation {nth}: a quote without content");
        }
    }
}
