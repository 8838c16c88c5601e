//! A speaker: everything said, when, where, how, and under which names.

use crate::statement::entry::{Source, StatementEntry};
use crate::words;
use onrecord_archive::{Annotation, AnnotationKind, Archive, DocumentId, Mark, Result, SaidRow};
use onrecord_document::StatementForm;
use onrecord_span::{Span, Text};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Statements of a page.
pub const PAGE: usize = 20;
/// Articles that are opened for mentions, cues and the names used, the latest; nearly nobody has more. Of the others the
/// database knows enough for the list.
const OPENED: usize = 300;
/// Weeks that one plot shows; of a longer time it shows months.
const WEEKS: usize = 60;
/// Values of a filter that are listed.
const LISTED: usize = 8;

/// Which of a speaker's statements are shown.
#[derive(Clone, Debug, Default)]
pub struct SpeakerParams {
    /// Published on this day or later.
    pub from: Option<String>,
    /// Published on this day or before.
    pub to: Option<String>,
    /// The form: direct, indirect or mixed; any where there is none.
    pub forms: Vec<String>,
    /// The outlets.
    pub outlets: Vec<String>,
    /// The words that attribute them.
    pub cues: Vec<String>,
    /// What articles call the speaker.
    pub names: Vec<String>,
    /// The order.
    pub sort: SpeakerSort,
    /// How many to leave out.
    pub skip: usize,
}

/// The order of statements.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum SpeakerSort {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By outlet.
    Outlet,
}

impl SpeakerSort {
    /// Every order, with its name in addresses and on pages.
    pub const ALL: [(SpeakerSort, &'static str, &'static str); 3] = [
        (SpeakerSort::Newest, "newest", "Newest first"),
        (SpeakerSort::Oldest, "oldest", "Oldest first"),
        (SpeakerSort::Outlet, "outlet", "By outlet"),
    ];
}

/// A speaker's page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "SpeakerPage")]
pub struct SpeakerView {
    /// The name.
    pub name: String,
    /// Names that people said are the same person's.
    pub merged: Vec<Merged>,
    /// Statements in all.
    pub statements: u64,
    /// Articles with them.
    pub articles: u64,
    /// Outlets of these.
    pub outlets: u64,
    /// First and last day of publication.
    pub days: Option<(String, String)>,
    /// Roles, as articles put them, with how many do; most first.
    pub roles: Vec<(String, u64)>,
    /// Mentions and statements over time.
    pub times: Vec<Time>,
    /// What `times` are: `week` or `month`.
    pub unit: &'static str,
    /// Whether mentions were counted in the latest articles only.
    pub partly: bool,
    /// What narrows the list.
    pub filters: Vec<Filter>,
    /// How many statements are left after filters.
    pub shown: u64,
    /// The statements of this page.
    pub said: Vec<StatementEntry>,
    /// How many statements stand before this page.
    pub skipped: usize,
    /// Where the next page begins; text, as every list's.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "Option<String>")]
    pub next: Option<usize>,
}

fn as_text<S: Serializer>(place: &Option<usize>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    place.map(|place| place.to_string()).serialize(serializer)
}

/// A name that is the same person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Merged {
    /// The name.
    pub name: String,
    /// The correction that says so.
    pub correction: String,
}

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Time {
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// How often the speaker is named, or meant by a pronoun, in articles that quote them.
    pub mentions: u64,
    /// How many statements.
    pub statements: u64,
}

/// Values that statements have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Filter {
    /// What it is: `Form`, `Outlet`.
    pub name: &'static str,
    /// Its name in addresses.
    pub field: &'static str,
    /// Its values: what it is, how many statements, whether it is chosen.
    pub values: Vec<(String, u64, bool)>,
    /// How many values more there are.
    pub others: u64,
}

/// A statement with what it is filtered by.
struct Entry {
    id: DocumentId,
    nth: u32,
    form: StatementForm,
    /// Texts of [`Known::texts`], as the others.
    published: u32,
    outlet: u32,
    /// Empty in articles that were not opened.
    cue: u32,
    name: u32,
}

/// Texts that come again and again, each kept once and named by its place.
#[derive(Default)]
struct Texts {
    list: Vec<String>,
    places: HashMap<String, u32>,
}

impl Texts {
    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    fn at(&self, place: u32) -> &str {
        self.list.get(place as usize).map_or("", String::as_str)
    }

    /// The day of a date.
    fn day(&self, published: u32) -> &str {
        self.at(published).get(..10).unwrap_or_default()
    }
}

/// All that is known of a speaker, whatever of it is params for.
struct Known {
    merged: Vec<Merged>,
    entries: Vec<Entry>,
    texts: Texts,
    articles: u64,
    outlets: u64,
    roles: Vec<(String, u64)>,
    /// Mentions and statements by day.
    days: BTreeMap<String, (u64, u64)>,
    partly: bool,
}

/// Speakers that were params for lately: opening all their articles takes longer than showing a page of them.
#[derive(Default)]
pub struct KnownSpeakers(Mutex<Vec<Remembered>>);

/// A speaker, as the archive was at a mark.
type Remembered = (Option<Mark>, String, Arc<Known>);

/// Speakers that are remembered, and the statements of all of them together.
const REMEMBERED: usize = 64;
const REMEMBERED_STATEMENTS: usize = 1_000_000;

impl KnownSpeakers {
    /// What is known of a speaker now; `None` where nobody of that name speaks.
    fn of(&self, archive: &Archive, name: &str) -> Result<Option<Arc<Known>>> {
        let mark = archive.mark()?;
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., known)) = kept().iter().find(|(at, known, _)| *at == mark && known == name) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(known) = Known::of(archive, name)?.map(Arc::new) else { return Ok(None) };
        let mut list = kept();
        list.retain(|(at, known, _)| *at == mark && known != name);
        list.push((mark, name.to_owned(), Arc::clone(&known)));
        let statements = |list: &[Remembered]| list.iter().map(|(.., known)| known.entries.len()).sum::<usize>();
        while list.len() > 1 && (list.len() > REMEMBERED || statements(&list) > REMEMBERED_STATEMENTS) {
            list.remove(0);
        }
        Ok(Some(known))
    }
}

impl Known {
    fn of(archive: &Archive, name: &str) -> Result<Option<Known>> {
        let merged = merged(archive, name)?;
        let mut names = vec![name.to_owned()];
        names.extend(merged.iter().map(|merged| merged.name.clone()));
        let found = archive.said_by(&names)?;
        if found.is_empty() {
            return Ok(None);
        }
        let mut known = Known {
            merged,
            entries: Vec::with_capacity(found.len()),
            texts: Texts::default(),
            articles: 0,
            outlets: 0,
            roles: Vec::new(),
            days: BTreeMap::new(),
            partly: false,
        };
        let mut roles: HashMap<String, u64> = HashMap::new();
        for of_article in found.chunk_by(|one, other| one.document == other.document) {
            known.articles += 1;
            let is_opened = known.articles as usize <= OPENED;
            known.partly |= !is_opened;
            known.article(archive, of_article, is_opened, &mut roles)?;
        }
        known.outlets = known.entries.iter().map(|entry| entry.outlet).collect::<BTreeSet<_>>().len() as u64;
        known.roles = roles.into_iter().collect();
        known.roles.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        known.roles.truncate(4);
        Ok(Some(known))
    }

    /// Takes the statements of one article in; from one that is opened also cues, names, mentions and role.
    fn article(
        &mut self,
        archive: &Archive,
        rows: &[SaidRow],
        is_opened: bool,
        roles: &mut HashMap<String, u64>,
    ) -> Result<()> {
        let Some(first) = rows.first() else { return Ok(()) };
        let source = if is_opened { Some(Source::of(archive, first.document)?) } else { None };
        let statements = source
            .as_ref()
            .and_then(|source| source.layers().statements.as_ref())
            .map_or(&[][..], |layer| &layer.items);
        let names =
            source.as_ref().and_then(|source| source.layers().names.as_ref()).map_or(&[][..], |layer| &layer.items);
        let said = |spans: &[Span<Text>]| {
            source.as_ref().map_or(String::new(), |source| crate::statement::joined(&source.words().buffer, spans))
        };
        let published = first.published.as_deref().unwrap_or_default();
        let day = published.get(..10).unwrap_or_default();
        let published = self.texts.place(published);
        let mut counted = Vec::new();
        for row in rows {
            let statement = statements.get(row.nth as usize);
            let named = statement.and_then(|statement| names.get(statement.speaker?.name as usize));
            if let Some(named) = named.filter(|named| !counted.contains(&named.id)) {
                counted.push(named.id);
                if !day.is_empty() {
                    self.days.entry(day.to_owned()).or_default().0 += named.mentions.len() as u64;
                }
                let parts: Vec<String> =
                    [named.role, named.affiliation].into_iter().flatten().map(|span| said(&[span])).collect();
                if !parts.is_empty() {
                    *roles.entry(parts.join(", ")).or_default() += 1;
                }
            }
            if !day.is_empty() {
                self.days.entry(day.to_owned()).or_default().1 += 1;
            }
            let cue = statement.map_or(String::new(), |statement| said(&statement.cue).to_lowercase());
            let name = statement.map_or(String::new(), |statement| said(&statement.source));
            self.entries.push(Entry {
                id: row.document,
                nth: row.nth,
                form: row.form,
                published,
                outlet: self.texts.place(row.site.as_deref().unwrap_or("no outlet named")),
                cue: self.texts.place(&cue),
                name: self.texts.place(&name),
            });
        }
        Ok(())
    }
}

/// The names that people said are this speaker's.
fn merged(archive: &Archive, name: &str) -> Result<Vec<Merged>> {
    let same = archive.same_speakers()?;
    if same.is_empty() {
        return Ok(Vec::new());
    }
    let corrections = archive.annotations(None, false)?;
    let correction = |from: &str| {
        let says = |written: &&Annotation| written.kind == AnnotationKind::SameSpeaker && written.anchor.words == from;
        corrections.iter().rev().find(says).map_or(String::new(), |written| written.id.to_string())
    };
    let merged = same.into_iter().filter(|(_, to)| to == name);
    Ok(merged.map(|(from, _)| Merged { correction: correction(&from), name: from }).collect())
}

impl SpeakerView {
    /// The page of a name; `None` where nobody of that name speaks.
    pub fn of(
        archive: &Archive,
        speakers: &KnownSpeakers,
        name: &str,
        params: &SpeakerParams,
    ) -> Result<Option<SpeakerView>> {
        let Some(known) = speakers.of(archive, name)? else { return Ok(None) };
        let (unit, times) = times(&known.days);
        let mut left: Vec<&Entry> = known.entries.iter().filter(|entry| known.fits(entry, params, None)).collect();
        match params.sort {
            SpeakerSort::Newest => {}
            SpeakerSort::Oldest => left.sort_by_key(|entry| {
                (known.texts.day(entry.published).is_empty(), known.texts.at(entry.published), entry.nth)
            }),
            SpeakerSort::Outlet => left.sort_by_key(|entry| known.texts.at(entry.outlet)),
        }
        let next = params.skip.saturating_add(PAGE);
        let mut said = Vec::new();
        for entry in left.iter().skip(params.skip).take(PAGE) {
            said.extend(Source::of(archive, entry.id)?.said(entry.nth as usize, &[]));
        }
        let days = known.days.first_key_value().zip(known.days.last_key_value());
        Ok(Some(SpeakerView {
            name: name.to_owned(),
            merged: known.merged.clone(),
            statements: known.entries.len() as u64,
            articles: known.articles,
            outlets: known.outlets,
            days: days.map(|((first, _), (last, _))| (first.clone(), last.clone())),
            roles: known.roles.clone(),
            times,
            unit,
            partly: known.partly,
            filters: known.filters(params),
            shown: left.len() as u64,
            said,
            skipped: params.skip,
            next: (next < left.len()).then_some(next),
        }))
    }
}

/// A field of statements: its name in addresses.
const FORM: &str = "form";
const OUTLET: &str = "outlet";
const CUE: &str = "cue";
const NAME: &str = "name";

impl Known {
    /// Whether a statement is params for; `but`: whatever this filter says.
    fn fits(&self, entry: &Entry, params: &SpeakerParams, but: Option<&str>) -> bool {
        let among = |field: &str, wanted: &[String], value: &str| {
            but == Some(field) || wanted.is_empty() || wanted.iter().any(|wanted| wanted == value)
        };
        let day = || self.texts.day(entry.published);
        let in_time = params.from.as_ref().is_none_or(|from| !day().is_empty() && day() >= from.as_str())
            && params.to.as_ref().is_none_or(|to| !day().is_empty() && day() <= to.as_str());
        in_time
            && among(FORM, &params.forms, entry.form.name())
            && among(OUTLET, &params.outlets, self.texts.at(entry.outlet))
            && among(CUE, &params.cues, self.texts.at(entry.cue))
            && among(NAME, &params.names, self.texts.at(entry.name))
    }

    /// The values of a field that statements have, chosen ones and frequent ones first. Each is counted among the statements
    /// that the other filters leave.
    fn filter(
        &self,
        name: &'static str,
        field: &'static str,
        params: &SpeakerParams,
        wanted: &[String],
        of: fn(&Entry) -> u32,
    ) -> Filter {
        // How many there are, and how many of them are left.
        let mut counts: Vec<(bool, u64)> = vec![(false, 0); self.texts.list.len()];
        for entry in &self.entries {
            if let Some(count) = counts.get_mut(of(entry) as usize) {
                count.0 = true;
                count.1 += u64::from(self.fits(entry, params, Some(field)));
            }
        }
        let counted =
            self.texts.list.iter().zip(counts).filter(|(value, (is_there, _))| *is_there && !value.is_empty());
        let value = |(value, (_, count)): (&String, (bool, u64))| (value.clone(), count, wanted.contains(value));
        let mut values: Vec<(String, u64, bool)> = counted.map(value).collect();
        values.sort_by(|one, other| (other.2, other.1).cmp(&(one.2, one.1)).then_with(|| one.0.cmp(&other.0)));
        let others = values.len().saturating_sub(LISTED) as u64;
        values.truncate(LISTED);
        Filter { name, field, values, others }
    }

    fn filters(&self, params: &SpeakerParams) -> Vec<Filter> {
        // In the order of the contract, and all of them: that none is direct is worth knowing.
        let of_form = |form: &StatementForm| {
            let those = self.entries.iter().filter(|entry| entry.form == *form);
            let count = those.filter(|entry| self.fits(entry, params, Some(FORM))).count() as u64;
            (form.name().to_owned(), count, params.forms.iter().any(|wanted| wanted == form.name()))
        };
        let forms = StatementForm::ALL.iter().map(of_form).collect();
        let mut filters = vec![
            Filter { name: "Form", field: FORM, values: forms, others: 0 },
            self.filter("Outlet", OUTLET, params, &params.outlets, |entry| entry.outlet),
            self.filter("How it was said", CUE, params, &params.cues, |entry| entry.cue),
            self.filter("Called in the articles", NAME, params, &params.names, |entry| entry.name),
        ];
        filters.retain(|filter| !filter.values.is_empty());
        filters
    }
}

/// Mentions and statements by week, or by month where that would be too many weeks; empty stretches between are there.
fn times(days: &BTreeMap<String, (u64, u64)>) -> (&'static str, Vec<Time>) {
    let parsed: Vec<(i64, (u64, u64))> =
        days.iter().filter_map(|(day, counts)| Some((words::day_number(day)?, *counts))).collect();
    let (Some((first, _)), Some((last, _))) = (parsed.first().copied(), parsed.last().copied()) else {
        return ("week", Vec::new());
    };
    // 1 January 1970 was a Thursday: weeks begin on Mondays.
    let monday = |day: i64| day - (day + 3).rem_euclid(7);
    let weeks = ((monday(last) - monday(first)) / 7 + 1) as usize;
    if weeks <= WEEKS {
        let mut list: Vec<Time> = (0..weeks as i64)
            .map(|week| {
                let from = monday(first) + 7 * week;
                Time { from: words::day_text(from), to: words::day_text(from + 6), mentions: 0, statements: 0 }
            })
            .collect();
        for (day, (mentions, statements)) in parsed {
            let week = (monday(day) - monday(first)) / 7;
            if let Some(time) = list.get_mut(week as usize) {
                time.mentions += mentions;
                time.statements += statements;
            }
        }
        return ("week", list);
    }
    let mut months: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let month_of = |day: i64| words::day_text(day).get(..7).unwrap_or_default().to_owned();
    let mut day = first;
    while day <= last {
        months.entry(month_of(day)).or_default();
        day += 28;
    }
    for (day, (mentions, statements)) in parsed {
        let month = months.entry(month_of(day)).or_default();
        month.0 += mentions;
        month.1 += statements;
    }
    let list = months.into_iter().map(|(month, (mentions, statements))| Time {
        from: format!("{month}-01"),
        to: format!("{month}-31"),
        mentions,
        statements,
    });
    ("month", list.collect())
}
