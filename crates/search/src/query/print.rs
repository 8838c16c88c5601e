//! A query as text that parses to the same query.

use super::{Changed, Field, Leaf, Query, SourceIs, WordField, Words};
use std::fmt::{self, Display, Write};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::All => f.write_str("*"),
            Query::Leaf(leaf) => leaf.fmt(f),
            Query::And(parts) => {
                for (nth, part) in parts.iter().enumerate() {
                    if nth > 0 {
                        f.write_str(" ")?;
                    }
                    grouped(f, part)?;
                }
                Ok(())
            }
            // What stands side by side binds closer than `OR`; parentheses would only add to the depth.
            Query::Or(parts) => {
                for (nth, part) in parts.iter().enumerate() {
                    if nth > 0 {
                        f.write_str(" OR ")?;
                    }
                    part.fmt(f)?;
                }
                Ok(())
            }
            Query::Not(part) => {
                f.write_str("-")?;
                grouped(f, part)
            }
        }
    }
}

fn grouped(f: &mut fmt::Formatter<'_>, part: &Query) -> fmt::Result {
    match part {
        Query::And(_) | Query::Or(_) => write!(f, "({part})"),
        part => part.fmt(f),
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = |f: &mut fmt::Formatter<'_>, field: Field| write!(f, "{}:", field.name());
        match self {
            Leaf::Words { field: WordField::Anywhere, words } => words.fmt(f),
            Leaf::Words { field: word_field, words } => {
                if let Some(name) = word_field.field() {
                    field(f, name)?;
                }
                words.fmt(f)
            }
            Leaf::Language(code) => write!(f, "{}:{code}", Field::Lang.name()),
            Leaf::Source(source) => {
                field(f, Field::Source)?;
                f.write_str(match source {
                    SourceIs::Named => "named",
                    SourceIs::Unnamed => "unnamed",
                    SourceIs::Kind(kind) => kind.name(),
                })
            }
            Leaf::Terms(terms) => write!(f, "{}:{}", Field::Terms.name(), terms.name()),
            Leaf::Form(form) => write!(f, "{}:{}", Field::Form.name(), form.name()),
            Leaf::Act(act) => write!(f, "{}:{}", Field::Act.name(), act.name()),
            Leaf::Published(range) => write!(f, "{}:{range}", Field::Date.name()),
            Leaf::Changed(Changed::Yes) => write!(f, "{}:yes", Field::Changed.name()),
            Leaf::Changed(Changed::No) => write!(f, "{}:no", Field::Changed.name()),
            Leaf::Changed(Changed::In(range)) => write!(f, "{}:{range}", Field::Changed.name()),
            Leaf::Tag(tag) => {
                field(f, Field::Tag)?;
                quoted(f, tag)
            }
            Leaf::Address(address) => {
                field(f, Field::Url)?;
                quoted(f, address)
            }
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Words::Word(word) => f.write_str(word),
            Words::Prefix(word) => write!(f, "{word}*"),
            Words::Phrase { words, within } => {
                quoted(f, words)?;
                if *within > 0 { write!(f, "~{within}") } else { Ok(()) }
            }
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
    f.write_char('"')?;
    for char in words.chars() {
        if matches!(char, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(char)?;
    }
    f.write_char('"')
}
