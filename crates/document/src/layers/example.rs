//! A layer to copy from. The row of a real one stands in the table of `mod.rs`, its item in a file beside this one.

use super::parts::{Annotation, PartReader, PartWriter};
use super::{AnyLayer, Layer, LayerSet, Shown, StoredLayer};
use crate::{Producer, Stage};
use onrecord_span::{ContentId, PageBytes, Span, Text};
use std::collections::VecDeque;

/// What the weather was, and where the article says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Weather {
    /// The words that say it.
    pub span: Span<Text>,
    /// Whether it was raining.
    pub is_wet: bool,
}

impl Annotation for Weather {
    fn write(&self, out: &mut dyn PartWriter) {
        out.span(self.span);
        out.flag(self.is_wet);
    }

    fn read(from: &mut dyn PartReader) -> Option<Self> {
        Some(Weather { span: from.span()?, is_wet: from.flag()? })
    }
}

layers! {
    /// What the weather was.
    weather: Layer<Weather>, Weather, Facts, stored, OnRequest;
}

/// Parts in memory; an archive has bytes.
#[derive(Default)]
struct PartList {
    bytes: VecDeque<u64>,
    spans: VecDeque<Span<Text>>,
}

impl PartWriter for PartList {
    fn number(&mut self, number: u64) {
        self.bytes.push_back(number);
    }

    fn byte(&mut self, byte: u8) {
        self.bytes.push_back(byte.into());
    }

    fn span(&mut self, span: Span<Text>) {
        self.spans.push_back(span);
    }

    fn real(&mut self, _: f32) {}

    fn id(&mut self, _: ContentId) {}

    fn words(&mut self, _: &str) {}
}

impl PartReader for PartList {
    fn number(&mut self) -> Option<u64> {
        self.bytes.pop_front()
    }

    fn byte(&mut self) -> Option<u8> {
        u8::try_from(self.bytes.pop_front()?).ok()
    }

    fn span(&mut self) -> Option<Span<Text>> {
        self.spans.pop_front()
    }

    fn real(&mut self) -> Option<f32> {
        None
    }

    fn id(&mut self) -> Option<ContentId> {
        None
    }

    fn words(&mut self) -> Option<&str> {
        None
    }

    fn left(&self) -> usize {
        self.bytes.len()
    }
}

#[test]
fn a_row_gives_a_layer_its_name_its_place_and_its_way_into_archives() {
    assert_eq!(LayerKind::Weather.name(), "weather");
    assert_eq!(LayerKind::Weather.stage(), Stage::Facts);
    assert_eq!(LayerKind::Weather.shown(), Shown::OnRequest);
    assert!(LayerKind::Weather.is_stored());

    let mut words = onrecord_span::Traced::new();
    words.push_verbatim("It rained.", 0..10);
    let page = PageBytes::new(b"It rained.".to_vec()).unwrap();
    let capture = crate::Capture::new("a.txt", page, crate::Media::Text);
    let document = crate::Draft::over_text(words).finish(capture, &onrecord_span::Utf8);
    let rain = Weather { span: document.span(3..9).unwrap(), is_wet: true };
    let producer = Producer::new("example", "1");
    let layers = Layers { weather: Some(Layer::new(producer.clone(), vec![rain.clone()])) };

    let mut parts = PartList::default();
    layers.write(LayerKind::Weather, &mut parts);
    let mut read = Layers::default();
    assert_eq!(read.read(LayerKind::Weather, producer, LayerSet::NONE, &mut parts), Some(()));
    assert_eq!(read.weather.unwrap().items, [rain]);
    assert_eq!(layers.get(LayerKind::Weather).map(AnyLayer::count), Some(1));
    let mut emptied = layers;
    LayerKind::ALL.iter().for_each(|kind| emptied.remove(*kind));
    assert!(emptied.weather.is_none());
}
