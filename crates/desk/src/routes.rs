//! Which address leads to what.

use crate::counts::Counted;
use crate::pages::{self, error, layout::Foot};
use crate::readers::Reader;
use crate::server::{Content, Request, Response};
use crate::views::article::{Article, meant};
use crate::views::changes::Changes;
use crate::views::evidence::{Evidence, Quiet};
use crate::views::front::Front;
use crate::{Desk, assets};
use onrecord_archive::{Error, Listed};
use std::sync::Arc;

/// Why a request has no page of its own.
pub(crate) enum Failure {
    /// There is nothing at this address.
    NotFound(String),
    /// The address is known, but does not do this.
    Method,
    /// What was asked makes no sense.
    Misused(String),
    /// The archive failed.
    Archive(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Archive(error)
    }
}

pub(crate) type Answer = Result<Response, Failure>;

/// A request that is being answered.
pub(crate) struct Asking<'a> {
    pub desk: &'a Arc<Desk>,
    pub request: &'a Request,
    pub reader: Reader,
    pub counted: Arc<Counted>,
}

impl Asking<'_> {
    /// What the foot of a page says.
    pub fn foot(&self) -> Foot {
        let name = self.desk.place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Foot { name, articles: self.counted.articles, statements: self.counted.statements }
    }

    /// The document that a part of an address means.
    pub fn listed(&self, what: &str) -> Result<Listed, Failure> {
        meant(self.reader.archive(), what)?.ok_or_else(|| {
            Failure::NotFound(format!("The archive has no article with the key, hash or address {what}."))
        })
    }
}

/// Answers a request.
pub(crate) fn answer(desk: &Arc<Desk>, request: Request) -> Response {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["assets", name] => return assets::file(name).unwrap_or_else(|| not_found(false, "No such file.")),
        ["favicon.ico"] => return assets::icon(),
        _ => {}
    }
    let wants_json = path.first() == Some(&"api");
    let asked = || -> Answer {
        let reader = desk.readers.take()?;
        let counted = desk.counts.of(reader.archive())?;
        let mut asking = Asking { desk, request: &request, reader, counted };
        route(&mut asking, &path)
    };
    match asked() {
        Ok(response) => response,
        Err(Failure::NotFound(words)) => not_found(wants_json, &words),
        Err(Failure::Method) => error::response(
            wants_json,
            405,
            "The desk does not do that here",
            "This address can be read, or written to, not both.",
        ),
        Err(Failure::Misused(words)) => error::response(wants_json, 400, "That can’t be done", &words),
        Err(Failure::Archive(failed)) => {
            if matches!(failed, Error::Index(_)) {
                desk.readers.forget();
            }
            error::of(wants_json, &failed)
        }
    }
}

fn not_found(wants_json: bool, words: &str) -> Response {
    error::response(wants_json, 404, "There is nothing here", words)
}

fn route(asking: &mut Asking<'_>, path: &[&str]) -> Answer {
    let request = asking.request;
    if !request.is_reading() {
        return Err(Failure::Method);
    }
    match path {
        [""] => {
            let front = Front::of(asking.reader.archive(), &asking.counted, request.asked("before"))?;
            Ok(Response::html(200, pages::front::page(&front, &asking.foot())))
        }
        ["article", key] => article(asking, key),
        ["evidence", key] => evidence(asking, key, None),
        ["evidence", key, number] => evidence(asking, key, Some(number)),
        ["quiet", key] => quiet(asking, key, None),
        ["quiet", key, number] => quiet(asking, key, Some(number)),
        ["changes", before, after] => {
            let (before, after) = (asking.listed(before)?, asking.listed(after)?);
            let archive = asking.reader.archive();
            let changes = Changes::of(archive, &before, &after)?;
            let article = Article::of(archive, &after)?;
            Ok(Response::html(200, pages::changes::page(&changes, &article.versions, &asking.foot())))
        }
        ["page", hash] => page(asking, hash),
        _ => Err(Failure::NotFound("The desk has no page at this address.".to_owned())),
    }
}

fn article(asking: &Asking<'_>, key: &str) -> Answer {
    let listed = asking.listed(key)?;
    let own = listed.key.to_string();
    if own != key {
        return Ok(Response::see(crate::links::article(&own)));
    }
    let archive = asking.reader.archive();
    let article = Article::of(archive, &listed)?;
    let this = article.versions.iter().position(|version| version.this).unwrap_or(0);
    // This version against the one before; the first against the one after it.
    let (before, after) = if this > 0 { (this - 1, this) } else { (0, 1) };
    let changes = match (article.versions.get(before), article.versions.get(after)) {
        (Some(before), Some(after)) => {
            Some(Changes::of(archive, &asking.listed(&before.key)?, &asking.listed(&after.key)?)?)
        }
        _ => None,
    };
    let asked = pages::article::Asked {
        statement: asking.request.asked("statement").and_then(|number| number.parse().ok()),
        filter: asking.request.asked("source"),
    };
    Ok(Response::html(200, pages::article::page(&article, changes.as_ref(), &asked, &asking.foot())))
}

fn gathered(asking: &Asking<'_>, key: &str, number: Option<&&str>) -> Result<(Listed, Evidence), Failure> {
    let listed = asking.listed(key)?;
    let number = match number.map(|number| number.parse::<usize>()) {
        Some(Err(_)) => return Err(Failure::NotFound("Statements have numbers, counted from 1.".to_owned())),
        Some(Ok(number)) => Some(number),
        None => None,
    };
    let evidence = Evidence::of(asking.reader.archive(), &listed, number, asking.request.asked("fact"))?;
    let missing = || Failure::NotFound("This article has no statement with that number.".to_owned());
    Ok((listed, evidence.ok_or_else(missing)?))
}

fn evidence(asking: &Asking<'_>, key: &str, number: Option<&&str>) -> Answer {
    let (_, evidence) = gathered(asking, key, number)?;
    Ok(Response::html(200, pages::evidence::page(&evidence, &asking.foot())))
}

fn quiet(asking: &Asking<'_>, key: &str, number: Option<&&str>) -> Answer {
    let (listed, evidence) = gathered(asking, key, number)?;
    let quiet = Quiet::of(asking.reader.archive(), &listed, &evidence)?;
    Ok(Response::quiet(pages::evidence::quiet(&quiet, &evidence.current)))
}

/// A page's bytes: to be looked at as text, or kept as a file. Never as what they are.
fn page(asking: &Asking<'_>, hash: &str) -> Answer {
    let missing = || Failure::NotFound("The archive has no page with this hash.".to_owned());
    let page = asking.reader.archive().page_starting(hash)?.ok_or_else(missing)?;
    let bytes = page.as_bytes().to_vec();
    let mut response = match asking.request.asked("as") {
        Some("file") => Response::file("application/octet-stream", hash, Content::Bytes(bytes)),
        _ => Response::new(200, "text/plain", bytes),
    };
    response.policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    Ok(response)
}
