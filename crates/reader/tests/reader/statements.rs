//! What is said without quotation marks, frame by frame.

use crate::support::{is_trained, read_text, words};
use onrecord_document::{SourceKind, StatementForm, Terms};
use onrecord_span::{Span, Text};

/// Source, cue and content of every statement.
fn statements(text: &str) -> Vec<(String, String, String)> {
    let document = read_text(text);
    let statements = document.statements().iter();
    statements
        .map(|statement| {
            (
                words(&document, &statement.source),
                words(&document, &statement.cue),
                words(&document, &statement.content),
            )
        })
        .collect()
}

#[track_caller]
fn says(text: &str, source: &str, cue: &str, content: &str) {
    let found = statements(text);
    let wanted = (source.to_owned(), cue.to_owned(), content.to_owned());
    assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
}

#[test]
fn a_clause_behind_its_verb_is_what_was_said() {
    says(
        "The harbour master said the ferry had left the quay an hour late.",
        "The harbour master",
        "said",
        "the ferry had left the quay an hour late",
    );
    says(
        "Ingrid Solheim has repeatedly warned that the breakwater was too short.",
        "Ingrid Solheim",
        "has repeatedly warned",
        "that the breakwater was too short",
    );
}

#[test]
fn a_clause_before_its_verb_is_what_was_said() {
    says(
        "The ferry had left the quay an hour late, the harbour master said.",
        "the harbour master",
        "said",
        "The ferry had left the quay an hour late",
    );
}

#[test]
fn according_to_gives_a_source_to_its_sentence() {
    says(
        "The company knew of the fault in March, according to two engineers.",
        "two engineers",
        "according to",
        "The company knew of the fault in March",
    );
}

#[test]
fn an_object_can_be_what_was_said() {
    says(
        "The minister criticised the company’s handling of the crisis.",
        "The minister",
        "criticised",
        "the company’s handling of the crisis",
    );
}

#[test]
fn wishes_and_orders_are_statements_too() {
    says(
        "The minister urged the company to replace the pumps.",
        "The minister",
        "urged",
        "the company to replace the pumps",
    );
}

#[test]
fn a_passive_names_its_source_behind_by() {
    let text =
        "The decision, confirmed by a ministry official and three sources familiar with the talks, ends the strike.";
    says(text, "a ministry official and three sources familiar with the talks", "confirmed by", "The decision");
    let document = read_text(text);
    let statement = &document.statements()[0];
    let count = statement.sourcing.count.unwrap();
    assert_eq!((count.min, count.max, count.exact), (4, Some(4), true));
    assert_eq!(statement.sourcing.kind, SourceKind::UnnamedGroup);
    assert_eq!(statement.sourcing.terms, Terms::Background);
}

#[test]
fn a_refusal_to_speak_keeps_its_terms_beside_the_parse() {
    for source in ["Solheim herself", "Solheim, through a lawyer,", "The company"] {
        let document = read_text(&format!("The ferry left the quay at noon on Monday. {source} declined to comment."));
        let statements = document.statements();
        let refusal = statements.iter().find(|statement| words(&document, &statement.content) == "to comment").unwrap();
        assert_eq!(refusal.sourcing.terms, Terms::DeclinedToComment, "{source}");
    }
}

#[test]
fn words_in_marks_inside_a_clause_make_it_mixed() {
    let document = read_text("Solheim said the plan to sail at night was “a farce” and would be dropped.");
    let statements = document.statements();
    assert_eq!(statements.len(), 1, "{statements:?}");
    assert_eq!(statements[0].form, StatementForm::Mixed);
    assert_eq!(
        words(&document, &statements[0].content),
        "the plan to sail at night was “a farce” and would be dropped"
    );
}

#[test]
fn a_relative_pronoun_speaks_for_whom_it_stands() {
    let document = read_text("Ingrid Solheim, who said the ferry was safe, resigned on Friday.");
    let statement = &document.statements()[0];
    let name = document.speaker(statement).unwrap();
    assert_eq!(words(&document, &statement.source), "who");
    assert_eq!(document.words(name.name), "Ingrid Solheim");
    assert_eq!(statement.sourcing.kind, SourceKind::NamedPerson);
}

#[test]
fn a_source_does_not_end_in_the_pronoun_of_a_clause_that_it_leaves() {
    says(
        "“Nobody called us,” said a pilot who spoke on condition of anonymity.",
        "a pilot",
        "said",
        "“Nobody called us,”",
    );
}

#[test]
fn a_source_takes_in_what_tells_who_it_is_but_no_clause_behind_its_verb() {
    if !is_trained() {
        return;
    }
    let said = |tail: &str, source: &str| {
        let text = format!("“We will sail at dawn,” {tail} The company has not answered any of our questions yet.");
        says(&text, source, "said", "“We will sail at dawn,”");
    };
    said(
        "Ingrid Solheim, who has run the port for 26 years, said.",
        "Ingrid Solheim, who has run the port for 26 years",
    );
    said("said Ingrid Solheim, who was on the quay.", "Ingrid Solheim");
    said(
        "said Ingrid Solheim, a former harbour master of Port Ellery.",
        "Ingrid Solheim, a former harbour master of Port Ellery",
    );
}

#[test]
fn a_name_may_hold_marked_words_and_brackets() {
    let content = "the ferry had left the quay an hour late";
    says(
        &format!("William “Bill” Varga, the mayor, said {content}."),
        "William “Bill” Varga, the mayor",
        "said",
        content,
    );
    says(&format!("Sen. Ann Varga (D-Ohio) said {content}."), "Sen. Ann Varga (D-Ohio)", "said", content);
}

#[test]
fn a_quotation_behind_another_sentence_goes_on_with_the_one_before() {
    if !is_trained() {
        return;
    }
    says(
        "“We will sail at dawn,” Solheim said after the meeting. She gave no other details. “Nobody will stop us this time.”",
        "Solheim",
        "said",
        "“We will sail at dawn,” … “Nobody will stop us this time.”",
    );
}

#[test]
fn a_quotation_is_not_told_twice() {
    let found = statements("“The ferry was safe,” said Ingrid Solheim. “We checked it twice.”");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_quotation_apart_from_any_cue_is_unsure() {
    let document =
        read_text("Mr Okafor has written to the company. He has had no answer. “Who decided that she should sail?”");
    let statements = document.statements().iter();
    let sure = statements.filter(|statement| statement.form == StatementForm::Direct && statement.confidence > 0.5);
    assert_eq!(sure.count(), 0);
}

#[test]
fn what_nobody_said_is_no_statement() {
    if !is_trained() {
        return;
    }
    for text in [
        "The ferry left the quay at noon on Monday. Nobody said anything about the radar.",
        "The ferry left the quay at noon on Monday. No one told the passengers that she was late.",
        "The ferry left the quay at noon on Monday. The captain said nothing.",
        "The ferry left the quay at noon on Monday. “We sail,” nobody said.",
        "The ferry left the quay at noon and reached Toren two hours later.",
        "Six people died when the ferry struck the breakwater.",
        "The crew loaded forty cars before the storm reached the coast.",
    ] {
        assert!(statements(text).is_empty(), "{:?}", statements(text));
    }
}

#[test]
fn spans_are_in_order_and_apart_whatever_the_text() {
    let texts = [
        "“““ he said that “ it was ” said she said he said that they said it.",
        "’ ‘ \" said \" according to to according to the the the said.",
        "Q: Did he say so? A: He said he had said that she said so.",
        "SOLHEIM SAYS FERRY WAS SAFE, MINISTER DENIES CLAIM",
        "said said said said said according to said, said by said",
        "He said: “I said, ‘they said no,’ and she said: ‘why?’” according to her.",
    ];
    for text in texts.map(str::to_owned).into_iter().chain([texts.join(" ").repeat(40)]) {
        let document = read_text(&text);
        for statement in document.statements().iter() {
            assert!(!statement.content.is_empty(), "{text}");
            for parts in [&statement.content, &statement.source, &statement.cue] {
                assert!(parts.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{statement:?} in {text}");
            }
            let meet = |a: &Span<Text>, b: &Span<Text>| a.start() < b.end() && b.start() < a.end();
            assert!(
                !statement.content.iter().any(|a| statement.source.iter().any(|b| meet(a, b))),
                "{statement:?} in {text}"
            );
            assert!((0.0..=1.0).contains(&statement.confidence));
            let block = document
                .blocks()
                .iter()
                .find(|block| block.span.start() <= statement.cue.first().map_or(0, |cue| cue.start()));
            assert!(block.is_some());
        }
    }
}

#[test]
fn a_block_that_is_no_paragraph_is_left_alone() {
    let text = "He said it was late and ".repeat(2000);
    assert!(statements(&text).is_empty());
}
