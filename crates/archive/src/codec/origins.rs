//! Where an article's words and fields stand on its page: source map, fields, notes.

use super::bytes::{In, Out};
use super::names::interned;
use onrecord_document::{
    Basis, Byline, BylineKind, Document, Fields, Genre, Image, Link, Moment, Note, Related, Stage, Stated,
};
use onrecord_span::{Bytes, PageBytes, PageHow, PageRun, SourceMap, Span, TextBuffer};

const HOWS: [PageHow; 3] = [PageHow::Verbatim, PageHow::Charset, PageHow::Unit];
const BASES: [Basis; 4] = [Basis::Page, Basis::Url, Basis::Header, Basis::Detected];
const KINDS: [BylineKind; 3] = [BylineKind::Person, BylineKind::Agency, BylineKind::Outlet];
const GENRES: [Genre; 7] =
    [Genre::News, Genre::Opinion, Genre::Analysis, Genre::Live, Genre::Interview, Genre::Release, Genre::Other];

/// What [`decode`] gives.
pub(crate) struct Origins {
    pub map: SourceMap,
    pub fields: Fields,
    pub notes: Vec<Note>,
}

pub(crate) fn encode(document: &Document) -> Vec<u8> {
    let mut out = Out::default();
    encode_map(&mut out, document.map());
    encode_fields(&mut out, &document.fields);
    out.size(document.notes.len());
    for note in &document.notes {
        code(&mut out, &Stage::ALL, note.stage);
        out.words(note.code);
        out.words(&note.message);
    }
    out.0
}

pub(crate) fn decode(bytes: &[u8], buffer: &TextBuffer, page: &PageBytes) -> Option<Origins> {
    let mut read = In(bytes);
    let map = decode_map(&mut read, buffer, page)?;
    let fields = FieldReader { buffer, page }.fields(&mut read)?;
    let notes = read.list(|read| {
        let stage = coded(read, &Stage::ALL)?;
        let name = interned(read.words()?);
        Some(Note::new(stage, name, read.words()?))
    })?;
    read.is_done().then_some(Origins { map, fields, notes })
}

/// A value by its place in a list that only ever grows at its end.
fn code<T: PartialEq>(out: &mut Out, values: &[T], value: T) {
    out.byte(values.iter().position(|other| *other == value).unwrap_or_default() as u8);
}

fn coded<T: Copy>(read: &mut In<'_>, values: &[T]) -> Option<T> {
    values.get(usize::from(read.byte()?)).copied()
}

/// Column by column: the gaps, lengths and kinds of runs each resemble each other more than one run's numbers do.
fn encode_map(out: &mut Out, map: &SourceMap) {
    out.words(map.encoding().name());
    let runs = map.runs();
    out.size(runs.len());
    runs.iter().for_each(|run| code(out, &HOWS, run.how));
    let mut end = 0;
    for run in runs {
        out.size(run.text.start() - end);
        end = run.text.end();
    }
    runs.iter().for_each(|run| out.size(run.text.len()));
    let mut end = 0;
    for run in runs {
        out.signed(run.page.start() as i64 - end);
        end = run.page.end() as i64;
    }
    for run in runs {
        out.signed(run.page.len() as i64 - run.text.len() as i64);
    }
}

fn decode_map(read: &mut In<'_>, buffer: &TextBuffer, page: &PageBytes) -> Option<SourceMap> {
    let encoding = encoding_rs::Encoding::for_label(read.words()?.as_bytes())?;
    let count = read.size().filter(|count| *count <= read.0.len())?;
    let column = |read: &mut In<'_>, get: fn(&mut In<'_>) -> Option<i64>| -> Option<Vec<i64>> {
        (0..count).map(|_| get(read)).collect()
    };
    let size = |read: &mut In<'_>| read.number().and_then(|number| i64::try_from(number).ok());
    let signed = |read: &mut In<'_>| read.signed();
    let hows: Vec<PageHow> = (0..count).map(|_| coded(read, &HOWS)).collect::<Option<_>>()?;
    let (gaps, lengths) = (column(read, size)?, column(read, size)?);
    let (jumps, longer) = (column(read, signed)?, column(read, signed)?);
    let (mut text_end, mut page_end) = (0i64, 0i64);
    let mut runs = Vec::with_capacity(count);
    for nth in 0..count {
        let text_start = text_end.checked_add(gaps[nth])?;
        text_end = text_start.checked_add(lengths[nth])?;
        let page_start = page_end.checked_add(jumps[nth])?;
        page_end = page_start.checked_add(lengths[nth])?.checked_add(longer[nth])?;
        let range = |start: i64, end: i64| Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
        runs.push(PageRun {
            text: buffer.span(range(text_start, text_end)?)?,
            page: page.span(range(page_start, page_end)?)?,
            how: hows[nth],
        });
    }
    SourceMap::restore(runs, encoding)
}

fn encode_fields(out: &mut Out, fields: &Fields) {
    let words = |out: &mut Out, value: &String| out.words(value);
    for field in [&fields.url, &fields.canonical_url, &fields.site, &fields.section, &fields.language] {
        out.option(field.as_ref(), |out, field| stated(out, field, words));
    }
    out.option(fields.genre.as_ref(), |out, field| stated(out, field, |out, genre| code(out, &GENRES, *genre)));
    out.option(fields.paywalled.as_ref(), |out, field| stated(out, field, |out, yes| out.byte(u8::from(*yes))));
    for field in [&fields.headline, &fields.standfirst] {
        out.option(field.as_ref(), |out, field| stated(out, field, words));
    }
    out.size(fields.bylines.len());
    for byline in &fields.bylines {
        stated(out, byline, |out, byline| {
            out.words(&byline.name);
            code(out, &KINDS, byline.kind);
            out.option(byline.role.as_deref(), Out::words);
        });
    }
    for field in [&fields.published, &fields.modified] {
        out.option(field.as_ref(), |out, field| stated(out, field, |out, value| moment(out, *value)));
    }
    out.size(fields.topics.len());
    fields.topics.iter().for_each(|topic| stated(out, topic, words));
    out.size(fields.images.len());
    for image in &fields.images {
        stated(out, &image.url, words);
        for field in [&image.caption, &image.credit] {
            out.option(field.as_ref(), |out, field| stated(out, field, words));
        }
    }
    out.size(fields.links.len());
    let mut end = 0;
    for link in &fields.links {
        super::words::span(out, link.span, &mut end);
        stated(out, &link.url, words);
    }
    out.size(fields.related.len());
    for related in &fields.related {
        stated(out, &related.url, words);
        stated(out, &related.title, words);
    }
}

/// A stated value: basis, value, the words it was read from, where those stand.
fn stated<T>(out: &mut Out, field: &Stated<T>, value: impl FnOnce(&mut Out, &T)) {
    code(out, &BASES, field.basis);
    value(out, &field.value);
    out.words(&field.as_written);
    out.size(field.evidence.len());
    let mut end = 0;
    for range in &field.evidence {
        out.signed(range.start() as i64 - end);
        out.size(range.len());
        end = range.end() as i64;
    }
}

fn moment(out: &mut Out, moment: Moment) {
    let (year, month, day) = moment.ymd();
    out.signed(year.into());
    out.byte(month as u8);
    out.byte(day as u8);
    out.option(moment.hms(), |out, (hour, minute, second)| {
        [hour, minute, second].into_iter().for_each(|part| out.byte(part as u8));
    });
    out.option(moment.minutes_east(), |out, minutes| out.signed(minutes.into()));
}

fn read_moment(read: &mut In<'_>) -> Option<Moment> {
    let year = i32::try_from(read.signed()?).ok()?;
    let mut moment = Moment::date(year, read.byte()?.into(), read.byte()?.into())?;
    let time = read.option(|read| Some((read.byte()?, read.byte()?, read.byte()?)))?;
    if let Some((hour, minute, second)) = time {
        moment = moment.at(hour.into(), minute.into(), second.into())?;
    }
    if let Some(minutes) = read.option(In::signed)? {
        moment = moment.offset(i32::try_from(minutes).ok()?)?;
    }
    Some(moment)
}

struct FieldReader<'a> {
    buffer: &'a TextBuffer,
    page: &'a PageBytes,
}

impl FieldReader<'_> {
    fn fields(&self, read: &mut In<'_>) -> Option<Fields> {
        Some(Fields {
            url: self.maybe_words(read)?,
            canonical_url: self.maybe_words(read)?,
            site: self.maybe_words(read)?,
            section: self.maybe_words(read)?,
            language: self.maybe_words(read)?,
            genre: read.option(|read| self.stated(read, |read| coded(read, &GENRES)))?,
            paywalled: read.option(|read| self.stated(read, |read| Some(read.byte()? != 0)))?,
            headline: self.maybe_words(read)?,
            standfirst: self.maybe_words(read)?,
            bylines: read.list(|read| {
                self.stated(read, |read| {
                    let name = read.words()?.to_owned();
                    let kind = coded(read, &KINDS)?;
                    Some(Byline { name, kind, role: read.option(|read| Some(read.words()?.to_owned()))? })
                })
            })?,
            published: read.option(|read| self.stated(read, read_moment))?,
            modified: read.option(|read| self.stated(read, read_moment))?,
            topics: read.list(|read| self.words(read))?,
            images: read.list(|read| {
                Some(Image {
                    url: self.words(read)?,
                    caption: self.maybe_words(read)?,
                    credit: self.maybe_words(read)?,
                })
            })?,
            links: {
                let mut end = 0;
                read.list(|read| {
                    let span = super::words::read_span(read, self.buffer, &mut end)?;
                    Some(Link { span, url: self.words(read)? })
                })?
            },
            related: read.list(|read| Some(Related { url: self.words(read)?, title: self.words(read)? }))?,
        })
    }

    fn words(&self, read: &mut In<'_>) -> Option<Stated<String>> {
        self.stated(read, |read| Some(read.words()?.to_owned()))
    }

    fn maybe_words(&self, read: &mut In<'_>) -> Option<Option<Stated<String>>> {
        read.option(|read| self.words(read))
    }

    fn stated<T>(&self, read: &mut In<'_>, value: impl FnOnce(&mut In<'_>) -> Option<T>) -> Option<Stated<T>> {
        let basis = coded(read, &BASES)?;
        let value = value(read)?;
        let as_written = read.words()?.to_owned();
        let mut end = 0i64;
        let evidence = read.list(|read| -> Option<Span<Bytes>> {
            let start = end.checked_add(read.signed()?)?;
            end = start.checked_add(i64::try_from(read.size()?).ok()?)?;
            self.page.span(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
        })?;
        Some(Stated { value, as_written, basis, evidence })
    }
}
