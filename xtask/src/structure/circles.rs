//! Files and folders that use each other.

use super::crate_modules::Uses;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files and subfolders of one folder, each of which uses the others, directly or by way of others.
#[derive(Debug, PartialEq, Eq)]
pub struct Circle {
    /// The folder that holds them.
    pub folder: PathBuf,
    /// Their names; those of folders end with a slash.
    pub members: BTreeSet<String>,
    /// Who uses what of whom, one line each.
    pub uses: Vec<String>,
}

impl Circle {
    /// A circle that a folder takes part in is worse than one of files that lie side by side.
    pub fn has_folder(&self) -> bool {
        self.members.iter().any(|name| name.ends_with('/'))
    }
}

/// The circles of each folder, those of folders first.
pub fn find(uses: &Uses) -> Vec<Circle> {
    let mut folders: BTreeMap<PathBuf, FolderGraph> = BTreeMap::new();
    let shared: BTreeSet<&Path> =
        uses.keys().flat_map(|(user, used)| [user, used]).flat_map(|file| file.ancestors().skip(1)).collect();
    for ((user, used), names) in uses {
        let Some(folder) = user.ancestors().skip(1).find(|folder| used.starts_with(folder)) else { continue };
        // `desk.rs` belongs with what lies in `desk/`; then that folder holds both.
        let (user, used) = (placed(user, &shared), placed(used, &shared));
        let folder = user.ancestors().skip(1).find(|above| used.starts_with(above)).unwrap_or(folder);
        let edge = (member(&user, folder), member(&used, folder));
        let graph = folders.entry(folder.to_path_buf()).or_default();
        let line = format!("{} uses {} of {}", user.display(), names.join(", "), used.display());
        graph.entry(edge.0).or_default().entry(edge.1).or_default().push(line);
    }
    let mut circles: Vec<Circle> = folders.iter().flat_map(|(folder, graph)| circles(folder, graph)).collect();
    circles.sort_by_key(|circle| (!circle.has_folder(), circle.folder.clone()));
    circles
}

/// Who uses whom, and the lines that say so.
type FolderGraph = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Where a file counts: `desk.rs` beside `desk/` as `desk/mod.rs`.
fn placed(file: &Path, folders: &BTreeSet<&Path>) -> PathBuf {
    let folder = file.with_extension("");
    if folders.contains(folder.as_path()) { folder.join("mod.rs") } else { file.to_path_buf() }
}

/// The file itself, or the folder directly below `folder` that it lies in.
fn member(file: &Path, folder: &Path) -> String {
    let mut parts = file.strip_prefix(folder).unwrap_or(file).components();
    let first = parts.next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    if parts.next().is_some() { first + "/" } else { first }
}

fn circles(folder: &Path, graph: &FolderGraph) -> Vec<Circle> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|from| (from.as_str(), reachable(graph, from))).collect();
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (from, to) in &reached {
        if !to.contains(from) || placed.contains(from) {
            continue;
        }
        let members: BTreeSet<&str> =
            to.iter().copied().filter(|other| reached.get(other).is_some_and(|to| to.contains(from))).collect();
        placed.extend(&members);
        let inside = graph.iter().filter(|(user, _)| members.contains(user.as_str()));
        let uses = inside
            .flat_map(|(_, used)| used.iter().filter(|(used, _)| members.contains(used.as_str())))
            .flat_map(|(_, lines)| lines.iter().cloned())
            .collect();
        found.push(Circle {
            folder: folder.to_path_buf(),
            members: members.into_iter().map(str::to_owned).collect(),
            uses,
        });
    }
    found
}

fn reachable<'a>(graph: &'a FolderGraph, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(at) = open.pop() {
        for next in graph.get(at).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(edges: &[(&str, &str)]) -> Vec<String> {
        let uses = edges
            .iter()
            .map(|(user, used)| ((PathBuf::from(user), PathBuf::from(used)), vec!["Paper".to_owned()]))
            .collect();
        let line = |circle: &Circle| {
            let members: Vec<&str> = circle.members.iter().map(String::as_str).collect();
            format!("{}: {}", circle.folder.display(), members.join(" "))
        };
        find(&uses).iter().map(line).collect()
    }

    #[test]
    fn files_that_use_each_other_are_a_circle() {
        assert_eq!(circles(&[("src/a.rs", "src/b.rs"), ("src/b.rs", "src/c.rs")]), Vec::<String>::new());
        assert_eq!(
            circles(&[("src/a.rs", "src/b.rs"), ("src/b.rs", "src/c.rs"), ("src/c.rs", "src/a.rs")]),
            ["src: a.rs b.rs c.rs"]
        );
    }

    #[test]
    fn folders_that_use_each_other_come_first_even_if_no_files_do() {
        let edges = [
            ("src/a/x.rs", "src/b/y.rs"),
            ("src/b/z.rs", "src/a/w.rs"),
            ("src/a/p.rs", "src/a/q.rs"),
            ("src/a/q.rs", "src/a/p.rs"),
        ];
        assert_eq!(circles(&edges), ["src: a/ b/", "src/a: p.rs q.rs"]);
    }

    #[test]
    fn a_folder_and_a_file_beside_it_are_a_circle() {
        assert_eq!(
            circles(&[("src/page.rs", "src/body/mod.rs"), ("src/body/rules.rs", "src/page.rs")]),
            ["src: body/ page.rs"]
        );
    }

    #[test]
    fn a_file_named_like_a_folder_belongs_to_it() {
        assert_eq!(
            circles(&[("src/body.rs", "src/body/rules.rs"), ("src/body/rules.rs", "src/body.rs")]),
            ["src/body: mod.rs rules.rs"]
        );
    }

    #[test]
    fn a_circle_says_what_is_used() {
        let uses = [("a", "b"), ("b", "a")].map(|(user, used)| {
            ((PathBuf::from(user), PathBuf::from(used)), vec!["Paper".to_owned(), "ink".to_owned()])
        });
        assert_eq!(find(&uses.into()).remove(0).uses, ["a uses Paper, ink of b", "b uses Paper, ink of a"]);
    }
}
