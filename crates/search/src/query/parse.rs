//! From what was typed to a [`Query`].

use super::error::shown;
use super::scan::Scan;
use super::{Field, Leaf, Query, QueryError, WordField, Words, values};
use std::ops::Range;

/// Longest query. A pasted paragraph fits.
pub const MAX_QUERY_BYTES: usize = 8 << 10;
/// Most conditions in a query.
pub const MAX_TERMS: usize = 200;
/// Deepest parentheses.
pub const MAX_DEPTH: usize = 20;
/// Most words that `~` lets stand between.
pub const MAX_DISTANCE: u32 = 50;
/// Fewest letters before `*`; of scripts that write a word with one or two characters, one.
pub const MIN_PREFIX: usize = 2;

/// Understands a query, or says at which character it can't and what would work. Nothing at all means everything.
pub fn parse(query: &str) -> Result<Query, QueryError> {
    if query.len() > MAX_QUERY_BYTES {
        let cut = query.floor_char_boundary(MAX_QUERY_BYTES);
        return Err(QueryError::new(
            query,
            cut..query.len(),
            format!("it is {} bytes long, and {MAX_QUERY_BYTES} is the most", query.len()),
            "search for a few of its words",
        ));
    }
    let mut parser = Parser { scan: Scan { query, at: 0 }, terms: 0, depth: 0, field: None };
    parser.scan.skip_space();
    if parser.scan.peek().is_none() {
        return Ok(Query::All);
    }
    let parsed = parser.either()?;
    if parser.scan.peek().is_some() {
        let at = parser.scan.at;
        return Err(parser.error(at..at + 1, "this `)` closes nothing", "leave it out, or open it with `(` before"));
    }
    parsed.ok_or_else(|| parser.error(0..query.len(), "there is no word to search for", "type a word or a number"))
}

struct Parser<'q> {
    scan: Scan<'q>,
    terms: usize,
    depth: usize,
    /// The field before the group that is being read.
    field: Option<Field>,
}

/// A word that joins others.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Keyword {
    And,
    Or,
    Not,
}

impl Keyword {
    const ALL: [(&str, Keyword); 3] = [("AND", Keyword::And), ("OR", Keyword::Or), ("NOT", Keyword::Not)];
}

/// `None` where there were only dashes, dots and the like.
type Parsed = Result<Option<Query>, QueryError>;

impl Parser<'_> {
    fn error(&self, bytes: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> QueryError {
        QueryError::new(self.scan.query, bytes, message, help)
    }

    /// `a b OR c`.
    fn either(&mut self) -> Parsed {
        let mut parts = Vec::new();
        loop {
            let part = self.all()?;
            let or = self.keyword().filter(|(keyword, _)| *keyword == Keyword::Or).map(|(_, bytes)| bytes);
            let Some(bytes) = or else {
                if let (None, Some(bytes)) = (&part, self.last_or(&parts)) {
                    return Err(self.one_sided(bytes));
                }
                parts.extend(part.map(|part| (part, 0..0)));
                let parts: Vec<Query> = parts.into_iter().map(|(part, _)| part).collect();
                return Ok((!parts.is_empty()).then(|| Query::any_of(parts)));
            };
            let Some(part) = part else { return Err(self.one_sided(bytes)) };
            self.scan.at = bytes.end;
            parts.push((part, bytes));
        }
    }

    fn last_or(&self, parts: &[(Query, Range<usize>)]) -> Option<Range<usize>> {
        parts.last().map(|(_, bytes)| bytes.clone())
    }

    fn one_sided(&self, bytes: Range<usize>) -> QueryError {
        let word = self.scan.query[bytes.clone()].to_owned();
        self.error(
            bytes,
            format!("{word} has nothing to join on one of its sides"),
            format!("put a word there, or write \"{word}\" in quotation marks to search for the word"),
        )
    }

    /// `a b -c`, up to `OR`, `)` or the end.
    fn all(&mut self) -> Parsed {
        let mut parts = Vec::new();
        let mut some = false;
        let mut dangling: Option<Range<usize>> = None;
        loop {
            self.scan.skip_space();
            match self.scan.peek() {
                None | Some(')') => break,
                _ => {}
            }
            match self.keyword() {
                Some((Keyword::Or, _)) => break,
                Some((Keyword::And, bytes)) => {
                    if !some || dangling.is_some() {
                        return Err(self.one_sided(bytes));
                    }
                    self.scan.at = bytes.end;
                    dangling = Some(bytes);
                    continue;
                }
                _ => {}
            }
            if let Some(part) = self.one()? {
                some = true;
                dangling = None;
                parts.push(part);
            }
        }
        match dangling {
            Some(bytes) => Err(self.one_sided(bytes)),
            None => Ok(some.then(|| Query::all_of(parts))),
        }
    }

    /// The keyword that comes next, if one does; stays before it.
    fn keyword(&self) -> Option<(Keyword, Range<usize>)> {
        let (word, keyword) = Keyword::ALL.into_iter().find(|(word, _)| self.scan.rest().starts_with(word))?;
        let end = self.scan.at + word.len();
        let after = Scan { query: self.scan.query, at: end };
        after.at_end_of_bare().then_some((keyword, self.scan.at..end))
    }

    /// A condition, a group, or either of them negated.
    fn one(&mut self) -> Parsed {
        let start = self.scan.at;
        let mut negated = false;
        loop {
            if let Some((Keyword::Not, bytes)) = self.keyword() {
                self.scan.at = bytes.end;
                self.scan.skip_space();
                if self.scan.peek().is_none_or(|char| char == ')') {
                    return Err(self.one_sided(bytes));
                }
                negated = !negated;
            } else if self.scan.peek() == Some('-') {
                self.scan.at += 1;
                // A dash between words, as in a pasted headline.
                if self.scan.at_end_of_word() {
                    return Ok(None);
                }
                negated = !negated;
            } else {
                break;
            }
        }
        if matches!(self.keyword(), Some((Keyword::And | Keyword::Or, _))) {
            let bytes = start..self.scan.at;
            return Err(self.error(
                bytes,
                "there is nothing behind it to leave out",
                "put the word to leave out directly behind the `-`",
            ));
        }
        let part = if self.scan.peek() == Some('(') { self.group()? } else { self.condition()? };
        Ok(part.map(|part| if negated { part.negated() } else { part }))
    }

    /// `(a OR b)`.
    fn group(&mut self) -> Parsed {
        let start = self.scan.at;
        self.scan.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("parentheses inside parentheses, more than {MAX_DEPTH} deep");
            return Err(self.error(start..start + 1, message, "leave out those that change nothing"));
        }
        let inside = self.either()?;
        self.depth -= 1;
        if !self.scan.pass(')') {
            return Err(self.error(start..start + 1, "this `(` is not closed", "put a `)` where its group ends"));
        }
        let bytes = start..self.scan.at;
        inside.map(Some).ok_or_else(|| {
            self.error(bytes, "there is nothing between the parentheses", "put words there, or leave them out")
        })
    }

    /// Words, or a field with its value.
    fn condition(&mut self) -> Parsed {
        let start = self.scan.at;
        if let Some(name) = self.scan.field_name() {
            let mut behind = Scan { query: self.scan.query, at: start + name.len() + 1 };
            if behind.rest().starts_with("//") && name.to_ascii_lowercase().starts_with("http") && self.field.is_none()
            {
                let address = self.scan.address().to_owned();
                return self.counted(start, Leaf::Address(address)).map(Some);
            }
            if let Some(field) = Field::named(name) {
                if let Some(outer) = self.field {
                    let message = format!("`{}:` stands inside the group of `{}:`", field.name(), outer.name());
                    let help = format!("close the group before it: `{}:(…) {}:…`", outer.name(), field.name());
                    return Err(self.error(start..behind.at, message, help));
                }
                if behind.at_end_of_word() {
                    let message = format!("`{}:` has no value", field.name());
                    let help = format!("put it directly behind the colon, as in `{}`", field.help().example);
                    return Err(self.error(start..behind.at, message, help));
                }
                std::mem::swap(&mut self.scan, &mut behind);
                return self.value(start, field);
            }
            if !behind.at_end_of_word() {
                return Err(self.unknown_field(start..behind.at, name));
            }
        }
        match self.field {
            Some(field) => self.value(start, field),
            None => self.words(start, WordField::Anywhere),
        }
    }

    fn unknown_field(&self, bytes: Range<usize>, name: &str) -> QueryError {
        let names: Vec<String> = Field::ALL.iter().map(|field| format!("{}:", field.name())).collect();
        let help = match Field::like(name) {
            Some(field) => {
                format!("did you mean `{}:`? Put quotation marks around it to search for the words", field.name())
            }
            None => {
                format!("the fields are {}; put quotation marks around it to search for the words", names.join(" "))
            }
        };
        self.error(bytes, format!("there is no field {}", shown(&format!("{name}:"))), help)
    }

    /// What stands behind a field's colon: a value, or a group of values.
    fn value(&mut self, start: usize, field: Field) -> Parsed {
        if self.scan.peek() == Some('(') {
            let outer = self.field.replace(field);
            let group = self.group();
            self.field = outer;
            return group;
        }
        if let Some(word_field) = field.words() {
            let value_at = self.scan.at;
            let words = self.words(start, word_field)?;
            // Of a group, what is only punctuation adds nothing; of a field, it is a mistake.
            return match words {
                None if self.field.is_none() => {
                    let value = shown(&self.scan.query[value_at..self.scan.at]);
                    let message = format!("{value} has no word to search for");
                    Err(self.error(value_at..self.scan.at, message, format!("as in `{}`", field.help().example)))
                }
                words => Ok(words),
            };
        }
        let value_at = self.scan.at;
        let value = match self.scan.quoted()? {
            Some(value) => value,
            None if field == Field::Url => self.scan.address().to_owned(),
            None => self.scan.bare().to_owned(),
        };
        let leaf = values::leaf(field, &value)
            .map_err(|misfit| self.error(value_at..self.scan.at.max(value_at + 1), misfit.message, misfit.help))?;
        self.counted(start, leaf).map(Some)
    }

    /// A word, a prefix or words in quotation marks.
    fn words(&mut self, start: usize, field: WordField) -> Parsed {
        let value_at = self.scan.at;
        if let Some(words) = self.scan.quoted()? {
            if self.scan.peek() == Some('*') {
                let at = self.scan.at;
                let help = "search for the beginning of one word: `breakw*`";
                return Err(self.error(at..at + 1, "`*` can't stand behind quotation marks", help));
            }
            let within = self.distance()?;
            if !has_word(&words) {
                return Ok(None);
            }
            return self.counted(start, Leaf::Words { field, words: Words::Phrase { words, within } }).map(Some);
        }
        let bare = self.scan.bare();
        if bare.is_empty() {
            // A parenthesis or a quotation mark directly behind a colon was handled before; this can only be `)`.
            return Ok(None);
        }
        if bare == "*" && field == WordField::Anywhere {
            return Ok(Some(Query::All));
        }
        if let Some(offset) = bare.find('*') {
            let beginning = &bare[..offset];
            if offset + 1 < bare.len() || !has_word(beginning) {
                let at = value_at + offset;
                let help = "`*` stands at the end of a word, for whatever may follow: `breakw*`; put quotation marks around it \
                    to search for the words without it";
                return Err(self.error(at..at + 1, "`*` stands for the end of a word only", help));
            }
            let letters = beginning.chars().filter(|char| char.is_alphanumeric()).count();
            let enough = if beginning.is_ascii() { MIN_PREFIX } else { 1 };
            if letters < enough {
                let message = format!("{} would find too many words", shown(bare));
                let help = format!("write at least {MIN_PREFIX} letters before the `*`");
                return Err(self.error(value_at..self.scan.at, message, help));
            }
            let words = Words::Prefix(beginning.to_owned());
            return self.counted(start, Leaf::Words { field, words }).map(Some);
        }
        if !has_word(bare) {
            return Ok(None);
        }
        self.counted(start, Leaf::Words { field, words: Words::Word(bare.to_owned()) }).map(Some)
    }

    /// The `~5` behind a quotation; 0 without one.
    fn distance(&mut self) -> Result<u32, QueryError> {
        if self.scan.peek() != Some('~') {
            return Ok(0);
        }
        let start = self.scan.at;
        self.scan.at += 1;
        let digits = self.scan.bare();
        let distance = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
        distance.filter(|distance| *distance <= MAX_DISTANCE).ok_or_else(|| {
            let message = format!("`~` wants a number up to {MAX_DISTANCE} behind it");
            self.error(start..self.scan.at, message, "it says how many words may stand between: `\"strike sumy\"~5`")
        })
    }

    fn counted(&mut self, start: usize, leaf: Leaf) -> Result<Query, QueryError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            let message = format!("this is one more than {MAX_TERMS} conditions");
            return Err(self.error(start..self.scan.at, message, "search for fewer at a time"));
        }
        Ok(Query::Leaf(leaf))
    }
}

/// Whether there is anything that the index keeps.
fn has_word(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}
