//! The values that a line may have in fields of a fixed list, for its JSON Schema.

use onrecord_document::{
    Act, BlockKind, BylineKind, Genre, Iob, MentionForm, MentionSense, NameKind, SourceKind, Stage, StatementForm,
    Terms,
};
use schemars::{Schema, SchemaGenerator, json_schema};

fn one_of(names: impl IntoIterator<Item = &'static str>) -> Schema {
    let names: Vec<&str> = names.into_iter().collect();
    json_schema!({ "type": "string", "enum": names })
}

pub(crate) fn block_kind(_: &mut SchemaGenerator) -> Schema {
    one_of(BlockKind::ALL.iter().map(|kind| kind.name()))
}

pub(crate) fn form(_: &mut SchemaGenerator) -> Schema {
    one_of(StatementForm::ALL.iter().map(|form| form.name()))
}

pub(crate) fn act(_: &mut SchemaGenerator) -> Schema {
    one_of(Act::ALL.iter().map(|act| act.name()))
}

pub(crate) fn source_kind(_: &mut SchemaGenerator) -> Schema {
    one_of(SourceKind::ALL.iter().map(|kind| kind.name()))
}

pub(crate) fn terms(_: &mut SchemaGenerator) -> Schema {
    one_of(Terms::ALL.iter().map(|terms| terms.name()))
}

pub(crate) fn name_kind(_: &mut SchemaGenerator) -> Schema {
    one_of(NameKind::ALL.iter().map(|kind| kind.name()))
}

pub(crate) fn mention_form(_: &mut SchemaGenerator) -> Schema {
    one_of(MentionForm::ALL.iter().map(|form| form.name()))
}

pub(crate) fn mention_sense(_: &mut SchemaGenerator) -> Schema {
    one_of(MentionSense::ALL.iter().map(|sense| sense.name()))
}

pub(crate) fn byline_kind(_: &mut SchemaGenerator) -> Schema {
    one_of([BylineKind::Person, BylineKind::Agency, BylineKind::Outlet].map(BylineKind::name))
}

pub(crate) fn stage(_: &mut SchemaGenerator) -> Schema {
    one_of(Stage::ALL.map(Stage::name))
}

pub(crate) fn genre(_: &mut SchemaGenerator) -> Schema {
    let genres =
        [Genre::News, Genre::Opinion, Genre::Analysis, Genre::Live, Genre::Interview, Genre::Release, Genre::Other];
    json_schema!({ "anyOf": [one_of(genres.map(Genre::name)), { "type": "null" }] })
}

pub(crate) fn iob(_: &mut SchemaGenerator) -> Schema {
    one_of([Iob::Begins, Iob::Inside, Iob::Outside].map(Iob::name))
}
