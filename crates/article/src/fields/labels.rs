//! What the words in front of a date say of it: "Published on ", "Updated: ", "Today is ".

use foldhash::HashMap;
use std::sync::LazyLock;

static LABELS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let data = include_str!("../../data/fields/date_labels.txt");
    let lines = data.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(role, words)| (role, words.split("; ").collect())).collect()
});

fn labels(role: &str) -> &'static [&'static str] {
    LABELS.get(role).map(Vec::as_slice).unwrap_or_default()
}

/// Whether words, or an element's class, speak of a change: "Zuletzt aktualisiert".
pub(super) fn says_update(words: &str) -> bool {
    let lower = words.to_lowercase();
    labels("updated").iter().any(|word| lower.contains(word))
}

/// Whether the words in front of a date end by saying that the page was published: "This article was published on ".
pub(super) fn says_published(label: &str) -> bool {
    ends_with_label(label, "published")
}

/// Whether the words in front of a date say that it is the day on which the page was drawn: "Today is Monday, ".
pub(super) fn says_now(label: &str) -> bool {
    ends_with_label(label, "now")
}

/// Whether a label ends the words, but for a weekday and marks behind it.
fn ends_with_label(words: &str, role: &str) -> bool {
    const MARKS: [char; 10] = [':', ' ', '-', '–', ',', '.', '|', '：', '(', '['];
    let lower = words.to_lowercase();
    let whole = lower.trim_end_matches(MARKS);
    let without_word = whole.rsplit_once(' ').map_or("", |(head, _)| head.trim_end_matches(MARKS));
    labels(role).iter().any(|label| {
        [whole, without_word]
            .iter()
            .any(|words| words.strip_suffix(label).is_some_and(|head| !head.ends_with(char::is_alphanumeric)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_a_date_is_of() {
        assert!(says_published("This article was published on "));
        assert!(says_published("[Stand: "));
        assert!(says_published("Dieser Artikel wurde am "));
        assert!(says_published("Posted on Monday, "));
        assert!(!says_published("The ferry was built before "));
        assert!(!says_published("The crowd understand "));
        assert!(says_update("Zuletzt aktualisiert: "));
        assert!(says_now("Today is Monday, "));
        assert!(!says_now("Published "));
    }
}
