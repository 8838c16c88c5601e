//! What may stand behind the colon of a field that does not take words.

use super::error::shown;
use super::fields::distance;
use super::languages;
use super::{Changed, DateRange, Field, Leaf, SourceIs};
use onrecord_document::{Act, SourceKind, StatementForm, Terms};

/// Why a value does not fit: what is wrong, and what would work.
pub(crate) struct Misfit {
    pub message: String,
    pub help: String,
}

/// The condition that a value of a field states. Not for fields that take words.
pub(crate) fn leaf(field: Field, value: &str) -> Result<Leaf, Misfit> {
    match field {
        Field::Source => one_of(field, value, &source_names()).map(Leaf::Source),
        Field::Terms => one_of(field, value, &terms_names()).map(Leaf::Terms),
        Field::Form => one_of(field, value, &named(StatementForm::ALL, StatementForm::name)).map(Leaf::Form),
        Field::Act => one_of(field, value, &named(Act::ALL, Act::name)).map(Leaf::Act),
        Field::Lang => languages::code(value).map(Leaf::Language).ok_or_else(|| Misfit {
            message: format!("`lang:` does not know {}", shown(value)),
            help: "use a code or an English name: `lang:uk`, `lang:ukrainian`".to_owned(),
        }),
        Field::Date => date(field, value).map(Leaf::Published),
        Field::Changed => match value.to_ascii_lowercase().as_str() {
            "yes" => Ok(Leaf::Changed(Changed::Yes)),
            "no" => Ok(Leaf::Changed(Changed::No)),
            _ => date(field, value).map(|range| Leaf::Changed(Changed::In(range))),
        },
        Field::Tag => some_text(field, value).map(Leaf::Tag),
        Field::Url => some_text(field, value).map(Leaf::Address),
        Field::Headline | Field::Author | Field::Outlet | Field::Speaker | Field::Said | Field::Cue => Err(Misfit {
            message: format!("`{}:` wants words", field.name()),
            help: format!("as in `{}`", field.help().example),
        }),
    }
}

fn some_text(field: Field, value: &str) -> Result<String, Misfit> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Misfit {
            message: format!("`{}:` has nothing in its quotation marks", field.name()),
            help: format!("write a value, as in `{}`", field.help().example),
        });
    }
    Ok(value.to_owned())
}

fn date(field: Field, value: &str) -> Result<DateRange, Misfit> {
    let name = field.name();
    DateRange::read(value).map_err(|wrong| Misfit {
        message: format!("{} {wrong}", shown(value)),
        help: match field {
            Field::Changed => format!("use `{name}:yes`, `{name}:no`, or when, as in `{name}:2024-11..2025-01`"),
            _ => format!("use a year, a month or a day, or two with `..`: `{name}:2024`, `{name}:2024-11..2025-01-15`, `{name}:2024-11..`"),
        },
    })
}

type Names<T> = Vec<(&'static str, T)>;

/// Named and unnamed as people think of them, then the kinds of the output.
fn source_names() -> Names<SourceIs> {
    let mut names = vec![
        ("named", SourceIs::Named),
        ("unnamed", SourceIs::Unnamed),
        ("document", SourceIs::Kind(SourceKind::Document)),
        ("media", SourceIs::Kind(SourceKind::OtherMedia)),
    ];
    names.extend(SourceKind::ALL.iter().map(|kind| (kind.name(), SourceIs::Kind(*kind))));
    names
}

/// The short names, then those of the output.
fn terms_names() -> Names<Terms> {
    let mut names = vec![
        ("anonymity", Terms::ConditionOfAnonymity),
        ("not_authorised", Terms::NotAuthorisedToSpeak),
        ("declined", Terms::DeclinedToComment),
    ];
    names.extend(named(Terms::ALL, Terms::name));
    names
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Names<T> {
    all.iter().map(|value| (name(*value), *value)).collect()
}

fn one_of<T: Copy>(field: Field, value: &str, names: &Names<T>) -> Result<T, Misfit> {
    let typed = value.trim().to_ascii_lowercase().replace([' ', '-'], "_").replace("authorized", "authorised");
    if let Some((_, found)) = names.iter().find(|(name, _)| *name == typed) {
        return Ok(*found);
    }
    let mut listed: Vec<&str> = Vec::new();
    for (name, _) in names {
        if !listed.contains(name) {
            listed.push(name);
        }
    }
    let near = listed.iter().map(|name| (distance(name, &typed), *name)).min().filter(|(distance, _)| *distance <= 2);
    let help = match near {
        Some((_, near)) => format!("did you mean `{}:{near}`? It knows {}", field.name(), listing(&listed)),
        None => format!("use {}", listing(&listed)),
    };
    Err(Misfit { message: format!("`{}:` does not know {}", field.name(), shown(value)), help })
}

/// "direct, indirect or mixed".
fn listing(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [names @ .., last] => format!("{} or {last}", names.join(", ")),
    }
}
