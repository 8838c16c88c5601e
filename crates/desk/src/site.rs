//! The desk as one service: the pages' table of routes and the API's table of operations, behind the guard.

use crate::api::{OPERATIONS, Operation, problem};
use crate::assets;
use crate::call::{Call, Handler, HttpMethod, Route};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::pages::ROUTES;
use crate::pages::parts::error;
use crate::server::{
    self, Accepts, BodyError, Local, MAX_TARGET, Refusal, Request, Response, cookie, is_reading, pairs,
};
use axum::Router;
use axum::extract::{MatchedPath, Path, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, get, on};
use onrecord_archive::Error;
use std::sync::Arc;

/// The service that a desk serves.
pub(crate) fn router(desk: &Arc<Desk>) -> Router {
    let pages = ROUTES.iter().map(SiteRow::Page);
    let rows = pages.chain(OPERATIONS.iter().map(SiteRow::Operation));
    let router = rows.fold(Router::new(), |router, row| {
        row.paths().into_iter().fold(router, |router, path| router.route(&path, row.method_router(desk)))
    });
    let router = router
        .method_not_allowed_fallback(not_allowed)
        .route("/assets/{name}", get(asset))
        .route("/favicon.ico", get(async || assets::icon()))
        .fallback(nothing_here)
        .layer(from_fn_with_state(Arc::clone(desk), guarded));
    server::answering(router)
}

/// A row of one of the two tables.
#[derive(Copy, Clone)]
enum SiteRow {
    Page(&'static Route),
    Operation(&'static Operation),
}

/// How errors are said: as a page, or as a problem of RFC 9457.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Face {
    Page,
    Api,
}

impl Face {
    fn at(path: &str) -> Face {
        if path == "/api" || path.starts_with("/api/") { Face::Api } else { Face::Page }
    }

    fn error(self, status: u16, title: &str, words: &str) -> Response {
        match self {
            Face::Page => error::response(status, title, words),
            Face::Api => problem::response(status, title, words),
        }
    }

    fn not_found(self, words: &str) -> Response {
        self.error(404, "There is nothing here", words)
    }

    fn failed(self) -> Response {
        let words = "Something failed inside Onrecord; please report it. Nothing that is stored was harmed.";
        self.error(500, "That failed", words)
    }
}

impl SiteRow {
    fn verb(self) -> HttpMethod {
        match self {
            SiteRow::Page(route) => route.verb,
            SiteRow::Operation(operation) => operation.verb,
        }
    }

    /// Where it is: the API's own page with and without a slash at the end.
    fn paths(self) -> Vec<String> {
        match self {
            SiteRow::Page(route) => vec![route.path.to_owned()],
            SiteRow::Operation(operation) if operation.path == "/" => {
                vec![operation.address(), operation.address() + "/"]
            }
            SiteRow::Operation(operation) => vec![operation.address()],
        }
    }

    fn accepts(self) -> Accepts {
        match self {
            SiteRow::Page(route) => route.accepts,
            SiteRow::Operation(operation) => operation.accepts(),
        }
    }

    fn handler(self) -> Handler {
        match self {
            SiteRow::Page(route) => route.handler,
            SiteRow::Operation(operation) => operation.handler,
        }
    }

    fn method_router(self, desk: &Arc<Desk>) -> MethodRouter {
        let filter = match self.verb() {
            HttpMethod::Get => MethodFilter::GET,
            HttpMethod::Post => MethodFilter::POST,
            HttpMethod::Delete => MethodFilter::DELETE,
        };
        let desk = Arc::clone(desk);
        on(filter, move |request: axum::extract::Request| self.answer(desk, request)).layer(self.accepts().limit())
    }

    async fn answer(self, desk: Arc<Desk>, request: axum::extract::Request) -> Response {
        let face = Face::at(request.uri().path());
        let (mut parts, body) = request.into_parts();
        let Some(mut head) = Request::head(&mut parts).await else {
            return face.error(400, "This address can’t be read", "It holds bytes that are not UTF-8, or a NUL.");
        };
        head.payload = match self.accepts().read(axum::extract::Request::from_parts(parts, body)).await {
            Ok(payload) => payload,
            Err(refused) => return refused_body(face, refused),
        };
        let Ok(permit) = Arc::clone(&desk.workers).acquire_owned().await else {
            return face.error(503, "The desk is closing", "Nothing was changed.");
        };
        let work = move || {
            let _permit = permit;
            self.handle(&desk, face, head)
        };
        // A handler that panics is an error of its own request.
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| face.failed())
    }

    /// Answers on a thread that may wait for the disk.
    fn handle(self, desk: &Arc<Desk>, face: Face, request: Request) -> Response {
        let answer = || {
            if let SiteRow::Operation(operation) = self {
                operation.check(&request)?;
            }
            let reader = desk.readers.take()?;
            let counted = desk.counts.of(reader.archive())?;
            (self.handler())(&mut Call { desk, request, reader, counted })
        };
        match answer() {
            Ok(response) => response,
            Err(Failure::NotFound(words)) => face.not_found(&words),
            Err(Failure::Misused(words)) => face.error(400, "That can’t be done", &words),
            Err(Failure::Query(query, wrong)) => problem::query(&query, &wrong),
            Err(Failure::Archive(failed)) => {
                if matches!(failed, Error::Follower { .. }) {
                    desk.readers.forget();
                }
                let (status, title, words) = error::of(&failed);
                face.error(status, title, &words)
            }
        }
    }
}

fn refused_body(face: Face, refused: BodyError) -> Response {
    match refused {
        BodyError::TooLarge => face.error(413, "That is too much at once", "It is larger than the desk accepts."),
        BodyError::TooSlow => face.error(408, "That took too long", "The request did not arrive completely."),
        BodyError::Malformed(reason) => face.error(400, "The request can’t be read", &format!("{reason}.")),
        BodyError::Disk(error) => face.error(507, "The upload could not be stored", &format!("{error}.")),
    }
}

async fn asset(Path(name): Path<String>) -> Response {
    assets::file(&name).unwrap_or_else(|| Face::Page.not_found("No such file."))
}

async fn nothing_here(uri: axum::http::Uri) -> Response {
    match Face::at(uri.path()) {
        Face::Page => Face::Page.not_found("The desk has no page at this address."),
        Face::Api if uri.path().starts_with("/api/v1/") => {
            Face::Api.not_found("The API has nothing at this address; /api/v1 lists what there is.")
        }
        Face::Api => Face::Api.not_found("The API is at /api/v1."),
    }
}

/// An address that is known, asked with a method that it doesn't know.
async fn not_allowed(path: MatchedPath) -> Response {
    let rows = ROUTES.iter().map(SiteRow::Page).chain(OPERATIONS.iter().map(SiteRow::Operation));
    let here = rows.filter(|row| row.paths().iter().any(|known| known == path.as_str()));
    let methods: Vec<&str> = here.map(|row| row.verb().name()).collect();
    let methods = methods.join(", ");
    Face::at(path.as_str())
        .error(405, "This method is not allowed here", &format!("This address accepts {methods}."))
        .with(header::ALLOW, methods)
}

/// Lets a request through, or says why not.
async fn guarded(
    State(desk): State<Arc<Desk>>,
    request: axum::extract::Request,
    next: Next,
) -> axum::response::Response {
    let face = Face::at(request.uri().path());
    let Some(Local(local)) = request.extensions().get().copied() else {
        return face.failed().into_response();
    };
    if request.uri().to_string().len() > MAX_TARGET {
        return face.error(414, "This address is too long", "An address may have 32 kB.").into_response();
    }
    // What the pages look like is no secret, and a sandboxed frame sends no cookies.
    let is_public = assets::is_at(request.uri().path());
    match desk.guard.check(request.method(), request.headers(), local) {
        Ok(()) => next.run(request).await,
        Err(Refusal::Token) if is_public => next.run(request).await,
        Err(Refusal::Token) => locked(&desk, face, &request).into_response(),
        Err(Refusal::Host) => {
            let words = "The desk does not know the name in the address bar. Open it as localhost, or start it with \
                         --host NAME.";
            face.error(421, "Unknown host name", words).into_response()
        }
        Err(Refusal::Origin) => {
            face.error(403, "Nothing was changed", "The request came from another site.").into_response()
        }
    }
}

/// The answer to a request without the token: that it is wanted, or, where it came in the address, the cookie that holds it.
fn locked(desk: &Desk, face: Face, request: &axum::extract::Request) -> Response {
    let query = pairs(request.uri().query().unwrap_or_default()).unwrap_or_default();
    let token = query.iter().find(|(name, value)| name == "token" && !value.is_empty()).map(|(_, value)| value);
    if let Some(token) = token.filter(|token| is_reading(request.method()) && desk.guard.accepts(token)) {
        // Two slashes, of either kind, would lead to another host.
        let path = request.uri().path().trim_start_matches(['/', '\\']);
        return Response::see(format!("/{path}")).with(header::SET_COOKIE, cookie(token));
    }
    let answer = match face {
        Face::Api => {
            problem::response(401, "Unauthorized", "This desk requires a token: `Authorization: Bearer TOKEN`.")
        }
        Face::Page => Response::html(401, error::locked(token.is_some())),
    };
    answer.with(header::WWW_AUTHENTICATE, "Bearer")
}
