//! The shape of a name.

use super::evidence::Evidence;
use super::wording::{Wording, rounded};
use crate::schema;
use onrecord_document::{Document, Mention, Name};
use schemars::JsonSchema;
use serde::Serialize;

/// Somebody or something that the article names.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Name")]
#[allow(missing_docs)] // the names are the contract's
pub struct NameLine<'a> {
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    pub id: String,
    #[schemars(schema_with = "schema::name_kind")]
    pub kind: &'static str,
    /// The fullest name or description that the article gives.
    pub name: &'a str,
    pub role: Option<&'a str>,
    pub affiliation: Option<&'a str>,
    /// Every mention, in the order of the text.
    pub mentions: Vec<MentionLine>,
    /// The entry of a gazetteer or knowledge base that is meant; null where none is sure.
    #[schemars(with = "()")]
    pub link: Option<&'static str>,
    /// How sure the producer is that all mentions mean the same.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
}

/// A place where the article refers to a name.
#[derive(Copy, Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Mention")]
#[allow(missing_docs)] // the names are the contract's
pub struct MentionLine {
    pub span: [u32; 2],
    #[schemars(schema_with = "schema::mention_form")]
    pub form: &'static str,
    /// What the mention stands for.
    #[serde(rename = "as")]
    #[schemars(schema_with = "schema::mention_sense")]
    pub sense: &'static str,
}

/// Adds where every name and its mentions were read.
pub(super) fn name_evidence(document: &Document, evidence: &mut Evidence) {
    for (nth, name) in document.names().iter().enumerate() {
        let at = |part: &str| format!("/names/{nth}/{part}");
        let mentions: Vec<_> = name.mentions.iter().map(|mention| mention.span).collect();
        evidence.add_words(at("name"), document, &[name.name]);
        evidence.add_words(at("role"), document, name.role.as_slice());
        evidence.add_words(at("affiliation"), document, name.affiliation.as_slice());
        evidence.add_words(at("mentions"), document, &mentions);
    }
}

impl<'a> Wording<'a, '_> {
    pub fn names(&self) -> Vec<NameLine<'a>> {
        self.layers.names().iter().map(|name| self.name(name)).collect()
    }

    fn name(&self, name: &Name) -> NameLine<'a> {
        let mention = |mention: &Mention| MentionLine {
            span: self.points.span(mention.span),
            form: mention.form.name(),
            sense: mention.sense.name(),
        };
        NameLine {
            id: name.id.to_string(),
            kind: name.kind.name(),
            name: self.buffer.slice(name.name),
            role: name.role.map(|span| self.buffer.slice(span)),
            affiliation: name.affiliation.map(|span| self.buffer.slice(span)),
            mentions: name.mentions.iter().map(mention).collect(),
            link: None,
            confidence: rounded(name.confidence),
        }
    }
}
