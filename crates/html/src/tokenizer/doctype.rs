//! The document type declaration, and whether it asks for quirks.

/// A document type declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doctype {
    /// Lower-case; `None` where there is no name.
    pub name: Option<String>,
    /// The public identifier.
    pub public_id: Option<String>,
    /// The system identifier.
    pub system_id: Option<String>,
    /// Whether the declaration is broken.
    pub force_quirks: bool,
}

/// Public identifiers that ask for quirks by how they begin (section 13.2.6.4.1), lower-case.
const QUIRKY_PREFIXES: &str = include_str!("../../data/quirky_public_ids.txt");

impl Doctype {
    /// Whether a page with this declaration is read in quirks mode (section 13.2.6.4.1): then a
    /// table may stand in a paragraph.
    pub fn asks_for_quirks(&self) -> bool {
        let public = self.public_id.as_deref().unwrap_or_default().to_ascii_lowercase();
        let system = self.system_id.as_deref().map(str::to_ascii_lowercase);
        self.force_quirks
            || self.name.as_deref() != Some("html")
            || matches!(
                public.as_str(),
                "-//w3o//dtd w3 html strict 3.0//en//" | "-/w3c/dtd html 4.0 transitional/en" | "html"
            )
            || system.as_deref() == Some("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
            || QUIRKY_PREFIXES
                .lines()
                .any(|prefix| !prefix.starts_with('#') && !prefix.is_empty() && public.starts_with(prefix))
            || system.is_none()
                && (public.starts_with("-//w3c//dtd html 4.01 frameset//")
                    || public.starts_with("-//w3c//dtd html 4.01 transitional//"))
    }
}
