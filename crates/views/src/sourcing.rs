//! On whose authority outlets report: by outlet, over time.

use crate::Sources;
use crate::counts::Counted;
use crate::front::sources_of;
use onrecord_archive::SourcingCount;
use onrecord_document::Terms;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Outlets that are plotted.
const PLOTTED: usize = 16;
/// Months that are; of a longer time, years.
const MONTHS: usize = 36;

/// What is params.
#[derive(Clone, Debug, Default)]
pub struct SourcingParams {
    /// One outlet, or all.
    pub outlet: Option<String>,
    /// Months, as `2024-11`, both ends included.
    pub from: Option<String>,
    /// The last month.
    pub to: Option<String>,
}

/// Sourcing by outlet and over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "SourcingOverview")]
pub struct Sourcing {
    /// The outlet that was chosen, if one was.
    pub outlet: Option<String>,
    /// The first month, where one was chosen.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// All outlets together.
    pub all: Row,
    /// By outlet, most statements first.
    pub outlets: Vec<Row>,
    /// Every one of them, for the table behind the plot.
    #[serde(skip)]
    pub every_outlet: Vec<Row>,
    /// Outlets beyond those that are plotted.
    pub more_outlets: u64,
    /// Over time, oldest first.
    pub times: Vec<Row>,
    /// What `times` are: `day`, `month` or `year`.
    pub unit: &'static str,
    /// Statements in articles without a date, which stand in no stretch of time.
    pub undated: u64,
    /// Every outlet's name, to choose from.
    pub names: Vec<String>,
}

/// Statements of an outlet or of a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// The outlet, or the stretch as `2024-11-18`, `2024-11` or `2024`.
    pub name: String,
    /// Articles with statements.
    pub articles: u64,
    /// Statements by source.
    pub sources: Sources,
    /// Statements by terms, in the order of the contract.
    pub terms: Vec<(&'static str, u64)>,
}

impl Row {
    fn named(name: &str) -> Row {
        Row {
            name: name.to_owned(),
            terms: Terms::ALL.iter().map(|terms| (terms.name(), 0)).collect(),
            ..Row::default()
        }
    }

    fn add(&mut self, count: &SourcingCount) {
        self.articles += count.articles;
        self.sources.join(&sources_of(count));
        for ((_, sum), more) in self.terms.iter_mut().zip(&count.by_terms) {
            *sum += more;
        }
    }

    /// Statements on these terms.
    pub fn on(&self, terms: Terms) -> u64 {
        self.terms.iter().find(|(name, _)| *name == terms.name()).map_or(0, |(_, count)| *count)
    }
}

impl Sourcing {
    /// What was counted, as it is params for.
    pub fn of(counted: &Counted, params: &SourcingParams) -> Sourcing {
        let in_time = |count: &&SourcingCount| {
            let month = count.time.get(..7).unwrap_or_default();
            params.from.as_ref().is_none_or(|from| !month.is_empty() && month >= from.as_str())
                && params.to.as_ref().is_none_or(|to| !month.is_empty() && month <= to.as_str())
        };
        let of_outlet = |count: &&SourcingCount| params.outlet.as_ref().is_none_or(|outlet| count.outlet == *outlet);
        let mut all = Row::named("All outlets");
        let mut outlets: BTreeMap<&str, Row> = BTreeMap::new();
        for count in counted.months.iter().filter(in_time) {
            all.add(count);
            let name = if count.outlet.is_empty() { "no outlet named" } else { &count.outlet };
            outlets.entry(name).or_insert_with(|| Row::named(name)).add(count);
        }
        let months: BTreeSet<&str> = counted
            .months
            .iter()
            .filter(in_time)
            .filter(of_outlet)
            .map(|count| count.time.as_str())
            .filter(|time| !time.is_empty())
            .collect();
        let (unit, digits, counts) = match months.len() {
            _ if !counted.days.is_empty() => ("day", 10, &counted.days),
            ..=MONTHS => ("month", 7, &counted.months),
            _ => ("year", 4, &counted.months),
        };
        let mut times: BTreeMap<&str, Row> = BTreeMap::new();
        let mut undated = 0;
        for count in counts.iter().filter(in_time).filter(of_outlet) {
            match count.time.get(..digits) {
                Some(time) => times.entry(time).or_insert_with(|| Row::named(time)).add(count),
                None => undated += count.statements,
            }
        }
        let mut outlets: Vec<Row> = outlets.into_values().collect();
        outlets.sort_by(|one, other| other.sources.all.cmp(&one.sources.all).then_with(|| one.name.cmp(&other.name)));
        let more_outlets = outlets.len().saturating_sub(PLOTTED) as u64;
        let every_outlet = outlets.clone();
        outlets.truncate(PLOTTED);
        let names: BTreeSet<String> =
            counted.months.iter().filter(|count| !count.outlet.is_empty()).map(|count| count.outlet.clone()).collect();
        Sourcing {
            outlet: params.outlet.clone(),
            from: params.from.clone(),
            to: params.to.clone(),
            all,
            outlets,
            every_outlet,
            more_outlets,
            times: times.into_values().collect(),
            unit,
            undated,
            names: names.into_iter().collect(),
        }
    }
}
