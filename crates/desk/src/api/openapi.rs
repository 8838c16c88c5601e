//! The API as an OpenAPI 3.1 document, made from the table of operations and the types that are answered.

use super::operation::{Gives, Operation, Query, Sent, Takes};
use super::problem::Problem;
use crate::acts::Correction;
use crate::call::HttpMethod;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

const DESCRIPTION: &str = "What the desk shows, as JSON. An operation is at the address of the page that shows the same, with \
    `/api/v1` in front. Lists come in pages: `next`, and a `Link` header, lead to the next one. Answers have an `ETag`. \
    Errors are problem details (RFC 9457). Statements are those of the contract, `onrecord/2`: offsets count code points of `text` \
    followed by `rest`. A desk with a token expects `Authorization: Bearer TOKEN`. Forms are taken only with an \
    `Origin` that is the desk’s own.";

/// Makes the document.
pub(super) fn document(operations: &[Operation]) -> Value {
    let generator = |is_sent: bool| -> SchemaGenerator {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        if is_sent { settings.for_deserialize() } else { settings.for_serialize() }.into_generator()
    };
    let (mut answers, mut bodies) = (generator(false), generator(true));
    let problem = answers.subschema_for::<Problem>();
    let correction = bodies.subschema_for::<Correction>();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let described = described(operation, &mut answers, problem.as_value(), correction.as_value());
        let entry = paths.entry(operation.address()).or_insert_with(|| json!({}));
        if let Some(entry) = entry.as_object_mut() {
            entry.insert(operation.verb.name().to_ascii_lowercase(), described);
        }
    }
    let mut schemas = answers.take_definitions(true);
    schemas.extend(bodies.take_definitions(true));
    schemas.values_mut().for_each(without_prefixes);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Onrecord desk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// Says of lists whose entries differ by place that an entry is one of these: programs that are made from the document know
/// `items`, and not all of them `prefixItems`.
fn without_prefixes(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            if let Some(Value::Array(mut places)) = keywords.remove("prefixItems") {
                let mut kinds: Vec<Value> = Vec::new();
                places.drain(..).for_each(|place| {
                    if !kinds.contains(&place) {
                        kinds.push(place)
                    }
                });
                keywords.insert("items".to_owned(), json!({ "anyOf": kinds }));
            }
            keywords.values_mut().for_each(without_prefixes);
        }
        Value::Array(parts) => parts.iter_mut().for_each(without_prefixes),
        _ => {}
    }
}

fn described(operation: &Operation, answers: &mut SchemaGenerator, problem: &Value, correction: &Value) -> Value {
    let content = match &operation.gives {
        Gives::Json(schema) => json!({ "application/json": { "schema": schema(answers) } }),
        Gives::OpenApi => json!({ "application/json": { "schema": { "type": "object" } } }),
        Gives::Media(media) => json!({ (*media): {} }),
    };
    let etag = json!({ "description": "changes whenever the answer changes", "schema": { "type": "string" } });
    let mut headers = json!({ "ETag": etag });
    if operation.queries.iter().any(|query| query.takes == Takes::Cursor) {
        headers["Link"] = json!({ "description": "the next page, where there is one", "schema": { "type": "string" } });
    }
    if matches!(operation.status, 201 | 202) {
        headers = json!({ "Location": { "description": "where it is seen", "schema": { "type": "string" } } });
    }
    let status = operation.status.to_string();
    let failed =
        json!({ "description": "What went wrong.", "content": { "application/problem+json": { "schema": problem } } });
    let mut responses = json!({
        status: { "description": operation.about, "headers": headers, "content": content },
        "default": failed,
    });
    if operation.verb == HttpMethod::Get {
        responses["304"] = json!({ "description": "It is still what `If-None-Match` names." });
    }
    let in_path = operation.filled_in().map(|name| {
        let about = match name {
            "article" | "later" => "its key, a prefix of its page’s hash, or its address",
            "number" => "counted from 1",
            "hash" => "SHA-256, or a prefix of it",
            "id" => "its id, or a prefix of it",
            _ => "the name",
        };
        json!({ "name": name, "in": "path", "required": true, "description": about, "schema": { "type": "string", "minLength": 1 } })
    });
    let parameters: Vec<Value> = in_path.chain(operation.shown_queries().map(parameter)).collect();
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.about,
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = operation.body {
        let binary = json!({ "schema": { "type": "string", "contentMediaType": "application/octet-stream" } });
        let files = json!({ "schema": {
            "type": "object",
            "properties": { "files": { "type": "array", "minItems": 1, "items": { "type": "string", "contentMediaType": "application/octet-stream" } } },
            "required": ["files"],
        } });
        let content = match body {
            Sent::Correction => json!({ "application/json": { "schema": correction } }),
            Sent::Page => json!({ "text/html": binary, "text/plain": binary, "application/octet-stream": binary }),
            Sent::Files => json!({ "multipart/form-data": files }),
        };
        described["requestBody"] = json!({ "required": true, "content": content });
    }
    described
}

fn parameter(query: &Query) -> Value {
    let text = json!({ "type": "string" });
    let schema = match query.takes {
        Takes::Text | Takes::Cursor => text,
        Takes::Texts => json!({ "type": "array", "items": text }),
        Takes::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Takes::OneOf(known) => json!({ "type": "string", "enum": known }),
        Takes::AnyOf(known) => json!({ "type": "array", "items": { "type": "string", "enum": known } }),
        Takes::Day => json!({ "type": "string", "format": "date" }),
        Takes::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$" }),
    };
    json!({ "name": query.name, "in": "query", "description": query.about, "schema": schema })
}
