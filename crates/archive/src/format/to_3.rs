//! From format 2 to 3: `quotes` are called `statements`, `chains` are `names` with kind, forms of mentions and confidence, and
//! layers say by name what they were made from.

use super::conversion::Conversion;
use crate::codec::layers::{EncodedParts, PartsReader, names_of};
use crate::codec::words::{self, Words};
use crate::store::pack::{PackPlace, fetch, unpack_stated};
use crate::{Error, Result};
use onrecord_document::parts::{Annotation, PartReader, PartWriter};
use onrecord_document::{LayerKind, LayerSet, Mention, MentionForm, MentionSense, Name, NameKind, Statement};
use onrecord_span::{ContentId, MAX_BUFFER, Span, Text};

/// The layers of format 2, each by its bit in `made_from`.
const LAYERS: [LayerKind; 6] = [
    LayerKind::Tokens,
    LayerKind::Sentences,
    LayerKind::Entities,
    LayerKind::NounChunks,
    LayerKind::Names,
    LayerKind::Statements,
];

/// Moves every layer into the new table. What can't be read is moved as it is: reading it says so, and `check` finds it.
pub(super) fn convert(conversion: &mut Conversion<'_>) -> Result<()> {
    let documents = conversion.all("SELECT id FROM documents ORDER BY pack, offset", [], |row| row.get::<_, i64>(0))?;
    let total = documents.len() as u64;
    for (nth, document) in (1..).zip(documents) {
        let converted = convert_document(conversion, document).map_err(|error| match error {
            Error::Damaged(_) => {
                let (place, name) = (conversion.place.display(), conversion.name(document));
                Error::Damaged(format!("{place}: what was read from {name} is damaged"))
            }
            error => error,
        })?;
        if !converted {
            let name = conversion.name(document);
            conversion.damaged.push(name);
        }
        (conversion.on_step)(nth, total);
    }
    conversion.db.execute_batch("DROP TABLE old_layers").map_err(|error| conversion.sql(error))
}

/// A row of the old table.
struct OldLayer {
    name: String,
    producer: i64,
    made_from: u8,
    inputs: [u8; 8],
    hash: [u8; 8],
    items: i64,
    bytes: Vec<u8>,
}

impl OldLayer {
    /// Whether the items are those that were stored.
    fn is_whole(&self) -> bool {
        ContentId::of([&*self.bytes]).as_bytes() == &self.hash
    }
}

/// Moves the layers of a document; gives whether all of them, and its words, could be read.
fn convert_document(conversion: &Conversion<'_>, document: i64) -> Result<bool> {
    let query = "SELECT name, producer, made_from, inputs, hash, items, bytes FROM old_layers WHERE document = ?1";
    let layers = conversion.all(query, [document], |row| {
        Ok(OldLayer {
            name: row.get(0)?,
            producer: row.get(1)?,
            made_from: row.get(2)?,
            inputs: row.get(3)?,
            hash: row.get(4)?,
            items: row.get(5)?,
            bytes: row.get(6)?,
        })
    })?;
    let words = words_of(conversion, document)?;
    let words = words.as_ref();
    let statements = layers.iter().find(|layer| layer.name == "quotes" && layer.is_whole());
    let statements = statements.zip(words).and_then(|(layer, (words, _))| {
        PartsReader::over(&layer.bytes, &words.buffer).whole(|from| from.list(read_statement))
    });
    let statements = statements.unwrap_or_default();
    let mut is_whole = words.is_some();
    for layer in layers {
        is_whole &= layer.is_whole();
        let made_from = LAYERS.into_iter().enumerate().filter(|(bit, _)| layer.made_from & 1 << bit != 0);
        let made_from = names_of(made_from.map(|(_, kind)| kind).collect::<LayerSet>());
        let inputs = words.map_or(layer.inputs, |(_, hash)| inputs(hash, &made_from));
        let (name, mut hash, mut bytes) = (new_name(&layer.name), layer.hash, layer.bytes);
        if name == LayerKind::Names.name() {
            match words.and_then(|(words, _)| names(&bytes, words, &statements)) {
                Some(names) if is_whole => {
                    hash = *ContentId::of([&*names]).as_bytes();
                    bytes = names;
                }
                _ => is_whole = false,
            }
        }
        let insert = "INSERT INTO layers (document, name, producer, made_from, inputs, hash, items, bytes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let row = (document, name, layer.producer, made_from, inputs, hash, layer.items, bytes);
        conversion.run(insert, row)?;
    }
    Ok(is_whole)
}

fn new_name(old: &str) -> &str {
    match old {
        "quotes" => LayerKind::Statements.name(),
        "chains" => LayerKind::Names.name(),
        other => other,
    }
}

/// Hash of what a layer was made from.
fn inputs(words: &[u8; 8], made_from: &str) -> [u8; 8] {
    *ContentId::of([words.as_slice(), made_from.as_bytes()]).as_bytes()
}

/// The words of a document and their hash; `None` where they can't be read.
fn words_of(conversion: &Conversion<'_>, document: i64) -> Result<Option<(Words, [u8; 8])>> {
    let query = "SELECT pack, offset, words FROM documents WHERE id = ?1";
    let at = conversion
        .all(query, [document], |row| Ok(PackPlace { pack: row.get(0)?, offset: row.get(1)?, length: row.get(2)? }))?;
    let Some(at) = at.first() else { return Ok(None) };
    let packed = match fetch(conversion.place, conversion.db, *at) {
        Ok(packed) => packed,
        Err(Error::Damaged(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(bytes) = unpack_stated(&packed, b"", MAX_BUFFER) else { return Ok(None) };
    let hash = *ContentId::of([&*bytes]).as_bytes();
    Ok(words::decode(&bytes).map(|words| (words, hash)))
}

/// The items of `names` out of those of `chains`; `None` where these are damaged.
fn names(chains: &[u8], words: &Words, statements: &[Statement]) -> Option<Vec<u8>> {
    let chains = PartsReader::over(chains, &words.buffer).whole(|from| from.list(OldChain::read))?;
    let mut parts = EncodedParts::default();
    let out: &mut dyn PartWriter = &mut parts;
    out.number(chains.len() as u64);
    for (nth, chain) in (0..).zip(chains) {
        chain.named(nth, words, statements).write(out);
    }
    Some(parts.out.0)
}

/// An item of `chains`: the mentions of somebody to whom something is attributed.
struct OldChain {
    id: ContentId,
    name: Span<Text>,
    role: Option<Span<Text>>,
    affiliation: Option<Span<Text>>,
    mentions: Vec<Span<Text>>,
}

impl OldChain {
    fn read(from: &mut (dyn PartReader + '_)) -> Option<OldChain> {
        Some(OldChain {
            id: from.id()?,
            name: from.span()?,
            role: from.optional_span()?,
            affiliation: from.optional_span()?,
            mentions: from.spans()?,
        })
    }

    /// The name that the facts stage would have read: its kind is that of the sources that it is, its confidence the least
    /// with which a statement is attributed to it. `nth`: its place among the chains.
    fn named(self, nth: u32, words: &Words, statements: &[Statement]) -> Name {
        let said = || {
            statements
                .iter()
                .filter_map(move |said| Some((said, said.speaker?)))
                .filter(move |(_, speaker)| speaker.name == nth)
        };
        let mention =
            |span| Mention { span, form: MentionForm::of_words(words.words(span)), sense: MentionSense::Itself };
        Name {
            id: self.id,
            kind: said().find_map(|(said, _)| NameKind::of_source(said.sourcing.kind)).unwrap_or(NameKind::Other),
            name: self.name,
            role: self.role,
            affiliation: self.affiliation,
            mentions: self.mentions.into_iter().map(mention).collect(),
            confidence: said().map(|(_, speaker)| speaker.confidence).fold(1.0, f32::min),
        }
    }
}

fn read_statement(from: &mut (dyn PartReader + '_)) -> Option<Statement> {
    Statement::read(from)
}
