//! Searching an archive: what people ask, and what happens to the index in between.

use crate::common::{READING, examples, read};
use onrecord_archive::{Archive, Error, Prepared, Writer};
use onrecord_document::{Capture, Media, SourceKind};
use onrecord_search::FOLDER;
use onrecord_search::{Cursor, Facet, Found, Hit, IndexFollower, Kind, Request, Search, Sort, check_index, query};
use onrecord_span::PageBytes;
use std::path::{Path, PathBuf};

/// An article from a JSON line.
fn article(id: &str, published: &str, site: &str, headline: &str, text: &str) -> Capture {
    let quoted = |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    let line = format!(
        r#"{{"id": {}, "url": {}, "site": {}, "published": {}, "headline": {}, "text": {}}}"#,
        quoted(id),
        quoted(&format!("https://{}.example/{id}", site.to_lowercase().replace(' ', "-"))),
        quoted(site),
        quoted(published),
        quoted(headline),
        quoted(text)
    );
    Capture::new(id, PageBytes::new(line.into_bytes()).unwrap(), Media::JsonLine)
}

fn add_indexed(place: &Path, captures: &[Capture]) {
    let mut writer = Writer::open(place, vec![Box::new(IndexFollower::of(place))]).unwrap();
    for capture in captures {
        let prepared = Prepared::new(read(capture), READING, &writer.bases());
        writer.add(prepared).unwrap();
    }
    writer.finish().unwrap();
}

fn indexed(captures: &[Capture]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    add_indexed(&place, captures);
    (folder, place)
}

fn search(place: &Path) -> Search {
    Search::open(place, |news| panic!("{news}")).unwrap()
}

fn found(search: &mut Search, kind: Kind, asked: &str) -> Found {
    let request = Request::new(query::parse(asked).unwrap_or_else(|error| panic!("{asked}: {error}")), kind);
    search.find(&Request { limit: 100, facets: true, ..request }).unwrap()
}

fn names(search: &mut Search, asked: &str) -> Vec<String> {
    let found = found(search, Kind::Articles, asked);
    assert_eq!(found.total, found.hits.len() as u64);
    let mut names: Vec<String> = found.hits.iter().map(|hit| hit.listed().name.clone()).collect();
    names.sort();
    names
}

const FERRY: &str = "The ferry Zorya struck the breakwater at Sarvo on Monday, killing six people.\n\n\
    \"We saw no radar echo,\" said harbour master Ada Reyes.\n\nTwo officials said the captain was asleep.";

fn press() -> Vec<Capture> {
    vec![
        article("ferry", "2024-11-18", "Harbor Gazette", "Ferry hits breakwater", FERRY),
        article(
            "strike",
            "2024-12-02T23:30:00-05:00",
            "National Ledger",
            "Strikes on Sumy go on",
            "A strike hit the centre of Sumy late on Sunday.\n\n\"It was a drone,\" mayor Oleh Bondar said.\n\n\
             Officials, who spoke on condition of anonymity, said the U.S. knew of 1,500 drones.",
        ),
        article(
            "paris",
            "2025-01",
            "Le Fanal",
            "Les négociations à l’Élysée",
            "Les négociateurs se sont retrouvés mardi à l’Élysée pour parler des élections qui viennent, et de ce qui suit.",
        ),
        article(
            "tokyo",
            "2025-01-05",
            "Kaiko",
            "渡船事故",
            "渡船が港で防波堤に衝突し、六人が死亡した。警察は原因を調べている。",
        ),
        article(
            "moscow",
            "",
            "Novy Bereg",
            "Переговоры в Сарво",
            "Участники переговоров встретились в городе Сарво и обсудили аварию парома, о которой сообщала полиция.",
        ),
    ]
}

#[test]
fn words_are_found_by_stem_accent_and_pair_in_the_language_of_the_article() {
    let (_folder, place) = indexed(&press());
    let mut search = search(&place);
    for (asked, expected) in [
        ("striking sumy", vec!["strike"]),
        ("\"struck the breakwater\"", vec!["ferry"]),
        ("\"breakwater struck\"", vec![]),
        ("\"strikes the breakwater\"", vec!["ferry"]),
        ("\"breakwater ferry\"~3", vec!["ferry"]),
        ("\"breakwater zorya\"~2", vec!["ferry"]),
        ("\"breakwater zorya\"~1", vec![]),
        ("breakw*", vec!["ferry"]),
        ("strikin*", vec![]),
        ("strikes*", vec!["strike"]),
        ("elysee negociation", vec!["paris"]),
        ("ÉLECTION", vec!["paris"]),
        ("переговоров", vec!["moscow"]),
        ("渡船", vec!["tokyo"]),
        ("防波堤", vec!["tokyo"]),
        ("\"防波堤に衝突\"", vec!["tokyo"]),
        ("堤", vec!["tokyo"]),
        ("堤波", vec![]),
        ("US drones", vec!["strike"]),
        ("1500", vec!["strike"]),
        ("ferry OR drone", vec!["ferry", "strike"]),
        ("-ferry -drone", vec!["moscow", "paris", "tokyo"]),
        ("headline:strike", vec!["strike"]),
        ("headline:radar", vec![]),
        ("outlet:gazette", vec!["ferry"]),
        ("outlet:\"national ledger\"", vec!["strike"]),
        ("outlet:national-ledger.example", vec!["strike"]),
        ("lang:french OR lang:english", vec!["ferry", "paris", "strike"]),
        ("date:2024", vec!["ferry", "strike"]),
        ("date:2024-12-02", vec!["strike"]),
        ("date:2025-01..", vec!["tokyo"]),
        ("date:..2024-11", vec!["ferry"]),
        ("https://harbor-gazette.example/ferry", vec!["ferry"]),
        ("url:http://www.harbor-gazette.example", vec!["ferry"]),
        ("*", vec!["ferry", "moscow", "paris", "strike", "tokyo"]),
        ("changed:yes", vec![]),
        ("tag:urgent", vec![]),
    ] {
        assert_eq!(names(&mut search, asked), expected, "{asked}");
    }
}

#[test]
fn conditions_on_statements_are_met_by_one_statement() {
    let (_folder, place) = indexed(&press());
    let mut search = search(&place);
    for (asked, expected) in [
        ("said:\"no radar\"", vec!["ferry"]),
        ("said:radar speaker:reyes", vec!["ferry"]),
        ("said:radar speaker:bondar", vec![]),
        ("said:radar source:unnamed", vec![]),
        ("said:(radar OR drone) kind:direct", vec!["ferry", "strike"]),
        ("ferry -said:radar", vec![]),
        ("speaker:\"ada reyes\" date:2024-11", vec!["ferry"]),
        ("cue:said", vec!["ferry", "strike"]),
    ] {
        assert_eq!(names(&mut search, asked), expected, "{asked}");
    }
    let statements = found(&mut search, Kind::Statements, "radar");
    let [Hit::Statement(statement)] = &statements.hits[..] else { panic!("{:?}", statements.hits) };
    let said = &statement.statement.content[0];
    assert_eq!(said.marks.iter().map(|mark| &said.words[mark.clone()]).collect::<Vec<_>>(), ["radar"]);
    assert_eq!(statement.statement.speaker.as_ref().unwrap().name, "Ada Reyes");
    assert_eq!(found(&mut search, Kind::Statements, "headline:ferry speaker:reyes").total, 1);
    assert_eq!(
        found(&mut search, Kind::Statements, "outlet:ledger date:2024-12").total,
        found(&mut search, Kind::Statements, "sumy OR outlet:ledger").total
    );
}

#[test]
fn results_carry_facets_snippets_and_where_they_stand() {
    let (_folder, place) = indexed(&press());
    let mut search = search(&place);
    let found = found(&mut search, Kind::Articles, "ferry OR strike");
    let facets = found.facets.as_ref().unwrap();
    let count =
        |facet: &Facet<String>, name: &str| facet.values.iter().find(|(value, _)| value == name).map(|(_, n)| *n);
    assert_eq!(count(&facets.outlets, "Harbor Gazette"), Some(1));
    assert_eq!(count(&facets.languages, "en"), Some(2));
    assert_eq!(facets.months.values, [("2024-12".to_owned(), 1), ("2024-11".to_owned(), 1)]);
    assert_eq!(count(&facets.speakers, "Ada Reyes"), Some(1));
    assert!(facets.sources.values.iter().any(|(kind, n)| *kind == SourceKind::NamedPerson && *n == 2));
    let hit = found.hits.iter().find(|hit| hit.listed().name == "ferry").unwrap();
    let Hit::Article(hit) = hit else { panic!() };
    let snippet = hit.snippet.as_ref().unwrap();
    assert_eq!(&snippet.words[snippet.marks[0].clone()], "ferry");
    let words = search.archive().words(hit.listed.id).unwrap();
    assert_eq!(words.words(snippet.span), snippet.words);
    assert_eq!(hit.headline_marks, std::slice::from_ref(&(0..5)));
}

#[test]
fn pages_by_cursor_give_everything_once_in_the_same_order() {
    let mut captures = press();
    captures.extend((0..40).map(|nth| {
        article(
            &format!("wire{nth}"),
            "2024-11-20",
            "Wire",
            "Ferry again",
            &format!("The ferry sailed for the {nth}th time."),
        )
    }));
    let (_folder, place) = indexed(&captures);
    let mut search = search(&place);
    for sort in [Sort::Relevance, Sort::Time] {
        let request = Request { sort, limit: 7, ..Request::new(query::parse("ferry").unwrap(), Kind::Articles) };
        let whole = search.find(&Request { limit: 100, ..request.clone() }).unwrap();
        let mut after = None;
        let mut paged = Vec::new();
        loop {
            let page = search.find(&Request { after, ..request.clone() }).unwrap();
            assert_eq!(page.total, 41);
            paged.extend(page.hits.iter().map(|hit| hit.listed().name.clone()));
            assert!(!page.has_shifted);
            match page.next {
                Some(next) => after = Cursor::parse(&next.to_string()),
                None => break,
            }
        }
        let whole: Vec<String> = whole.hits.iter().map(|hit| hit.listed().name.clone()).collect();
        assert_eq!(paged, whole, "{sort:?}");
        // What is equal is not in the order in which it was added, so that another archive orders it alike.
        let mut other = captures.clone();
        other.reverse();
        let (_other_folder, other) = indexed(&other);
        let other = Search::open(&other, |_| {}).unwrap().find(&Request { limit: 100, ..request }).unwrap();
        let other: Vec<String> = other.hits.iter().map(|hit| hit.listed().name.clone()).collect();
        assert_eq!(other, whole, "{sort:?}");
    }
    let foreign = search.find(&Request { limit: 1, ..Request::new(query::parse("ferry").unwrap(), Kind::Articles) });
    let after = foreign.unwrap().next;
    let other = Request { after, ..Request::new(query::parse("strike").unwrap(), Kind::Articles) };
    assert!(search.find(&other).unwrap_err().to_string().contains("another search"));
}

#[test]
fn a_cursor_by_relevance_says_that_the_archive_has_changed() {
    let (_folder, place) = indexed(&press());
    let mut search = search(&place);
    let request = Request { limit: 1, ..Request::new(query::parse("ferry OR strike").unwrap(), Kind::Articles) };
    let first = search.find(&request).unwrap();
    add_indexed(
        &place,
        &[article("new", "2026-01-01", "Wire", "A ferry", "Another ferry has sailed into the harbour.")],
    );
    let second = search.find(&Request { after: first.next, ..request.clone() }).unwrap();
    assert!(second.has_shifted);
    assert_eq!(second.total, 3, "a search sees what was added while it was open");
    let by_time = Request { sort: Sort::Time, ..request };
    let first = search.find(&by_time).unwrap();
    let second = search.find(&Request { after: first.next, ..by_time }).unwrap();
    assert!(!second.has_shifted);
}

#[test]
fn a_search_that_finds_nothing_says_what_would() {
    let (_folder, place) = indexed(&press());
    let mut search = search(&place);
    let advice = found(&mut search, Kind::Articles, "ferry date:2025").advice.unwrap();
    let without: Vec<String> = advice.without.iter().map(|(part, count)| format!("{part} {count}")).collect();
    assert_eq!(without, ["ferry 1", "date:2025 1"]);
    let advice = found(&mut search, Kind::Articles, "breakwatr").advice.unwrap();
    assert_eq!(advice.meant.iter().map(|(query, _)| query.to_string()).collect::<Vec<_>>(), ["breakwater"]);
    let advice = found(&mut search, Kind::Statements, "speaker:bondr").advice.unwrap();
    assert_eq!(advice.meant.iter().map(|(query, _)| query.to_string()).collect::<Vec<_>>(), ["speaker:bondar"]);
}

#[test]
fn an_index_that_is_missing_damaged_foreign_or_behind_is_made_right_and_said() {
    let (_folder, place) = indexed(&press());
    let index = place.join(FOLDER);
    let opened = |expected: &str| {
        let mut said = Vec::new();
        let mut search = Search::open(&place, |news| said.push(news.to_owned())).unwrap();
        assert!(said.len() == 1 && said[0].contains(expected), "{expected}: {said:?}");
        assert_eq!(names(&mut search, "breakwater"), ["ferry"]);
        assert_eq!(check_index(&place).unwrap(), None);
    };
    assert_eq!(check_index(&place).unwrap(), None);

    std::fs::remove_dir_all(&index).unwrap();
    assert_eq!(check_index(&place).unwrap().as_deref(), Some("is missing"));
    opened("is missing");

    // One byte of postings.
    for kind in ["idx", "pos", "term", "fast", "fieldnorm"] {
        let mut files = std::fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
        let file = files.find(|path| path.extension().is_some_and(|ending| ending == kind)).unwrap();
        let mut bytes = std::fs::read(&file).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 0x41;
        // The library's files may not be written to.
        std::fs::remove_file(&file).unwrap();
        std::fs::write(&file, bytes).unwrap();
        assert!(check_index(&place).unwrap().unwrap().contains("is damaged"), "{kind}");
        opened("is damaged");
    }

    let meta = index.join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    std::fs::remove_file(&meta).unwrap();
    std::fs::write(&meta, text.replace("onrecord ", "onrecord 99")).unwrap();
    opened("another version");
    std::fs::write(&meta, "{").unwrap();
    opened("can't be opened");

    // Added without an index: power was cut between the two.
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let late =
        article("late", "2026-01-01", "Wire", "Late", "A breakwater was built, and the harbour is safe at last.");
    writer.add(Prepared::new(read(&late), READING, &writer.bases())).unwrap();
    writer.finish().unwrap();
    assert_eq!(check_index(&place).unwrap().as_deref(), Some("is behind"));
    let mut said = Vec::new();
    let mut search = Search::open(&place, |news| said.push(news.to_owned())).unwrap();
    assert!(said[0].contains("1 change behind"), "{said:?}");
    assert_eq!(names(&mut search, "breakwater"), ["ferry", "late"]);

    // The index of another archive.
    let (_other_folder, other) = indexed(&press()[1..]);
    std::fs::remove_dir_all(&index).unwrap();
    copy(&other.join(FOLDER), &index);
    let mut said = Vec::new();
    let mut search = Search::open(&place, |news| said.push(news.to_owned())).unwrap();
    assert!(said[0].contains("another archive"), "{said:?}");
    assert_eq!(names(&mut search, "breakwater"), ["ferry", "late"]);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn while_another_process_writes_an_index_that_is_behind_says_so() {
    let (_folder, place) = indexed(&press());
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let late =
        article("late", "2026-01-01", "Wire", "Late", "A breakwater was built, and the harbour is safe at last.");
    writer.add(Prepared::new(read(&late), READING, &writer.bases())).unwrap();
    writer.commit().unwrap();
    let mut said = Vec::new();
    let mut search = Search::open(&place, |news| said.push(news.to_owned())).unwrap();
    assert_eq!(said.len(), 2, "{said:?}");
    let found = found(&mut search, Kind::Articles, "breakwater");
    assert_eq!((found.total, found.behind), (1, 1));
    // Without any index there is no answer rather than a wrong one.
    std::fs::remove_dir_all(place.join(FOLDER)).unwrap();
    assert!(matches!(Search::open(&place, |_| {}), Err(Error::Follower { .. })));
}

#[test]
fn an_archive_that_was_never_added_to_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(Writer::open(folder.path(), Vec::new()).unwrap());
    let mut search = search(folder.path());
    assert_eq!(found(&mut search, Kind::Articles, "ferry").total, 0);
    assert!(matches!(Search::open(&folder.path().join("none"), |_| {}), Err(Error::Absent(_))));
    assert!(Archive::open(folder.path()).unwrap().is_empty().unwrap());
}

#[test]
fn every_statement_of_the_examples_is_found_by_its_words() {
    let captures = examples();
    let (_folder, place) = indexed(&captures);
    let mut search = search(&place);
    let archive = Archive::open(&place).unwrap();
    let mut statements = 0;
    for id in archive.ids().unwrap() {
        let document = archive.document(id).unwrap();
        for (nth, statement) in document.statements().iter().enumerate() {
            let words = document.words(statement.content[0]).replace(['"', '\\', '\n'], " ");
            let asked = format!("said:\"{words}\"");
            let request = Request { limit: 100, ..Request::new(query::parse(&asked).unwrap(), Kind::Statements) };
            let found = search.find(&request).unwrap();
            let mine = |hit: &&Hit| matches!(hit, Hit::Statement(hit) if hit.listed.id == id && hit.statement.nth as usize == nth);
            let Some(Hit::Statement(hit)) = found.hits.iter().find(mine) else {
                panic!("{asked} in {}", document.capture().id)
            };
            assert_eq!(hit.statement.id, statement.id.to_string());
            assert!(hit.statement.content.iter().any(|part| !part.marks.is_empty()), "{asked}");
            statements += 1;
        }
    }
    assert!(statements > 100, "{statements}");
}
