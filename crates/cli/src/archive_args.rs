//! The command line of everything that works on an archive.

use crate::args::{InputArgs, Look, Threads, last_stage};
use clap::{Args, Subcommand, ValueEnum};
use onrecord_document::Stage;
use std::path::PathBuf;

/// Which archive is meant.
#[derive(Args, Debug, Clone)]
pub struct ArchiveArg {
    /// The archive's folder [default: a folder of its own among the data of your applications]
    #[arg(long = "archive", value_name = "DIR", env = "ONRECORD_ARCHIVE", hide_env_values = true)]
    pub folder: Option<PathBuf>,
}

/// Read pages into an archive that never loses one.
///
/// Takes what `read` takes. A page that is stored already is not read again, so that the same command goes on where it was
/// stopped; other bytes at a known address are a new version of the article. Ctrl-C ends the batch under way and says how
/// far it came.
///
/// Exit status: 0 if all was read and stored, 2 if something could not be, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  A folder of saved pages:
    onrecord add pages/
  An archive of your own choice:
    onrecord add --archive ~/ferry pages/ crawl.warc.gz
  Only the articles, to read statements later:
    onrecord add --until article articles.jsonl")]
pub struct AddArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    #[command(flatten)]
    pub input: InputArgs,
    /// The stage after which reading stops
    #[arg(long, value_parser = last_stage(), default_value = "facts", value_name = "STAGE")]
    pub until: Stage,
    #[command(flatten)]
    pub threads: Threads,
}

/// Show how an article changed from version to version.
///
/// Lists what the archive has of an address, oldest first, and the words that went and came from each version to the next.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  What changed, with a few words around it:
    onrecord versions https://example.com/ferry
  The whole article with its changes:
    onrecord versions --whole https://example.com/ferry
  For programs, one version a line:
    onrecord versions --format jsonl https://example.com/ferry")]
pub struct VersionsArgs {
    /// The article's address, or the path it was added from
    #[arg(value_name = "URL")]
    pub address: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// How to print
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListFormat,
    /// Show the whole article, not the changed places alone
    #[arg(long)]
    pub whole: bool,
    #[command(flatten)]
    pub look: Look,
}

/// Print a stored page's bytes, exactly as they came.
///
/// What `sha256sum` says of them is the hash that every answer carries, and the byte ranges of every answer are theirs.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  The page:
    onrecord page 3f6c0c1f > page.html
  Proof that it is what was read:
    onrecord page 3f6c0c1f | sha256sum
  Bytes 1200 to 1242 of it, as an answer names them:
    onrecord page 3f6c0c1f | tail -c +1201 | head -c 42")]
pub struct PageArgs {
    /// The page's SHA-256, or as many of its first digits as tell it from others (8 at least)
    #[arg(value_name = "HASH")]
    pub hash: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Look after an archive: check, prove, back up, merge, read anew, take down.
#[derive(Args, Debug)]
pub struct ArchiveArgs {
    #[command(subcommand)]
    pub command: ArchiveCommand,
}

#[derive(Subcommand, Debug)]
pub enum ArchiveCommand {
    Stats(StatsArgs),
    Check(CheckArgs),
    Verify(VerifyArgs),
    Rebuild(RebuildArgs),
    Compact(CompactArgs),
    Backup(BackupArgs),
    Merge(MergeArgs),
    Reread(RereadArgs),
    Remove(RemoveArgs),
}

/// Say what an archive holds and how much room it takes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  For people:
    onrecord archive stats
  For programs:
    onrecord archive stats --format jsonl")]
pub struct StatsArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// How to print
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListFormat,
}

/// Look for damage, and say which pages and articles it touches.
///
/// Reads everything: the database's structure, every page against its hash, every document and layer against theirs.
///
/// Exit status: 0 if all is whole, 2 if something is damaged.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Look:
    onrecord archive check
  Forget what is damaged, so that adding those pages again stores them anew:
    onrecord archive check --forget && onrecord add pages/")]
pub struct CheckArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Forget damaged pages and documents; adding the pages again stores them anew
    #[arg(long)]
    pub forget: bool,
}

/// Prove that the words of every answer stand where it says.
///
/// Works out every page's SHA-256 anew, and decodes the bytes behind every word of every article and every statement with
/// another decoder than the reader's.
///
/// Exit status: 0 if all is proved, 2 if something is not.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  All of it:
    onrecord archive verify
  One page:
    onrecord archive verify 3f6c0c1f")]
pub struct VerifyArgs {
    /// Pages by hash or address [default: all]
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Make the search index anew from the database.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  After the folder `search` in the archive was deleted or damaged:
    onrecord archive rebuild")]
pub struct RebuildArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Pack an archive more tightly, and give back the room of what was removed.
///
/// Takes its time: a tenth of a second for a page of usual size. It can be stopped and started again.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  As small as it gets:
    onrecord archive compact
  Give back room only, in a fraction of the time:
    onrecord archive compact --level 9")]
pub struct CompactArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// How hard to compress, 1 to 22
    #[arg(long, value_name = "LEVEL", default_value_t = 19, value_parser = clap::value_parser!(i32).range(1..=22))]
    pub level: i32,
}

/// Copy an archive, also while it is being added to.
///
/// The copy is an archive itself: of one moment, without the search index, which is made anew from it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Copy it:
    onrecord archive backup /mnt/disk/onrecord-2026-11
  Use the copy:
    onrecord archive stats --archive /mnt/disk/onrecord-2026-11")]
pub struct BackupArgs {
    /// The folder to make, which must not exist or be empty
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Take everything of another archive in: pages, what was read from them, corrections, tags and notes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Take a colleague's archive in:
    onrecord archive merge /mnt/share/ferry-archive")]
pub struct MergeArgs {
    /// The other archive's folder
    #[arg(value_name = "DIR")]
    pub from: PathBuf,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Read stored pages anew where this version reads them differently.
///
/// Renews only what another version made, or what was made from something that changed. Corrections, tags and notes stay
/// where their words are; those that no longer fit are listed by `onrecord corrections --orphaned`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  After an update:
    onrecord archive reread
  Read statements of articles that were added without:
    onrecord archive reread --until facts")]
pub struct RereadArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Read at least up to this stage [default: as far as each was read]
    #[arg(long, value_parser = last_stage(), value_name = "STAGE")]
    pub until: Option<Stage>,
    #[command(flatten)]
    pub threads: Threads,
}

/// Take pages down: their bytes and all that was read from them are wiped, and they are not taken in again.
///
/// A tombstone stays: when the page is added again, that is said. What people wrote beside it goes with it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  All versions of an article:
    onrecord archive remove --reason 'court order 4711' https://example.com/ferry
  One page:
    onrecord archive remove 3f6c0c1f
  Let it be added again after all:
    onrecord archive remove --lift 3f6c0c1f")]
pub struct RemoveArgs {
    /// Pages by hash or address
    #[arg(required = true, value_name = "PAGE")]
    pub pages: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Why, for those who wonder later
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub reason: String,
    /// Lift a tombstone, so that the page can be added again
    #[arg(long, conflicts_with = "reason")]
    pub lift: bool,
}

/// Write a note to an article, or to a statement of it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  To an article:
    onrecord note https://example.com/ferry 'The company confirmed this by phone.'
  To its third statement:
    onrecord note https://example.com/ferry --statement 3 'Check with the coroner.'")]
pub struct NoteArgs {
    /// The article, by address or page hash
    pub article: String,
    /// What to write
    pub words: String,
    /// The statement, by number or id
    #[arg(long, value_name = "NUMBER|ID")]
    pub statement: Option<String>,
    #[command(flatten)]
    pub signed: Signed,
}

/// Tag an article.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Two tags:
    onrecord tag https://example.com/ferry ferry-disaster checked
  Take one away again:
    onrecord tag --remove https://example.com/ferry checked")]
pub struct TagArgs {
    /// The article, by address or page hash
    pub article: String,
    /// The tags
    #[arg(required = true, value_name = "TAG")]
    pub tags: Vec<String>,
    /// Take the tags away
    #[arg(long)]
    pub remove: bool,
    #[command(flatten)]
    pub signed: Signed,
}

/// Say that a statement was read right or wrong, or that somebody else made it.
///
/// A correction is kept with the words it is about and their place on the page, not with the reading: it survives a better
/// reader, and says so when its words are no longer read as a statement.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Statement 3 was read wrong:
    onrecord correct https://example.com/ferry 3 wrong
  Somebody else made it:
    onrecord correct https://example.com/ferry 3 --speaker 'Daniel Okafor'
  Two names are one person, in the whole archive:
    onrecord correct --same 'T. Adler' 'Tomas Adler'")]
pub struct CorrectArgs {
    /// The article, by address or page hash
    #[arg(required_unless_present = "same")]
    pub article: Option<String>,
    /// The statement, by number or id
    #[arg(required_unless_present = "same", value_name = "STATEMENT")]
    pub statement: Option<String>,
    /// How it was read
    #[arg(value_enum, required_unless_present_any = ["same", "speaker"], conflicts_with = "speaker")]
    pub verdict: Option<Verdict>,
    /// Who made it
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Two names of one speaker; the second is kept
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"], conflicts_with_all = ["article", "statement", "verdict", "speaker"])]
    pub same: Option<Vec<String>>,
    #[command(flatten)]
    pub signed: Signed,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Verdict {
    /// It was read right
    Right,
    /// It was read wrong
    Wrong,
}

/// Which archive, and who writes in it.
#[derive(Args, Debug)]
pub struct Signed {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Who says so [default: nobody is named]
    #[arg(long, value_name = "NAME", default_value = "", env = "ONRECORD_AUTHOR", hide_env_values = true)]
    pub author: String,
}

/// List corrections, tags and notes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  All of them:
    onrecord corrections
  Those whose words are no longer read as they were:
    onrecord corrections --orphaned
  For programs, or to keep:
    onrecord corrections --format jsonl > corrections.jsonl
  Undo one:
    onrecord undo 4b5a90f3c2d1e807")]
pub struct CorrectionsArgs {
    /// The article, by address or page hash [default: all]
    pub article: Option<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Only those that no longer fit
    #[arg(long)]
    pub orphaned: bool,
    /// Also those that were undone
    #[arg(long)]
    pub undone: bool,
    /// How to print
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListFormat,
}

/// Undo a correction, tag or note.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  As `onrecord corrections` lists it:
    onrecord undo 4b5a90f3c2d1e807")]
pub struct UndoArgs {
    /// Its id, or as many of its first digits as tell it from others
    pub id: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Text,
    /// One JSON object a line
    Jsonl,
}
