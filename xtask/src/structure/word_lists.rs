//! Word lists that stand in code: they belong in `data/`, with a header that says where they come from.

use super::tokens::{ident, is_keyword, is_punct, string};
use proc_macro2::{Delimiter, TokenTree};

/// Shorter lists may stand in code.
const MIN_WORDS: usize = 6;

/// The names of the constants that hold a list of strings.
pub fn find(tokens: &[TokenTree]) -> Vec<String> {
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: &[TokenTree], found: &mut Vec<String>) {
    let mut at = 0;
    while at < tokens.len() {
        let is_constant = is_keyword(tokens, at, "const") || is_keyword(tokens, at, "static");
        let name = ident(tokens.get(at + 1)).filter(|word| word != "fn");
        if let (true, Some(name)) = (is_constant, name) {
            let rest = &tokens[at..];
            let length = rest.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(rest.len());
            let item = &rest[..length];
            let value = item.iter().position(|token| is_punct(Some(token), '=')).map_or(item, |equals| &item[equals..]);
            if has_list(value) {
                found.push(name);
            }
            at += length;
        } else if let TokenTree::Group(group) = &tokens[at] {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            collect(&inside, found);
        }
        at += 1;
    }
}

/// Whether a value holds a list in brackets with enough strings, those of its rows counted.
fn has_list(value: &[TokenTree]) -> bool {
    value.iter().any(|token| match token {
        TokenTree::Group(group) => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            (group.delimiter() == Delimiter::Bracket && strings(&inside) >= MIN_WORDS) || has_list(&inside)
        }
        _ => false,
    })
}

fn strings(list: &[TokenTree]) -> usize {
    let count = |(at, token): (usize, &TokenTree)| match token {
        TokenTree::Group(group) if is_row(list, at) => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            strings(&inside)
        }
        token => usize::from(string(token).is_some()),
    };
    list.iter().enumerate().map(count).sum()
}

/// What a function or macro is called with, and what stands in braces, is no row.
fn is_row(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_call = matches!(before, Some(TokenTree::Ident(_))) || is_punct(before, '!');
    matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() != Delimiter::Brace) && !is_call
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn lists(source: &str) -> Vec<String> {
        find(&tokens::read(source).unwrap())
    }

    #[test]
    fn constants_with_many_strings_are_found() {
        assert_eq!(lists(r#"const VERBS: [&str; 6] = ["say", "tell", "add", "note", "warn", "deny"];"#), ["VERBS"]);
        assert_eq!(
            lists(r#"fn a() { static VERBS: &[&str] = &["say", "tell", "add", "note", "warn", "deny"]; }"#),
            ["VERBS"]
        );
        assert_eq!(
            lists(r#"const RANKS: &[(&str, u8, &[&str])] = &[("say", 1, &["x", "y"]), ("tell", 2, &["z", "w"])];"#),
            ["RANKS"]
        );
    }

    #[test]
    fn lists_in_fields_are_found() {
        let language =
            r#"const ENGLISH: Language = Language { verbs: &["say", "tell", "add", "note", "warn", "deny"] };"#;
        assert_eq!(lists(language), ["ENGLISH"]);
    }

    #[test]
    fn short_lists_and_arguments_are_left_alone() {
        assert_eq!(lists(r#"const VERBS: [&str; 5] = ["say", "tell", "add", "note", "warn"];"#), [""; 0]);
        assert_eq!(
            lists(r#"const RULES: &[Rule] = &[Rule::new("a", "b"), Rule::new("c", "d"), Rule::new("e", "f")];"#),
            [""; 0]
        );
        assert_eq!(
            lists(
                r#"struct A { b: &'static B, c: [&str; 6] } fn d() { ["say", "tell", "add", "note", "warn", "deny"] }"#
            ),
            [""; 0]
        );
        assert_eq!(lists(r#"fn a() { b(&["say", "tell", "add", "note", "warn", "deny"]) }"#), [""; 0]);
    }
}
