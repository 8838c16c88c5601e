use std::fmt;

/// Why weights could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightsError {
    /// The bytes don't begin as a weights file does.
    NotWeights,
    /// The file has another version of the format than the one this program reads.
    Version {
        /// The file's.
        found: u32,
        /// This program's.
        expected: u32,
    },
    /// The file ends too early.
    Truncated {
        /// How many bytes it should have.
        expected: usize,
        /// How many bytes it has.
        found: usize,
    },
    /// The header, or the table with this name, doesn't match its hash.
    Damaged(String),
    /// A table that the network needs is missing, or isn't what it must be.
    Table {
        /// Name of the table.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl WeightsError {
    /// The error of a table; `reason` goes on from its name: "is missing".
    pub fn table(name: &str, reason: impl Into<String>) -> Self {
        Self::Table { name: name.to_owned(), reason: reason.into() }
    }
}

impl fmt::Display for WeightsError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWeights => to.write_str("this is not a weights file: it doesn't begin with \"onrecord-weights\""),
            Self::Version { found, expected } => {
                write!(
                    to,
                    "the weights are in format {found}, but this program reads format {expected}: convert them again"
                )
            }
            Self::Truncated { expected, found } => {
                write!(to, "the weights are cut short: {found} bytes of {expected}")
            }
            Self::Damaged(what) => write!(to, "the weights are damaged: {what} doesn't match its hash"),
            Self::Table { name, reason } => write!(to, "the weights can't be used: table {name} {reason}"),
        }
    }
}

impl std::error::Error for WeightsError {}
