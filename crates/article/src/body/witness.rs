//! The `articleBody` of a page's JSON-LD: a witness to what the article says, and its text where the page's own is cut short.

use super::segments::{Segment, is_wide, segments};
use super::sentence::is_sentence;
use crate::phrases;
use foldhash::HashSet;
use onrecord_document::BlockKind;
use onrecord_html::{HtmlName, parse_fragment};
use onrecord_span::Traced;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many times longer than the page's own text an `articleBody` must be to stand in for it.
const LONGER: f32 = 1.5;
/// How many times longer it must be for the page's own words not to matter: then they are a notice or a form.
const MUCH_LONGER: f32 = 8.0;
/// Fewest letters of an `articleBody` that stands in; a shorter one is a summary.
const MIN_LENGTH: usize = 400;
/// Share of the page's own words that an `articleBody` must have for both to be the same article.
const SAME_WORDS: f32 = 0.5;

/// The blocks of an `articleBody` that stands in for the page's own text because that is cut short, by a paywall or because
/// scripts fill in the page. `None` where the page says as much itself, or something else.
///
/// The value may be plain text with one paragraph a line, or HTML. Either way each word keeps its place inside the script.
pub(crate) fn stands_in(bodies: &[Traced], own: &str) -> Option<Vec<(BlockKind, Traced)>> {
    let longest = bodies.iter().map(blocks).max_by_key(|blocks| length(blocks))?;
    let letters = length(&longest);
    if letters < MIN_LENGTH || (letters as f32) < LONGER * own.len() as f32 {
        return None;
    }
    if letters as f32 > MUCH_LONGER * own.len() as f32 {
        return Some(longest);
    }
    let theirs: HashSet<&str> = longest.iter().flat_map(|(_, words)| words.text().split_whitespace()).collect();
    let (mut all, mut shared) = (0, 0);
    for word in own.split_whitespace() {
        all += 1;
        shared += usize::from(theirs.contains(word));
    }
    let stands = shared as f32 >= SAME_WORDS * all as f32 && !is_source(&longest) && says_more(&longest, own);
    stands.then_some(longest)
}

/// Whether blocks have so many runs of words that a text lacks that the text is cut short. Some values say everything twice, or
/// are long only because of their markup.
fn says_more(blocks: &[(BlockKind, Traced)], own: &str) -> bool {
    let mut words = Vec::new();
    push_words(own, &mut words);
    let own: HashSet<u64> = words.windows(RUN).map(hash).collect();
    words.clear();
    blocks.iter().for_each(|(_, line)| push_words(line.text(), &mut words));
    let theirs: HashSet<u64> = words.windows(RUN).map(hash).collect();
    theirs.difference(&own).count() as f32 >= (LONGER - 1.0) * own.len() as f32
}

/// Whether blocks are the Markdown that a page is made from, not a text to read: `[the report](https://…)`.
fn is_source(blocks: &[(BlockKind, Traced)]) -> bool {
    /// Fewest links that make a text Markdown; a single one may be quoted.
    const LINKS: usize = 2;
    blocks.iter().filter(|(_, line)| line.text().contains("](http")).nth(LINKS - 1).is_some()
}

/// The blocks of instructions, recipes or answers in a page's JSON-LD that stand in for the page's own text because the page
/// shows none of them.
pub(crate) fn steps_stand_in(instructions: &[Vec<(BlockKind, Traced)>], own: &str) -> Option<Vec<(BlockKind, Traced)>> {
    let cut = |(kind, words): &(BlockKind, Traced)| match kind {
        BlockKind::Paragraph => blocks(words),
        kind => vec![(*kind, words.fold_space())],
    };
    let longest = instructions
        .iter()
        .map(|parts| parts.iter().flat_map(cut).collect::<Vec<_>>())
        .max_by_key(|blocks| length(blocks))?;
    let letters = length(&longest);
    (letters >= MIN_LENGTH && letters as f32 > MUCH_LONGER * own.len() as f32).then_some(longest)
}

/// What the `articleBody` of a page's JSON-LD says about the page's own lines.
///
/// It counts only if it and the page plainly tell the same story: it has most of what was found on the page.
pub(crate) struct Witness {
    /// Runs of words of the `articleBody`, hashed.
    shingles: HashSet<u64>,
    /// Whether it ends with the end of a sentence; some are cut off after a number of letters.
    pub ends: bool,
}

/// Words of a run that is looked up in the witness; a character of a script without spaces is a word.
pub(super) const RUN: usize = 4;

/// Share of a line's runs from which the witness has the line.
const HAS: f32 = 0.8;

/// Share of a line's runs up to which the witness lacks the line.
const HAS_NOT: f32 = 0.2;

impl Witness {
    /// The longest of several bodies; `None` if none is long enough to be a whole article.
    pub fn of(bodies: &[Traced]) -> Option<Self> {
        let longest = bodies.iter().max_by_key(|body| body.len()).filter(|body| body.len() >= MIN_LENGTH)?;
        let mut words = Vec::new();
        for (_, line) in blocks(longest) {
            push_words(line.text(), &mut words);
        }
        let shingles: HashSet<u64> = words.windows(RUN).map(hash).collect();
        let ends = is_sentence(longest.text().trim_end()) || is_markup(longest.text());
        (!shingles.is_empty()).then_some(Witness { shingles, ends })
    }

    /// The share of a line's runs of words that the witness has; `None` for a line that is too short to tell.
    pub fn share(&self, line: &str) -> Option<f32> {
        let mut words = Vec::new();
        push_words(line, &mut words);
        let runs = words.len().checked_sub(RUN - 1).filter(|runs| *runs > 0)?;
        let known = words.windows(RUN).filter(|run| self.shingles.contains(&hash(run))).count();
        Some(known as f32 / runs as f32)
    }

    /// Whether the witness has a line with this share.
    pub fn has(share: Option<f32>) -> bool {
        share.is_some_and(|share| share >= HAS)
    }

    /// Whether the witness lacks a line with this share.
    pub fn has_not(share: Option<f32>) -> bool {
        share.is_some_and(|share| share <= HAS_NOT)
    }
}

/// Adds the hashed words of a line.
pub(super) fn push_words(line: &str, words: &mut Vec<u64>) {
    for word in line.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().next().is_some_and(is_wide) {
            words.extend(word.chars().map(u64::from));
        } else {
            words.push(hash(word));
        }
    }
}

/// A hash that is the same in every run, because the output must not depend on chance.
pub(super) fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Bytes of words in blocks.
fn length(blocks: &[(BlockKind, Traced)]) -> usize {
    blocks.iter().map(|(_, words)| words.len()).sum()
}

/// The blocks of a value: text, HTML, or either of them escaped once more than JSON needs (`&lt;p&gt;Fish &amp;amp; chips`).
fn blocks(body: &Traced) -> Vec<(BlockKind, Traced)> {
    const ESCAPES: [&str; 5] = ["&lt;", "&nbsp;", "&amp;", "&quot;", "&#"];
    if is_markup(body.text()) || !ESCAPES.iter().any(|escape| body.text().contains(escape)) {
        return cut(body);
    }
    let tree = parse_fragment(body.text(), "div");
    let mut words = Traced::new();
    tree.descendants(tree.root()).for_each(|node| tree.trace_text(node, &mut words));
    cut(&words.through(body))
}

/// The blocks of text or HTML.
fn cut(body: &Traced) -> Vec<(BlockKind, Traced)> {
    if is_markup(body.text()) {
        let tree = parse_fragment(body.text(), "div");
        let cut = segments(&tree, tree.root());
        let is_aside = |segment: &Segment| {
            let region = cut.regions[segment.region].node;
            std::iter::once(region).chain(tree.ancestors(region)).any(|node| tree.is(node, HtmlName::ASIDE))
        };
        let kind = |segment: &Segment| match segment.words.text() {
            _ if is_aside(segment) => BlockKind::Related,
            words => by_words(words).unwrap_or_else(|| segment.markup.kind()),
        };
        return cut.segments.iter().map(|segment| (kind(segment), segment.words.through(body))).collect();
    }
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in body.text().split_inclusive('\n') {
        let words = body.slice(start..start + line.len()).fold_space();
        start += line.len();
        if !words.is_empty() {
            blocks.push((by_words(words.text()).unwrap_or(BlockKind::Paragraph), words));
        }
    }
    blocks
}

/// What the words of a line alone make it: a correction, or furniture left in the value.
fn by_words(words: &str) -> Option<BlockKind> {
    phrases::is_correction(words).then_some(BlockKind::Correction).or_else(|| phrases::furniture(words))
}

/// Whether a value is HTML: it has the closing tag of a block, or a line break.
fn is_markup(text: &str) -> bool {
    ["</p>", "</div>", "</h2>", "</li>", "<br>", "<br/>", "<br />"].iter().any(|tag| text.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traced(text: &str) -> Traced {
        let mut words = Traced::new();
        words.push_verbatim(text, 0..text.len() as u32);
        words
    }

    fn long() -> String {
        (1..40).map(|nth| format!("Sentence {nth} of the ferry's story.\n")).collect()
    }

    #[test]
    fn a_body_stands_in_where_the_page_is_cut_short() {
        let blocks = stands_in(&[traced(&long())], "Sentence 1 of the ferry's story.").unwrap();
        assert_eq!(blocks.len(), 39);
        assert_eq!(blocks[1].1.text(), "Sentence 2 of the ferry's story.");
    }

    #[test]
    fn a_body_is_not_believed_where_the_page_says_as_much_or_something_else() {
        assert!(stands_in(&[traced(&long())], &long()).is_none());
        let weather = "Weather: rain all day, wind from the north, eight degrees. ";
        assert!(stands_in(&[traced(&long())], &weather.repeat(8)).is_none());
        assert!(stands_in(&[traced(&long())], weather).is_some());
        assert!(stands_in(&[traced("Too short.")], "").is_none());
    }

    #[test]
    fn a_body_that_is_longer_without_saying_more_does_not_stand_in() {
        let twice = long() + &long();
        assert!(stands_in(&[traced(&twice)], &long()).is_none());
        let half: String = long().lines().take(20).map(|line| line.to_owned() + "\n").collect();
        assert!(stands_in(&[traced(&long())], &half).is_some());
        let markdown = long().replace("ferry's", "[ferry's](https://harbour.example/ferry) very long");
        assert!(stands_in(&[traced(&markdown)], &half).is_none());
    }

    #[test]
    fn a_body_escaped_once_more_is_read() {
        let story = "The &amp;quot;Brannoc&amp;quot; sank. ".repeat(40);
        let html = format!("&lt;p&gt;{story}&lt;/p&gt;&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;");
        let blocks = stands_in(&[traced(&html)], "").unwrap();
        assert_eq!(blocks[1].1.text(), "Fish & chips");
        assert!(blocks[0].1.text().starts_with("The \"Brannoc\" sank."));
        let text = format!("Fish&nbsp;&amp; chips.\n{}", long());
        assert_eq!(stands_in(&[traced(&text)], "").unwrap()[0].1.text(), "Fish & chips.");
    }

    #[test]
    fn html_in_a_body_is_read_with_its_places() {
        let html = format!("<p>Fish &amp; chips</p><h2>What is known</h2><p>{}</p>", "The ferry sank. ".repeat(40));
        let blocks = stands_in(&[traced(&html)], "").unwrap();
        assert_eq!(blocks[0].1.text(), "Fish & chips");
        assert_eq!(blocks[0].1.sources().first(), Some(&(3..19)));
        assert_eq!(blocks[1].0, BlockKind::Subhead);
    }
}
