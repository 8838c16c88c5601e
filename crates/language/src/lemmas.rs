//! Lemmas by rule: endings replaced, exceptions, and lists of the words that there are.

use crate::chars::is_alpha;
use crate::file::{ModelError, WeightsFile, wrong};
use crate::labels::Labels;
use crate::parse::Label;
use crate::vocabulary::lower;
use crate::words::List;

/// How the words of a part of speech are lemmatised.
#[derive(Debug)]
struct Part {
    name: String,
    rules: Vec<(String, String)>,
    has_index: bool,
    has_exceptions: bool,
}

/// The lemmatiser.
#[derive(Debug)]
pub(crate) struct Lemmas {
    parts: Vec<Part>,
}

impl Lemmas {
    pub fn load(file: &WeightsFile, labels: &Labels) -> Result<Self, ModelError> {
        let mut parts = Vec::new();
        for label in 0..labels.len() {
            let label = labels.get(Label(label as u16));
            let name = label.to_lowercase();
            let table = |kind: &str| format!("lemma/{kind}/{name}");
            let (has_index, has_exceptions) = (file.has(&table("index")), file.has(&table("exceptions")));
            // Only parts of speech are upper-case words; a table of none is no table.
            if label.is_empty() || label != name.to_uppercase() || !(has_index || file.has(&table("rules"))) {
                continue;
            }
            let mut rules = Vec::new();
            for rule in file.text(&table("rules"))?.lines() {
                let (old, new) = rule.split_once('\t').ok_or_else(|| wrong(&table("rules"), "has no tab in a line"))?;
                rules.push((old.to_owned(), new.to_owned()));
            }
            if has_index {
                List::open(file, &table("index"))?;
            }
            if has_exceptions {
                let (forms, lemmas) = (table("exceptions"), format!("{}/lemmas", table("exceptions")));
                if List::open(file, &forms)?.len() != List::open(file, &lemmas)?.len() {
                    return Err(wrong(&lemmas, "is not as long as its forms"));
                }
            }
            parts.push(Part { name, rules, has_index, has_exceptions });
        }
        Ok(Self { parts })
    }

    /// The lemma of a word of a part of speech ("VERB") and morphology ("Number=Sing|…").
    pub fn lemma(&self, file: &WeightsFile, word: &str, part: &str, morph: &str) -> String {
        if matches!(part, "" | "EOL" | "SPACE") || is_base_form(part, morph) {
            return lower(word);
        }
        let name = part.to_ascii_lowercase();
        match self.parts.iter().find(|part| part.name == name) {
            Some(part) => part.lemma(file, word),
            None if part == "PROPN" => word.to_owned(),
            None => lower(word),
        }
    }
}

impl Part {
    fn lemma(&self, file: &WeightsFile, word: &str) -> String {
        let list = |kind: &str| List::open(file, &format!("lemma/{kind}/{}", self.name)).ok();
        let index = if self.has_index { list("index") } else { None };
        let string = lower(word);
        let (mut forms, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (old, new) in &self.rules {
            let Some(stem) = string.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if index.is_some_and(|index| index.find(&form).is_some()) {
                forms.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form);
            } else {
                unknown.push(form);
            }
        }
        let mut once: Vec<String> = Vec::new();
        for form in forms {
            if !once.contains(&form) {
                once.push(form);
            }
        }
        if self.has_exceptions
            && let (Some(known), Some(lemmas)) = (list("exceptions"), self.exception_lemmas(file))
            && let Some(at) = known.find(&string)
        {
            for form in lemmas.get(at).split('\t') {
                if !once.iter().any(|known| known == form) {
                    once.insert(0, form.to_owned());
                }
            }
        }
        once.into_iter().chain(unknown).next().unwrap_or_else(|| word.to_owned())
    }

    fn exception_lemmas<'f>(&self, file: &'f WeightsFile) -> Option<List<'f>> {
        List::open(file, &format!("lemma/exceptions/{}/lemmas", self.name)).ok()
    }
}

/// Whether a word is its own lemma for its morphology.
fn is_base_form(part: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        let of = |feature: &'_ str| {
            feature.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        morph.split('|').find_map(of)
    };
    let is = |name: &str, value: &str| feature(name).as_deref() == Some(value);
    (part == "NOUN" && is("Number", "Sing"))
        || (part == "VERB" && is("VerbForm", "Fin") && is("Tense", "Pres") && feature("Number").is_none())
        || is("VerbForm", "Inf")
        || is("VerbForm", "None")
        || is("Degree", "Pos")
}
