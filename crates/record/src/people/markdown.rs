//! A document as Markdown, to be read or pasted.

use super::headings::{Heading, circumstances, said, speaker};
use super::reading::Reading;
use onrecord_document::{BlockKind, Document, Note};
use std::fmt::Write;

/// Headline, writers, date, body, and a numbered list of who said what (CommonMark, no front matter). Words of the page
/// are escaped, so that none of them turns into a link, a tag or a heading. Ends in a line break.
pub fn markdown(document: &Document) -> String {
    let reading = Reading::of(document);
    let mut paragraphs: Vec<String> = Vec::new();
    let headline = reading.headline.map(|head| escaped(head.words(document)));
    paragraphs.push(format!("# {}", headline.unwrap_or_else(|| escaped(&document.capture().id))));
    paragraphs.extend(reading.standfirst.map(|head| format!("**{}**", escaped(head.words(document)))));
    let written = (!reading.writers.is_empty()).then(|| format!("By {}", escaped(&reading.writers.join(", "))));
    let published = document.fields.published.as_ref().map(|moment| moment.value.to_string());
    let site = document.fields.site.as_ref().map(|site| escaped(&site.value));
    let signature: Vec<String> = [written, published, site].into_iter().flatten().collect();
    if !signature.is_empty() {
        paragraphs.push(signature.join(" · "));
    }
    let mut last = None;
    for block in &reading.flow {
        let words = escaped(document.words(block.span));
        let paragraph = match block.kind {
            BlockKind::Subhead | BlockKind::LiveEntry => format!("## {words}"),
            BlockKind::ListItem => format!("- {words}"),
            BlockKind::BlockQuote | BlockKind::Embed => format!("> {words}"),
            BlockKind::Caption | BlockKind::Correction | BlockKind::Dateline => format!("*{words}*"),
            _ => words,
        };
        match paragraphs.last_mut() {
            // Items of one list stand on lines of their own without a gap.
            Some(list) if block.kind == BlockKind::ListItem && last == Some(BlockKind::ListItem) => {
                list.push('\n');
                list.push_str(&paragraph);
            }
            _ => paragraphs.push(paragraph),
        }
        last = Some(block.kind);
    }
    if reading.flow.is_empty() {
        paragraphs.push("*No article was found on this page.*".to_owned());
    }
    paragraphs.extend(statements(document));
    paragraphs.join("\n\n") + "\n"
}

/// What stands in the place of a page that could not be read.
pub fn markdown_unreadable(id: &str, note: &Note) -> String {
    format!("# {}\n\n*Could not be read: {}.*\n", escaped(id), escaped(&note.message))
}

/// A heading and a list for each [`Heading`] that something stands under.
fn statements(document: &Document) -> Vec<String> {
    let statements = document.statements();
    let mut paragraphs = Vec::new();
    for heading in Heading::ALL {
        let mut list = String::new();
        for statement in statements.iter().filter(|statement| Heading::of(&statement.sourcing) == heading) {
            let who = speaker(document, statement).map_or_else(|| "No source".to_owned(), |who| escaped(&who));
            let mut item = format!("- **{who}**: {}", escaped(&said(document, statement)));
            let details = circumstances(document, statement).join("; ");
            if !details.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(item, " ({})", escaped(&details));
            }
            list.push_str(if list.is_empty() { "" } else { "\n" });
            list.push_str(&item);
        }
        if !list.is_empty() {
            paragraphs.push(format!("## {}", heading.title()));
            paragraphs.push(list);
        }
    }
    paragraphs
}

/// Words on one line, with a backslash before everything that Markdown would take for its own (CommonMark 0.31, 2.4).
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let opens_line = out.is_empty() && opens_block(word);
        for (nth, char) in word.chars().enumerate() {
            let opener = opens_line && (nth == 0 || matches!(char, '.' | ')')) && !char.is_ascii_digit();
            if opener || matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&') {
                out.push('\\');
            }
            out.push(char);
        }
    }
    out
}

/// Whether a word at the start of a line opens a heading, a list or a rule: `#`, `+`, `---`, `12.`.
fn opens_block(word: &str) -> bool {
    let number = word.trim_start_matches(|char: char| char.is_ascii_digit());
    word.starts_with(['#', '+', '-', '=']) || (number.len() < word.len() && matches!(number, "." | ")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_page_stay_words() {
        assert_eq!(escaped("[tap](http://a) <b>x</b>"), r"\[tap\](http://a) \<b\>x\</b\>");
        assert_eq!(escaped("# 1 of\n2"), r"\# 1 of 2");
        assert_eq!(escaped("12. March"), r"12\. March");
        assert_eq!(escaped("2.5 metres - or so"), "2.5 metres - or so");
    }
}
