//! Times of day and their zones.

use super::tokens::{DateToken, DateTokenKind};
use super::vocabulary::{DateRole, LONGEST_HALF, vocabulary};
use onrecord_document::Moment;

/// A time of day, with an offset from UTC in minutes where one is stated.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct TimeOfDay {
    hour: u32,
    minute: u32,
    second: u32,
    offset: Option<i32>,
}

impl TimeOfDay {
    /// A time without an offset; it need not exist.
    pub fn new(hour: u32, minute: u32, second: u32) -> Self {
        TimeOfDay { hour, minute, second, offset: None }
    }

    /// The time on a day; `None` if there is no such time.
    pub fn on(self, date: Moment) -> Option<Moment> {
        let moment = date.at(self.hour, self.minute, self.second)?;
        Some(self.offset.and_then(|minutes| moment.offset(minutes)).unwrap_or(moment))
    }
}

/// The time of day at a token, and the index of the token after it. After a date, `15.45` and a bare `T0930` are times too.
pub(super) fn time_at(tokens: &[DateToken], at: usize, behind_date: bool) -> Option<(TimeOfDay, usize)> {
    let mut clock = TimeReader { tokens, at };
    let compact = behind_date && clock.word("t");
    let half_before = clock.half();
    let (time, plain) = if compact { clock.compact().or_else(|| clock.face(true)) } else { clock.face(behind_date) }?;
    let half_behind = if half_before.is_none() { clock.half() } else { None };
    let pm = half_before.or(half_behind);
    // A bare number is a time only with "p.m." beside it.
    if plain && pm.is_none() {
        return None;
    }
    let hour = match pm {
        Some(true) if time.hour < 12 => time.hour + 12,
        Some(false) if time.hour == 12 => 0,
        _ => time.hour,
    };
    if hour > 23 || time.minute > 59 || time.second > 60 {
        return None;
    }
    if clock.role(DateRole::Hour) {
        clock.at += 1;
    }
    let offset = clock.zone();
    Some((TimeOfDay { hour, offset, ..time }, clock.at))
}

struct TimeReader<'t, 'w> {
    tokens: &'t [DateToken<'w>],
    at: usize,
}

impl TimeReader<'_, '_> {
    fn number(&self, at: usize, digits: std::ops::RangeInclusive<u8>) -> Option<u32> {
        match self.tokens.get(at)?.kind {
            DateTokenKind::Number { value, digits: count } if digits.contains(&count) => {
                Some(u32::try_from(value).unwrap_or(u32::MAX))
            }
            _ => None,
        }
    }

    fn punct(&self, at: usize, char: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == DateTokenKind::Punct(char))
    }

    fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.after_space)
    }

    fn role_at(&self, at: usize, role: DateRole) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == DateTokenKind::Word && vocabulary().has(role, &token.lower()))
    }

    fn role(&self, role: DateRole) -> bool {
        self.role_at(self.at, role)
    }

    fn word_at(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == DateTokenKind::Word && token.lower() == word)
    }

    fn word(&mut self, word: &str) -> bool {
        let here = self.word_at(self.at, word);
        if here {
            self.at += 1;
        }
        here
    }

    /// `093000`, `0930`.
    fn compact(&mut self) -> Option<(TimeOfDay, bool)> {
        let time = match (self.number(self.at, 6..=6), self.number(self.at, 4..=4)) {
            (Some(number), _) => TimeOfDay::new(number / 10_000, number / 100 % 100, number % 100),
            (_, Some(number)) => TimeOfDay::new(number / 100, number % 100, 0),
            _ => return None,
        };
        self.at += 1;
        Some((time, false))
    }

    /// `15:45`, `15:45:10.000`, `15h45`, `15h`, `15時45分`, `15.45`; or a bare hour, then true.
    fn face(&mut self, dotted: bool) -> Option<(TimeOfDay, bool)> {
        let hour = self.number(self.at, 1..=2)?;
        let next = self.at + 1;
        if self.punct(next, ':') || self.punct(next, '：') {
            let minute = self.number(next + 1, 2..=2)?;
            self.at = next + 2;
            let second = if self.punct(self.at, ':') { self.number(self.at + 1, 2..=2) } else { None };
            if second.is_some() {
                self.at += 2;
                self.skip_fraction();
            }
            return Some((TimeOfDay::new(hour, minute, second.unwrap_or(0)), false));
        }
        if self.punct(next, '.')
            && self.glued(next + 1)
            && let Some(minute) = self.number(next + 1, 2..=2)
        {
            let marked = self.role_at(next + 2, DateRole::Hour)
                || self.role_at(next + 2, DateRole::Am)
                || self.role_at(next + 2, DateRole::Pm)
                || (self.word_at(next + 2, "p") || self.word_at(next + 2, "a"));
            // `15.45.2024` would be a strange date.
            let more = self.punct(next + 2, '.') && self.number(next + 3, 1..=4).is_some();
            if (dotted || marked) && !more {
                self.at = next + 2;
                return Some((TimeOfDay::new(hour, minute, 0), false));
            }
        }
        if self.role_at(next, DateRole::Hour) {
            self.at = next + 1;
            let minute = self
                .number(self.at, 2..=2)
                .or_else(|| self.number(self.at, 1..=2).filter(|_| self.word_at(self.at + 1, "分")));
            if minute.is_some() {
                self.at += 1;
                if self.word_at(self.at, "分") || self.word_at(self.at, "분") || self.word_at(self.at, "min") {
                    self.at += 1;
                }
            }
            return Some((TimeOfDay::new(hour, minute.unwrap_or(0), 0), false));
        }
        self.at = next;
        Some((TimeOfDay::new(hour, 0, 0), true))
    }

    fn skip_fraction(&mut self) {
        let mark = self.punct(self.at, '.') || self.punct(self.at, ',') && self.glued(self.at + 1);
        if mark && self.glued(self.at + 1) && self.number(self.at + 1, 1..=u8::MAX).is_some() {
            self.at += 2;
        }
    }

    /// Whether the half of the day stands here, and it is the second: "p.m.", "PM", "午後".
    fn half(&mut self) -> Option<bool> {
        // Written apart: "a m", or two ideographs.
        let pair = self.tokens.get(self.at..self.at + 2);
        let pair = pair.filter(|pair| pair[0].text.len() + pair[1].text.len() <= LONGEST_HALF);
        let two: Option<String> = pair.map(|pair| pair.iter().map(|token| token.text).collect());
        for (role, letter, pm) in [(DateRole::Am, "a", false), (DateRole::Pm, "p", true)] {
            if self.role(role) && !self.word_at(self.at, "de") {
                self.at += 1;
                if self.punct(self.at, '.') && self.glued(self.at) {
                    self.at += 1;
                }
                return Some(pm);
            }
            if self.word_at(self.at, letter) && self.punct(self.at + 1, '.') && self.word_at(self.at + 2, "m") {
                self.at += 3;
                if self.punct(self.at, '.') {
                    self.at += 1;
                }
                return Some(pm);
            }
            if two.as_ref().is_some_and(|two| vocabulary().has(role, two)) {
                self.at += 2;
                return Some(pm);
            }
        }
        None
    }

    /// `Z`, `+01:00`, `+0100`, `-05`, `GMT`, `GMT+1`, `(UTC+01:00)`, `EST`.
    fn zone(&mut self) -> Option<i32> {
        let start = self.at;
        let parenthesis = self.punct(self.at, '(') || self.punct(self.at, '[');
        if parenthesis || self.punct(self.at, ',') && self.glued(self.at) && self.zone_name(self.at + 1).is_some() {
            self.at += 1;
        }
        if let Some(minutes) = self.zone_name(self.at) {
            let name = self.at;
            self.at += 1;
            let based = matches!(self.tokens[name].lower().as_ref(), "gmt" | "utc" | "z");
            let offset = if based { self.signed(true).unwrap_or(minutes) } else { minutes };
            if parenthesis && (self.punct(self.at, ')') || self.punct(self.at, ']')) {
                self.at += 1;
            }
            return Some(offset);
        }
        let offset = if parenthesis { None } else { self.signed(false) };
        if offset.is_none() {
            self.at = start;
        }
        offset
    }

    fn zone_name(&self, at: usize) -> Option<i32> {
        let token = self.tokens.get(at).filter(|token| token.kind == DateTokenKind::Word)?;
        let name = token.lower();
        // A single `z`, and words that are also others (eat, cat, wit, art), are zones only as they are written.
        let written = token.text.chars().all(char::is_uppercase)
            || matches!(name.as_ref(), "gmt" | "utc" | "msk" | "мск")
            || (name == "z" && !token.after_space);
        if written { vocabulary().zone(&name) } else { None }
    }

    /// A sign and hours, with minutes or without: glued to the time, or four digits behind a space.
    fn signed(&mut self, based: bool) -> Option<i32> {
        let sign = match self.tokens.get(self.at)?.kind {
            DateTokenKind::Punct('+') => 1,
            DateTokenKind::Punct('-' | '−' | '–') => -1,
            _ => return None,
        };
        let glued = self.glued(self.at);
        let next = self.at + 1;
        if !self.glued(next) {
            return None;
        }
        let colon = self.punct(next + 1, ':');
        if let Some(both) = self.number(next, 4..=4)
            && (glued || based || both % 100 < 60)
            && both <= 1800
        {
            self.at = next + 1;
            return Some(sign * (both / 100 * 60 + both % 100) as i32);
        }
        let hours = self.number(next, 1..=2).filter(|hours| *hours <= 18)? as i32;
        let minutes = if colon { self.number(next + 2, 2..=2) } else { None };
        if let Some(minutes) = minutes
            && (glued || based || sign > 0)
        {
            self.at = next + 3;
            return Some(sign * (hours * 60 + minutes as i32));
        }
        if (glued || based) && self.number(next, if based { 1..=2 } else { 2..=2 }).is_some() && !colon {
            self.at = next + 1;
            return Some(sign * hours * 60);
        }
        None
    }
}
