//! Which pronoun goes with a first name.

use crate::lexicon::lines;
use std::collections::HashMap;
use std::sync::LazyLock;

static FIRST_NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let mut pronoun = "";
    for word in lines(include_str!("../data/first_names.txt")).flat_map(str::split_whitespace) {
        match word {
            "she:" | "he:" => pronoun = word.trim_end_matches(':'),
            name => {
                names.insert(name, pronoun);
            }
        }
    }
    names
});

/// "he" or "she", where the first word of a full name is a first name that goes with one of them alone: "Donald Trump" is
/// "he". `None` for the others, of which there are many.
pub(crate) fn pronoun_of_name(full: &str) -> Option<&'static str> {
    let (first, _) = full.split_once(' ')?;
    FIRST_NAMES.get(first.to_lowercase().as_str()).copied()
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
