//! What people see of whole pages.

use super::article::ArticlePrinter;
use super::colours::Paint;
use super::rich::Canvas;
use onrecord_document::{
    Act, BlockKind, Capture, Count, Document, Draft, Layer, Media, Mention, MentionForm, MentionSense, Name, NameKind,
    Note, Producer, SourceKind, Sourcing, Speaker, Stage, Statement, StatementForm, Terms,
};
use onrecord_span::{ContentId, PageBytes, Span, Text, Traced, Utf8};

const NARROW: Canvas = Canvas { paint: Paint::OFF, width: 40 };
const PLAIN: ArticlePrinter = ArticlePrinter { canvas: NARROW, furniture: false };
const COLOURED: ArticlePrinter =
    ArticlePrinter { canvas: Canvas { paint: Paint::new(true), ..NARROW }, furniture: false };

/// A document whose page is its blocks, one a line.
fn document(blocks: &[(BlockKind, &str)]) -> Document {
    let page: String = blocks.iter().map(|(_, words)| format!("{words}\n")).collect();
    let mut draft = Draft::new();
    let mut at = 0;
    for (kind, words) in blocks {
        let mut traced = Traced::new();
        traced.push_verbatim(&page, at as u32..(at + words.len()) as u32);
        draft.push(*kind, traced, vec![]);
        at += words.len() + 1;
    }
    let capture = Capture::new("pier.html", PageBytes::new(page.into_bytes()).unwrap(), Media::Html);
    draft.finish(capture, &Utf8)
}

fn span(document: &Document, words: &str) -> Span<Text> {
    let start = document.buffer().as_str().find(words).unwrap();
    document.span(start..start + words.len()).unwrap()
}

/// A statement of some parts by a source, which is the name of that index.
fn statement(document: &Document, parts: &[&str], source: &str, name: Option<u32>, sourcing: Sourcing) -> Statement {
    let source = (!source.is_empty()).then(|| span(document, source));
    Statement {
        id: ContentId::of(parts.iter().map(|part| part.as_bytes())),
        content: parts.iter().map(|part| span(document, part)).collect(),
        cue: vec![],
        speaker: source.and_then(|span| name.map(|name| Speaker { name, confidence: 1.0, span })),
        source: source.into_iter().collect(),
        form: StatementForm::Direct,
        act: Act::Statement,
        sourcing,
        confidence: 1.0,
    }
}

fn with_statements(mut document: Document, names: &[&str], statements: Vec<Statement>) -> Document {
    let producer = Producer::new("test", "1");
    let name = |name: &&str| {
        let name = span(&document, name);
        let mention = Mention { span: name, form: MentionForm::Name, sense: MentionSense::Itself };
        Name {
            id: ContentId::of([&b"name"[..]]),
            kind: NameKind::Person,
            name,
            role: None,
            affiliation: None,
            mentions: vec![mention],
            confidence: 1.0,
        }
    };
    let names = names.iter().map(name).collect();
    document.layers.names = Some(Layer::new(producer.clone(), names));
    document.layers.statements = Some(Layer::new(producer, statements));
    document
}

fn pier() -> Document {
    let document = document(&[
        (BlockKind::Breadcrumb, "Home"),
        (BlockKind::Headline, "Ferry hits the pier"),
        (BlockKind::Paragraph, "“It was late,” said Ada Reyes. “Too late.”"),
        (BlockKind::Caption, "The pier on Monday"),
        (BlockKind::Subhead, "What is known"),
        (BlockKind::ListItem, "“No lights,” an officer said."),
        (BlockKind::ListItem, "A report spoke of “fog”."),
        (BlockKind::Paragraph, "Calder Line declined to comment. It was “fate”."),
    ]);
    let sourcing = Sourcing::new;
    let mut officer = sourcing(SourceKind::UnnamedPerson, Terms::ConditionOfAnonymity);
    officer.count = Some(Count::ONE);
    let declined = sourcing(SourceKind::NamedOrganisation, Terms::DeclinedToComment);
    let statements = vec![
        statement(
            &document,
            &["“It was late,”", "“Too late.”"],
            "Ada Reyes",
            Some(0),
            sourcing(SourceKind::NamedPerson, Terms::OnRecord),
        ),
        statement(&document, &["“No lights,”"], "an officer", None, officer),
        statement(&document, &["“fog”"], "A report", None, sourcing(SourceKind::Document, Terms::Unstated)),
        statement(&document, &["to comment"], "Calder Line", None, declined),
        statement(&document, &["“fate”"], "", None, sourcing(SourceKind::None, Terms::Unstated)),
    ];
    with_statements(document, &["Ada Reyes"], statements)
}

#[test]
fn an_article_is_read_from_headline_to_the_last_source() {
    let expected = "\
pier.html

Ferry hits the pier

“It was late,” said Ada Reyes. “Too
late.”[1]

  ▫ The pier on Monday

What is known

  • “No lights,”[2] an officer said.
  • A report spoke of “fog”[3].

Calder Line declined to comment[4]. It
was “fate”[5].

────────────────────────────────────────
On the record · 1 statement
  Ada Reyes
  [1] “It was late,” … “Too late.”

Not named · 1 statement
  an officer
  [2] “No lights,” — on condition of
      anonymity

Documents and media · 1 statement
  A report
  [3] “fog”

Declined to comment · 1 statement
  Calder Line
  [4] to comment

No source given · 1 statement
  [5] “fate”
";
    assert_eq!(PLAIN.page(&pier()), expected);
}

#[test]
fn furniture_is_shown_when_asked_for_and_labelled() {
    let shown = ArticlePrinter { furniture: true, ..PLAIN }.page(&pier());
    assert!(shown.contains("\n breadcrumb │ Home\n\n"), "{shown}");
    assert!(!PLAIN.page(&pier()).contains("Home"));
}

#[test]
fn a_quote_inside_a_quote_keeps_its_own_colour_and_number() {
    let document = document(&[(BlockKind::Paragraph, "“He said ‘no’ to me,” Ada said of Bo.")]);
    let on_record = || Sourcing::new(SourceKind::NamedPerson, Terms::OnRecord);
    let statements = vec![
        statement(&document, &["“He said ‘no’ to me,”"], "Ada", Some(0), on_record()),
        statement(&document, &["‘no’"], "Bo", Some(1), on_record()),
    ];
    let document = with_statements(document, &["Ada", "Bo"], statements);
    let coloured = COLOURED.page(&document);
    let (cyan, yellow, end) = ("\u{1b}[36m", "\u{1b}[33m", "\u{1b}[0m");
    let (dim_cyan, dim_yellow) = ("\u{1b}[2m\u{1b}[36m", "\u{1b}[2m\u{1b}[33m");
    let expected = format!(
        "{cyan}“He said {end}{yellow}‘no’{end}{dim_yellow}[2]{end}{cyan} to me,”{end}{dim_cyan}[1]{end} Ada said of\nBo.\n"
    );
    assert!(coloured.contains(&expected), "{coloured:?}");
}

#[test]
fn a_quote_over_two_paragraphs_is_coloured_in_both_and_numbered_once() {
    let document =
        document(&[(BlockKind::Paragraph, "Ada said: “It was late."), (BlockKind::Paragraph, "“It was dark.”")]);
    let on_record = Sourcing::new(SourceKind::NamedPerson, Terms::OnRecord);
    let statements = vec![statement(&document, &["“It was late.\n“It was dark.”"], "Ada", Some(0), on_record)];
    let coloured = COLOURED.page(&with_statements(document, &["Ada"], statements));
    assert!(coloured.contains("Ada said: \u{1b}[36m“It was late.\u{1b}[0m\n\n\u{1b}[36m“It was dark.”\u{1b}[0m"));
    assert_eq!(coloured.matches("[1]").count(), 2, "once in the text, once in the list");
}

#[test]
fn a_page_without_an_article_says_what_to_try() {
    let bare = PLAIN.page(&document(&[(BlockKind::Breadcrumb, "Home"), (BlockKind::Share, "Share this")]));
    assert!(bare.contains("No article was found on this page.\nIt has 2 lines that are not part of an"), "{bare}");
    let empty = ArticlePrinter { canvas: Canvas { width: 200, ..NARROW }, ..PLAIN }.page(&document(&[]));
    assert!(empty.contains("If it is plain text, try --input text."), "{empty}");
}

#[test]
fn an_unreadable_page_says_why() {
    let note = Note::new(Stage::Intake, "empty", "is empty");
    assert_eq!(PLAIN.unreadable("a.html", &note), "a.html\nCould not be read: is empty.\n");
}
