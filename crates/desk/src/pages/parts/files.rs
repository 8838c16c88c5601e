//! Figures as files.

use crate::call::Call;
use crate::failure::{Answer, Failure};
use crate::figures::{self, Figure};
use crate::server::{Content, Response};
use onrecord_views::words;

/// A figure as SVG, under its title, with the archive that it was made from.
pub(crate) fn svg(call: &Call<'_>, name: &str, figure: &Figure, title: &str) -> Answer {
    let file = figure.file(title, &source(call));
    Ok(Response::file("image/svg+xml", name, Content::bytes(file)))
}

/// The same as PNG.
pub(crate) fn png(call: &Call<'_>, name: &str, figure: &Figure, title: &str) -> Answer {
    let picture = figures::png(&figure.file(title, &source(call)));
    let picture = picture.ok_or_else(|| Failure::Misused("This plot is too large for a picture.".to_owned()))?;
    Ok(Response::file("image/png", name, Content::bytes(picture)))
}

/// The line under a figure that says where it is from.
fn source(call: &Call<'_>) -> String {
    let foot = call.foot();
    format!(
        "Onrecord {}, archive {}: {}, {}.",
        env!("CARGO_PKG_VERSION"),
        foot.name,
        words::counted(foot.articles, "article"),
        words::counted(foot.statements, "statement")
    )
}
