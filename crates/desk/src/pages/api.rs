//! The API, to be read.

use super::layout::{Foot, Layout, Part};
use crate::api::{OPERATIONS, Operation};
use maud::{Markup, html};

/// What the API does, operation by operation.
pub(crate) fn page(foot: &Foot) -> Markup {
    Layout::new("The API", Part::None, foot).page(html! {
        section class="only api" {
            h1 class="title" { "The API" }
            p class="lede" {
                "All that the desk shows, as JSON: the address of a page with " code { "/api/v1" } " before it. Programs read "
                a href="/api/v1/openapi.json" { "the OpenAPI document" } "."
            }
            p {
                "Lists come in pages: what one gives as " code { "next" } ", the next one takes as " code { "after" }
                ". Answers have an " code { "ETag" } ". Errors are problems as RFC 9457 has them. Quotes are those of the \
                contract: offsets count code points of " code { "text" } " followed by " code { "rest" } ". A desk that wants a \
                token takes it as " code { "Authorization: Bearer TOKEN" } "."
            }
            pre tabindex="0" role="region" aria-label="How to ask" { code {
                "curl -s 'http://127.0.0.1:8080/api/v1/search?q=source:unnamed'\n"
                "curl -s -H 'Content-Type: text/html' --data-binary @page.html http://127.0.0.1:8080/api/v1/read\n"
                "curl -s -H 'Origin: http://127.0.0.1:8080' -F files=@page.html http://127.0.0.1:8080/api/v1/adding"
            } }
        }
        @for operation in OPERATIONS { (told(operation)) }
    })
}

fn told(operation: &Operation) -> Markup {
    let path = format!("/api/v1{}", operation.path.trim_end_matches('/'));
    let asks = operation.method == "GET" && operation.filled_in().next().is_none();
    html! {
        section class="api" aria-labelledby=(operation.id) {
            h2 id=(operation.id) {
                code { (operation.method) " " @if asks { a href=(path) { (path) } } @else { (path) } }
            }
            p { (operation.about) }
            @if !operation.queries.is_empty() {
                div class="scrollx" tabindex="0" role="region" aria-label={ "Queries of " (path) ", " (operation.method) } { table {
                    thead { tr { th scope="col" { "Query" } th scope="col" { "Takes" } th scope="col" { "Is" } } }
                    tbody { @for query in operation.queries {
                        tr { th scope="row" { code { (query.name) } } td { (query.takes.in_words()) } td { (query.about) } }
                    } }
                } }
            }
        }
    }
}
