//! The tree that html5ever makes of a page, whose authors read the standard for themselves.

use html5ever::driver::{ParseOpts, parse_document, parse_fragment};
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{QualName, ns};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The other tree in the form of [`dump`](crate::dump::dump): of a page, or of a fragment of an element
/// (`div`, `svg desc`).
pub fn dump_peer(source: &str, context: Option<&str>) -> String {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() },
        // The text is decoded; a mark that still stands in it is a character.
        tokenizer: TokenizerOpts { discard_bom: false, ..Default::default() },
    };
    let dom = match context {
        None => parse_document(RcDom::default(), options).one(source),
        Some(context) => parse_fragment(RcDom::default(), options, qualified(context), Vec::new(), false).one(source),
    };
    // A fragment is what its `html` element holds.
    let root = context.and_then(|_| dom.document.children.borrow().first().cloned());
    let top = root.as_ref().unwrap_or(&dom.document);
    let mut out = String::new();
    let mut open: Vec<(Handle, usize)> = Vec::new();
    let push_children = |open: &mut Vec<(Handle, usize)>, node: &Handle, depth: usize| {
        open.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), depth)));
    };
    push_children(&mut open, top, 0);
    while let Some((node, depth)) = open.pop() {
        let indent = "  ".repeat(depth);
        match &node.data {
            NodeData::Doctype { name, public_id, system_id } => {
                out += &match (&**public_id, &**system_id) {
                    ("", "") => format!("| {indent}<!DOCTYPE {name}>\n"),
                    (public, system) => format!("| {indent}<!DOCTYPE {name} \"{public}\" \"{system}\">\n"),
                };
            }
            NodeData::Comment { contents } => out += &format!("| {indent}<!-- {contents} -->\n"),
            NodeData::Text { contents } => out += &format!("| {indent}\"{}\"\n", contents.borrow()),
            NodeData::Element { name, attrs, template_contents, .. } => {
                let prefix = match &*name.ns {
                    "http://www.w3.org/2000/svg" => "svg ",
                    "http://www.w3.org/1998/Math/MathML" => "math ",
                    _ => "",
                };
                out += &format!("| {indent}<{prefix}{}>\n", name.local);
                let mut lines: Vec<String> = attrs
                    .borrow()
                    .iter()
                    .map(|attr| {
                        let prefix = match &*attr.name.ns {
                            "http://www.w3.org/1999/xlink" => "xlink ",
                            "http://www.w3.org/XML/1998/namespace" => "xml ",
                            "http://www.w3.org/2000/xmlns/" => "xmlns ",
                            _ => "",
                        };
                        format!("{prefix}{}=\"{}\"", attr.name.local, attr.value)
                    })
                    .collect();
                lines.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
                for line in lines {
                    out += &format!("| {indent}  {line}\n");
                }
                if let Some(contents) = &*template_contents.borrow() {
                    out += &format!("| {indent}  content\n");
                    push_children(&mut open, contents, depth + 2);
                }
            }
            NodeData::Document | NodeData::ProcessingInstruction { .. } => {}
        }
        push_children(&mut open, &node, depth + 1);
    }
    out
}

/// The name of a context element.
fn qualified(context: &str) -> QualName {
    let (namespace, local) = match context.split_once(' ') {
        Some(("svg", local)) => (ns!(svg), local),
        Some((_, local)) => (ns!(mathml), local),
        None => (ns!(html), context),
    };
    QualName::new(None, namespace, local.into())
}

/// The first line in which two dumps differ, with those before it.
pub fn difference(ours: &str, theirs: &str) -> String {
    let same = ours.lines().zip(theirs.lines()).take_while(|(a, b)| a == b).count();
    let around = |dump: &str| {
        dump.lines()
            .skip(same.saturating_sub(4))
            .take(8)
            .map(|line| line.chars().take(160).collect())
            .collect::<Vec<String>>()
            .join("\n")
    };
    format!("line {same}\nhere:\n{}\nhtml5ever:\n{}", around(ours), around(theirs))
}

/// Where the peer reads the standard otherwise:
///
/// - it closes an `annotation-xml` that holds HTML at tags that cannot stand in foreign content, though such an element is
///   an integration point;
/// - it takes no notice of a document type declaration between two texts in a table;
/// - of the parts of tables in a template or a fragment it does not see that a `thead` is open when another begins, and white space
///   there it takes for words;
/// - it keeps a line feed at the beginning of a `pre` where a reference to it is in error, or `</>`, which is an error and no token,
///   stands before it;
/// - `isindex` is still special to it; `search` and `keygen` are not, nor foreign elements in which HTML may stand, so that items of lists and
///   end tags close what is around them.
pub fn is_read_otherwise(source: &str, context: Option<&str>) -> bool {
    let source = source.to_ascii_lowercase();
    let has = |part: &str| source.contains(part);
    let parts = ["<caption", "<col", "<table", "<tbody", "<td", "<tfoot", "<th", "<tr"];
    let in_table =
        parts.into_iter().any(has) || context.is_some_and(|context| parts.contains(&&*format!("<{context}")));
    let not_special = ["<desc", "<foreignobject", "<mi", "<mo", "<mn", "<ms", "<mtext", "<annotation-xml"];
    let closing = ["<li", "<dd", "<dt", "</"];
    has("<isindex")
        || has("<search")
        || has("<keygen")
        || has("<annotation-xml") && has("encoding")
        || has("<!doctype") && in_table
        || has("<template") && in_table
        || has("<thead") && context.is_some()
        || (has("<pre") || has("<listing") || has("<textarea")) && (has("&#") || has("</>"))
        || (not_special.into_iter().any(has) || (has("<svg") && has("<title"))) && closing.into_iter().any(has)
}
