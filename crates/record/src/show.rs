//! What a caller asks to see.

/// The layers that are printed only when asked for.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names are the contract's
pub struct Show {
    pub sentences: bool,
    pub entities: bool,
    pub tokens: bool,
    pub chains: bool,
    pub evidence: bool,
}

impl Show {
    /// Every layer.
    pub const ALL: Show = Show { sentences: true, entities: true, tokens: true, chains: true, evidence: true };
}

/// Versions of the stages that read a document; `None` where a stage did not run.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[allow(missing_docs)] // the names are the contract's
pub struct Producers {
    pub article: Option<&'static str>,
    pub language: Option<&'static str>,
    pub facts: Option<&'static str>,
}
