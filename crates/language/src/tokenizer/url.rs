//! Web and mail addresses, as spaCy's `url_match` knows them.
//!
//! The regular expression backtracks; this code finds the same in one pass for each place where a host may begin. A chunk
//! holds no white space, so `\S` is any character.

use super::affixes::CharSet;
use crate::words::chars::{is_decimal, is_space, is_word};

/// Maximum number of characters in a label of a domain name, and in a top-level domain.
const MAX_LABEL: usize = 64;
const MAX_DOMAIN: usize = 63;
/// Maximum length of a numeric address, in bytes.
const MAX_ADDRESS: usize = 64;

/// Whether the whole string is a web or mail address.
pub(crate) fn is_url(string: &str, domain: &CharSet) -> bool {
    if string.chars().next().is_none_or(is_space) {
        return false;
    }
    let mut hosts = vec![0];
    if let Some(at) = string.find("://") {
        let is_scheme = |char: char| is_word(char) || matches!(char, '+' | '-' | '.');
        if string[..at].chars().all(is_scheme) && string[..at].chars().nth(1).is_some() {
            hosts.push(at + 3);
        }
    }
    // Whatever stands before an `@` may be a user and a password, as long as something does.
    hosts.extend(string.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| at + 1));
    hosts.into_iter().any(|at| is_host(&string[at..], domain))
}

/// A host, perhaps with a port and a path, up to the end.
fn is_host(rest: &str, domain: &CharSet) -> bool {
    is_address(rest) || is_name(rest, domain)
}

/// `(label\.)+domain`
fn is_name(mut rest: &str, domain: &CharSet) -> bool {
    let mut labels = 0;
    loop {
        let end = rest.find(|char| !is_label(char, true)).unwrap_or(rest.len());
        let (label, after) = rest.split_at(end);
        if let Some(next) = after.strip_prefix('.') {
            let mut ends = [label.chars().next(), label.chars().next_back()].into_iter();
            let fits = ends.all(|char| char.is_some_and(|char| is_label(char, false)));
            if !fits || label.chars().nth(MAX_LABEL).is_some() {
                return false;
            }
            labels += 1;
            rest = next;
            continue;
        }
        let count = label.chars().take(MAX_DOMAIN + 1).count();
        return labels > 0
            && (2..=MAX_DOMAIN).contains(&count)
            && label.chars().all(|char| domain.has(char))
            && is_tail(after);
    }
}

/// A character of a label; hyphens and underscores only inside one.
fn is_label(char: char, inside: bool) -> bool {
    char.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&char) || (inside && matches!(char, '_' | '-'))
}

/// `(?::\d{2,5})?(?:[/?#]\S*)?$`
fn is_tail(rest: &str) -> bool {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?', '#']);
    let Some(port) = rest.strip_prefix(':') else { return ends(rest) };
    let digits = port.chars().take_while(|char| is_decimal(*char)).take(6).count();
    let after = port.char_indices().nth(digits).map_or("", |(at, _)| &port[at..]);
    (2..=5).contains(&digits) && ends(after)
}

/// A numeric address of a network that is not private.
fn is_address(rest: &str) -> bool {
    // Twelve digits of any script and three dots take no more: a long chunk is not walked for each of its hosts.
    let near = &rest[..rest.floor_char_boundary(MAX_ADDRESS)];
    let end = near.find([':', '/', '?', '#']).unwrap_or(near.len());
    let parts: Vec<&str> = rest[..end].splitn(5, '.').collect();
    let [first, second, third, fourth] = parts.as_slice() else { return false };
    let short = |part: &&&str| (1..=3).contains(&part.chars().count()) && part.chars().all(is_decimal);
    let last_is_short = fourth.chars().next().is_some_and(is_decimal);
    let private = (matches!(*first, "10" | "127") && [second, third].iter().all(short) && last_is_short)
        || (matches!((*first, *second), ("169", "254") | ("192", "168")) && [third].iter().all(short) && last_is_short)
        || (*first == "172" && is_private_172(second) && [third].iter().all(short) && last_is_short);
    let middle = |part: &str| {
        let chars = part.chars().count();
        let digits = |part: &str| part.chars().all(is_decimal);
        (digits(part) && (1..=2).contains(&chars))
            || (chars == 3 && part.starts_with('1') && digits(part))
            || (chars == 3 && two_hundreds(part, 4, 5))
    };
    let first_fits = one_or_two(first) || hundreds(first) || two_hundreds(first, 1, 3);
    let last_fits = one_or_two(fourth) || hundreds(fourth) || two_hundreds(fourth, 4, 4);
    !private && first_fits && middle(second) && middle(third) && last_fits && is_tail(&rest[end..])
}

/// `1[6-9]|2\d|3[0-1]`
fn is_private_172(part: &str) -> bool {
    let mut chars = part.chars();
    let (first, second) = (chars.next(), chars.next());
    let fits = match (first, second) {
        (Some('1'), Some('6'..='9')) | (Some('3'), Some('0' | '1')) => true,
        (Some('2'), Some(char)) => is_decimal(char),
        _ => false,
    };
    fits && chars.next().is_none()
}

/// `[1-9]\d?`
fn one_or_two(part: &str) -> bool {
    let mut chars = part.chars();
    matches!(chars.next(), Some('1'..='9')) && chars.next().is_none_or(is_decimal) && chars.next().is_none()
}

/// `1\d\d`
fn hundreds(part: &str) -> bool {
    part.strip_prefix('1').is_some_and(|rest| rest.chars().count() == 2 && rest.chars().all(is_decimal))
}

/// `2[0-a]\d|2b[0-c]`, where b is one more than a.
fn two_hundreds(part: &str, below: u32, last: u32) -> bool {
    let mut chars = part.chars();
    let digit = |char: Option<char>| char.and_then(|char| char.to_digit(10));
    if chars.next() != Some('2') {
        return false;
    }
    let (second, third) = (digit(chars.next()), chars.next());
    let fits = match second {
        Some(second) if second <= below => third.is_some_and(is_decimal),
        Some(second) if second == below + 1 => digit(third).is_some_and(|third| third <= last),
        _ => false,
    };
    fits && chars.next().is_none()
}
