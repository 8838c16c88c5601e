//! Findings that are listed in files: what was there before the rules (`structure-known.txt`), and what is right as it is
//! (`structure-allowed.txt`, with the reason).

use super::finding::Finding;
use std::collections::BTreeSet;

/// Splits a list into its entries. `#` begins a comment.
pub fn entries(list: &str) -> BTreeSet<KnownEntry> {
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(KnownEntry::parse).collect()
}

/// One line of a list: the kind, what is meant, and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownEntry {
    kind: String,
    subject: String,
    /// For a circle its members, for a name the number of its types.
    extent: BTreeSet<String>,
}

impl KnownEntry {
    fn parse(line: &str) -> Self {
        let mut words = line.split_whitespace().map(str::to_owned);
        Self {
            kind: words.next().unwrap_or_default(),
            subject: words.next().unwrap_or_default(),
            extent: words.collect(),
        }
    }

    fn of(finding: &Finding) -> Self {
        Self::parse(&finding.entry())
    }

    /// Whether the entry stands for all that was found: the same, or more members of a circle, or more types of a name.
    fn covers(&self, found: &Self) -> bool {
        let count = |entry: &Self| entry.extent.first().and_then(|word| word.parse::<usize>().ok());
        let is_within = match (count(self), count(found)) {
            (Some(known), Some(found)) => found <= known,
            (None, _) if self.extent.is_empty() => true,
            _ => found.extent.is_subset(&self.extent),
        };
        self.kind == found.kind && self.subject == found.subject && is_within
    }
}

/// What differs from the lists, as messages: findings in neither, and entries to which no finding answers.
pub fn compare(findings: &[Finding], known: &BTreeSet<KnownEntry>, allowed: &BTreeSet<KnownEntry>) -> Vec<String> {
    let found: Vec<(&Finding, KnownEntry)> =
        findings.iter().map(|finding| (finding, KnownEntry::of(finding))).collect();
    let is_listed = |entry: &KnownEntry| known.iter().chain(allowed).any(|listed| listed.covers(entry));
    let new = found.iter().filter(|(_, entry)| !is_listed(entry)).map(|(finding, _)| format!("new: {finding}"));
    let is_found = |listed: &&KnownEntry| found.iter().any(|(_, entry)| listed.covers(entry));
    let line = |entry: &KnownEntry| format!("{} {}", entry.kind, entry.subject);
    let known_gone = known.iter().filter(|entry| !found.iter().any(|(_, found)| found == *entry));
    let allowed_gone = allowed.iter().filter(|entry| !is_found(entry));
    let known_gone = known_gone.map(|entry| {
        format!("gone or smaller: {} (`./dev structure --write` updates xtask/structure-known.txt)", line(entry))
    });
    let allowed_gone =
        allowed_gone.map(|entry| format!("gone: {} (remove it from xtask/structure-allowed.txt)", line(entry)));
    new.chain(known_gone).chain(allowed_gone).collect()
}

/// The findings that are not allowed.
pub fn unlisted<'a>(findings: &'a [Finding], allowed: &BTreeSet<KnownEntry>) -> impl Iterator<Item = &'a Finding> {
    findings.iter().filter(|finding| !allowed.iter().any(|allowed| allowed.covers(&KnownEntry::of(finding))))
}

/// The list of what is found and not allowed, below the comment that the old list begins with.
pub fn write(findings: &[Finding], old: &str, allowed: &BTreeSet<KnownEntry>) -> String {
    let head = old.lines().take_while(|line| line.starts_with('#'));
    let entries = unlisted(findings, allowed).map(Finding::entry);
    let lines: Vec<String> = head.map(str::to_owned).chain(entries).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(types: usize) -> Finding {
        Finding::Name { name: "Page".to_owned(), files: vec!["a.rs".into(); types] }
    }

    fn messages(findings: &[Finding], known: &str, allowed: &str) -> Vec<String> {
        let messages = compare(findings, &entries(known), &entries(allowed));
        messages.iter().map(|message| message.split(": ").next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn what_is_listed_is_not_new() {
        assert_eq!(messages(&[name(3)], "", ""), ["new"]);
        assert_eq!(messages(&[name(3)], "# Before the rules.\nname Page 3\n", ""), [""; 0]);
        assert_eq!(messages(&[name(3)], "", "name Page # each crate has its own\n"), [""; 0]);
    }

    #[test]
    fn a_list_may_only_shrink() {
        assert_eq!(messages(&[name(4)], "name Page 3\n", ""), ["new", "gone or smaller"]);
        assert_eq!(messages(&[name(2)], "name Page 3\n", ""), ["gone or smaller"]);
        assert_eq!(messages(&[], "name Page 3\n", "name Error\n"), ["gone or smaller", "gone"]);
    }

    #[test]
    fn a_part_of_a_known_circle_is_not_new() {
        let circle = |members: &[&str]| {
            let members: BTreeSet<String> = members.iter().map(|name| (*name).to_owned()).collect();
            Finding::Circle(super::super::circles::Circle { folder: "src".into(), members, uses: Vec::new() })
        };
        assert_eq!(messages(&[circle(&["a.rs", "b.rs"])], "circle src a.rs b.rs c.rs\n", ""), ["gone or smaller"]);
        assert_eq!(
            messages(&[circle(&["a.rs", "d.rs"])], "circle src a.rs b.rs c.rs\n", ""),
            ["new", "gone or smaller"]
        );
        assert_eq!(messages(&[circle(&["a/", "b.rs"])], "circle-of-folders src b.rs a/\n", ""), [""; 0]);
    }

    #[test]
    fn a_written_list_keeps_its_comment() {
        assert_eq!(write(&[name(2)], "# Why.\nname Old 2\n", &entries("")), "# Why.\nname Page 2\n");
        assert_eq!(write(&[name(2)], "# Why.\n", &entries("name Page")), "# Why.\n");
    }
}
