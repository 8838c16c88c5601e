//! What the words before a date say about it: "Published on ", "Updated: ", "Today is ".

use crate::lists::Lists;
use std::sync::LazyLock;

static LABELS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../../data/fields/date_labels.txt")));

/// Whether words, or the class of an element, state a change: "Zuletzt aktualisiert".
pub(super) fn says_update(words: &str) -> bool {
    let lower = words.to_lowercase();
    LABELS.of("updated").iter().any(|word| lower.contains(word))
}

/// Whether the words before a date end by saying that the page was published: "This article was published on ".
pub(super) fn says_published(label: &str) -> bool {
    ends_with_label(label, "published")
}

/// Whether the words before a date say that it is not a date of the page's: it is the day on which the page was loaded, or on
/// which a manuscript came in: "Today is Monday, ", "Received: ".
pub(super) fn says_another_day(label: &str) -> bool {
    ends_with_label(label, "now") || ends_with_label(label, "manuscript")
}

/// Whether words end with a label, apart from a weekday and marks after it.
fn ends_with_label(words: &str, list: &str) -> bool {
    const MARKS: [char; 10] = [':', ' ', '-', '–', ',', '.', '|', '：', '(', '['];
    let lower = words.to_lowercase();
    let whole = lower.trim_end_matches(MARKS);
    let without_word = whole.rsplit_once(' ').map_or("", |(head, _)| head.trim_end_matches(MARKS));
    LABELS.of(list).iter().any(|label| {
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
        assert!(says_another_day("Today is Monday, "));
        assert!(says_another_day("Received: "));
        assert!(!says_another_day("Published "));
    }
}
