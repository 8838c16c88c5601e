//! What people type, and what it means.

use super::*;
use proptest::prelude::*;

fn printed(query: &str) -> String {
    parse(query).unwrap_or_else(|error| panic!("{query}: {error}")).to_string()
}

fn refused(query: &str) -> String {
    parse(query).expect_err(query).to_string()
}

#[test]
fn words_side_by_side_are_all_meant_and_or_binds_less() {
    assert_eq!(printed("  ferry   breakwater "), "ferry breakwater");
    assert_eq!(printed("ferry AND breakwater"), "ferry breakwater");
    assert_eq!(printed("a b OR c d"), "a b OR c d");
    assert_eq!(printed("a (b OR c) d"), "a (b OR c) d");
    assert_eq!(printed("((a)) ((b c))"), "a b c");
    assert_eq!(parse("").unwrap(), Query::All);
    assert_eq!(parse("*").unwrap(), Query::All);
}

#[test]
fn minus_and_not_leave_out() {
    assert_eq!(printed("ferry -drill"), "ferry -drill");
    assert_eq!(printed("ferry NOT (drill OR exercise)"), "ferry -(drill OR exercise)");
    assert_eq!(printed("--ferry"), "ferry");
    assert_eq!(printed("-\"dry run\""), "-\"dry run\"");
}

#[test]
fn pasted_headlines_are_words() {
    assert_eq!(printed("Ferry hits pier – six dead"), "Ferry hits pier six dead");
    assert_eq!(printed("Ferry hits pier - six dead"), "Ferry hits pier six dead");
    assert_eq!(printed("Analysis: who pays at 12:30?"), "Analysis: who pays at 12:30?");
    assert_eq!(printed("Marks & Spencer"), "Marks Spencer");
    assert_eq!(printed("“We hit it,” he said"), "\"We hit it,\" he said");
    assert_eq!(printed("Паром «Заря»"), "Паром \"Заря\"");
    assert_eq!(printed("„Wir wussten nichts“"), "\"Wir wussten nichts\"");
}

#[test]
fn an_address_is_looked_up() {
    let address = "https://gazette.example/a_(b)?x=1";
    assert_eq!(parse(address).unwrap(), Query::Leaf(Leaf::Address(address.to_owned())));
    assert_eq!(printed("(url:https://gazette.example/news)"), "url:\"https://gazette.example/news\"");
}

#[test]
fn fields_take_words_phrases_and_groups() {
    assert_eq!(printed("speaker:adler said:\"no radar\"~3"), "speaker:adler said:\"no radar\"~3");
    assert_eq!(printed("SAID:(radar OR -sonar*)"), "said:radar OR -said:sonar*");
    assert_eq!(printed("source:(named OR document)"), "source:named OR source:document");
    assert_eq!(printed("terms:anonymity"), "terms:condition_of_anonymity");
    assert_eq!(printed("terms:\"not authorized to speak\""), "terms:not_authorised_to_speak");
    assert_eq!(printed("lang:Ukrainian"), "lang:uk");
    assert_eq!(printed("tag:\"to check\""), "tag:\"to check\"");
    assert_eq!(printed("changed:yes changed:2024"), "changed:yes changed:2024");
}

#[test]
fn dates_are_days_months_years_and_ranges() {
    for range in ["2024", "2024-11", "2024-11-18", "2024-11..2025-01", "2024..", "..2024-02-29"] {
        assert_eq!(printed(&format!("date:{range}")), format!("date:{range}"));
    }
    let days = |range: &str| DateRange::read(range).unwrap().days();
    assert_eq!(days("2024-11..2025-01"), 20241101..=20250131);
    assert_eq!(days("..2024-02-29"), 0..=20240229);
    assert!(days("2024").contains(&20241231));
    for wrong in ["2024-13", "2023-02-29", "24", "2025..2024", "..", "yesterday", "2024-1-1"] {
        assert!(DateRange::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn errors_name_the_character_and_what_would_work() {
    assert_eq!(
        refused("паром source:anonymous"),
        "the search stops at character 14: `source:` does not know `anonymous`; use named, unnamed, document, media, \
         named_person, named_organisation, unnamed_person, unnamed_group, other_media or none"
    );
    assert_eq!(
        refused("ferry title:pier"),
        "the search stops at character 7: there is no field `title:`; did you mean `headline:`? Put quotation marks around \
         it to search for the words"
    );
    for (query, character, words) in [
        ("ferry OR", 7, "nothing to join"),
        ("OR ferry", 1, "nothing to join"),
        ("a AND OR b", 3, "nothing to join"),
        ("(ferry", 1, "not closed"),
        ("ferry)", 6, "closes nothing"),
        ("ferry ()", 7, "nothing between"),
        ("a \"b c", 3, "not closed"),
        ("headline: ferry", 1, "no value"),
        ("headline:...", 10, "no word"),
        ("brea*ter", 5, "end of a word"),
        ("b*", 1, "too many words"),
        ("\"a b\"~", 6, "number up to 50"),
        ("\"a b\"~99", 6, "number up to 50"),
        ("\"a b\"*", 6, "behind quotation marks"),
        ("...", 1, "no word"),
        ("date:2024-13", 6, "is no date"),
        ("date:2025..2024", 6, "ends before it begins"),
        ("said:(a headline:b)", 9, "inside the group"),
        ("terms:anonimity", 7, "did you mean `terms:anonymity`"),
        ("tag:\"\"", 5, "nothing in its quotation marks"),
        ("lang:klingonisch", 6, "does not know"),
        ("a -OR b", 3, "nothing behind it"),
    ] {
        let error = parse(query).expect_err(query);
        assert_eq!(error.character, character, "{query}: {error}");
        assert!(error.to_string().contains(words), "{query}: {error}");
    }
}

#[test]
fn every_field_has_an_example_that_parses() {
    for field in Field::ALL {
        let help = field.help();
        assert_eq!(Field::named(help.name), Some(*field));
        assert_eq!(printed(&printed(help.example)), printed(help.example));
        assert!(help.example.contains(&format!("{}:", help.name)));
    }
}

#[test]
fn hostile_queries_meet_a_limit_and_say_so() {
    let long = "ferry ".repeat(200_000);
    assert!(refused(&long).contains("8192 is the most"), "{}", &refused(&long)[..80]);
    let many = vec!["a1"; 10_000].join(" OR ");
    assert!(refused(&many).contains("is the most"));
    let many = vec!["a"; MAX_TERMS + 1].join(" ");
    assert!(refused(&many).contains("one more than 200 conditions"));
    let deep = format!("{}a{}", "(".repeat(4_000), ")".repeat(4_000));
    assert!(refused(&deep).contains("more than 20 deep"));
    let fits = format!("{}a{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert_eq!(printed(&fits), "a");
    assert_eq!(printed(&format!("{}a", "-".repeat(8_000))), "a");
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("“".to_owned()),
        Just("»".to_owned()),
        Just("-".to_owned()),
        Just("~3".to_owned()),
        Just("*".to_owned()),
        Just(":".to_owned()),
        Just("..".to_owned()),
        Just(" ".to_owned()),
        Just(" OR ".to_owned()),
        Just("AND".to_owned()),
        Just("NOT".to_owned()),
        Just("http://".to_owned()),
        Just("2024-11".to_owned()),
        prop::sample::select(Field::ALL).prop_map(|field| format!("{}:", field.name())),
        prop::sample::select(vec!["named", "anonymity", "yes", "uk", "direct", "denial"]).prop_map(str::to_owned),
        "[a-z]{1,4}",
        "\\PC{1,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_parses_or_names_a_character(query in soup()) {
        match parse(&query) {
            Ok(parsed) => {
                let again = parsed.to_string();
                prop_assert_eq!(parse(&again), Ok(parsed), "printed as {}", again);
            }
            Err(error) => {
                prop_assert!(error.character >= 1 && error.character <= query.chars().count() + 1);
                prop_assert!(query.is_char_boundary(error.bytes.start));
                prop_assert!(!error.message.is_empty() && !error.help.is_empty());
            }
        }
    }
}

#[test]
fn the_old_name_of_the_form_is_understood() {
    let query = parse("kind:direct").unwrap();
    assert_eq!(query, parse("form:direct").unwrap());
    assert_eq!(query.to_string(), "form:direct");
}
