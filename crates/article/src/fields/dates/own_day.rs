//! The day that the outlet itself puts over an article whose metadata is in universal time.

use onrecord_document::{Basis, Moment, Stated};

/// Minutes by which clocks are ahead of universal time, where that is not a whole number of hours.
const ODD_ZONES: [i64; 8] = [-210, 210, 270, 330, 345, 390, 570, 765];

/// Most hours by which clocks are behind, and ahead of, universal time.
const BEHIND: i64 = 11;
const AHEAD: i64 = 14;

/// Minutes by which the two may differ besides: pages show the minute in which an article went out, metadata the second in
/// which it was filed.
const SLACK: i64 = 1;

/// Of the moments that a page shows, and the day in its address, the first that is the moment `stated` by the outlet's own clock
/// but falls on another day.
///
/// `"datePublished":"2023-11-09T03:28:35Z"` over "Nov. 8, 2023, 10:28 p.m.": readers cite the article as of 8 November.
/// `None` if `stated` is not in universal time, or if no clock shows such a difference. A day without a time of day counts only
/// in an address: near a headline it may be another article's, or the day of a change.
pub(super) fn own_day(stated: &Moment, mut shown: impl Iterator<Item = Stated<Moment>>) -> Option<Stated<Moment>> {
    let minutes = i64::from(stated.minutes().filter(|_| stated.offset_minutes() == Some(0))?);
    shown.find(|shown| {
        let days = shown.value.days() - stated.days();
        if days.abs() != 1 {
            return false;
        }
        match (shown.value.minutes(), shown.value.offset_minutes()) {
            (Some(_), Some(0)) => false,
            (Some(local), Some(offset)) => (days * DAY + i64::from(local) - i64::from(offset) - minutes).abs() <= SLACK,
            (Some(local), None) => is_zone(days * DAY + i64::from(local) - minutes),
            (None, _) if shown.basis != Basis::Url => false,
            (None, _) if days < 0 => minutes < AMERICAS,
            (None, _) => minutes >= DAY - PACIFIC,
        }
    })
}

/// Whether clocks anywhere are so many minutes ahead of universal time.
fn is_zone(ahead: i64) -> bool {
    let near = |zone: i64| (ahead - zone).abs() <= SLACK;
    (-BEHIND..=AHEAD).any(|hours| near(60 * hours)) || ODD_ZONES.into_iter().any(near)
}

/// Minutes that the west coast of America is behind, and New Zealand ahead.
const AMERICAS: i64 = 8 * 60;
const PACIFIC: i64 = 13 * 60;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates;
    use crate::evidence::unwritten;
    use onrecord_document::Basis;

    fn day_by(stated: &str, shown: &str, basis: Basis) -> Option<String> {
        let moment = |words: &str| dates::find(words).unwrap().0;
        own_day(&moment(stated), std::iter::once(unwritten(moment(shown), basis))).map(|shown| shown.value.to_string())
    }

    fn day(stated: &str, shown: &str) -> Option<String> {
        day_by(stated, shown, Basis::Page)
    }

    #[test]
    fn the_day_that_is_shown_is_the_articles() {
        assert_eq!(day("2026-03-10T03:28:35Z", "March 9, 2026, 10:28 p.m.").as_deref(), Some("2026-03-09T22:28:00"));
        assert_eq!(day("2026-03-09T22:04:00+00:00", "10.03.2026 00:04").as_deref(), Some("2026-03-10T00:04:00"));
        assert_eq!(
            day("2026-03-10T03:28:35Z", "2026-03-09T21:28:00-06:00").as_deref(),
            Some("2026-03-09T21:28:00-06:00")
        );
    }

    #[test]
    fn the_day_of_the_address_is_the_articles() {
        assert_eq!(day_by("2026-03-10T03:28:35Z", "2026/03/09", Basis::Url).as_deref(), Some("2026-03-09"));
        assert_eq!(day_by("2026-03-09T20:04:00Z", "2026/03/10", Basis::Url).as_deref(), Some("2026-03-10"));
        // At ten in the morning it is yesterday nowhere but on a few islands.
        assert_eq!(day_by("2026-03-10T10:04:00Z", "2026/03/09", Basis::Url), None);
    }

    #[test]
    fn another_moment_is_not() {
        // A zone of its own says the day already.
        assert_eq!(day("2026-03-10T03:28:35+01:00", "March 9, 2026, 10:28 p.m."), None);
        assert_eq!(day("2026-03-10T03:28:35Z", "March 8, 2026, 10:28 p.m."), None);
        // No clock is seven minutes off, or seven hours and a half ahead.
        assert_eq!(day("2026-03-10T03:28:35Z", "March 9, 2026, 10:35 p.m."), None);
        assert_eq!(day("2026-03-10T23:55:00Z", "11.03.2026 07:25"), None);
        assert_eq!(day("2026-03-10T03:28:35Z", "9 March 2026"), None);
    }
}
