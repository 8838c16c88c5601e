//! The trained weights of English sentence ends.

use super::features::{PossibleEnd, SentenceState, features};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Made by `./dev train-sentences`; the header of the file is its card.
const FILE: &str = include_str!("../../data/sentence_weights.tsv");

static WEIGHTS: LazyLock<HashMap<u64, f32, BuildHasherDefault<KeyHasher>>> = LazyLock::new(|| {
    let rows = super::words::lines(FILE).filter_map(|line| line.rsplit_once('\t'));
    rows.filter_map(|(name, weight)| Some((hash(name.as_bytes()), weight.parse().ok()?))).collect()
});

/// Passes keys on, which are hashes already.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    go_on(FNV, bytes)
}

fn go_on(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3))
}

/// The name of a feature in the file of weights.
pub fn name(kind: &str, values: [&str; 3]) -> String {
    format!("{kind}={}|{}|{}", values[0], values[1], values[2]).to_ascii_lowercase()
}

/// How sure the weights are that a sentence ends at a place. Above 0, it does.
pub(super) fn score(block: &str, place: PossibleEnd, state: SentenceState) -> f32 {
    let mut sum = WEIGHTS.get(&hash(b"bias")).copied().unwrap_or_default();
    features(block, place, state, |kind, values| {
        let mut key = go_on(go_on(FNV, kind.as_bytes()), b"=");
        key = go_on(go_on(key, values[0].as_bytes()), b"|");
        key = go_on(go_on(key, values[1].as_bytes()), b"|");
        key = go_on(key, values[2].as_bytes());
        sum += WEIGHTS.get(&key).copied().unwrap_or_default();
    });
    sum
}
