//! The two hashes that turn strings into rows of the model's tables.

use std::collections::HashMap;
use std::sync::LazyLock;

/// spaCy's built-in symbols, whose id is a small number.
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let lines = include_str!("../../data/symbols.txt").lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &'static str| {
        let (number, name) = line.split_once('\t')?;
        Some((name, number.parse().ok()?))
    };
    lines.filter_map(entry).collect()
});

/// The id that spaCy gives a string: MurmurHash64A with seed 1, except that its 457 built-in symbols ("ORG", "mark", "X")
/// have small numbers, and the empty string has 0.
pub fn string_id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    SYMBOLS.get(string).copied().unwrap_or_else(|| murmur64a(string.as_bytes(), 1))
}

/// MurmurHash64A, by Austin Appleby.
fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |tail, byte| tail << 8 | u64::from(*byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> R
}

/// The four rows of a hash embedding that belong to an id, before they are taken modulo the number of rows: MurmurHash3
/// x64 128 of the id's eight bytes, as thinc computes it.
pub fn embedding_rows(id: u64, seed: u32) -> [u32; 4] {
    let finish = |mut h: u64| {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ h >> 33
    };
    let mixed = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let mut h1 = mixed ^ u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_spacy() {
        // `nlp.vocab.strings[...]` of spaCy 3.8.18.
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("adj"), 12_401_032_943_472_870_168);
        assert_eq!(string_id("verb"), 6_360_137_228_241_296_794);
        assert_eq!(string_id("noun"), 16_833_663_260_455_505_849);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(string_id("X"), 101);
    }
}
