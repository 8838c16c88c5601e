//! Writes a tree as the html5lib tests do.

use onrecord_html::{
    HtmlName, Namespace, NodeId, NodeKind, Tree, mathml_attribute_name, prefixed_attribute, svg_attribute_name,
};

/// One line for each node and attribute; neighbouring texts are joined.
pub fn dump(tree: &Tree) -> String {
    let mut out = String::new();
    let mut open: Vec<(Option<NodeId>, usize)> = vec![(tree.first_child(tree.root()), 0)];
    while let Some((next, depth)) = open.pop() {
        let Some(id) = next else { continue };
        let indent = "  ".repeat(depth);
        let mut following = tree.next_sibling(id);
        match tree.kind(id) {
            NodeKind::Document => unreachable!("only the root is a document"),
            NodeKind::Doctype => {
                let doctype = tree.doctype().expect("a doctype node has a doctype");
                let name = doctype.name.as_deref().unwrap_or_default();
                let (public, system) = (doctype.public_id.as_deref(), doctype.system_id.as_deref());
                out += &match (public.unwrap_or_default(), system.unwrap_or_default()) {
                    ("", "") => format!("| {indent}<!DOCTYPE {name}>\n"),
                    (public, system) => format!("| {indent}<!DOCTYPE {name} \"{public}\" \"{system}\">\n"),
                };
            }
            NodeKind::Comment => out += &format!("| {indent}<!-- {} -->\n", tree.text(id)),
            NodeKind::Text => {
                let mut text = tree.text(id).into_owned();
                while let Some(more) = following.filter(|&next| tree.kind(next) == NodeKind::Text) {
                    text += &tree.text(more);
                    following = tree.next_sibling(more);
                }
                out += &format!("| {indent}\"{text}\"\n");
            }
            NodeKind::Element => {
                let prefix = match tree.namespace(id) {
                    Namespace::Html => "",
                    Namespace::Svg => "svg ",
                    Namespace::MathMl => "math ",
                };
                out += &format!("| {indent}<{prefix}{}>\n", tree.local_name(id));
                let mut attrs: Vec<String> = tree
                    .attrs(id)
                    .map(|attr| format!("{}=\"{}\"", attribute_name(tree, id, attr.name()), attr.value()))
                    .collect();
                attrs.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
                for attr in attrs {
                    out += &format!("| {indent}  {attr}\n");
                }
            }
        }
        open.push((following, depth));
        if tree.is(id, HtmlName::TEMPLATE) {
            out += &format!("| {indent}  content\n");
            open.push((tree.first_child(id), depth + 2));
        } else {
            open.push((tree.first_child(id), depth + 1));
        }
    }
    out
}

fn attribute_name(tree: &Tree, id: NodeId, name: &str) -> String {
    if tree.namespace(id) == Namespace::Html {
        return name.to_string();
    }
    if let Some((prefix, local)) = prefixed_attribute(name) {
        return format!("{prefix} {local}");
    }
    match tree.namespace(id) {
        Namespace::Svg => svg_attribute_name(name).to_string(),
        _ => mathml_attribute_name(name).to_string(),
    }
}
