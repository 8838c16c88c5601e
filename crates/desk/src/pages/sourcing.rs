//! On whose authority outlets report.

use super::parts::files;
use super::parts::layout::{Layout, Part};
use crate::call::{Call, Foot, csv};
use crate::failure::Answer;
use crate::figures::{self, Figure, by_outlet, over_time};
use crate::links::{search, with_query};
use crate::server::Response;
use crate::{params, tables};
use maud::{Markup, html};
use onrecord_document::Terms;
use onrecord_views::search::condition;
use onrecord_views::sourcing::{Row, Sourcing, SourcingParams};
use onrecord_views::words;

/// Where a figure's file is.
fn file(name: &str, params: &SourcingParams) -> String {
    with_query(
        &format!("/sourcing/{name}"),
        [
            ("outlet", params.outlet.as_deref().unwrap_or_default()),
            ("from", params.from.as_deref().unwrap_or_default()),
            ("to", params.to.as_deref().unwrap_or_default()),
        ],
    )
}

/// The titles of the two figures.
fn titles(sourcing: &Sourcing) -> [String; 2] {
    let time = match (&sourcing.from, &sourcing.to) {
        (None, None) => String::new(),
        (from, to) => format!(
            ", {} to {}",
            from.as_deref().map_or("the beginning".to_owned(), words::short_month),
            to.as_deref().map_or("today".to_owned(), words::short_month)
        ),
    };
    [
        format!("Who stands behind statements, by outlet{time}"),
        format!(
            "Who stands behind statements, {} by {}{time}",
            sourcing.outlet.as_deref().unwrap_or("all outlets"),
            sourcing.unit
        ),
    ]
}

/// `/sourcing`
pub(super) fn show(call: &mut Call<'_>) -> Answer {
    let params = params::sourcing(&call.request);
    let sourcing = Sourcing::of(&call.counted, &params);
    Ok(Response::html(200, page(&sourcing, &params, &call.foot())))
}

fn sourcing(call: &Call<'_>) -> Sourcing {
    Sourcing::of(&call.counted, &params::sourcing(&call.request))
}

/// The figures of files, each with the name of its file and its title.
fn figures(sourcing: &Sourcing) -> [(Figure, &'static str, String); 2] {
    let [outlets, times] = titles(sourcing);
    [
        (by_outlet(&sourcing.outlets, figures::FILE_WIDTH), "sourcing-by-outlet", outlets),
        (over_time(&sourcing.times, figures::FILE_WIDTH), "sourcing-over-time", times),
    ]
}

/// `/sourcing/outlets.svg`
pub(super) fn outlets_svg(call: &mut Call<'_>) -> Answer {
    let [(figure, name, title), _] = figures(&sourcing(call));
    files::svg(call, name, &figure, &title)
}

/// `/sourcing/times.svg`
pub(super) fn times_svg(call: &mut Call<'_>) -> Answer {
    let [_, (figure, name, title)] = figures(&sourcing(call));
    files::svg(call, name, &figure, &title)
}

/// `/sourcing/outlets.png`
pub(super) fn outlets_png(call: &mut Call<'_>) -> Answer {
    let [(figure, name, title), _] = figures(&sourcing(call));
    files::png(call, name, &figure, &title)
}

/// `/sourcing/times.png`
pub(super) fn times_png(call: &mut Call<'_>) -> Answer {
    let [_, (figure, name, title)] = figures(&sourcing(call));
    files::png(call, name, &figure, &title)
}

/// `/sourcing/outlets.csv`
pub(super) fn outlets_csv(call: &mut Call<'_>) -> Answer {
    csv("sourcing-by-outlet", |out| tables::sourcing(&sourcing(call).every_outlet, "outlet", out))
}

/// `/sourcing/times.csv`
pub(super) fn times_csv(call: &mut Call<'_>) -> Answer {
    csv("sourcing-over-time", |out| tables::sourcing(&sourcing(call).times, "time", out))
}

fn page(sourcing: &Sourcing, params: &SourcingParams, foot: &Foot) -> Markup {
    let layout = Layout { is_first: true, ..Layout::new("Sourcing", Part::Sourcing, foot) };
    let all = &sourcing.all.sources;
    layout.page(html! {
        header class="ev-head" {
            h1 class="title" { "On whose authority" }
            p class="lede" {
                @match all.all {
                    0 => "No statements have been read yet.",
                    _ => {
                        b { (words::counted(all.all, "statement")) } " in " (words::counted(sourcing.all.articles, "article")) ": "
                        (all.named_percent().unwrap_or(0)) " % from named sources, "
                        (words::number(sourcing.all.on(Terms::ConditionOfAnonymity))) " on condition of anonymity."
                    }
                }
            }
        }
        form class="toolbar find" action="/sourcing" aria-label="What is counted" {
            label { "Outlet " span class="pick" { select name="outlet" {
                option value="" selected[sourcing.outlet.is_none()] { "All" }
                @for name in &sourcing.names { option value=(name) selected[sourcing.outlet.as_ref() == Some(name)] { (name) } }
            } } }
            label { "From " input type="text" name="from" value=[params.from.as_deref()] placeholder="2024-11" pattern="[0-9]{4}-[0-9]{2}" size="8"; }
            label { "To " input type="text" name="to" value=[params.to.as_deref()] placeholder="2025-01" pattern="[0-9]{4}-[0-9]{2}" size="8"; }
            button class="btn" { "Show" }
        }
        @if all.all > 0 {
            (section("By outlet", "outlets", sourcing.outlets.as_slice(), params, html! {
                (by_outlet(&sourcing.outlets, 1184.0).on_page("on-wide"))
                (by_outlet(&sourcing.outlets, 354.0).on_page("on-narrow"))
                @if sourcing.more_outlets > 0 { p class="caption" { "The outlets with the most statements; " (words::number(sourcing.more_outlets)) " more are in the CSV." } }
            }, true))
            @if !sourcing.times.is_empty() {
                (section(&format!("By {}", sourcing.unit), "times", &sourcing.times, params, html! {
                    (over_time(&sourcing.times, 1184.0).on_page("on-wide"))
                    (over_time(&sourcing.times[sourcing.times.len().saturating_sub(12)..], 354.0).on_page("on-narrow"))
                    @if sourcing.undated > 0 { p class="caption" { (words::counted(sourcing.undated, "statement")) " in articles without a date are left out." } }
                }, false))
            }
        }
    })
}

fn section(title: &str, name: &str, rows: &[Row], params: &SourcingParams, figure: Markup, outlets: bool) -> Markup {
    html! {
        section class="plotbox" aria-labelledby={ (name) "-h" } {
            div class="cap" {
                h2 id={ (name) "-h" } { (title) }
                span class="push" { @for (nth, form) in ["svg", "png", "csv"].iter().enumerate() { @if nth > 0 { ", " } a href=(file(&format!("{name}.{form}"), params)) download { (form.to_uppercase()) } } }
            }
            (figure)
            details class="data wide" {
                summary { "The numbers" }
                div class="scrollx" tabindex="0" role="region" aria-label={ "The numbers, " (title) } { table {
                    thead { tr {
                        th scope="col" { (if outlets { "Outlet" } else { "Time" }) }
                        th scope="col" class="num" { "Articles" } th scope="col" class="num" { "Statements" }
                        th scope="col" class="num" { "Named" } th scope="col" class="num" { "Unnamed persons" } th scope="col" class="num" { "Unnamed groups" }
                        th scope="col" class="num" { "Documents" } th scope="col" class="num" { "Nobody" }
                        @for terms in Terms::ALL { th scope="col" class="num" { (words::terms(*terms)) } }
                    } }
                    tbody { @for row in rows { tr {
                        th scope="row" { @if outlets { a href=(search(&condition("outlet", &row.name))) { (row.name) } } @else if row.name.len() == 7 { a href=(search(&format!("date:{}", row.name))) { (words::short_month(&row.name)) } } @else { (row.name) } }
                        td class="num" { (words::number(row.articles)) } td class="num" { (words::number(row.sources.all)) }
                        td class="num" { (words::number(row.sources.named)) } td class="num" { (words::number(row.sources.unnamed_persons)) } td class="num" { (words::number(row.sources.unnamed_groups)) }
                        td class="num" { (words::number(row.sources.documents)) } td class="num" { (words::number(row.sources.none)) }
                        @for (_, count) in &row.terms { td class="num" { (words::number(*count)) } }
                    } } }
                } }
            }
        }
    }
}
