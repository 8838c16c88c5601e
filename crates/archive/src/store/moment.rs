//! Dates and times back from their text.

use onrecord_document::Moment;

/// The moment that [`Moment`] printed; `None` for anything else.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let day = Moment::date(number(0..4)? as i32, number(5..7)?, number(8..10)?)?;
    if text.len() == 10 {
        return Some(day);
    }
    let time = day.at(number(11..13)?, number(14..16)?, number(17..19)?)?;
    match text.get(19..)? {
        "" => Some(time),
        "Z" => time.offset(0),
        _ => {
            let minutes = (number(20..22)? * 60 + number(23..25)?) as i32;
            time.offset(if text.as_bytes()[19] == b'-' { -minutes } else { minutes })
        }
    }
}

/// A moment as text that sorts as moments do where all have offsets: in UTC where it has one.
pub(crate) fn sortable(moment: Moment) -> String {
    let (Some((hour, minute, second)), Some(east)) = (moment.hms(), moment.minutes_east()) else {
        return moment.to_string();
    };
    let (year, month, day) = moment.ymd();
    let minutes = days(year, month, day) * 1440 + i64::from(hour * 60 + minute) - i64::from(east);
    let (year, month, day) = civil(minutes.div_euclid(1440));
    let (hour, minute) = (minutes.rem_euclid(1440) / 60, minutes.rem_euclid(1440) % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn days(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day that many days after 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let of_era_years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_era_years + of_era_years / 4 - of_era_years / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (of_era_years + era * 400 + i64::from(month <= 2), month, day)
}

/// A time of Unix as RFC 3339 in UTC.
pub fn utc(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_comes_back_from_its_text() {
        for text in ["2026-03-09", "2026-03-09T18:40:00", "2026-03-09T18:40:00Z", "2026-03-09T18:40:00-03:30"] {
            assert_eq!(moment(text).unwrap().to_string(), text);
        }
        for text in ["", "2026-02-30", "2026-03-09T25:00:00", "yesterday", "2026-03-09T18:40:00+99:99"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn moments_of_different_zones_sort_by_time() {
        let early = sortable(moment("2026-03-01T00:30:00+02:00").unwrap());
        assert_eq!(early, "2026-02-28T22:30:00Z");
        assert!(early < sortable(moment("2026-02-28T23:00:00Z").unwrap()));
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
    }
}
