//! Which pronoun goes with a first name.

use super::roles::role_noun;
use crate::words::lists::lines;
use std::collections::HashMap;
use std::sync::LazyLock;

static FIRST_NAMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| by_pronoun(include_str!("../../data/en/first_names.txt")));

static NOUNS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| by_pronoun(include_str!("../../data/en/gendered_nouns.txt")));

/// The words of a list with the pronoun that stands before them: "she: …", "he: …".
fn by_pronoun(file: &'static str) -> HashMap<&'static str, &'static str> {
    let mut listed = HashMap::new();
    let mut pronoun = "";
    for word in lines(file).flat_map(str::split_whitespace) {
        match word {
            "she:" | "he:" => pronoun = word.trim_end_matches(':'),
            word => {
                listed.insert(word, pronoun);
            }
        }
    }
    listed
}

/// "he" or "she", where the first word of a full name is a first name that goes with one of them alone: "Donald Trump" is
/// "he". `None` for the others, of which there are many.
pub(crate) fn pronoun_of_name(full: &str) -> Option<&'static str> {
    let (first, _) = full.split_once(' ')?;
    FIRST_NAMES.get(first.to_lowercase().as_str()).copied()
}

/// "Ms Varga" and "spokeswoman Ruth Pell" are "she", "Mr Thorne" is "he". A chairman can be either.
pub(crate) fn pronoun_of(before: &str, role: &str) -> Option<&'static str> {
    let role = role_noun(role).to_lowercase();
    match before.trim_end_matches('.') {
        "Mr" | "Sir" | "Lord" => Some("he"),
        "Ms" | "Mrs" | "Miss" | "Dame" | "Lady" => Some("she"),
        _ => pronoun_of_noun(&role),
    }
}

/// "spokeswoman" and "widow" are "she", "policeman" and "uncle" are "he".
pub(crate) fn pronoun_of_noun(noun: &str) -> Option<&'static str> {
    match noun {
        _ if noun.ends_with("woman") || NOUNS.get(noun) == Some(&"she") => Some("she"),
        _ if noun.ends_with("man") && noun != "chairman" || NOUNS.get(noun) == Some(&"he") => Some("he"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_names_tell_whom_a_pronoun_can_mean() {
        assert_eq!(pronoun_of_name("Daniel Okafor"), Some("he"));
        assert_eq!(pronoun_of_name("Helena Varga"), Some("she"));
        assert_eq!(pronoun_of_name("Andrea Moretti"), None, "she in England, he in Italy");
        assert_eq!(pronoun_of_name("Daniel"), None, "a surname it may be");
        assert_eq!(pronoun_of_name("Lorne University"), None);
    }
}
