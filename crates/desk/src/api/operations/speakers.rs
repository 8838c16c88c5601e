//! Everybody who speaks, and what somebody said.

use crate::api::answer::{self, AFTER, LIMIT};
use crate::api::cursor;
use crate::api::operation::{Operation, Takes, alias, get, json, query};
use crate::call::Call;
use crate::failure::{Answer, Failure};
use crate::params;
use onrecord_views::speakers::speaker::SpeakerView;
use onrecord_views::speakers::{SpeakerEntry, Speakers};
use onrecord_views::statement::entry::with_records;
use schemars::JsonSchema;
use serde::Serialize;

/// A page of speakers, most statements first.
#[derive(Serialize, JsonSchema)]
struct SpeakerList<'a> {
    /// All that there are.
    total: u64,
    /// Those of this page.
    speakers: &'a [SpeakerEntry],
    /// The cursor of the next page.
    next: Option<&'a str>,
}

pub(crate) const LIST: Operation = Operation {
    queries: &[query("beginning", Takes::Text, "the beginning of a name or of a word in it"), LIMIT, AFTER],
    ..get(
        "/speakers",
        "speakers",
        "Everybody who speaks, most statements first.",
        json::<SpeakerList<'static>>(),
        speakers,
    )
};

fn speakers(call: &mut Call<'_>) -> Answer {
    let (request, counted) = (&call.request, &call.counted);
    let after = request.asked("after").map(cursor::speaker).transpose()?;
    let beginning = request.asked("beginning").unwrap_or_default();
    let from = after.map_or(0, |(statements, name)| Speakers::place_behind(counted, beginning, statements, &name));
    let page = Speakers::of(counted, beginning, from, answer::limit(request));
    let last = page.speakers.last().filter(|_| page.next.is_some());
    let next = last.map(|last| cursor::of_speaker(last.statements, &last.name));
    let list = SpeakerList { total: page.total, speakers: &page.speakers, next: next.as_deref() };
    answer::list(request, next.as_deref(), &list)
}

pub(crate) const SPEAKER: Operation = Operation {
    queries: &[
        query("from", Takes::Day, "published on this day or later"),
        query("to", Takes::Day, "published on this day or before"),
        query("form", Takes::AnyOf(&["direct", "indirect", "mixed"]), "the form of the statement"),
        alias("kind", Takes::AnyOf(&["direct", "indirect", "mixed"])),
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
        json::<SpeakerView>(),
        speaker,
    )
};

fn speaker(call: &mut Call<'_>) -> Answer {
    let (request, name) = (&call.request, call.request.param(0));
    let mut params = params::speaker(request);
    params.skip = request.asked("after").map(cursor::place).transpose()?.unwrap_or(0);
    let unknown = || Failure::NotFound(format!("Nobody in this archive is called {name}."));
    let archive = call.reader.archive();
    let mut speaker = SpeakerView::of(archive, &call.desk.speakers, name, &params)?.ok_or_else(unknown)?;
    with_records(archive, &mut speaker.said)?;
    let next = speaker.next.map(|next| next.to_string());
    answer::list(request, next.as_deref(), &speaker)
}
