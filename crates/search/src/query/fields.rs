//! The fields of the language: one table that parser, errors, help and documentation are made from.

/// A field that can stand before a colon.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `headline:`
    Headline,
    /// `author:`
    Author,
    /// `outlet:`
    Outlet,
    /// `lang:`
    Lang,
    /// `date:`
    Date,
    /// `url:`
    Url,
    /// `changed:`
    Changed,
    /// `tag:`
    Tag,
    /// `speaker:`
    Speaker,
    /// `said:`
    Said,
    /// `cue:`
    Cue,
    /// `source:`
    Source,
    /// `terms:`
    Terms,
    /// `form:`
    Form,
    /// `act:`
    Act,
}

/// Where words are looked for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum WordField {
    /// Without a field: in headline, standfirst, body and captions; of a statement, in its words and its source.
    Anywhere,
    /// In the headline.
    Headline,
    /// In the bylines.
    Author,
    /// In the outlet's name or address.
    Outlet,
    /// In the name, role or affiliation of a statement's speaker.
    Speaker,
    /// Inside what was said.
    Said,
    /// In the words that attribute it.
    Cue,
}

/// What help says about a field.
#[derive(Copy, Clone, Debug)]
pub struct FieldHelp {
    /// Its name, without the colon.
    pub name: &'static str,
    /// What it looks at.
    pub about: &'static str,
    /// A query with it.
    pub example: &'static str,
}

impl Field {
    /// Every field: those of articles, then those of statements.
    pub const ALL: &[Field] = &[
        Field::Headline,
        Field::Author,
        Field::Outlet,
        Field::Lang,
        Field::Date,
        Field::Url,
        Field::Changed,
        Field::Tag,
        Field::Speaker,
        Field::Said,
        Field::Cue,
        Field::Source,
        Field::Terms,
        Field::Form,
        Field::Act,
    ];

    /// Its name, what it looks at, an example.
    pub fn help(self) -> FieldHelp {
        let (name, about, example) = match self {
            Field::Headline => ("headline", "words of the headline", "headline:ferry"),
            Field::Author => ("author", "who wrote or supplied the article", "author:\"Mara Ellison\""),
            Field::Outlet => ("outlet", "name or address of the outlet", "outlet:\"Harbor Gazette\""),
            Field::Lang => ("lang", "language of the article, a code or an English name", "lang:uk"),
            Field::Date => ("date", "day, month or year of publication, or a range of them", "date:2024-11..2025-01"),
            Field::Url => ("url", "the article's address, or its beginning", "url:https://gazette.example/news"),
            Field::Changed => ("changed", "came in several versions: yes, no, or when", "changed:2024-11.."),
            Field::Tag => ("tag", "a tag that you gave", "tag:\"to check\""),
            Field::Speaker => ("speaker", "name, role or affiliation of who said it", "speaker:adler"),
            Field::Said => ("said", "words inside what was said", "said:\"no radar\""),
            Field::Cue => ("cue", "the words that attribute it", "cue:denied"),
            Field::Source => ("source", "named, unnamed, document, or a kind of source", "source:unnamed"),
            Field::Terms => ("terms", "the terms on which the source spoke", "terms:anonymity"),
            Field::Form => ("form", "direct, indirect or mixed", "form:direct"),
            Field::Act => ("act", "statement, denial, order, question and so on", "act:denial"),
        };
        FieldHelp { name, about, example }
    }

    /// The name, without the colon.
    pub fn name(self) -> &'static str {
        self.help().name
    }

    /// The field of a name; upper and lower case are the same. `kind` is what `form` was called before.
    pub fn named(name: &str) -> Option<Field> {
        let name = if name.eq_ignore_ascii_case("kind") { "form" } else { name };
        Field::ALL.iter().copied().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Whether the field is about statements, not articles.
    pub fn is_of_statements(self) -> bool {
        matches!(
            self,
            Field::Speaker | Field::Said | Field::Cue | Field::Source | Field::Terms | Field::Form | Field::Act
        )
    }

    pub(crate) fn words(self) -> Option<WordField> {
        WordField::ALL.iter().copied().find(|word_field| word_field.field() == Some(self))
    }

    /// The field that a mistyped name most likely means.
    pub(crate) fn like(name: &str) -> Option<Field> {
        const SYNONYMS: &[(&str, Field)] = &[
            ("title", Field::Headline),
            ("byline", Field::Author),
            ("by", Field::Author),
            ("site", Field::Outlet),
            ("paper", Field::Outlet),
            ("publisher", Field::Outlet),
            ("domain", Field::Outlet),
            ("language", Field::Lang),
            ("published", Field::Date),
            ("when", Field::Date),
            ("year", Field::Date),
            ("day", Field::Date),
            ("month", Field::Date),
            ("from", Field::Date),
            ("link", Field::Url),
            ("address", Field::Url),
            ("version", Field::Changed),
            ("versions", Field::Changed),
            ("label", Field::Tag),
            ("who", Field::Speaker),
            ("person", Field::Speaker),
            ("name", Field::Speaker),
            ("quote", Field::Said),
            ("says", Field::Said),
            ("text", Field::Said),
            ("verb", Field::Cue),
            ("sourcing", Field::Source),
            ("type", Field::Form),
        ];
        let name = name.to_ascii_lowercase();
        let synonym = SYNONYMS.iter().find(|(typed, _)| *typed == name).map(|(_, field)| *field);
        let near = || {
            let names = Field::ALL.iter().map(|field| (field.name(), *field)).chain(SYNONYMS.iter().copied());
            let mut near: Vec<(usize, Field)> = names.map(|(known, field)| (distance(known, &name), field)).collect();
            near.sort_by_key(|(distance, _)| *distance);
            near.first().filter(|(distance, _)| *distance <= 2 && 2 * *distance < name.len()).map(|(_, field)| *field)
        };
        synonym.or_else(near)
    }
}

impl WordField {
    /// Every field.
    pub(crate) const ALL: [WordField; 7] = [
        WordField::Anywhere,
        WordField::Headline,
        WordField::Author,
        WordField::Outlet,
        WordField::Speaker,
        WordField::Said,
        WordField::Cue,
    ];

    /// The field that is typed for it; `None` for words without a field.
    pub fn field(self) -> Option<Field> {
        match self {
            WordField::Anywhere => None,
            WordField::Headline => Some(Field::Headline),
            WordField::Author => Some(Field::Author),
            WordField::Outlet => Some(Field::Outlet),
            WordField::Speaker => Some(Field::Speaker),
            WordField::Said => Some(Field::Said),
            WordField::Cue => Some(Field::Cue),
        }
    }
}

/// Levenshtein distance.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
