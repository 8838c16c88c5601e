//! Languages by the names that people type.

/// ISO 639-1 codes and English names of languages that news is published in. Origin: written for this project.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "arabic"),
    ("be", "belarusian"),
    ("bg", "bulgarian"),
    ("bn", "bengali"),
    ("ca", "catalan"),
    ("cs", "czech"),
    ("da", "danish"),
    ("de", "german"),
    ("el", "greek"),
    ("en", "english"),
    ("es", "spanish"),
    ("et", "estonian"),
    ("eu", "basque"),
    ("fa", "persian"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("ga", "irish"),
    ("gl", "galician"),
    ("he", "hebrew"),
    ("hi", "hindi"),
    ("hr", "croatian"),
    ("hu", "hungarian"),
    ("hy", "armenian"),
    ("id", "indonesian"),
    ("it", "italian"),
    ("ja", "japanese"),
    ("ka", "georgian"),
    ("kk", "kazakh"),
    ("ko", "korean"),
    ("lt", "lithuanian"),
    ("lv", "latvian"),
    ("mk", "macedonian"),
    ("ms", "malay"),
    ("nb", "norwegian"),
    ("ne", "nepali"),
    ("nl", "dutch"),
    ("pl", "polish"),
    ("pt", "portuguese"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sk", "slovak"),
    ("sl", "slovenian"),
    ("sq", "albanian"),
    ("sr", "serbian"),
    ("sv", "swedish"),
    ("ta", "tamil"),
    ("te", "telugu"),
    ("th", "thai"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
    ("ur", "urdu"),
    ("vi", "vietnamese"),
    ("zh", "chinese"),
];

/// The code for a code or an English name; codes that are not in the list are taken as they are.
pub(crate) fn code(written: &str) -> Option<String> {
    let written = written.to_ascii_lowercase();
    let listed = LANGUAGES.iter().find(|(_, name)| *name == written).map(|(code, _)| (*code).to_owned());
    listed.or_else(|| {
        let is_code = (2..=3).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_lowercase());
        is_code.then_some(written)
    })
}

/// The English name of a code.
pub fn name(code: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(listed, _)| *listed == code).map(|(_, name)| *name)
}
