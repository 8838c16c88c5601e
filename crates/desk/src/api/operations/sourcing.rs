//! On whose authority outlets report.

use crate::api::answer;
use crate::api::operation::{Operation, Takes, get, json, query};
use crate::call::Call;
use crate::failure::Answer;
use crate::params;
use onrecord_views::sourcing::Sourcing;

pub(crate) const SOURCING: Operation = Operation {
    queries: &[
        query("outlet", Takes::Text, "one outlet over time"),
        query("from", Takes::Month, "the first month"),
        query("to", Takes::Month, "the last month"),
    ],
    ..get("/sourcing", "sourcing", "On whose authority outlets report.", json::<Sourcing>(), sourcing)
};

fn sourcing(call: &mut Call<'_>) -> Answer {
    answer::json(200, &Sourcing::of(&call.counted, &params::sourcing(&call.request)))
}
