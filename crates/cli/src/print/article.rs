//! An article on a terminal: its words with the statements marked, then who said what.

use super::colours::{BOLD, DIM, ITALIC, PLAIN, Paint};
use super::rich::{Canvas, Rich};
use super::sources::{StatementMarks, write_sources};
use onrecord_document::{Block, BlockKind, BlockRole, Document, Moment, Note, Statement};
use onrecord_record::{Head, Reading};
use std::collections::HashSet;

/// Columns for the kind of a block that is no part of the article: "said before" is the longest.
const ASIDE_WIDTH: usize = 11;

/// Prints articles as text.
#[derive(Copy, Clone, Debug)]
pub struct ArticlePrinter {
    pub canvas: Canvas,
    /// Whether to show what surrounds the article.
    pub furniture: bool,
}

impl ArticlePrinter {
    /// One page.
    pub fn page(&self, document: &Document) -> String {
        let reading = Reading::of(document);
        let statements = StatementMarks::of(document);
        let mut out = String::new();
        self.canvas.paragraph(&mut out, &Rich::of(&document.capture().id, DIM), "");
        out.push('\n');
        self.head(&mut out, document, &reading, &statements);
        let flow = if self.furniture { self.all_blocks(document, &reading) } else { reading.flow.clone() };
        let mut before: Option<&Block> = None;
        for block in &flow {
            if before.is_some_and(|before| !stand_close(before, block)) {
                out.push('\n');
            }
            self.block(&mut out, document, block, &statements);
            before = Some(block);
        }
        if reading.flow.is_empty() {
            self.no_article(&mut out, document, before.is_some());
        } else {
            write_sources(&self.canvas, &mut out, document, &statements, &|_| true);
        }
        self.notes(&mut out, document);
        out
    }

    /// The statements of a page that `wanted` lets through, under its headline.
    pub fn statements(&self, document: &Document, wanted: &dyn Fn(&Statement) -> bool) -> String {
        let mut out = String::new();
        self.canvas.paragraph(&mut out, &Rich::of(&document.capture().id, DIM), "");
        out.push('\n');
        let statements = StatementMarks::of(document);
        self.head(&mut out, document, &Reading::of(document), &statements);
        write_sources(&self.canvas, &mut out, document, &statements, wanted);
        self.notes(&mut out, document);
        out
    }

    /// What stands in the place of a page that could not be read.
    pub fn unreadable(&self, id: &str, note: &Note) -> String {
        let mut out = String::new();
        self.canvas.paragraph(&mut out, &Rich::of(id, DIM), "");
        let mut rich = Rich::of("Could not be read", BOLD);
        rich.push(&format!(": {}.", note.message), PLAIN);
        self.canvas.paragraph(&mut out, &rich, "");
        out
    }

    /// Headline, signature and standfirst.
    fn head(&self, out: &mut String, document: &Document, reading: &Reading<'_>, statements: &StatementMarks) {
        if let Some(headline) = reading.headline {
            self.canvas.paragraph(out, &head_words(document, headline, statements, BOLD), "");
        }
        let writers = (!reading.writers.is_empty()).then(|| format!("By {}", reading.writers.join(" and ")));
        let published = document.fields.published.as_ref().map(|moment| spoken(moment.value));
        let modified = document.fields.modified.as_ref().filter(|modified| {
            document.fields.published.as_ref().is_none_or(|published| published.value != modified.value)
        });
        let modified = modified.map(|moment| format!("updated {}", spoken(moment.value)));
        let site = document.fields.site.as_ref().map(|site| site.value.clone());
        let signature: Vec<String> = [writers, published, modified, site].into_iter().flatten().collect();
        if !signature.is_empty() {
            self.canvas.paragraph(out, &Rich::of(&signature.join(" · "), DIM), "");
        }
        if reading.headline.is_some() || !signature.is_empty() {
            out.push('\n');
        }
        if let Some(standfirst) = reading.standfirst {
            self.canvas.paragraph(out, &head_words(document, standfirst, statements, ITALIC), "");
            out.push('\n');
        }
    }

    /// Article and furniture in the order of the page, without what stands at the head.
    fn all_blocks<'a>(&self, document: &'a Document, reading: &Reading<'a>) -> Vec<&'a Block> {
        let at_head = |block: &Block| {
            let heads = [reading.headline, reading.standfirst];
            heads.iter().any(|head| matches!(head, Some(Head::Block(at)) if std::ptr::eq(*at, block)))
        };
        let shown: HashSet<u32> = reading.flow.iter().map(|block| block.order).collect();
        let in_flow = |block: &Block| is_aside(block) && !at_head(block) || shown.contains(&block.order);
        let mut blocks: Vec<&Block> = document.blocks().iter().filter(|block| in_flow(block)).collect();
        blocks.sort_by_key(|block| block.order);
        blocks
    }

    fn block(&self, out: &mut String, document: &Document, block: &Block, statements: &StatementMarks) {
        if is_aside(block) {
            let what = if block.repeats.is_some() { "said before" } else { block.kind.name() };
            let label = format!("{:>ASIDE_WIDTH$} │ ", what.replace('_', " "));
            let rest = format!("{:>ASIDE_WIDTH$} │ ", "");
            let rich = Rich::of(document.words(block.span), DIM);
            let mut plain = String::new();
            rich.write(&mut plain, &label, &rest, self.canvas.width, Paint::OFF);
            for line in plain.lines() {
                self.canvas.paint.push(out, line, DIM);
                out.push('\n');
            }
            return;
        }
        let (style, first, other) = match block.kind {
            BlockKind::Subhead | BlockKind::LiveEntry | BlockKind::Headline => (BOLD, "", ""),
            BlockKind::ListItem => (PLAIN, "  • ", "    "),
            BlockKind::BlockQuote | BlockKind::Embed => (PLAIN, "  │ ", "  │ "),
            BlockKind::Caption => (DIM, "  ▫ ", "    "),
            BlockKind::Standfirst | BlockKind::Correction => (ITALIC, "", ""),
            BlockKind::Byline | BlockKind::Dateline => (DIM, "", ""),
            _ => (PLAIN, "", ""),
        };
        statements.marked(document, block, style).write(out, first, other, self.canvas.width, self.canvas.paint);
    }

    fn no_article(&self, out: &mut String, document: &Document, furniture_shown: bool) {
        self.canvas.paragraph(out, &Rich::of("No article was found on this page.", BOLD), "");
        let furniture = document.blocks().iter().filter(|block| block.kind.role() == BlockRole::Furniture).count();
        let hint = match furniture {
            0 => "A script may build it after loading: save it from the browser and read that file. \
                If it is plain text, try --input text."
                .to_owned(),
            _ if furniture_shown => return,
            1 => "It has one line that is not part of an article. Use --show furniture to see it.".to_owned(),
            lines => format!("It has {lines} lines that are not part of an article. Use --show furniture to see them."),
        };
        self.canvas.paragraph(out, &Rich::of(&hint, PLAIN), "");
    }

    /// Notes, apart from the one that [`Self::no_article`] says at more length.
    fn notes(&self, out: &mut String, document: &Document) {
        let notes: Vec<&Note> = document.notes.iter().filter(|note| note.code != "no_article").collect();
        if !notes.is_empty() {
            out.push('\n');
        }
        for note in notes {
            self.canvas.paragraph(out, &Rich::of(&format!("Note: {}", note.message), DIM), "");
        }
    }
}

fn head_words(document: &Document, head: Head<'_>, statements: &StatementMarks, style: anstyle::Style) -> Rich {
    match head {
        Head::Block(block) => statements.marked(document, block, style),
        Head::Field(words) => Rich::of(words, style),
    }
}

/// Whether a block is no part of the article, or said before.
fn is_aside(block: &Block) -> bool {
    block.kind.role() == BlockRole::Furniture || block.repeats.is_some()
}

/// Whether no empty line parts two neighbours: items of one list, pieces of furniture.
fn stand_close(one: &Block, other: &Block) -> bool {
    match (is_aside(one), is_aside(other)) {
        (false, false) => one.kind == BlockKind::ListItem && other.kind == BlockKind::ListItem,
        (one, other) => one && other,
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment as people write it: `9 Mar 2026, 18:40 +01:00`. Nothing is converted.
fn spoken(moment: Moment) -> String {
    let (year, month, day) = moment.ymd();
    let month = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    let mut words = format!("{day} {month} {year}");
    if moment.has_time() {
        // RFC 3339: the time of day begins behind the date and its T, seconds behind that, then the offset.
        let written = moment.to_string();
        words.push_str(&format!(", {}", &written[11..16]));
        if moment.has_offset() {
            let offset = &written[19..];
            words.push_str(if offset == "Z" { " UTC" } else { " " });
            words.push_str(offset.trim_start_matches('Z'));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_says_what_was_stated_and_no_more() {
        let day = Moment::date(2026, 3, 9).unwrap();
        assert_eq!(spoken(day), "9 Mar 2026");
        let time = day.at(8, 5, 30).unwrap();
        assert_eq!(spoken(time), "9 Mar 2026, 08:05");
        assert_eq!(spoken(time.offset(60).unwrap()), "9 Mar 2026, 08:05 +01:00");
        assert_eq!(spoken(time.offset(0).unwrap()), "9 Mar 2026, 08:05 UTC");
    }
}
