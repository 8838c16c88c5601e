//! Dates and times as articles state them.

use std::fmt;

/// A date, with a time of day where one is stated, with an offset from UTC where one is stated. Never converted.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    year: i16,
    month: u8,
    day: u8,
    time: Option<(u8, u8, u8)>,
    /// Minutes east of UTC.
    offset: Option<i16>,
}

impl Moment {
    /// A day of the Gregorian calendar; `None` if there is no such day or the year is not within 1..=9999.
    pub fn date(year: i32, month: u32, day: u32) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if !(1..=9999).contains(&year) || !(1..=days).contains(&day) {
            return None;
        }
        Some(Moment { year: year as i16, month: month as u8, day: day as u8, time: None, offset: None })
    }

    /// The same day at a time of day; `None` past 23:59:60 (a leap second is kept).
    pub fn at(self, hour: u32, minute: u32, second: u32) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second <= 60;
        fits.then_some(Moment { time: Some((hour as u8, minute as u8, second as u8)), ..self })
    }

    /// The same time at an offset in minutes east of UTC; `None` beyond ±18 hours or without a time of day.
    pub fn offset(self, minutes: i32) -> Option<Self> {
        let fits = self.time.is_some() && (-18 * 60..=18 * 60).contains(&minutes);
        fits.then_some(Moment { offset: Some(minutes as i16), ..self })
    }

    /// A number of seconds since 1970-01-01 as a time in UTC; `None` if the year is not within 1..=9999.
    pub fn utc(seconds: i64) -> Option<Self> {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that begin in March.
        let days = seconds.div_euclid(86_400) + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = i32::try_from(year_of_era + era * 400 + i64::from(month <= 2)).ok()?;
        let of_day = seconds.rem_euclid(86_400) as u32;
        Moment::date(year, month as u32, day as u32)?.at(of_day / 3600, of_day / 60 % 60, of_day % 60)?.offset(0)
    }

    /// Year, month, day.
    pub fn ymd(self) -> (i32, u32, u32) {
        (self.year.into(), self.month.into(), self.day.into())
    }

    /// Hour, minute and second, where a time of day was stated.
    pub fn hms(self) -> Option<(u32, u32, u32)> {
        self.time.map(|(hour, minute, second)| (hour.into(), minute.into(), second.into()))
    }

    /// Minutes east of UTC, where an offset was stated.
    pub fn minutes_east(self) -> Option<i32> {
        self.offset.map(i32::from)
    }

    /// Whether a time of day was stated.
    pub fn has_time(self) -> bool {
        self.time.is_some()
    }

    /// Minutes since midnight; `None` where no time of day was stated.
    pub fn minutes(self) -> Option<u32> {
        self.time.map(|(hour, minute, _)| u32::from(hour) * 60 + u32::from(minute))
    }

    /// Minutes east of UTC; `None` where no offset was stated.
    pub fn offset_minutes(self) -> Option<i32> {
        self.offset.map(i32::from)
    }

    /// Days since 1 March of the year 0, for telling how far two days are apart.
    pub fn days(self) -> i64 {
        // Years that begin in March end with the leap day.
        let (year, month) = if self.month > 2 {
            (i64::from(self.year), self.month - 3)
        } else {
            (i64::from(self.year) - 1, self.month + 9)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * i64::from(month) + 2) / 5
            + i64::from(self.day)
            - 1
    }

    /// Whether an offset from UTC was stated.
    pub fn has_offset(self) -> bool {
        self.offset.is_some()
    }
}

impl fmt::Display for Moment {
    /// RFC 3339, or a local date-time, or a date: `2026-03-09T18:40:00+01:00`, `2026-03-09T18:40:00`, `2026-03-09`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        if let Some((hour, minute, second)) = self.time {
            write!(f, "T{hour:02}:{minute:02}:{second:02}")?;
        }
        match self.offset {
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_only_what_was_stated() {
        let day = Moment::date(2026, 3, 9).unwrap();
        assert_eq!(day.to_string(), "2026-03-09");
        let time = day.at(18, 40, 0).unwrap();
        assert_eq!(time.to_string(), "2026-03-09T18:40:00");
        assert_eq!(time.offset(-210).unwrap().to_string(), "2026-03-09T18:40:00-03:30");
        assert_eq!(time.offset(0).unwrap().to_string(), "2026-03-09T18:40:00Z");
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |year, month, day| Moment::date(year, month, day).unwrap();
        assert_eq!(day(2024, 3, 1).days() - day(2024, 2, 28).days(), 2);
        assert_eq!(day(2023, 3, 1).days() - day(2023, 2, 28).days(), 1);
        assert_eq!(day(2024, 1, 1).days() - day(2023, 12, 31).days(), 1);
        assert_eq!(day(2001, 1, 1).days() - day(1601, 1, 1).days(), 146_097);
    }

    #[test]
    fn seconds_since_1970_are_a_time_in_utc() {
        let utc = |seconds| Moment::utc(seconds).map_or_else(|| "none".to_owned(), |moment| moment.to_string());
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_730_832_007), "2024-11-05T18:40:07Z");
        assert_eq!(utc(-1), "1969-12-31T23:59:59Z");
        assert_eq!(utc(i64::MAX), "none");
    }

    #[test]
    fn a_time_of_day_is_counted_in_minutes() {
        let noon = Moment::date(2026, 3, 9).unwrap().at(12, 5, 59).unwrap();
        assert_eq!((noon.minutes(), noon.offset_minutes()), (Some(725), None));
        assert_eq!(noon.offset(-60).unwrap().offset_minutes(), Some(-60));
    }

    #[test]
    fn there_is_no_30_february() {
        assert!(Moment::date(2026, 2, 30).is_none());
        assert!(Moment::date(2024, 2, 29).is_some());
        assert!(Moment::date(2026, 3, 9).unwrap().at(24, 0, 0).is_none());
    }
}
