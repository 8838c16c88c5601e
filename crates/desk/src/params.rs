//! What the query of a page asks for. What it can't mean is left out.

use crate::server::Request;
use onrecord_search::{Kind, Sort};
use onrecord_views::search::{PAGE, SearchParams};
use onrecord_views::sourcing::SourcingParams;
use onrecord_views::speakers::speaker::{SpeakerParams, SpeakerSort};
use onrecord_views::words;

/// A number; 0 where there is none.
pub(crate) fn number(value: Option<&str>) -> usize {
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// What a search asks for.
pub(crate) fn search(request: &Request) -> SearchParams {
    SearchParams {
        typed: request.asked("q").unwrap_or_default().to_owned(),
        chosen: request.all("with").map(str::to_owned).collect(),
        // `kind=quotes` is what addresses said before.
        kind: match request.asked("find").or(request.asked("kind")) {
            Some("statements" | "quotes") => Some(Kind::Statements),
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

/// What of a speaker is asked for.
pub(crate) fn speaker(request: &Request) -> SpeakerParams {
    let all = |name: &str| request.all(name).map(str::to_owned).collect();
    let day = |name: &str| request.asked(name).filter(|day| words::day_number(day).is_some()).map(str::to_owned);
    let sort = SpeakerSort::ALL.iter().find(|(_, name, _)| request.asked("sort") == Some(name));
    SpeakerParams {
        from: day("from"),
        to: day("to"),
        // `kind` is what addresses said before.
        forms: request.all("form").chain(request.all("kind")).map(str::to_owned).collect(),
        outlets: all("outlet"),
        cues: all("cue"),
        names: all("name"),
        sort: sort.map_or(SpeakerSort::Newest, |(sort, ..)| *sort),
        skip: number(request.asked("skip")),
    }
}

/// What of sourcing is asked for.
pub(crate) fn sourcing(request: &Request) -> SourcingParams {
    let month = |name: &str| request.asked(name).filter(|month| month.len() == 7).map(str::to_owned);
    SourcingParams { outlet: request.asked("outlet").map(str::to_owned), from: month("from"), to: month("to") }
}
