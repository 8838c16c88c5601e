//! Numbers and words as few bytes: variable-length integers (LEB128), strings with their length before them.

/// Bytes being written.
#[derive(Default)]
pub(crate) struct Out(pub Vec<u8>);

impl Out {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Seven bits a byte, lowest first.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    /// A number that may be negative: small ones of both signs are short.
    pub fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.size(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    pub fn words(&mut self, words: &str) {
        self.bytes(words.as_bytes());
    }

    pub fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }
}

/// Bytes being read. Every reader gives `None` where the bytes end early or hold what no writer writes.
pub(crate) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let size = self.size()?;
        let (bytes, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(bytes)
    }

    pub fn words(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }

    /// A list with its length before it. No more room is set aside than there are bytes: each item takes one at least.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let size = self.size()?;
        let mut list = Vec::with_capacity(size.min(self.0.len()));
        for _ in 0..size {
            list.push(read(self)?);
        }
        Some(list)
    }

    /// Whether all was read.
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        let signed = [0, -1, 1, 63, -64, 64, i64::MIN, i64::MAX];
        let mut out = Out::default();
        numbers.into_iter().for_each(|number| out.number(number));
        signed.into_iter().for_each(|number| out.signed(number));
        out.words("港 ferry");
        out.option(Some(7u64), Out::number);
        let mut read = In(&out.0);
        assert!(numbers.into_iter().all(|number| read.number() == Some(number)));
        assert!(signed.into_iter().all(|number| read.signed() == Some(number)));
        assert_eq!(read.words(), Some("港 ferry"));
        assert_eq!(read.option(In::number), Some(Some(7)));
        assert!(read.is_done());
    }

    #[test]
    fn bytes_that_nobody_wrote_are_refused() {
        assert_eq!(In(&[0x80]).number(), None);
        assert_eq!(In(&[0xff; 12]).number(), None);
        assert_eq!(In(&[5, b'a']).words(), None);
        assert_eq!(In(&[1, 0xff]).words(), None);
        assert_eq!(In(&[9]).option(In::number), None);
        assert_eq!(In(&[0xff, 0xff, 0xff, 0x7f]).list(In::byte), None);
    }
}
