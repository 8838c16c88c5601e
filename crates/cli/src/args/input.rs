//! What is read, and how much of it at a time.

use clap::{Args, ValueEnum};
use onrecord_intake::Input;

/// What the input is taken to be.
#[derive(Args, Debug)]
pub struct InputArgs {
    /// What the files hold [auto: decided by content, then by name]
    #[arg(id = "input", long = "input", value_enum, default_value = "auto", value_name = "TYPE")]
    pub kind: InputKind,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    Auto,
    Html,
    Text,
    Jsonl,
}

impl From<InputKind> for Input {
    fn from(kind: InputKind) -> Self {
        match kind {
            InputKind::Auto => Input::Auto,
            InputKind::Html => Input::Html,
            InputKind::Text => Input::Text,
            InputKind::Jsonl => Input::Jsonl,
        }
    }
}

/// How many pages are read at a time.
#[derive(Args, Debug)]
pub struct Threads {
    /// Number of pages to read at once, 1 to 512 [default: number of cores]
    #[arg(id = "threads", long = "threads", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub count: Option<u16>,
}
