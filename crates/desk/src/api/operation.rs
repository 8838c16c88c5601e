//! What a row of the API's table says: an operation with its handler, its parameters and what it answers.

use crate::call::{Handler, HttpMethod};
use crate::failure::Failure;
use crate::server::{Accepts, Request};
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// Something that the API does.
pub(crate) struct Operation {
    pub verb: HttpMethod,
    /// What stands behind `/api/v1`, with `{…}` for what is filled in.
    pub path: &'static str,
    /// Names it, for programs that are made from the document.
    pub id: &'static str,
    /// What it is good for, in a line.
    pub about: &'static str,
    /// What the query may say.
    pub queries: &'static [Query],
    pub body: Option<Sent>,
    /// The status of its answer where all goes well.
    pub status: u16,
    pub gives: Gives,
    pub handler: Handler,
}

/// A name in a query.
pub(crate) struct Query {
    pub name: &'static str,
    pub takes: Takes,
    pub about: &'static str,
    /// Whether it is an older spelling, which works and which nothing tells of.
    pub is_alias: bool,
}

/// What a name in a query takes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Text,
    /// May be given several times.
    Texts,
    /// A whole number, both ends included.
    Number(u64, u64),
    OneOf(&'static [&'static str]),
    /// Several of these, each given by itself.
    AnyOf(&'static [&'static str]),
    /// As `2024-11-18`.
    Day,
    /// As `2024-11`.
    Month,
    /// What the page before gave as `next`.
    Cursor,
}

/// What is sent along.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// A correction, as JSON.
    Correction,
    /// A page as it is.
    Page,
    /// Files, as a form.
    Files,
}

/// What is answered.
pub(crate) enum Gives {
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// The OpenAPI document.
    OpenApi,
    /// Something else, of this media type.
    Media(&'static str),
}

/// An operation that only reads, without a query.
pub(super) const fn get(
    path: &'static str,
    id: &'static str,
    about: &'static str,
    gives: Gives,
    handler: Handler,
) -> Operation {
    Operation { verb: HttpMethod::Get, path, id, about, queries: &[], body: None, status: 200, gives, handler }
}

/// A name that the query may have.
pub(super) const fn query(name: &'static str, takes: Takes, about: &'static str) -> Query {
    Query { name, takes, about, is_alias: false }
}

/// An older spelling of a name in the query.
pub(super) const fn alias(name: &'static str, takes: Takes) -> Query {
    Query { name, takes, about: "", is_alias: true }
}

/// The schema of what is answered as JSON.
pub(super) const fn json<T: JsonSchema>() -> Gives {
    Gives::Json(of::<T>)
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl Operation {
    /// Where it is, as the router has it.
    pub fn address(&self) -> String {
        format!("/api/v1{}", self.path.trim_end_matches('/'))
    }

    /// What its body may be.
    pub fn accepts(&self) -> Accepts {
        match self.body {
            Some(Sent::Files) => Accepts::Files,
            Some(Sent::Page) => Accepts::Page,
            Some(Sent::Correction) | None => Accepts::Form,
        }
    }

    /// The names in the path that are filled in.
    pub fn filled_in(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// The names in the query that documents tell of.
    pub fn shown_queries(&self) -> impl Iterator<Item = &Query> {
        self.queries.iter().filter(|query| !query.is_alias)
    }

    /// Refuses a query that the API would have to guess at.
    pub fn check(&self, request: &Request) -> Result<(), Failure> {
        for (name, value) in &request.query {
            let Some(query) = self.queries.iter().find(|query| query.name == name) else {
                let names: Vec<&str> = self.shown_queries().map(|query| query.name).collect();
                return Err(Failure::Misused(match names.is_empty() {
                    true => format!("This operation takes no query, and so no {name}."),
                    false => format!("The query takes {} here, not {name}.", names.join(", ")),
                }));
            };
            if !query.takes.accepts(value) {
                return Err(Failure::Misused(format!("`{name}` takes {}, not {value}.", query.takes.in_words())));
            }
        }
        Ok(())
    }
}

impl Takes {
    fn accepts(self, value: &str) -> bool {
        match self {
            Takes::Text | Takes::Texts | Takes::Cursor => true,
            Takes::Number(least, most) => value.parse().is_ok_and(|number: u64| (least..=most).contains(&number)),
            Takes::OneOf(known) | Takes::AnyOf(known) => known.contains(&value),
            Takes::Day => onrecord_views::words::day_number(value).is_some() && value.len() == 10,
            Takes::Month => value.len() == 7 && onrecord_views::words::day_number(&format!("{value}-01")).is_some(),
        }
    }

    /// What it takes, for people.
    pub fn in_words(self) -> String {
        match self {
            Takes::Text => "words".to_owned(),
            Takes::Texts => "words, and may be given several times".to_owned(),
            Takes::Cursor => "a cursor".to_owned(),
            Takes::Number(least, most) => format!("a number from {least} to {most}"),
            Takes::OneOf(known) => known.join(" or "),
            Takes::AnyOf(known) => format!("{}; may be given several times", known.join(" or ")),
            Takes::Day => "a day as 2024-11-18".to_owned(),
            Takes::Month => "a month as 2024-11".to_owned(),
        }
    }
}
