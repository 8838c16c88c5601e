//! How output for people looks.

use clap::{Args, ValueEnum};

/// How output for people looks.
#[derive(Args, Debug)]
pub struct Look {
    /// When to use colours [auto: on a terminal, unless NO_COLOR is set]
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: ColorWhen,
    /// Width of the output in columns [default: the terminal's width, up to 88]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}
