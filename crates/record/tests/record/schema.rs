//! Types, schema and lines say the same.

use crate::support::{PRODUCERS, document};
use onrecord_document::{Note, Stage};
use onrecord_record::{Line, Show, schema};
use serde_json::Value;

#[test]
fn the_kept_schema_is_the_one_that_the_types_give() {
    let kept: Value = serde_json::from_str(include_str!("../../schema/onrecord-2.schema.json")).unwrap();
    assert!(
        kept == schema(),
        "run: cargo run -p onrecord-record --example schema > crates/record/schema/onrecord-2.schema.json"
    );
}

#[test]
fn lines_fit_the_schema() {
    let schema = schema();
    let note = Note::new(Stage::Intake, "empty", "is empty");
    let document = document();
    for line in [
        Line::of(&document, &Show::all(), &PRODUCERS),
        Line::of(&document, &Show::default(), &PRODUCERS),
        Line::unreadable("a", &note, Some(0)),
    ] {
        let line = serde_json::to_value(&line).unwrap();
        assert_eq!(misfit(&schema, &schema, &line), None);
    }
}

#[test]
fn what_does_not_fit_is_seen() {
    let schema = schema();
    let good = serde_json::to_value(Line::of(&document(), &Show::all(), &PRODUCERS)).unwrap();
    let changes: [(&str, Value); 6] = [
        ("/id", Value::Null),
        ("/schema", "onrecord/1".into()),
        ("/blocks/0/kind", "advert".into()),
        ("/statements/0/content/0", serde_json::json!([1, 2, 3])),
        ("/statements/0/sourcing/terms", Value::Null),
        ("/statements/0/confidence", 1.5.into()),
    ];
    for (pointer, value) in changes {
        let mut line = good.clone();
        *line.pointer_mut(pointer).unwrap() = value;
        assert!(misfit(&schema, &schema, &line).is_some(), "{pointer} may be anything");
    }
    let mut line = good.clone();
    line["extra"] = true.into();
    assert!(misfit(&schema, &schema, &line).is_some());
    let mut line = good;
    line.as_object_mut().unwrap().remove("notes");
    assert!(misfit(&schema, &schema, &line).is_some());
}

/// Why a value doesn't fit a schema. Knows the keywords of JSON Schema 2020-12 that ours uses, and no other.
fn misfit(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    let schema = match schema {
        Value::Bool(true) => return None,
        Value::Object(schema) => schema,
        other => return Some(format!("no schema: {other}")),
    };
    let items = || value.as_array().into_iter().flatten();
    schema.iter().find_map(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "title" | "description" | "format" | "$defs" | "default" => None,
        "$ref" => match rule.as_str().and_then(|path| root.pointer(path.trim_start_matches('#'))) {
            Some(schema) => misfit(root, schema, value),
            None => Some(format!("{rule} leads nowhere")),
        },
        "anyOf" => {
            let fits = rule.as_array()?.iter().any(|one| misfit(root, one, value).is_none());
            (!fits).then(|| format!("{value} fits none of {rule}"))
        }
        "type" => {
            let is = |name: &Value| match name.as_str() {
                Some("object") => value.is_object(),
                Some("array") => value.is_array(),
                Some("string") => value.is_string(),
                Some("integer") => value.is_u64() || value.is_i64(),
                Some("number") => value.is_number(),
                Some("boolean") => value.is_boolean(),
                Some("null") => value.is_null(),
                _ => false,
            };
            let fits = rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is));
            (!fits).then(|| format!("{value} is not of type {rule}"))
        }
        "const" => (value != rule).then(|| format!("{value} is not {rule}")),
        "enum" => (!rule.as_array()?.contains(value)).then(|| format!("{value} is none of {rule}")),
        "required" => {
            let absent = rule.as_array()?.iter().find(|key| key.as_str().is_some_and(|key| value.get(key).is_none()));
            absent.map(|key| format!("{key} is absent"))
        }
        "properties" => rule.as_object()?.iter().find_map(|(key, rule)| misfit(root, rule, value.get(key)?)),
        "additionalProperties" => {
            let known = schema.get("properties").and_then(Value::as_object);
            let others = value
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(key, _)| !known.is_some_and(|known| known.contains_key(*key)));
            others.into_iter().find_map(|(key, value)| match rule {
                Value::Bool(false) => Some(format!("{key} is not known")),
                rule => misfit(root, rule, value),
            })
        }
        "items" => items().find_map(|item| misfit(root, rule, item)),
        "minItems" => {
            (value.is_array() && (items().count() as u64) < rule.as_u64()?).then(|| format!("{value} is too short"))
        }
        "maxItems" => {
            (value.is_array() && (items().count() as u64) > rule.as_u64()?).then(|| format!("{value} is too long"))
        }
        "minimum" => (value.as_f64()? < rule.as_f64()?).then(|| format!("{value} is under {rule}")),
        "maximum" => (value.as_f64()? > rule.as_f64()?).then(|| format!("{value} is over {rule}")),
        "pattern" => {
            // "^[0-9a-f]{N}$" is the only form of pattern.
            let length: usize = rule.as_str()?.strip_prefix("^[0-9a-f]{")?.strip_suffix("}$")?.parse().ok()?;
            let digits = value.as_str()?;
            let fits = digits.len() == length && digits.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
            (!fits).then(|| format!("{value} does not match {rule}"))
        }
        other => Some(format!("unknown keyword {other}")),
    })
}
