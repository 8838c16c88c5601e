//! How the source is laid out: full folders, long files, circles, names with two meanings and word lists in code.

mod circles;
mod crate_modules;
mod finding;
mod known;
mod module;
mod tokens;
mod word_lists;

use crate::command::{Done, read, root, tracked};
use crate_modules::{CrateModules, SourceFiles};
use finding::{Finding, MAX_FILES, MAX_LINES};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The first line of a file that is a table begins with this; it may be longer.
const TABLE: &str = "//! Table:";
/// What was found when the rules came. The list may only shrink.
const KNOWN: &str = "xtask/structure-known.txt";
/// What is right as it is.
const ALLOWED: &str = "xtask/structure-allowed.txt";
/// Folders whose files are no part of the program: names and lists there count for nothing.
const BESIDE: [&str; 4] = ["tests", "examples", "benches", "fuzz"];

/// Prints all findings that are not allowed. With `write` the list of known ones is brought up to date.
pub fn run(write: bool) -> Done {
    let findings = find(&read_sources()?)?;
    let allowed = known::entries(&read(ALLOWED)?);
    if write {
        let list = known::write(&findings, &read(KNOWN)?, &allowed);
        return fs::write(root().join(KNOWN), list).map_err(|error| format!("{KNOWN}: {error}"));
    }
    let lines: String = known::unlisted(&findings, &allowed).map(|finding| format!("{finding}\n")).collect();
    // Whoever reads only the first lines closes the pipe.
    let _ = std::io::stdout().write_all(lines.as_bytes());
    Ok(())
}

/// What differs from the lists, one message each: new findings, and entries of what is gone.
pub fn breaches() -> Result<Vec<String>, String> {
    let findings = find(&read_sources()?)?;
    Ok(known::compare(&findings, &known::entries(&read(KNOWN)?), &known::entries(&read(ALLOWED)?)))
}

fn read_sources() -> Result<SourceFiles, String> {
    let is_ours = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "rs")
            && root().join(path).exists()
            && !path.starts_with("bench")
    };
    let read_one = |path: PathBuf| {
        let text = fs::read_to_string(root().join(&path)).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((path, text))
    };
    tracked()?.into_iter().filter(is_ours).map(read_one).collect()
}

/// All findings, in the order in which they are listed: circles of folders first.
fn find(sources: &SourceFiles) -> Result<Vec<Finding>, String> {
    let mut circles = Vec::new();
    let mut names: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for root in sources.keys().filter(|path| is_crate_root(path)) {
        let modules = CrateModules::read(root, sources)?;
        circles.extend(circles::find(&modules.uses()));
        for (name, file) in modules.types() {
            names.entry(name.to_owned()).or_default().push(file.to_path_buf());
        }
    }
    circles.sort_by_key(|circle| !circle.has_folder());
    let mut findings: Vec<Finding> = circles.into_iter().map(Finding::Circle).collect();
    findings.extend(full_folders(sources));
    findings.extend(long_files(sources));
    let several = names.into_iter().filter(|(_, files)| files.len() > 1);
    findings.extend(several.map(|(name, files)| Finding::Name { name, files }));
    findings.extend(lists_of_words(sources)?);
    Ok(findings)
}

fn is_crate_root(path: &Path) -> bool {
    let in_src = path.parent().is_some_and(|folder| folder.ends_with("src"));
    (in_src && (path.ends_with("lib.rs") || path.ends_with("main.rs")))
        || path.parent().is_some_and(|folder| folder.ends_with("src/bin"))
}

fn full_folders(sources: &SourceFiles) -> impl Iterator<Item = Finding> {
    let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for folder in sources.keys().filter_map(|path| path.parent()) {
        *folders.entry(folder.to_path_buf()).or_default() += 1;
    }
    let full = folders.into_iter().filter(|(_, files)| *files > MAX_FILES);
    full.map(|(folder, files)| Finding::Folder { folder, files })
}

fn long_files(sources: &SourceFiles) -> impl Iterator<Item = Finding> {
    let counted =
        sources.iter().filter(|(_, text)| !text.starts_with(TABLE)).map(|(path, text)| (path, text.lines().count()));
    counted.filter(|(_, lines)| *lines > MAX_LINES).map(|(path, lines)| Finding::Long { file: path.clone(), lines })
}

fn lists_of_words(sources: &SourceFiles) -> Result<Vec<Finding>, String> {
    let mut found = Vec::new();
    let is_test = |path: &Path| {
        path.file_stem().is_some_and(|stem| stem == "tests")
            || BESIDE.iter().any(|name| path.iter().any(|part| part == *name))
    };
    for (path, text) in sources.iter().filter(|(path, _)| !is_test(path)) {
        let tokens = tokens::read(text).map_err(|error| format!("{}: {error}", path.display()))?;
        let constants: BTreeSet<String> = word_lists::find(&tokens).into_iter().collect();
        found.extend(constants.into_iter().map(|constant| Finding::Words { file: path.clone(), constant }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate_modules::tests::sources;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        find(&sources(files)).unwrap().iter().map(Finding::entry).collect()
    }

    #[test]
    fn a_full_folder_is_found() {
        let files: Vec<(String, &str)> =
            (0..=MAX_FILES).map(|number| (format!("press/src/a{number}.rs"), "")).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        assert_eq!(found(&files), ["folder press/src"]);
        assert_eq!(found(&files[1..]), [""; 0]);
    }

    #[test]
    fn a_long_file_is_found_unless_it_is_a_table() {
        let long = "\n".repeat(MAX_LINES + 1);
        let table = format!("{TABLE} names of elements.\n{long}");
        assert_eq!(found(&[("press/src/ink.rs", &long), ("press/src/names.rs", &table)]), ["long press/src/ink.rs"]);
    }

    #[test]
    fn a_name_of_two_types_is_found() {
        let files = [
            ("press/src/lib.rs", "mod ink; struct Page; #[cfg(test)] mod tests { struct Ink; }"),
            ("press/src/ink.rs", "enum Ink {}"),
            ("desk/src/lib.rs", "type Page = u8;"),
            ("desk/tests/ink.rs", "struct Ink;"),
        ];
        assert_eq!(found(&files), ["name Page 2"]);
    }

    #[test]
    fn circles_of_folders_come_first() {
        let ring = [
            ("a/src/lib.rs", "mod x; mod y;"),
            ("a/src/x.rs", "use crate::y::Y; pub struct X;"),
            ("a/src/y.rs", "use crate::x::X; pub struct Y;"),
            ("b/src/lib.rs", "mod x; mod z;"),
            ("b/src/x.rs", "use crate::z::Z; pub struct W;"),
            ("b/src/z/mod.rs", "use crate::x::W; pub struct Z;"),
        ];
        assert_eq!(found(&ring), ["circle-of-folders b/src x.rs z/", "circle a/src x.rs y.rs"]);
    }

    #[test]
    fn a_list_of_words_is_found_in_code_alone() {
        let list = r#"const VERBS: [&str; 6] = ["say", "tell", "add", "note", "warn", "deny"];"#;
        let files = [("press/src/ink.rs", list), ("press/src/tests.rs", list), ("press/tests/ink.rs", list)];
        assert_eq!(found(&files), ["words ink.rs:VERBS"]);
    }
}
