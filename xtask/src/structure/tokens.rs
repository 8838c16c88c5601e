//! Rust source as tokens, without its tests and attributes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::str::FromStr;

/// Reads a source file; gives nothing for a file of tests (`#![cfg(test)]`). Fails with a message where Rust would not lex it.
pub fn read(source: &str) -> Result<Vec<TokenTree>, String> {
    let stream = TokenStream::from_str(source).map_err(|error| error.to_string())?;
    Ok(without_tests(stream))
}

/// The ident's text where the token is one.
pub fn ident(token: Option<&TokenTree>) -> Option<String> {
    match token? {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

/// Whether the token at `at` is this keyword and begins an item; the `static` of `'static` and the `const` of `<const N: u8>` do
/// not.
pub fn is_keyword(tokens: &[TokenTree], at: usize, keyword: &str) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_inside = ['\'', '<', ',', '*'].iter().any(|character| is_punct(before, *character));
    ident(tokens.get(at)).is_some_and(|word| word == keyword) && !is_inside
}

/// Whether the token is this punctuation character.
pub fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// The tokens between these brackets, where the token is such a group.
pub fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token? {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream().into_iter().collect()),
        _ => None,
    }
}

/// The string literal's source text, quotes included, where the token is one.
pub fn string(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string();
    (text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#")).then_some(text)
}

/// Attributes go, and so does every item that one of them marks as a test.
fn without_tests(stream: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let inner = usize::from(is_punct(tokens.get(at + 1), '!'));
        if is_punct(tokens.get(at), '#')
            && let Some(attribute) = group(tokens.get(at + 1 + inner), Delimiter::Bracket)
        {
            at += 2 + inner;
            if marks_test(&attribute) {
                if inner == 1 {
                    return Vec::new();
                }
                at = end_of_item(&tokens, at);
            }
            continue;
        }
        kept.push(match &tokens[at] {
            TokenTree::Group(group) => {
                let inside = without_tests(group.stream()).into_iter().collect();
                TokenTree::Group(Group::new(group.delimiter(), inside))
            }
            other => other.clone(),
        });
        at += 1;
    }
    kept
}

/// `test`, or a `cfg` that holds only in tests.
fn marks_test(attribute: &[TokenTree]) -> bool {
    match ident(attribute.first()).as_deref() {
        Some("test") => true,
        Some("cfg") => {
            group(attribute.get(1), Delimiter::Parenthesis).is_some_and(|condition| asks_for_test(&condition))
        }
        _ => false,
    }
}

fn asks_for_test(condition: &[TokenTree]) -> bool {
    match ident(condition.first()).as_deref() {
        Some("test") => true,
        Some("all") => group(condition.get(1), Delimiter::Parenthesis)
            .is_some_and(|all| all.split(|token| is_punct(Some(token), ',')).any(asks_for_test)),
        _ => false,
    }
}

/// The first token after the item at `at`: after its `;`, or after its braces. A `use` or a constant may hold braces of its own.
fn end_of_item(tokens: &[TokenTree], mut at: usize) -> usize {
    let mut braces_end = true;
    while let Some(token) = tokens.get(at) {
        if is_keyword(tokens, at, "use") || is_keyword(tokens, at, "static") || is_keyword(tokens, at, "const") {
            braces_end = false;
        }
        at += 1;
        match token {
            TokenTree::Ident(word) if word == "fn" => braces_end = true,
            TokenTree::Punct(punct) if punct.as_char() == ';' => break,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && braces_end => break,
            _ => {}
        }
    }
    at
}
