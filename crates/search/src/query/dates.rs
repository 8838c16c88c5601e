//! Days, months, years and ranges of them.

use std::fmt;
use std::ops::RangeInclusive;

/// A year, a month or a day of the Gregorian calendar.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl Date {
    /// Reads `2024`, `2024-11` or `2024-11-18`; years 1 to 9999.
    pub fn read(written: &str) -> Option<Date> {
        let mut parts = written.split('-');
        let year: u16 = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2)).map_or(Some(None), |month| month.map(Some))?;
        let day = parts.next().map(|part| number(part, 2)).map_or(Some(None), |day| day.map(Some))?;
        if parts.next().is_some() || year == 0 {
            return None;
        }
        // The calendar is the one of moments, so that what a page can state can be asked for.
        onrecord_document::Moment::date(year.into(), month.unwrap_or(1).into(), day.unwrap_or(1).into())?;
        Some(Date { year, month: month.map(|month| month as u8), day: day.map(|day| day as u8) })
    }

    /// The first day, as days since 1970.
    pub fn first_day(self) -> u32 {
        day_number(self.year.into(), self.month.unwrap_or(1).into(), self.day.unwrap_or(1).into())
    }

    /// The last day. Months are taken to have 31 days: no page states the days that are too many.
    pub fn last_day(self) -> u32 {
        day_number(self.year.into(), self.month.unwrap_or(12).into(), self.day.unwrap_or(31).into())
    }
}

/// A day as a number that sorts as days do and reads as one: 20241118.
pub fn day_number(year: u32, month: u32, day: u32) -> u32 {
    year * 10_000 + month * 100 + day
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

/// Days from one date to another, both included; open where there is none. At least one end is given.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct DateRange {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

impl DateRange {
    /// Reads `2024-11`, `2024-11..2025-01`, `2024..` or `..2024-11-18`; an `Err` says what is wrong.
    pub fn read(written: &str) -> Result<DateRange, &'static str> {
        const NO_DATE: &str = "is no date";
        let range = match written.split_once("..") {
            None => {
                let date = Date::read(written).ok_or(NO_DATE)?;
                DateRange { from: Some(date), to: Some(date) }
            }
            Some((from, to)) => {
                let end = |written: &str| match written {
                    "" => Ok(None),
                    written => Date::read(written).map(Some).ok_or(NO_DATE),
                };
                DateRange { from: end(from)?, to: end(to)? }
            }
        };
        match (range.from, range.to) {
            (None, None) => Err("has no date"),
            (Some(from), Some(to)) if from.first_day() > to.last_day() => Err("ends before it begins"),
            _ => Ok(range),
        }
    }

    /// The days of the range, as days since 1970.
    pub fn days(&self) -> RangeInclusive<u32> {
        self.from.map_or(0, Date::first_day)..=self.to.map_or(u32::MAX, Date::last_day)
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                from.map_or(Ok(()), |date| write!(f, "{date}"))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |date| write!(f, "{date}"))
            }
        }
    }
}

fn number(digits: &str, most: usize) -> Option<u16> {
    let fits = digits.len() == most && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok())?
}
