//! How fast the archive's search is, beside SQLite FTS5 and tantivy called directly on the same articles.
//!
//! Usage: `search_speed ARCHIVE WORK [QUERIES]`: searches the archive, and makes the peers' indexes of its articles in the
//! folder WORK, where they are not there yet. Prints a table in Markdown. What was found lately is remembered, so fewer than 129
//! queries would measure that: the usual 200, asked in turn, are forgotten before they come again.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a bench stops at the first thing that is wrong

use onrecord_archive::Archive;
use onrecord_search::text::Words;
use onrecord_search::{Kind, Request, Search, query};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, TantivyDocument, doc};

/// Results of a page.
const PAGE: usize = 20;
/// Articles whose words queries are made of.
const SAMPLED: usize = 400;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (place, work) = (PathBuf::from(&arguments[0]), PathBuf::from(&arguments[1]));
    let number: usize = arguments.get(2).map_or(200, |number| number.parse().expect("a number of queries"));
    std::fs::create_dir_all(&work).unwrap();
    let archive = Archive::open(&place).unwrap();
    let articles = archive.len().unwrap();
    let asked = queries(&archive, number);
    let fts = Fts::of(&archive, &work);
    let direct = Direct::of(&archive, &work);

    let began = Instant::now();
    let mut search = Search::open(&place, |news| eprintln!("{news}")).unwrap();
    let opened = began.elapsed();
    search.find(&Request { facets: true, ..request(&asked[0].0) }).unwrap();
    let first = began.elapsed();

    println!("{articles} articles, {} queries, {PAGE} results each; milliseconds", asked.len());
    println!();
    println!("| | median | p99 | most |");
    println!("|---|---|---|---|");
    let mut total = 0;
    row("onrecord: total, facets, snippets", &asked, |asked| {
        total += search.find(&Request { facets: true, ..request(&asked.0) }).unwrap().total;
    });
    row("onrecord: total, snippets", &asked, |asked| {
        search.find(&request(&asked.0)).unwrap();
    });
    row("tantivy directly: total, snippets", &asked, |asked| direct.search(&asked.1));
    row("SQLite FTS5: total, snippets", &asked, |asked| fts.search(&asked.2));
    println!();
    println!("opened in {:.1} ms, first answer after {:.1} ms; {total} results in all", ms(opened), ms(first));
}

fn request(asked: &str) -> Request {
    Request { limit: PAGE, ..Request::new(query::parse(asked).unwrap(), Kind::Articles) }
}

fn row<T>(name: &str, asked: &[T], mut search: impl FnMut(&T)) {
    // Warm: every query was asked before.
    asked.iter().for_each(&mut search);
    let mut times: Vec<Duration> = asked
        .iter()
        .map(|asked| {
            let began = Instant::now();
            search(asked);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: f64| ms(times[((times.len() - 1) as f64 * share).round() as usize]);
    println!("| {name} | {:.2} | {:.2} | {:.2} |", at(0.5), at(0.99), at(1.0));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Distinct queries in our language, tantivy's and FTS5's: words common and rare, two and three words, either of two, phrases,
/// beginnings, one without another; made of the articles' own words, the same for the same articles.
fn queries(archive: &Archive, number: usize) -> Vec<(String, String, String)> {
    let ids = archive.ids().unwrap();
    let step = (ids.len() / SAMPLED).max(1);
    let mut texts: Vec<Vec<String>> = Vec::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids.iter().step_by(step) {
        let words = archive.words(*id).unwrap();
        let ascii = |word: &String| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let words: Vec<String> = Words::of(words.text()).map(|word| word.folded).filter(ascii).collect();
        words.iter().collect::<BTreeSet<_>>().into_iter().for_each(|word| *times.entry(word.clone()).or_default() += 1);
        texts.push(words);
    }
    let mut by_times: Vec<(usize, String)> = times.into_iter().map(|(word, times)| (times, word)).collect();
    by_times.sort_by(|one, other| other.cmp(one));
    let ranked: Vec<String> = by_times.into_iter().map(|(_, word)| word).collect();
    // Repeatable, and spread over common and rare words alike.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut out: Vec<(String, String, String)> = Vec::new();
    let mut known = BTreeSet::new();
    while out.len() < number {
        // Each band of ten times as many words is asked for as often.
        let rank = |random: &mut dyn FnMut(usize) -> usize| {
            let band = [30, 300, 3_000, ranked.len()][random(4)].min(ranked.len());
            random(band)
        };
        let mut word = || ranked[rank(&mut random)].clone();
        let (a, b, c) = (word(), word(), word());
        let text = &texts[random(texts.len())];
        if text.len() < 10 {
            continue;
        }
        let at = random(text.len() - 3);
        let (phrase, beginning) = (text[at..at + 2].join(" "), &text[at][..text[at].len().min(4)]);
        let next = match out.len() % 8 {
            0 | 1 => (a.clone(), a.clone(), a),
            2 | 3 => (format!("{a} {b}"), format!("+{a} +{b}"), format!("{a} {b}")),
            4 => (format!("{a} {b} {c}"), format!("+{a} +{b} +{c}"), format!("{a} {b} {c}")),
            5 => (format!("{a} OR {b}"), format!("{a} {b}"), format!("{a} OR {b}")),
            6 => (format!("\"{phrase}\""), format!("\"{phrase}\""), format!("\"{phrase}\"")),
            _ if out.len() % 16 == 7 => (format!("{beginning}*"), a.clone(), format!("{beginning}*")),
            _ => (format!("{a} -{b}"), format!("+{a} -{b}"), format!("{a} NOT {b}")),
        };
        if known.insert(next.0.clone()) {
            out.push(next);
        }
    }
    out
}

/// SQLite FTS5 with its Porter stemmer, texts in the table.
struct Fts(Connection);

impl Fts {
    fn of(archive: &Archive, work: &Path) -> Fts {
        let file = work.join("fts5.db");
        let made = file.exists();
        let mut db = Connection::open(&file).unwrap();
        if !made {
            db.execute_batch("CREATE VIRTUAL TABLE articles USING fts5(headline, text, tokenize = 'porter unicode61')")
                .unwrap();
            let began = Instant::now();
            let transaction = db.transaction().unwrap();
            for id in archive.ids().unwrap() {
                let headline = archive.listed(id).unwrap().headline.unwrap_or_default();
                let words = archive.words(id).unwrap();
                let insert = "INSERT INTO articles (headline, text) VALUES (?1, ?2)";
                transaction.prepare_cached(insert).unwrap().execute((headline, words.text())).unwrap();
            }
            transaction.commit().unwrap();
            eprintln!("SQLite FTS5 indexed in {:.1} s, {} bytes", began.elapsed().as_secs_f64(), size(&file));
        }
        Fts(db)
    }

    fn search(&self, asked: &str) {
        let count = "SELECT count(*) FROM articles WHERE articles MATCH ?1";
        let total: i64 = self.0.prepare_cached(count).unwrap().query_row([asked], |row| row.get(0)).unwrap();
        let page =
            "SELECT rowid, headline, snippet(articles, 1, '[', ']', '…', 40) FROM articles WHERE articles MATCH ?1
            ORDER BY rank LIMIT ?2";
        let mut statement = self.0.prepare_cached(page).unwrap();
        let rows = statement.query_map((asked, PAGE as i64), |row| row.get::<_, String>(2)).unwrap();
        assert_eq!(rows.map(Result::unwrap).count(), (total as usize).min(PAGE), "{asked}");
    }
}

/// tantivy as its documentation has it: texts stored, the default tokenizer without a stemmer, its own snippets.
struct Direct {
    index: Index,
    reader: tantivy::IndexReader,
    text: tantivy::schema::Field,
}

impl Direct {
    fn of(archive: &Archive, work: &Path) -> Direct {
        let dir = work.join("tantivy");
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT | STORED);
        let index = match dir.exists() {
            true => Index::open_in_dir(&dir).unwrap(),
            false => {
                std::fs::create_dir_all(&dir).unwrap();
                let index = Index::create_in_dir(&dir, schema.build()).unwrap();
                let began = Instant::now();
                let mut writer = index.writer_with_num_threads(1, 96 << 20).unwrap();
                for id in archive.ids().unwrap() {
                    let headline = archive.listed(id).unwrap().headline.unwrap_or_default();
                    let words = archive.words(id).unwrap();
                    writer.add_document(doc!(text => format!("{headline}\n{}", words.text()))).unwrap();
                }
                writer.commit().unwrap();
                writer.wait_merging_threads().unwrap();
                eprintln!("tantivy indexed in {:.1} s, {} bytes", began.elapsed().as_secs_f64(), size(&dir));
                index
            }
        };
        let reader = index.reader().unwrap();
        Direct { index, reader, text }
    }

    fn search(&self, asked: &str) {
        let searcher = self.reader.searcher();
        let query = QueryParser::for_index(&self.index, vec![self.text]).parse_query(asked).unwrap();
        let (best, _) = searcher.search(&query, &(TopDocs::with_limit(PAGE).order_by_score(), Count)).unwrap();
        let snippets = SnippetGenerator::create(&searcher, &*query, self.text).unwrap();
        for (_, address) in best {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            let text = document.get_first(self.text).and_then(|value| value.as_str()).unwrap_or_default();
            let snippet = snippets.snippet(text);
            std::hint::black_box(snippet.fragment());
        }
    }
}

fn size(path: &Path) -> u64 {
    if path.is_file() {
        return path.metadata().map_or(0, |metadata| metadata.len());
    }
    std::fs::read_dir(path).map_or(0, |entries| entries.flatten().map(|entry| size(&entry.path())).sum())
}
