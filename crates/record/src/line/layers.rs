//! The layers of a line: under which key each stands, what its items look like, and where they were read.
//!
//! The table below is all that a line knows of layers. Whether a layer is always printed, printed on request or never is
//! said by the table of layers in the document crate.

use super::evidence::Evidence;
use super::names::{NameLine, name_evidence};
use super::statements::{StatementLine, statement_evidence};
use super::tokens::{EntityLine, TokenLines};
use super::wording::Wording;
use crate::{CodePoints, Show};
use onrecord_document::{Document, LayerKind, Shown};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::sync::Arc;

/// Makes [`LayerLines`] from rows of a key, the kind of layer, the shape of its items, how they are made of a
/// [`LayerSource`], and what adds their evidence.
macro_rules! layer_lines {
    ($($(#[doc = $doc:literal])* $key:ident: $kind:ident, [$shape:ty], $make:expr, $evidence:expr;)*) => {
        /// The layers that are printed of a document, each under its own key in the line.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct LayerLines<'a> {
            $($(#[doc = $doc])* pub $key: Option<$shape>,)*
        }

        impl<'a> LayerLines<'a> {
            /// The layers that `show` asks for. One that was not made is empty.
            pub(super) fn of(source: &LayerSource<'a>, show: &Show) -> Self {
                LayerLines { $($key: show.shows(LayerKind::$kind).then(|| $make(source)),)* }
            }

            /// Adds where the items of every layer were read.
            pub(super) fn add_evidence(document: &Document, evidence: &mut Evidence) {
                $($evidence(document, evidence);)*
            }
        }

        impl Serialize for LayerLines<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(match &self.$key {
                    Some(layer) => map.serialize_entry(stringify!($key), layer)?,
                    None if LayerKind::$kind.shown() == Shown::Always => {
                        map.serialize_entry(stringify!($key), &[(); 0])?;
                    }
                    None => {}
                })*
                map.end()
            }
        }

        impl<'a> JsonSchema for LayerLines<'a> {
            fn schema_name() -> Cow<'static, str> {
                "Layers".into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let mut properties = Map::new();
                let mut required = Vec::new();
                $({
                    let mut shape = generator.subschema_for::<$shape>();
                    let about = concat!($($doc),*).trim();
                    if !about.is_empty() {
                        shape.insert("description".to_owned(), about.into());
                    }
                    properties.insert(stringify!($key).to_owned(), shape.into());
                    if LayerKind::$kind.shown() == Shown::Always {
                        required.push(json!(stringify!($key)));
                    }
                })*
                let (properties, required) = (Value::Object(properties), Value::Array(required));
                json_schema!({ "type": "object", "properties": properties, "required": required })
            }
        }
    };
}

layer_lines! {
    /// Who said what.
    statements: Statements, [Vec<StatementLine<'a>>], |source: &LayerSource<'a>| source.wording().statements(), statement_evidence;
    /// Everybody to whom something is attributed, once each.
    names: Names, [Vec<NameLine<'a>>], |source: &LayerSource<'a>| source.wording().names(), name_evidence;
    /// The sentences, which cover every block.
    sentences: Sentences, [Vec<[u32; 2]>], sentences, no_evidence;
    /// Of body, headline, standfirst, bylines and captions; of what repeats an earlier block none.
    entities: Entities, [Vec<EntityLine<'a>>], entities, no_evidence;
    /// Of the same blocks as entities. Each block is parsed as a text of its own.
    tokens: Tokens, [TokenLines<'a>], |source: &LayerSource<'a>| TokenLines::of(source.document, &source.points), no_evidence;
}

/// What the shapes of layers are made of.
pub(super) struct LayerSource<'a> {
    pub document: &'a Document,
    pub points: Arc<CodePoints<'a>>,
}

impl<'a> LayerSource<'a> {
    fn wording(&self) -> Wording<'a, '_> {
        Wording { buffer: self.document.buffer(), layers: &self.document.layers, points: &self.points }
    }
}

fn sentences(source: &LayerSource<'_>) -> Vec<[u32; 2]> {
    source.document.layers.sentences.iter().flat_map(|layer| source.points.spans(&layer.items)).collect()
}

fn entities<'a>(source: &LayerSource<'a>) -> Vec<EntityLine<'a>> {
    source.document.entities().map(|entity| EntityLine::of(entity, &source.points)).collect()
}

/// For layers whose items are spans themselves: they say where they were read.
fn no_evidence(_: &Document, _: &mut Evidence) {}

/// A layer to copy from. The row of a real one stands in the table above.
#[cfg(test)]
mod example {
    use super::*;
    use onrecord_document::{Capture, Draft, Layer, Media, Producer};
    use onrecord_span::{PageBytes, Traced, Utf8};

    /// One item as the output has it.
    #[derive(Clone, Debug, PartialEq, serde::Serialize, JsonSchema)]
    #[schemars(deny_unknown_fields, rename = "Weather")]
    pub struct WeatherLine<'a> {
        span: [u32; 2],
        words: &'a str,
    }

    // Sentences stand in for a kind of layer that only this example has.
    layer_lines! {
        /// What the weather was.
        weather: Sentences, [Vec<WeatherLine<'a>>], weather, weather_evidence;
    }

    fn weather<'a>(source: &LayerSource<'a>) -> Vec<WeatherLine<'a>> {
        let items = source.document.layers.sentences.iter().flat_map(|layer| &layer.items);
        let line = |item| WeatherLine { span: source.points.span(item), words: source.document.words(item) };
        items.copied().map(line).collect()
    }

    fn weather_evidence(document: &Document, evidence: &mut Evidence) {
        for (nth, item) in document.layers.sentences.iter().flat_map(|layer| &layer.items).enumerate() {
            evidence.add_words(format!("/weather/{nth}/span"), document, &[*item]);
        }
    }

    #[test]
    fn a_row_gives_a_layer_its_key_its_shape_and_its_evidence() {
        let words = "It rained.";
        let mut traced = Traced::new();
        traced.push_verbatim(words, 0..words.len() as u32);
        let page = PageBytes::new(words.as_bytes().to_vec()).unwrap();
        let mut document = Draft::over_text(traced).finish(Capture::new("a.txt", page, Media::Text), &Utf8);
        let rain = document.span(3..9).unwrap();
        document.layers.sentences = Some(Layer::new(Producer::new("example", "1"), vec![rain]));

        let source = LayerSource { document: &document, points: Arc::new(CodePoints::of(document.text())) };
        let lines = LayerLines::of(&source, &Show::all());
        assert_eq!(serde_json::to_string(&lines).unwrap(), r#"{"weather":[{"span":[3,9],"words":"rained"}]}"#);
        assert_eq!(serde_json::to_string(&LayerLines::of(&source, &Show::default())).unwrap(), "{}");
        let mut evidence = Evidence::default();
        LayerLines::add_evidence(&document, &mut evidence);
        assert_eq!(evidence.entries(), [("/weather/0/span".to_owned(), vec![[3, 9]])]);
        let schema = schemars::schema_for!(LayerLines<'static>);
        assert_eq!(schema.pointer("/properties/weather/description"), Some(&"What the weather was.".into()));
    }
}
