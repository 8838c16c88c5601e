//! The rows of one document, and what they name by numbers.

use super::Writer;
use crate::Reading;
use crate::Result;
use crate::codec::layers::{StoredProducer, names_of};
use crate::store::moment::sortable;
use crate::store::pack::{PACK_BYTES, PackPlace};
use crate::write::bases::{Base, MAX_USES};
use crate::write::prepared::{PackedPage, PackedParts};
use onrecord_document::{
    Act, Capture, Document, LayerKind, Producer, SourceKind, Stated, Statement, StatementForm, Terms,
};
use rusqlite::params;
use std::collections::HashMap;

/// Addresses and names whose numbers are kept at hand.
const MAX_REMEMBERED: usize = 50_000;

impl Writer {
    /// The number of a page, which is stored if it is not yet.
    pub(super) fn page(&mut self, capture: &Capture, packed: PackedPage, host: Option<&str>) -> Result<i64> {
        let hash = capture.hash.as_bytes();
        let query = "SELECT id FROM pages WHERE hash = ?1";
        if let Some(id) = self.archive.one(query, [hash], |row| row.get(0))? {
            return Ok(id);
        }
        self.state.page += 1;
        let id = self.state.page;
        let size = capture.page.as_bytes().len();
        let at = self.place(&[&packed.bytes])?;
        self.run(
            "INSERT INTO pages (id, hash, size, base, pack, offset, length) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (id, hash, size, packed.base, at.pack, at.offset, at.length),
        )?;
        let Some(host) = host else { return Ok(id) };
        match packed.base {
            Some(base) => {
                let query = "UPDATE outlets SET uses = uses + 1 WHERE host = ?1 AND base = ?2 AND uses + 1 >= ?3";
                let count = "UPDATE outlets SET uses = uses + 1 WHERE host = ?1 AND base = ?2 AND uses + 1 < ?3";
                // The last that may depend on this base: the next one stands alone, and is the base of those after it.
                if self.run(query, (host, base, MAX_USES))? > 0 {
                    self.bases.put(host, None);
                } else {
                    self.run(count, (host, base, MAX_USES))?;
                }
            }
            None => {
                self.run("INSERT OR REPLACE INTO outlets (host, base, uses) VALUES (?1, ?2, 0)", (host, id))?;
                let share = packed.bytes.len() as f64 / size.max(1) as f64;
                self.bases.put(host, Some(Base { id, page: capture.page.clone(), share }));
            }
        }
        Ok(id)
    }

    /// A place for bytes that belong together, in the pack that is being filled.
    pub(crate) fn place(&mut self, parts: &[&[u8]]) -> Result<PackPlace> {
        let length = parts.iter().map(|part| part.len()).sum();
        if !self.state.filling.is_empty() && self.state.filling.len() + length > PACK_BYTES {
            self.flush_pack()?;
        }
        let at = PackPlace { pack: self.state.pack, offset: self.state.filling.len(), length };
        parts.iter().for_each(|part| self.state.filling.extend_from_slice(part));
        Ok(at)
    }

    pub(super) fn flush_pack(&mut self) -> Result<()> {
        if !self.state.filling.is_empty() {
            self.run("INSERT INTO packs (id, bytes) VALUES (?1, ?2)", (self.state.pack, &self.state.filling))?;
            self.state.filling.clear();
            self.state.pack += 1;
        }
        Ok(())
    }

    pub(super) fn address(&mut self, url: &str) -> Result<i64> {
        if let Some(id) = self.remembered.addresses.get(url) {
            return Ok(*id);
        }
        let id = self.numbered("addresses", "url", url)?;
        remember(&mut self.remembered.addresses, url, id);
        Ok(id)
    }

    fn speaker(&mut self, name: &str) -> Result<i64> {
        if let Some(id) = self.remembered.speakers.get(name) {
            return Ok(*id);
        }
        let id = self.numbered("speakers", "name", name)?;
        remember(&mut self.remembered.speakers, name, id);
        Ok(id)
    }

    /// The number of a text in a table of texts.
    fn numbered(&self, table: &str, column: &str, text: &str) -> Result<i64> {
        let find = format!("SELECT id FROM {table} WHERE {column} = ?1");
        if let Some(id) = self.archive.one(&find, [text], |row| row.get(0))? {
            return Ok(id);
        }
        self.run(&format!("INSERT INTO {table} ({column}) VALUES (?1)"), [text])?;
        Ok(self.archive.db.last_insert_rowid())
    }

    fn producer(&mut self, producer: &Producer) -> Result<i64> {
        let producer = StoredProducer::of(producer);
        if let Some(id) = self.remembered.producers.get(&producer) {
            return Ok(*id);
        }
        let [model, model_version, weights] = &producer.model;
        let columns = (&producer.name, &producer.version, model, model_version, weights);
        let insert = "INSERT OR IGNORE INTO producers (name, version, model, model_version, weights)
            VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(insert, columns)?;
        let find = "SELECT id FROM producers WHERE name = ?1 AND version = ?2 AND model = ?3 AND model_version = ?4
            AND weights = ?5";
        let id = self.archive.one(find, columns, |row| row.get(0))?.unwrap_or_default();
        self.remembered.producers.insert(producer, id);
        Ok(id)
    }

    fn reading(&mut self, reading: Reading) -> Result<i64> {
        if let Some(id) = self.remembered.readings.get(&reading) {
            return Ok(*id);
        }
        let columns = (reading.until.name(), reading.versions());
        self.run("INSERT OR IGNORE INTO readings (until, producers) VALUES (?1, ?2)", (columns.0, &columns.1))?;
        let find = "SELECT id FROM readings WHERE until = ?1 AND producers = ?2";
        let id = self.archive.one(find, columns, |row| row.get(0))?.unwrap_or_default();
        self.remembered.readings.insert(reading, id);
        Ok(id)
    }

    pub(super) fn write_document(
        &mut self,
        id: i64,
        address: i64,
        document: &Document,
        reading: Reading,
        parts: &PackedParts,
    ) -> Result<()> {
        let changed = self.next_seq();
        let reading = self.reading(reading)?;
        // What came out the same stays where it is.
        let same = "UPDATE documents SET reading = ?1, changed = ?2, address = ?3 WHERE id = ?4 AND hash = ?5";
        if self.run(same, (reading, changed, address, id, parts.hash))? > 0 {
            return self.write_layers(id, document, parts);
        }
        let at = self.place(&[&parts.words, &parts.origins])?;
        let fields = &document.fields;
        let words = |field: &Option<Stated<String>>| field.as_ref().map(|field| field.value.clone());
        let stated = fields.modified.as_ref().or(fields.published.as_ref()).map(|stated| stated.value);
        let seen = document.capture().fetched.or(stated).map(sortable).unwrap_or_default();
        self.run(
            "INSERT OR REPLACE INTO documents (id, changed, batch, address, reading, seen, site, language, published,
                headline, hash, pack, offset, words, origins)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                id,
                changed,
                self.state.batch,
                address,
                reading,
                seen,
                words(&fields.site),
                words(&fields.language),
                fields.published.as_ref().map(|published| published.value.to_string()),
                words(&fields.headline),
                parts.hash,
                at.pack,
                at.offset,
                parts.words.len(),
                parts.origins.len()
            ],
        )?;
        self.write_layers(id, document, parts)
    }

    /// Writes the layers that are not stored as they are already, and takes away those that are no longer made.
    fn write_layers(&mut self, id: i64, document: &Document, parts: &PackedParts) -> Result<()> {
        let stored = "SELECT name, producer, hash, inputs FROM layers WHERE document = ?1";
        let stored = self.archive.all(stored, [id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, [u8; 8]>(2)?, row.get::<_, [u8; 8]>(3)?))
        })?;
        for (name, ..) in stored.iter().filter(|(name, ..)| parts.layers.iter().all(|layer| layer.kind.name() != name))
        {
            self.run("DELETE FROM layers WHERE document = ?1 AND name = ?2", (id, name))?;
        }
        for layer in &parts.layers {
            let producer = self.producer(&layer.producer)?;
            let (hash, inputs) = (layer.hash(), layer.inputs(&parts.words_hash));
            let same = (layer.kind.name().to_owned(), producer, hash, inputs);
            if stored.contains(&same) {
                continue;
            }
            let insert =
                "INSERT OR REPLACE INTO layers (document, name, producer, made_from, inputs, hash, items, bytes)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            self.run(
                insert,
                params![
                    id,
                    layer.kind.name(),
                    producer,
                    names_of(layer.made_from),
                    inputs,
                    hash,
                    layer.items,
                    layer.bytes
                ],
            )?;
            if layer.kind == LayerKind::Statements {
                self.write_statements(id, document)?;
            }
        }
        Ok(())
    }

    fn write_statements(&mut self, id: i64, document: &Document) -> Result<()> {
        self.run("DELETE FROM statements WHERE document = ?1", [id])?;
        for (nth, statement) in document.statements().iter().enumerate() {
            let name = speaker_name(document, statement);
            let speaker = name.map(|name| self.speaker(&name)).transpose()?;
            self.run(
                "INSERT INTO statements (document, nth, id, form, act, source, terms, speaker)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    id,
                    nth,
                    statement.id.as_bytes(),
                    code(StatementForm::ALL, statement.form),
                    code(Act::ALL, statement.act),
                    code(SourceKind::ALL, statement.sourcing.kind),
                    code(Terms::ALL, statement.sourcing.terms),
                    speaker
                ],
            )?;
        }
        Ok(())
    }
}

fn remember(known: &mut HashMap<String, i64>, text: &str, id: i64) {
    if known.len() >= MAX_REMEMBERED {
        known.clear();
    }
    known.insert(text.to_owned(), id);
}

/// A value by its place in the contract's order.
fn code<T: PartialEq>(all: &[T], value: T) -> u8 {
    all.iter().position(|other| *other == value).unwrap_or_default() as u8
}

/// The fullest name that an article gives the speaker of a statement, white space folded.
fn speaker_name(document: &Document, statement: &Statement) -> Option<String> {
    let name = document.speaker(statement)?;
    Some(document.words(name.name).split_whitespace().collect::<Vec<_>>().join(" "))
}
