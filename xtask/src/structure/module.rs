//! What one module declares, imports and mentions.

use super::tokens::{group, ident, is_punct};
use proc_macro2::{Delimiter, TokenTree};
use std::collections::BTreeSet;

/// One module, in a file of its own or inside another's braces.
#[derive(Debug, Default)]
pub struct Module {
    /// Modules declared with `mod name;`.
    pub files: Vec<String>,
    /// Modules with their text in braces.
    pub inline: Vec<(String, Module)>,
    /// Names of items defined here, macros included.
    pub items: BTreeSet<String>,
    /// Those of the items that are types or traits.
    pub types: BTreeSet<String>,
    /// What `use` brings in, functions' own included.
    pub imports: Vec<Import>,
    /// Paths of two or more parts that the items mention.
    pub paths: BTreeSet<Vec<String>>,
    /// All words that the items mention.
    pub words: BTreeSet<String>,
}

/// One name of a `use`.
#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    /// The name it goes by here; `*` for all names of a module.
    pub name: String,
    /// Where it comes from, as written.
    pub path: Vec<String>,
    /// Whether others can import it from here.
    pub public: bool,
}

/// Reads a module from the tokens of its file, or from those between its braces.
pub fn read(tokens: &[TokenTree]) -> Module {
    let mut module = Module::default();
    let mut public = false;
    let mut at = 0;
    while at < tokens.len() {
        let word = ident(tokens.get(at)).unwrap_or_default();
        let next = ident(tokens.get(at + 1));
        match (word.as_str(), next) {
            ("pub", _) => {
                public = true;
                at += 1 + usize::from(group(tokens.get(at + 1), Delimiter::Parenthesis).is_some());
                continue;
            }
            ("use", _) => {
                at = read_use(tokens, at + 1, public, &mut module.imports);
                public = false;
                continue;
            }
            ("mod", Some(name)) => {
                if let Some(inside) = group(tokens.get(at + 2), Delimiter::Brace) {
                    module.inline.push((name, read(&inside)));
                } else {
                    module.files.push(name);
                }
                public = false;
                at += 3;
                continue;
            }
            ("struct" | "enum" | "union" | "trait" | "type", Some(name)) => {
                module.types.insert(name.clone());
                module.items.insert(name);
            }
            ("fn" | "const" | "static", Some(name)) if name != "fn" => {
                module.items.insert(name);
            }
            ("macro_rules", _) => module.items.extend(ident(tokens.get(at + 2))),
            _ => {}
        }
        public = false;
        at = mention(tokens, at, &mut module);
    }
    module
}

/// Notes the path, word or group at `at`, and gives what follows it.
fn mention(tokens: &[TokenTree], at: usize, module: &mut Module) -> usize {
    match &tokens[at] {
        TokenTree::Group(group) => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            let mut within = 0;
            while within < inside.len() {
                let is_use = ident(inside.get(within)).is_some_and(|word| word == "use");
                // `impl Iterator + use<'a>` is no import.
                if is_use && !is_punct(inside.get(within + 1), '<') {
                    within = read_use(&inside, within + 1, false, &mut module.imports);
                } else {
                    within = mention(&inside, within, module);
                }
            }
            at + 1
        }
        TokenTree::Ident(first) => {
            let mut path = vec![first.to_string()];
            let mut end = at + 1;
            while is_punct(tokens.get(end), ':') && is_punct(tokens.get(end + 1), ':') {
                let Some(part) = ident(tokens.get(end + 2)) else { break };
                path.push(part);
                end += 3;
            }
            // A method or field is no word of ours.
            let of_value =
                at > 0 && is_punct(tokens.get(at - 1), '.') && !(at > 1 && is_punct(tokens.get(at - 2), '.'));
            if !of_value {
                module.words.insert(path[0].clone());
            }
            if path.len() > 1 {
                module.paths.insert(path);
            }
            end
        }
        _ => at + 1,
    }
}

/// Reads a `use` whose tree begins at `at`, and gives what follows its semicolon.
fn read_use(tokens: &[TokenTree], at: usize, public: bool, imports: &mut Vec<Import>) -> usize {
    let rest = &tokens[at..];
    let length = rest.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(rest.len());
    read_tree(&rest[..length], &[], public, imports);
    at + length + 1
}

/// Reads one tree of a `use`: `a::b`, `a::{b, c as d}` or `a::*`.
fn read_tree(tokens: &[TokenTree], before: &[String], public: bool, imports: &mut Vec<Import>) {
    let mut path = before.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if word == "as" => break,
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '*' => {
                imports.push(Import { name: "*".to_owned(), path, public });
                return;
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                for tree in inside.split(|token| is_punct(Some(token), ',')).filter(|tree| !tree.is_empty()) {
                    read_tree(tree, &path, public, imports);
                }
                return;
            }
            _ => {}
        }
        at += 1;
    }
    // `use a::{self}` brings in `a`.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let alias = ident(tokens.get(at + 1));
    let Some(name) = alias.or_else(|| path.last().cloned()) else { return };
    imports.push(Import { name, path, public });
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn module(source: &str) -> Module {
        read(&tokens::read(source).unwrap())
    }

    #[test]
    fn imports_are_read_with_their_names() {
        let module = module("pub use a::{self, b::C as D, e::*};\nuse super::F;\nfn g() { use h::I; }");
        let found: Vec<String> = module
            .imports
            .iter()
            .map(|import| {
                format!("{}{} = {}", if import.public { "pub " } else { "" }, import.name, import.path.join("::"))
            })
            .collect();
        assert_eq!(found, ["pub a = a", "pub D = a::b::C", "pub * = a::e", "F = super::F", "I = h::I"]);
    }

    #[test]
    fn items_are_what_the_module_itself_defines() {
        let module = module(
            "pub(crate) struct A { b: B }\nimpl Iterator for A { type Item = u8; }\nconst fn c() {}\nmod d;\nmod e { enum F {} }",
        );
        assert_eq!(module.types.iter().collect::<Vec<_>>(), ["A"]);
        assert_eq!(module.items.iter().collect::<Vec<_>>(), ["A", "c"]);
        assert_eq!(module.files, ["d"]);
        assert_eq!(module.inline[0].0, "e");
        assert!(module.inline[0].1.types.contains("F"));
    }

    #[test]
    fn tests_and_doc_comments_are_left_out() {
        let module = module(
            "/// See crate::a::B.\n#[cfg(test)]\nmod tests { struct C; }\n#[cfg(all(test, unix))] use d::{E, F};\n#[test] fn g() -> &'static str {}\n#[cfg(test)] const fn i() {}\nfn h() {}",
        );
        assert_eq!(module.items.iter().collect::<Vec<_>>(), ["h"]);
        assert!(module.inline.is_empty() && module.imports.is_empty() && module.paths.is_empty());
    }

    #[test]
    fn paths_are_found_wherever_they_stand() {
        let module = module("fn a(b: &super::C) { d!(crate::e::f(x.y)); Self::g::<h::I>(); }");
        let paths: Vec<String> = module.paths.iter().map(|path| path.join("::")).collect();
        assert_eq!(paths, ["Self::g", "crate::e::f", "h::I", "super::C"]);
        assert!(!module.words.contains("y"));
    }
}
