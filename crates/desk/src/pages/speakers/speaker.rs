//! A speaker.

use crate::call::{Call, Foot, csv};
use crate::failure::{Answer, Failure};
use crate::figures::{self, Figure, weeks};
use crate::pages::parts::layout::{LIST_KEYS, Layout, Part};
use crate::pages::parts::{self, Texture, files, statements};
use crate::readers::Reader;
use crate::server::Response;
use crate::{links, params, tables};
use maud::{Markup, html};
use onrecord_views::speakers::speaker::{Filter, SpeakerParams, SpeakerSort, SpeakerView};
use onrecord_views::statement::entry::StatementEntry;
use onrecord_views::words;
use std::io::{self, Write};
use std::sync::Arc;

/// `/speaker/{name}`
pub(in crate::pages) fn show(call: &mut Call<'_>) -> Answer {
    let (speaker, params) = asked(call)?;
    Ok(Response::html(200, page(&speaker, &params, &call.foot())))
}

fn asked(call: &Call<'_>) -> Result<(SpeakerView, SpeakerParams), Failure> {
    let (name, params) = (call.request.param(0), params::speaker(&call.request));
    let unknown = || Failure::NotFound(format!("Nobody in this archive is called {name}."));
    let speaker = SpeakerView::of(call.reader.archive(), &call.desk.speakers, name, &params)?.ok_or_else(unknown)?;
    Ok((speaker, params))
}

/// The plot as a file, and its title.
fn file(call: &Call<'_>) -> Result<(Figure, String), Failure> {
    let (speaker, params) = asked(call)?;
    let stretch = (params.from.as_deref(), params.to.as_deref());
    let figure = weeks(&speaker.times, speaker.unit, figures::FILE_WIDTH, stretch);
    Ok((figure, format!("{}: mentions and statements by {}", speaker.name, speaker.unit)))
}

/// `/speaker/{name}/plot.svg`
pub(in crate::pages) fn plot_svg(call: &mut Call<'_>) -> Answer {
    let (figure, title) = file(call)?;
    files::svg(call, call.request.param(0), &figure, &title)
}

/// `/speaker/{name}/plot.png`
pub(in crate::pages) fn plot_png(call: &mut Call<'_>) -> Answer {
    let (figure, title) = file(call)?;
    files::png(call, call.request.param(0), &figure, &title)
}

/// `/speaker/{name}/plot.csv`
pub(in crate::pages) fn plot_csv(call: &mut Call<'_>) -> Answer {
    let (speaker, _) = asked(call)?;
    csv(call.request.param(0), |out| tables::times(&speaker.times, out))
}

/// `/speaker/{name}/statements.csv`
pub(in crate::pages) fn table(call: &mut Call<'_>) -> Answer {
    let (_, first) = asked(call)?;
    let (name, desk) = (call.request.param(0).to_owned(), Arc::clone(call.desk));
    call.streamed_csv("statements", move |reader: &mut Reader, out: &mut dyn Write| {
        let mut table = tables::statements(out)?;
        let mut params = SpeakerParams { skip: 0, ..first };
        let page = |reader: &Reader, params: &SpeakerParams| {
            SpeakerView::of(reader.archive(), &desk.speakers, &name, params).map_err(io::Error::other)
        };
        while let Some(speaker) = page(reader, &params)? {
            for said in &speaker.said {
                let id = said.id(reader.archive()).map_err(io::Error::other)?;
                id.map_or(Ok(()), |id| table.row(reader.archive(), id, said.statement.number - 1))?;
            }
            match speaker.next {
                Some(next) => params.skip = next,
                None => break,
            }
        }
        table.finish()
    })
}

fn page(speaker: &SpeakerView, params: &SpeakerParams, foot: &Foot) -> Markup {
    let title = format!("{}, {}", speaker.name, words::counted(speaker.statements, "statement"));
    let layout = Layout { keys: LIST_KEYS, ..Layout::new(&title, Part::Speakers, foot) };
    layout.page(html! {
        (head(speaker))
        (plot(speaker, params))
        div class="desk-2" {
            (filters(speaker, params))
            section aria-labelledby="ev-h" {
                h2 class="vh" id="ev-h" { "Everything said" }
                (toolbar(speaker, params))
                @if speaker.said.is_empty() { div class="none" { p { b { "No statements match." } " " a href=(links::speaker(&speaker.name)) { "Show all " (speaker.statements) } } } }
                @if params.sort == SpeakerSort::Outlet { (by(&speaker.said, |said| said.article.outlet.clone().unwrap_or_else(|| "no outlet named".to_owned()))) }
                @else { (by(&speaker.said, |said| said.article.published.as_deref().map_or("Undated".to_owned(), words::month))) }
                p class="pager" {
                    span class="caption" { (words::number((speaker.skipped + speaker.said.len()) as u64)) " of " (words::number(speaker.shown)) " shown" }
                    @if let Some(next) = speaker.next { a class="btn" rel="next" href=(address(speaker, params, "", next)) { "Next " (onrecord_views::speakers::speaker::PAGE) } }
                }
            }
        }
    })
}

/// The address of the list with all that is params. `form`: `.csv`, or nothing.
fn address(speaker: &SpeakerView, params: &SpeakerParams, form: &str, skip: usize) -> String {
    let skip = if skip == 0 { String::new() } else { skip.to_string() };
    let sort = SpeakerSort::ALL
        .iter()
        .find(|(sort, ..)| *sort == params.sort && *sort != SpeakerSort::Newest)
        .map_or("", |(_, name, _)| name);
    let mut query: Vec<(&str, &str)> = vec![
        ("from", params.from.as_deref().unwrap_or_default()),
        ("to", params.to.as_deref().unwrap_or_default()),
        ("sort", sort),
        ("skip", skip.as_str()),
    ];
    for (field, values) in
        [("form", &params.forms), ("outlet", &params.outlets), ("cue", &params.cues), ("name", &params.names)]
    {
        query.extend(values.iter().map(|value| (field, value.as_str())));
    }
    links::with_query(&format!("{}{form}", links::speaker(&speaker.name)), query)
}

fn head(speaker: &SpeakerView) -> Markup {
    html! {
        header class="spk-head" {
            div {
                p class="crumb" { a href="/speakers" { "Speakers" } }
                h1 class="title" dir="auto" { (speaker.name) }
                p class="lede" {
                    @if let Some((role, count)) = speaker.roles.first() {
                        b { bdi { (role) } } ", as " (count) " of " (words::counted(speaker.articles, "article")) " put" @if speaker.articles == 1 { "s" } " it"
                        @for (nth, (role, count)) in speaker.roles.iter().skip(1).enumerate() { @if nth == 0 { "; also " } @else { ", " } bdi { (role) } " (" (count) ")" }
                        ". "
                    }
                    b { (words::counted(speaker.statements, "statement")) } " in " (words::counted(speaker.articles, "article")) " of " (words::counted(speaker.outlets, "outlet"))
                    @if let Some((first, last)) = &speaker.days { ", " (words::days(first, last)) } "."
                }
                @if !speaker.merged.is_empty() {
                    ul class="merged" { @for merged in &speaker.merged {
                        li { "Also called " b { bdi { (merged.name) } } ". "
                            form class="undo" method="post" action="/corrections/undo" {
                                input type="hidden" name="id" value=(merged.correction);
                                input type="hidden" name="speaker" value=(speaker.name);
                                button class="plain" { "Separate them again" }
                            }
                        }
                    } }
                }
            }
            details class="other merge" {
                summary class="btn" { "Merge with another speaker…" }
                form method="post" action="/corrections" {
                    input type="hidden" name="verdict" value="same_speaker";
                    input type="hidden" name="speaker" value=(speaker.name);
                    label for="same" { "Show statements by " bdi { (speaker.name) } " under the name" }
                    input id="same" name="value" type="text" required autocomplete="off";
                    button class="btn" { "Merge" }
                    p class="caption" { "Everything said is then shown under that name. Nothing is lost: it can be undone." }
                }
            }
        }
    }
}

fn plot(speaker: &SpeakerView, params: &SpeakerParams) -> Markup {
    let chosen = (params.from.as_deref(), params.to.as_deref());
    let file = |form: &str| format!("{}/{form}", links::speaker(&speaker.name));
    html! {
        section class="plotbox" aria-labelledby="plot-h" {
            div class="cap" {
                h2 id="plot-h" { (if speaker.unit == "month" { "Month by month" } else { "Week by week" }) }
                span class="key" { (parts::swatch(Texture::Named)) " statements" }
                span class="key" { svg class="sw" viewBox="0 0 12 12" aria-hidden="true" { rect class="c-mention" x=".5" y=".5" width="11" height="11" {} } " mentions in articles with statements by them" }
                @if !speaker.times.is_empty() { span class="push" { a href=(file("plot.svg")) download { "SVG" } ", " a href=(file("plot.png")) download { "PNG" } ", " a href=(file("plot.csv")) download { "CSV" } } }
            }
            @if speaker.times.is_empty() { p class="caption" { "None of these articles states its date." } }
            @else {
                (weeks(&speaker.times, speaker.unit, 1184.0, chosen).on_page("on-wide"))
                (weeks(&speaker.times, speaker.unit, 354.0, chosen).on_page("on-narrow"))
                @if speaker.partly { p class="caption" { "Mentions, cues and names used are counted in the latest 300 articles; statements in all." } }
                details class="data" {
                    summary { "The numbers" }
                    table {
                        thead { tr { th scope="col" { (if speaker.unit == "month" { "Month" } else { "Week of" }) } th scope="col" class="num" { "Mentions" } th scope="col" class="num" { "Statements" } } }
                        tbody { @for time in &speaker.times { tr {
                            th scope="row" { (if speaker.unit == "month" { words::short_month(&time.from) } else { words::day(&time.from) }) }
                            td class="num" { (words::number(time.mentions)) } td class="num" { (words::number(time.statements)) }
                        } } }
                    }
                }
            }
        }
    }
}

fn filters(speaker: &SpeakerView, params: &SpeakerParams) -> Markup {
    let set = [
        params.forms.len(),
        params.outlets.len(),
        params.cues.len(),
        params.names.len(),
        usize::from(params.from.is_some() || params.to.is_some()),
    ];
    html! {
        details class="facets" open {
            summary { "Filters " span class="caption" { (set.iter().sum::<usize>()) " set" } }
            form class="cols" action=(links::speaker(&speaker.name)) aria-label="Filters" {
                fieldset {
                    legend { "Date" }
                    label class="span" { "From " input type="date" name="from" value=[params.from.as_deref()]; }
                    label class="span" { "To " input type="date" name="to" value=[params.to.as_deref()]; }
                }
                @for filter in &speaker.filters { (fieldset(filter)) }
                button class="btn" { "Apply" }
            }
        }
    }
}

fn fieldset(filter: &Filter) -> Markup {
    html! {
        fieldset {
            legend { (filter.name) }
            @for (value, count, chosen) in &filter.values {
                label class=(if *count == 0 { "facet zero" } else { "facet" }) {
                    input type="checkbox" name=(filter.field) value=(value) checked[*chosen];
                    span { bdi { (value) } }
                    span class="n" { (words::number(*count)) }
                }
            }
            @if filter.others > 0 { p class="more-facet caption" { (words::number(filter.others)) " more" } }
        }
    }
}

fn toolbar(speaker: &SpeakerView, params: &SpeakerParams) -> Markup {
    let chip = |label: String, without: SpeakerParams| {
        html! {
            a href=(address(speaker, &without, "", 0)) { span class="vh" { "Remove " } bdi { (label) } " " svg class="x" aria-hidden="true" { use href="#i-x" {} } }
        }
    };
    let less =
        |values: &[String], gone: &str| values.iter().filter(|value| *value != gone).cloned().collect::<Vec<_>>();
    html! {
        div class="toolbar" {
            span { b { (words::number(speaker.shown)) } " of " (words::counted(speaker.statements, "statement")) }
            span class="chips" {
                @if params.from.is_some() || params.to.is_some() {
                    (chip(words::days(params.from.as_deref().unwrap_or("the beginning"), params.to.as_deref().unwrap_or("today")), SpeakerParams { from: None, to: None, ..params.clone() }))
                }
                @for form in &params.forms { (chip(form.clone(), SpeakerParams { forms: less(&params.forms, form), ..params.clone() })) }
                @for outlet in &params.outlets { (chip(outlet.clone(), SpeakerParams { outlets: less(&params.outlets, outlet), ..params.clone() })) }
                @for cue in &params.cues { (chip(cue.clone(), SpeakerParams { cues: less(&params.cues, cue), ..params.clone() })) }
                @for name in &params.names { (chip(name.clone(), SpeakerParams { names: less(&params.names, name), ..params.clone() })) }
            }
            span class="push pair-ctl" {
                span class="orders" { "Order" @for (sort, _, name) in SpeakerSort::ALL { " " a href=(address(speaker, &SpeakerParams { sort, ..params.clone() }, "", 0)) aria-current=[(sort == params.sort).then_some("true")] { (name) } } }
                a class="btn" href=(address(speaker, params, "/statements.csv", 0)) download { "CSV" }
            }
        }
    }
}

/// Statements under headings.
fn by(list: &[StatementEntry], heading: impl Fn(&StatementEntry) -> String) -> Markup {
    let mut groups: Vec<(String, Vec<&StatementEntry>)> = Vec::new();
    for said in list {
        let name = heading(said);
        match groups.last_mut() {
            Some((last, group)) if *last == name => group.push(said),
            _ => groups.push((name, vec![said])),
        }
    }
    html! {
        @for (name, group) in groups {
            h3 class="month" { bdi { (name) } span { (words::counted(group.len() as u64, "statement")) " here" } }
            ol class="said" { @for said in group { (statements::item(said, false)) } }
        }
    }
}
