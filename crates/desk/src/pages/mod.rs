//! Views as HTML: the only place with markup. `maud` escapes every string that goes in; addresses that a page gives go
//! through [`crate::links::outside`].
//!
//! [`ROUTES`] is the one list of pages, and of the tables and pictures that belong to them; each page's file has its handlers
//! beside its markup.

mod adding;
mod article;
mod corrections;
mod front;
pub(crate) mod parts;
mod search;
mod sourcing;
mod speakers;

use crate::call::{Handler, HttpMethod, Route};
use crate::server::Accepts;
use article::{changes, evidence};
use speakers::speaker;

/// All pages of the desk.
pub(crate) const ROUTES: &[Route] = &[
    get("/", front::show),
    get("/article/{article}", article::show),
    get("/article/{article}/statements.csv", article::table),
    get("/evidence/{article}", evidence::show),
    get("/evidence/{article}/{number}", evidence::show),
    get("/quiet/{article}", evidence::frame),
    get("/quiet/{article}/{number}", evidence::frame),
    get("/changes/{article}/{later}", changes::show),
    get("/page/{hash}", article::bytes),
    get("/search", search::show),
    get("/search.csv", search::table),
    get("/speakers", speakers::show),
    get("/speakers.csv", speakers::table),
    get("/speaker/{name}", speaker::show),
    get("/speaker/{name}/statements.csv", speaker::table),
    get("/speaker/{name}/plot.csv", speaker::plot_csv),
    get("/speaker/{name}/plot.svg", speaker::plot_svg),
    get("/speaker/{name}/plot.png", speaker::plot_png),
    get("/sourcing", sourcing::show),
    get("/sourcing/outlets.csv", sourcing::outlets_csv),
    get("/sourcing/outlets.svg", sourcing::outlets_svg),
    get("/sourcing/outlets.png", sourcing::outlets_png),
    get("/sourcing/times.csv", sourcing::times_csv),
    get("/sourcing/times.svg", sourcing::times_svg),
    get("/sourcing/times.png", sourcing::times_png),
    get("/corrections", corrections::show),
    get("/corrections.csv", corrections::table),
    post("/corrections", Accepts::Form, corrections::correct),
    post("/corrections/undo", Accepts::Form, corrections::undo),
    get("/adding", adding::show),
    get("/adding/{number}", adding::progress),
    post("/add", Accepts::Files, adding::add),
];

const fn get(path: &'static str, handler: Handler) -> Route {
    Route { verb: HttpMethod::Get, path, accepts: Accepts::Form, handler }
}

const fn post(path: &'static str, accepts: Accepts, handler: Handler) -> Route {
    Route { verb: HttpMethod::Post, path, accepts, handler }
}
