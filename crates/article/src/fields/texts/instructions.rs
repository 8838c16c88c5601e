//! Texts in the page's JSON-LD: the body of the article, and instructions, recipes and answers that some pages show nowhere
//! else.

use crate::fields::PageFields;
use crate::fields::clues::{Clues, json_members};
use crate::json::Json;
use onrecord_document::BlockKind;
use onrecord_span::Traced;

/// Deepest nesting that is read: a section of a recipe has steps, and steps have directions.
const DEEPEST: usize = 6;

/// Reads every `articleBody` of the article.
pub(in crate::fields) fn read_article_bodies(clues: &Clues<'_>, found: &mut PageFields) {
    let bodies = clues.json_ld.articles.iter().filter_map(|article| article.get("articleBody"));
    found.article_bodies = bodies.flat_map(Json::items).filter_map(Json::string).map(|words| words.traced()).collect();
}

/// Reads the instructions or answers of each node that gives some, if the body says little: as headings, items of lists and
/// text, which may be HTML.
///
/// `{"@type": "HowTo", "step": [{"name": "Untie the bow", "text": "Loosen the bow line first."}]}` is the subhead "Untie the
/// bow" and a paragraph.
pub(in crate::fields) fn read_instructions(clues: &Clues<'_>, found: &mut PageFields) {
    if !clues.story.is_thin {
        return;
    }
    let nodes = json_members("step_types").iter().flat_map(|kind| clues.json_ld.of_type(kind));
    let instructions = nodes.map(|node| {
        let mut words = Vec::new();
        // The node's own name is the headline.
        let members = json_members("step_members").iter().filter(|name| **name != "name");
        let members = members.filter_map(|name| Some((*name, node.get(name)?)));
        members.for_each(|(name, value)| read_member(name, value, DEEPEST, &mut words));
        words
    });
    found.instructions = instructions.collect();
}

/// Adds the words of a member, and of those inside it.
fn read_member(name: &str, value: &Json<'_>, deepest: usize, words: &mut Vec<(BlockKind, Traced)>) {
    for item in value.items() {
        let kind = match name {
            "name" => BlockKind::Subhead,
            "recipeIngredient" => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        match item {
            Json::String(text) => words.push((kind, text.traced())),
            Json::Object(_) if deepest > 0 => {
                for name in json_members("step_members") {
                    if let Some(value) = item.get(name) {
                        read_member(name, value, deepest - 1, words);
                    }
                }
            }
            _ => {}
        }
    }
}
