//! How dates, numbers and names of the contract read on a page.

use onrecord_document::{Act, BlockKind, Count, SourceKind, StatementForm, Terms};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A number with thousands separators.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of things: "1 article", "1,284 articles".
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", number(count), if count == 1 { "" } else { "s" })
}

/// Year, month, day of a date as the contract prints it.
fn parts(date: &str) -> Option<(i64, usize, i64)> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month as usize, day))
}

/// Days since 1970 of a date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub fn day_number(date: &str) -> Option<i64> {
    let (year, month, day) = parts(date)?;
    let month = month as i64;
    onrecord_document::Moment::date(year as i32, month as u32, day as u32)?;
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The date of a number of days since 1970, as `2024-11-18`.
pub fn day_text(days: i64) -> String {
    onrecord_archive::utc(days * 86_400).get(..10).unwrap_or_default().to_owned()
}

/// "18 Nov 2024"; what is no date stays as it is.
pub fn day(date: &str) -> String {
    match parts(date) {
        Some((year, month, day)) => format!("{day} {} {year}", &MONTHS[month - 1][..3]),
        None => date.to_owned(),
    }
}

/// "18 Nov".
pub fn day_of_year(date: &str) -> String {
    parts(date).map_or_else(|| date.to_owned(), |(_, month, day)| format!("{day} {}", &MONTHS[month - 1][..3]))
}

/// "Monday 18 November 2024".
pub fn long_day(date: &str) -> String {
    let (Some((year, month, day)), Some(days)) = (parts(date), day_number(date)) else { return date.to_owned() };
    // 1 January 1970 was a Thursday.
    let weekday = DAYS[(days + 3).rem_euclid(7) as usize];
    format!("{weekday} {day} {} {year}", MONTHS[month - 1])
}

/// "November 2024" of `2024-11`; the whole date's month too.
pub fn month(date: &str) -> String {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<usize>().ok();
    match (date.get(0..4), number(5..7)) {
        (Some(year), Some(month @ 1..=12)) => format!("{} {year}", MONTHS[month - 1]),
        _ => date.to_owned(),
    }
}

/// "Nov 2024" of `2024-11`.
pub fn short_month(date: &str) -> String {
    let long = month(date);
    match long.split_once(' ') {
        Some((name, year)) if name.len() > 3 && name.is_ascii() => format!("{} {year}", &name[..3]),
        _ => long,
    }
}

/// "06:40 −05:00", "06:40 UTC", "06:40"; empty where only a day is stated.
pub fn time(date: &str) -> String {
    let Some(time) = date.get(11..16) else { return String::new() };
    match date.get(19..).unwrap_or_default() {
        "" => time.to_owned(),
        "Z" | "+00:00" => format!("{time} UTC"),
        offset => format!("{time} {}", offset.replace('-', "−")),
    }
}

/// "18 Nov 2024, 06:40 −05:00".
pub fn moment(date: &str) -> String {
    let time = time(date);
    if time.is_empty() { day(date) } else { format!("{}, {time}", day(date)) }
}

/// "18 Nov 2024" or "30 Oct – 18 Nov 2024".
pub fn days(first: &str, last: &str) -> String {
    let (first, last) = (first.get(..10).unwrap_or(first), last.get(..10).unwrap_or(last));
    if first == last {
        return day(first);
    }
    let same_year = first.get(..4) == last.get(..4);
    format!("{} – {}", if same_year { day_of_year(first) } else { day(first) }, day(last))
}

/// What kind of source a badge names.
pub fn source(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::NamedPerson => "Named",
        SourceKind::NamedOrganisation => "Named organisation",
        SourceKind::UnnamedPerson => "Unnamed person",
        SourceKind::UnnamedGroup => "Unnamed group",
        SourceKind::Document => "Document",
        SourceKind::OtherMedia => "Other media",
        SourceKind::None => "No source",
    }
}

/// On which terms.
pub fn terms(terms: Terms) -> &'static str {
    match terms {
        Terms::OnRecord => "On record",
        Terms::ConditionOfAnonymity => "Condition of anonymity",
        Terms::NotAuthorisedToSpeak => "Not authorised to speak",
        Terms::Background => "Background",
        Terms::DeclinedToComment => "Declined to comment",
        Terms::Unstated => "Terms unstated",
    }
}

/// "1 source", "2 or more", "0 sources".
pub fn sources(count: Option<Count>) -> String {
    match count {
        None => "0 sources".to_owned(),
        Some(Count { min: 1, max: Some(1), .. }) => "1 source".to_owned(),
        Some(Count { min, max: Some(max), .. }) if min == max => format!("{min} sources"),
        Some(Count { min, max: Some(max), .. }) => format!("{min} to {max} sources"),
        Some(Count { min, max: None, .. }) => format!("{min} or more"),
    }
}

/// How a statement is rendered.
pub fn form(form: StatementForm) -> &'static str {
    match form {
        StatementForm::Direct => "direct, in quotation marks",
        StatementForm::Indirect => "indirect, in the reporter’s words",
        StatementForm::Mixed => "mixed, partly in quotation marks",
    }
}

/// What a statement does, where it does more than state.
pub fn act(act: Act) -> Option<&'static str> {
    match act {
        Act::Statement | Act::Other => None,
        Act::Denial => Some("a denial"),
        Act::Order => Some("an order or demand"),
        Act::Question => Some("a question"),
        Act::Intention => Some("an intention"),
        Act::Belief => Some("a belief"),
        Act::Warning => Some("a warning"),
    }
}

/// What a folded block of a page is called.
pub fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Breadcrumb => "Breadcrumb",
        BlockKind::Related => "Also-read link",
        BlockKind::Teaser => "Teaser",
        BlockKind::AuthorBox => "Author box",
        BlockKind::Share => "Share line",
        BlockKind::Notice => "Notice",
        BlockKind::ImageName => "Picture’s file name",
        BlockKind::Copyright => "Copyright line",
        BlockKind::Other => "Other words of the page",
        BlockKind::Caption => "Caption",
        BlockKind::Byline => "Byline",
        BlockKind::Dateline => "Dateline",
        BlockKind::Headline => "Headline",
        BlockKind::Standfirst => "Standfirst",
        BlockKind::Paragraph => "Paragraph",
        BlockKind::Subhead => "Subhead",
        BlockKind::ListItem => "List item",
        BlockKind::BlockQuote => "Block quotation",
        BlockKind::Table => "Table",
        BlockKind::Embed => "Embedded post",
        BlockKind::LiveEntry => "Entry",
        BlockKind::Correction => "Correction",
    }
}

/// A confidence as ".91"; 1 as "1".
pub fn confidence(confidence: f32) -> String {
    let rounded = format!("{confidence:.2}");
    rounded.strip_prefix('0').unwrap_or(&rounded).trim_end_matches(".00").to_owned()
}

/// White space folded to single spaces.
pub fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first characters, to the end of a word, with "…" where there are more.
pub fn shortened(words: &str, chars: usize) -> String {
    let Some((end, _)) = words.char_indices().nth(chars) else { return words.to_owned() };
    let kept = &words[..end];
    let kept = kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole);
    format!("{kept}…")
}

/// The English name of a language where we know it; else the code.
pub fn language(code: &str) -> String {
    onrecord_search::query::language_name(code).map_or_else(|| code.to_owned(), capital)
}

/// The same with its first letter large.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        assert_eq!(moment("2026-03-09T18:40:00-03:30"), "9 Mar 2026, 18:40 −03:30");
        assert_eq!(moment("2026-03-09T18:40:00Z"), "9 Mar 2026, 18:40 UTC");
        assert_eq!(moment("2026-03-09"), "9 Mar 2026");
        assert_eq!(moment("soon"), "soon");
        assert_eq!(long_day("2024-11-18"), "Monday 18 November 2024");
        assert_eq!(long_day("1969-12-31"), "Wednesday 31 December 1969");
        assert_eq!(long_day("2026-03-17T09:45:00+01:00"), "Tuesday 17 March 2026");
        assert_eq!(day_number("2024-02-29").map(day_text).as_deref(), Some("2024-02-29"));
        assert_eq!(days("2024-10-30", "2024-11-18"), "30 Oct – 18 Nov 2024");
        assert_eq!(short_month("2024-11"), "Nov 2024");
    }

    #[test]
    fn numbers_have_thousands_separators() {
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(1_234_567, "article"), "1,234,567 articles");
        assert_eq!((confidence(0.913), confidence(1.0)), (".91".to_owned(), "1".to_owned()));
    }
}
