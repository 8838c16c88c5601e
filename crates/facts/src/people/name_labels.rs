//! What the language core takes a name for, all over an article: somebody, or a body.

use crate::words::tokens::bare;
use onrecord_document::Document;
use std::collections::HashMap;

/// How often each name was labelled as somebody and as a body.
#[derive(Debug, Default)]
pub(crate) struct NameLabels<'a> {
    counts: HashMap<&'a str, Labelled>,
}

#[derive(Copy, Clone, Debug, Default)]
struct Labelled {
    people: usize,
    organisations: usize,
    /// States and other places.
    places: usize,
    groups: usize,
}

impl<'a> NameLabels<'a> {
    /// Counts the entities of a document; without a language model there are none.
    pub(crate) fn of(document: &'a Document) -> Self {
        let mut counts: HashMap<&str, Labelled> = HashMap::new();
        for entity in document.entities() {
            let words = document.words(entity.span());
            let words = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
            match entity.label() {
                "PERSON" => {
                    let words = bare(words);
                    counts.entry(words).or_default().people += 1;
                    // "Trump" is nobody else than "Donald Trump".
                    if let Some((_, last)) = words.rsplit_once(' ') {
                        counts.entry(last).or_default().people += 1;
                    }
                }
                "NORP" => counts.entry(bare(words)).or_default().groups += 1,
                "ORG" => counts.entry(bare(words)).or_default().organisations += 1,
                "GPE" | "LOC" | "FAC" => counts.entry(bare(words)).or_default().places += 1,
                _ => {}
            }
        }
        NameLabels { counts }
    }

    /// Whether a name is that of a body: of a state or a place, more often than of somebody ("Vessaria"), which speaks for its
    /// government, or of an organisation, many times as often ("Halveron"): the core takes "Trump" for a company now and then.
    pub(crate) fn is_body(&self, words: &str) -> bool {
        const TIMES: usize = 4;
        let Labelled { people, organisations, places, .. } = self.counts.get(words).copied().unwrap_or_default();
        places > people || organisations > 0 && organisations + places >= TIMES * people
    }

    /// Whether a name was labelled as somebody somewhere; of a document without entities nobody can tell.
    pub(crate) fn is_somebody(&self, words: &str) -> bool {
        self.counts.is_empty() || self.counts.get(words).is_some_and(|labelled| labelled.people > 0)
    }

    /// Whether a name was labelled as that of people of a nation, party or faith, and as nothing else: "Republicans".
    pub(crate) fn is_group(&self, words: &str) -> bool {
        let labelled = self.counts.get(words).copied().unwrap_or_default();
        labelled.groups > 0 && labelled.organisations + labelled.places + labelled.people == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::{BlockKind, Capture, Draft, Entities, EntityRow, Labels, LayerSet, Media, Producer};
    use onrecord_span::{PageBytes, Traced, Utf8};
    use std::sync::Arc;

    #[test]
    fn a_name_is_what_it_is_labelled_as_everywhere() {
        let text = "Halveron, the Halveron, Helena Varga, Varga, Torenese";
        let mut words = Traced::new();
        words.push_verbatim(text, 0..text.len() as u32);
        let mut draft = Draft::over_text(words);
        draft.mark(BlockKind::Paragraph, 0..text.len());
        let page = PageBytes::new(text.into()).expect("a short page");
        let mut document = draft.finish(Capture::new("page.txt", page, Media::Text), &Utf8);
        let labels = Labels::of(["", "PERSON", "ORG", "NORP"]);
        let mut start = 0;
        let mut rows = Vec::new();
        for (part, label) in text.split(", ").zip(["ORG", "ORG", "PERSON", "ORG", "NORP"]) {
            let span = document.span(start..start + part.len()).expect("inside");
            rows.push(EntityRow { span, label: labels.find(label).expect("a label") });
            start += part.len() + 2;
        }
        document.layers.entities = Some(Entities {
            producer: Producer::new("test", "1"),
            made_from: LayerSet::NONE,
            rows,
            labels: Arc::new(labels),
        });
        let names = NameLabels::of(&document);
        assert!(names.is_body("Halveron"));
        assert!(!names.is_body("Varga") && !names.is_body("Solheim") && !names.is_body("Torenese"));
        assert!(names.is_somebody("Varga") && !names.is_somebody("Halveron") && !names.is_somebody("Solheim"));
        assert!(NameLabels::default().is_somebody("Solheim"));
        assert!(names.is_group("Torenese") && !names.is_group("Halveron"));
    }
}
