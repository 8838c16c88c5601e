//! What was read, with the bytes that it was read from.

use crate::api::answer::{self, FACT};
use crate::api::operation::{Operation, get, json};
use crate::call::Call;
use crate::failure::{Answer, Failure};
use onrecord_views::article::evidence::Evidence;

pub(crate) const OF_PAGE: Operation = Operation {
    queries: &[FACT],
    ..get(
        "/evidence/{article}",
        "evidenceOfPage",
        "What a page states about itself, each with the bytes it was read from.",
        json::<Evidence>(),
        of_page,
    )
};

fn of_page(call: &mut Call<'_>) -> Answer {
    evidence(call, None)
}

pub(crate) const OF_STATEMENT: Operation = Operation {
    queries: &[FACT],
    ..get(
        "/evidence/{article}/{number}",
        "evidenceOfStatement",
        "What a statement rests on, each fact with the bytes it was read from.",
        json::<Evidence>(),
        of_statement,
    )
};

fn of_statement(call: &mut Call<'_>) -> Answer {
    let number = call.request.param(1).parse().map_err(|_| missing())?;
    evidence(call, Some(number))
}

fn missing() -> Failure {
    Failure::NotFound("This article has no statement with that number.".to_owned())
}

fn evidence(call: &Call<'_>, number: Option<usize>) -> Answer {
    let listed = call.listed(call.request.param(0))?;
    let evidence = Evidence::of(call.reader.archive(), &listed, number, call.request.asked("fact"))?;
    answer::json(200, &evidence.ok_or_else(missing)?)
}
