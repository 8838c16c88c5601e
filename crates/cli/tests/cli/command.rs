//! Commands that read pages, and the command line itself.
use crate::support::{command, json_lines, onrecord, stderr, stdout, with_input};
use std::io::Write;
use std::process::{Command, Output, Stdio};

const ARTICLE: &str = "Ferry strikes breakwater\n\nThe ferry struck the breakwater on Monday evening, and six people died.\n\n\
    “We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.\n\n\
    The company has not answered questions about the crossing, which it ran for the first time that day.\n";

/// A folder with articles, an empty file, a picture and a note of another kind.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("article.txt", ARTICLE.as_bytes());
    write("empty.html", b"");
    write("picture.html", b"\x89PNG\r\n\x1a\n0000");
    write("notes.pdf", b"%PDF-1.7");
    for number in 0..40 {
        write(
            &format!("page{number:02}.txt"),
            format!("Page {number}\n\n{}", ARTICLE.repeat(number % 7 + 1)).as_bytes(),
        );
    }
    folder
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    json_lines(&stdout(output))
}

fn ids(output: &Output) -> Vec<String> {
    lines(output).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_exit_status_tells_whether_all_was_read() {
    let folder = folder();
    let status = |args: &[&str]| onrecord(folder.path(), args).status.code();
    assert_eq!(status(&["read", "article.txt"]), Some(0));
    assert_eq!(status(&["read", "article.txt", "empty.html"]), Some(2));
    assert_eq!(status(&["read", "nowhere.html"]), Some(2));
    assert_eq!(status(&["read"]), Some(1));
    assert_eq!(status(&["read", "--format", "xml", "article.txt"]), Some(1));
    assert_eq!(status(&["read", "--threads", "0", "article.txt"]), Some(1));
    assert_eq!(status(&["rede"]), Some(1));
    assert_eq!(status(&["--help"]), Some(0));
    assert_eq!(status(&["--version"]), Some(0));
}

#[test]
fn every_page_gets_its_line_in_input_order_and_problems_are_said_once() {
    let folder = folder();
    let output = onrecord(folder.path(), &["read", "picture.html", "nowhere.html", "article.txt", "empty.html"]);
    assert_eq!(ids(&output), ["picture.html", "nowhere.html", "article.txt", "empty.html"]);
    let said = stderr(&output);
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said[1], "onrecord: nowhere.html: does not exist");
    assert_eq!(said[2], "onrecord: empty.html: is empty");
    assert_eq!(said[3], "onrecord: 3 of 4 pages could not be read");
    assert_eq!(said.len(), 4);
    let line = &lines(&output)[3];
    assert_eq!(line["notes"][0]["code"], "empty");
    assert_eq!(line["text"], "");
}

#[test]
fn a_folder_is_read_in_order_and_other_files_are_counted() {
    let folder = folder();
    let output = onrecord(folder.path(), &["read", "."]);
    let read = ids(&output);
    let mut sorted = read.clone();
    sorted.sort();
    assert_eq!(read, sorted);
    assert_eq!(read.len(), 43);
    assert!(
        stderr(&output).ends_with("2 of 43 pages could not be read; 1 file of other types in folders was skipped\n")
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    for format in ["jsonl", "json", "text", "markdown"] {
        let read = |threads: &str| onrecord(folder.path(), &["read", "--threads", threads, "--format", format, "."]);
        let one = read("1");
        assert!(one.stdout.len() > 10_000, "{format}");
        for threads in ["2", "8"] {
            let many = read(threads);
            assert!(many.stdout == one.stdout, "{format} with {threads} threads differs");
            assert_eq!(many.stderr, one.stderr);
        }
    }
}

#[test]
fn json_is_one_array_even_of_nothing() {
    let folder = folder();
    let output = onrecord(folder.path(), &["read", "--format", "json", "article.txt", "empty.html"]);
    let array: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(array[0]["id"], "article.txt");
    std::fs::create_dir(folder.path().join("nothing")).unwrap();
    let output = onrecord(folder.path(), &["read", "--format", "json", "nothing"]);
    assert_eq!(stdout(&output), "[]\n");
}

#[test]
fn standard_input_and_compressed_files_are_read_alike() {
    let folder = folder();
    let named = lines(&onrecord(folder.path(), &["read", "article.txt"])).remove(0);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(ARTICLE.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    std::fs::write(folder.path().join("article.txt.gz"), &packed).unwrap();
    let unpacked = lines(&onrecord(folder.path(), &["read", "article.txt.gz"])).remove(0);
    let piped = lines(&with_input(folder.path(), &["read", "-"], &packed)).remove(0);
    assert_eq!((&unpacked["id"], &piped["id"]), (&"article.txt.gz".into(), &"-".into()));
    for line in [unpacked, piped] {
        for key in ["page", "text", "rest", "blocks"] {
            assert_eq!(line[key], named[key], "{key}");
        }
    }
}

#[test]
fn lines_of_jsonl_are_pages() {
    let folder = folder();
    let input = "{\"id\":\"one\",\"text\":\"The ferry struck the breakwater.\"}\n\n{\"text\":\"Six died.\"}\n{broken\n";
    let output = with_input(folder.path(), &["read", "--input", "jsonl", "-"], input.as_bytes());
    assert_eq!(ids(&output), ["one", "-#3", "-#4"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn layers_are_printed_when_asked_for() {
    let folder = folder();
    let args = ["read", "--until", "article", "--layers", "tokens,evidence", "article.txt"];
    let line = lines(&onrecord(folder.path(), &args)).remove(0);
    assert_eq!(line["tokens"].as_array().unwrap().len(), 0);
    assert!(line["notes"].as_array().unwrap().iter().any(|note| note["code"] == "layer_absent"));
    assert!(line["producers"]["language"].is_null());
    assert!(line["evidence"]["/blocks/0"].is_array());
    assert!(line.get("sentences").is_none());
}

#[test]
fn reading_stops_after_the_stage_that_is_asked_for() {
    let folder = folder();
    let line = lines(&onrecord(folder.path(), &["read", "--until", "article", "article.txt"])).remove(0);
    assert!(line["producers"]["article"].is_string());
    assert!(line["producers"]["facts"].is_null());
    assert_eq!(line["statements"].as_array().unwrap().len(), 0);
}

#[test]
fn text_is_plain_when_piped_and_coloured_when_asked() {
    let folder = folder();
    let plain = onrecord(folder.path(), &["read", "--format", "text", "article.txt"]);
    assert!(!plain.stdout.contains(&0x1b));
    let coloured = onrecord(folder.path(), &["read", "--format", "text", "--color", "always", "article.txt"]);
    assert!(coloured.stdout.contains(&0x1b));
    let refused =
        command(folder.path(), &["read", "--format", "text", "article.txt"]).env("NO_COLOR", "1").output().unwrap();
    assert_eq!(refused.stdout, plain.stdout);
}

#[test]
fn text_keeps_to_its_width() {
    let folder = folder();
    for width in ["30", "100"] {
        let output = onrecord(folder.path(), &["read", "--format", "text", "--width", width, "article.txt"]);
        let longest = stdout(&output).lines().map(|line| line.chars().count()).max().unwrap();
        let width: usize = width.parse().unwrap();
        assert!((width - 10..=width).contains(&longest), "{longest} columns of {width}");
    }
}

#[test]
fn an_article_without_statements_and_a_page_without_an_article_say_so() {
    let folder = folder();
    std::fs::write(
        folder.path().join("quiet.txt"),
        "A quiet day\n\nNothing happened in the harbour on Monday, nor on Tuesday.\n",
    )
    .unwrap();
    let quiet = onrecord(folder.path(), &["read", "--format", "text", "quiet.txt"]);
    assert!(stdout(&quiet).contains("No statements were found"));
    std::fs::write(folder.path().join("bare.html"), "<html><head><title></title></head><body></body></html>").unwrap();
    let bare = onrecord(folder.path(), &["read", "--format", "text", "bare.html"]);
    assert!(stdout(&bare).contains("No article was found on this page."));
    assert_eq!(bare.status.code(), Some(0), "a page without an article has been read");
}

#[test]
fn nothing_that_a_page_holds_reaches_the_terminal_as_a_command() {
    let folder = folder();
    let hostile = "<!doctype html><html><head><title>Evil \u{1b}[2J\u{9b}31m headline</title></head><body><article>\
        <h1>Evil \u{1b}[2J\u{9b}31m\u{202e} headline</h1><p>The \u{1b}]0;title\u{7} ferry struck the breakwater on Monday, \
        and six people died, the harbour authority said.</p><p>“It \u{1b}[5m blinked,” said Tomas \u{9b}Adler.</p>\
        </article></body></html>";
    std::fs::write(folder.path().join("evil\u{1b}[2J.html"), hostile).unwrap();
    let steers = |char: char| (char.is_control() && char != '\n') || char == '\u{202e}';
    let (page, gone) = ("evil\u{1b}[2J.html", "evil\u{1b}[2J.gone");
    for args in [
        &["read", "--format", "text", "--show", "furniture", page, gone][..],
        &["read", "--format", "markdown", page, gone],
        &["read", "--format", "json", "--layers", "evidence", page, gone],
        &["read", "--format", "jsonl", page, gone],
        &["explain", page],
        &["explain", page, "headline"],
    ] {
        let output = onrecord(folder.path(), args);
        assert!(output.stdout.len() > 100, "{args:?}");
        for (what, said) in [("stdout", stdout(&output)), ("stderr", stderr(&output))] {
            assert!(!said.contains(steers), "{what} of {args:?}: {said:?}");
        }
    }
    assert!(!stderr(&onrecord(folder.path(), &["explain", gone])).contains(steers));
    assert!(!stderr(&onrecord(folder.path(), &["explain", page, gone])).contains(steers));
    let refused = onrecord(folder.path(), &["read", "--format", "\u{1b}[2J", "a"]);
    assert!(!stderr(&refused).contains('\u{1b}'));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = folder();
    for threads in ["1", "4"] {
        let mut child = command(folder.path(), &["read", "--threads", threads, "--layers", "evidence,sentences"])
            .args(std::iter::repeat_n("page06.txt", 3000))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(!stderr(&output).contains("panicked") && !stderr(&output).contains("written"), "{}", stderr(&output));
    }
}

#[test]
fn explain_shows_the_bytes_and_a_command_that_cuts_them_out() {
    let folder = folder();
    let list = stdout(&onrecord(folder.path(), &["explain", "article.txt"]));
    assert!(list.contains("[1]") && list.contains("Tomas Adler"), "{list}");
    let explained = stdout(&onrecord(folder.path(), &["explain", "article.txt", "1"]));
    let command = explained.lines().find_map(|line| line.trim_start().strip_prefix("$ ")).unwrap();
    let cut = Command::new("sh").args(["-c", command]).current_dir(folder.path()).output().unwrap();
    assert_eq!(stdout(&cut), "“We heard a bang and then nothing at all,”");
    let unknown = onrecord(folder.path(), &["explain", "article.txt", "99"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("this page has no 99; it has"));
    assert_eq!(onrecord(folder.path(), &["explain", "nowhere.html"]).status.code(), Some(2));
}

#[test]
fn every_help_has_an_example() {
    let folder = folder();
    for args in
        [&["--help"][..], &["read", "--help"], &["explain", "--help"], &["completions", "--help"], &["man", "--help"]]
    {
        let help = stdout(&onrecord(folder.path(), args));
        let examples = help.split_once("Examples:\n").unwrap_or_else(|| panic!("{args:?} has no example")).1;
        assert!(examples.contains("\n    onrecord "), "{args:?}");
    }
}

#[test]
fn completions_and_man_pages_know_every_command() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&onrecord(folder.path(), &["completions", shell]));
        assert!(script.contains("explain") && script.contains("threads"), "{shell}");
    }
    assert!(stdout(&onrecord(folder.path(), &["man"])).contains(".TH onrecord 1"));
    assert_eq!(onrecord(folder.path(), &["man", "--dir", "man1"]).status.code(), Some(0));
    for page in ["onrecord.1", "onrecord-read.1", "onrecord-explain.1"] {
        assert!(folder.path().join("man1").join(page).exists(), "{page}");
    }
}

#[test]
fn parse_prints_what_the_language_core_says_of_each_text() {
    let folder = folder();
    let input = concat!(
        r#"{"id":"one","text":"Ada Reyes sailed to Lorne. She waited."}"#,
        "\n",
        r#"{"text":""}"#,
        "\n",
        r#"{"text":" "}"#,
    );
    let output = with_input(folder.path(), &["parse", "--input", "jsonl", "-"], input.as_bytes());
    let printed = lines(&output);
    assert_eq!(ids(&output), ["one", "-#2", "-#3"]);
    let one = &printed[0];
    assert_eq!(one["model"], "en_core_web_sm-3.8.0");
    assert_eq!(one["sentences"], serde_json::json!([[0, 26], [27, 38]]));
    assert_eq!(one["entities"][0]["span"], serde_json::json!([0, 9]));
    assert_eq!(one["tokens"][2]["lemma"], "sail");
    assert_eq!(one["tokens"][2]["head"], 2);
    assert_eq!(one["noun_chunks"][0], serde_json::json!([0, 9]));
    assert_eq!(one.as_object().unwrap().len(), 6, "no notes where there is nothing to say");
    assert_eq!(printed[1]["tokens"], serde_json::json!([]));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn parse_reads_what_no_text_should_hold() {
    let folder = folder();
    let texts = [
        r#"{"text":"a \ud800 lone surrogate"}"#,
        r#"{"text":"bell \u0007 and \u0000 escape \u001b[31m"}"#,
        r#"{"text":"\ud83d\udea2\u200d\ud83d\udc69 e\u0301\u0301\u0301 \udbff\udfff"}"#,
        r#"{"no text":1}"#,
    ]
    .join("\n");
    for format in ["jsonl", "conllu"] {
        let args = ["parse", "--input", "jsonl", "--format", format, "-"];
        let output = with_input(folder.path(), &args, texts.as_bytes());
        assert_eq!(output.status.code(), Some(2), "the last line holds no text");
        assert!(stderr(&output).contains("-#4"), "{}", stderr(&output));
        assert!(!output.stdout.iter().any(|byte| matches!(byte, 0x1b | 0x07 | 0x00)));
    }
    let printed = lines(&with_input(folder.path(), &["parse", "--input", "jsonl", "-"], texts.as_bytes()));
    assert_eq!(printed[0]["tokens"].as_array().unwrap().len(), 4, "a lone surrogate stands as U+FFFD");
    assert_eq!(printed[1]["tokens"][0]["span"], serde_json::json!([0, 4]));
    assert_eq!(printed[3]["notes"][0]["code"], "no_text");
    let status = |args: &[&str]| onrecord(folder.path(), args).status.code();
    assert_eq!(status(&["parse", "nowhere.txt"]), Some(2));
    assert_eq!(status(&["parse", "--model", "article.txt", "article.txt"]), Some(1));
    assert_eq!(status(&["parse"]), Some(1));
}

#[test]
fn tokens_are_made_only_where_they_are_asked_for_and_name_their_model() {
    let folder = folder();
    let read = |args: &[&str]| lines(&onrecord(folder.path(), &[&["read", "article.txt"], args].concat())).remove(0);
    let plain = read(&[]);
    assert!(!plain["producers"]["language"].as_str().unwrap().contains('+'));
    let full = read(&["--layers", "tokens,entities,sentences"]);
    assert!(full["producers"]["language"].as_str().unwrap().contains("+en_core_web_sm-3.8.0."));
    assert_eq!(full["statements"], plain["statements"]);
    let text: Vec<char> = full["text"].as_str().unwrap().chars().collect();
    let words = full["tokens"].as_array().unwrap().iter().map(|token| {
        let at = |end: usize| token["span"][end].as_u64().unwrap() as usize;
        text[at(0)..at(1)].iter().collect::<String>()
    });
    assert_eq!(words.take(3).collect::<Vec<_>>(), ["Ferry", "strikes", "breakwater"]);
    assert!(full["entities"].as_array().unwrap().iter().any(|entity| entity["label"] == "PERSON"));
    let german =
        r#"{"text":"Die Fähre ist am Montagabend gegen die Mole gefahren, und sechs Menschen sind gestorben."}"#;
    let args = ["read", "--input", "jsonl", "--layers", "tokens", "-"];
    let line = lines(&with_input(folder.path(), &args, german.as_bytes())).remove(0);
    assert_eq!(line["tokens"][1]["norm"], "fähre");
    assert!(line["notes"].as_array().unwrap().iter().any(|note| note["code"] == "no_model"));
}

#[test]
fn statements_of_pages_are_listed_and_summed_up_without_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let page = "Ferry strikes breakwater\n\nThe ferry sank on Monday, and six people died. “We heard a bang and then nothing \
        at all,” said Tomas Adler, the harbour master. The quay was closed.\n\n“Nobody called us,” said a pilot who spoke on \
        condition of anonymity.\n";
    std::fs::write(folder.path().join("a.txt"), page).unwrap();
    std::fs::write(folder.path().join("empty.html"), "").unwrap();
    let statements = |args: &[&str]| onrecord(folder.path(), &[&["statements", "--format"], args].concat());

    let text = stdout(&statements(&["text", "a.txt"]));
    for words in ["On the record", "Tomas Adler", "Not named", "on condition of anonymity"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let named = lines(&statements(&["jsonl", "--source", "named", "--speaker", "adler", "a.txt"]));
    assert_eq!(named.len(), 1);
    assert_eq!(named[0]["speaker"], "Tomas Adler");
    assert_eq!(named[0]["before"], "The ferry sank on Monday, and six people died.");
    assert_eq!(named[0]["after"], "The quay was closed.");
    let unnamed = lines(&statements(&["jsonl", "--source", "unnamed", "a.txt"]));
    assert_eq!(unnamed.len(), 1);
    assert_eq!(unnamed[0]["terms"], "condition_of_anonymity");
    assert!(lines(&statements(&["jsonl", "--form", "indirect", "--min-confidence", "1", "a.txt"])).is_empty());
    assert_eq!(statements(&["jsonl", "--form", "loud", "a.txt"]).status.code(), Some(1));

    // A page that can't be read is said to be, and the table goes on.
    let output = statements(&["csv", "empty.html", "a.txt", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let table = stdout(&output);
    assert_eq!(table.matches("article,page,url").count(), 1, "{table}");
    assert!(table.lines().next().unwrap().ends_with("confidence,before,after"), "{table}");
    assert_eq!(table.matches("\r\n").count(), 5);
    assert!(stderr(&output).contains("empty.html"));

    let annotations = lines(&statements(&["annotations", "a.txt"]));
    assert_eq!(annotations.len(), 2);
    let selectors = &annotations[0]["target"][0]["selector"];
    let at = |key: &str| selectors[1][key].as_u64().unwrap() as usize;
    assert_eq!(&page[at("start")..at("end")], selectors[0]["exact"].as_str().unwrap());

    let sums = lines(&onrecord(folder.path(), &["sourcing", "--format", "jsonl", "a.txt"]));
    assert_eq!(sums.len(), 1);
    assert_eq!((&sums[0]["articles"], &sums[0]["statements"]), (&1.into(), &2.into()));
}
