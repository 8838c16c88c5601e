//! A reader that can look ahead and go back.

use crate::formats::without_mark;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// How many bytes are read from the source at a time.
const CHUNK: usize = 64 * 1024;

/// How many consumed bytes are kept of a source that can't seek, once [`Buffered::look_back`] was called.
pub(crate) const LOOK_BACK_BYTES: usize = 4 << 20;

/// A source that can seek.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<S: Read + Seek + Send> ReadSeek for S {}

enum ByteSource {
    Stream(Box<dyn Read + Send>),
    /// From its current place on, and how many bytes there are from there.
    Seekable(Box<dyn ReadSeek>, u64),
}

/// A buffered reader that can look any distance ahead, and back.
///
/// An error of the source is reported only once everything before it was consumed, so that the whole lines of a file
/// that is cut short can still be read.
pub(crate) struct Buffered {
    source: ByteSource,
    held: Vec<u8>,
    at: usize,
    /// Where in the source the buffered bytes begin.
    start: u64,
    /// How many consumed bytes are kept.
    kept: usize,
    ended: bool,
    failed: Option<io::Error>,
}

/// The first line of a source, as far as it was read.
pub(crate) enum FirstLine<'a> {
    /// All of it, without its line feed.
    Whole(&'a [u8]),
    /// Its beginning: the line is longer than what was asked for.
    Longer(&'a [u8]),
}

impl Buffered {
    pub(crate) fn new(source: Box<dyn Read + Send>) -> Self {
        Buffered::over(ByteSource::Stream(source))
    }

    /// Over a source that can seek and has `size` bytes from where it is.
    pub(crate) fn seekable(source: Box<dyn ReadSeek>, size: u64) -> Self {
        Buffered::over(ByteSource::Seekable(source, size))
    }

    fn over(source: ByteSource) -> Self {
        Buffered { source, held: Vec::new(), at: 0, start: 0, kept: 0, ended: false, failed: None }
    }

    /// How many bytes of the source were consumed.
    pub(crate) fn position(&self) -> u64 {
        self.start + self.at as u64
    }

    /// The size in bytes of a source that can seek.
    pub(crate) fn size(&self) -> Option<u64> {
        match self.source {
            ByteSource::Seekable(_, size) => Some(size),
            ByteSource::Stream(_) => None,
        }
    }

    /// From now on keeps [`LOOK_BACK_BYTES`] of what was consumed if the source can't seek.
    pub(crate) fn look_back(&mut self) {
        if self.size().is_none() {
            self.kept = LOOK_BACK_BYTES;
        }
    }

    /// Goes to a place before or after the current one; `false` if the source can't.
    pub(crate) fn go_to(&mut self, position: u64) -> io::Result<bool> {
        let held = position.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
        if let Some(at) = held.filter(|at| *at <= self.held.len()) {
            self.at = at;
            return Ok(true);
        }
        let ByteSource::Seekable(source, size) = &mut self.source else { return Ok(false) };
        let position = position.min(*size);
        source.seek(SeekFrom::Start(position))?;
        self.held.clear();
        self.at = 0;
        self.start = position;
        self.ended = false;
        self.failed = None;
        Ok(true)
    }

    /// Skips up to `amount` bytes, and returns how many there were.
    pub(crate) fn skip(&mut self, amount: u64) -> io::Result<u64> {
        if let ByteSource::Seekable(_, size) = self.source {
            let before = self.position();
            self.go_to(before.saturating_add(amount).min(size.max(before)))?;
            return Ok(self.position() - before);
        }
        let mut left = amount;
        while left > 0 {
            let ready = self.fill_buf()?.len();
            if ready == 0 {
                break;
            }
            let count = left.min(ready as u64);
            self.consume(count as usize);
            left -= count;
        }
        Ok(amount - left)
    }

    /// The next bytes, without consuming them: at least `wanted`, or fewer if the source has no more. An error if the
    /// source failed before it gave any.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.held.len() - self.at < wanted && !self.ended {
            self.grow();
        }
        self.seen()
    }

    /// The first line with more than white space, without consuming it and without a byte order mark before it. At most
    /// `limit` bytes are searched, white space included, and what one read of the source brings beyond.
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

    /// Drops what was consumed, apart from what is kept.
    fn forget(&mut self) {
        let dropped = self.at.saturating_sub(self.kept);
        // Moved only after as much again was consumed, so that moving costs no more than reading did.
        if dropped > self.kept {
            self.held.drain(..dropped);
            self.start += dropped as u64;
            self.at -= dropped;
            // Give back the memory of a long look ahead as soon as it was consumed.
            self.held.shrink_to(self.held.len().max(2 * self.kept + CHUNK));
        }
    }

    /// Reads one more chunk; sets `ended` if there is none.
    fn grow(&mut self) {
        self.forget();
        let held = self.held.len();
        self.held.resize(held + CHUNK, 0);
        let read = loop {
            let read = match &mut self.source {
                ByteSource::Stream(source) => source.read(&mut self.held[held..]),
                ByteSource::Seekable(source, _) => source.read(&mut self.held[held..]),
            };
            match read {
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
            if self.ended {
                self.forget();
            } else {
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
    fn a_seekable_source_goes_anywhere_and_others_back_as_far_as_they_keep() {
        let bytes: Vec<u8> = (0..=255).cycle().take(12 * LOOK_BACK_BYTES).collect();
        let mut file = Buffered::seekable(Box::new(io::Cursor::new(bytes.clone())), bytes.len() as u64);
        assert_eq!(file.skip(5_000_003).unwrap(), 5_000_003);
        assert_eq!(file.fill_buf().unwrap()[0], bytes[5_000_003]);
        assert!(file.go_to(7).unwrap());
        assert_eq!((file.position(), file.fill_buf().unwrap()[0]), (7, 7));
        assert_eq!(file.skip(u64::MAX).unwrap(), bytes.len() as u64 - 7);
        assert!(file.held.capacity() <= 2 * CHUNK, "what is skipped is not read");

        let mut stream = Buffered::new(Box::new(io::Cursor::new(bytes.clone())));
        stream.look_back();
        let far = 3 * LOOK_BACK_BYTES + 5;
        assert_eq!(stream.skip(far as u64).unwrap(), far as u64);
        let back = far - LOOK_BACK_BYTES;
        assert!(stream.go_to(back as u64).unwrap());
        assert_eq!((stream.position(), stream.fill_buf().unwrap()[0]), (back as u64, bytes[back]));
        assert!(!stream.go_to(0).unwrap());
        assert_eq!(stream.skip(u64::MAX).unwrap(), (bytes.len() - back) as u64);
        assert!(stream.held.capacity() <= 3 * LOOK_BACK_BYTES);
    }

    #[test]
    fn looking_ahead_again_and_again_holds_no_more() {
        let mut reader = Buffered::new(Box::new(io::repeat(b'a').take(50 * CHUNK as u64)));
        while reader.peek(100).unwrap().len() >= 100 {
            reader.consume(99);
        }
        assert!(reader.held.capacity() <= 3 * CHUNK);
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        let mut reader = Buffered::new(Box::new(Failing(b"whole line\nha")));
        assert_eq!(reader.peek(100).unwrap(), b"whole line\nha");
        reader.consume(13);
        assert_eq!(reader.fill_buf().unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    }
}
