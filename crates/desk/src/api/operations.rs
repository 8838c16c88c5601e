//! What the API does: one list, from which requests are checked and the OpenAPI document and the readable page are made.

use super::answers::{Adding, Articles, Corrections, Exports, SpeakerList, Status};
use crate::acts::adding::Progress;
use crate::routes::Failure;
use crate::server::Request;
use crate::views::article::Article;
use crate::views::changes::Changes;
use crate::views::corrections::Written;
use crate::views::evidence::Evidence;
use crate::views::front::Front;
use crate::views::search::Results;
use crate::views::sourcing::Sourcing;
use crate::views::speaker::Speaker;
use hyper::Method;
use onrecord_record::Line;
use schemars::{Schema, SchemaGenerator};

/// Something that the API does.
pub(crate) struct Operation {
    /// The method: GET, POST or DELETE.
    pub method: &'static str,
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
}

/// A name in a query.
pub(crate) struct Query {
    pub name: &'static str,
    pub takes: Takes,
    pub about: &'static str,
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

const fn get(path: &'static str, id: &'static str, about: &'static str, gives: Gives) -> Operation {
    Operation { method: "GET", path, id, about, queries: &[], body: None, status: 200, gives }
}

const fn query(name: &'static str, takes: Takes, about: &'static str) -> Query {
    Query { name, takes, about }
}

const LIMIT: Query = query("limit", Takes::Number(1, super::MAX_PAGE as u64), "most entries of the page; 20 without");
const AFTER: Query = query("after", Takes::Cursor, "what the page before gave as `next`");
const FACT: Query = query("fact", Takes::Text, "the fact that is meant: `content`, `cue`, `terms`, `headline`, …");
const LAYERS: Query =
    query("layers", Takes::Text, "layers to have too, parted by commas: sentences, entities, tokens, evidence");

/// All that the API does.
pub(crate) const OPERATIONS: &[Operation] = &[
    get("/", "page", "This list, to be read.", Gives::Media("text/html")),
    get("/openapi.json", "openapi", "The API as an OpenAPI 3.1 document.", Gives::OpenApi),
    get("/status", "status", "What is served: versions, and how much the archive holds.", Gives::Json(of::<Status>)),
    Operation {
        queries: &[query("before", Takes::Day, "days before this one alone")],
        ..get("/front", "front", "The front page: newest, just added, changed, outlets.", Gives::Json(of::<Front>))
    },
    Operation {
        queries: &[LIMIT, AFTER],
        ..get("/articles", "articles", "All articles, newest first.", Gives::Json(of::<Articles>))
    },
    get(
        "/article/{article}",
        "article",
        "An article as the desk shows it: words with marks, statements, fields with their bytes, versions, corrections.",
        Gives::Json(of::<Article>),
    ),
    Operation {
        queries: &[LAYERS],
        ..get(
            "/article/{article}/record",
            "record",
            "An article as the contract has it, the line that `onrecord read` prints: text, rest, quotes.",
            Gives::Json(of::<Line<'static>>),
        )
    },
    Operation {
        queries: &[FACT],
        ..get(
            "/evidence/{article}",
            "evidenceOfPage",
            "What a page states of itself, each with the bytes it was read from.",
            Gives::Json(of::<Evidence>),
        )
    },
    Operation {
        queries: &[FACT],
        ..get(
            "/evidence/{article}/{number}",
            "evidenceOfStatement",
            "What a statement rests on, each fact with the bytes it was read from.",
            Gives::Json(of::<Evidence>),
        )
    },
    get(
        "/changes/{article}/{later}",
        "changes",
        "What changed from one version of an article to another.",
        Gives::Json(of::<Changes>),
    ),
    get(
        "/page/{hash}",
        "pageBytes",
        "A page’s bytes as they came, by its SHA-256 or the first digits of it.",
        Gives::Media("application/octet-stream"),
    ),
    Operation {
        queries: &[
            query("q", Takes::Text, "the search, in its language; all without"),
            query("with", Takes::Texts, "conditions to add, as facets give them"),
            query("kind", Takes::OneOf(&["quotes", "articles"]), "what to find; told from the search without"),
            query("sort", Takes::OneOf(&["relevance", "time"]), "the order"),
            LIMIT,
            AFTER,
        ],
        ..get(
            "/search",
            "search",
            "Statements or articles that a search finds, with facets; statements as the contract has them too.",
            Gives::Json(of::<Results>),
        )
    },
    Operation {
        queries: &[query("beginning", Takes::Text, "how a name, or a word of it, begins"), LIMIT, AFTER],
        ..get(
            "/speakers",
            "speakers",
            "Everybody who speaks, most statements first.",
            Gives::Json(of::<SpeakerList<'static>>),
        )
    },
    Operation {
        queries: &[
            query("from", Takes::Day, "published on this day or later"),
            query("to", Takes::Day, "published on this day or before"),
            query("kind", Takes::AnyOf(&["direct", "indirect", "mixed"]), "how it is rendered"),
            query("outlet", Takes::Texts, "in these outlets"),
            query("cue", Takes::Texts, "attributed with these words"),
            query("name", Takes::Texts, "called so in the article"),
            query("sort", Takes::OneOf(&["newest", "oldest", "outlet"]), "the order"),
            AFTER,
        ],
        ..get(
            "/speaker/{name}",
            "speaker",
            "What somebody said, with roles, mentions over time and filters.",
            Gives::Json(of::<Speaker>),
        )
    },
    Operation {
        queries: &[
            query("outlet", Takes::Text, "one outlet over time"),
            query("from", Takes::Month, "the first month"),
            query("to", Takes::Month, "the last month"),
        ],
        ..get("/sourcing", "sourcing", "On whose authority outlets report.", Gives::Json(of::<Sourcing>))
    },
    Operation {
        queries: &[
            query("article", Takes::Text, "those of one article’s page"),
            query("undone", Takes::OneOf(&["true", "false"]), "whether to list what was undone too"),
            LIMIT,
            AFTER,
        ],
        ..get(
            "/corrections",
            "corrections",
            "Corrections, tags and notes, latest first.",
            Gives::Json(of::<Corrections>),
        )
    },
    Operation {
        method: "POST",
        body: Some(Sent::Correction),
        status: 201,
        ..get(
            "/corrections",
            "correct",
            "Writes a correction, tag or note. What was said before is not said twice; a verdict takes the place of another.",
            Gives::Json(of::<Written>),
        )
    },
    get(
        "/corrections/{id}",
        "correction",
        "A correction, tag or note; by the first digits too.",
        Gives::Json(of::<Written>),
    ),
    Operation {
        method: "DELETE",
        ..get("/corrections/{id}", "undo", "Undoes it. It stays, marked as undone.", Gives::Json(of::<Written>))
    },
    get("/adding", "intakes", "Intakes under way and lately ended.", Gives::Json(of::<Adding>)),
    Operation {
        method: "POST",
        body: Some(Sent::Files),
        status: 202,
        ..get("/adding", "add", "Begins to read files into the archive.", Gives::Json(of::<Progress>))
    },
    get("/adding/{number}", "intake", "How far an intake is.", Gives::Json(of::<Progress>)),
    get("/exports", "exports", "Where tables and pictures of all this are.", Gives::Json(of::<Exports>)),
    Operation {
        method: "POST",
        body: Some(Sent::Page),
        queries: &[
            query("url", Takes::Text, "the address that it was fetched from"),
            query("input", Takes::OneOf(&["auto", "html", "text"]), "what it is; told from its content without"),
            query("until", Takes::OneOf(&["article", "language", "facts"]), "the last stage; facts without"),
            LAYERS,
        ],
        ..get(
            "/read",
            "read",
            "Reads a page, and keeps nothing of it: the line that `onrecord read` prints.",
            Gives::Json(of::<Line<'static>>),
        )
    },
];

fn of<T: schemars::JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl Operation {
    /// Whether a path, split at its slashes, is one of this operation's.
    fn is_at(&self, path: &[&str]) -> bool {
        let mut own = self.path.split('/').skip(1).filter(|part| !part.is_empty());
        let mut given = path.iter().filter(|part| !part.is_empty());
        loop {
            match (own.next(), given.next()) {
                (None, None) => return true,
                (Some(own), Some(given)) if own.starts_with('{') || own == *given => {}
                _ => return false,
            }
        }
    }

    /// The names in the path that are filled in.
    pub fn filled_in(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// Refuses what the API doesn't do, and queries that it would have to guess at.
pub(super) fn check(request: &Request, path: &[&str]) -> Result<(), Failure> {
    let here: Vec<&Operation> = OPERATIONS.iter().filter(|operation| operation.is_at(path)).collect();
    if here.is_empty() {
        let words = "The API has nothing at this address; /api/v1 lists what there is.";
        return Err(Failure::NotFound(words.to_owned()));
    }
    let method = if request.method == Method::HEAD { "GET" } else { request.method.as_str() };
    let Some(operation) = here.iter().find(|operation| operation.method == method) else {
        let methods: Vec<&str> = here.iter().map(|operation| operation.method).collect();
        return Err(Failure::MethodOf(methods.join(", ")));
    };
    for (name, value) in &request.query {
        let Some(query) = operation.queries.iter().find(|query| query.name == name) else {
            let names: Vec<&str> = operation.queries.iter().map(|query| query.name).collect();
            let known = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
            return Err(Failure::Misused(format!("The query may say {known} here, not {name}.")));
        };
        if !query.takes.accepts(value) {
            return Err(Failure::Misused(format!("`{name}` takes {}, not {value}.", query.takes.in_words())));
        }
    }
    Ok(())
}

impl Takes {
    fn accepts(self, value: &str) -> bool {
        match self {
            Takes::Text | Takes::Texts | Takes::Cursor => true,
            Takes::Number(least, most) => value.parse().is_ok_and(|number: u64| (least..=most).contains(&number)),
            Takes::OneOf(known) | Takes::AnyOf(known) => known.contains(&value),
            Takes::Day => crate::words::day_number(value).is_some() && value.len() == 10,
            Takes::Month => value.len() == 7 && crate::words::day_number(&format!("{value}-01")).is_some(),
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
