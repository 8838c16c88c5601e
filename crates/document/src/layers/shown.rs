//! When the output has a layer.

/// When the output has a layer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Always.
    Always,
    /// Where it is asked for.
    OnRequest,
    /// Not in the line of an article.
    Never,
}
