//! A passage as HTML: its marks as nested spans.

use crate::links;
use maud::{Markup, PreEscaped, Render, html};
use onrecord_document::StatementForm;
use onrecord_views::statement::passage::{Mark, Passage, Role};

/// Writes a passage's words with its marks. `number`: what stands behind the first part of each statement.
pub(crate) struct Marked<'a, N: Fn(usize) -> Option<Markup>> {
    pub passage: &'a Passage,
    /// Whether marks carry the numbers of their statements, for the script to join them with their notes.
    pub joined: bool,
    /// Statements that were filtered out, whose marks are not drawn.
    pub hidden: &'a [usize],
    pub number: N,
}

impl<N: Fn(usize) -> Option<Markup>> Render for Marked<'_, N> {
    fn render_to(&self, out: &mut String) {
        let words = self.passage.words.as_str();
        let mut marks: Vec<&Mark> = self.passage.marks.iter().filter(|mark| shown(&mark.role)).collect();
        // Outer ones first: what begins earlier, then what is longer, then what was marked first.
        marks.sort_by_key(|mark| (mark.bytes.start, std::cmp::Reverse(mark.bytes.end), order(&mark.role)));
        let mut numbered: Vec<usize> = Vec::new();
        let mut open: Vec<&Mark> = Vec::new();
        let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.bytes.start, mark.bytes.end]).collect();
        cuts.extend([0, words.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut next = marks.iter().peekable();
        for pair in cuts.windows(2) {
            let [from, to] = *pair else { continue };
            while let Some(mark) = next.next_if(|mark| mark.bytes.start == from) {
                self.begin(mark, out);
                open.push(mark);
            }
            words.get(from..to).unwrap_or_default().render_to(out);
            // What ends here is closed, with what stands inside it; that is opened again behind it.
            if let Some(first) = open.iter().position(|mark| mark.bytes.end == to) {
                let mut again = open.split_off(first);
                again.iter().rev().for_each(|mark| end(mark, out));
                let ended: Vec<&Mark> = again.iter().filter(|mark| mark.bytes.end == to).copied().collect();
                again.retain(|mark| mark.bytes.end != to);
                for mark in ended.iter().filter(|mark| matches!(mark.role, Role::Content(_))) {
                    if !numbered.contains(&mark.statement) {
                        numbered.push(mark.statement);
                        // No link stands inside another.
                        let in_link = open.iter().chain(&again).any(|mark| is_link(mark));
                        if let Some(number) = (self.number)(mark.statement).filter(|_| !in_link) {
                            number.render_to(out);
                        }
                    }
                }
                for mark in again {
                    self.begin(mark, out);
                    open.push(mark);
                }
            }
        }
    }
}

/// The marks that are drawn.
fn shown(role: &Role) -> bool {
    match role {
        Role::Told(name) => matches!(*name, "terms" | "reason" | "basis"),
        Role::Link(url) => links::outside(url).is_some(),
        _ => true,
    }
}

/// Of marks over the same words, which stands outside.
fn order(role: &Role) -> u8 {
    match role {
        Role::Link(_) => 0,
        Role::Content(_) => 1,
        Role::Quoted => 2,
        Role::Source => 3,
        Role::Cue | Role::Told(_) => 4,
        Role::Found => 5,
    }
}

fn is_link(mark: &Mark) -> bool {
    matches!(mark.role, Role::Link(_))
}

impl<N: Fn(usize) -> Option<Markup>> Marked<'_, N> {
    fn begin(&self, mark: &Mark, out: &mut String) {
        let class = match &mark.role {
            Role::Content(StatementForm::Direct) => "st st-direct",
            Role::Content(StatementForm::Indirect) => "st st-indirect",
            Role::Content(StatementForm::Mixed) => "st st-mixed",
            Role::Quoted => "st-said",
            Role::Cue | Role::Told(_) => "cue",
            Role::Source => "src",
            Role::Found => return out.push_str(r#"<mark class="hit">"#),
            Role::Link(url) => {
                let url = links::outside(url).unwrap_or_default();
                out.push_str(r#"<a class="out" rel="noopener noreferrer nofollow external" href=""#);
                url.render_to(out);
                return out.push_str("\">");
            }
        };
        out.push_str(r#"<span class=""#);
        out.push_str(class);
        if self.hidden.contains(&mark.statement) {
            out.push_str(" is-off");
        }
        if self.joined {
            out.push_str(&format!("\" data-s=\"{}", mark.statement));
        }
        out.push_str("\">");
    }
}

fn end(mark: &Mark, out: &mut String) {
    out.push_str(match mark.role {
        Role::Found => "</mark>",
        Role::Link(_) => "</a>",
        _ => "</span>",
    });
}

/// A passage without numbers, for lists.
pub(crate) fn plain(passage: &Passage) -> Markup {
    let marked = Marked { passage, joined: false, hidden: &[], number: |_| None };
    let mut out = String::new();
    marked.render_to(&mut out);
    html! { (PreEscaped(out)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(bytes: std::ops::Range<usize>, role: Role, statement: usize) -> Mark {
        Mark { bytes, role, statement }
    }

    #[test]
    fn marks_that_cross_are_nested_all_the_same() {
        let marks = vec![mark(0..5, Role::Source, 1), mark(3..8, Role::Content(StatementForm::Direct), 2)];
        let passage = Passage { words: "abcdefghij".to_owned(), marks };
        let marked = Marked { passage: &passage, joined: true, hidden: &[], number: |nth| Some(html! { b { (nth) } }) };
        let expected = concat!(
            r#"<span class="src" data-s="1">abc<span class="st st-direct" data-s="2">de</span></span>"#,
            r#"<span class="st st-direct" data-s="2">fgh</span><b>2</b>ij"#
        );
        assert_eq!(marked.render().into_string(), expected);
    }

    #[test]
    fn words_and_addresses_are_escaped_and_none_that_runs_is_a_link() {
        let marks = vec![
            mark(0..8, Role::Link("javascript:alert(1)".to_owned()), 0),
            mark(9..10, Role::Link("https://a.example/?a=1&b=\u{27}".to_owned()), 0),
        ];
        let passage = Passage { words: "<script> \"".to_owned(), marks };
        let html = plain(&passage).into_string();
        assert!(html.starts_with("&lt;script&gt; <a "), "{html}");
        assert!(html.ends_with("href=\"https://a.example/?a=1&amp;b='\">&quot;</a>"), "{html}");
    }
}
