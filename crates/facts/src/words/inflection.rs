//! English forms of nouns and verbs, by their regular endings.

/// "official" → "officials", "deputy" → "deputies", "boss" → "bosses".
pub(crate) fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with('s') || noun.ends_with("ch") || noun.ends_with('x') => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

pub(crate) fn past(lemma: &str) -> String {
    match lemma.strip_suffix('e') {
        Some(_) => format!("{lemma}d"),
        None => format!("{lemma}ed"),
    }
}

pub(crate) fn ing(lemma: &str) -> String {
    match lemma.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    }
}

pub(crate) fn third_person(lemma: &str) -> String {
    if lemma == "go" {
        "goes".to_owned()
    } else if lemma == "say" {
        "says".to_owned()
    } else {
        plural(lemma).replace("shs", "shes")
    }
}

/// "officials" → "official", "deputies" → "deputy", "people" → "person": what one of many is, in lower case.
pub(crate) fn singular(plural: &str) -> String {
    let plural = plural.to_lowercase();
    if plural == "people" {
        return "person".to_owned();
    }
    for (many, one) in [("ies", "y"), ("men", "man"), ("sses", "ss"), ("s", "")] {
        if let Some(stem) = plural.strip_suffix(many) {
            return format!("{stem}{one}");
        }
    }
    plural
}
