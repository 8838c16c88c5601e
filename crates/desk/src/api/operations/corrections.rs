//! Corrections, tags and notes.

use crate::acts::{self, Correction};
use crate::api::answer::{self, AFTER, LIMIT};
use crate::api::cursor;
use crate::api::operation::{Operation, Sent, Takes, get, json, query};
use crate::call::{Call, HttpMethod};
use crate::failure::{Answer, Failure};
use crate::server::Payload;
use axum::http::header;
use onrecord_views::corrections::CorrectionView;
use schemars::JsonSchema;
use serde::Serialize;

/// A page of corrections, tags and notes, latest first.
#[derive(Serialize, JsonSchema)]
struct Corrections {
    /// All that there are.
    total: u64,
    /// Those of this page.
    corrections: Vec<CorrectionView>,
    /// The cursor of the next page.
    next: Option<String>,
}

pub(crate) const LIST: Operation = Operation {
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
        json::<Corrections>(),
        corrections,
    )
};

fn corrections(call: &mut Call<'_>) -> Answer {
    let request = &call.request;
    let undone = request.asked("undone") == Some("true");
    let page = request.asked("article").map(|what| call.listed(what)).transpose()?.map(|listed| listed.page);
    let all = CorrectionView::of_page(call.reader.archive(), page, undone)?;
    let total = all.len() as u64;
    let begin = match request.asked("after") {
        Some(after) => all.iter().position(|written| written.id == after).ok_or_else(cursor::unknown)? + 1,
        None => 0,
    };
    let limit = answer::limit(request);
    let has_more = all.len() > begin + limit;
    let corrections: Vec<CorrectionView> = all.into_iter().skip(begin).take(limit).collect();
    let next = corrections.last().filter(|_| has_more).map(|last| last.id.clone());
    answer::list(request, next.clone().as_deref(), &Corrections { total, corrections, next })
}

pub(crate) const CORRECT: Operation = Operation {
    verb: HttpMethod::Post,
    body: Some(Sent::Correction),
    status: 201,
    ..get(
        "/corrections",
        "correct",
        "Writes a correction, tag or note. The same correction is not stored twice; a verdict replaces an earlier one.",
        json::<CorrectionView>(),
        correct,
    )
};

fn correct(call: &mut Call<'_>) -> Answer {
    let Payload::Bytes(bytes) = &call.request.payload else {
        return Err(Failure::Misused("A correction is sent as application/json.".to_owned()));
    };
    let correction: Correction =
        serde_json::from_slice(bytes).map_err(|error| Failure::Misused(format!("This is no correction: {error}.")))?;
    if [&correction.value, &correction.author, &correction.speaker].iter().any(|words| words.contains('\0')) {
        return Err(Failure::Misused("Words have no NUL in them.".to_owned()));
    }
    let done = acts::written(call.reader.archive(), &call.desk.writing, &correction, false)?;
    let id = done.id.map(|id| id.to_string());
    let all = CorrectionView::of_page(call.reader.archive(), Some(done.page), false)?;
    let written = all.into_iter().find(|written| Some(&written.id) == id.as_ref());
    let address = format!("/api/v1/corrections/{}", id.unwrap_or_default());
    Ok(answer::json(201, &written)?.with(header::LOCATION, address))
}

pub(crate) const CORRECTION: Operation = get(
    "/corrections/{id}",
    "correction",
    "A correction, tag or note, by its id or a prefix of it.",
    json::<CorrectionView>(),
    correction,
);

fn correction(call: &mut Call<'_>) -> Answer {
    let annotation = call.reader.archive().annotation_starting(call.request.param(0))?;
    one(call, &annotation)
}

pub(crate) const UNDO: Operation = Operation {
    verb: HttpMethod::Delete,
    ..get("/corrections/{id}", "undo", "Undoes it. It stays, marked as undone.", json::<CorrectionView>(), undo)
};

fn undo(call: &mut Call<'_>) -> Answer {
    let annotation = acts::undone(call.reader.archive(), &call.desk.writing, call.request.param(0))?;
    one(call, &annotation)
}

fn one(call: &Call<'_>, annotation: &onrecord_archive::Annotation) -> Answer {
    let id = annotation.id.to_string();
    let all = CorrectionView::of_page(call.reader.archive(), Some(annotation.anchor.page), true)?;
    answer::json(200, &all.into_iter().find(|written| written.id == id))
}
