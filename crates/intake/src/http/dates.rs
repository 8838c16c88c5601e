//! When was a page fetched, going by the dates in headers?

use onrecord_document::Moment;
use std::time::UNIX_EPOCH;

/// The date of a WARC record: `2024-11-05T18:40:00Z`. WARC 1.1 allows fractions of seconds, which are dropped, and less
/// precision (ISO 28500:2017, section 5.4); a year or a month alone is no date.
pub(crate) fn warc_date(value: &str) -> Option<Moment> {
    let value = value.trim();
    let (day, time) = match value.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (value, None),
    };
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let date = Moment::date(number(year)? as i32, number(month)?, number(day)?)?;
    let Some(time) = time else { return Some(date) };
    let time = time.strip_suffix('Z')?;
    at_time(date, time.split('.').next()?)?.offset(0)
}

/// The `Date` of a response, in one of the three forms of HTTP (RFC 9110, section 5.6.7).
pub(crate) fn http_date(value: &str) -> Option<Moment> {
    let since = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Moment::utc(i64::try_from(since.as_secs()).ok()?)
}

/// The `Date` of a message (RFC 5322, section 3.3): `Tue, 5 Nov 2024 18:40:00 +0100`. Without an offset, or with a zone
/// that has only a name, it is a local time.
///
/// httpdate knows no offset, and mail-parser takes `CET` for UTC.
pub(crate) fn message_date(value: &str) -> Option<Moment> {
    let words: Vec<&str> = value.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [day, month, year, time, zone, ..] | [_, day, month, year, time, zone, ..]
            if month_number(month).is_some() && number(day).is_some() =>
        {
            at(day, month, year, time, zone)
        }
        _ => None,
    }
}

fn at(day: &str, month: &str, year: &str, time: &str, zone: &str) -> Option<Moment> {
    let year = match (number(year)?, year.len()) {
        // RFC 5322, section 4.3.
        (short @ 0..=49, 2) => 2000 + short,
        (short, 2) => 1900 + short,
        (year, _) => year,
    };
    let date = Moment::date(year as i32, month_number(month)?, number(day)?)?;
    let moment = at_time(date, time)?;
    match offset(zone) {
        Some(minutes) => moment.offset(minutes),
        None => Some(moment),
    }
}

/// Minutes east of UTC. `-0000` is UTC too, from a machine that doesn't know its time zone.
fn offset(zone: &str) -> Option<i32> {
    if matches!(zone, "GMT" | "UTC" | "UT" | "Z") {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = (digits.len() == 4).then_some(digits)?;
    Some(sign * (number(digits.get(..2)?)? * 60 + number(digits.get(2..)?)?) as i32)
}

/// A day at a time of day such as `18:40:00` or `18:40`.
fn at_time(date: Moment, time: &str) -> Option<Moment> {
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = parts.next().map_or(Some(0), number)?;
    if parts.next().is_some() { None } else { date.at(hour, minute, second) }
}

/// A number of up to four digits, without a sign or white space.
fn number(digits: &str) -> Option<u32> {
    (digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = MONTHS.iter().position(|month| name.eq_ignore_ascii_case(month))?;
    Some(at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(moment: Option<Moment>) -> String {
        moment.map_or_else(|| "none".to_owned(), |moment| moment.to_string())
    }

    #[test]
    fn dates_of_records() {
        assert_eq!(printed(warc_date("2024-11-05T18:40:07Z")), "2024-11-05T18:40:07Z");
        assert_eq!(printed(warc_date("2024-11-05T18:40:07.123456789Z")), "2024-11-05T18:40:07Z");
        assert_eq!(printed(warc_date("2024-11-05T18:40Z")), "2024-11-05T18:40:00Z");
        assert_eq!(printed(warc_date("2024-11-05")), "2024-11-05");
        for other in ["", "2024", "2024-11", "2024-11-05T18:40:07", "2024-13-05T18:40:07Z", "20241105184007", "é-1-1T"]
        {
            assert_eq!(printed(warc_date(other)), "none", "{other}");
        }
    }

    #[test]
    fn dates_of_responses() {
        assert_eq!(printed(http_date("Tue, 05 Nov 2024 18:40:07 GMT")), "2024-11-05T18:40:07Z");
        assert_eq!(printed(http_date("Tuesday, 05-Nov-24 18:40:07 GMT")), "2024-11-05T18:40:07Z");
        assert_eq!(printed(http_date("Tue Nov  5 18:40:07 2024")), "2024-11-05T18:40:07Z");
        for other in ["", "now", "0", "Sat, 31 Feb 2024 18:40:07 GMT", "Tue, 05 Nov 2024", "a-b-c d e f"] {
            assert_eq!(printed(http_date(other)), "none", "{other}");
        }
    }

    #[test]
    fn dates_of_messages() {
        assert_eq!(printed(message_date("Tue, 05 Nov 2024 18:40:07 GMT")), "2024-11-05T18:40:07Z");
        assert_eq!(printed(message_date("Tue, 5 Nov 2024 18:40:07 -0330")), "2024-11-05T18:40:07-03:30");
        assert_eq!(printed(message_date("5 Nov 2024 18:40 +0100 (CET)")), "2024-11-05T18:40:00+01:00");
        assert_eq!(printed(message_date("Tue, 5 Nov 2024 18:40:07 CET")), "2024-11-05T18:40:07");
        assert_eq!(printed(message_date("Tue, 5 Nov 2024 18:40:07 +1é2")), "2024-11-05T18:40:07");
        for other in
            ["", "now", "0", "Tue, 31 Feb 2024 18:40:07 GMT", "Tue, 05 Nov 2024", "a-b-c d e f", "+1 Nov 1 1 1"]
        {
            assert_eq!(printed(message_date(other)), "none", "{other}");
        }
    }
}
