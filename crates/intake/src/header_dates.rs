//! Dates as headers write them.

use onrecord_document::Moment;

/// The date of a WARC record: `2024-11-05T18:40:00Z`. WARC 1.1 allows fractions of seconds, which are left out, and less
/// precision down to the day (ISO 28500:2017, section 5.4); a mere year or month is no date.
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
    clock(time.split('.').next()?)?.of(date)?.offset(0)
}

/// A date of HTTP or of a message: `Tue, 05 Nov 2024 18:40:00 GMT`, with `+0100` or another offset in its place
/// (RFC 9110, section 5.6.7, and RFC 5322, section 3.3), `Tuesday, 05-Nov-24 18:40:00 GMT`, `Tue Nov  5 18:40:00 2024`.
pub(crate) fn http_date(value: &str) -> Option<Moment> {
    let words: Vec<&str> = value.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [_, day, month, year, time, zone, ..] if month_number(month).is_some() => at(day, month, year, time, zone),
        [day, month, year, time, zone, ..] if month_number(month).is_some() && number(day).is_some() => {
            at(day, month, year, time, zone)
        }
        [_, month, day, time, year] if month_number(month).is_some() => at(day, month, year, time, "GMT"),
        [_, date, time, zone] => {
            let mut parts = date.split('-');
            at(parts.next()?, parts.next()?, parts.next()?, time, zone)
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
    let moment = clock(time)?.of(date)?;
    match offset(zone) {
        Some(minutes) => moment.offset(minutes),
        None => Some(moment),
    }
}

/// Minutes east of UTC. `-0000` is UTC too, told by somebody who does not know where it is.
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
    Some(sign * (number(&digits[..2])? * 60 + number(&digits[2..])?) as i32)
}

/// A time of day.
struct Clock(u32, u32, u32);

impl Clock {
    fn of(self, date: Moment) -> Option<Moment> {
        date.at(self.0, self.1, self.2)
    }
}

/// `18:40:00` or `18:40`.
fn clock(time: &str) -> Option<Clock> {
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = parts.next().map_or(Some(0), number)?;
    parts.next().is_none().then_some(Clock(hour, minute, second))
}

/// Digits alone: no sign, no white space.
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

    fn said(moment: Option<Moment>) -> String {
        moment.map_or_else(|| "none".to_owned(), |moment| moment.to_string())
    }

    #[test]
    fn dates_of_records() {
        assert_eq!(said(warc_date("2024-11-05T18:40:07Z")), "2024-11-05T18:40:07Z");
        assert_eq!(said(warc_date("2024-11-05T18:40:07.123456789Z")), "2024-11-05T18:40:07Z");
        assert_eq!(said(warc_date("2024-11-05T18:40Z")), "2024-11-05T18:40:00Z");
        assert_eq!(said(warc_date("2024-11-05")), "2024-11-05");
        for other in ["", "2024", "2024-11", "2024-11-05T18:40:07", "2024-13-05T18:40:07Z", "20241105184007", "é-1-1T"]
        {
            assert_eq!(said(warc_date(other)), "none", "{other}");
        }
    }

    #[test]
    fn dates_of_messages() {
        assert_eq!(said(http_date("Tue, 05 Nov 2024 18:40:07 GMT")), "2024-11-05T18:40:07Z");
        assert_eq!(said(http_date("Tue, 5 Nov 2024 18:40:07 -0330")), "2024-11-05T18:40:07-03:30");
        assert_eq!(said(http_date("5 Nov 2024 18:40 +0100 (CET)")), "2024-11-05T18:40:00+01:00");
        assert_eq!(said(http_date("Tuesday, 05-Nov-24 18:40:07 GMT")), "2024-11-05T18:40:07Z");
        assert_eq!(said(http_date("Tue Nov  5 18:40:07 2024")), "2024-11-05T18:40:07Z");
        assert_eq!(said(http_date("Tue, 5 Nov 2024 18:40:07 CET")), "2024-11-05T18:40:07");
        for other in
            ["", "now", "0", "Tue, 31 Feb 2024 18:40:07 GMT", "Tue, 05 Nov 2024", "a-b-c d e f", "+1 Nov 1 1 1"]
        {
            assert_eq!(said(http_date(other)), "none", "{other}");
        }
    }
}
