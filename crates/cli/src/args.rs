//! The command line: one definition that the parser, the help, the completions and the man pages are made from.

use crate::archive_args::{
    AddArgs, ArchiveArgs, CorrectArgs, CorrectionsArgs, NoteArgs, PageArgs, TagArgs, UndoArgs, VersionsArgs,
};
use crate::desk_args::DeskArgs;
use crate::search_args::{ExportArgs, SearchArgs, SourcingArgs, SpeakersArgs, StatementsArgs};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use onrecord_document::Stage;
use onrecord_intake::Input;
use onrecord_record::Show;
use std::path::PathBuf;

/// Reads news pages and says who said what, with the place on the page for every answer.
#[derive(Parser, Debug)]
#[command(
    name = "onrecord",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  Read one page, for people:
    onrecord read article.html
  Read a folder, for programs:
    onrecord read pages/ > pages.jsonl
  Show where statement [1] stands on the page:
    onrecord explain article.html 1
  Keep what is read in an archive:
    onrecord add pages/
  Work with it in a browser:
    onrecord desk"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    Read(ReadArgs),
    Explain(ExplainArgs),
    Parse(ParseArgs),
    Add(AddArgs),
    Desk(DeskArgs),
    Search(SearchArgs),
    Statements(StatementsArgs),
    Sourcing(SourcingArgs),
    Speakers(SpeakersArgs),
    Export(ExportArgs),
    Versions(VersionsArgs),
    Page(PageArgs),
    Note(NoteArgs),
    Tag(TagArgs),
    Correct(CorrectArgs),
    Corrections(CorrectionsArgs),
    Undo(UndoArgs),
    Archive(ArchiveArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Read pages and print one result for each.
///
/// Reads files, folders (with all below them, sorted by path) and standard input (`-`). In folders only names ending in
/// .html, .htm, .xhtml, .txt, .jsonl, .warc, .wacz, .mhtml or .mht are read, and .gz and .zst of these; a file named
/// outright is always read. Of web archives every page is read, under the name FILE!OFFSET. A page that cannot be read
/// has its result too, which says why.
///
/// Exit status: 0 if all was read, 2 if something could not be, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  One page, for people:
    onrecord read article.html
  With the menus, teasers and notices around it:
    onrecord read --show furniture article.html
  A folder, with the bytes behind every answer:
    onrecord read --layers evidence pages/ > pages.jsonl
  A page from standard input:
    curl -s https://example.com/news | onrecord read -")]
pub struct ReadArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print [default: text on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,
    #[command(flatten)]
    pub input: InputArgs,
    /// The stage after which reading stops
    #[arg(long, value_parser = last_stage(), default_value = "facts", value_name = "STAGE")]
    pub until: Stage,
    /// Layers to print as well, separated by commas (json and jsonl)
    #[arg(long, value_parser = layer_name(), value_delimiter = ',', value_name = "LAYERS")]
    pub layers: Vec<String>,
    #[command(flatten)]
    pub threads: Threads,
    /// A file of weights to read English with instead of the built-in ones (layers tokens and entities)
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// What else to show of the page (text)
    #[arg(long, value_enum, value_name = "WHAT")]
    pub show: Vec<Shown>,
    #[command(flatten)]
    pub look: Look,
}

/// Parse texts with the language core alone.
///
/// Each text is parsed as one document, just as spaCy's en_core_web_sm would, and printed with its tokens (norm, tag, part
/// of speech, morphology, lemma, head, dependency, entity), sentences, entities and noun chunks. A text or the "text" of a
/// JSON line is taken as it stands; of an HTML page, its article is. `read` instead parses each block of an article by
/// itself, and has sentences of its own.
///
/// Exit status: 0 if all was read, 2 if something could not be, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  One JSON object a line:
    onrecord parse article.txt
  A text from standard input, as CoNLL-U:
    echo 'Six people died.' | onrecord parse --format conllu -
  Many texts, one {\"id\", \"text\"} a line:
    onrecord parse --input jsonl texts.jsonl > parsed.jsonl")]
pub struct ParseArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print
    #[arg(short, long, value_enum, default_value = "jsonl")]
    pub format: ParseFormat,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
    /// A file of weights to use instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

/// Show where on the page a field or a statement was read.
///
/// Without a second argument: lists the fields and statements of the page. With the name of a field or the number or id
/// of a statement: shows the article's words, the page's own bytes around them with their offsets, and a command that
/// cuts exactly these bytes out of the file.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  What there is to explain:
    onrecord explain article.html
  Where the headline stands:
    onrecord explain article.html headline
  Where statement [3] stands, and who made it:
    onrecord explain article.html 3
  The headline of a page in a web archive:
    onrecord explain crawl.warc.gz --id 'crawl.warc.gz!812' headline")]
pub struct ExplainArgs {
    /// A file, or - for standard input
    pub file: PathBuf,
    /// A field (headline, authors.0) or the number or id of a statement
    #[arg(value_name = "FIELD|QUOTE")]
    pub what: Option<String>,
    /// The page with this id, where the file holds several [default: the first]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub look: Look,
}

/// Print completions for a shell.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  For bash:
    onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  For fish:
    onrecord completions fish > ~/.config/fish/completions/onrecord.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Print the man page, or write the man pages of all commands.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Read it:
    onrecord man | man -l -
  Install it, with a page for each command:
    onrecord man --dir ~/.local/share/man/man1")]
pub struct ManArgs {
    /// A folder to write onrecord.1, onrecord-read.1 and so on to
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// What files are taken for.
#[derive(Args, Debug)]
pub struct InputArgs {
    /// What the files hold; auto goes by content, then by name
    #[arg(id = "input", long = "input", value_enum, default_value = "auto", value_name = "KIND")]
    pub kind: InputKind,
}

/// How much is done at a time.
#[derive(Args, Debug)]
pub struct Threads {
    /// How many pages to read at a time, 1 to 512 [default: all cores]
    #[arg(id = "threads", long = "threads", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub count: Option<u16>,
}

/// How output for people looks.
#[derive(Args, Debug)]
pub struct Look {
    /// Whether to use colours; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: ColorWhen,
    /// How many columns to fill [default: the terminal's, 88 at most]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, in colour on a terminal
    Text,
    /// One indented JSON array of all results
    Json,
    /// One JSON object a line
    Jsonl,
    /// Markdown
    Markdown,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// One JSON object a line
    Jsonl,
    /// Sentences of ten columns, as Universal Dependencies has them
    Conllu,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    Auto,
    Html,
    Text,
    Jsonl,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// What surrounds the article: menus, teasers, notices
    Furniture,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

impl From<InputKind> for Input {
    fn from(kind: InputKind) -> Self {
        match kind {
            InputKind::Auto => Input::Auto,
            InputKind::Html => Input::Html,
            InputKind::Text => Input::Text,
            InputKind::Jsonl => Input::Jsonl,
        }
    }
}

impl ReadArgs {
    /// The layers that were asked for.
    pub fn shown_layers(&self) -> Show {
        self.layers.iter().fold(Show::default(), |show, name| show.with(name).unwrap_or(show))
    }
}

/// Takes the name of the stage after which reading stops.
pub fn last_stage() -> impl TypedValueParser<Value = Stage> {
    PossibleValuesParser::new(Stage::LAST.map(|stage| {
        PossibleValue::new(stage.name()).help(match stage {
            Stage::Intake | Stage::Article => "Text, blocks and fields",
            Stage::Language => "Sentences too, and tokens and entities if asked for",
            Stage::Facts => "Statements and who made them too",
        })
    }))
    .map(|name| Stage::named(&name).unwrap_or(Stage::Facts))
}

/// Takes the name of a layer that can be asked for. What is always printed can be named and changes nothing.
pub fn layer_name() -> impl TypedValueParser<Value = String> {
    let always = ["names", "statements", "chains", "quotes"].map(|name| PossibleValue::new(name).hide(true));
    PossibleValuesParser::new(Show::names().map(PossibleValue::new).chain(always))
}
