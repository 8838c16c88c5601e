//! `onrecord read`.

use crate::args::{InputArgs, Look, Threads, last_stage, layer_name};
use crate::exit::Exit;
use crate::print::article::ArticlePrinter;
use crate::print::messages;
use crate::print::rich::Canvas;
use crate::print::terminal::safe_lines;
use crate::run::batch::{Framing, PageBatch, Render, Rendered};
use crate::run::model::{self, producers};
use clap::{Args, ValueEnum};
use onrecord_document::{Capture, LayerKind, Stage};
use onrecord_intake::Unreadable;
use onrecord_reader::Wanted;
use onrecord_record::{Line, Show, markdown};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Read pages and print one result for each.
///
/// Reads files, folders (recursively, sorted by path) and standard input (`-`). In folders, only files ending in .html,
/// .htm, .xhtml, .txt, .jsonl, .warc, .wacz, .mhtml or .mht are read; .gz and .zst are decompressed on the fly. A file that
/// is named directly is always read. Every page in a web archive gets a result of its own, named FILE!OFFSET. A page that
/// cannot be read gets a result too, which says why.
///
/// Exit status: 0 if everything was read, 2 if something could not be read, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Show a page:
    onrecord read article.html
  Also show the menus, teasers and notices around the article:
    onrecord read --show furniture article.html
  Read a folder, and print the byte ranges behind every answer:
    onrecord read --layers evidence pages/ > pages.jsonl
  Read a page from standard input:
    curl -s https://example.com/news | onrecord read -")]
pub struct ReadArgs {
    /// Files or folders to read, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Output format [default: text on a terminal, otherwise jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<PageFormat>,
    #[command(flatten)]
    pub input: InputArgs,
    /// Stop reading after this stage
    #[arg(long, value_parser = last_stage(), default_value = "facts", value_name = "STAGE")]
    pub until: Stage,
    /// Also print these layers, separated by commas (json and jsonl)
    #[arg(long, value_parser = layer_name(), value_delimiter = ',', value_name = "LAYERS")]
    pub layers: Vec<String>,
    #[command(flatten)]
    pub threads: Threads,
    /// Use the English model in this file instead of the built-in one (layers tokens and entities)
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// What else to show of the page (text)
    #[arg(long, value_enum, value_name = "WHAT")]
    pub show: Vec<PageExtra>,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For people, in colour on a terminal
    Text,
    /// One indented JSON array of all results
    Json,
    /// One JSON object per line
    Jsonl,
    /// Markdown
    Markdown,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageExtra {
    /// What surrounds the article: menus, teasers, notices
    Furniture,
}

impl ReadArgs {
    /// The layers that were asked for.
    fn shown_layers(&self) -> Show {
        self.layers.iter().fold(Show::default(), |show, name| show.with(name).unwrap_or(show))
    }
}

/// Reads pages and prints one result for each, in order.
pub fn run(args: &ReadArgs) -> Exit {
    let on_terminal = io::stdout().is_terminal();
    let format = args.format.unwrap_or(if on_terminal { PageFormat::Text } else { PageFormat::Jsonl });
    let is_json = matches!(format, PageFormat::Json | PageFormat::Jsonl);
    if !args.layers.is_empty() && !is_json {
        messages::say("--layers has no effect with this format; it needs json or jsonl");
    }
    let model = match args.model.as_deref().map(model::load).transpose() {
        Ok(model) => model,
        Err(exit) => return exit,
    };
    let show = args.shown_layers();
    let renderer = PageRenderer {
        format,
        wanted: Wanted {
            until: args.until,
            tokens: is_json && (show.shows(LayerKind::Tokens) || show.shows(LayerKind::Entities)),
            model,
        },
        show,
        text: ArticlePrinter {
            canvas: Canvas::stdout(&args.look),
            furniture: args.show.contains(&PageExtra::Furniture),
        },
    };
    let batch = PageBatch {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: match format {
            PageFormat::Json => Framing::ARRAY,
            PageFormat::Jsonl => Framing::LINES,
            PageFormat::Text => Framing::between("\n\n"),
            PageFormat::Markdown => Framing::between("\n---\n\n"),
        },
        explains_itself: format == PageFormat::Text,
    };
    batch.print(&renderer)
}

/// Turns pages into output.
struct PageRenderer {
    format: PageFormat,
    wanted: Wanted,
    show: Show,
    text: ArticlePrinter,
}

impl Render for PageRenderer {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read_with(capture, &self.wanted);
        let output = match self.format {
            PageFormat::Json | PageFormat::Jsonl => {
                self.json(&Line::of(&document, &self.show, &producers(&self.wanted)))
            }
            PageFormat::Text => self.text.page(&document).into_bytes(),
            PageFormat::Markdown => safe_lines(&markdown(&document)).into_owned().into_bytes(),
        };
        Rendered::of(output, document.notes)
    }

    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8> {
        let Unreadable { id, note, bytes } = unreadable;
        match self.format {
            PageFormat::Json | PageFormat::Jsonl => self.json(&Line::unreadable(id, note, *bytes)),
            PageFormat::Text => self.text.unreadable(id, note).into_bytes(),
            PageFormat::Markdown => {
                safe_lines(&onrecord_record::markdown_unreadable(id, note)).into_owned().into_bytes()
            }
        }
    }
}

impl PageRenderer {
    fn json(&self, line: &Line<'_>) -> Vec<u8> {
        let mut output = Vec::new();
        // Writing to memory cannot fail.
        let _ = match self.format {
            PageFormat::Json => line.write_indented(&mut output),
            _ => line.write(&mut output),
        };
        output
    }
}
