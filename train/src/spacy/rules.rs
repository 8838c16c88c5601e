//! Tokenizer exceptions and the attribute ruler's patterns, as lines of text.

use super::package::{SpacyPackage, get, text};
use onrecord_tensors::WeightsWriter;
use rmpv::Value;

/// spaCy's numbers of the attributes that an exception may set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

pub fn write(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    let tokenizer = package.messages("tokenizer")?;
    let exceptions = get(&tokenizer, "exceptions").and_then(Value::as_map).ok_or("tokenizer: no exceptions")?;
    let mut records = Vec::new();
    for (_, tokens) in exceptions {
        let mut record = Vec::new();
        for token in tokens.as_array().ok_or("an exception is not a list")? {
            let value = |attribute: u64| {
                let of = |(key, _): &&(Value, Value)| key.as_u64() == Some(attribute);
                token.as_map()?.iter().find(of).and_then(|(_, value)| value.as_str())
            };
            record.push(value(ORTH).ok_or("an exception has no ORTH")?);
            record.push(value(NORM).unwrap_or(""));
        }
        records.push(record.join("\x1f"));
    }
    to.text("tokenizer/exceptions", &records.join("\x1e"));
    let bytes = package.bytes("attribute_ruler/patterns")?;
    let message = super::package::unpack(&bytes).ok_or("attribute_ruler/patterns is not MessagePack")?;
    let mut lines = Vec::new();
    for rule in message.as_array().ok_or("attribute_ruler/patterns is not a list")? {
        for pattern in get(rule, "patterns").and_then(Value::as_array).ok_or("a rule has no patterns")? {
            lines.push(line(rule, pattern)?);
        }
    }
    to.text("ruler", &lines.join("\n"));
    Ok(())
}

/// One pattern and what it sets: fields separated by tabs, each a letter and values.
fn line(rule: &Value, pattern: &Value) -> Result<String, String> {
    let mut fields = Vec::new();
    for (at, token) in pattern.as_array().ok_or("a pattern is not a list")?.iter().enumerate() {
        if at > 0 {
            fields.push("next".to_owned());
        }
        for (key, value) in token.as_map().ok_or("a pattern's token is not a map")? {
            let key = key.as_str().ok_or("a key is not text")?;
            fields.push(match (key, value) {
                ("IS_SPACE", Value::Boolean(is)) => format!("space\x1f{is}"),
                ("TAG" | "LOWER" | "DEP", value) => condition(&key.to_lowercase(), value)?,
                _ => return Err(format!("the attribute ruler asks for {key}, which is not known here")),
            });
        }
    }
    for (key, value) in get(rule, "attrs").and_then(Value::as_map).ok_or("a rule sets nothing")? {
        let (key, value) = (key.as_str().unwrap_or(""), value.as_str().ok_or("a rule sets no text")?);
        // "_" is how spaCy writes no features at all.
        let value = if key == "MORPH" && value == "_" { "" } else { value };
        fields.push(format!("={}\x1f{value}", key.to_lowercase()));
    }
    let index = get(rule, "index").and_then(Value::as_u64).ok_or("a rule has no index")?;
    fields.push(format!("index\x1f{index}"));
    Ok(fields.join("\t"))
}

fn condition(key: &str, value: &Value) -> Result<String, String> {
    if let Some(value) = value.as_str() {
        return Ok(format!("{key}\x1f{value}"));
    }
    for (test, sign) in [("IN", ""), ("NOT_IN", "!")] {
        if let Some(values) = get(value, test).and_then(Value::as_array) {
            let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            return Ok(format!("{sign}{key}\x1f{}", values.join("\x1f")));
        }
    }
    // The few regular expressions of the model match two strings each.
    let strings = match text(value, "REGEX")? {
        "^n'?t$" => ["nt", "n't"],
        "^n[ou]thin'$" => ["nothin'", "nuthin'"],
        "^y'?$" => ["y", "y'"],
        other => return Err(format!("the attribute ruler asks for /{other}/, which is not known here")),
    };
    Ok(format!("{key}\x1f{}", strings.join("\x1f")))
}
