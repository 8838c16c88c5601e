//! Lists of statements, as search and speakers have them.

use super::marked;
use crate::links;
use crate::pages::parts;
use maud::{Markup, html};
use onrecord_views::statement::entry::StatementEntry;
use onrecord_views::words;

/// A statement in a list. `by`: whether to say who is behind it.
pub(crate) fn item(said: &StatementEntry, by: bool) -> Markup {
    let StatementEntry { article, statement, passage, .. } = said;
    let day = article.published.as_deref();
    html! {
        li {
            p class="when" {
                @match day {
                    Some(day) => { b { (words::day_of_year(day)) } " " (day.get(..4).unwrap_or_default()) @let time = words::time(day); @if !by && !time.is_empty() { ", " (time) } }
                    None => span { "undated" },
                }
            }
            div {
                @if by {
                    p class="by" {
                        (parts::who(statement))
                        @if let Some(role) = &statement.role { span class="caption" { bdi { (role) } } }
                    }
                }
                p class="quote" dir="auto" lang=[article.language.as_deref()] { (marked::plain(passage)) }
                p class="facts caption" {
                    (parts::facts(statement))
                    @for detail in statement.details.iter().filter(|detail| matches!(detail.label, "Occasion" | "Medium" | "To" | "Time said" | "Basis")) {
                        span { (detail.label) ": " bdi { (detail.words) } }
                    }
                }
            }
            div class="at" {
                a class="head" dir="auto" href=(links::statement(&article.key, statement.number)) { (article.title()) }
                span class="out" {
                    bdi { (article.outlet.as_deref().unwrap_or("no outlet named")) }
                    (parts::evidence(&links::evidence_of(&article.key, statement.number, ""), &format!("this statement in “{}”", article.title())))
                }
            }
        }
    }
}
