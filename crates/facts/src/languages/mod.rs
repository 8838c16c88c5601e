//! Languages.

pub(crate) mod german;
