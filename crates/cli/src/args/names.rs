//! Names of stages and layers.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use onrecord_document::{LayerKind, Shown, Stage};
use onrecord_record::Show;

/// What version 1 called the layer `names`.
const CHAINS: &str = "chains";

/// Parses the name of the stage after which reading stops.
pub fn last_stage() -> impl TypedValueParser<Value = Stage> {
    PossibleValuesParser::new(Stage::LAST.map(|stage| {
        PossibleValue::new(stage.name()).help(match stage {
            Stage::Intake | Stage::Article => "Text, blocks and fields",
            Stage::Language => "Also sentences, and on request tokens and entities",
            Stage::Facts => "Also statements and who made them",
        })
    }))
    .map(|name| Stage::named(&name).unwrap_or(Stage::Facts))
}

/// Parses the name of a layer that is printed on request. A layer that is always printed may be named too, which changes
/// nothing.
pub fn layer_name() -> impl TypedValueParser<Value = String> {
    let always = LayerKind::ALL.iter().filter(|kind| kind.shown() == Shown::Always).map(|kind| kind.name());
    let hidden = always.chain([CHAINS]).map(|name| PossibleValue::new(name).hide(true));
    PossibleValuesParser::new(Show::names().map(PossibleValue::new).chain(hidden))
}
