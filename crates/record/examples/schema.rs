//! Prints the JSON Schema of a line:
//! `cargo run -p onrecord-record --example schema > crates/record/schema/onrecord-2.schema.json`

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&onrecord_record::schema())?);
    Ok(())
}
