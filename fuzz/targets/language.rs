//! Any text is read with nothing lost, whatever was read before; any file of weights is loaded or refused with a reason.
//!
//! The first byte chooses: a text, read with or without memory of the texts before it (which takes much longer), or the header
//! of a file of weights, made to fit its hash and followed by zeros.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_language::{Model, Scratch};
use std::cell::RefCell;
use xxhash_rust::xxh3::xxh3_64;

thread_local! {
    /// What stays from input to input, as it does from page to page.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    match first % 16 {
        12.. => load(rest),
        1 => read(&String::from_utf8_lossy(rest), true),
        _ => read(&String::from_utf8_lossy(rest), false),
    }
});

fn read(text: &str, anew: bool) {
    let parse = SCRATCH.with_borrow_mut(|scratch| Model::english().parse(text, scratch));
    let mut at = 0;
    for token in &parse.tokens {
        assert_eq!(token.start as usize, at);
        assert!(token.end > token.start && text.is_char_boundary(token.end as usize));
        assert!((token.head as usize) < parse.tokens.len());
        at = token.end as usize;
        if token.space_after {
            assert_eq!(text.as_bytes()[at], b' ');
            at += 1;
        }
    }
    assert_eq!(at, text.len());
    if anew {
        assert_eq!(parse, Model::english().parse(text, &mut Scratch::default()));
    }
}

fn load(header: &[u8]) {
    let mut file = b"onrecord-weights".to_vec();
    file.extend(1_u32.to_le_bytes());
    file.extend((header.len() as u32).to_le_bytes());
    file.extend(xxh3_64(header).to_le_bytes());
    file.extend(header);
    file.resize(file.len().next_multiple_of(64) + 256, 0);
    if let Err(error) = Model::load(&file) {
        assert!(!error.to_string().is_empty());
    }
}
