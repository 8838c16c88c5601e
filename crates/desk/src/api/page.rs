//! The API, to be read.

use super::operation::Operation;
use crate::call::{Foot, HttpMethod};
use crate::pages::parts::layout::{Layout, Part};
use maud::{Markup, html};

/// What the API does, operation by operation.
pub(super) fn page(operations: &[Operation], foot: &Foot) -> Markup {
    Layout::new("The API", Part::None, foot).page(html! {
        section class="only api" {
            h1 class="title" { "The API" }
            p class="lede" {
                "Everything that the desk shows, as JSON, at the address of the page with " code { "/api/v1" } " in front. For programs there is "
                a href="/api/v1/openapi.json" { "the OpenAPI document" } "."
            }
            p {
                "Lists come in pages: the " code { "next" } " of one is the " code { "after" }
                " of the next. Answers have an " code { "ETag" } ". Errors are problem details (RFC 9457). Statements are those of the \
                contract: offsets count code points of " code { "text" } " followed by " code { "rest" } ". A desk with a \
                token expects " code { "Authorization: Bearer TOKEN" } "."
            }
            pre tabindex="0" role="region" aria-label="How to ask" { code {
                "curl -s 'http://127.0.0.1:8080/api/v1/search?q=source:unnamed'\n"
                "curl -s -H 'Content-Type: text/html' --data-binary @page.html http://127.0.0.1:8080/api/v1/read\n"
                "curl -s -H 'Origin: http://127.0.0.1:8080' -F files=@page.html http://127.0.0.1:8080/api/v1/adding"
            } }
        }
        @for operation in operations { (entry(operation)) }
    })
}

fn entry(operation: &Operation) -> Markup {
    let (method, path) = (operation.verb.name(), operation.address());
    let asks = operation.verb == HttpMethod::Get && operation.filled_in().next().is_none();
    html! {
        section class="api" aria-labelledby=(operation.id) {
            h2 id=(operation.id) {
                code { (method) " " @if asks { a href=(path) { (path) } } @else { (path) } }
            }
            p { (operation.about) }
            @if !operation.queries.is_empty() {
                div class="scrollx" tabindex="0" role="region" aria-label={ "Queries of " (path) ", " (method) } { table {
                    thead { tr { th scope="col" { "Query" } th scope="col" { "Takes" } th scope="col" { "Meaning" } } }
                    tbody { @for query in operation.shown_queries() {
                        tr { th scope="row" { code { (query.name) } } td { (query.takes.in_words()) } td { (query.about) } }
                    } }
                } }
            }
        }
    }
}
