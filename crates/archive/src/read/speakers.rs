//! Who speaks in the archive: counted over all statements.

use crate::{Archive, Result};
use std::collections::HashMap;

/// Somebody who speaks in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerCount {
    /// The name.
    pub name: String,
    /// How many statements.
    pub statements: u64,
    /// In how many articles.
    pub articles: u64,
    /// The outlets of these articles, sorted; outlets that a page does not name are left out.
    pub outlets: Vec<String>,
    /// The first day of publication, as stated; `None` where no article states one.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

/// What is counted of one name.
struct Counted {
    statements: u64,
    articles: u64,
    /// The document that was counted last.
    last: i64,
    /// Places of the outlets in the list of all.
    outlets: Vec<u32>,
    days: Option<(String, String)>,
}

impl Archive {
    /// Everybody who speaks, most statements first; equal ones by name. Only names that are wanted.
    /// Statements count for whom people say made them, and under the one name that they keep of one person's several.
    pub fn speakers(&self, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<SpeakerCount>> {
        let names = Names::of(self)?;
        let mut counts: Vec<Option<Counted>> = Vec::new();
        counts.resize_with(names.list.len(), || None);
        let (mut outlets, mut places): (Vec<String>, HashMap<String, u32>) = Default::default();
        let (mut document, mut outlet, mut day) = (None, None, String::new());
        // In the order in which statements are stored, so that nothing is sorted or kept but the counts.
        let query = "SELECT t.document, t.nth, t.speaker, d.site, d.published
            FROM statements t JOIN documents d ON d.id = t.document ORDER BY t.document, t.nth";
        self.each(query, [], |row| {
            let number: i64 = row.get(0)?;
            if document != Some(number) {
                document = Some(number);
                let published = row.get_ref(4)?.as_str_or_null()?.unwrap_or_default();
                day.clear();
                day.extend(published.chars().take(10));
                let site = row.get_ref(3)?.as_str_or_null()?.filter(|site| !site.is_empty());
                outlet = site.map(|site| match places.get(site) {
                    Some(place) => *place,
                    None => {
                        let place = outlets.len() as u32;
                        outlets.push(site.to_owned());
                        places.insert(site.to_owned(), place);
                        place
                    }
                });
            }
            let Some(name) = names.of_statement(number, row.get(1)?, row.get(2)?) else { return Ok(()) };
            let count = counts[name].get_or_insert_with(Counted::none);
            count.statements += 1;
            if count.last != number {
                count.last = number;
                count.articles += 1;
                count.outlets.extend(outlet.filter(|outlet| !count.outlets.contains(outlet)));
                count.saw(&day);
            }
            Ok(())
        })?;
        let counted = names.list.into_iter().zip(counts).filter_map(|(name, count)| Some((name, count?)));
        let mut speakers: Vec<SpeakerCount> = counted
            .filter(|(name, _)| is_wanted(name))
            .map(|(name, count)| {
                let (first, last) = count.days.unzip();
                let mut named: Vec<String> =
                    count.outlets.iter().filter_map(|place| outlets.get(*place as usize).cloned()).collect();
                named.sort();
                SpeakerCount {
                    name,
                    statements: count.statements,
                    articles: count.articles,
                    outlets: named,
                    first,
                    last,
                }
            })
            .collect();
        speakers.sort_by(|one, other| other.statements.cmp(&one.statements).then_with(|| one.name.cmp(&other.name)));
        Ok(speakers)
    }
}

impl Counted {
    fn none() -> Counted {
        Counted { statements: 0, articles: 0, last: -1, outlets: Vec::new(), days: None }
    }

    /// Notes a day of publication; empty where an article states none.
    fn saw(&mut self, day: &str) {
        match &mut self.days {
            _ if day.is_empty() => {}
            None => self.days = Some((day.to_owned(), day.to_owned())),
            Some((first, _)) if day < first.as_str() => day.clone_into(first),
            Some((_, last)) if day > last.as_str() => day.clone_into(last),
            Some(_) => {}
        }
    }
}

/// Under which names statements count.
struct Names {
    list: Vec<String>,
    /// Of each number in the table of speakers, the place of the name in the list.
    of_speaker: HashMap<i64, usize>,
    /// Statements that people say somebody else made, by document and place in it.
    moved: HashMap<(i64, u32), usize>,
}

impl Names {
    fn of(archive: &Archive) -> Result<Names> {
        let kept: HashMap<String, String> = archive.same_speakers()?.into_iter().collect();
        let (mut list, mut places): (Vec<String>, HashMap<String, usize>) = Default::default();
        let mut place = |name: String| {
            let name = kept.get(&name).cloned().unwrap_or(name);
            *places.entry(name).or_insert_with_key(|name| {
                list.push(name.clone());
                list.len() - 1
            })
        };
        let mut of_speaker = HashMap::new();
        archive.each("SELECT id, name FROM speakers", [], |row| {
            of_speaker.insert(row.get(0)?, place(row.get(1)?));
            Ok(())
        })?;
        let moved = archive.moved()?.into_iter();
        let moved = moved.map(|moved| ((moved.document.0, moved.nth), place(moved.name))).collect();
        Ok(Names { list, of_speaker, moved })
    }

    /// The place of the name that a statement counts under; `None` for one of nobody with a name.
    fn of_statement(&self, document: i64, nth: u32, speaker: Option<i64>) -> Option<usize> {
        let moved = if self.moved.is_empty() { None } else { self.moved.get(&(document, nth)).copied() };
        moved.or_else(|| self.of_speaker.get(&speaker?).copied())
    }
}
