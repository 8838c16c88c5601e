//! The modules of one crate, and what their paths lead to.

use super::module::{self, Module};
use super::tokens;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Source files by path, relative to the workspace's root.
pub type SourceFiles = BTreeMap<PathBuf, String>;
/// What one file uses of others: (the user, the used) and the names it uses.
pub type Uses = BTreeMap<(PathBuf, PathBuf), Vec<String>>;

/// Imports of imports are followed this far; a longer chain can only be a ring.
const MAX_IMPORTS: usize = 16;

/// A crate's modules, beginning with its root, without those of tests.
pub struct CrateModules {
    nodes: Vec<ModuleNode>,
}

struct ModuleNode {
    file: PathBuf,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    module: Module,
}

/// What a path leads to.
enum PathEnd {
    Module(usize),
    /// An item of the module, or a name that a macro made there.
    Item(usize),
}

impl CrateModules {
    /// Reads the crate whose root (`src/lib.rs`, `src/main.rs`) is given.
    pub fn read(root: &Path, sources: &SourceFiles) -> Result<Self, String> {
        let mut modules = Self { nodes: Vec::new() };
        let folder = root.parent().map(Path::to_path_buf).unwrap_or_default();
        modules.read_file(root, &folder, None, sources)?;
        Ok(modules)
    }

    fn read_file(
        &mut self,
        file: &Path,
        folder: &Path,
        parent: Option<usize>,
        sources: &SourceFiles,
    ) -> Result<usize, String> {
        let text = sources.get(file).map(String::as_str).unwrap_or_default();
        let tokens = tokens::read(text).map_err(|error| format!("{}: {error}", file.display()))?;
        self.add(module::read(&tokens), file, folder, parent, sources)
    }

    fn add(
        &mut self,
        mut module: Module,
        file: &Path,
        folder: &Path,
        parent: Option<usize>,
        sources: &SourceFiles,
    ) -> Result<usize, String> {
        let inline = std::mem::take(&mut module.inline);
        let files = module.files.clone();
        let id = self.nodes.len();
        self.nodes.push(ModuleNode { file: file.to_path_buf(), parent, children: BTreeMap::new(), module });
        for (name, inside) in inline {
            let child = self.add(inside, file, &folder.join(&name), Some(id), sources)?;
            self.nodes[id].children.insert(name, child);
        }
        for name in files {
            let beside = folder.join(format!("{name}.rs"));
            let below = folder.join(&name).join("mod.rs");
            let path = if sources.contains_key(&beside) { beside } else { below };
            let child = self.read_file(&path, &folder.join(&name), Some(id), sources)?;
            self.nodes[id].children.insert(name, child);
        }
        Ok(id)
    }

    /// Types and traits, each with the file that defines it; once per module.
    pub fn types(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.nodes.iter().flat_map(|node| node.module.types.iter().map(|name| (name.as_str(), node.file.as_path())))
    }

    /// Which file uses which. A name that is passed on (`pub use`) is used where it comes from, and by whoever mentions it;
    /// passing it on is no use.
    pub fn uses(&self) -> Uses {
        let mut uses = Uses::new();
        for (id, node) in self.nodes.iter().enumerate() {
            for path in &node.module.paths {
                self.note(id, path, &mut uses);
            }
            for import in &node.module.imports {
                if import.name == "*" {
                    for word in &node.module.words {
                        let path: Vec<String> = import.path.iter().chain([word]).cloned().collect();
                        if self.is_named(id, &path) {
                            self.note(id, &path, &mut uses);
                        }
                    }
                } else if !import.public || node.module.words.contains(&import.name) {
                    self.note(id, &import.path, &mut uses);
                }
            }
        }
        uses
    }

    fn note(&self, user: usize, path: &[String], uses: &mut Uses) {
        let Some(PathEnd::Item(used)) = self.target(user, path, 0) else { return };
        let (user, used) = (&self.nodes[user].file, &self.nodes[used].file);
        if user != used {
            let names = uses.entry((user.clone(), used.clone())).or_default();
            // `Kind::Direct` uses `Kind`.
            let name = path.iter().find(|part| part.starts_with(char::is_uppercase)).or(path.last());
            names.extend(name.filter(|name| !names.contains(name)).cloned());
        }
    }

    /// Whether a module of ours says what the path leads to.
    fn is_named(&self, user: usize, path: &[String]) -> bool {
        match self.target(user, path, 0) {
            Some(PathEnd::Item(id)) => path.last().is_some_and(|name| self.nodes[id].module.items.contains(name)),
            _ => false,
        }
    }

    /// What a path leads to that is written in module `from`; `None` where it leads out of the crate.
    fn target(&self, from: usize, path: &[String], depth: usize) -> Option<PathEnd> {
        if depth > MAX_IMPORTS {
            return None;
        }
        let (first, rest) = path.split_first()?;
        let (mut at, mut rest) = match first.as_str() {
            "crate" => (0, rest),
            "self" => (from, rest),
            "super" => (self.nodes[from].parent?, rest),
            name if self.nodes[from].children.contains_key(name) => (from, path),
            name => {
                let import = self.nodes[from].module.imports.iter().find(|import| import.name == name)?;
                // `use std::fmt` leads out by a name that it gives itself.
                if import.path.first() == Some(first) && !self.nodes[from].children.contains_key(name) {
                    return None;
                }
                return self.target(from, &[&import.path, rest].concat(), depth + 1);
            }
        };
        while let Some((name, after)) = rest.split_first() {
            let node = &self.nodes[at];
            if name == "super" {
                at = node.parent?;
            } else if let Some(&child) = node.children.get(name) {
                at = child;
            } else if node.module.items.contains(name) {
                return Some(PathEnd::Item(at));
            } else if let Some(import) = node.module.imports.iter().find(|import| import.name == *name) {
                return self.target(at, &[&import.path, after].concat(), depth + 1);
            } else {
                return Some(self.through_globs(at, rest, depth).unwrap_or(PathEnd::Item(at)));
            }
            rest = after;
        }
        Some(PathEnd::Module(at))
    }

    /// Where a name comes from that a module may have by `use …::*`.
    fn through_globs(&self, at: usize, rest: &[String], depth: usize) -> Option<PathEnd> {
        let globs = self.nodes[at].module.imports.iter().filter(|import| import.name == "*");
        globs.map(|import| [&import.path, rest].concat()).find_map(|path| match self.target(at, &path, depth + 1)? {
            PathEnd::Item(id) if self.nodes[id].module.items.contains(&rest[0]) => Some(PathEnd::Item(id)),
            PathEnd::Module(id) => Some(PathEnd::Module(id)),
            PathEnd::Item(_) => None,
        })
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Made-up sources, by path.
    pub fn sources(files: &[(&str, &str)]) -> SourceFiles {
        files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect()
    }

    fn uses(files: &[(&str, &str)]) -> Vec<String> {
        let sources = sources(files);
        let modules = CrateModules::read(Path::new("src/lib.rs"), &sources).unwrap();
        let name = |path: &Path| path.strip_prefix("src").unwrap().display().to_string();
        modules
            .uses()
            .iter()
            .map(|((user, used), names)| format!("{} -> {} ({})", name(user), name(used), names.join(", ")))
            .collect()
    }

    #[test]
    fn a_name_that_the_parent_passes_on_is_used_where_it_comes_from() {
        let found = uses(&[
            ("src/lib.rs", "mod desk; mod press; pub use press::Paper;"),
            ("src/desk.rs", "use crate::Paper; fn read(paper: Paper) {}"),
            ("src/press.rs", "pub struct Paper;"),
        ]);
        assert_eq!(found, ["desk.rs -> press.rs (Paper)"]);
    }

    #[test]
    fn an_item_of_the_parent_is_used_in_the_parent() {
        let found = uses(&[
            ("src/lib.rs", "mod desk; pub struct Paper;"),
            ("src/desk/mod.rs", "mod lamp; use super::Paper;"),
            ("src/desk/lamp.rs", "fn light() -> super::super::Paper {}"),
        ]);
        assert_eq!(found, ["desk/lamp.rs -> lib.rs (Paper)", "desk/mod.rs -> lib.rs (Paper)"]);
    }

    #[test]
    fn an_imported_module_is_used_for_what_is_taken_from_it() {
        let found = uses(&[
            ("src/lib.rs", "mod desk; mod press;"),
            ("src/desk.rs", "use crate::press; use std::fmt; fn a() { press::ink::black(); fmt::write(); }"),
            ("src/press/mod.rs", "pub mod ink;"),
            ("src/press/ink.rs", "pub fn black() {}"),
        ]);
        assert_eq!(found, ["desk.rs -> press/ink.rs (black)"]);
    }

    #[test]
    fn names_taken_by_an_asterisk_are_found_where_they_are_mentioned() {
        let found = uses(&[
            ("src/lib.rs", "mod desk; mod press; mod lamp;"),
            ("src/desk.rs", "use crate::press::*; fn a() { black() }"),
            ("src/press.rs", "pub use crate::lamp::*; pub fn black() {}"),
            ("src/lamp.rs", "use crate::press::white; pub fn light() {}"),
        ]);
        assert_eq!(found, ["desk.rs -> press.rs (black)", "lamp.rs -> press.rs (white)"]);
    }

    #[test]
    fn what_only_tests_use_is_left_out() {
        let found = uses(&[
            ("src/lib.rs", "mod desk; mod press;"),
            ("src/desk.rs", "#[cfg(test)] mod tests { use crate::press::Paper; }"),
            ("src/press.rs", "pub struct Paper; #[cfg(test)] mod tests;"),
            ("src/press/tests.rs", "use crate::desk::a;"),
        ]);
        assert_eq!(found, Vec::<String>::new());
    }
}
