//! What a caller asks to see.

use onrecord_document::{LayerKind, LayerSet, Shown};

/// The layers that are printed only where they are asked for.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Show {
    /// Layers of [`Shown::OnRequest`]. Those that are always shown need not be in it.
    pub layers: LayerSet,
    /// The bytes of the page behind every field and fact.
    pub evidence: bool,
}

impl Show {
    /// The name that asks for evidence.
    pub const EVIDENCE: &str = "evidence";

    /// Everything that can be asked for.
    pub fn all() -> Show {
        Show { layers: on_request().collect(), evidence: true }
    }

    /// The names that ask for something, as the output calls it.
    pub fn names() -> impl Iterator<Item = &'static str> {
        on_request().map(LayerKind::name).chain([Show::EVIDENCE])
    }

    /// Whether a layer is printed.
    pub fn shows(&self, kind: LayerKind) -> bool {
        match kind.shown() {
            Shown::Always => true,
            Shown::OnRequest => self.layers.contains(kind),
            Shown::Never => false,
        }
    }

    /// Asks for something by name; `None` where nothing has this name. Names of layers that are always printed are
    /// understood, also the one that `names` had in version 1, and change nothing.
    pub fn with(mut self, name: &str) -> Option<Show> {
        match (name, LayerKind::named(name)) {
            (Show::EVIDENCE, _) => self.evidence = true,
            ("chains", _) => {}
            (_, Some(kind)) if kind.shown() != Shown::Never => self.layers = self.layers.with(kind),
            _ => return None,
        }
        Some(self)
    }
}

fn on_request() -> impl Iterator<Item = LayerKind> {
    LayerKind::ALL.iter().copied().filter(|kind| kind.shown() == Shown::OnRequest)
}

/// Versions of the stages that read a document; `None` where a stage did not run.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[allow(missing_docs)] // the names are the contract's
pub struct Producers {
    pub article: Option<&'static str>,
    pub language: Option<&'static str>,
    pub facts: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_by_name_is_shown() {
        let show = Show::names().try_fold(Show::default(), Show::with);
        assert_eq!(show, Some(Show::all()));
        assert_eq!(Show::default().with("chains"), Some(Show::default()));
        assert_eq!(Show::default().with("noun_chunks"), None);
        assert!(Show::default().shows(LayerKind::Names) && !Show::default().shows(LayerKind::Tokens));
    }
}
