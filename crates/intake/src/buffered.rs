//! A reader that can be looked into before it is read.

use crate::detect::without_mark;
use std::io::{self, BufRead, Read};

/// How many bytes are asked of the source at a time.
const CHUNK: usize = 64 * 1024;

/// What a reader gives, with a look ahead of any length.
///
/// An error of the source is reported only when everything before it was consumed, so that the whole lines of a file
/// that is cut short can still be had.
pub(crate) struct Buffered {
    source: Box<dyn Read + Send>,
    held: Vec<u8>,
    at: usize,
    ended: bool,
    failed: Option<io::Error>,
}

/// The first line of a source, as far as it was looked at.
pub(crate) enum FirstLine<'a> {
    /// All of it, without its line feed.
    Whole(&'a [u8]),
    /// Its beginning: it is longer than what was asked for.
    Longer(&'a [u8]),
}

impl Buffered {
    pub(crate) fn new(source: Box<dyn Read + Send>) -> Self {
        Buffered { source, held: Vec::new(), at: 0, ended: false, failed: None }
    }

    /// The next bytes, without consuming them: `wanted` or more of them, or fewer if the source has no more. An error
    /// if the source failed before it gave any.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.held.len() - self.at < wanted && !self.ended {
            self.grow();
        }
        self.seen()
    }

    /// The first line that has more than white space, without consuming it; a byte order mark before it is left out. At most `limit` bytes are looked at, white
    /// space included, and what the source asks for in one go.
    pub(crate) fn peek_line(&mut self, limit: usize) -> io::Result<FirstLine<'_>> {
        let mut searched = 0;
        loop {
            let ahead = &self.held[self.at..];
            let start = ahead.len() - without_mark(ahead).trim_ascii_start().len();
            let found = memchr::memchr(b'\n', &ahead[searched.max(start)..]).map(|end| searched.max(start) + end);
            searched = ahead.len();
            if found.is_some() || self.ended || searched > limit {
                let whole = found.or(self.ended.then_some(searched)).filter(|end| *end <= limit);
                let ahead = self.seen()?;
                return Ok(match whole {
                    Some(end) => FirstLine::Whole(&ahead[start..end]),
                    None => FirstLine::Longer(&ahead[start..]),
                });
            }
            self.grow();
        }
    }

    fn seen(&mut self) -> io::Result<&[u8]> {
        if self.at == self.held.len()
            && let Some(error) = self.failed.take()
        {
            return Err(error);
        }
        Ok(&self.held[self.at..])
    }

    /// Reads one chunk behind what is held; sets `ended` where there is no more.
    fn grow(&mut self) {
        let held = self.held.len();
        self.held.resize(held + CHUNK, 0);
        let read = loop {
            match self.source.read(&mut self.held[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        match read {
            Ok(read) => {
                self.held.truncate(held + read.min(CHUNK));
                self.ended = read == 0;
            }
            Err(error) => {
                self.held.truncate(held);
                self.ended = true;
                self.failed = Some(error);
            }
        }
    }
}

impl BufRead for Buffered {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.held.len() {
            self.held.clear();
            // What a long look ahead took is given back as soon as it was read.
            self.held.shrink_to(CHUNK);
            self.at = 0;
            if !self.ended {
                self.grow();
            }
        }
        self.seen()
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.held.len().min(self.at + amount);
    }
}

impl Read for Buffered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(&'static [u8]);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
                count => Ok(count),
            }
        }
    }

    #[test]
    fn looking_ahead_consumes_nothing() {
        let mut reader = Buffered::new(Box::new(&b"\n one\ntwo\n"[..]));
        assert_eq!(reader.peek(2).unwrap(), b"\n one\ntwo\n");
        assert!(matches!(reader.peek_line(100), Ok(FirstLine::Whole(b"one"))));
        assert!(matches!(reader.peek_line(3), Ok(FirstLine::Longer(_))));
        let mut all = Vec::new();
        reader.read_to_end(&mut all).unwrap();
        assert_eq!(all, b"\n one\ntwo\n");
    }

    #[test]
    fn a_long_first_line_is_found_across_chunks_and_its_memory_given_back() {
        let mut long = vec![b'a'; 3 * CHUNK];
        long.push(b'\n');
        let source = io::Cursor::new(long).chain(io::repeat(b'b').take(10 * CHUNK as u64));
        let mut reader = Buffered::new(Box::new(source));
        let Ok(FirstLine::Whole(line)) = reader.peek_line(10 * CHUNK) else { panic!("the line ends within the limit") };
        assert_eq!(line.len(), 3 * CHUNK);
        assert_eq!(io::copy(&mut reader, &mut io::sink()).unwrap(), 13 * CHUNK as u64 + 1);
        assert!(reader.held.capacity() <= 2 * CHUNK);
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        let mut reader = Buffered::new(Box::new(Failing(b"whole line\nha")));
        assert_eq!(reader.peek(100).unwrap(), b"whole line\nha");
        reader.consume(13);
        assert_eq!(reader.fill_buf().unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    }
}
