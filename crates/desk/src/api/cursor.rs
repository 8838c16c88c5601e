//! Where a page of a list ended, as text that a later request brings back.

use crate::failure::Failure;
use crate::server::Request;
use onrecord_search::Cursor;

/// What is said of a cursor that the API never gave.
pub(super) fn unknown() -> Failure {
    Failure::Misused("This is no cursor: `after` takes what the page before gave as `next`.".to_owned())
}

/// The cursor behind a speaker: lists of speakers are ordered by statements, then by name, so that a page begins behind
/// this one whatever was added before it.
pub(super) fn of_speaker(statements: u64, name: &str) -> String {
    format!("{statements}-{name}")
}

/// The statements and the name of a speaker's cursor.
pub(super) fn speaker(cursor: &str) -> Result<(u64, String), Failure> {
    let (statements, name) = cursor.split_once('-').ok_or_else(unknown)?;
    Ok((statements.parse().map_err(|_| unknown())?, name.to_owned()))
}

/// The cursor of a search.
pub(super) fn of_search(request: &Request) -> Result<Option<String>, Failure> {
    match request.asked("after") {
        Some(after) if Cursor::parse(after).is_none() => Err(unknown()),
        after => Ok(after.map(str::to_owned)),
    }
}

/// The cursor of a list in which places are counted.
pub(super) fn place(cursor: &str) -> Result<usize, Failure> {
    cursor.parse().map_err(|_| unknown())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_is_found_again_by_its_cursor() {
        let found = speaker(&of_speaker(12, "Tomá-š Adler")).ok();
        assert_eq!(found, Some((12, "Tomá-š Adler".to_owned())));
        assert!(speaker("Adler").is_err());
        assert!(speaker("x-Adler").is_err());
        assert!(place("-1").is_err());
    }
}
