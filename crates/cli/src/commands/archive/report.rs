//! What `onrecord archive check` and `onrecord archive verify` found.

use crate::exit::Exit;
use crate::print::messages::counted;
use crate::print::output;
use crate::print::terminal::safe;
use onrecord_archive::Report;

/// Number of affected articles that are named for each problem.
const SHOWN_NAMES: usize = 5;

/// Prints one line per problem, then `more`, then what was checked and how many problems there are.
pub fn print_report(report: &Report, checked: &str, more: &str) -> Exit {
    let mut out = String::new();
    for problem in &report.problems {
        let page = problem.page.map_or(String::new(), |page| format!(", page {page}"));
        let names = &problem.affects;
        let shown = names.iter().take(SHOWN_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = names.len().saturating_sub(SHOWN_NAMES);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let affects = if names.is_empty() { String::new() } else { format!(": affects {shown}{rest}") };
        out.push_str(&format!("{}\n", safe(&format!("{}{page}{affects}", problem.what))));
    }
    let verdict = match report.problems.len() as u64 {
        0 => "no problems found".to_owned(),
        number => format!("{} found", counted(number, "problem")),
    };
    out.push_str(&format!("{more}{checked}: {verdict}\n"));
    let printed = output::print(out.as_bytes());
    if report.problems.is_empty() { printed } else { Exit::Incomplete }
}
