//! Tests the API with generated requests, allowed by its OpenAPI document and not: schemathesis, from the Python package index.

use super::served::ServedDesk;
use crate::command::{Done, root, run, target};
use crate::tools::python::environment;

/// The pinned requirements.
const TOOLS: &str = "xtask/python/schemathesis.txt";
/// Requests per operation and kind; about two thousand in all.
const EXAMPLES: &str = "40";
/// No server errors, and every answer conforms to the document.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Opens a desk over the examples; fails if an answer is a server error or breaks the document.
pub fn ask() -> Done {
    run("cargo", &["build", "--package", "onrecord-cli"])?;
    let binary = target().join(format!("debug/onrecord{}", std::env::consts::EXE_SUFFIX));
    let program = environment("schemathesis", TOOLS)?.join("schemathesis");
    let place = root().join(target()).join(format!("tmp/schemathesis-{}", std::process::id()));
    let done = (|| {
        let desk = ServedDesk::open(&binary, &place, &["examples/ellery-courier", "examples/npb"])?;
        let document = format!("http://{}/api/v1/openapi.json", desk.address);
        // Forms are taken only from the desk's own pages.
        let origin = format!("Origin: http://{}", desk.address);
        let arguments =
            ["run", &document, "--checks", CHECKS, "--max-examples", EXAMPLES, "--seed", "1", "-H", &origin];
        run(&program.to_string_lossy(), &arguments)
    })();
    let _ = std::fs::remove_dir_all(&place);
    done
}
