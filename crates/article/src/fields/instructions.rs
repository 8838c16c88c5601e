//! What the page's JSON-LD says in steps, for pages that show nothing of it: instructions, recipes, questions with answers.

use super::linked::Graph;
use crate::json::Value;
use onrecord_document::BlockKind;
use onrecord_span::Traced;

/// Types of nodes that hold such text.
const TYPES: [&str; 3] = ["HowTo", "Recipe", "FAQPage"];

/// Members that hold text or more members, in the order in which they are read.
const MEMBERS: [&str; 9] = [
    "description",
    "recipeIngredient",
    "recipeInstructions",
    "step",
    "mainEntity",
    "name",
    "text",
    "itemListElement",
    "acceptedAnswer",
];

/// Deepest nesting that is read: a section of a recipe has steps, which have directions.
const DEEPEST: usize = 6;

/// The words of each node that gives instructions or answers, as headings, items of lists and text, which may be HTML.
///
/// `{"@type": "HowTo", "step": [{"name": "Untie the bow", "text": "Loosen the bow line first."}]}` is the subhead "Untie the
/// bow" and a paragraph.
pub(super) fn instructions(graph: &Graph<'_, '_>) -> Vec<Vec<(BlockKind, Traced)>> {
    let nodes = TYPES.iter().flat_map(|kind| graph.of_type(kind));
    nodes
        .map(|node| {
            let mut words = Vec::new();
            // The node's own name is the headline.
            let members =
                MEMBERS.iter().filter(|name| **name != "name").filter_map(|name| Some((*name, node.get(name)?)));
            members.for_each(|(name, value)| read(name, value, DEEPEST, &mut words));
            words
        })
        .collect()
}

fn read(name: &str, value: &Value<'_>, deepest: usize, words: &mut Vec<(BlockKind, Traced)>) {
    for item in value.items() {
        let kind = match name {
            "name" => BlockKind::Subhead,
            "recipeIngredient" => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        match item {
            Value::String(text) => words.push((kind, text.traced())),
            Value::Object(_) if deepest > 0 => {
                for name in MEMBERS {
                    if let Some(value) = item.get(name) {
                        read(name, value, deepest - 1, words);
                    }
                }
            }
            _ => {}
        }
    }
}
