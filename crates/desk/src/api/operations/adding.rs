//! Files that are read into the archive.

use crate::acts::adding::Progress;
use crate::api::answer;
use crate::api::operation::{Operation, Sent, get, json};
use crate::call::{Call, HttpMethod};
use crate::failure::{Answer, Failure};
use crate::server::Payload;
use axum::http::header;
use schemars::JsonSchema;
use serde::Serialize;
use std::mem;

/// Intakes under way and lately ended, latest first.
#[derive(Serialize, JsonSchema)]
struct Adding {
    /// Each with how far it is.
    adding: Vec<Progress>,
}

pub(crate) const LIST: Operation =
    get("/adding", "intakes", "Imports in progress and recently finished.", json::<Adding>(), list);

fn list(call: &mut Call<'_>) -> Answer {
    answer::json(200, &Adding { adding: call.desk.intakes.all() })
}

pub(crate) const ADD: Operation = Operation {
    verb: HttpMethod::Post,
    body: Some(Sent::Files),
    status: 202,
    ..get("/adding", "add", "Starts reading files into the archive.", json::<Progress>(), add)
};

fn add(call: &mut Call<'_>) -> Answer {
    let Payload::Files(files) = mem::replace(&mut call.request.payload, Payload::None) else {
        return Err(Failure::Misused("Files are sent as multipart/form-data.".to_owned()));
    };
    if files.is_empty() {
        return Err(Failure::Misused("No file was sent.".to_owned()));
    }
    let number = call.desk.intakes.begin(&call.desk.writing, files);
    let progress = call.desk.intakes.progress(number).ok_or_else(unknown)?;
    Ok(answer::json(202, &progress)?.with(header::LOCATION, format!("/api/v1/adding/{number}")))
}

pub(crate) const PROGRESS: Operation =
    get("/adding/{number}", "intake", "How far an import is.", json::<Progress>(), progress);

fn progress(call: &mut Call<'_>) -> Answer {
    let number = call.request.param(0).parse().ok();
    answer::json(200, &number.and_then(|number| call.desk.intakes.progress(number)).ok_or_else(unknown)?)
}

fn unknown() -> Failure {
    Failure::NotFound("The desk knows of no such import since it was started.".to_owned())
}
