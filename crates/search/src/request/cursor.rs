//! Where a page of results ended, so that the next can begin there.

use super::kind::{Kind, Sort};
use crate::query::Query;
use sha2::{Digest, Sha256};
use std::fmt;

/// The place of a result in its order: higher order first, then lower key, then lower number.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rank {
    /// Score or time as a number that sorts as it does.
    pub order: u64,
    /// The first bytes of the document's key.
    pub key: u64,
    /// Which statement of the document.
    pub nth: u64,
}

impl Rank {
    /// Whether a result at this rank comes before one at `other`.
    pub fn is_before(&self, other: &Rank) -> bool {
        (other.order, self.key, self.nth) < (self.order, other.key, other.nth)
    }

    pub fn order_of_score(score: f32) -> u64 {
        // Bits of positive numbers sort as the numbers do.
        u64::from(score.max(0.0).to_bits())
    }

    /// Undated ones come last.
    pub fn order_of_time(seconds: Option<i64>) -> u64 {
        seconds.map_or(0, |seconds| (seconds as u64) ^ (1 << 63))
    }
}

/// Where a page of results ended. Prints as text that fits into an address; [`Cursor::parse`] reads it.
///
/// Pages by time stay what they are while articles are added: new ones only appear where they belong. Scores depend on all
/// of the archive; where it has changed since, the next page says so
/// ([`Found::has_shifted`](crate::Found::has_shifted)).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) rank: Rank,
    /// The last change that the index knew of.
    pub(crate) seq: u64,
    /// Of query, kind and order.
    pub(crate) asked: u32,
}

impl Cursor {
    /// What a cursor belongs to, as a number: query, kind of results and their order.
    pub(crate) fn asked(query: &Query, kind: Kind, sort: Sort) -> u32 {
        let digest: [u8; 32] = Sha256::digest(format!("{} {} {query}", kind.name(), sort.name())).into();
        u32::from_be_bytes(std::array::from_fn(|nth| digest[nth]))
    }

    /// Reads a cursor that was printed.
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut numbers = text.split('-').map(|part| u64::from_str_radix(part, 16).ok().filter(|_| part.len() <= 16));
        let mut next = || numbers.next().flatten();
        let cursor = Cursor {
            rank: Rank { order: next()?, key: next()?, nth: next()? },
            seq: next()?,
            asked: u32::try_from(next()?).ok()?,
        };
        (text.split('-').count() == 5).then_some(cursor)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cursor { rank: Rank { order, key, nth }, seq, asked } = self;
        write!(f, "{order:x}-{key:x}-{nth:x}-{seq:x}-{asked:x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_printed() {
        let cursor = Cursor { rank: Rank { order: u64::MAX, key: 7, nth: 0 }, seq: 12, asked: u32::MAX };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for wrong in ["", "1-2-3-4", "1-2-3-4-5-6", "1-2-3-4-x", "1-2-3-4-1ffffffff", "11111111111111111-2-3-4-5"] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn better_and_newer_come_first_and_equals_go_by_key() {
        let rank = |order, key, nth| Rank { order, key, nth };
        assert!(rank(2, 9, 9).is_before(&rank(1, 0, 0)));
        assert!(rank(1, 0, 5).is_before(&rank(1, 1, 0)));
        assert!(rank(1, 1, 0).is_before(&rank(1, 1, 1)));
        assert!(!rank(1, 1, 1).is_before(&rank(1, 1, 1)));
        assert!(Rank::order_of_score(1.5) > Rank::order_of_score(1.25));
        assert!(Rank::order_of_time(Some(-5)) > Rank::order_of_time(None));
        assert!(Rank::order_of_time(Some(5)) > Rank::order_of_time(Some(-5)));
    }
}
