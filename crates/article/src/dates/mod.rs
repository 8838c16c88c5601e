//! Dates and times of day as pages write them, in the forms of ISO 8601, RFC 2822 and newspapers of many languages.
//!
//! Nothing is converted, fractions of a second are dropped, and a day that does not exist is not a date. A date whose day and month
//! could be exchanged, such as `4/5/2024`, is one only if the order is known.

mod time;
mod tokens;
mod vocabulary;

#[cfg(test)]
mod tests;

use crate::lists::Lists;
use onrecord_document::Moment;
use std::ops::Range;
use std::sync::LazyLock;
use time::{TimeOfDay, time_at};
use tokens::{DateToken, DateTokenKind, has_digit, tokenize};
use vocabulary::{DateRole, vocabulary};

/// Which of two numbers is the day, where both could be.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// The page does not say: such numbers are not a date.
    Unknown,
    /// `4/5/2024` is 4 May.
    DayFirst,
    /// `4/5/2024` is 5 April.
    MonthFirst,
}

/// Years that a page may state; other four-digit numbers are prices, counts and placeholders.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// Most tokens between a date and the time of day that belongs to it: "15:45 Uhr, Mo. 18.11.2024".
const MAX_GAP: usize = 8;

/// The first date in `words`.
pub(crate) fn parse(words: &str) -> Option<Moment> {
    find(words).map(|(moment, _)| moment)
}

/// The first date in `words` and where it stands, with its time of day and zone if they stand beside it.
pub(crate) fn find(words: &str) -> Option<(Moment, Range<usize>)> {
    find_in(words, DayOrder::Unknown)
}

/// [`find`], where the order of day and month is known.
pub(crate) fn find_in(words: &str, order: DayOrder) -> Option<(Moment, Range<usize>)> {
    // Every form of a date has a number.
    if !has_digit(words) {
        return None;
    }
    let tokens = tokenize(words);
    let mut before: Option<(TimeOfDay, Range<usize>)> = None;
    let mut at = 0;
    while at < tokens.len() {
        let reader = DateReader { tokens: &tokens, order };
        if let Some((date, next)) = reader.date_at(at) {
            let start = tokens[at].range.start;
            let (moment, range) = reader.with_time(date, start, next, before);
            return Some((moment, range));
        }
        match time_at(&tokens, at, false) {
            // In "am 14. Dezember" the number is the day, not an hour of the morning.
            Some((time, next)) if next > at && (at + 1..next).all(|inside| reader.date_at(inside).is_none()) => {
                before = Some((time, at..next));
                at = next;
            }
            _ => at += 1,
        }
    }
    None
}

/// Reads a Unix time in seconds (10 digits) or milliseconds (13 digits), as attributes named for time have it. Its offset is UTC.
pub(crate) fn unix(words: &str) -> Option<Moment> {
    let words = words.trim();
    let digits = words.split_once('.').map_or(words, |(whole, _)| whole);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400) as u32);
    let (year, month, day) = civil(days);
    Moment::date(year, month, day)?.at(rest / 3600, rest / 60 % 60, rest % 60)?.offset(0)
}

/// Year, month and day of a count of days since 1 January 1970, by eras of 400 years (146,097 days) that begin in March.
fn civil(days: i64) -> (i32, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

struct DateReader<'t, 'w> {
    tokens: &'t [DateToken<'w>],
    order: DayOrder,
}

/// A date that was read: the day, a time of day if one stood inside it, and the index of the token after it.
type DateMatch = ((Moment, Option<TimeOfDay>), usize);

impl DateReader<'_, '_> {
    fn token(&self, at: usize) -> Option<&DateToken<'_>> {
        self.tokens.get(at)
    }

    fn number(&self, at: usize, digits: std::ops::RangeInclusive<u8>) -> Option<u32> {
        match self.token(at)?.kind {
            DateTokenKind::Number { value, digits: count } if digits.contains(&count) => u32::try_from(value).ok(),
            _ => None,
        }
    }

    fn year(&self, at: usize) -> Option<u32> {
        self.number(at, 4..=4).filter(|year| YEARS.contains(year))
    }

    fn punct(&self, at: usize, any: &[char]) -> Option<char> {
        match self.token(at)?.kind {
            DateTokenKind::Punct(char) if any.contains(&char) => Some(char),
            _ => None,
        }
    }

    fn has_role(&self, at: usize, role: DateRole) -> bool {
        self.token(at).is_some_and(|token| token.kind == DateTokenKind::Word && vocabulary().has(role, &token.lower()))
    }

    /// The month named at a token, and the token behind the name, its full stop and a second name of it ("مارس/آذار").
    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let (month, mut next) = self.month_name(at)?;
        if self.punct(next, &['/']).is_some()
            && let Some((other, behind)) = self.month_name(next + 1)
            && other == month
        {
            next = behind;
        }
        if self.punct(next, &['.']).is_some() {
            next += 1;
        }
        Some((month, next))
    }

    fn month_name(&self, at: usize) -> Option<(u32, usize)> {
        let first = self.token(at).filter(|token| token.kind == DateTokenKind::Word)?.lower();
        if let Some(second) = self.token(at + 1).filter(|token| token.kind == DateTokenKind::Word)
            && let Some(month) = vocabulary().month(&format!("{first} {}", second.lower()))
        {
            return Some((month, at + 2));
        }
        vocabulary().month(&first).map(|month| (month, at + 1))
    }

    /// Skips at most `most` tokens that are of a role or one of some marks.
    fn skip(&self, mut at: usize, most: usize, role: DateRole, marks: &[char]) -> usize {
        let end = at + most;
        while at < end && (self.has_role(at, role) || self.punct(at, marks).is_some()) {
            at += 1;
        }
        at
    }

    fn date_at(&self, at: usize) -> Option<DateMatch> {
        match self.tokens[at].kind {
            DateTokenKind::Number { digits: 4, .. } => self.year_first(at),
            DateTokenKind::Number { digits: 8 | 12 | 14, .. } => self.compact(at),
            DateTokenKind::Number { digits: 1 | 2, .. } => self.day_first(at).or_else(|| self.numeric(at)),
            DateTokenKind::Word => self.month_first(at),
            _ => None,
        }
    }

    /// `2024-11-18`, `2024/11/18`, `2024. 11. 18.`, `2024年11月18日`, `2024. november 18.`, `2024. gada 18. novembris`.
    fn year_first(&self, at: usize) -> Option<DateMatch> {
        let year = self.year(at)?;
        if let Some(mark) = self.punct(at + 1, &['-', '/', '.', '‑', '–'])
            && let Some(month) = self.number(at + 2, 1..=2)
            && self.punct(at + 3, &[mark]).is_some()
            && let Some(day) = self.number(at + 4, 1..=2)
        {
            return day_of(year, month, day, at + 5);
        }
        if self.has_role(at + 1, DateRole::YearMark)
            && let Some(month) = self.number(at + 2, 1..=2)
            && self.has_role(at + 3, DateRole::Month)
            && let Some(day) = self.number(at + 4, 1..=2)
            && self.has_role(at + 5, DateRole::DayMark)
        {
            return day_of(year, month, day, at + 6);
        }
        let next = self.skip(at + 1, 3, DateRole::Year, &['.', ',', '-', '/']);
        if let Some((month, next)) = self.month(next) {
            let next = self.skip(next, 1, DateRole::Day, &[',', '-', '/']);
            let day = self.number(next, 1..=2)?;
            return day_of(year, month, day, next + 1);
        }
        let day = self.number(next, 1..=2)?;
        let (month, next) = self.month(self.skip(next + 1, 2, DateRole::Day, &['.', ',']))?;
        day_of(year, month, day, next)
    }

    /// `20241118`, `202411180930`, `20241118093000`; a time behind `T` is read with the other times.
    fn compact(&self, at: usize) -> Option<DateMatch> {
        let DateTokenKind::Number { value, digits } = self.tokens[at].kind else { return None };
        let (date, clock) = match digits {
            8 => (value, None),
            12 => (value / 10_000, Some(value % 10_000 * 100)),
            _ => (value / 1_000_000, Some(value % 1_000_000)),
        };
        let date = u32::try_from(date).ok()?;
        let year = date / 10_000;
        if !YEARS.contains(&year) {
            return None;
        }
        let ((day, _), next) = day_of(year, date / 100 % 100, date % 100, at + 1)?;
        let Some(clock) = clock else { return Some(((day, None), next)) };
        let clock = clock as u32;
        Some(((day, Some(TimeOfDay::new(clock / 10_000, clock / 100 % 100, clock % 100))), next))
    }

    /// `18 November 2024`, `18. November 2024`, `18 de noviembre de 2024`, `18-Nov-2024`, `18 tháng 11 năm 2024`.
    fn day_first(&self, at: usize) -> Option<DateMatch> {
        let day = self.number(at, 1..=2)?;
        let next = self.skip(at + 1, 4, DateRole::Day, &['.', ',', '-', '/', '‑', 'º', '°', '\'', '’', '،']);
        if self.has_role(next.saturating_sub(1), DateRole::Month)
            && let Some(month) = self.number(next, 1..=2)
        {
            let next = self.skip(next + 1, 3, DateRole::Year, &[',', '.', '-']);
            return day_of(self.year(next)?, month, day, next + 1);
        }
        let (month, next) = self.month(next)?;
        let next = self.skip(next, 4, DateRole::Day, &[',', '-', '/', '.', '‑', '،', '\'', '’']);
        let next = self.skip(next, 1, DateRole::Year, &[]);
        let year = self.year(next).or_else(|| self.short_year(next))?;
        day_of(year, month, day, next + 1)
    }

    /// `18.11.2024`, `18/11/2024`, `11/18/2024`, `18-11-2024`, `18.11.24`.
    fn numeric(&self, at: usize) -> Option<DateMatch> {
        let first = self.number(at, 1..=2)?;
        let mark = self.punct(at + 1, &['.', '/', '-', '‑', '–'])?;
        let second = self.number(at + 2, 1..=2)?;
        self.punct(at + 3, &[mark])?;
        let glued = (at + 1..at + 5).all(|each| self.token(each).is_some_and(|token| !token.after_space));
        let year = match self.year(at + 4) {
            Some(year) => year,
            None if glued && mark != '-' => self.short_year(at + 4)?,
            None => return None,
        };
        let day_first = match (mark, first > 12, second > 12) {
            (_, true, _) => true,
            (_, _, true) => false,
            ('.', ..) => true,
            _ if first == second => true,
            _ => match (self.by_weekday(at, first, second, year), self.order) {
                (Some(day_first), _) => day_first,
                (None, DayOrder::Unknown) => return None,
                (None, order) => order == DayOrder::DayFirst,
            },
        };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        day_of(year, month, day, at + 5)
    }

    /// Whether the day comes first in a date of numbers, judging by the weekday before it: `Wed, 07/12/2023` is 12 July, for
    /// 7 December was no Wednesday. `None` where both fit, or neither.
    fn by_weekday(&self, at: usize, first: u32, second: u32, year: u32) -> Option<bool> {
        let before = at.checked_sub(1).filter(|&before| self.punct(before, &[',', '.']).is_some());
        let word = self.token(before.unwrap_or(at).checked_sub(1)?)?.lower();
        let named = DAY_ORDER
            .of("weekdays")
            .iter()
            .position(|name| word.starts_with(name) && (word.len() == name.len() || word.ends_with("day")))?;
        let fits = |month: u32, day: u32| (1..=12).contains(&month) && weekday(year, month, day) == named;
        match (fits(second, first), fits(first, second)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// `November 18, 2024`, `Nov. 18th 2024`, `Mon Nov 18 09:30:00 EST 2024`.
    fn month_first(&self, at: usize) -> Option<DateMatch> {
        let (month, next) = self.month(at)?;
        let day_at = self.skip(next, 2, DateRole::Day, &[',', '-', '/']);
        let day = self.number(day_at, 1..=2)?;
        let next = self.skip(day_at + 1, 3, DateRole::Day, &[',', '.', '-', '/', '،', '\'', '’']);
        if let Some(year) = self.year(next) {
            return day_of(year, month, day, next + 1);
        }
        let (time, next) = time_at(self.tokens, next, false)?;
        let next = self.skip(next, 2, DateRole::Time, &[',', '-', '|']);
        let ((date, _), next) = day_of(self.year(next)?, month, day, next + 1)?;
        Some(((date, Some(time)), next))
    }

    /// A year of two digits: 70 to 99 are the last century's.
    fn short_year(&self, at: usize) -> Option<u32> {
        // `18.11.15:30` is a day without a year.
        if self.punct(at + 1, &[':', '.']).is_some() && self.number(at + 2, 1..=4).is_some() {
            return None;
        }
        self.number(at, 2..=2).map(|year| if year < 70 { 2000 + year } else { 1900 + year })
    }

    /// Joins a date with the time of day behind it, or else with one shortly before it.
    fn with_time(
        &self,
        (date, inside): (Moment, Option<TimeOfDay>),
        start: usize,
        next: usize,
        before: Option<(TimeOfDay, Range<usize>)>,
    ) -> (Moment, Range<usize>) {
        let end = self.tokens[next - 1].range.end;
        if let Some(time) = inside
            && let Some(moment) = time.on(date)
        {
            return (moment, start..end);
        }
        let mut at = next;
        while at < self.tokens.len() && at <= next + MAX_GAP {
            if let Some((time, behind)) = time_at(self.tokens, at, true)
                && let Some(moment) = time.on(date)
            {
                return (moment, start..self.tokens[behind - 1].range.end);
            }
            if !self.is_gap(at) {
                break;
            }
            at += 1;
        }
        if let Some((time, tokens)) = before
            && let Some(first) = self.tokens.iter().position(|token| token.range.start == start)
            && first - tokens.end <= MAX_GAP
            && (tokens.end..first).all(|at| self.is_gap(at))
            && let Some(moment) = time.on(date)
        {
            return (moment, self.tokens[tokens.start].range.start..end);
        }
        (date, start..end)
    }

    /// Whether a token may stand between a date and its time of day.
    fn is_gap(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        match token.kind {
            DateTokenKind::Punct(char) => ",.-–—|·•/():@，、،;~＠※ ".contains(char),
            DateTokenKind::Word => {
                let word = token.lower();
                let words = vocabulary();
                words.has(DateRole::Time, &word)
                    || words.has(DateRole::Year, &word)
                    || words.has(DateRole::DayMark, &word)
                    || words.is_weekday(&word)
            }
            DateTokenKind::Number { .. } => false,
        }
    }
}

/// Which number is the day, by country, and the weekdays.
pub(crate) static DAY_ORDER: LazyLock<Lists> =
    LazyLock::new(|| Lists::read(include_str!("../../data/fields/day_order.txt")));

/// The weekday of a date in the Gregorian calendar, 0 for Sunday. Source: Sakamoto's method.
fn weekday(year: u32, month: u32, day: u32) -> usize {
    const OFFSETS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year - 1 } else { year };
    let offset = OFFSETS.get(month as usize - 1).copied().unwrap_or_default();
    ((year + year / 4 - year / 100 + year / 400 + offset + day) % 7) as usize
}

/// Which number is the day in the dates of numbers that some words have; `Unknown` where they don't show it.
pub(crate) fn order_in(words: &str) -> DayOrder {
    let tokens = tokenize(words);
    let number = |at: usize| match tokens.get(at).map(|token: &DateToken<'_>| token.kind) {
        Some(DateTokenKind::Number { value, digits: 1 | 2 }) => Some(value),
        _ => None,
    };
    let is_slash = |at: usize| tokens.get(at).is_some_and(|token| token.kind == DateTokenKind::Punct('/'));
    let dates = (0..tokens.len()).filter(|&at| is_slash(at + 1) && is_slash(at + 3));
    let mut dates = dates.filter_map(|at| Some((number(at)?, number(at + 2)?)));
    dates
        .find_map(|(first, second)| match (first > 12, second > 12) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            _ => None,
        })
        .unwrap_or(DayOrder::Unknown)
}

fn day_of(year: u32, month: u32, day: u32, next: usize) -> Option<DateMatch> {
    Some(((Moment::date(year as i32, month, day)?, None), next))
}
