//! What every page has: head, masthead, foot, the list of keys.

use crate::assets::{ICON, SCRIPT, STYLE};
use crate::call::Foot;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use onrecord_views::words;

/// The patterns and symbols that figures refer to.
const SPRITE: &str = r##"<svg class="sprite" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="3.4" height="3.4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="tex" x1="0" y1="0" x2="0" y2="3.4" stroke-width="1.5"/></pattern><pattern id="ruled" width="4" height="3" patternUnits="userSpaceOnUse"><line class="tex" x1="0" y1="1.5" x2="4" y2="1.5" stroke-width="1"/></pattern><symbol id="i-ev" viewBox="0 0 13 13"><path d="M4 1.5H1.5v10H4M9 1.5h2.5v10H9M4.5 6.5h4"/></symbol><symbol id="i-x" viewBox="0 0 8 8"><path d="M1 1l6 6M7 1L1 7"/></symbol></defs></svg>"##;

/// The part of the desk that a page belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Front,
    Search,
    Speakers,
    Sourcing,
    Corrections,
    None,
}

const PARTS: [(Part, &str, &str); 5] = [
    (Part::Front, "/", "Front"),
    (Part::Search, "/search", "Search"),
    (Part::Speakers, "/speakers", "Speakers"),
    (Part::Sourcing, "/sourcing", "Sourcing"),
    (Part::Corrections, "/corrections", "Corrections"),
];

/// A page without its content.
pub(crate) struct Layout<'a> {
    pub title: &'a str,
    pub part: Part,
    /// Whether the page is the part's first, so that its link is the current one.
    pub is_first: bool,
    /// Whether the masthead has a search box: pages with a large one need none.
    pub seek: bool,
    /// The keys that the foot names.
    pub keys: &'a [(&'a [&'a str], &'a str)],
    /// What the foot says of the archive: name, articles, statements.
    pub foot: &'a Foot,
    /// Seconds after which the page is asked for again: where something is under way.
    pub again: Option<u32>,
}

pub(crate) const ARTICLE_KEYS: &[(&[&str], &str)] =
    &[(&["j", "k"], "statements"), (&["e"], "evidence"), (&["f"], "furniture"), (&["/"], "search")];
pub(crate) const LIST_KEYS: &[(&[&str], &str)] = &[(&["j", "k"], "results"), (&["e"], "evidence"), (&["/"], "search")];
pub(crate) const FRONT_KEYS: &[(&[&str], &str)] =
    &[(&["j", "k"], "articles"), (&["/"], "search"), (&["t"], "light or dark")];
pub(crate) const PLAIN_KEYS: &[(&[&str], &str)] = &[(&["/"], "search"), (&["t"], "light or dark")];

const ALL_KEYS: &[(&[&str], &str)] = &[
    (&["j", "k"], "next, previous statement or result"),
    (&["/"], "search"),
    (&["e"], "evidence of what is selected"),
    (&["f"], "fold or unfold furniture"),
    (&["t"], "light or dark"),
    (&["g"], "front page"),
    (&["Esc"], "clear the selection"),
    (&["?"], "this list"),
];

impl<'a> Layout<'a> {
    pub fn new(title: &'a str, part: Part, foot: &'a Foot) -> Layout<'a> {
        Layout { title, part, is_first: false, seek: true, keys: PLAIN_KEYS, foot, again: None }
    }

    /// The page around its content.
    pub fn page(&self, content: Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    @if let Some(seconds) = self.again { meta http-equiv="refresh" content=(seconds); }
                    title { (self.title) @if self.title != "Onrecord" { " | Onrecord" } }
                    link rel="stylesheet" href=(STYLE.path);
                    link rel="icon" href=(ICON.path) type="image/svg+xml";
                    script src=(SCRIPT.path) {}
                }
                body {
                    (PreEscaped(SPRITE))
                    a class="skip" href="#main" { "Skip to the content" }
                    (self.masthead())
                    main id="main" tabindex="-1" { div class="wrap" { (content) } }
                    (self.foot())
                }
            }
        }
    }

    fn masthead(&self) -> Markup {
        html! {
            header class="mast" { div class="wrap" {
                a class="wordmark" href="/" aria-label="Onrecord, front page" { "Onrecord" }
                nav aria-label="Desk" { ul {
                    @for (part, path, name) in PARTS {
                        li {
                            @if part == self.part {
                                a href=(path) aria-current=(if self.is_first { "page" } else { "true" }) { (name) }
                            } @else {
                                a href=(path) { (name) }
                            }
                        }
                    }
                } }
                @if self.seek {
                    form action="/search" role="search" aria-label="Site" {
                        label class="vh" for="mq" { "Search the archive" }
                        span class="seek" {
                            input id="mq" name="q" type="search" placeholder="Search the archive" autocomplete="off" spellcheck="false";
                            kbd aria-hidden="true" { "/" }
                        }
                    }
                }
                div class=(if self.seek { "tools" } else { "tools push" }) {
                    button class="btn btn-quiet js-only" type="button" data-theme-toggle { "Dark" }
                }
            } }
        }
    }

    fn foot(&self) -> Markup {
        let Foot { name, articles, statements } = self.foot;
        let holds = match articles {
            0 => "no articles yet".to_owned(),
            _ => format!("{}, {}", words::counted(*articles, "article"), words::counted(*statements, "statement")),
        };
        html! {
            footer class="foot" { div class="wrap" {
                ul class="keys js-only" aria-label="Keys" {
                    @for (keys, what) in self.keys { li { @for key in *keys { kbd { (key) } " " } (what) } }
                    li { kbd { "?" } " " button class="plain" type="button" data-keys { "all keys" } }
                }
                @if !name.is_empty() { p class="where" {
                    "Archive " (name) ": " (holds) ". " a href="/api/v1" { "API" } ". Nothing leaves this machine."
                } }
            } }
            div id="live" class="vh" role="status" aria-live="polite" {}
            dialog id="keys" aria-labelledby="keys-h" {
                h2 id="keys-h" { "Keys" }
                table { tbody {
                    @for (keys, what) in ALL_KEYS {
                        tr { th scope="row" { @for key in *keys { kbd { (key) } " " } } td { (what) } }
                    }
                } }
                form method="dialog" class="bar" {
                    label class="facet" { input type="checkbox" id="single" checked; span { "Single-letter keys" } }
                    button class="btn" { "Close" }
                }
            }
        }
    }
}
