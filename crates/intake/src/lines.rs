//! The lines of a jsonl file, one capture each.

use crate::buffered::Buffered;
use crate::detect::{is_blank, without_mark};
use crate::intake::Item;
use crate::json;
use crate::unreadable::{Reason, Unreadable};
use onrecord_document::{Capture, Media, Origin};
use onrecord_span::PageBytes;
use std::io::BufRead;

/// How many bytes of a file may go by without a page in them, in one endless line or in empty ones, before reading of
/// the file ends: a small compressed file can hold years of them.
pub const MAX_SKIPPED_BYTES: u64 = 1 << 30;

/// Reads line after line. Holds one line at a time.
pub(crate) struct Lines {
    reader: Buffered,
    /// The file's name: a line without a name of its own is `file#line`.
    file: String,
    limit: usize,
    number: u64,
    /// How many bytes went by since the last page or the last line too long for one.
    skipped: u64,
    max_skipped: u64,
    any: bool,
    ended: bool,
}

enum Found {
    Line(Vec<u8>),
    TooLong(u64),
    End,
}

impl Lines {
    pub(crate) fn new(reader: Buffered, file: String, limit: usize) -> Self {
        Lines { reader, file, limit, number: 0, skipped: 0, max_skipped: MAX_SKIPPED_BYTES, any: false, ended: false }
    }

    /// The next line that is not blank; `None` behind the last. A file without one is empty.
    pub(crate) fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let line = match self.read() {
                Ok(Found::Line(line)) => line,
                Ok(Found::TooLong(length)) => {
                    self.any = true;
                    self.skipped = 0;
                    let reason = Reason::TooLarge { limit: self.limit };
                    return Some(self.unreadable(self.line_id(), &reason, Some(length)));
                }
                Ok(Found::End) => {
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
        let found = match json::look(&line) {
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

    /// Reads one line without its line feed; a byte order mark belongs to the file, not to its first line. What comes
    /// before an error of the reader is dropped: it is no whole line.
    fn read(&mut self) -> Result<Found, Reason> {
        let mut line = Vec::new();
        let mut length = 0u64;
        loop {
            let ready = self.reader.fill_buf().map_err(|error| Reason::of(&error))?;
            if ready.is_empty() && length == 0 {
                return Ok(Found::End);
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
                    return Ok(Found::TooLong(length));
                }
                if self.number == 1 && without_mark(&line).len() < line.len() {
                    line = without_mark(&line).to_vec();
                }
                return Ok(Found::Line(line));
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
        let mut lines = Lines::new(Buffered::new(Box::new(source)), "-".to_owned(), 1000);
        lines.max_skipped = 1 << 20;
        assert!(matches!(lines.next(), Some(Item::Capture(_))));
        let Some(Item::Unreadable(last)) = lines.next() else { panic!("the limit is reached") };
        assert_eq!(last.note.message, "has more than 1 MiB without a page in it, and is not read further");
        assert!(lines.next().is_none());
    }

    #[test]
    fn what_went_by_before_a_page_does_not_count_behind_it() {
        let file = format!("{}{{\"text\": \"a\"}}\n", "\n".repeat(900)).repeat(3);
        let mut lines = Lines::new(Buffered::new(Box::new(io::Cursor::new(file))), "-".to_owned(), 1000);
        lines.max_skipped = 1000;
        let ids: Vec<_> = std::iter::from_fn(|| lines.next()).map(|item| item.id().to_owned()).collect();
        assert_eq!(ids, ["-#901", "-#1802", "-#2703"]);
    }
}
