//! Each rule of attribution with the news sentence it is for, and sentences it must leave alone.

use crate::common;
use crate::common::{only, read, read_blocks, says, silent, statements, words};
use onrecord_document::{Act, BlockKind, StatementForm};

#[test]
fn verb_and_source_behind() {
    says("“We sail,” said harbour master Ingrid Solheim.", &["“We sail,”"], "said", "harbour master Ingrid Solheim");
    says("\"We sail,\" said Solheim, who was late.", &["\"We sail,\""], "said", "Solheim");
    says("‘We sail at dawn’, added the minister.", &["‘We sail at dawn’"], "added", "the minister");
    says(
        "“We sail,” said Ruth Pell, a spokeswoman for the coastguard, on Monday.",
        &["“We sail,”"],
        "said",
        "Ruth Pell, a spokeswoman for the coastguard",
    );
}

#[test]
fn source_and_verb_behind() {
    says("“We sail,” Solheim said.", &["“We sail,”"], "said", "Solheim");
    says("“Why now?” she has repeatedly asked.", &["“Why now?”"], "has repeatedly asked", "she");
    says(
        "“We sail,” Solheim, the harbour master, told reporters.",
        &["“We sail,”"],
        "told",
        "Solheim, the harbour master",
    );
    says("“We sail,” Solheim, speaking in Lorne on Monday, said.", &["“We sail,”"], "said", "Solheim");
}

#[test]
fn a_full_stop_before_a_bare_tag_is_a_slip() {
    says("“We sail at first light.” Solheim said.", &["“We sail at first light.”"], "said", "Solheim");
    silent("“We sail.” Solheim said.");
}

#[test]
fn a_new_sentence_behind_a_quotation_is_no_attribution() {
    silent("He waved. “We sail.” Solheim said the ship was late.");
    silent("The sign was clear. “Why now?” Solheim said the ship was late.");
}

#[test]
fn according_to() {
    says(
        "“The ship was late,” according to the harbour master.",
        &["“The ship was late,”"],
        "according to",
        "the harbour master",
    );
    says("According to Solheim, “the ship was late.”", &["“the ship was late.”"], "According to", "Solheim");
}

#[test]
fn source_and_verb_before() {
    says("Solheim said: “We sail.”", &["“We sail.”"], "said", "Solheim");
    says("On Monday Solheim told reporters in Lorne: \"We sail.\"", &["\"We sail.\""], "told", "Solheim");
    says("In a statement, Calder Line said, “We regret it.”", &["“We regret it.”"], "said", "Calder Line");
    says("The minister said that “nobody was told.”", &["“nobody was told.”"], "said", "The minister");
    says(
        "U.N. envoy Edda Lindholm reiterated calls for calm, saying, “We want peace.”",
        &["“We want peace.”"],
        "saying",
        "U.N. envoy Edda Lindholm",
    );
}

#[test]
fn a_subject_behind_a_day_or_before_its_verb_or_in_a_report() {
    says(
        "On Tuesday the energy minister, Tomas Brandt, had told parliament: “We sail.”",
        &["“We sail.”"],
        "had told",
        "the energy minister, Tomas Brandt",
    );
    says("In a statement she promises “a full account”.", &["“a full account”"], "promises", "she");
    let document = read("Crane said Varga had told parliament that “nobody was told.” The ship sailed.");
    assert_eq!(words(&document, &statements(&document)[0].source), ["Varga"]);
    silent("It came from critics of whom Solheim says he should condemn “years ago”.");
}

#[test]
fn a_relative_clause_has_the_source_before_it() {
    says(
        "It puts pressure on Helena Varga, the transport minister, who told parliament in January that “nobody was told.”",
        &["“nobody was told.”"],
        "told",
        "Helena Varga, the transport minister",
    );
    says("A filing quotes a laboratory head, who writes: “We sail.”", &["“We sail.”"], "writes", "a laboratory head");
    says("They stood by with a banner that said “We sail”.", &["“We sail”"], "said", "a banner");
    silent("It was a claim that said “no”.");
}

#[test]
fn a_clause_between_a_source_and_its_verb() {
    says(
        "One investor, who did not want to be named because his firm sells, put it less politely: “We sell.”",
        &["“We sell.”"],
        "put",
        "One investor",
    );
}

#[test]
fn as_somebody_put_it() {
    says("“We sail,” as Solheim put it.", &["“We sail,”"], "put", "Solheim");
    says("As Solheim put it, “we sail.”", &["“we sail.”"], "put", "Solheim");
    silent("Solheim put the book down: “We sail.”");
}

#[test]
fn words_that_lead_over_stand_before_the_attribution() {
    says("But, said Solheim, “we sail.”", &["“we sail.”"], "said", "Solheim");
    says("Still, he noted, “we sail.”", &["“we sail.”"], "noted", "he");
    silent("The hall opens at 11, Fenn said, “because we need it.”");
}

#[test]
fn a_label_names_who_speaks() {
    says(
        "Crew member: ‘We drilled for fire, not for this’",
        &["‘We drilled for fire, not for this’"],
        "",
        "Crew member",
    );
    let document = read("Calder Line boss Marcus Thorne came.\nThorne: “We sail.”");
    assert_eq!(words(&document, &statements(&document)[0].source), ["Thorne"]);
    silent("Port Ellery: “We sail.”");
    silent("Marcus Thorne: “We sail” is his song.");
}

#[test]
fn a_colon_at_the_end_of_a_paragraph() {
    says(
        "Rourke released the following statement:\n“We mourn with the families.”",
        &["“We mourn with the families.”"],
        "released",
        "Rourke",
    );
}

#[test]
fn an_interrupted_quotation_is_one_quote() {
    says(
        "“We hit something,” he said, “and then the lights went out.”",
        &["“We hit something,”", "“and then the lights went out.”"],
        "said",
        "he",
    );
}

#[test]
fn a_floating_quotation_belongs_to_the_cue_before_it() {
    says(
        "“We hit something,” said Okafor on the quay. “Then the lights went out.”",
        &["“We hit something,”", "“Then the lights went out.”"],
        "said",
        "Okafor",
    );
    let document = read("“We sail,” Solheim said. “We stay,” Thorne said.");
    assert_eq!(statements(&document).len(), 2, "one with a cue of its own does not");
}

#[test]
fn a_paragraph_that_is_a_quotation_goes_on_with_the_one_before() {
    says(
        "“We hit something,” said Okafor on the quay.\n“Then the lights went out on us.”",
        &["“We hit something,”", "“Then the lights went out on us.”"],
        "said",
        "Okafor",
    );
    let parts = |text: &str| statements(&read(text))[0].content.len();
    assert_eq!(parts("“We hit something,” said Okafor. Thorne came.\n“Then the lights went out on us.”"), 1);
    assert_eq!(parts("“Who let her sail?” asked Okafor.\n“Nobody did, as far as we know.”"), 1, "an answer");
    assert_eq!(parts("“We hit something,” said Okafor.\n“Then the lights went out”\nHe wept."), 1, "a subhead");
    assert_eq!(parts("Okafor said: “We hit something.”\n“Then the lights went out on us.”"), 1);
    assert_eq!(parts("“We hit something,” said Okafor.\nIt was dark.\n“Then the lights went out on us.”"), 1);
    assert_eq!(parts("“We hit something,” said Okafor.\n“Never, never.”"), 1);
}

#[test]
fn a_quotation_over_several_paragraphs_is_one_quote() {
    says(
        "“They were polite.\n“I said that they should ask the captain.\n“Nobody has said sorry,” Okafor said.",
        &["“They were polite.", "“I said that they should ask the captain.", "“Nobody has said sorry,”"],
        "said",
        "Okafor",
    );
}

#[test]
fn a_quotation_never_crosses_furniture() {
    let document = read_blocks(&[
        (BlockKind::Paragraph, "“They were polite."),
        (BlockKind::Related, "“Also read: the plant"),
        (BlockKind::Paragraph, "“Nobody has said sorry,” Okafor said."),
    ]);
    assert_eq!(statements(&document).len(), 1);
    assert_eq!(words(&document, &statements(&document)[0].content), ["“Nobody has said sorry,”"]);
}

#[test]
fn furniture_says_nothing_and_a_repeated_block_speaks_once() {
    let document = read_blocks(&[
        (BlockKind::Paragraph, "“We sail tomorrow at first light,” Solheim said."),
        (BlockKind::Teaser, "“We stay,” Thorne said."),
        (BlockKind::Paragraph, "“We sail tomorrow at first light,” Solheim said."),
    ]);
    assert_eq!(statements(&document).len(), 1);
}

#[test]
fn a_quotation_inside_a_quotation_is_a_quote_of_its_own() {
    let document = read("“She looked at me and said, ‘Nothing will fly,’” Danek said.");
    let contents: Vec<_> =
        statements(&document).iter().map(|statement| words(&document, &statement.content)[0]).collect();
    assert_eq!(contents, ["“She looked at me and said, ‘Nothing will fly,’”", "‘Nothing will fly,’"]);
    assert_eq!(words(&document, &statements(&document)[1].source), ["She"]);
}

#[test]
fn words_that_were_said_outside_the_marks_make_a_quote_mixed() {
    let document = read("The plan is “a farce,” Crane said.");
    assert_eq!(statements(&document)[0].form, StatementForm::Mixed);
    assert_eq!(words(&document, &statements(&document)[0].content), ["The plan is “a farce,”"]);
    let document = read("PORT ELLERY, Averland (CPA) — The plan is “a farce,” Crane said.");
    assert_eq!(
        words(&document, &statements(&document)[0].content),
        ["The plan is “a farce,”"],
        "the dateline is not said"
    );
    let document = read("Crane called the plan “a farce.”");
    assert_eq!(statements(&document)[0].form, StatementForm::Mixed);
    assert_eq!(words(&document, &statements(&document)[0].content), ["the plan “a farce.”"]);
}

#[test]
fn scare_quotes_and_titles_are_not_said() {
    silent("The so-called “sprinter” class was built in Lorne.");
    silent("Her book “The Long Winter” was printed twice.");
    silent("The “deal” reached parliament on Monday.");
    silent("'Then the lights went out': ferry strikes breakwater");
}

#[test]
fn a_quotation_without_a_source_is_left_out() {
    silent("“We sail.”");
    silent("The sea was calm. “We sail.”");
}

#[test]
fn a_refusal_to_speak_is_a_quote() {
    let document = read("Calder Line declined to comment, citing the inquiry.");
    let statement = &statements(&document)[0];
    assert_eq!(words(&document, &statement.content), ["to comment"]);
    assert_eq!(words(&document, &statement.cue), ["declined"]);
    assert_eq!(words(&document, &statement.source), ["Calder Line"]);
    assert_eq!(
        (statement.act, statement.form, statement.sourcing.terms.name()),
        (Act::Other, StatementForm::Indirect, "declined_to_comment")
    );
}

#[test]
fn the_verb_tells_the_act_and_behind_a_plain_verb_the_words_do() {
    let act = |text: &str| statements(&read(text))[0].act;
    assert_eq!(act("“It was not us,” the ministry denied."), Act::Denial);
    assert_eq!(act("“Who let her sail?” asked Okafor."), Act::Question);
    assert_eq!(act("“Stay away,” Pell warned."), Act::Warning);
    assert_eq!(act("“We will sail,” Solheim said."), Act::Intention);
    assert_eq!(act("“It is categorically untrue,” Thorne said."), Act::Denial);
    assert_eq!(act("“I would never threaten,” Thorne said."), Act::Denial);
    assert_eq!(act("“Hold on to the rail,” Thorne said."), Act::Order);
    assert_eq!(act("“Who prints things?” Thorne said."), Act::Question);
    assert_eq!(act("“Who prints things? We do,” Thorne said."), Act::Statement);
}

#[test]
fn other_languages_are_left_alone() {
    let mut document = common::draft(&[(BlockKind::Paragraph, "“We sail,” Solheim said.")]);
    document.fields.language = Some(onrecord_document::Stated {
        value: "de".to_owned(),
        as_written: "de".to_owned(),
        basis: onrecord_document::Basis::Page,
        evidence: vec![],
    });
    onrecord_facts::read(&mut document);
    assert!(statements(&document).is_empty());
    silent("«Мы идём», — сказала Солхейм.");
    silent("„Wir fahren“, sagte Solheim.");
}

#[test]
fn the_same_page_gives_the_same_ids() {
    let text = "“We sail,” Solheim said. “We stay,” Thorne said.";
    let ids = |text: &str| statements(&read(text)).iter().map(|statement| statement.id).collect::<Vec<_>>();
    assert_eq!(ids(text), ids(text));
    assert_ne!(ids(text)[0], ids(text)[1]);
    assert_ne!(ids(text)[0], ids("“We sail,” Solheim said.")[0], "another page, another id");
    assert_eq!(only("“We sail,” Solheim said.").2, "Solheim");
}

#[test]
fn a_signature_behind_a_dash_names_who_speaks() {
    says("“We drilled for fire.” — Ines Calloway", &["“We drilled for fire.”"], "", "Ines Calloway");
    says("“We drilled for fire.”\n- Ines Calloway.", &["“We drilled for fire.”"], "", "Ines Calloway");
    silent("“The Long Way Home” — Ines Calloway");
    silent("“We drilled for fire.” — Port Ellery");
    silent("“We drilled for fire.” — Ines Calloway went home");
    silent("He wept. “We drilled for fire.” — Ines Calloway");
}
