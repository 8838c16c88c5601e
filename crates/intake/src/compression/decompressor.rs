//! Tells damaged data from a disk that fails: decoders report both as `io::Error`.

use crate::formats::Compression;
use crate::unreadable::{Reason, ReasonError};
use std::error::Error;
use std::io::{self, Read};

/// A decoder whose errors are a [`Reason`].
pub(super) struct Decompressor {
    compression: Compression,
    decoder: Box<dyn Read + Send>,
}

impl Decompressor {
    pub(super) fn new(compression: Compression, decoder: Box<dyn Read + Send>) -> Self {
        Decompressor { compression, decoder }
    }
}

impl Read for Decompressor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => reason_in(&error, self.compression).into(),
        })
    }
}

/// The reason in a decoder's chain of errors: one of ours, an error of the operating system, or an unexpected end. Any
/// other error of a decoder means damaged data.
pub(crate) fn reason_in(error: &io::Error, compression: Compression) -> Reason {
    let mut link: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = link {
        if let Some(ReasonError(reason)) = error.downcast_ref() {
            return reason.clone();
        }
        let mut wrapped = None;
        if let Some(io) = error.downcast_ref::<io::Error>() {
            if io.kind() == io::ErrorKind::UnexpectedEof {
                return Reason::CutShort(compression);
            }
            if io.raw_os_error().is_some() {
                return Reason::of(io);
            }
            // `source` of an `io::Error` skips the error that it wraps.
            wrapped = io.get_ref().map(|inner| inner as &(dyn Error + 'static));
        }
        link = wrapped.or_else(|| error.source());
    }
    Reason::Corrupt(compression)
}
