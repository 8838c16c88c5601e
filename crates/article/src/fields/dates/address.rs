//! Dates in the page's address.

use crate::evidence::unwritten;
use crate::fields::clues::Clues;
use onrecord_document::{Basis, Moment, Stated};

/// `/2024/11/18/`, `/2024-11-18-`, `/20241118/` in the page's address.
pub(super) fn url_date(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let url = clues.url.as_deref()?;
    let (moment, written) = date_in_address(url)?;
    Some(Stated { as_written: written.to_owned(), ..unwritten(moment, Basis::Url) })
}

/// The date in an address, and the part of the address that states it.
fn date_in_address(url: &str) -> Option<(Moment, &str)> {
    /// Years in addresses: there were no news pages before.
    const YEARS: std::ops::RangeInclusive<u32> = 1990..=2100;
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    for (at, mark) in path.match_indices(|char: char| !char.is_ascii_digit()) {
        let tail = &path[at + mark.len()..];
        let year = tail.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(year) = year.and_then(|year| year.parse::<u32>().ok()).filter(|year| YEARS.contains(year)) else {
            continue;
        };
        let digits = |from: usize, most: usize| {
            let len = tail.get(from..)?.bytes().take(most).take_while(u8::is_ascii_digit).count();
            tail[from..from + len].parse::<u32>().ok().map(|value| (value, from + len))
        };
        let mark = tail.as_bytes().get(4).copied();
        let found = match mark {
            Some(b'/' | b'-' | b'_' | b'.') => digits(5, 2)
                .filter(|(_, next)| tail.as_bytes().get(*next).copied() == mark)
                .and_then(|(month, next)| Some((month, digits(next + 1, 2)?))),
            _ => digits(4, 2)
                .filter(|(_, next)| *next == 6)
                .and_then(|(month, next)| Some((month, digits(next, 2).filter(|(_, end)| *end == 8)?))),
        };
        if let Some((month, (day, end))) = found
            && !tail[end..].starts_with(|char: char| char.is_ascii_digit())
            && let Some(moment) = Moment::date(year as i32, month, day)
        {
            return Some((moment, &tail[..end]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_state_dates() {
        let date = |url| date_in_address(url).map(|(moment, written)| (moment.to_string(), written));
        assert_eq!(date("https://a.example/2024/11/18/ferry"), Some(("2024-11-18".to_owned(), "2024/11/18")));
        assert_eq!(date("https://a.example/news/ferry-2024-11-18.html"), Some(("2024-11-18".to_owned(), "2024-11-18")));
        assert_eq!(date("https://a.example/20241118/ferry"), Some(("2024-11-18".to_owned(), "20241118")));
        assert_eq!(date("https://a.example/паром/2024/11/18"), Some(("2024-11-18".to_owned(), "2024/11/18")));
        assert_eq!(date("https://a.example/2024/11/ferry"), None);
        assert_eq!(date("https://a.example/202411181234567"), None);
    }
}
