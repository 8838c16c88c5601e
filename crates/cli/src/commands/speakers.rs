//! `onrecord speakers`.

use crate::args::{ArchiveArg, Look, RowFormat};
use crate::exit::Exit;
use crate::print::colours::{BOLD, DIM, PLAIN};
use crate::print::output;
use crate::print::rich::{Canvas, Rich};
use crate::print::rows::print_rows;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_record::{Cell, CellKind, Column};
use onrecord_search::text::name_filter;

/// List everybody who speaks in an archive: how often, where and when.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  List everybody, most statements first:
    onrecord speakers
  List names with a word that begins with `rey`:
    onrecord speakers rey")]
pub struct SpeakersArgs {
    /// The beginning of a word of the name
    #[arg(value_name = "NAME", default_value = "", hide_default_value = true)]
    pub beginning: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Output format [default: text on a terminal, otherwise jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<RowFormat>,
    #[command(flatten)]
    pub look: Look,
}

const SPEAKER_COLUMNS: &[Column] = &[
    Column { name: "speaker", kind: CellKind::Text, about: "the name" },
    Column { name: "statements", kind: CellKind::Number, about: "how many statements" },
    Column { name: "articles", kind: CellKind::Number, about: "in how many articles" },
    Column { name: "outlets", kind: CellKind::Text, about: "the outlets of these, separated by semicolons" },
    Column { name: "first", kind: CellKind::Text, about: "first day of publication" },
    Column { name: "last", kind: CellKind::Text, about: "last day of publication" },
];

/// Lists everybody who speaks.
pub fn run(args: &SpeakersArgs) -> Exit {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(exit) => return exit,
    };
    let speakers = match archive.speakers(name_filter(&args.beginning)) {
        Ok(speakers) => speakers,
        Err(error) => return failed(error),
    };
    let format = RowFormat::or_default(args.format);
    if format != RowFormat::Text {
        let rows = speakers.iter().map(|speaker| {
            vec![
                Cell::text(Some(speaker.name.as_str())),
                Cell::Number(Some(speaker.statements as i64)),
                Cell::Number(Some(speaker.articles as i64)),
                Cell::text(Some(speaker.outlets.join("; "))),
                Cell::text(speaker.first.as_deref()),
                Cell::text(speaker.last.as_deref()),
            ]
        });
        return print_rows(SPEAKER_COLUMNS, format == RowFormat::Csv, rows);
    }
    let canvas = Canvas::stdout(&args.look);
    let mut out = String::new();
    let mut say = |words: &str| canvas.paragraph(&mut out, &Rich::of(words, PLAIN), "");
    match (speakers.is_empty(), args.beginning.as_str()) {
        (false, _) => {}
        (true, "") => say("This archive has no statements yet: add pages with `onrecord add PATH`."),
        (true, beginning) => {
            say(&format!("No speaker has a name with a word that begins with {beginning}."));
        }
    }
    for speaker in &speakers {
        let mut line = Rich::of(&format!("{:>6}  ", speaker.statements), DIM);
        line.push(&speaker.name, BOLD);
        let articles = if speaker.articles == 1 { "article" } else { "articles" };
        let mut about = vec![format!("{} {articles}", speaker.articles)];
        about.extend((!speaker.outlets.is_empty()).then(|| speaker.outlets.join(", ")));
        about.extend(match (&speaker.first, &speaker.last) {
            (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
            (first, _) => first.clone(),
        });
        line.push(&format!("  {}", about.join(" · ")), DIM);
        line.write(&mut out, "", "        ", canvas.width, canvas.paint);
    }
    output::print(out.as_bytes())
}
