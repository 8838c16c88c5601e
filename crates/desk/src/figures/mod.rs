//! Plots: one drawing for the page, for the SVG file and for the PNG.
//!
//! On a page the stylesheet gives ink and type; a file carries the same rules with it, for light paper.

mod sourcing;
mod speaker;

pub(crate) use sourcing::{by_outlet, over_time};
pub(crate) use speaker::weeks;

use maud::{Markup, PreEscaped, Render, html};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::{Arc, LazyLock};

/// What the stylesheet says of plots, for files.
const STYLE: &str = "text{font:11px 'Onrecord Figures','Helvetica Neue',Arial,sans-serif;fill:#4c5157}\
    .title{font-size:15px;font-weight:bold;fill:#17191c}.val,.strong{fill:#17191c;font-weight:bold}.on-ink{fill:#fbfbf9}\
    .ax{stroke:#17191c}.grid{stroke:#d3d6d1}.m{fill:#fbfbf9;stroke:#7b8087}.s,.c-named{fill:#17191c}.c-named{stroke:#17191c}\
    .c-unnamed{fill:url(#hatch);stroke:#17191c}.c-document{fill:url(#ruled);stroke:#17191c}\
    .c-none{fill:none;stroke:#17191c;stroke-dasharray:2 1.6}.tex{stroke:#17191c}.sel,.sel-t{fill:#1f4e9e}.halo{fill:#fbfbf9}";

/// Textures, for files; on a page the sprite has them.
const DEFS: &str = r#"<defs><pattern id="hatch" width="3.4" height="3.4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="tex" x1="0" y1="0" x2="0" y2="3.4" stroke-width="1.5"/></pattern><pattern id="ruled" width="4" height="3" patternUnits="userSpaceOnUse"><line class="tex" x1="0" y1="1.5" x2="4" y2="1.5" stroke-width="1"/></pattern></defs>"#;

/// Margin around a plot in a file.
const MARGIN: f64 = 24.0;
/// Room for title and source in a file.
const HEAD: f64 = 34.0;
const TAIL: f64 = 30.0;
/// Dots of a PNG for each unit: sharp in print.
const SCALE: f32 = 2.5;

/// Width of the drawing in a file.
pub(crate) const FILE_WIDTH: f64 = 1184.0;

/// A drawing.
pub(crate) struct Figure {
    pub width: f64,
    pub height: f64,
    /// What it shows, in a sentence.
    pub label: String,
    pub content: Markup,
}

impl Figure {
    /// The figure on a page. `class`: `on-wide`, `on-narrow`, or nothing.
    pub fn on_page(&self, class: &str) -> Markup {
        let view = format!("0 0 {} {}", self.width, self.height);
        html! { svg class={ "plot " (class) } viewBox=(view) role="img" aria-label=(self.label) { (self.content) } }
    }

    /// The figure as a file of its own, under a title, with a line that says where it is from.
    pub fn file(&self, title: &str, source: &str) -> String {
        let (width, height) = (self.width + 2.0 * MARGIN, self.height + 2.0 * MARGIN + HEAD + TAIL);
        let svg = html! {
            svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } {
                title { (self.label) }
                style { (PreEscaped(STYLE)) }
                (PreEscaped(DEFS))
                rect width=(width) height=(height) fill="#fbfbf9" {}
                text class="title" x=(MARGIN) y=(MARGIN + 12.0) { (title) }
                g transform={ "translate(" (MARGIN) " " (MARGIN + HEAD) ")" } { (self.content) }
                text x=(MARGIN) y=(height - MARGIN) { (source) }
            }
        };
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", svg.render().into_string())
    }
}

/// The fonts of a PNG: one that is part of the program, so that it looks the same everywhere, and those of the system for
/// scripts that it has not.
static FONTS: LazyLock<Arc<resvg::usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = resvg::usvg::fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../assets/figures.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../assets/figures-bold.ttf").to_vec());
    fonts.load_system_fonts();
    Arc::new(fonts)
});

/// An SVG file of ours as PNG; `None` where it is too large to draw.
pub(crate) fn png(svg: &str) -> Option<Vec<u8>> {
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: "Onrecord Figures".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size();
    let mut picture = Pixmap::new((size.width() * SCALE) as u32, (size.height() * SCALE) as u32)?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture.encode_png().ok()
}
