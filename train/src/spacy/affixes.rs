//! The tokenizer's regular expressions, as rules for a small matcher.
//!
//! spaCy's expressions for prefixes, suffixes and infixes are long alternations of short things: a look-behind, some
//! characters or classes, a look-ahead. Each alternative becomes a line `behind|what|ahead`: numbers of classes separated
//! by spaces, `!` before a class that must not follow, `12+2` for two or more of a class. Classes are lines of ranges.

use super::package::{SpacyPackage, get, text};
use onrecord_tensors::WeightsWriter;
use rmpv::Value;

/// The one expression that is matched by code written for it, in `crates/language/src/tokenizer/url.rs`: how it begins and ends.
const URL: [&str; 2] =
    [r"(?u)^(?:(?:[\w\+\-\.]{2,})://)?(?:\S+(?::\S*)?@)?(?:", r"]{2,63}))(?::\d{2,5})?(?:[/?#]\S*)?$"];

/// Ranges of characters, sorted.
type CharRanges = Vec<(u32, u32)>;

#[derive(Clone, Default)]
struct AffixPattern {
    behind: Vec<usize>,
    what: Vec<(usize, bool)>,
    ahead: Option<(usize, bool)>,
}

pub fn write(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    let tokenizer = package.messages("tokenizer")?;
    let mut classes = Vec::new();
    for (name, key) in [("prefix", "prefix_search"), ("suffix", "suffix_search"), ("infix", "infix_finditer")] {
        let mut lines = Vec::new();
        for alternative in split(text(&tokenizer, key)?) {
            let mut parser = PatternReader { rest: alternative.chars().collect(), at: 0, classes: &mut classes };
            let rules = parser.rules().ok_or(format!("{key}: can't read /{alternative}/"))?;
            lines.extend(rules.iter().map(line));
        }
        to.text(&format!("tokenizer/{name}"), &lines.join("\n"));
    }
    if get(&tokenizer, "token_match").is_some_and(|value| *value != Value::Nil) {
        return Err("the tokenizer has a token_match, which is not known here".to_owned());
    }
    let url = text(&tokenizer, "url_match")?;
    if !(url.starts_with(URL[0]) && url.ends_with(URL[1])) {
        return Err("the tokenizer's url_match is another than the one that is known here".to_owned());
    }
    // The letters that a top-level domain may have stand in the expression's last class.
    let letters = url.rsplit_once("[/?#]").and_then(|(url, _)| url.rsplit_once("]{2,63}"));
    let letters = letters.and_then(|(url, _)| url.rsplit_once("(?:[")).ok_or("url_match: no letters")?.1;
    let mut parser = PatternReader { rest: format!("[{letters}]").chars().collect(), at: 0, classes: &mut classes };
    let domain = parser.class().ok_or("url_match: can't read its letters")?;
    to.text("tokenizer/url", &domain.to_string());
    let ranges =
        |class: &CharRanges| class.iter().map(|(from, to)| format!("{from:x}-{to:x}")).collect::<Vec<_>>().join(" ");
    to.text("tokenizer/classes", &classes.iter().map(ranges).collect::<Vec<_>>().join("\n"));
    Ok(())
}

fn line(rule: &AffixPattern) -> String {
    let list = |numbers: &[usize]| numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    // `\.\.+` is two or more.
    let what = match rule.what.as_slice() {
        [(first, false), (second, true)] if first == second => format!("{first}+2"),
        what => list(&what.iter().map(|(class, _)| *class).collect::<Vec<_>>()),
    };
    let ahead = rule.ahead.map_or(String::new(), |(class, must)| format!("{}{class}", if must { "" } else { "!" }));
    format!("{}|{what}|{ahead}", list(&rule.behind))
}

/// The alternatives of an expression, without those inside brackets.
fn split(expression: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth, mut in_class, mut escaped) = (Vec::new(), 0, 0, false, false);
    for (at, char) in expression.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&expression[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&expression[from..]);
    parts
}

struct PatternReader<'c> {
    rest: Vec<char>,
    at: usize,
    classes: &'c mut Vec<CharRanges>,
}

impl PatternReader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn eat(&mut self, what: &str) -> bool {
        let what: Vec<char> = what.chars().collect();
        let eats = self.rest[self.at..].starts_with(&what);
        self.at += if eats { what.len() } else { 0 };
        eats
    }

    /// One alternative: several rules where a group inside it has alternatives.
    fn rules(&mut self) -> Option<Vec<AffixPattern>> {
        let mut rules = vec![AffixPattern::default()];
        self.eat("^");
        while self.at < self.rest.len() {
            if self.eat("(?<=") {
                while !self.eat(")") {
                    let class = self.class()?;
                    rules.iter_mut().for_each(|rule| rule.behind.push(class));
                }
            } else if self.eat("(?=") || self.eat("(?!") {
                let must = self.rest[self.at - 1] == '=';
                let class = self.class()?;
                rules.iter_mut().for_each(|rule| rule.ahead = Some((class, must)));
                self.eat(")").then_some(())?;
            } else if self.eat("(?:") {
                let mut branches = vec![Vec::new()];
                while !self.eat(")") {
                    if self.eat("|") {
                        branches.push(Vec::new());
                    } else {
                        let class = self.class()?;
                        branches.last_mut()?.push((class, false));
                    }
                }
                let with = |rule: &AffixPattern, branch: &Vec<(usize, bool)>| {
                    let mut rule = rule.clone();
                    rule.what.extend(branch);
                    rule
                };
                rules = rules.iter().flat_map(|rule| branches.iter().map(move |branch| with(rule, branch))).collect();
            } else if self.peek() == Some('$') && self.at + 1 == self.rest.len() {
                self.at += 1;
            } else {
                let class = self.class()?;
                let many = self.eat("+");
                rules.iter_mut().for_each(|rule| rule.what.push((class, many)));
            }
        }
        // A repeated class must be all there is: the matcher doesn't go back.
        let simple = |rule: &AffixPattern| match rule.what.as_slice() {
            [(first, false), (second, true)] => first == second,
            what => what.iter().all(|(_, many)| !many),
        };
        rules.iter().all(simple).then_some(rules)
    }

    /// A character or a class, as its number.
    fn class(&mut self) -> Option<usize> {
        let mut class = CharRanges::new();
        if self.eat("[") {
            while !self.eat("]") {
                let from = self.char()?;
                let to = if self.peek() == Some('-') && self.rest.get(self.at + 1) != Some(&']') {
                    self.at += 1;
                    self.char()?
                } else {
                    from
                };
                class.push((from, to));
            }
        } else {
            if matches!(self.peek()?, '.' | '*' | '+' | '?' | '(' | ')' | '^' | '$' | '{' | '|') {
                return None;
            }
            let char = self.char()?;
            class.push((char, char));
        }
        class.sort_unstable();
        let mut merged: CharRanges = Vec::new();
        for (from, to) in class {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        let known = self.classes.iter().position(|known| *known == merged);
        Some(known.unwrap_or_else(|| {
            self.classes.push(merged);
            self.classes.len() - 1
        }))
    }

    /// A character, perhaps escaped.
    fn char(&mut self) -> Option<u32> {
        let char = self.peek()?;
        self.at += 1;
        if char != '\\' {
            return Some(u32::from(char));
        }
        let escaped = self.peek()?;
        self.at += 1;
        let digits = match escaped {
            'u' => 4,
            'U' => 8,
            // `\w`, `\d` and the like would need tables of their own.
            _ if escaped.is_ascii_alphanumeric() => return None,
            _ => return Some(u32::from(escaped)),
        };
        let number: String = self.rest.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        u32::from_str_radix(&number, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(expression: &str) -> Vec<String> {
        let mut classes = Vec::new();
        let read = |alternative: &str| {
            PatternReader { rest: alternative.chars().collect(), at: 0, classes: &mut classes }
                .rules()
                .unwrap_or_default()
        };
        split(expression).into_iter().flat_map(read).map(|rule| line(&rule)).collect()
    }

    #[test]
    fn alternatives_become_rules() {
        assert_eq!(lines(r"^\+(?![0-9])|^\.\.+"), ["|0|!1", "|2+2|"]);
        assert_eq!(lines(r"(?<=[0-9])(?:km|m)$"), ["0|1 2|", "0|2|"]);
        assert_eq!(lines(r"(?<=[a|b]),(?=[\u0041-Z])"), ["0|1|2"]);
    }

    #[test]
    fn what_the_matcher_cannot_do_is_refused() {
        for expression in [r"a+b", r"\w", r"a*"] {
            assert!(lines(expression).is_empty(), "{expression}");
        }
    }
}
