//! A file of JSON lines: which of its lines are articles, and what are they called?

mod fields;

pub(crate) use fields::inspect;

use crate::formats::{is_blank, without_mark};
use crate::item::Item;
use crate::source::Buffered;
use crate::unreadable::{Reason, Unreadable};
use onrecord_document::{Capture, Media, Origin};
use onrecord_span::PageBytes;
use std::io::BufRead;

/// How many bytes of a file may go by without a page, in one endless line or in empty ones, before the rest of the file
/// is given up: a small compressed file can expand to years of them.
pub const MAX_SKIPPED_BYTES: u64 = 1 << 30;

/// Reads line after line, with one line in memory at a time.
pub(crate) struct JsonLines {
    reader: Buffered,
    /// The file's name: a line without an id of its own is `FILE#LINE`.
    file: String,
    limit: usize,
    number: u64,
    /// How many bytes went by since the last page or the last line that was too long.
    skipped: u64,
    max_skipped: u64,
    /// Whether the file had a line that is not blank.
    any: bool,
    ended: bool,
}

enum NextLine {
    Line(Vec<u8>),
    /// Its length in bytes.
    TooLong(u64),
    End,
}

impl JsonLines {
    pub(crate) fn new(reader: Buffered, file: String, limit: usize) -> Self {
        JsonLines {
            reader,
            file,
            limit,
            number: 0,
            skipped: 0,
            max_skipped: MAX_SKIPPED_BYTES,
            any: false,
            ended: false,
        }
    }

    /// The next line that is not blank; `None` after the last. A file without any is empty.
    pub(crate) fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let line = match self.read() {
                Ok(NextLine::Line(line)) => line,
                Ok(NextLine::TooLong(length)) => {
                    self.any = true;
                    self.skipped = 0;
                    let reason = Reason::TooLarge { limit: self.limit };
                    return Some(self.unreadable(self.line_id(), &reason, Some(length)));
                }
                Ok(NextLine::End) => {
                    self.ended = true;
                    if self.any {
                        break;
                    }
                    let reason = if self.number == 0 { Reason::Empty } else { Reason::OnlyWhiteSpace };
                    return Some(self.unreadable(self.file.clone(), &reason, None));
                }
                Err(reason) => {
                    self.ended = true;
                    return Some(self.unreadable(self.file.clone(), &reason, None));
                }
            };
            if is_blank(&line) {
                continue;
            }
            self.any = true;
            self.skipped = 0;
            return Some(self.item(line));
        }
        None
    }

    fn item(&self, line: Vec<u8>) -> Item {
        let length = Some(line.len() as u64);
        let found = match inspect(&line) {
            Ok(found) => found,
            Err(column) => {
                return self.unreadable(self.line_id(), &Reason::InvalidJson { line: self.number, column }, length);
            }
        };
        let id = found.id.filter(|id| !id.is_empty()).unwrap_or_else(|| self.line_id());
        if !found.has_text {
            return self.unreadable(id, &Reason::NoText { line: self.number }, length);
        }
        let Some(page) = PageBytes::new(line) else {
            return self.unreadable(id, &Reason::TooLarge { limit: self.limit }, length);
        };
        let mut capture = Capture::new(id, page, Media::JsonLine);
        capture.url = found.url;
        capture.origin = Origin::Line { file: self.file.clone(), number: self.number };
        Item::Capture(capture)
    }

    fn line_id(&self) -> String {
        format!("{}#{}", self.file, self.number)
    }

    fn unreadable(&self, id: String, reason: &Reason, bytes: Option<u64>) -> Item {
        Item::Unreadable(Unreadable::new(id, reason, bytes))
    }

    /// Reads one line without its line feed. A byte order mark belongs to the file, not to its first line. What was read
    /// of a line before an error is dropped: it is not a whole line.
    fn read(&mut self) -> Result<NextLine, Reason> {
        let mut line = Vec::new();
        let mut length = 0u64;
        loop {
            let ready = self.reader.fill_buf().map_err(|error| Reason::of(&error))?;
            if ready.is_empty() && length == 0 {
                return Ok(NextLine::End);
            }
            let end = memchr::memchr(b'\n', ready);
            let part = &ready[..end.unwrap_or(ready.len())];
            let is_last = end.is_some() || ready.is_empty();
            let consumed = part.len() + usize::from(end.is_some());
            if length == 0 {
                self.number += 1;
            }
            length += consumed as u64;
            self.skipped += consumed as u64;
            if line.len() + part.len() <= self.limit && length <= self.limit as u64 + 1 {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            self.reader.consume(consumed);
            if self.skipped > self.max_skipped {
                return Err(Reason::EndlessLine { limit: self.max_skipped });
            }
            if is_last {
                let length = length - u64::from(end.is_some());
                if length > self.limit as u64 {
                    return Ok(NextLine::TooLong(length));
                }
                if self.number == 1 && without_mark(&line).len() < line.len() {
                    line = without_mark(&line).to_vec();
                }
                return Ok(NextLine::Line(line));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Read};

    #[test]
    fn endless_empty_lines_end_the_file() {
        let source = io::Cursor::new(b"{\"text\": \"a\"}\n").chain(io::repeat(b'\n'));
        let mut lines = JsonLines::new(Buffered::new(Box::new(source)), "-".to_owned(), 1000);
        lines.max_skipped = 1 << 20;
        assert!(matches!(lines.next(), Some(Item::Capture(_))));
        let Some(Item::Unreadable(last)) = lines.next() else { panic!("the limit is reached") };
        assert_eq!(last.note.message, "has more than 1 MiB without a page, and is not read further");
        assert!(lines.next().is_none());
    }

    #[test]
    fn a_page_starts_the_count_of_skipped_bytes_anew() {
        let file = format!("{}{{\"text\": \"a\"}}\n", "\n".repeat(900)).repeat(3);
        let mut lines = JsonLines::new(Buffered::new(Box::new(io::Cursor::new(file))), "-".to_owned(), 1000);
        lines.max_skipped = 1000;
        let ids: Vec<_> = std::iter::from_fn(|| lines.next()).map(|item| item.id().to_owned()).collect();
        assert_eq!(ids, ["-#901", "-#1802", "-#2703"]);
    }
}
