//! What the line model looks at: each line in numbers, with its place among the others and what the rules said of it.

use crate::body::container::{is_sentence, prose};
use crate::body::hints::Hint;
use crate::body::segments::{Segment, Tag};
use crate::body::sift::Page;
use onrecord_document::{BlockKind, Place};
use onrecord_html::Name;
use std::collections::HashMap;

/// The names of the features, in their order.
pub(crate) const NAMES: [&str; COUNT] = [
    "length", "linked", "sentence", "colon", "short", "digits", "capitals", "commas", "bold", "links",
    "heading", "list_item", "quote", "cell", "table_embed", "caption_tag", "bare", "paragraph_tag",
    "inside", "claimed", "rule_body", "body", "related", "notice_share", "author_byline", "other", "caption",
    "hint_furniture", "hint_caption", "hint_byline", "hint_article", "region_furniture",
    "as_text", "setting_share", "parent_share", "depth", "alike",
    "before_first", "after_last", "share_before", "prev_body", "next_body", "around_body",
    "prev_length", "next_length", "prev_linked", "next_linked", "witness", "repeats",
    "parent_lines", "parent_linked", "parent_prose", "in_list", "in_aside", "in_figure", "in_form", "in_section",
    "in_article", "chunk_lines", "chunk_share", "chunk_linked", "marks", "ellipsis", "lower", "page_prose",
    "page_strong", "page_lines", "to_strong_up", "to_strong_down", "container_linked", "prev_heading", "next_heading",
];
pub(crate) const COUNT: usize = 72;

/// The features of one line.
pub(crate) type Features = [f32; COUNT];

/// The features of all lines of a page.
pub(crate) fn all(page: &Page<'_>, by_rules: &[BlockKind]) -> Vec<Features> {
    let whole = Whole::of(page, by_rules);
    (0..page.kinds.len()).map(|index| whole.line(index)).collect()
}

struct Whole<'p> {
    page: &'p Page<'p>,
    by_rules: &'p [BlockKind],
    strong: Vec<bool>,
    up: Vec<f32>,
    down: Vec<f32>,
    first: usize,
    last: usize,
    settings: HashMap<(Name, &'p str), (f32, f32)>,
    parents: HashMap<usize, f32>,
    total: f32,
    running: Vec<f32>,
    depths: Vec<usize>,
    depth: f32,
    repeats: HashMap<&'p str, u32>,
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

impl<'p> Whole<'p> {
    fn of(page: &'p Page<'p>, by_rules: &'p [BlockKind]) -> Self {
        let count = page.kinds.len();
        let is_strong = |index: usize| {
            let segment = &page.cut.segments[index];
            page.kinds[index].place() == Place::Body
                && segment.length > 80.0
                && segment.linked < 0.5
                && !matches!(segment.tag, Tag::Heading(_) | Tag::ListItem | Tag::Embed | Tag::Table)
                && is_sentence(segment.words.text())
        };
        let strong: Vec<bool> = (0..count).map(is_strong).collect();
        let mut depths: Vec<usize> = Vec::with_capacity(page.cut.regions.len());
        for (index, region) in page.cut.regions.iter().enumerate() {
            depths.push(if index == 0 { 0 } else { depths[region.parent] + 1 });
        }
        let (mut settings, mut parents) = (HashMap::new(), HashMap::new());
        let (mut total, mut running, mut deep) = (0.0, Vec::with_capacity(count), 0.0);
        let mut repeats: HashMap<&str, u32> = HashMap::new();
        for index in 0..count {
            running.push(total);
            let segment = &page.cut.segments[index];
            let this = settings.entry(key(page, segment)).or_insert((0.0, 0.0));
            this.1 += 1.0;
            *repeats.entry(segment.words.text()).or_default() += 1;
            if strong[index] {
                total += segment.length;
                this.0 += segment.length;
                *parents.entry(page.cut.regions[segment.region].parent).or_insert(0.0) += segment.length;
                deep += segment.length * depths[segment.region] as f32;
            }
        }
        let depth = deep / total.max(1.0);
        let far = 30.0;
        let (mut up, mut down) = (vec![far; count], vec![far; count]);
        let mut since = far;
        for index in 0..count {
            up[index] = since;
            since = if strong[index] { 1.0 } else { f32::min(since + 1.0, far) };
        }
        since = far;
        for index in (0..count).rev() {
            down[index] = since;
            since = if strong[index] { 1.0 } else { f32::min(since + 1.0, far) };
        }
        let first = strong.iter().position(|&strong| strong).unwrap_or(0);
        let last = strong.iter().rposition(|&strong| strong).unwrap_or(0);
        Whole { page, by_rules, strong, up, down, first, last, settings, parents, total, running, depths, depth, repeats }
    }

    fn body(&self, index: Option<usize>) -> f32 {
        flag(index.and_then(|index| self.page.kinds.get(index)).is_some_and(|kind| kind.place() == Place::Body))
    }

    fn line(&self, index: usize) -> Features {
        let page = self.page;
        let cut = page.cut;
        let segment = &cut.segments[index];
        let words = segment.words.text();
        let kind = page.kinds[index];
        let chars = words.chars().count().max(1) as f32;
        let share = |test: fn(char) -> bool| words.chars().filter(|&char| test(char)).count() as f32 / chars;
        let hint = page.hint(index);
        let region = segment.region;
        let parent = cut.regions[region].parent;
        let (mut chunk, mut above) = (region, parent);
        while above != page.at && above != 0 {
            chunk = above;
            above = cut.regions[above].parent;
        }
        let chunk_lines = cut.regions[chunk].segments.clone();
        let chunk_strong: f32 =
            chunk_lines.clone().filter(|&line| self.strong[line]).map(|line| cut.segments[line].length).sum();
        let setting = self.settings.get(&key(page, segment)).copied().unwrap_or_default();
        let prev = index.checked_sub(1);
        let next = Some(index + 1).filter(|&next| next < cut.segments.len());
        let near = |index: Option<usize>| index.map(|index| &cut.segments[index]);
        let log = |segment: Option<&Segment>| segment.map_or(0.0, |segment| (1.0 + segment.length).ln());
        let around = [index.checked_sub(3), index.checked_sub(2), prev, next, Some(index + 2), Some(index + 3)];
        let mut within = [false; 6];
        for node in page.tree.ancestors(segment.block).chain([segment.block]).take(40) {
            match page.tree.name(node) {
                Name::UL | Name::OL | Name::DL => within[0] = true,
                Name::ASIDE => within[1] = true,
                Name::FIGURE => within[2] = true,
                Name::FORM => within[3] = true,
                Name::SECTION => within[4] = true,
                Name::ARTICLE => within[5] = true,
                _ => {}
            }
        }
        let is_heading = |segment: Option<&Segment>| flag(segment.is_some_and(|segment| matches!(segment.tag, Tag::Heading(_))));
        let lines = &cut.regions[parent].segments;
        [
            (1.0 + segment.length).ln(),
            segment.linked,
            flag(is_sentence(words)),
            flag(words.ends_with([':', '：'])),
            flag(words.split_whitespace().nth(3).is_none()),
            share(|char| char.is_numeric()),
            share(char::is_uppercase),
            share(|char| matches!(char, ',' | '，' | '、' | '،')) * 100.0,
            flag(segment.bold),
            segment.links.len() as f32,
            match segment.tag {
                Tag::Heading(level) => f32::from(level),
                _ => 0.0,
            },
            flag(segment.tag == Tag::ListItem),
            flag(segment.tag == Tag::Quote),
            flag(segment.tag == Tag::Cell),
            flag(matches!(segment.tag, Tag::Table | Tag::Embed)),
            flag(segment.tag == Tag::Caption),
            flag(segment.tag == Tag::Bare),
            flag(segment.tag == Tag::Paragraph),
            flag(page.inside[index]),
            flag(page.claimed[index].is_some()),
            flag(self.by_rules[index].place() == Place::Body),
            flag(kind.place() == Place::Body),
            flag(matches!(kind, BlockKind::Related | BlockKind::Teaser)),
            flag(matches!(kind, BlockKind::Notice | BlockKind::Share | BlockKind::Copyright)),
            flag(matches!(kind, BlockKind::AuthorBox | BlockKind::Byline | BlockKind::Dateline)),
            flag(kind == BlockKind::Other),
            flag(kind == BlockKind::Caption),
            flag(matches!(hint, Some(Hint::Furniture(_)))),
            flag(hint == Some(Hint::Caption)),
            flag(hint == Some(Hint::Byline)),
            flag(hint == Some(Hint::Article)),
            flag(page.weighed.furniture[region].is_some()),
            flag(page.is_set_as_text(index)),
            setting.0 / self.total.max(1.0),
            self.parents.get(&parent).copied().unwrap_or_default() / self.total.max(1.0),
            (self.depths[region] as f32 - self.depth).clamp(-6.0, 6.0),
            f32::min(setting.1, 30.0),
            f32::min(self.first.saturating_sub(index) as f32, 30.0),
            f32::min(index.saturating_sub(self.last) as f32, 30.0),
            self.running[index] / self.total.max(1.0),
            self.body(prev),
            self.body(next),
            around.into_iter().map(|index| self.body(index)).sum(),
            log(near(prev)),
            log(near(next)),
            near(prev).map_or(0.0, |segment| segment.linked),
            near(next).map_or(0.0, |segment| segment.linked),
            page.shares.get(index).copied().flatten().unwrap_or(-1.0),
            self.repeats.get(words).copied().unwrap_or_default() as f32,
            (1.0 + lines.len() as f32).ln(),
            page.weighed.linked[parent],
            (1.0 + lines.clone().map(|line| prose(&cut.segments[line])).sum::<f32>()).ln(),
            flag(within[0]),
            flag(within[1]),
            flag(within[2]),
            flag(within[3]),
            flag(within[4]),
            flag(within[5]),
            (1.0 + chunk_lines.len() as f32).ln(),
            chunk_strong / self.total.max(1.0),
            page.weighed.linked[chunk],
            flag(words.contains(['@', '©', '|', '→', '»']) || words.contains("http")),
            flag(words.ends_with('…') || words.ends_with("...")),
            flag(words.chars().next().is_some_and(char::is_lowercase)),
            (1.0 + self.total).ln(),
            self.strong.iter().filter(|&&strong| strong).count() as f32,
            (1.0 + page.kinds.len() as f32).ln(),
            self.up[index],
            self.down[index],
            page.weighed.linked[page.at],
            is_heading(near(prev)),
            is_heading(near(next)),
        ]
    }
}

fn key<'p>(page: &Page<'p>, segment: &Segment) -> (Name, &'p str) {
    let class = page.tree.attr_named(segment.block, Name::CLASS).map_or("", |class| class.raw());
    (page.tree.name(segment.block), class)
}
