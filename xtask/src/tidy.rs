//! Rules of the project that no compiler checks.

use crate::command::{Done, root, tracked};
use crate::structure;
use std::fs;
use std::path::Path;

/// Words that mark unfinished work. Split up so that this file doesn't hold them.
const UNFINISHED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("unimplemented", "!("),
    concat!("todo", "!("),
];

/// A rule checks one file and says what is wrong with it.
type TidyRule = fn(&Path, &str) -> Option<String>;

const RULES: &[(&str, TidyRule)] = &[
    ("nothing is left for later", |path, text| {
        let word = UNFINISHED.iter().find(|word| text.contains(**word))?;
        is_source(path).then(|| format!("has {word}"))
    }),
    ("a data file says where it comes from", |path, text| {
        let is_data = path.components().any(|part| part.as_os_str() == "data") && path.extension()? == "txt";
        let head: String = text.lines().take(12).collect::<Vec<_>>().join(" ").to_lowercase();
        let says = ["origin", "written for this project", "from the "].iter().any(|words| head.contains(words));
        (is_data && !(head.starts_with('#') && says)).then(|| "has no header that says where it comes from".to_owned())
    }),
    ("text ends with a line break, without spaces before", |path, text| {
        if !is_source(path) && path.extension()? != "md" {
            return None;
        }
        let trailing = text.lines().position(|line| line.ends_with(' '));
        let open = !text.is_empty() && !text.ends_with('\n');
        match (trailing, open) {
            (Some(line), _) => Some(format!("has trailing space in line {}", line + 1)),
            (None, true) => Some("has no line break at its end".to_owned()),
            (None, false) => None,
        }
    }),
];

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "rs" || ending == "toml")
}

/// Checks every file that git tracks or would add, and how the source is laid out.
pub fn run() -> Done {
    let breaches = structure::breaches()?;
    breaches.iter().for_each(|breach| eprintln!("{breach}"));
    let mut wrong = breaches.len();
    for path in tracked()? {
        // Pages in legacy encodings are no UTF-8; rules are for text.
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (rule, check) in RULES {
            if let Some(what) = check(&path, &text) {
                eprintln!("{}: {what} ({rule})", path.display());
                wrong += 1;
            }
        }
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} rules are broken")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, text: &str) -> usize {
        RULES.iter().filter(|(_, rule)| rule(Path::new(path), text).is_some()).count()
    }

    #[test]
    fn each_rule_finds_its_breach() {
        assert_eq!(breaches("a/src/lib.rs", "fn a() {}\n"), 0);
        assert_eq!(breaches("a/src/lib.rs", concat!("// TO", "DO\n")), 1);
        assert_eq!(breaches("a/data/verbs.txt", "said\n"), 1);
        assert_eq!(breaches("a/data/verbs.txt", "# Origin: written for this project.\nsaid\n"), 0);
        assert_eq!(breaches("README.md", "Reads the news. \n"), 1);
    }
}
