//! Kinds of pages on which the article was lost, or something else taken for it.

use onrecord_article::read;
use onrecord_document::{Capture, Document, Media};
use onrecord_span::PageBytes;

fn document(html: &str) -> Document {
    let Some(page) = PageBytes::new(html.as_bytes().to_vec()) else { panic!("the page is small") };
    read(&Capture::new("kind.html", page, Media::Html))
}

const STORY: [&str; 4] = [
    "The ferry struck the breakwater at Port Ellery in thick fog on Monday evening, and six people died, the coastguard said.",
    "Nine others were taken off by the pilot boat within the hour, wet through and shaken, but with nothing worse than bruises.",
    "The harbour master had closed the eastern channel at noon, and nobody could say on Tuesday why the ship had been in it.",
    "An inquiry will open next week in the old customs house, where the families of the dead have been promised front seats.",
];

/// The story, each paragraph in a `<p>`.
fn story() -> String {
    STORY.iter().map(|words| format!("<p>{words}</p>")).collect()
}

/// Whether the body is the story, all of it and nothing else.
fn tells_the_story(html: &str) -> bool {
    document(html).text().lines().eq(STORY)
}

#[test]
fn a_request_for_consent_longer_than_the_story_is_no_article() {
    let consent =
        "<p>We and our 700 partners store information on your device to show you advertising that suits you.</p>";
    let page = |named: &str| {
        format!("<div {named}>{}</div><main><h1>Ferry strikes breakwater</h1>{}</main>", consent.repeat(20), story())
    };
    for named in ["id=onetrust-pc-sdk", "class='cookie-settings'", "role=dialog", "id=consent-layer"] {
        assert!(tells_the_story(&page(named)), "{named}");
    }
}

#[test]
fn a_page_about_consent_is_read() {
    let text =
        "<p>The council voted on Tuesday to let residents say which of their data the ferry company may keep.</p>";
    let read =
        document(&format!("<article class=consent><h1>Council votes on consent</h1>{}</article>", text.repeat(6)));
    assert!(read.text().contains("which of their data"));
}

#[test]
fn comments_many_times_as_long_as_the_story_are_no_article() {
    let comment = "<li class=comment><p>I have sailed there for forty years, and nobody ever closed that channel, fog or not.</p></li>";
    let page = format!(
        "<article><h1>Ferry strikes breakwater</h1>{}</article><ul id=comments>{}</ul>",
        story(),
        comment.repeat(60)
    );
    assert!(tells_the_story(&page));
}

#[test]
fn a_name_alone_makes_no_furniture_of_plain_prose() {
    for named in ["class='grid-toc-content-sidebar'", "class='content-nav-section'", "id='what-the-weather-was-like'"] {
        let page = format!(
            "<h1>Ferry strikes breakwater</h1><p>{}</p><div {named}>{}</div>",
            STORY[0],
            STORY[1..].iter().map(|words| format!("<p>{words}</p>")).collect::<String>()
        );
        assert!(tells_the_story(&page), "{named}: {}", document(&page).text());
    }
}

#[test]
fn code_is_text_and_a_language_switch_is_not() {
    let page = format!(
        "<article><h1>Counting ferries</h1>{}<pre class=language-sql><code class=language-sql>SELECT pier FROM sailings;</code></pre>
         <div class=language-switcher><a href=/de>Deutsch</a></div></article>",
        story()
    );
    let text = document(&page).text().to_owned();
    assert!(text.contains("SELECT pier") && !text.contains("Deutsch"), "{text}");
}

#[test]
fn what_a_style_hides_within_a_line_is_not_read() {
    let page = format!(
        "<article><h1>Ferry strikes breakwater</h1>{}<p>The ship <a href=/x>was new<span style='position:absolute;width:1px;clip:rect(0,0,0,0)'>, \
         opens new tab</span></a> that year.<span style='display:none'>ERROR: no template</span></p></article>",
        story()
    );
    assert!(document(&page).text().ends_with("The ship was new that year."));
}

#[test]
fn a_text_hidden_until_a_click_is_read_with_what_is_shown() {
    let page = format!(
        "<article><h1>Ferry strikes breakwater</h1><section><p>{}</p></section><button>Read more</button><section style='display:none'>{}</section></article>",
        STORY[0],
        STORY[1..].iter().map(|words| format!("<p>{words}</p>")).collect::<String>()
    );
    assert!(tells_the_story(&page), "{}", document(&page).text());
}

#[test]
fn a_list_of_things_with_a_link_each_is_the_article() {
    let thing = |name: &str, told: &str| {
        format!(
            "<section class=item><h3><a href='https://{name}.example/'>The {name} trail</a></h3><p>{told}</p></section>"
        )
    };
    let things = [thing("gull", STORY[1]), thing("moor", STORY[2]), thing("quay", STORY[3])].concat();
    let page = format!("<article><h1>Three trails around Ellery</h1><p>{}</p>{things}</article>", STORY[0]);
    let read = document(&page);
    assert!(read.text().contains("The gull trail") && read.text().contains(STORY[2]), "{}", read.text());
    // Teasers of the page's own site stay teasers.
    let teaser = |nth: u32| {
        format!(
            "<section class=item><h3><a href='/{nth}'>Talks go on for day {nth}</a></h3><p>Both sides said on Monday that they were close to a deal.</p></section>"
        )
    };
    let page = format!(
        "<article><h1>Ferry strikes breakwater</h1>{}{}</article>",
        story(),
        (1..5).map(teaser).collect::<String>()
    );
    assert!(tells_the_story(&page), "{}", document(&page).text());
}

#[test]
fn a_copy_of_the_story_in_one_line_is_read_once() {
    let longer: String = STORY.iter().map(|words| format!("<p>{words} {words}</p>")).collect();
    let copy = STORY.iter().map(|words| format!("{words} {words}")).collect::<Vec<_>>().join(" ");
    let page = format!(
        "<main><article><h1>Ferry strikes breakwater</h1><div>{longer}</div><div>{copy}</div></article></main>"
    );
    assert_eq!(document(&page).text().matches(STORY[1]).count(), 2);
    // Paragraph by paragraph.
    let page = format!(
        "<main><article><h1>Ferry strikes breakwater</h1><div>{longer}</div><div>{longer}</div></article></main>"
    );
    assert_eq!(document(&page).text().matches(STORY[1]).count(), 2);
}

#[test]
fn a_story_that_stands_only_in_the_state_of_scripts_is_read() {
    let title = "<title>Ferry strikes breakwater in fog</title><body><h1>Ferry strikes breakwater in fog</h1><div id=app></div>";
    let html = format!(
        "{title}<script type='application/json'>{{\"page\": {{\"title\": \"Ferry strikes breakwater in fog\", \"body\": \"{}\"}}}}</script>",
        story()
    );
    let elements: Vec<String> =
        STORY.iter().map(|words| format!("{{\"type\": \"text\", \"content\": \"{words}\"}}")).collect();
    let list = format!(
        "{title}<script>app.site=\"courier\";app.content={{\"headlines\": {{\"basic\": \"Ferry strikes breakwater in fog\"}}, \"elements\": [{}]}};app.x=0;</script>",
        elements.join(",")
    );
    for page in [html, list] {
        let read = document(&page);
        assert!(read.text().lines().eq(STORY), "{}", read.text());
        assert!(read.notes.iter().any(|note| note.code == "body_from_state"));
        let evidence = read.evidence(read.blocks().iter().find(|block| block.span.start() > 0).unwrap().span);
        assert_eq!(read.capture().page.slice(evidence[0]), STORY[1].as_bytes());
    }
    // Another article's text is not this one's.
    let other = format!(
        "{title}<script type='application/json'>{{\"title\": \"Council approves budget\", \"body\": \"{}\"}}</script>",
        story()
    );
    assert!(document(&other).text().is_empty());
}

#[test]
fn dates_that_are_no_dates_of_the_page_are_passed_over() {
    let page = |head: &str, line: &str| {
        format!("<head>{head}</head><main><h1>Ferry strikes breakwater</h1><ul>{line}</ul>{}</main>", story())
    };
    let published = |page: &str| document(page).fields.published.map(|stated| stated.value.ymd());
    let days = "<li>Received: 14 March 2022</li><li>Accepted: 16 December 2022</li><li>Published: 2 January 2023</li>";
    assert_eq!(published(&page("", days)), Some((2023, 1, 2)));
    // Which number is the day: by the weekday, or by another date of the page.
    let meta = |content: &str| format!("<meta property='article:published_time' content='{content}'>");
    assert_eq!(published(&page(&meta("Wed, 07/12/2023 - 17:57"), "")), Some((2023, 7, 12)));
    let modified = "<meta property='article:modified_time' content='Fri, 07/14/2023 - 10:30'>";
    assert_eq!(published(&page(&(meta("Tue, 07/11/2023 - 17:57") + modified), "")), Some((2023, 7, 11)));
}

#[test]
fn a_headline_in_a_declarative_shadow_root_is_one() {
    let page = format!(
        "<title>Ferry strikes breakwater - The Courier of Port Ellery</title><story-page><template shadowrootmode=open><article><h1>Ferry strikes breakwater</h1>{}</article></template></story-page>",
        story()
    );
    assert!(tells_the_story(&page));
    assert_eq!(document(&page).fields.headline.unwrap().value, "Ferry strikes breakwater");
}

#[test]
fn a_calendar_at_the_end_is_of_the_text_and_a_list_of_tags_is_not() {
    let days = [
        "March 14-19: National Council of Pilots, yearly meeting, Hotel Anchor, 350",
        "March 16-19: Ice Hockey Association, Freedom Tournament, municipal rink, 1,200",
    ];
    let calendar: String = days.iter().map(|words| format!("<p>{words}</p>")).collect();
    let page = |end: &str| document(&format!("<article><h1>Pilots in town</h1>{}{end}</article>", story()));
    assert!(page(&calendar).text().lines().eq(STORY.into_iter().chain(days)));
    assert!(page("<div>Harbour</div><div>Fog</div>").text().lines().eq(STORY));
}

#[test]
fn a_card_about_the_writer_above_the_text_is_the_byline() {
    let card = "<div class=author-card><div class=author-card__details><a class=author-card__name href='/author/nora-blythe'>Nora Blythe</a>
        <div>Senior Reporter, The Courier</div></div></div>";
    let names = |page: &str| -> Vec<String> {
        document(page).fields.bylines.iter().map(|byline| byline.value.name.clone()).collect()
    };
    let page = format!("<main><article><h1>Ferry strikes breakwater</h1>{card}{}</article></main>", story());
    assert_eq!(names(&page), ["Nora Blythe"]);
}
