//! The front page.

use crate::api::answer;
use crate::api::operation::{Operation, Takes, get, json, query};
use crate::call::Call;
use crate::failure::Answer;
use onrecord_views::front::Front;

pub(crate) const FRONT: Operation = Operation {
    queries: &[query("before", Takes::Day, "only days before this one")],
    ..get("/front", "front", "The front page: newest, just added, changed, outlets.", json::<Front>(), front)
};

fn front(call: &mut Call<'_>) -> Answer {
    let before = call.request.asked("before");
    answer::json(200, &*call.desk.fronts.of(call.reader.archive(), &call.counted, before)?)
}
