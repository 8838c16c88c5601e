//! `onrecord explain`: shows the evidence behind a field or a statement.

use crate::args::{InputArgs, Look};
use crate::exit::Exit;
use crate::print::colours::{BOLD, DIM, MARKED, PLAIN, Paint};
use crate::print::excerpt::{Excerpt, Proof};
use crate::print::rich::{Rich, shortened};
use crate::print::{messages, output, terminal};
use clap::Args;
use onrecord_document::{Basis, Capture, Document, Stage, Statement};
use onrecord_intake::{Intake, Item, Options};
use onrecord_record::{StatedField, circumstances, said, speaker, stated};
use onrecord_span::{Bytes, Span, Text};
use std::path::PathBuf;

/// Show where on the page a field or a statement was read.
///
/// Given only a file, lists the page's fields and statements. Given the name of a field, or the number or id of a
/// statement, shows the article's words, the bytes of the page around them with their offsets, and a command that cuts
/// exactly these bytes out of the file.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  List what can be explained:
    onrecord explain article.html
  Show where the headline was read:
    onrecord explain article.html headline
  Show where statement [3] was read, and who made it:
    onrecord explain article.html 3
  Explain the headline of a page in a web archive:
    onrecord explain crawl.warc.gz --id 'crawl.warc.gz!812' headline")]
pub struct ExplainArgs {
    /// A file, or - for standard input
    pub file: PathBuf,
    /// A field (headline, authors.0), or the number or id of a statement
    #[arg(value_name = "FIELD|STATEMENT")]
    pub what: Option<String>,
    /// The page with this id, if the file holds several [default: the first]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub look: Look,
}

/// Characters of the article that are shown on each side of words.
const CONTEXT_CHARS: usize = 80;
/// Longest value in a list, in characters.
const LISTED_CHARS: usize = 100;

/// Lists what can be explained, or explains one field or statement.
pub fn run(args: &ExplainArgs) -> Exit {
    let capture = match capture(args) {
        Ok(capture) => capture,
        Err(exit) => return exit,
    };
    let document = onrecord_reader::read(&capture, Stage::Facts);
    let mut page = ExplanationPrinter {
        document: &document,
        proof: Proof::of(&capture),
        paint: Paint::stdout(args.look.color),
        width: terminal::width(args.look.width),
        out: String::new(),
    };
    let Some(what) = &args.what else {
        page.list();
        return output::print(page.out.as_bytes());
    };
    match Explained::find(&document, what) {
        Some(Explained::Fields(fields)) => fields.iter().for_each(|field| page.field(field)),
        Some(Explained::Statement(nth, statement)) => page.statement(nth, statement),
        None => {
            messages::say(&unknown(&document, what));
            return Exit::Misused;
        }
    }
    output::print(page.out.as_bytes())
}

/// The page that the arguments mean.
fn capture(args: &ExplainArgs) -> Result<Capture, Exit> {
    let options = Options { input: args.input.kind.into(), ..Options::default() };
    let mut items = Intake::open(vec![args.file.clone()], options);
    let item = match &args.id {
        Some(id) => items.find(|item| item.id() == id),
        None => items.next(),
    };
    match item {
        Some(Item::Capture(capture)) => Ok(capture),
        Some(Item::Unreadable(unreadable)) => {
            messages::say(&format!("{}: {}", unreadable.id, unreadable.note.message));
            Err(Exit::Incomplete)
        }
        None => {
            let id = args.id.as_ref().map_or_else(String::new, |id| format!(" with the id {id}"));
            messages::say(&format!("{}: no page{id} in this file", args.file.display()));
            Err(Exit::Misused)
        }
    }
}

/// What is explained.
enum Explained<'a> {
    Fields(Vec<StatedField<'a>>),
    /// A statement, with its number from 1.
    Statement(usize, &'a Statement),
}

impl<'a> Explained<'a> {
    /// A statement by its number or id, else a field by its name or pointer (`authors.0`, `/authors/0`), else all
    /// fields of a list (`authors`).
    fn find(document: &'a Document, what: &str) -> Option<Self> {
        if let Some((nth, statement)) = document.statement_called(what) {
            return Some(Explained::Statement(nth + 1, statement));
        }
        let name = what.trim_start_matches('/').replace('/', ".");
        let part_of = format!("{name}.");
        let mut fields = stated(document);
        fields.retain(|field| {
            let field = field_name(field);
            field == name || field.starts_with(&part_of)
        });
        (!fields.is_empty()).then_some(Explained::Fields(fields))
    }
}

fn field_name(field: &StatedField<'_>) -> String {
    field.pointer.trim_start_matches('/').replace('/', ".")
}

/// The message for a field or statement that does not exist.
fn unknown(document: &Document, what: &str) -> String {
    let mut names: Vec<String> =
        stated(document).iter().filter_map(|field| field_name(field).split('.').next().map(str::to_owned)).collect();
    names.dedup();
    let statements = match document.statements().len() {
        0 => "no statements".to_owned(),
        1 => "statement 1".to_owned(),
        number => format!("statements 1 to {number}"),
    };
    let fields = if names.is_empty() { "no fields".to_owned() } else { names.join(", ") };
    format!("this page has no {what}; it has {fields}, and {statements}")
}

/// An explanation being written.
struct ExplanationPrinter<'a> {
    document: &'a Document,
    proof: Proof,
    paint: Paint,
    width: usize,
    out: String,
}

impl ExplanationPrinter<'_> {
    fn list(&mut self) {
        self.page_line();
        let fields = stated(self.document);
        let names: Vec<String> = fields.iter().map(field_name).collect();
        let widest = names.iter().map(String::len).max().unwrap_or_default();
        self.heading("Fields");
        if fields.is_empty() {
            self.line(&Rich::of("No fields were found on this page.", PLAIN), "  ", "  ");
        }
        for (name, field) in names.iter().zip(&fields) {
            let mut rich = Rich::of(&shortened(&field.value, LISTED_CHARS), PLAIN);
            rich.push(&format!("  {}", place(field)), DIM);
            self.line(&rich, &format!("  {name:widest$}  "), &" ".repeat(widest + 4));
        }
        self.heading("Statements");
        if self.document.statements().is_empty() {
            self.line(&Rich::of("No statements were found in this article.", PLAIN), "  ", "  ");
        }
        let (document, widest) = (self.document, self.document.statements().len().to_string().len() + 2);
        for (nth, statement) in document.statements().iter().enumerate() {
            let who = speaker(document, statement).unwrap_or_else(|| "no source".to_owned());
            let mut rich = Rich::of(&format!("{who}: "), BOLD);
            rich.push(&shortened(&said(document, statement), LISTED_CHARS), PLAIN);
            let bytes = statement.content.iter().flat_map(|span| document.evidence(*span)).map(ranged);
            rich.push(&format!("  {}", bytes.collect::<Vec<_>>().join(" ")), DIM);
            let number = format!("[{}]", nth + 1);
            self.line(&rich, &format!("  {number:>widest$}  "), &" ".repeat(widest + 4));
        }
        self.out.push('\n');
        self.line(
            &Rich::of("Ranges are byte offsets into the page. Name a field or a statement to see its bytes.", DIM),
            "",
            "",
        );
    }

    fn field(&mut self, field: &StatedField<'_>) {
        self.page_line();
        self.heading(&field_name(field));
        self.entry("value", &field.value);
        if field.value != field.as_written && !field.as_written.is_empty() {
            self.entry("as written", field.as_written);
        }
        let basis = match field.basis {
            Basis::Page => "words on the page",
            Basis::Url => "the page's address",
            Basis::Header => "sent with the page, not part of it",
            Basis::Detected => "worked out from the text",
        };
        self.entry("basis", basis);
        self.out.push('\n');
        self.bytes(field.evidence);
    }

    fn statement(&mut self, nth: usize, statement: &Statement) {
        let document = self.document;
        self.page_line();
        self.heading(&format!("Statement [{nth}]"));
        self.entry("id", &statement.id.to_string());
        self.entry("form", &format!("{} {}", statement.form.name(), statement.act.name()));
        self.entry("by", &speaker(document, statement).unwrap_or_else(|| "no source given".to_owned()));
        let sourcing = &statement.sourcing;
        self.entry("sourcing", &spaced(&[sourcing.kind.name(), sourcing.terms.name()].join(", ")));
        let details = circumstances(document, statement).join(" · ");
        if !details.is_empty() {
            self.entry("details", &details);
        }
        self.entry("confidence", &format!("{:.2}", statement.confidence));
        for span in &statement.content {
            self.heading("content");
            let rich = self.in_article(*span);
            self.line(&rich, "  ", "  ");
            self.bytes(&document.evidence(*span));
        }
        self.words("cue", &statement.cue);
        self.words("source", &statement.source);
        // Most often the words for the source are the name.
        let speaker = statement.speaker.map(|speaker| speaker.span).filter(|span| !statement.source.contains(span));
        self.words("speaker", speaker.as_slice());
        for (name, span) in sourcing.spans() {
            self.words(name, span.as_slice());
        }
    }

    /// The words of one part of a statement, and the bytes of each.
    fn words(&mut self, name: &str, spans: &[Span<Text>]) {
        for span in spans {
            self.out.push('\n');
            let mut rich = Rich::of(&format!("{name}: "), BOLD);
            rich.push(self.document.words(*span), PLAIN);
            self.line(&rich, "", "  ");
            self.bytes(&self.document.evidence(*span));
        }
    }

    /// Words of the article, marked, with what stands around them.
    fn in_article(&self, span: Span<Text>) -> Rich {
        let buffer = self.document.buffer().as_str();
        let (before, after) = (&buffer[..span.start()], &buffer[span.end()..]);
        let start = before.char_indices().rev().nth(CONTEXT_CHARS).map(|(at, _)| at);
        let end = after.char_indices().nth(CONTEXT_CHARS).map(|(at, _)| at);
        let mut rich = Rich::default();
        rich.push(if start.is_some() { "…" } else { "" }, DIM);
        rich.push(&folded(&before[start.unwrap_or_default()..]), DIM);
        self.push_marked(&mut rich, self.document.words(span));
        rich.push(&folded(&after[..end.unwrap_or(after.len())]), DIM);
        rich.push(if end.is_some() { "…" } else { "" }, DIM);
        rich
    }

    /// The bytes of the page with their offsets, and how to cut them out.
    fn bytes(&mut self, ranges: &[Span<Bytes>]) {
        let page = &self.document.capture().page;
        for range in ranges {
            let excerpt = Excerpt::around(page, *range, self.document.encoding());
            let mut title = Rich::of(&format!("bytes {}", ranged(*range)), PLAIN);
            title.push(&format!(" ({} bytes, {})", range.len(), self.document.encoding()), DIM);
            self.line(&title, "  ", "  ");
            // Made safe first, so that line breaks and tabs of the page are seen and not folded away.
            let mut rich = Rich::of(&terminal::safe(&excerpt.before), DIM);
            self.push_marked(&mut rich, &terminal::safe(&excerpt.marked));
            rich.push(&terminal::safe(&excerpt.after), DIM);
            self.line(&rich, "    ", "    ");
            // On one line whatever its length: it is there to be copied.
            let command = format!("    $ {}", terminal::safe(&self.proof.command(*range)));
            self.paint.push(&mut self.out, &command, PLAIN);
            self.out.push('\n');
        }
    }

    /// Marks words by style, or by brackets where there are no styles.
    fn push_marked(&self, rich: &mut Rich, words: &str) {
        if self.paint.is_on() {
            return rich.push(words, MARKED);
        }
        rich.push("⟦", PLAIN);
        rich.push(words, PLAIN);
        rich.push("⟧", PLAIN);
    }

    /// The page: its name, size and hash, and what its offsets count; said once.
    fn page_line(&mut self) {
        if !self.out.is_empty() {
            return;
        }
        let capture = self.document.capture();
        self.line(&Rich::of(&capture.id, BOLD), "", "");
        let bytes = capture.page.as_bytes().len();
        let what = format!("{bytes} bytes, {}, {}", self.document.encoding(), capture.media.media_type());
        self.line(&Rich::of(&what, DIM), "", "");
        self.line(&Rich::of(&format!("SHA-256 {}", capture.hash), DIM), "", "");
        if let Some(remark) = self.proof.remark() {
            self.line(&Rich::of(remark, DIM), "", "");
        }
    }

    fn heading(&mut self, words: &str) {
        self.out.push('\n');
        self.line(&Rich::of(words, BOLD), "", "");
    }

    fn entry(&mut self, name: &str, words: &str) {
        self.line(&Rich::of(words, PLAIN), &format!("  {name:<12}"), "              ");
    }

    fn line(&mut self, rich: &Rich, first: &str, other: &str) {
        rich.write(&mut self.out, first, other, self.width, self.paint);
    }
}

fn ranged(range: Span<Bytes>) -> String {
    format!("{}..{}", range.start(), range.end())
}

/// Where a field stands, in few characters.
fn place(field: &StatedField<'_>) -> String {
    match field.basis {
        Basis::Page => field.evidence.iter().copied().map(ranged).collect::<Vec<_>>().join(" "),
        Basis::Url => "from the address".to_owned(),
        Basis::Header => "sent with the page".to_owned(),
        Basis::Detected => "worked out".to_owned(),
    }
}

fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// Words with every stretch of white space made one space, at the ends too.
fn folded(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for char in words.chars() {
        match char.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn white_space_between_paragraphs_is_one_space() {
        assert_eq!(folded("allies. \n\n “This"), "allies. “This");
        assert_eq!(folded(" a\n"), " a ");
    }
}
