//! Sources of pages that are in no archive.

use super::args::SourcingArgs;
use super::table;
use crate::exit::Exit;
use crate::run::batch::{Framing, PageBatch, Render, Rendered};
use onrecord_archive::SourcingCount;
use onrecord_document::{Capture, SourceKind, Stage, Terms};
use onrecord_intake::Unreadable;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Reads pages and counts their sources.
pub fn run(args: &SourcingArgs) -> Exit {
    let counter = SourceCounter { digits: args.by.stretches().digits(), counts: Mutex::default() };
    let batch = PageBatch {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: Framing::NONE,
        explains_itself: false,
    };
    let read = batch.print(&counter);
    let counts: Vec<SourcingCount> =
        counter.counts.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect();
    match table::print(args, &counts) {
        Exit::Done => read,
        printed => printed,
    }
}

/// Counts statements by outlet and period.
struct SourceCounter {
    /// Characters of a date that tell periods apart.
    digits: usize,
    counts: Mutex<BTreeMap<(String, String), SourcingCount>>,
}

impl Render for SourceCounter {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read(capture, Stage::Facts);
        let statements = document.statements();
        if !statements.is_empty() {
            let outlet = document.fields.site.as_ref().map_or(String::new(), |site| site.value.clone());
            let published = document.fields.published.as_ref().map_or(String::new(), |moment| moment.value.to_string());
            let time: String = published.chars().take(self.digits).collect();
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let none = |(outlet, time): &(String, String)| SourcingCount::none(outlet.clone(), time.clone());
            let count = counts.entry((outlet, time)).or_insert_with_key(none);
            count.articles += 1;
            count.statements += statements.len() as u64;
            for statement in statements {
                let place = SourceKind::ALL.iter().position(|kind| *kind == statement.sourcing.kind);
                place.and_then(|at| count.by_source.get_mut(at)).into_iter().for_each(|number| *number += 1);
                let place = Terms::ALL.iter().position(|terms| *terms == statement.sourcing.terms);
                place.and_then(|at| count.by_terms.get_mut(at)).into_iter().for_each(|number| *number += 1);
            }
        }
        Rendered::of(Vec::new(), document.notes)
    }

    fn unreadable(&self, _: &Unreadable) -> Vec<u8> {
        Vec::new()
    }
}
