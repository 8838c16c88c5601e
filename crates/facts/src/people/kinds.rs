//! What a source is, as its own words tell: somebody, a body, an outlet, a document.

use super::cast::Cast;
use crate::words::lexicon::*;
use crate::words::lists::words_of;
use crate::words::phrase::{Phrase, PhraseKind};
use crate::words::tokens::{LexicalToken, bare};
use onrecord_document::SourceKind;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a source is, told by its own words.
pub(crate) fn kind(tokens: &[LexicalToken], buffer: &str, phrase: &Phrase, cast: &Cast) -> SourceKind {
    let own = kind_of_one(tokens, buffer, phrase, cast);
    // "its chief investigator, Anders Quill" is somebody, "the state news agency, Vesinform" is no person.
    let body = matches!(own, SourceKind::OtherMedia | SourceKind::NamedOrganisation);
    if let Some(apposition) = &phrase.apposition
        && phrase.kind == PhraseKind::Noun
        && !body
    {
        return kind_of_one(tokens, buffer, apposition, cast);
    }
    match &phrase.and {
        Some(second) => match (own, kind_of_one(tokens, buffer, second, cast)) {
            (one, two) if one == two && one != SourceKind::UnnamedPerson => one,
            (SourceKind::NamedOrganisation, SourceKind::NamedPerson) => SourceKind::NamedOrganisation,
            (SourceKind::NamedPerson, SourceKind::NamedOrganisation) => SourceKind::NamedPerson,
            _ => SourceKind::UnnamedGroup,
        },
        None => own,
    }
}

fn kind_of_one(tokens: &[LexicalToken], buffer: &str, phrase: &Phrase, cast: &Cast) -> SourceKind {
    match phrase.kind {
        PhraseKind::Pronoun => match tokens[phrase.first].text(buffer).to_lowercase().as_str() {
            "they" | "we" => SourceKind::UnnamedGroup,
            _ => SourceKind::UnnamedPerson,
        },
        PhraseKind::Name => kind_of_name(tokens, buffer, phrase, cast),
        PhraseKind::Noun => kind_of_noun(tokens, buffer, phrase),
    }
}

/// A person, an organisation or an outlet.
///
/// In order: a title or a role before the name is a person's ("harbour master Ingrid Solheim"); words of outlets ("the
/// Ledger") and of organisations ("Lorne University"); initials ("the MAB"); a name with an article ("the Kremlin"); a
/// name that stands before somebody's role elsewhere ("Calder Line boss"); a single name that no full name of the
/// article ends with and that is a party, a people or a plural that opens a sentence ("Republicans", "Demonstrators"), that
/// things happen *in* ("in Toren"), that the language core takes for a body ("Halveron") or that owns what only bodies have
/// ("Toren’s parliament"); everything else is a person.
fn kind_of_name(tokens: &[LexicalToken], buffer: &str, phrase: &Phrase, cast: &Cast) -> SourceKind {
    let Some((start, end)) = phrase.name else { return SourceKind::NamedPerson };
    let lead = &tokens[phrase.first..start];
    let name = &tokens[start..end];
    if lead.iter().any(|token| token.has(TITLE | ROLE)) && !name.iter().any(|token| token.has(ORGANISATION)) {
        return SourceKind::NamedPerson;
    }
    let the = lead.first().is_some_and(|token| token.has(DETERMINER));
    let last = &name[name.len() - 1];
    let last_text = last.text(buffer);
    let words = bare(&buffer[name[0].start as usize..last.end as usize]);
    // "The Meridian", "the state broadcaster NPB".
    if the && cast.is_outlet(words) || lead.iter().any(|token| token.has(MEDIA_HEAD)) || is_news_agency(name, buffer) {
        return SourceKind::OtherMedia;
    }
    let capitals = last_text.chars().filter(|char| char.is_alphabetic()).all(char::is_uppercase) && last_text.len() > 1;
    if last.has(MEDIA_NAME)
        && (the || capitals || name.len() > 1 && !is_first_name_like(last_text) || is_outlet(last_text))
    {
        return SourceKind::OtherMedia;
    }
    if name.iter().any(|token| token.has(ORGANISATION)) || lead.iter().any(|token| token.has(ORGANISATION)) {
        return SourceKind::NamedOrganisation;
    }
    if (capitals && name.len() == 1) || the {
        return SourceKind::NamedOrganisation;
    }
    if cast.is_organisation(words) && !(name.len() == 1 && cast.is_surname(words)) {
        return SourceKind::NamedOrganisation;
    }
    let group = cast.labels.is_group(words) || last.has(ROLES);
    if name.len() == 1 && group && !cast.is_surname(words) {
        return SourceKind::UnnamedGroup;
    }
    let speaks_for_itself = cast.is_place(words) || cast.labels.is_body(words) || cast.owns_as_body(words);
    if name.len() == 1 && speaks_for_itself && !cast.is_surname(words) {
        return SourceKind::NamedOrganisation;
    }
    SourceKind::NamedPerson
}

/// "Continental Press Agency", "the state news agency".
fn is_news_agency(words: &[LexicalToken], buffer: &str) -> bool {
    let [.., what, agency] = words else { return false };
    let is =
        |token: &LexicalToken, words: &[&str]| words.iter().any(|word| token.text(buffer).eq_ignore_ascii_case(word));
    is(agency, &["agency", "agencies"]) && is(what, &["news", "press"])
}

/// Words of outlets' names that are surnames too, and names of outlets that need no article.
static OUTLETS: LazyLock<[HashSet<&'static str>; 2]> =
    LazyLock::new(|| ["surname", "alone"].map(|class| words_of(include_str!("../../data/en/outlets.txt"), class)));

/// Outlets' words that are surnames too.
fn is_first_name_like(word: &str) -> bool {
    OUTLETS[0].contains(word)
}

/// Outlets that need no article.
fn is_outlet(word: &str) -> bool {
    OUTLETS[1].contains(word)
}

pub(crate) fn kind_of_noun(tokens: &[LexicalToken], buffer: &str, phrase: &Phrase) -> SourceKind {
    let first = tokens[phrase.first].text(buffer).to_lowercase();
    let head = &tokens[phrase.head];
    let lead = &tokens[phrase.first..=phrase.head];
    if first == "one" || first == "another" {
        return SourceKind::UnnamedPerson;
    }
    // "three officials", "the two".
    let counted = lead.iter().take(2).any(|token| token.number.is_some_and(|number| number > 1));
    if counted && !head.has(DOCUMENT)
        || ["some", "many", "several", "few", "both", "others", "all", "most"].contains(&first.as_str())
    {
        return SourceKind::UnnamedGroup;
    }
    let single = ["a", "an", "each", "this", "that"].contains(&first.as_str());
    match () {
        () if head.has(ROLES) && !single => SourceKind::UnnamedGroup,
        () if head.has(ROLE) && !head.has(DOCUMENT | ORGANISATION) => SourceKind::UnnamedPerson,
        () if head.has(DOCUMENT) => SourceKind::Document,
        () if head.has(MEDIA_HEAD) || is_news_agency(lead, buffer) => SourceKind::OtherMedia,
        () if head.has(ORGANISATION) => SourceKind::NamedOrganisation,
        () if head.text(buffer).ends_with('s') && !single => SourceKind::UnnamedGroup,
        () => SourceKind::UnnamedPerson,
    }
}
