//! Who is behind a source, and on whose authority it speaks.

use crate::common::{name_behind, read, statements};
use onrecord_document::{Count, Document, SourceKind, Statement, Terms};

fn last(document: &Document) -> &Statement {
    statements(document).last().unwrap()
}

fn speaker(text: &str) -> Option<String> {
    let document = read(text);
    name_behind(&document, last(&document)).map(|name| document.words(name.name).to_owned())
}

fn sourcing(text: &str) -> (SourceKind, Terms, Option<Count>) {
    let document = read(text);
    let sourcing = &last(&document).sourcing;
    (sourcing.kind, sourcing.terms, sourcing.count)
}

#[test]
fn a_surname_leads_to_the_full_name_with_role_and_affiliation() {
    let document = read("Ukrainian President Volodymyr Zelensky came. “We endure,” Zelensky said.");
    let name = name_behind(&document, last(&document)).unwrap();
    assert_eq!(document.words(name.name), "Volodymyr Zelensky");
    assert_eq!(name.role.map(|role| document.words(role)), Some("President"));
    assert_eq!(name.affiliation.map(|body| document.words(body)), Some("Ukrainian"));
    assert_eq!(
        name.mentions.iter().map(|mention| document.words(mention.span)).collect::<Vec<_>>(),
        ["Volodymyr Zelensky", "Zelensky"]
    );
}

#[test]
fn a_role_stands_before_or_behind_a_name() {
    let role = |text: &str| {
        let document = read(text);
        let name = name_behind(&document, last(&document)).unwrap();
        let words = |span: Option<_>| span.map(|span| document.words(span).to_owned());
        (words(name.role), words(name.affiliation))
    };
    let some = |word: &str| Some(word.to_owned());
    assert_eq!(role("“We sail,” said Harbour master Ingrid Solheim."), (some("Harbour master"), None));
    assert_eq!(role("“We sail,” said Calder Line boss Marcus Thorne."), (some("boss"), some("Calder Line")));
    assert_eq!(role("“We sail,” said Ingrid Solheim, the harbour master."), (some("harbour master"), None));
    assert_eq!(
        role("“Go home,” said Ruth Pell, a spokeswoman for the Averland Coastguard."),
        (some("spokeswoman"), some("Averland Coastguard"))
    );
}

#[test]
fn a_role_of_several_words_is_whole() {
    let role = |text: &str| {
        let document = read(text);
        let name = name_behind(&document, last(&document)).unwrap();
        let words = |span: Option<_>| span.map(|span| document.words(span).to_owned());
        assert_eq!(document.words(name.name), "Ingrid Solheim");
        (words(name.role).unwrap_or_default(), words(name.affiliation).unwrap_or_default())
    };
    let pair = |role: &str, body: &str| (role.to_owned(), body.to_owned());
    assert_eq!(
        role("They met with harbour master Ingrid Solheim. “We sail,” Solheim said."),
        pair("harbour master", "")
    );
    assert_eq!(role("He met prime minister Ingrid Solheim. “We sail,” Solheim said."), pair("prime minister", ""));
    assert_eq!(role("It is run by chief executive Ingrid Solheim. “We sail,” she said."), pair("chief executive", ""));
    assert_eq!(role("“We sail,” said Ingrid Solheim, deputy prime minister."), pair("deputy prime minister", ""));
    assert_eq!(
        role("“We sail,” said Ingrid Solheim, head of communications at Calder Line."),
        pair("head of communications", "Calder Line")
    );
    assert_eq!(
        role("“We sail,” said Ingrid Solheim, the leader of the opposition."),
        pair("leader of the opposition", "")
    );
    assert_eq!(role("“We sail,” said Ingrid Solheim, head of the Lorne Museum."), pair("head", "Lorne Museum"));
    assert_eq!(role("“We sail,” said Secretary of State Ingrid Solheim."), pair("Secretary of State", ""));
    assert_eq!(role("They met with former mayor Ingrid Solheim. “We sail,” Solheim said."), pair("mayor", ""));
}

#[test]
fn a_pronoun_leads_to_the_one_person_of_the_sentence_before() {
    assert_eq!(
        speaker("Volodymyr Zelensky came.\nFor Zelensky, the stakes were high. “We endure,” he said.").as_deref(),
        Some("Volodymyr Zelensky")
    );
    assert_eq!(speaker("Helena Varga spoke to Marcus Thorne. “We endure,” she said.").as_deref(), Some("Helena Varga"));
    assert_eq!(speaker("The sea was calm. “We endure,” he said."), None);
    assert_eq!(
        speaker("A crew member, who asked not to be named, spoke of fog. “We were slow,” he said.").as_deref(),
        Some("A crew member")
    );
}

#[test]
fn a_pronoun_is_followed_through_sentences_that_speak_of_nobody() {
    let silent = "The room was full. ";
    let after = |sentences: usize| {
        let text = format!("Helena Varga came in. {}“We endure,” she said.", silent.repeat(sentences));
        let document = read(&text);
        let speaker = last(&document).speaker.map(|speaker| speaker.confidence);
        (name_behind(&document, last(&document)).map(|name| document.words(name.name).to_owned()), speaker)
    };
    let (near, sure) = after(0);
    let (far, less_sure) = after(3);
    assert_eq!((near.as_deref(), far.as_deref()), (Some("Helena Varga"), Some("Helena Varga")));
    assert!(less_sure < sure);
    assert_eq!(after(4).0, None);
}

#[test]
fn it_is_the_body_that_the_sentence_is_about() {
    assert_eq!(speaker("The ministry was late. It said: “We sail.”").as_deref(), Some("The ministry"));
    assert_eq!(
        speaker("In a letter on Monday, the ministry wrote to Helena Varga. “We sail,” it said.").as_deref(),
        Some("the ministry")
    );
    let (kind, terms, _) = sourcing("Calder Line is late. “We sail,” it said.");
    assert_eq!((kind, terms), (SourceKind::NamedOrganisation, Terms::OnRecord));
    assert_eq!(speaker("Helena Varga wrote to the ministry. “We sail,” it said."), None);
}

#[test]
fn a_capital_the_inside_a_sentence_is_a_papers() {
    let kind = |text: &str| sourcing(text).0;
    assert_eq!(kind("She told The Meridian so. “We sail,” The Meridian reported."), SourceKind::OtherMedia);
    assert_eq!(kind("She told the Meridian so. “We sail,” the Meridian reported."), SourceKind::NamedOrganisation);
    assert_eq!(kind("She flew to The Hague. “We sail,” The Hague said."), SourceKind::NamedOrganisation);
}

#[test]
fn a_title_or_a_role_tells_who_cannot_be_meant() {
    let text = "Marcus Thorne wrote to spokeswoman Ruth Pell. “We endure,” she said.";
    assert_eq!(speaker(&text.replace("Marcus", "Mr Marcus")).as_deref(), Some("Ruth Pell"));
    assert_eq!(
        speaker(&text.replace("Marcus", "Mr Marcus").replace("she said", "he said")).as_deref(),
        Some("Marcus Thorne")
    );
    assert_eq!(speaker("Helena Varga came, and Ms Varga spoke. “We endure,” he said."), None);
    assert_eq!(speaker("They spoke to chairman Helena Varga. “We endure,” she said.").as_deref(), Some("Helena Varga"));
}

#[test]
fn a_first_name_or_a_noun_tells_who_cannot_be_meant() {
    assert_eq!(speaker("Daniel Okafor wrote to Helena Varga. “We endure,” she said.").as_deref(), Some("Helena Varga"));
    assert_eq!(speaker("Daniel Okafor came in. “We endure,” she said."), None);
    assert_eq!(speaker("A policeman, who asked not to be named, came. “We endure,” she said."), None);
    assert_eq!(speaker("Mr. Okafor came in with Helena Varga. “We endure,” he said.").as_deref(), Some("Okafor"));
}

#[test]
fn a_pronoun_that_leads_to_nobody_is_an_unnamed_person_on_unstated_terms() {
    let (kind, terms, count) = sourcing("The sea was calm. “We endure,” he said.");
    assert_eq!((kind, terms, count), (SourceKind::UnnamedPerson, Terms::Unstated, Some(Count::ONE)));
}

#[test]
fn a_description_leads_to_the_one_it_was_given_to() {
    assert_eq!(
        speaker("A Western diplomat read the draft. “It is thin,” the diplomat said.").as_deref(),
        Some("A Western diplomat")
    );
    assert_eq!(
        speaker("Transport Minister Helena Varga met Prime Minister Edmund Rourke. “It is thin,” the minister said.")
            .as_deref(),
        Some("Helena Varga")
    );
}

#[test]
fn kinds_follow_the_words() {
    let kind = |text: &str| sourcing(text).0;
    assert_eq!(kind("“We sail,” said Ingrid Solheim."), SourceKind::NamedPerson);
    assert_eq!(kind("“We sail,” the ministry said."), SourceKind::NamedOrganisation);
    assert_eq!(kind("“We sail,” Lorne University said."), SourceKind::NamedOrganisation);
    assert_eq!(kind("“We sail,” the Kremlin said."), SourceKind::NamedOrganisation);
    assert_eq!(
        kind("Calder Line boss Marcus Thorne came. “We sail,” Calder Line said."),
        SourceKind::NamedOrganisation
    );
    assert_eq!(kind("Calder boss Marcus Thorne came. “We sail,” Calder said."), SourceKind::NamedOrganisation);
    assert_eq!(kind("Cohen lawyer Marcus Thorne came. “We sail,” Cohen said."), SourceKind::NamedPerson);
    assert_eq!(kind("“We sail,” Cohen’s four-page letter said."), SourceKind::Document);
    assert_eq!(kind("“We sail,” the President said."), SourceKind::UnnamedPerson);
    assert_eq!(kind("He lives in Toren. “We sail,” Toren said."), SourceKind::NamedOrganisation);
    assert_eq!(kind("“We sail,” said a senior European diplomat."), SourceKind::UnnamedPerson);
    assert_eq!(kind("“We sail,” officials said."), SourceKind::UnnamedGroup);
    assert_eq!(kind("“We sail,” the report said."), SourceKind::Document);
    assert_eq!(kind("“We sail,” the BBC reported."), SourceKind::OtherMedia);
    assert_eq!(kind("“We sail,” the state news agency reported."), SourceKind::OtherMedia);
    assert_eq!(kind("The state news agency of Toren, Torinform, reported: “We sail.”"), SourceKind::OtherMedia);
    assert_eq!(kind("“We sail,” Lorne Press Agency reported."), SourceKind::OtherMedia);
    assert_eq!(kind("“We sail,” the state broadcaster LRT reported."), SourceKind::OtherMedia);
    assert_eq!(kind("“We sail,” the patients’ association said."), SourceKind::NamedOrganisation);
    assert_eq!(kind("“We sail,” an earlier headline said."), SourceKind::Document);
    assert_eq!(kind("“We sail,” the two said."), SourceKind::UnnamedGroup);
    assert_eq!(kind("Demonstrators said: “We stay.”"), SourceKind::UnnamedGroup);
    assert_eq!(kind("“We sail,” the opposition said."), SourceKind::UnnamedGroup);
    assert_eq!(kind("Toren’s parliament met. “We sail,” Toren said."), SourceKind::NamedOrganisation);
    assert_eq!(kind("Toren’s lawyer came. “We sail,” Toren said."), SourceKind::NamedPerson);
    assert_eq!(kind("“We sail,” according to a paper seen by Solheim."), SourceKind::Document);
    assert_eq!(kind("“We sail,” Solheim told the BBC."), SourceKind::NamedPerson);
}

#[test]
fn terms_are_stated_or_follow_from_the_kind() {
    let terms = |text: &str| sourcing(text).1;
    assert_eq!(terms("“We sail,” said Ingrid Solheim."), Terms::OnRecord);
    assert_eq!(terms("“We sail,” said a diplomat."), Terms::Background);
    assert_eq!(terms("“We sail,” said a diplomat on condition of anonymity."), Terms::ConditionOfAnonymity);
    assert_eq!(
        terms("“We sail,” said an official who was not authorised to speak publicly."),
        Terms::NotAuthorisedToSpeak
    );
    assert_eq!(terms("“We sail,” opponents said."), Terms::Unstated);
    assert_eq!(terms("“We sail,” three officials said."), Terms::Background);
    assert_eq!(terms("“We sail,” the report said."), Terms::Unstated);
    let document = read("“We sail,” said a diplomat on condition of anonymity.");
    let span = last(&document).sourcing.terms_span.unwrap();
    assert_eq!(document.words(span), "on condition of anonymity");
}

#[test]
fn terms_stated_where_somebody_was_introduced_hold_for_the_pronoun() {
    let document = read("A crew member, who asked not to be named, spoke of fog. “We were slow,” he said.");
    let sourcing = &last(&document).sourcing;
    assert_eq!((sourcing.kind, sourcing.terms), (SourceKind::UnnamedPerson, Terms::ConditionOfAnonymity));
    assert_eq!(sourcing.terms_span.map(|span| document.words(span)), Some("asked not to be named"));
}

#[test]
fn sources_are_counted() {
    let count = |text: &str| sourcing(text).2;
    assert_eq!(count("“We sail,” said Ingrid Solheim."), Some(Count::ONE));
    assert_eq!(count("“We sail,” officials said."), Some(Count::PLURAL));
    assert_eq!(count("“We sail,” two people briefed on the inquiry said."), Some(Count::exactly(2)));
    assert_eq!(count("“We sail,” said a U.S. official and three sources."), Some(Count::exactly(4)));
}

#[test]
fn circumstances_are_spans() {
    let document = read("“We sail,” said a senior official familiar with the plan. Rourke came.");
    let sourcing = &last(&document).sourcing;
    assert_eq!(sourcing.rank.map(|span| document.words(span)), Some("senior"));
    assert_eq!(sourcing.basis.map(|span| document.words(span)), Some("familiar with the plan"));
    let document = read("“We sail,” Solheim told reporters at a news conference on Monday.");
    let sourcing = &last(&document).sourcing;
    assert_eq!(sourcing.addressee.map(|span| document.words(span)), Some("reporters"));
    assert_eq!(sourcing.occasion.map(|span| document.words(span)), Some("at a news conference"));
    assert_eq!(sourcing.time.map(|span| document.words(span)), Some("Monday"));
    let document = read("“We sail,” Solheim said in a statement.");
    assert_eq!(last(&document).sourcing.medium.map(|span| document.words(span)), Some("in a statement"));
}

#[test]
fn one_of_a_group_and_somebody_doing_something_are_people() {
    assert_eq!(speaker("One of the crew spoke of fog. “We were slow,” he said.").as_deref(), Some("One of the crew"));
    let text = "They were called back, a nurse arriving for her second shift told us.\n“Thirty, maybe more,” she said.";
    assert_eq!(speaker(text).as_deref(), Some("a nurse arriving for her second shift"));
}
