//! Lemmatiser by rule: endings replaced, exceptions, and lists of the words that there are.

use crate::parse::{LabelId, LabelTable};
use crate::words::chars::is_alpha;
use crate::words::lower;
use onrecord_tensors::{StringTable, WeightsError, WeightsFile};

/// How words of one part of speech are lemmatised.
#[derive(Debug)]
struct LemmaRules {
    /// The part of speech, in small letters.
    name: String,
    /// Endings, and what replaces them.
    rules: Vec<(String, String)>,
    /// Words that exist, sorted.
    index: Option<StringTable>,
    /// Irregular forms, sorted, and the lemmas of each, separated by tabs.
    exceptions: Option<(StringTable, StringTable)>,
}

/// Finds lemmas.
#[derive(Debug)]
pub(crate) struct Lemmatiser {
    parts: Vec<LemmaRules>,
}

impl Lemmatiser {
    pub fn load(file: &WeightsFile, labels: &LabelTable) -> Result<Self, WeightsError> {
        let mut parts = Vec::new();
        for label in 0..labels.len() {
            let label = labels.get(LabelId(label as u16));
            let name = label.to_lowercase();
            let table = |kind: &str| format!("lemma/{kind}/{name}");
            let (has_index, has_exceptions) = (file.has(&table("index")), file.has(&table("exceptions")));
            // Only parts of speech are words in capitals; a table of anything else is none of ours.
            if label.is_empty() || label != name.to_uppercase() || !(has_index || file.has(&table("rules"))) {
                continue;
            }
            let mut rules = Vec::new();
            for rule in file.text(&table("rules"))?.lines() {
                let (old, new) = rule
                    .split_once('\t')
                    .ok_or_else(|| WeightsError::table(&table("rules"), "has a line without a tab"))?;
                rules.push((old.to_owned(), new.to_owned()));
            }
            let index = has_index.then(|| file.strings(&table("index"))).transpose()?;
            let exceptions = if has_exceptions {
                let (forms, lemmas) = (table("exceptions"), format!("{}/lemmas", table("exceptions")));
                let (known, bases) = (file.strings(&forms)?, file.strings(&lemmas)?);
                if known.len() != bases.len() {
                    return Err(WeightsError::table(&lemmas, "is not as long as its forms"));
                }
                Some((known, bases))
            } else {
                None
            };
            parts.push(LemmaRules { name, rules, index, exceptions });
        }
        Ok(Self { parts })
    }

    /// The lemma of a word with a part of speech ("VERB") and morphology ("Number=Sing|…").
    pub fn lemma(&self, word: &str, part: &str, morph: &str) -> String {
        if matches!(part, "" | "EOL" | "SPACE") || is_base_form(part, morph) {
            return lower(word);
        }
        let name = part.to_ascii_lowercase();
        match self.parts.iter().find(|part| part.name == name) {
            Some(part) => part.lemma(word),
            None if part == "PROPN" => word.to_owned(),
            None => lower(word),
        }
    }
}

impl LemmaRules {
    fn lemma(&self, word: &str) -> String {
        let string = lower(word);
        let (mut forms, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (old, new) in &self.rules {
            let Some(stem) = string.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.as_ref().is_some_and(|index| index.find(&form).is_some()) {
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
        if let Some((known, lemmas)) = &self.exceptions
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
