//! Parses JSON lines of `{"id", "text"}` from standard input and prints what `onrecord parse` prints for each, to look at the
//! core alone. An argument names a file of other weights.

use onrecord_language::{Model, Scratch};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let other = match std::env::args().nth(1) {
        Some(file) => Some(Model::load(&std::fs::read(file)?).map_err(std::io::Error::other)?),
        None => None,
    };
    let model = other.as_ref().unwrap_or_else(|| Model::english());
    let mut scratch = Scratch::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let text = line["text"].as_str().unwrap_or("");
        let parse = model.parse(text, &mut scratch);
        // Offsets are code points: counted once, from left to right.
        let mut points = vec![0_u32; text.len() + 1];
        let mut count = 0;
        for (at, point) in points.iter_mut().enumerate() {
            *point = count;
            count += u32::from(at < text.len() && text.is_char_boundary(at + 1));
        }
        let span = |range: std::ops::Range<usize>| json!([points[range.start], points[range.end]]);
        let tokens: Vec<Value> = parse
            .tokens
            .iter()
            .map(|token| {
                json!({
                    "span": span(token.range()), "norm": parse.word(token.norm), "tag": model.label(token.tag),
                    "pos": model.label(token.pos), "morph": model.label(token.morph), "lemma": parse.word(token.lemma),
                    "head": token.head, "dep": model.label(token.dep), "ent_iob": token.ent_iob.name(),
                    "ent_type": model.label(token.ent_type), "sent_start": token.sent_start,
                })
            })
            .collect();
        let spans =
            |ranges: &[std::ops::Range<u32>]| ranges.iter().map(|range| span(parse.bytes(range))).collect::<Vec<_>>();
        let entities: Vec<Value> = parse
            .entities
            .iter()
            .map(|entity| json!({"span": span(parse.bytes(&entity.tokens)), "label": model.label(entity.label)}))
            .collect();
        let line = json!({
            "id": line["id"], "tokens": tokens, "sentences": spans(&parse.sentences), "entities": entities,
            "noun_chunks": spans(&parse.noun_chunks),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
