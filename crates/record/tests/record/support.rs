//! An article made for these tests, with a value for everything a line can hold.

use onrecord_document::{
    Act, Basis, BlockKind, Byline, BylineKind, Capture, Count, Document, Draft, DraftLink, Genre, Image, Layer, Media,
    Mention, MentionForm, MentionSense, Moment, Name, NameKind, Producer, Related, SourceKind, Sourcing, Speaker,
    Stated, Statement, StatementForm, Terms,
};
use onrecord_record::Producers;
use onrecord_span::{ContentId, PageBytes, Span, Text, Traced, Utf8};

pub const PAGE: &str = "<h1>Паром «Зоря» hit the pier</h1><i>Home</i><p>“We saw nothing,” said harbour master Ада Reyes on \
    Monday.</p><p>Two officials said it was late. See report.</p>";

pub const PRODUCERS: Producers = Producers { article: Some("1"), language: None, facts: Some("2") };

/// The byte range of words in the test page.
pub fn on_page(words: &str) -> std::ops::Range<usize> {
    let start = PAGE.find(words).unwrap();
    start..start + words.len()
}

fn traced(words: &str) -> Traced {
    let range = on_page(words);
    let mut traced = Traced::new();
    traced.push_verbatim(PAGE, range.start as u32..range.end as u32);
    traced
}

pub fn document() -> Document {
    let page = PageBytes::new(PAGE.as_bytes().to_vec()).unwrap();
    let capture = Capture::new("dir/pier.html", page.clone(), Media::Html);
    let mut draft = Draft::new();
    draft.push(BlockKind::Headline, traced("Паром «Зоря» hit the pier"), vec![]);
    draft.push(BlockKind::Breadcrumb, traced("Home"), vec![]);
    draft.push(BlockKind::Paragraph, traced("“We saw nothing,” said harbour master Ада Reyes on Monday."), vec![]);
    let report = DraftLink { words: 36..42, url: stated(&page, "report", "https://e.example/r".to_owned()) };
    draft.push(BlockKind::Paragraph, traced("Two officials said it was late. See report."), vec![report]);
    let fields = &mut draft.fields;
    fields.headline = Some(stated(&page, "Паром «Зоря» hit the pier", "Паром «Зоря» hit the pier".to_owned()));
    fields.url =
        Some(Stated { basis: Basis::Header, evidence: vec![], ..stated(&page, "e", "https://e.example/".to_owned()) });
    fields.genre = Some(stated(&page, "e", Genre::News));
    fields.paywalled = Some(stated(&page, "e", false));
    let byline = |name: &str, kind| Byline { name: name.to_owned(), kind, role: None };
    fields.bylines = vec![
        stated(&page, "Ада Reyes", byline("Ада Reyes", BylineKind::Person)),
        stated(&page, "Home", byline("Home desk", BylineKind::Outlet)),
    ];
    fields.published = Moment::date(2026, 3, 9).map(|day| stated(&page, "Monday", day));
    fields.topics = vec![stated(&page, "pier", "pier".to_owned())];
    let url = stated(&page, "Home", "https://e.example/a.jpg".to_owned());
    fields.images = vec![Image { url, caption: Some(stated(&page, "late", "late".to_owned())), credit: None }];
    let url = stated(&page, "See", "https://e.example/b".to_owned());
    fields.related = vec![Related { url, title: stated(&page, "See report", "See report".to_owned()) }];
    let mut document = draft.finish(capture, &Utf8);
    let producer = Producer::new("test", "2");
    let reyes = Name {
        id: ContentId::of([b"reyes".as_slice()]),
        name: words(&document, "Ада Reyes"),
        role: Some(words(&document, "harbour master")),
        affiliation: None,
        kind: NameKind::Person,
        mentions: vec![Mention {
            span: words(&document, "Ада Reyes"),
            form: MentionForm::Name,
            sense: MentionSense::Itself,
        }],
        confidence: 0.9,
    };
    let mut on_record = Sourcing::new(SourceKind::NamedPerson, Terms::OnRecord);
    on_record.count = Some(Count::ONE);
    on_record.time = Some(words(&document, "on Monday"));
    let mut background = Sourcing::new(SourceKind::UnnamedGroup, Terms::Background);
    background.count = Some(Count::exactly(2));
    background.count_span = Some(words(&document, "Two"));
    let statements = vec![
        Statement {
            id: ContentId::of([b"1".as_slice()]),
            content: vec![words(&document, "“We saw nothing,”")],
            cue: vec![words(&document, "said")],
            source: vec![words(&document, "harbour master Ада Reyes")],
            form: StatementForm::Direct,
            act: Act::Statement,
            speaker: Some(Speaker { name: 0, confidence: 0.9, span: words(&document, "Ада Reyes") }),
            sourcing: on_record,
            confidence: 0.9876,
        },
        Statement {
            id: ContentId::of([b"2".as_slice()]),
            content: vec![words(&document, "it was late")],
            cue: vec![],
            source: vec![words(&document, "Two officials")],
            form: StatementForm::Indirect,
            act: Act::Warning,
            speaker: None,
            sourcing: background,
            confidence: 0.5,
        },
    ];
    document.layers.names = Some(Layer::new(producer.clone(), vec![reyes]));
    document.layers.statements = Some(Layer::new(producer, statements));
    document
}

fn words(document: &Document, words: &str) -> Span<Text> {
    let start = document.buffer().as_str().find(words).unwrap();
    document.span(start..start + words.len()).unwrap()
}

fn stated<T>(page: &PageBytes, as_written: &str, value: T) -> Stated<T> {
    let evidence = vec![page.span(on_page(as_written)).unwrap()];
    Stated { value, as_written: as_written.to_owned(), basis: Basis::Page, evidence }
}
