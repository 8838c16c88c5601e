//! Moments as numbers: a day to ask for, a time to sort by.

use crate::query::day_number;

/// The day that an RFC 3339 date, local date-time or date states, as written, as a number; `None` where it states none.
pub(crate) fn day(stated: &str) -> Option<u32> {
    let (year, month, day) = ymd(stated)?;
    Some(day_number(year, month, day))
}

/// Seconds since 1970 for order: in UTC where an offset is stated, else as if it were; a date alone is its first second.
pub(crate) fn seconds(stated: &str) -> Option<i64> {
    let (year, month, day) = ymd(stated)?;
    let number = |range: std::ops::Range<usize>| stated.get(range).and_then(|digits| digits.parse::<i64>().ok());
    let mut seconds = days_since_1970(i64::from(year), i64::from(month), i64::from(day)) * 86_400;
    if let (Some(hour), Some(minute)) = (number(11..13), number(14..16)) {
        seconds += hour * 3_600 + minute * 60 + number(17..19).unwrap_or(0);
        let offset = stated.get(19..).unwrap_or_default();
        let sign = match offset.as_bytes().first() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => 0,
        };
        let part = |range: std::ops::Range<usize>| offset.get(range).and_then(|digits| digits.parse::<i64>().ok());
        seconds -= sign * (part(1..3).unwrap_or(0) * 3_600 + part(4..6).unwrap_or(0) * 60);
    }
    Some(seconds)
}

fn ymd(stated: &str) -> Option<(u32, u32, u32)> {
    let number = |range: std::ops::Range<usize>| stated.get(range)?.parse().ok();
    let fits = stated.get(4..5) == Some("-") && stated.get(7..8) == Some("-");
    if fits { Some((number(0..4)?, number(5..7)?, number(8..10)?)) } else { None }
}

/// Howard Hinnant's `days_from_civil` (chrono-compatible low-level date algorithms).
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_sort_as_they_happened_and_days_are_as_written() {
        assert_eq!(seconds("1970-01-01"), Some(0));
        assert_eq!(seconds("2024-02-29T12:00:00Z"), Some(1_709_208_000));
        assert_eq!(seconds("2024-02-29T12:00:00+02:00"), seconds("2024-02-29T10:00:00Z"));
        assert_eq!(seconds("2024-02-29T12:00:00-03:30"), seconds("2024-02-29T15:30:00"));
        assert_eq!(day("2024-11-18T23:30:00-05:00"), Some(20_241_118));
        assert_eq!(day("18 Nov"), None);
    }
}
