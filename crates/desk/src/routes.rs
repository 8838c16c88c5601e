//! Which address leads to what.

use crate::acts::{self, adding::Intakes};
use crate::counts::Counted;
use crate::pages::{self, error, layout::Foot};
use crate::readers::Reader;
use crate::server::{Content, Payload, Request, Response};
use crate::views::article::{Article, meant};
use crate::views::changes::Changes;
use crate::views::corrections::Written;
use crate::views::evidence::{Evidence, Quiet};
use crate::views::said::Source;
use crate::views::search::{self, Asked as Searched};
use crate::views::sourcing::{Asked as Sourced, Sourcing};
use crate::views::speaker::{Asked as AskedSpeaker, Sort as SpeakerSort, Speaker};
use crate::views::speakers::{self, Speakers};
use crate::{Desk, api, assets, figures, links, tables};
use onrecord_archive::{Error, Listed};
use onrecord_search::query::QueryError;
use onrecord_search::{Hit, Kind, Sort};
use std::io::Write;
use std::sync::Arc;

/// Results of a page.
pub(crate) const PAGE: usize = 20;
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Why a request has no page of its own.
pub(crate) enum Failure {
    /// There is nothing at this address.
    NotFound(String),
    /// The address is known, but does not do this.
    Method,
    /// The same, with the methods that are known.
    MethodOf(String),
    /// A query that the API was asked can't be understood.
    Query(String, QueryError),
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
pub(crate) fn answer(desk: &Arc<Desk>, mut request: Request) -> Response {
    let wants_json = request.path.first().is_some_and(|first| first == "api");
    if request.method == hyper::Method::POST
        && let Payload::Files(files) = &mut request.payload
    {
        let files = std::mem::take(files);
        return if wants_json { api::add(desk, files) } else { add(desk, files) };
    }
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["assets", name] => return assets::file(name).unwrap_or_else(|| not_found(false, "No such file.")),
        ["favicon.ico"] => return assets::icon(),
        _ => {}
    }
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
        Err(Failure::MethodOf(methods)) => {
            let words = format!("This address knows {methods}.");
            error::response(wants_json, 405, "The desk does not do that here", &words).with("allow", methods)
        }
        Err(Failure::Query(query, wrong)) => error::query(&query, &wrong),
        Err(Failure::Misused(words)) => error::response(wants_json, 400, "That can’t be done", &words),
        Err(Failure::Archive(failed)) => {
            if matches!(failed, Error::Follower { .. }) {
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
    if let ["api", path @ ..] = path {
        return api::answer(asking, path);
    }
    if !request.is_reading() {
        return match path {
            ["corrections"] => acts::correct(asking),
            ["corrections", "undo"] => acts::undo(asking),
            ["add"] => Err(Failure::Misused("Files are sent as a form with a field for files.".to_owned())),
            _ => Err(Failure::Method),
        };
    }
    match path {
        [""] => {
            let front = asking.desk.fronts.of(asking.reader.archive(), &asking.counted, request.asked("before"))?;
            Ok(Response::html(200, pages::front::page(&front, &asking.foot())))
        }
        ["article", key] => article(asking, key),
        ["article", key, "statements.csv"] => article_csv(asking, key),
        ["search"] => search_page(asking),
        ["search.csv"] => search_csv(asking),
        ["speakers"] => {
            let from = number(request.asked("from"));
            let speakers =
                Speakers::of(&asking.counted, request.asked("beginning").unwrap_or_default(), from, speakers::PAGE);
            Ok(Response::html(200, pages::speakers::page(&speakers, &asking.foot())))
        }
        ["speakers.csv"] => {
            let counted = Arc::clone(&asking.counted);
            let write = move |_: &mut Reader, out: &mut dyn Write| tables::speakers(Speakers::all(&counted), out);
            Ok(Response::file(CSV, "speakers", Content::Stream(Box::new(write))))
        }
        ["speaker", name] => {
            let (speaker, asked) = speaker(asking, name)?;
            Ok(Response::html(200, pages::speaker::page(&speaker, &asked, &asking.foot())))
        }
        ["speaker", name, file] => speaker_file(asking, name, file),
        ["sourcing"] => {
            let asked = sourced(request);
            let sourcing = Sourcing::of(&asking.counted, &asked);
            Ok(Response::html(200, pages::sourcing::page(&sourcing, &asked, &asking.foot())))
        }
        ["sourcing", file] => sourcing_file(asking, file),
        ["corrections"] => {
            let all = Written::all(asking.reader.archive(), false)?;
            Ok(Response::html(200, pages::corrections::page(&all, &asking.foot())))
        }
        ["corrections.csv"] => {
            let all = Written::all(asking.reader.archive(), false)?;
            csv("corrections", |out| tables::written(&all, out))
        }
        ["adding"] => Ok(Response::html(200, pages::adding::list(&asking.desk.intakes.all(), &asking.foot()))),
        ["adding", nth] => {
            let unknown = || Failure::NotFound("The desk knows of no such intake since it was opened.".to_owned());
            let progress = nth.parse().ok().and_then(|nth| asking.desk.intakes.progress(nth)).ok_or_else(unknown)?;
            Ok(Response::html(200, pages::adding::page(&progress, &asking.foot())))
        }
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
        let query = asking.request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        return Ok(Response::see(links::with_query(&links::article(&own), query)));
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

/// Begins to read files in, where there are any.
fn add(desk: &Arc<Desk>, files: Vec<crate::server::Uploaded>) -> Response {
    if files.is_empty() {
        return error::response(false, 400, "Nothing was added", "No file was chosen.");
    }
    Response::see(format!("/adding/{}", Intakes::begin(desk, files)))
}

/// A number in a query; 0 where there is none.
fn number(written: Option<&str>) -> usize {
    written.and_then(|written| written.parse().ok()).unwrap_or(0)
}

/// A short table.
fn csv(name: &str, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Answer {
    let mut out = Vec::new();
    write(&mut out).map_err(|error| Failure::Archive(Error::Io("the table".into(), error)))?;
    Ok(Response::file(CSV, name, Content::Bytes(out)))
}

fn article_csv(asking: &Asking<'_>, key: &str) -> Answer {
    let source = Source::of_listed(asking.reader.archive(), asking.listed(key)?)?;
    csv("statements", |out| {
        let mut table = tables::said(out)?;
        let count = source.layers().statements.as_ref().map_or(0, |layer| layer.items.len());
        (0..count).filter_map(|nth| source.said(nth, &[])).try_for_each(|said| table.row(&said))?;
        table.finish()
    })
}

pub(crate) fn searched(request: &Request) -> Searched {
    Searched {
        typed: request.asked("q").unwrap_or_default().to_owned(),
        chosen: request.all("with").map(str::to_owned).collect(),
        kind: match request.asked("kind") {
            Some("quotes") => Some(Kind::Statements),
            Some("articles") => Some(Kind::Articles),
            _ => None,
        },
        sort: match request.asked("sort") {
            Some("relevance") => Some(Sort::Relevance),
            Some("time") => Some(Sort::Time),
            _ => None,
        },
        after: request.asked("after").map(str::to_owned),
        limit: PAGE,
    }
}

fn search_page(asking: &mut Asking<'_>) -> Answer {
    let asked = searched(asking.request);
    if !asked.chosen.is_empty() {
        // One address for one search, however it was put together.
        let query = search::whole(&asked);
        let kind = asking.request.asked("kind").unwrap_or_default();
        let sort = asking.request.asked("sort").unwrap_or_default();
        return Ok(Response::see(links::with_query(
            "/search",
            [("q", query.as_str()), ("kind", kind), ("sort", sort)],
        )));
    }
    let foot = asking.foot();
    Ok(match search::results(&mut asking.reader, &asked)? {
        Ok(results) => Response::html(200, pages::search::page(&results, &asked, &foot)),
        Err(error) => Response::html(400, pages::search::misunderstood(&search::whole(&asked), &error, &foot)),
    })
}

fn search_csv(asking: &mut Asking<'_>) -> Answer {
    let asked = searched(asking.request);
    if let Err(error) = onrecord_search::query::parse(&search::whole(&asked)) {
        return Err(Failure::Misused(format!("{error}.")));
    }
    let is_quotes = search::kind_of(&asked) == Kind::Statements;
    let write = move |reader: &mut Reader, out: &mut dyn Write| {
        if is_quotes {
            let mut table = tables::said(out)?;
            search::all(reader, &asked, |_, hit| match hit {
                Hit::Statement(hit) => search::said(hit).map_or(Ok(()), |said| table.row(&said)),
                Hit::Article(_) => Ok(()),
            })?;
            return table.finish();
        }
        let mut table = tables::found(out)?;
        search::all(reader, &asked, |search, hit| match hit {
            Hit::Article(hit) => table.row(&search::article(search, hit).map_err(std::io::Error::other)?),
            Hit::Statement(_) => Ok(()),
        })?;
        table.finish()
    };
    Ok(Response::file(CSV, "search", Content::Stream(Box::new(write))))
}

pub(crate) fn asked_speaker(request: &Request) -> AskedSpeaker {
    let all = |name: &str| request.all(name).map(str::to_owned).collect();
    let day = |name: &str| request.asked(name).filter(|day| crate::words::day_number(day).is_some()).map(str::to_owned);
    let sort = SpeakerSort::ALL.iter().find(|(_, name, _)| request.asked("sort") == Some(name));
    AskedSpeaker {
        from: day("from"),
        to: day("to"),
        kinds: request.all("kind").map(str::to_owned).collect(),
        outlets: all("outlet"),
        cues: all("cue"),
        names: all("name"),
        sort: sort.map_or(SpeakerSort::Newest, |(sort, ..)| *sort),
        skip: number(request.asked("skip")),
    }
}

fn speaker(asking: &Asking<'_>, name: &str) -> Result<(Speaker, AskedSpeaker), Failure> {
    let asked = asked_speaker(asking.request);
    let unknown = || Failure::NotFound(format!("Nobody in this archive is called {name}."));
    let speaker = Speaker::of(asking.reader.archive(), &asking.desk.speakers, name, &asked)?.ok_or_else(unknown)?;
    Ok((speaker, asked))
}

fn speaker_file(asking: &Asking<'_>, name: &str, file: &str) -> Answer {
    let (speaker, asked) = speaker(asking, name)?;
    let svg = || {
        let figure = figures::weeks(&speaker.times, speaker.unit, 1184.0, (asked.from.as_deref(), asked.to.as_deref()));
        figure.file(&format!("{}: mentions and statements by {}", speaker.name, speaker.unit), &source_line(asking))
    };
    match file {
        "plot.svg" => Ok(Response::file("image/svg+xml", name, Content::Bytes(svg().into_bytes()))),
        "plot.png" => png(name, &svg()),
        "plot.csv" => csv(name, |out| tables::times(&speaker.times, out)),
        "statements.csv" => {
            let (name, first, desk) = (name.to_owned(), asked, Arc::clone(asking.desk));
            let write = move |reader: &mut Reader, out: &mut dyn Write| {
                let mut table = tables::said(out)?;
                let mut asked = AskedSpeaker { skip: 0, ..first };
                let page = |reader: &Reader, asked: &AskedSpeaker| {
                    Speaker::of(reader.archive(), &desk.speakers, &name, asked).map_err(std::io::Error::other)
                };
                while let Some(speaker) = page(reader, &asked)? {
                    speaker.said.iter().try_for_each(|said| table.row(said))?;
                    match speaker.next {
                        Some(next) => asked.skip = next,
                        None => break,
                    }
                }
                table.finish()
            };
            Ok(Response::file(CSV, "statements", Content::Stream(Box::new(write))))
        }
        _ => Err(Failure::NotFound("A speaker has plot.svg, plot.png, plot.csv and statements.csv.".to_owned())),
    }
}

/// What a figure's file says of where it is from.
fn source_line(asking: &Asking<'_>) -> String {
    let counted = &asking.counted;
    format!(
        "Onrecord {}, archive {}: {}, {}.",
        env!("CARGO_PKG_VERSION"),
        asking.foot().name,
        crate::words::counted(counted.articles, "article"),
        crate::words::counted(counted.statements, "statement")
    )
}

fn png(name: &str, svg: &str) -> Answer {
    let picture =
        figures::png(svg).ok_or_else(|| Failure::Misused("This plot is too large for a picture.".to_owned()))?;
    Ok(Response::file("image/png", name, Content::Bytes(picture)))
}

pub(crate) fn sourced(request: &Request) -> Sourced {
    let month = |name: &str| request.asked(name).filter(|month| month.len() == 7).map(str::to_owned);
    Sourced { outlet: request.asked("outlet").map(str::to_owned), from: month("from"), to: month("to") }
}

fn sourcing_file(asking: &Asking<'_>, file: &str) -> Answer {
    let sourcing = Sourcing::of(&asking.counted, &sourced(asking.request));
    let [by_outlet, over_time] = pages::sourcing::titles(&sourcing);
    let outlets = || figures::by_outlet(&sourcing.outlets, 1184.0).file(&by_outlet, &source_line(asking));
    let times = || figures::over_time(&sourcing.times, 1184.0).file(&over_time, &source_line(asking));
    match file {
        "outlets.svg" => {
            Ok(Response::file("image/svg+xml", "sourcing-by-outlet", Content::Bytes(outlets().into_bytes())))
        }
        "times.svg" => Ok(Response::file("image/svg+xml", "sourcing-over-time", Content::Bytes(times().into_bytes()))),
        "outlets.png" => png("sourcing-by-outlet", &outlets()),
        "times.png" => png("sourcing-over-time", &times()),
        "outlets.csv" => csv("sourcing-by-outlet", |out| tables::sourcing(&sourcing.every_outlet, "outlet", out)),
        "times.csv" => csv("sourcing-over-time", |out| tables::sourcing(&sourcing.times, "time", out)),
        _ => Err(Failure::NotFound("Sourcing has outlets and times, each as svg, png and csv.".to_owned())),
    }
}
