//! The rules of the body on small pages: what each is for, and what it must leave alone.

use super::{FieldElement, Outline, Witness};
use onrecord_document::{BlockKind, BlockRole};
use onrecord_html::{HtmlName, parse};
use onrecord_span::Traced;

const ONE: &str =
    "The ferry struck the breakwater at twenty to seven on Monday evening, in thick fog, the coastguard said.";
const TWO: &str =
    "Six people died and forty-one were hurt, the ministry said, correcting the figure that it had given before.";
const THREE: &str =
    "The harbour master, Ingrid Solheim, said that the radar had been reported faulty a week before the ship left.";
const FOUR: &str =
    "Services are expected to resume in two weeks, when the inquiry has seen the wreck, the company announced.";

fn body_with(html: &str, article_body: Option<&str>) -> Vec<String> {
    let tree = parse(html);
    let witness = article_body.and_then(|text| {
        let mut words = Traced::new();
        words.push_verbatim(text, 0..text.len() as u32);
        Witness::of(&[words])
    });
    let lines = Outline::of(&tree).sort(&[], &[], witness);
    let body = lines.into_iter().filter(|(kind, _)| kind.role() == BlockRole::Body);
    body.map(|(_, line)| line.words.text().to_owned()).collect()
}

fn body(html: &str) -> Vec<String> {
    body_with(html, None)
}

fn paragraphs(of: &[&str]) -> String {
    of.iter().map(|words| format!("<p>{words}</p>")).collect()
}

#[test]
fn names_do_not_make_furniture_of_what_holds_the_headline_and_a_story() {
    let html = format!(
        "<title>Ferry sinks off Ellery</title><div class=layout-right-sidebar><h1>Ferry sinks off Ellery</h1>{}</div>
         <div class=footer><p>{}</p></div>",
        paragraphs(&[ONE, TWO]),
        "The Courier has been published since 1902 and belongs to its readers, who pay for what they read. ".repeat(4),
    );
    assert!(body(&html).contains(&ONE.to_owned()));
}

#[test]
fn of_the_articles_of_an_endless_page_the_one_under_the_title_is_read() {
    let story = |headline: &str, text: &[&str]| {
        format!("<article class=story><h1>{headline}</h1><div class=text>{}</div></article>", paragraphs(text))
    };
    let next = "The talks in Lorne went on for a ninth day on Thursday, and both sides said that they were close. ";
    let html = format!(
        "<title>Ferry sinks off Ellery | The Courier</title><main>{}{}</main>",
        story("Ferry sinks off Ellery", &[ONE, TWO]),
        story("Talks go on in Lorne", &[&next.repeat(5), &next.repeat(6)]),
    );
    assert_eq!(body(&html), [ONE, TWO]);
}

#[test]
fn of_the_parts_of_an_article_none_is_taken_for_the_whole() {
    let part = |headline: &str, text: &[&str]| {
        format!("<section class=part><h2>{headline}</h2>{}</section>", paragraphs(text))
    };
    let html = format!(
        "<title>Ferry sinks off Ellery | The Courier</title><main>{}{}{}</main>",
        part("Ferry sinks off Ellery", &[ONE]),
        part("What is known of the dead", &[TWO, THREE]),
        part("What the company says", &[FOUR]),
    );
    let read = body(&html);
    assert!([ONE, TWO, THREE, FOUR].iter().all(|words| read.contains(&(*words).to_owned())), "{read:?}");
}

#[test]
fn elements_of_a_page_that_is_put_together_are_read_on() {
    let element = |text: &str| {
        format!("<div class=element><div><div class=text-picture><div class=text>{text}</div></div></div></div>")
    };
    let html = format!(
        "<main><div><h1>Ferry sinks off Ellery</h1>{}{}{}</div></main>",
        element(&paragraphs(&[ONE])),
        element(&paragraphs(&[TWO, THREE, FOUR, ONE, TWO, THREE, FOUR, ONE, TWO, THREE, FOUR])),
        element("Weather: rain all day, wind from the north, and eight degrees in the harbour at noon."),
    );
    let read = body(&html);
    assert!(read.contains(&ONE.to_owned()) && !read.iter().any(|line| line.starts_with("Weather")), "{read:?}");
}

#[test]
fn a_list_of_long_paragraphs_is_no_list_of_teasers_for_a_link_in_passing() {
    let long = [ONE, TWO, THREE, FOUR, ONE].join(" ");
    let list = |item: &str| {
        format!("<article>{}<ul class=post-list>{item}</ul></article>", paragraphs(&[ONE, TWO, THREE, FOUR].repeat(12)))
    };
    let points = format!("<li>{long}<li>{long} <a href=/1>See</a> the report.<li>{long}");
    assert_eq!(body(&list(&points)).len(), 48 + 3);
    assert_eq!(body(&list(&format!("<li><a href=/1>See</a> {long}").repeat(3))).len(), 48);
}

#[test]
fn a_second_half_set_alike_is_read_on() {
    let html = format!(
        "<main><section><div class=one>{}</div><div class=ad-slot>Advertisement</div><div class=two><p class=text>{FOUR}</p>
         </div></section></main>",
        [ONE, TWO, THREE, ONE, TWO, THREE].map(|words| format!("<p class=text>{words}</p>")).concat(),
    );
    assert_eq!(body(&html).last().map(String::as_str), Some(FOUR));
}

#[test]
fn where_names_leave_no_story_they_are_not_heeded() {
    let html = format!(
        "<div class=page><div class=comments><div class=comment>{}</div></div><p>All the news, every day.</p></div>",
        paragraphs(&[ONE, TWO, THREE]),
    );
    assert_eq!(body(&html)[..3], [ONE, TWO, THREE]);
}

#[test]
fn a_box_that_the_witness_does_not_know_is_furniture() {
    let poll = "Which of these ferries would you rather travel on, dear reader, if you had the choice?";
    let html = format!("<article>{}</article>", paragraphs(&[ONE, TWO, poll, THREE, FOUR]));
    let witness = [ONE, TWO, THREE, FOUR].join("\n");
    assert_eq!(body_with(&html, Some(&witness)), [ONE, TWO, THREE, FOUR]);
    assert_eq!(body(&html).len(), 5);
}

#[test]
fn a_witness_that_is_cut_off_does_not_speak_of_what_follows() {
    let html = format!("<article>{}</article>", paragraphs(&[ONE, TWO, THREE, ONE, TWO, THREE, FOUR]));
    let witness = format!("{}\n{} and then the", [ONE, TWO, THREE].join("\n"), [ONE, TWO].join("\n"));
    assert_eq!(body_with(&html, Some(&witness)).last().map(String::as_str), Some(FOUR));
}

#[test]
fn a_witness_of_something_else_is_not_heard() {
    let html = format!("<article>{}</article>", paragraphs(&[ONE, TWO]));
    let other = "The talks in Lorne went on for a ninth day on Thursday. ".repeat(12);
    assert_eq!(body_with(&html, Some(&other)), [ONE, TWO]);
}

#[test]
fn a_witness_brings_in_a_paragraph_that_its_place_hides() {
    let html = format!(
        "<article>{}<div class=related-story><p>{FOUR} See <a href=/x>the report</a>.</p></div></article>",
        paragraphs(&[ONE, TWO, THREE])
    );
    assert_eq!(body(&html).len(), 3);
    let witness = format!("{}\n{FOUR} See the report.", [ONE, TWO, THREE].join("\n"));
    assert_eq!(body_with(&html, Some(&witness)).len(), 4);
}

#[test]
fn what_stands_deeper_than_the_paragraphs_is_a_box() {
    let card = "<div class=css-1x><div><h3>Our app</h3><p>Get all of the news on your telephone, free for a month.</p></div></div>";
    let html = format!("<article>{}{card}{}</article>", paragraphs(&[ONE, TWO]), paragraphs(&[THREE, FOUR]));
    assert_eq!(body(&html), [ONE, TWO, THREE, FOUR]);
}

#[test]
fn a_line_in_a_div_among_paragraphs_is_a_pictures_or_a_labels() {
    let html = format!(
        "<article>{}<div>Ruth Pell at the harbour</div>{}</article>",
        paragraphs(&[ONE, TWO]),
        paragraphs(&[THREE, FOUR])
    );
    assert_eq!(body(&html), [ONE, TWO, THREE, FOUR]);
    let bare =
        format!("<article>{}</article>", [ONE, TWO, THREE, FOUR].map(|words| format!("<div>{words}</div>")).concat());
    assert_eq!(body(&bare).len(), 4);
}

#[test]
fn what_is_deeper_by_nature_or_a_part_of_the_text_is_no_box() {
    let list = "<ul><li>Six dead</li><li>Forty-one hurt</li></ul><blockquote><p>“It sank.”</p></blockquote>";
    let html = format!("<article>{}{list}{}</article>", paragraphs(&[ONE, TWO]), paragraphs(&[THREE, FOUR]));
    assert_eq!(body(&html).len(), 7);
    let part = format!("<div><div>{}</div></div>", paragraphs(&[ONE, THREE]));
    let html = format!("<article>{}{part}{}</article>", paragraphs(&[ONE, TWO]), paragraphs(&[THREE, FOUR]));
    assert_eq!(body(&html).len(), 6);
}

#[test]
fn a_claim_on_a_sentence_set_as_the_text_is_not_believed() {
    let html = format!("<article>{}</article>", paragraphs(&[ONE, TWO, THREE, FOUR]));
    let tree = parse(&html);
    let first = tree.descendants(tree.root()).find(|&node| tree.is(node, HtmlName::P)).unwrap();
    let claim = FieldElement { node: first, kind: BlockKind::Standfirst };
    let kinds = |html: &str, claim| {
        let tree = parse(html);
        Outline::of(&tree).sort(&[claim], &[], None).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&html, claim)[0], BlockKind::Paragraph);
    let marked = html.replacen("<p>", "<p class=lead>", 1);
    assert_eq!(kinds(&marked, claim)[0], BlockKind::Standfirst);
}

#[test]
fn a_footer_that_says_more_than_a_short_article_is_a_footer() {
    let html = format!(
        "<title>Ferry sinks off Ellery</title><article><h1>Ferry sinks off Ellery</h1><p>{ONE}</p><p>{ONE}</p>
         </article><footer>{}</footer>",
        paragraphs(&[TWO, THREE, FOUR])
    );
    assert!(body(&html).contains(&ONE.to_owned()));
    assert!(!body(&html).contains(&TWO.to_owned()));
}

#[test]
fn the_line_behind_the_last_sentence_is_the_texts_where_it_is_set_as_it() {
    let html = |last: &str| format!("<article>{}{last}</article>", paragraphs(&[ONE, TWO, THREE, FOUR]));
    assert_eq!(body(&html("<p>With agency reports</p>")).len(), 5);
    assert_eq!(body(&html("<p class=tags>Ferries, Ellery</p>")).len(), 4);
}

#[test]
fn a_text_that_is_named_as_a_box_is_the_text() {
    let html = format!(
        "<main><div class=modal>{}</div><div class=paywall-box><p>Subscribe to read more.</p></div></main>",
        paragraphs(&[ONE, TWO, THREE, FOUR, ONE, TWO])
    );
    assert_eq!(body(&html), [ONE, TWO, THREE, FOUR, ONE, TWO]);
}

#[test]
fn neighbours_built_alike_with_a_linked_title_each_are_cards() {
    let card = |nth: usize| {
        format!(
            "<div class='card c-{nth}'><h3><a href=/{nth}>Talks go on in Lorne</a></h3><p>Both sides said that they were close to it.</p></div>"
        )
    };
    let text = [ONE, TWO, THREE, FOUR].map(|words| format!("<div>{words}</div>")).concat();
    let cards = (0..3).map(card).collect::<String>();
    assert_eq!(body(&format!("<article>{text}{cards}</article>")), [ONE, TWO, THREE, FOUR]);
    let part = "<section class=part><h3>What is known</h3><div>The ship left at six, in fog.</div></section>".repeat(3);
    assert_eq!(body(&format!("<article>{text}{part}</article>")).len(), 10);
}

#[test]
fn shouted_words_above_the_first_sentence_are_the_sections_name() {
    let text = [ONE, TWO, THREE, FOUR].map(|words| format!("<p>{words}</p>"));
    let html = |head: &str| format!("<article>{head}{}{head}{}</article>", text[..2].concat(), text[2..].concat());
    assert_eq!(body(&html("<p><b>LOCAL NEWS</b></p>")), [ONE, TWO, "LOCAL NEWS", THREE, FOUR]);
    assert_eq!(body(&html("<h2>What is known</h2>")).len(), 6);
}

fn kinds(html: &str, names: &[&str]) -> Vec<&'static str> {
    let tree = parse(html);
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    Outline::of(&tree).sort(&[], &names, None).iter().map(|(kind, _)| kind.name()).collect()
}

#[test]
fn points_behind_bullets_are_items_and_a_single_dash_is_none() {
    let list =
        format!("<p>{ONE}</p><p>They agreed on this:<br>- a ceasefire of 60 days;<br>- an exchange.</p><p>{TWO}</p>");
    assert_eq!(kinds(&list, &[]), ["paragraph", "paragraph", "list_item", "list_item", "paragraph"]);
    let speech = format!("<p>{ONE}</p><p>- We hit something, he said.</p><p>{TWO}</p>");
    assert_eq!(kinds(&speech, &[]), ["paragraph"; 3]);
}

#[test]
fn a_bold_question_in_quotation_marks_is_a_subhead() {
    let html = format!("<p>{ONE}</p><p><b>‘Who’s going to buy my bread?’</b></p><p>{TWO}</p>");
    assert_eq!(kinds(&html, &[]), ["paragraph", "subhead", "paragraph"]);
}

#[test]
fn a_time_of_day_ends_no_sentence() {
    let html = format!("<p>{ONE}</p><p>{TWO}</p><p>Posted: Tuesday, March 17, 2026, 4:05 p.m.</p>");
    assert_eq!(kinds(&html, &[]), ["paragraph", "paragraph", "dateline"]);
}

#[test]
fn the_last_lines_may_speak_of_the_writer_also_one_whose_byline_shouts() {
    let html = format!("<p>{ONE}</p><p>{TWO}</p><p>Wally Breck has covered the waterfront since 1988.</p>");
    assert_eq!(kinds(&html, &["WALLY BRECK"]), ["paragraph", "paragraph", "author_box"]);
    assert_eq!(kinds(&html, &["Nora Blythe"]), ["paragraph"; 3]);
}

#[test]
fn what_stands_beside_the_headlines_part_is_not_the_articles_however_much_it_is() {
    let notice =
        "<p>You can read every article of this site if you take part in it, which costs two crowns a week.</p>";
    let html = format!(
        "<title>Ferry sinks off Ellery</title><main><div class=a><h1>Ferry sinks off Ellery</h1>{}</div>
         <div class=b><h3>Read on</h3>{}</div></main>",
        paragraphs(&[ONE, TWO, THREE]),
        notice.repeat(2),
    );
    assert_eq!(body(&html), ["Ferry sinks off Ellery", ONE, TWO, THREE]);
}

#[test]
fn a_header_with_a_lead_is_not_where_the_text_ends() {
    let html = format!(
        "<title>Ferry sinks off Ellery</title><article><header><h1>Ferry sinks off Ellery</h1><p>{}</p></header>
         <div class=content>{THREE} It had not been mended.</div></article>",
        [ONE, TWO].join(" "),
    );
    assert!(body(&html).last().is_some_and(|last| last.starts_with(THREE)));
}

#[test]
fn a_heading_stands_above_the_deeper_one_that_follows_it() {
    let html = format!("<p>{ONE}</p><h2>The inquiry</h2><h3>What the radar showed</h3><p>{TWO}</p>");
    assert_eq!(kinds(&html, &[]), ["paragraph", "subhead", "subhead", "paragraph"]);
    let furniture = format!("<p>{ONE}</p><h3>The week at sea</h3><h2>The inquiry</h2><p>{TWO}</p>");
    assert_eq!(kinds(&furniture, &[]), ["paragraph", "other", "subhead", "paragraph"]);
}

#[test]
fn a_bold_exclamation_above_a_heading_is_a_sentence() {
    let html = format!("<p>{ONE}</p><p><b>Nobody may board such a ship!</b></p><h2>The inquiry</h2><p>{TWO}</p>");
    assert_eq!(kinds(&html, &[]), ["paragraph", "paragraph", "subhead", "paragraph"]);
}

#[test]
fn a_linked_heading_among_the_paragraphs_is_a_subhead() {
    let text = paragraphs(&[ONE, TWO]);
    let html = format!("<div>{text}<h3><a href=/shop>The Mariner’s lamp</a></h3>{}</div>", paragraphs(&[THREE, FOUR]));
    assert_eq!(kinds(&html, &[])[2], "subhead");
}

#[test]
fn a_long_sentence_in_an_element_named_for_writers_is_prose() {
    let html = format!("<p>{ONE}</p><div class=author><p>{TWO}</p><p>By Nora Blythe</p></div><p>{THREE}</p>");
    assert_eq!(kinds(&html, &[]), ["paragraph", "paragraph", "byline", "paragraph"]);
}

#[test]
fn what_comes_behind_furniture_behind_the_text_is_the_pages() {
    let text = paragraphs(&[ONE, TWO, THREE, FOUR]);
    let share = "<div class=share-buttons>Share</div>";
    let about = "<div>The Courier has been published in Port Ellery since 1902.</div>";
    assert_eq!(body(&format!("<main>{text}{share}{about}</main>")).len(), 4);
    // With nothing between them, or with more text set as it is behind, it is read.
    assert_eq!(body(&format!("<main>{text}{about}</main>")).len(), 5);
    assert_eq!(body(&format!("<main>{text}{share}{about}<p>{ONE}</p></main>")).len(), 6);
}

#[test]
fn questions_with_answers_are_of_the_text_wherever_they_stand_in_it() {
    let answer =
        |question: &str, words: &str| format!("<div class=qa><h3>{question}</h3><div><p>{words}</p></div></div>");
    let questions = [answer("Who was on board?", THREE), answer("Who was at fault?", FOUR), answer("And now?", TWO)];
    let text = paragraphs(&[ONE, TWO, THREE, FOUR].repeat(6));
    let html = format!("<article>{text}<div class=questions>{}</div><p>{ONE}</p></article>", questions.concat());
    assert_eq!(body(&html).len(), 24 + 6 + 1);
    let behind = format!(
        "<article>{text}<div class=share>Share this</div><div class=questions>{}</div><div class=about><p class=about>The
         Courier has been published since 1902 and belongs to its readers.</p></div></article>",
        questions.concat()
    );
    let read = body(&behind);
    assert_eq!((read.len(), read.last().map(String::as_str)), (24 + 6, Some(TWO)));
}

#[test]
fn the_words_under_pictures_are_the_text_where_there_is_no_other() {
    let slide = |number: usize| {
        format!("<h2>{number}. A harbour</h2><figure><img src={number}.jpg><figcaption>{THREE}</figcaption></figure>")
    };
    let slides = |count: usize, text: &str| {
        let slides: String = (1..=count).map(slide).collect();
        body(&format!("<article><h1>Harbours of the coast</h1>{text}{slides}</article>"))
    };
    assert_eq!(slides(9, &paragraphs(&[ONE])).iter().filter(|line| *line == THREE).count(), 9);
    assert!(slides(9, &paragraphs(&[ONE])).contains(&"7. A harbour".to_owned()));
    assert!(!slides(9, &paragraphs(&[ONE, TWO, FOUR].repeat(4))).contains(&THREE.to_owned()));
    assert!(!slides(3, &paragraphs(&[ONE])).contains(&THREE.to_owned()));
}

#[test]
fn an_address_among_the_paragraphs_and_a_command_behind_them_are_of_the_text() {
    let link = |words: &str| format!("<p><a href=/1>{words}</a></p>");
    let text = paragraphs(&[ONE, TWO, THREE]);
    let (address, pointer) = ("inquiry@harbour.example", "Talks go on in Lorne");
    let html =
        format!("<article>{text}{}{}<p>{FOUR}</p><pre>mooring --check</pre></article>", link(address), link(pointer));
    let read = body(&html);
    assert!(read.contains(&address.to_owned()) && !read.contains(&pointer.to_owned()));
    assert_eq!(read.last().map(String::as_str), Some("mooring --check"));
}

#[test]
fn elements_without_a_class_are_no_articles_of_an_endless_page() {
    let part = |headline: &str, text: &[&str]| format!("<div><h1>{headline}</h1>{}</div>", paragraphs(text));
    let html = format!(
        "<title>Ferry sinks off Ellery | The Courier</title><div>{}{}</div>",
        part("Ferry sinks off Ellery", &[ONE]),
        part("The inquiry", &[TWO, THREE, FOUR, TWO, THREE, FOUR]),
    );
    assert!(body(&html).contains(&FOUR.to_owned()));
}

#[test]
fn a_lead_beside_the_text_is_not_taken_for_all_of_it() {
    let lead = [ONE, TWO, THREE, FOUR].join(" ");
    let page = |next: &str| {
        body(&format!(
            "<title>Ferry sinks</title><div><div><h1>Ferry sinks</h1><p>{lead}</p></div><div>{next}</div></div>"
        ))
    };
    assert_eq!(page(&paragraphs(&[ONE, TWO, THREE]))[1..], [&lead, ONE, TWO, THREE]);
    let linked = format!("<p>{ONE} <a href=/1>The talks in Lorne go on for a ninth day</a></p>").repeat(3);
    assert_eq!(page(&linked)[1..], [lead]);
}

#[test]
fn paragraphs_in_elements_that_are_not_closed_are_read_to_the_first() {
    let mut page =
        "<body><div class=page><div class=box>All the news from the coast, every day of the year.</div>".to_owned();
    for (number, words) in [ONE, TWO, THREE, FOUR].repeat(3).iter().enumerate() {
        page += &format!("<div><h2>Part {number}</h2>{words} This is part {number}.");
    }
    let read = body(&page);
    assert_eq!(read[0], "Part 0");
    assert_eq!(read[1], format!("{ONE} This is part 0."));
    assert_eq!(read.len(), 24);
}

#[test]
fn a_teaser_may_be_linked_by_an_empty_element_that_covers_it() {
    let card =
        "<div class=rail-item><h3>Talks go on</h3><span>Both sides said they were close</span><a href=/1></a></div>";
    let html = format!("<title>Ferry sinks</title><h1>Ferry sinks</h1>{}{card}{card}", paragraphs(&[ONE, TWO, THREE]));
    assert_eq!(body(&html), ["Ferry sinks", ONE, TWO, THREE]);
    let unlinked = html.replace("<a href=/1></a>", "");
    assert!(body(&unlinked).len() > 4, "what leads nowhere is no teaser");
}
