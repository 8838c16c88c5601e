//! Reads plain text: an article that somebody scraped or pasted, including furniture. The text is taken verbatim; a list of small rules
//! says what each of its lines is.

use crate::evidence::{stated, unwritten};
use crate::lists::Lists;
use crate::{dates, language, phrases};
use onrecord_document::{Basis, BlockKind, Byline, BylineKind, Capture, Document, Draft};
use onrecord_html::decode;
use onrecord_span::{Decoding, Traced, Utf8};
use std::ops::Range;
use std::sync::LazyLock;

/// Reads a capture whose bytes are the text itself.
///
/// The document's `text` equals the bytes where they are UTF-8, byte for byte; other charsets are detected.
pub(crate) fn read(capture: &Capture) -> Document {
    decoded(capture, |words, decoding| read_words(words, decoding, capture))
}

/// Reads only the text itself, as one block.
pub(crate) fn read_alone(capture: &Capture) -> Document {
    decoded(capture, |words, _| one_block(words))
}

/// A draft of one paragraph, whatever it holds.
pub(crate) fn one_block(words: Traced) -> Draft {
    let whole = 0..words.len();
    let mut draft = Draft::over_text(words);
    draft.mark(BlockKind::Paragraph, whole);
    draft
}

fn decoded(capture: &Capture, drafted: impl FnOnce(Traced, &dyn Decoding) -> Draft) -> Document {
    let finished = |text: &str, decoding: &dyn Decoding| {
        let mut words = Traced::new();
        words.push_verbatim(text, 0..text.len() as u32);
        drafted(words, decoding).finish(capture.clone(), decoding)
    };
    match std::str::from_utf8(capture.page.as_bytes()) {
        Ok(text) => finished(text, &Utf8),
        Err(_) => {
            let decoded = decode(capture.page.as_bytes(), capture.charset.as_deref());
            finished(&decoded.text, &decoded)
        }
    }
}

/// Drafts a document over words that are taken as they stand.
pub(crate) fn read_words(words: Traced, decoding: &dyn Decoding, capture: &Capture) -> Draft {
    let blocks = blocks(words.text());
    let state = |range: &Range<usize>| stated(&words.slice(range.clone()), &capture.page, decoding);
    let mut draft = Draft::new();
    for (kind, range) in &blocks {
        match kind {
            BlockKind::Headline if draft.fields.headline.is_none() => draft.fields.headline = Some(state(range)),
            BlockKind::Standfirst if draft.fields.standfirst.is_none() => draft.fields.standfirst = Some(state(range)),
            BlockKind::Byline => {
                let line = &words.text()[range.clone()];
                for name in byline_names(line) {
                    let name = range.start + name.start..range.start + name.end;
                    let name = state(&name);
                    let byline = Byline { name: name.value.clone(), kind: BylineKind::Person, role: None };
                    draft.fields.bylines.push(name.map(|_| byline));
                }
            }
            BlockKind::Dateline if draft.fields.published.is_none() => {
                if let Some((moment, at)) = dates::find(&words.text()[range.clone()]) {
                    let at = range.start + at.start..range.start + at.end;
                    draft.fields.published = Some(state(&at).map(|_| moment));
                }
            }
            _ => {}
        }
    }
    if let Some((code, _)) = language::detect(words.text(), None) {
        draft.fields.language = Some(unwritten(code, Basis::Detected));
    }
    let mut over = Draft::over_text(words);
    over.fields = draft.fields;
    for (kind, range) in blocks {
        over.mark(kind, range);
    }
    over
}

/// A rule says what the line at an index is, knowing what the lines before it are, or `None` where it does not know.
type TextRule = fn(&TextLines<'_>, usize) -> Option<BlockKind>;

/// The rules in the order in which they are tried. The first that knows a line decides; a line that none knows is a paragraph.
const RULES: &[TextRule] = &[
    breadcrumb,
    writer_note_goes_on,
    furniture_phrase,
    correction,
    photo_line,
    headline,
    byline,
    dateline,
    standfirst,
    list_item,
    subhead,
];

struct TextLines<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
    kinds: Vec<BlockKind>,
}

impl<'t> TextLines<'t> {
    fn words(&self, index: usize) -> &'t str {
        self.ranges.get(index).map_or("", |range| &self.text[range.clone()])
    }

    /// Whether no paragraph, and nothing that comes after one, has been found yet.
    fn in_head(&self) -> bool {
        self.kinds.iter().all(|kind| kind.role() != onrecord_document::BlockRole::Body)
    }

    fn has(&self, kind: BlockKind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// The blocks of a text with their byte ranges, in order.
pub(crate) fn blocks(text: &str) -> Vec<(BlockKind, Range<usize>)> {
    let mut lines = TextLines { text, ranges: paragraphs(text), kinds: Vec::new() };
    for index in 0..lines.ranges.len() {
        let kind = RULES.iter().find_map(|rule| rule(&lines, index)).unwrap_or(BlockKind::Paragraph);
        lines.kinds.push(kind);
    }
    lines.kinds.into_iter().zip(lines.ranges).collect()
}

/// The stretches of a text that stand for one block each, white space trimmed: its lines, or, where lines are wrapped
/// by hand, what stands between blank lines.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let wrapped = is_wrapped(text);
    let mut blank_before = true;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}');
        let from = start + line.find(trimmed).unwrap_or(0);
        start += line.len();
        if trimmed.is_empty() {
            blank_before = true;
            continue;
        }
        let range = from..from + trimmed.len();
        match stretches.last_mut() {
            Some(last) if wrapped && !blank_before => last.end = range.end,
            _ => stretches.push(range),
        }
        blank_before = false;
    }
    stretches
}

/// Whether a text's lines are wrapped by hand, so that a blank line, not a line break, ends a paragraph.
///
/// So it is where lines that another follows at once are of typewriter length and mostly don't end a sentence.
fn is_wrapped(text: &str) -> bool {
    const TYPEWRITER: Range<usize> = 40..101;
    let (mut followed, mut wrapped) = (0, 0);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.is_empty() || lines.peek().is_none_or(|next| next.trim().is_empty()) {
            continue;
        }
        followed += 1;
        if TYPEWRITER.contains(&line.chars().count()) && !ends_sentence(line) {
            wrapped += 1;
        }
    }
    followed >= 4 && wrapped * 10 >= followed * 7
}

/// Whether a line ends as a sentence does: `… he said.”`
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['"', '”', '’', '»', '“', '\'', ')', '」', '』']);
    line.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '؟', '।'])
}

fn word_count(line: &str) -> usize {
    line.split_whitespace().count()
}

/// The path to the page, at its head: `Home » Biden approves …`.
fn breadcrumb(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    (lines.in_head() && phrases::is_breadcrumb(lines.words(index))).then_some(BlockKind::Breadcrumb)
}

/// Lines after "About The Author" belong to it, up to other furniture.
fn writer_note_goes_on(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    let goes_on = lines.kinds.last() == Some(&BlockKind::AuthorBox) && phrases::furniture(lines.words(index)).is_none();
    goes_on.then_some(BlockKind::AuthorBox)
}

/// Furniture by its words: "Also Read: …", "img_1232-1.jpg", "Copyright © 2025".
fn furniture_phrase(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::furniture(lines.words(index))
}

/// "Correction: an earlier version of this article said …"
fn correction(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_correction(lines.words(index)).then_some(BlockKind::Correction)
}

/// "Photo: Ana Reyes/CPA", "File photo of the harbour (Image: …)".
fn photo_line(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_photo_line(lines.words(index)).then_some(BlockKind::Caption)
}

/// The first line of a text that is no sentence and has sentences after it.
fn headline(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    /// Most words, and most characters, of a headline.
    const MAX_WORDS: usize = 30;
    const MAX_CHARS: usize = 220;
    /// Sentences after it that show that a text follows; in a text of a few lines, one is enough.
    const SENTENCES: usize = 2;
    const SHORT_TEXT: usize = 3;
    /// Characters up to which a sentence may be a label.
    const LONGEST_SHORT_SENTENCE: usize = 40;
    let line = lines.words(index);
    if !lines.in_head() || lines.has(BlockKind::Headline) || lines.has(BlockKind::Byline) {
        return None;
    }
    let asks = line.ends_with(['?', '!']);
    let short = word_count(line) <= MAX_WORDS && line.chars().count() <= MAX_CHARS;
    if !short || (ends_sentence(line) && !asks) || line.contains('\n') {
        return None;
    }
    let is_sentence = |&after: &usize| {
        ends_sentence(lines.words(after)) && lines.words(after).chars().count() > LONGEST_SHORT_SENTENCE
    };
    let after = (index + 1..lines.ranges.len()).filter(is_sentence).take(SENTENCES).count();
    (after == SENTENCES || (after == 1 && lines.ranges.len() <= index + SHORT_TEXT)).then_some(BlockKind::Headline)
}

/// "By Nora Blythe", above the first paragraph.
fn byline(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    const MAX_WORDS: usize = 14;
    let line = lines.words(index);
    let fits = lines.in_head() && word_count(line) <= MAX_WORDS && !byline_names(line).is_empty();
    fits.then_some(BlockKind::Byline)
}

/// Words that open a byline, and particles of names.
static BYLINE_WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../data/text_byline_words.txt")));

/// Where the names stand in a line that opens with "By": `By Nora Blythe and Tom Reed, in Lorne`.
fn byline_names(line: &str) -> Vec<Range<usize>> {
    let lower = line.to_lowercase();
    // Lower-casing may change lengths; in these languages, such a line is not a byline.
    let opens = |by: &&&str| lower.strip_prefix(**by).is_some_and(|names| names.starts_with(' '));
    let Some(by) = BYLINE_WORDS.of("by").iter().find(opens).filter(|_| lower.len() == line.len()) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    let mut start = by.len() + 1;
    for part in line[start..].split_inclusive([',', ';', '|', '&']) {
        for piece in split_and(part) {
            let words = line[start + piece.start..start + piece.end].trim_matches(|char: char| !char.is_alphanumeric());
            let from = start + piece.start + line[start + piece.start..].find(words).unwrap_or(0);
            match is_name(words) {
                true => names.push(from..from + words.len()),
                false => return names,
            }
        }
        start += part.len();
    }
    names
}

/// The ranges between the "and"s of a list of names.
fn split_and(part: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, and) in part.match_indices(" and ") {
        pieces.push(start..at);
        start = at + and.len();
    }
    pieces.push(start..part.len());
    pieces
}

/// Two to five words, each with a capital but for particles: `Per van der Meer`.
fn is_name(words: &str) -> bool {
    let count = word_count(words);
    (2..=5).contains(&count)
        && words.split_whitespace().all(|word| {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            (capital || BYLINE_WORDS.of("particle").contains(&word)) && !word.contains(|char: char| char.is_numeric())
        })
}

/// A line that is a date, or a place and a date: `LORNE, 9 March 2026`.
fn dateline(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    const MAX_WORDS: usize = 14;
    let line = lines.words(index);
    let fits = lines.in_head() && word_count(line) <= MAX_WORDS && !ends_sentence(line) && dates::find(line).is_some();
    fits.then_some(BlockKind::Dateline)
}

/// Between headline and body: a line that the body repeats, or that a byline, a date or a picture's name follows.
fn standfirst(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    const MAX_WORDS: usize = 60;
    let line = lines.words(index);
    if !lines.in_head()
        || !lines.has(BlockKind::Headline)
        || lines.has(BlockKind::Standfirst)
        || word_count(line) > MAX_WORDS
    {
        return None;
    }
    let repeated = (index + 1..lines.ranges.len().min(index + 6)).any(|after| lines.words(after) == line);
    let next = lines.words(index + 1);
    let head_goes_on = !next.is_empty() && (byline(lines, index + 1).is_some() || dateline(lines, index + 1).is_some());
    (repeated || head_goes_on).then_some(BlockKind::Standfirst)
}

/// "- the radar, reported faulty on 3 March"
fn list_item(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    phrases::begins_with_bullet(lines.words(index)).then_some(BlockKind::ListItem)
}

/// A short line between two paragraphs that is no sentence.
fn subhead(lines: &TextLines<'_>, index: usize) -> Option<BlockKind> {
    const MAX_WORDS: usize = 10;
    const MIN_PARAGRAPH: usize = 80;
    let line = lines.words(index);
    let heads = !lines.in_head()
        && word_count(line) <= MAX_WORDS
        && !ends_sentence(line)
        && line.chars().next().is_some_and(|char| char.is_uppercase() || !char.is_lowercase() && char.is_alphabetic())
        && !line.ends_with([',', ';', '-', '–', '—'])
        && lines.words(index + 1).len() >= MIN_PARAGRAPH;
    heads.then_some(BlockKind::Subhead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::Media;
    use onrecord_span::PageBytes;

    const SCRAPED: &str = "Home » Ferry strikes breakwater at Port Ellery\n\n\
        Ferry strikes breakwater at Port Ellery\n\n\
        By Nora Blythe and Tom Reed\n\
        9 March 2026\n\n\
        A car ferry hit the breakwater of Port Ellery on Monday evening.\n\n\
        img_0417.jpg\n\n\
        A car ferry hit the breakwater of Port Ellery on Monday evening.  \n\n\
        “We hit something,” said Daniel Okafor, a teacher who was on board with his class.\n\n\
        Also Read: Council approves harbour budget\n\n\
        What is known\n\n\
        The harbour master, Ingrid Solheim, said that the fog had come in within minutes of the ship's departure.\n\n\
        About The Author\n\nNora writes about the sea.\n\nCopyright © 2026 All rights reserved.";

    fn kinds(text: &str) -> Vec<&'static str> {
        blocks(text).into_iter().map(|(kind, _)| kind.name()).collect()
    }

    #[test]
    fn a_scraped_text_comes_apart_into_article_and_furniture() {
        assert_eq!(
            kinds(SCRAPED),
            [
                "breadcrumb",
                "headline",
                "byline",
                "dateline",
                "standfirst",
                "image_name",
                "paragraph",
                "paragraph",
                "related",
                "subhead",
                "paragraph",
                "author_box",
                "author_box",
                "copyright"
            ]
        );
    }

    #[test]
    fn a_text_is_taken_verbatim_and_its_fields_point_into_it() {
        let capture = Capture::new("a.txt", PageBytes::new(SCRAPED.into()).unwrap(), Media::Text);
        let document = read(&capture);
        assert_eq!(document.text(), SCRAPED);
        assert_eq!(document.rest(), "");
        let names: Vec<&str> = document.fields.bylines.iter().map(|byline| byline.value.name.as_str()).collect();
        assert_eq!(names, ["Nora Blythe", "Tom Reed"]);
        let evidence = document.fields.bylines[1].evidence[0];
        assert_eq!(capture.page.slice(evidence), b"Tom Reed");
        assert_eq!(document.fields.published.as_ref().unwrap().value.to_string(), "2026-03-09");
        assert_eq!(document.blocks()[6].repeats, Some(4), "the lead is read once");
    }

    #[test]
    fn hand_wrapped_lines_are_one_paragraph() {
        let text = "The ferry hit the breakwater at twenty to seven in the\nevening, when the fog was at its thickest and no other\n\
            ship was moving in the harbour of Port Ellery. Nobody\nanswered the calls of the harbour master, who sat in\nher tower.\n\nShe waited.";
        assert_eq!(blocks(text).len(), 2);
    }

    #[test]
    fn a_text_that_begins_with_a_sentence_has_no_headline() {
        assert_eq!(
            kinds("Six people died.\nNobody knows why the ship was so fast that evening.\nIt was foggy."),
            ["paragraph"; 3]
        );
    }

    #[test]
    fn a_text_in_another_charset_is_decoded() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1251.encode("Паром ударился о волнорез порта Эллери вечером в понедельник.");
        let capture = Capture::new("a.txt", PageBytes::new(bytes.into_owned()).unwrap(), Media::Text);
        let document = read(&capture);
        assert!(document.text().starts_with("Паром ударился"));
        assert_eq!(document.encoding(), "windows-1251");
    }
}
