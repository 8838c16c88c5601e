//! The front page: what is newest, what was added, what changed, who reports on whose authority.

use crate::counts::Counted;
use crate::statement::who;
use crate::{ArticleRef, Sources};
use onrecord_archive::{Addition, Archive, DayCount, Listed, Mark, Result, SourcingCount, utc};
use onrecord_document::SourceKind;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Days in the bar plot.
const PLOTTED_DAYS: usize = 20;
/// Days whose articles are listed.
const LISTED_DAYS: usize = 4;
/// Stories of a day.
const STORIES: usize = 8;
/// Stories after which no further day is begun.
const ENOUGH: usize = 16;
/// Outlets in the table.
const OUTLETS: usize = 12;
/// Commits that are looked at for what was just added.
const COMMITS: usize = 20;
/// Lines of what was just added, and of what changed.
const FEED: usize = 5;
/// Names of who speaks in a story.
const NAMES: usize = 3;

/// The front page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Front {
    /// Articles in the archive.
    pub articles: u64,
    /// Statements in them.
    pub statements: u64,
    /// Days with articles, oldest first, for the plot.
    pub days: Vec<Day>,
    /// Whether there are earlier days than those.
    pub has_earlier: bool,
    /// The latest of these days with their stories, newest first.
    pub sections: Vec<Section>,
    /// What was added last.
    pub added: Vec<Added>,
    /// Articles of which a new version came.
    pub changed: Vec<Changed>,
    /// Outlets with most articles first.
    pub outlets: Vec<Outlet>,
    /// Queries that find something here.
    pub examples: Vec<String>,
}

/// The front page as it was last asked for: nothing of it changes before the archive does.
#[derive(Default)]
pub struct Fronts(Mutex<Option<(Option<Mark>, Arc<Front>)>>);

impl Fronts {
    /// The front page now; of days before `before`, where it is given.
    pub fn of(&self, archive: &Archive, counted: &Counted, before: Option<&str>) -> Result<Arc<Front>> {
        if before.is_some() {
            return Front::of(archive, counted, before).map(Arc::new);
        }
        let mark = archive.mark()?;
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_current = |front: &Front| front.articles == counted.articles && front.statements == counted.statements;
        if let Some((_, front)) = kept().as_ref().filter(|(at, front)| *at == mark && is_current(front)) {
            return Ok(Arc::clone(front));
        }
        let front = Arc::new(Front::of(archive, counted, None)?);
        *kept() = Some((mark, Arc::clone(&front)));
        Ok(front)
    }
}

/// A day of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Day {
    /// As `2024-11-18`.
    pub day: String,
    /// Articles.
    pub articles: u64,
    /// Outlets that have one.
    pub outlets: u64,
}

/// A day with its stories.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Section {
    /// The day; `None` for articles that state none.
    pub day: Option<Day>,
    /// The latest of its articles.
    pub stories: Vec<Story>,
}

/// An article on the front page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Story {
    /// The article.
    #[serde(flatten)]
    pub article: ArticleRef,
    /// Its statements, by source.
    pub sources: Sources,
    /// Who speaks in it first.
    pub speakers: Vec<String>,
    /// How many others do.
    pub more_speakers: u64,
    /// How many versions the archive has of it.
    pub versions: u64,
}

/// Articles that came in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Added {
    /// When, RFC 3339.
    pub at: String,
    /// Articles at new addresses.
    pub articles: u64,
    /// New versions of known ones.
    pub versions: u64,
    /// The file or folder that they came from, as far as one can be named.
    pub from: String,
}

/// An article with a new version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// The newest version.
    #[serde(flatten)]
    pub article: ArticleRef,
    /// When it was added, RFC 3339.
    pub at: String,
    /// How many there are.
    pub versions: u64,
}

/// An outlet and on whose authority it reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// Articles with statements.
    pub articles: u64,
    /// Its statements.
    pub sources: Sources,
}

impl Front {
    /// The front page; of days before `before`, where it is given.
    pub fn of(archive: &Archive, counted: &Counted, before: Option<&str>) -> Result<Front> {
        let mut days: Vec<Day> = archive.days(before, PLOTTED_DAYS + 1)?.into_iter().map(Day::of).collect();
        let has_earlier = days.len() > PLOTTED_DAYS;
        days.truncate(PLOTTED_DAYS);
        let mut sections = Vec::new();
        let mut stories = 0;
        for day in days.iter().take(LISTED_DAYS) {
            if stories >= ENOUGH {
                break;
            }
            let listed = archive.of_day(&day.day, STORIES)?;
            let section = Section {
                day: Some(day.clone()),
                stories: listed.iter().map(|listed| Story::of(archive, listed)).collect::<Result<_>>()?,
            };
            stories += section.stories.len();
            sections.push(section);
        }
        if sections.is_empty() && before.is_none() {
            let listed = archive.just_added(STORIES)?;
            let stories: Vec<Story> = listed.iter().map(|listed| Story::of(archive, listed)).collect::<Result<_>>()?;
            if !stories.is_empty() {
                sections.push(Section { day: None, stories });
            }
        }
        let changed = archive.changed_lately(FEED)?.into_iter().map(|listed| {
            Ok(Changed {
                versions: archive.version_count(&listed)?,
                at: utc(listed.added),
                article: ArticleRef::of(&listed),
            })
        });
        let changed = changed.collect::<Result<Vec<_>>>()?;
        let newest = days.first().map(|day| day.day.clone());
        days.reverse();
        Ok(Front {
            articles: counted.articles,
            statements: counted.statements,
            days,
            has_earlier,
            sections,
            added: archive.additions(COMMITS)?.into_iter().take(FEED).map(Added::of).collect(),
            changed,
            outlets: outlets(&counted.months),
            examples: examples(counted, newest.as_deref()),
        })
    }
}

impl Day {
    fn of(count: DayCount) -> Day {
        Day { day: count.day, articles: count.articles, outlets: count.outlets }
    }
}

impl Added {
    fn of(addition: Addition) -> Added {
        let Addition { at, articles, versions, names: [first, last] } = addition;
        // A record or a line names its file.
        let file = |name: &str| name.split(['!', '#']).next().unwrap_or(name).to_owned();
        let (first, last) = (file(&first), file(&last));
        let from = if first == last { first } else { folder(&first, &last) };
        Added { at: utc(at), articles, versions, from }
    }
}

/// The folder that holds both of two files; the first, where none does.
fn folder(one: &str, other: &str) -> String {
    let same: Vec<&str> =
        one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other).map(|(part, _)| part).collect();
    if same.is_empty() { format!("{one} and others") } else { format!("{}/", same.join("/")) }
}

impl Story {
    pub(crate) fn of(archive: &Archive, listed: &Listed) -> Result<Story> {
        let mut sources = Sources::default();
        let mut speakers: Vec<String> = Vec::new();
        let rows = archive.statements(listed.id)?;
        if !rows.is_empty() {
            let words = archive.words(listed.id)?;
            let layers = archive.layers(listed.id, &words)?;
            rows.iter().for_each(|row| sources.add(row.source, 1));
            for statement in layers.statements.iter().flat_map(|layer| &layer.items) {
                let Some(who) = who(&words.buffer, &layers, statement) else { continue };
                if !speakers.contains(&who) {
                    speakers.push(who);
                }
            }
        }
        let more_speakers = speakers.len().saturating_sub(NAMES) as u64;
        speakers.truncate(NAMES);
        Ok(Story {
            article: ArticleRef::of(listed),
            sources,
            speakers,
            more_speakers,
            versions: archive.version_count(listed)?,
        })
    }
}

/// Sources of a count.
pub(crate) fn sources_of(count: &SourcingCount) -> Sources {
    let mut sources = Sources::default();
    for (kind, number) in SourceKind::ALL.iter().zip(&count.by_source) {
        sources.add(*kind, *number);
    }
    sources
}

/// Outlets that pages name, most articles first.
fn outlets(months: &[SourcingCount]) -> Vec<Outlet> {
    let mut outlets: BTreeMap<&str, Outlet> = BTreeMap::new();
    for count in months.iter().filter(|count| !count.outlet.is_empty()) {
        let outlet = outlets.entry(&count.outlet).or_insert_with(|| Outlet {
            name: count.outlet.clone(),
            articles: 0,
            sources: Sources::default(),
        });
        outlet.articles += count.articles;
        for (kind, number) in SourceKind::ALL.iter().zip(&count.by_source) {
            outlet.sources.add(*kind, *number);
        }
    }
    let mut outlets: Vec<Outlet> = outlets.into_values().collect();
    outlets.sort_by(|one, other| other.articles.cmp(&one.articles).then_with(|| one.name.cmp(&other.name)));
    outlets.truncate(OUTLETS);
    outlets
}

/// Queries that find something in this archive, to show what the language can do.
fn examples(counted: &Counted, newest: Option<&str>) -> Vec<String> {
    let mut examples = Vec::new();
    let family = counted.speakers.first().and_then(|speaker| speaker.name.split_whitespace().last());
    let is_word = |word: &&str| word.chars().all(char::is_alphanumeric);
    examples.extend(family.filter(is_word).map(|family| format!("speaker:{}", family.to_lowercase())));
    examples.extend(newest.and_then(|day| day.get(..7)).map(|month| format!("source:unnamed date:{month}")));
    if counted.articles > 0 {
        examples.push("form:direct terms:background".to_owned());
    }
    examples
}
