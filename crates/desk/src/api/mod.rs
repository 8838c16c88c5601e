//! The API under `/api/v1`: what the pages show, as JSON.
//!
//! An address of the API is that of the page that shows the same, with `/api/v1` before it, and takes the same queries.
//! [`OPERATIONS`] is the one list of what there is: requests are checked against it, the OpenAPI document and the readable
//! page are made from it, and a test asks for all of it.

mod answers;
mod cursor;
mod openapi;
mod operations;
mod reading;

pub(crate) use operations::{OPERATIONS, Operation};

use crate::acts::{self, Correction, adding::Intakes};
use crate::counts::Counted;
use crate::routes::{Answer, Asking, Failure, asked_speaker, searched, sourced};
use crate::server::{Payload, Request, Response, Uploaded};
use crate::views::article::Article;
use crate::views::changes::Changes;
use crate::views::corrections::Written;
use crate::views::evidence::Evidence;
use crate::views::said::with_quotes;
use crate::views::search::{self, Asked as Searched};
use crate::views::sourcing::Sourcing;
use crate::views::speaker::Speaker;
use crate::views::speakers::Speakers;
use crate::{Desk, links, pages};
use answers::{Adding, Articles, Corrections, Export, Exports, SpeakerList, Status};
use onrecord_record::Show;
use onrecord_search::{Cursor, Kind, Sort};
use serde::Serialize;
use std::sync::Arc;

/// Entries of a page of a list, where no number is asked for.
pub(crate) const PAGE: usize = 20;
/// Most entries of a page of a list.
pub(crate) const MAX_PAGE: usize = 200;

const JSON: &str = "application/json";

fn json(status: u16, answer: &impl Serialize) -> Answer {
    match serde_json::to_vec(answer) {
        Ok(bytes) => Ok(Response::new(status, JSON, bytes)),
        Err(error) => Err(Failure::Misused(format!("this can't be said in JSON: {error}"))),
    }
}

/// A page of a list: the next one is in a `Link` header too (RFC 8288).
fn list(request: &Request, next: Option<&str>, answer: &impl Serialize) -> Answer {
    let response = json(200, answer)?;
    let Some(next) = next else { return Ok(response) };
    let path: Vec<String> = request.path.iter().map(|part| links::encoded(part)).collect();
    let kept = request.query.iter().filter(|(name, _)| name != "after");
    let query = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain([("after", next)]);
    let link = links::with_query(&format!("/{}", path.join("/")), query);
    Ok(response.with("link", format!("<{link}>; rel=\"next\"")))
}

/// What a request to the API is answered with. `path`: what stands behind `/api`.
pub(crate) fn answer(asking: &mut Asking<'_>, path: &[&str]) -> Answer {
    let ["v1", path @ ..] = path else {
        return Err(Failure::NotFound("The API is at /api/v1.".to_owned()));
    };
    let request = asking.request;
    operations::check(request, path)?;
    if request.method == hyper::Method::POST {
        return match path {
            ["read"] => reading::read(asking),
            ["corrections"] => correct(asking),
            ["adding"] => Err(Failure::Misused("Files are sent as multipart/form-data.".to_owned())),
            _ => Err(Failure::Method),
        };
    }
    if request.method == hyper::Method::DELETE {
        return match path {
            ["corrections", id] => {
                let annotation = acts::undone(asking, id)?;
                let id = annotation.id.to_string();
                let all = Written::of_page(asking.reader.archive(), Some(annotation.anchor.page), true)?;
                json(200, &all.into_iter().find(|written| written.id == id))
            }
            _ => Err(Failure::Method),
        };
    }
    match path {
        [] | [""] => Ok(Response::html(200, pages::api::page(&asking.foot()))),
        ["openapi.json"] => json(200, &*openapi::DOCUMENT),
        ["status"] => json(200, &status(asking)),
        ["front"] => {
            let front =
                asking.desk.fronts.of(asking.reader.archive(), &asking.counted, asking.request.asked("before"))?;
            json(200, &*front)
        }
        ["articles"] => articles(asking),
        ["article", key] => article(asking, key),
        ["article", key, "record"] => record(asking, key),
        ["evidence", key] => evidence(asking, key, None),
        ["evidence", key, number] => evidence(asking, key, Some(number)),
        ["changes", before, after] => {
            let (before, after) = (asking.listed(before)?, asking.listed(after)?);
            json(200, &Changes::of(asking.reader.archive(), &before, &after)?)
        }
        ["page", hash] => {
            let missing = || Failure::NotFound("The archive has no page with this hash.".to_owned());
            let page = asking.reader.archive().page_starting(hash)?.ok_or_else(missing)?;
            let mut response = Response::new(200, "application/octet-stream", page.as_bytes().to_vec());
            response.policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
            Ok(response)
        }
        ["search"] => found(asking),
        ["speakers"] => speakers(request, &asking.counted),
        ["speaker", name] => speaker(asking, name),
        ["sourcing"] => json(200, &Sourcing::of(&asking.counted, &sourced(request))),
        ["corrections"] => corrections(asking),
        ["corrections", id] => {
            let annotation = asking.reader.archive().annotation_starting(id)?;
            let id = annotation.id.to_string();
            let all = Written::of_page(asking.reader.archive(), Some(annotation.anchor.page), true)?;
            json(200, &all.into_iter().find(|written| written.id == id))
        }
        ["adding"] => json(200, &Adding { adding: asking.desk.intakes.all() }),
        ["adding", number] => {
            let unknown = || Failure::NotFound("The desk knows of no such intake since it was opened.".to_owned());
            let progress = number.parse().ok().and_then(|number| asking.desk.intakes.progress(number));
            json(200, &progress.ok_or_else(unknown)?)
        }
        ["exports"] => json(200, &exports()),
        _ => Err(Failure::NotFound("The API has nothing at this address; /api/v1 lists what there is.".to_owned())),
    }
}

fn status(asking: &Asking<'_>) -> Status {
    Status {
        onrecord: env!("CARGO_PKG_VERSION"),
        schema: "onrecord/2",
        archive: asking.foot().name,
        articles: asking.counted.articles,
        statements: asking.counted.statements,
        speakers: asking.counted.speakers.len() as u64,
    }
}

/// How many entries a page has.
fn limit(request: &Request) -> usize {
    request.asked("limit").and_then(|limit| limit.parse().ok()).unwrap_or(PAGE).clamp(1, MAX_PAGE)
}

fn articles(asking: &mut Asking<'_>) -> Answer {
    let after = asking.request.asked("after").map(str::to_owned);
    let asked = Searched {
        typed: "*".to_owned(),
        kind: Some(Kind::Articles),
        sort: Some(Sort::Time),
        after: cursor_of_search(after)?,
        limit: limit(asking.request),
        ..Searched::default()
    };
    let results = search::results(&mut asking.reader, &asked)?.map_err(|error| Failure::Misused(error.to_string()))?;
    let next = results.next.clone();
    let articles = results.found.into_iter().map(|found| found.story).collect();
    list(asking.request, next.as_deref(), &Articles { total: results.articles, articles, next: results.next })
}

fn cursor_of_search(after: Option<String>) -> Result<Option<String>, Failure> {
    match after {
        Some(after) if Cursor::parse(&after).is_none() => Err(cursor::unknown()),
        after => Ok(after),
    }
}

fn article(asking: &Asking<'_>, key: &str) -> Answer {
    let listed = asking.listed(key)?;
    json(200, &Article::of(asking.reader.archive(), &listed)?)
}

/// The contract's line of an article.
fn record(asking: &Asking<'_>, key: &str) -> Answer {
    let show = shown(asking.request)?;
    let listed = asking.listed(key)?;
    asking.reader.archive().line(listed.id, &show, |_, line| json(200, line))?
}

/// The layers that are asked for.
fn shown(request: &Request) -> Result<Show, Failure> {
    let names = request.asked("layers").unwrap_or_default().split(',').filter(|name| !name.is_empty());
    names.into_iter().try_fold(Show::default(), Show::with).ok_or_else(|| {
        let known: Vec<&str> = Show::names().collect();
        Failure::Misused(format!("Layers are {}, separated by commas.", known.join(", ")))
    })
}

fn evidence(asking: &Asking<'_>, key: &str, number: Option<&str>) -> Answer {
    let missing = || Failure::NotFound("This article has no statement with that number.".to_owned());
    let number = number.map(|number| number.parse::<usize>().map_err(|_| missing())).transpose()?;
    let listed = asking.listed(key)?;
    let evidence = Evidence::of(asking.reader.archive(), &listed, number, asking.request.asked("fact"))?;
    json(200, &evidence.ok_or_else(missing)?)
}

fn found(asking: &mut Asking<'_>) -> Answer {
    let request = asking.request;
    let mut asked = searched(request);
    asked.limit = limit(request);
    asked.after = cursor_of_search(asked.after)?;
    let mut results = match search::results(&mut asking.reader, &asked)? {
        Ok(results) => results,
        Err(error) => return Err(Failure::Query(search::whole(&asked), error)),
    };
    with_quotes(asking.reader.archive(), &mut results.said)?;
    list(request, results.next.as_deref(), &results)
}

fn speakers(request: &Request, counted: &Counted) -> Answer {
    let after = request.asked("after").map(cursor::speaker).transpose()?;
    let beginning = request.asked("beginning").unwrap_or_default();
    let from = after.map_or(0, |(statements, name)| Speakers::place_behind(counted, beginning, statements, &name));
    let page = Speakers::of(counted, beginning, from, limit(request));
    let last = page.speakers.last().filter(|_| page.next.is_some());
    let next = last.map(|last| cursor::of_speaker(last.statements, &last.name));
    list(request, next.as_deref(), &SpeakerList { total: page.total, speakers: &page.speakers, next: next.as_deref() })
}

fn speaker(asking: &Asking<'_>, name: &str) -> Answer {
    let request = asking.request;
    let mut asked = asked_speaker(request);
    asked.skip = request.asked("after").map(cursor::place).transpose()?.unwrap_or(0);
    let unknown = || Failure::NotFound(format!("Nobody in this archive is called {name}."));
    let archive = asking.reader.archive();
    let mut speaker = Speaker::of(archive, &asking.desk.speakers, name, &asked)?.ok_or_else(unknown)?;
    with_quotes(archive, &mut speaker.said)?;
    let next = speaker.next.map(|next| next.to_string());
    list(request, next.as_deref(), &speaker)
}

fn corrections(asking: &Asking<'_>) -> Answer {
    let request = asking.request;
    let undone = request.asked("undone") == Some("true");
    let page = request.asked("article").map(|what| asking.listed(what)).transpose()?.map(|listed| listed.page);
    let all = Written::of_page(asking.reader.archive(), page, undone)?;
    let total = all.len() as u64;
    let begin = match request.asked("after") {
        Some(after) => all.iter().position(|written| written.id == after).ok_or_else(cursor::unknown)? + 1,
        None => 0,
    };
    let limit = limit(request);
    let has_more = all.len() > begin + limit;
    let corrections: Vec<Written> = all.into_iter().skip(begin).take(limit).collect();
    let next = corrections.last().filter(|_| has_more).map(|last| last.id.clone());
    list(request, next.clone().as_deref(), &Corrections { total, corrections, next })
}

fn correct(asking: &Asking<'_>) -> Answer {
    let Payload::Bytes(bytes) = &asking.request.payload else {
        return Err(Failure::Misused("A correction is sent as application/json.".to_owned()));
    };
    let correction: Correction =
        serde_json::from_slice(bytes).map_err(|error| Failure::Misused(format!("This is no correction: {error}.")))?;
    if [&correction.value, &correction.author, &correction.speaker].iter().any(|words| words.contains('\0')) {
        return Err(Failure::Misused("Words have no NUL in them.".to_owned()));
    }
    let done = acts::written(asking, &correction, false)?;
    let id = done.id.map(|id| id.to_string());
    let all = Written::of_page(asking.reader.archive(), Some(done.page), false)?;
    let written = all.into_iter().find(|written| Some(&written.id) == id.as_ref());
    Ok(json(201, &written)?.with("location", format!("/api/v1/corrections/{}", id.unwrap_or_default())))
}

/// Begins to read files in that were sent to the API.
pub(crate) fn add(desk: &Arc<Desk>, files: Vec<Uploaded>) -> Response {
    let refused = |words: &str| pages::error::response(true, 400, "Nothing was added", words);
    if files.is_empty() {
        return refused("No file was sent.");
    }
    let number = Intakes::begin(desk, files);
    let Some(progress) = desk.intakes.progress(number) else { return refused("The intake was forgotten.") };
    match json(202, &progress) {
        Ok(response) => response.with("location", format!("/api/v1/adding/{number}")),
        Err(_) => refused("The intake can't be told of."),
    }
}

/// Tables and pictures of what the desk shows. Addresses with `{…}` want something filled in, and take the queries of the
/// page that they belong to.
fn exports() -> Exports {
    let all = [
        ("/search.csv?q={query}", "text/csv", "what a search finds: statements or articles"),
        ("/article/{article}/statements.csv", "text/csv", "statements of an article"),
        ("/speakers.csv", "text/csv", "everybody who speaks"),
        ("/speaker/{name}/statements.csv", "text/csv", "what somebody said"),
        ("/speaker/{name}/plot.csv", "text/csv", "somebody’s mentions and statements over time"),
        ("/speaker/{name}/plot.svg", "image/svg+xml", "the same as a plot"),
        ("/speaker/{name}/plot.png", "image/png", "the same as a picture"),
        ("/sourcing/outlets.csv", "text/csv", "on whose authority, by outlet"),
        ("/sourcing/outlets.svg", "image/svg+xml", "the same as a plot"),
        ("/sourcing/outlets.png", "image/png", "the same as a picture"),
        ("/sourcing/times.csv", "text/csv", "on whose authority, over time"),
        ("/sourcing/times.svg", "image/svg+xml", "the same as a plot"),
        ("/sourcing/times.png", "image/png", "the same as a picture"),
        ("/corrections.csv", "text/csv", "corrections, tags and notes"),
    ];
    let exports = all.map(|(address, media_type, about)| Export { address, media_type, about });
    Exports { exports: exports.into() }
}
