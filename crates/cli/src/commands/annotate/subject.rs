//! What is written about, and writing it.

use crate::args::Signed;
use crate::exit::Exit;
use crate::print::output;
use crate::run::store::{self, failed};
use onrecord_archive::{Anchor, Archive, Error, Listed, Result, Writer};
use onrecord_document::Document;

/// Opens the archive, writes something to it, and prints what `act` returns.
pub fn write(signed: &Signed, act: impl FnOnce(&mut Writer) -> Result<String>) -> Exit {
    let mut writer = match store::existing(&signed.archive) {
        Ok(writer) => writer,
        Err(exit) => return exit,
    };
    match act(&mut writer).and_then(|out| writer.finish().map(|()| out)) {
        Ok(out) => output::print(out.as_bytes()),
        Err(error) => failed(error),
    }
}

/// The latest version of an article, by address or page hash.
pub fn article(archive: &Archive, what: &str) -> Result<(Listed, Document)> {
    let unknown = || Error::Unknown(format!("the archive has no page with the hash or address {what}"));
    let listed = archive.meant(what)?.pop().ok_or_else(unknown)?;
    let document = archive.document(listed.id)?;
    Ok((listed, document))
}

/// The place of a statement, by its number from 1 or its id.
pub fn anchor(document: &Document, listed: &Listed, called: &str) -> Result<Anchor> {
    let (_, statement) = document.statement_called(called).ok_or_else(|| {
        let has = match document.statements().len() {
            0 => "no statements".to_owned(),
            1 => "statement 1".to_owned(),
            number => format!("statements 1 to {number}"),
        };
        Error::Unknown(format!("{} has no statement {called}; it has {has}", listed.name))
    })?;
    Ok(Anchor::statement(document, statement))
}
