//! Why something could not be read.

use crate::formats::Compression;
use onrecord_document::{Coding, Note, Stage};
use std::fmt;
use std::io;

/// A page, a file or a folder that could not be read. It has its line in the output too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// How the output names it, as [`onrecord_document::Capture::id`].
    pub id: String,
    /// Why: stage `intake`, a stable code, and a message that begins with a verb ("is empty") and follows the id. It quotes
    /// nothing from the page.
    pub note: Note,
    /// The size of the file or the line in bytes, if it is known without reading further.
    pub bytes: Option<u64>,
}

impl Unreadable {
    pub(crate) fn new(id: impl Into<String>, reason: &Reason, bytes: Option<u64>) -> Self {
        Unreadable { id: id.into(), note: Note::new(Stage::Intake, reason.code(), reason.to_string()), bytes }
    }
}

/// The reasons, each with its code and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    NotFound,
    BrokenLink,
    LinkLoop,
    NoPermission,
    /// What the operating system reported.
    ReadFailed(String),
    /// What it is instead of a file or a folder.
    NotAFile(&'static str),
    TooDeep {
        limit: usize,
    },
    /// There is something else where a record should begin.
    NoRecord,
    /// A record without a type or a length.
    DamagedHeader,
    WrongLength,
    RecordCutShort,
    HeaderTooLarge {
        limit: usize,
    },
    Bomb {
        ratio: u64,
    },
    DictionaryTooLarge {
        limit: usize,
    },
    Revisit,
    Segment,
    DamagedZip,
    LostDirectory,
    NoWarc,
    TooManyFiles {
        limit: usize,
    },
    NameOfFile,
    SameName,
    WaczInWacz,
    Encrypted,
    Overlap,
    ZipMethod,
    PipedWaczTooLarge {
        limit: u64,
    },
    DamagedMhtml,
    NoRootPart,
    /// What it is instead of a page.
    NotAPage(&'static str),
    Binary,
    Empty,
    OnlyWhiteSpace,
    TooLarge {
        limit: usize,
    },
    EndlessLine {
        limit: u64,
    },
    NestedTooLarge {
        limit: u64,
    },
    WindowTooLarge {
        limit: u64,
    },
    CutShort(Compression),
    DamagedCoding(Coding),
    Corrupt(Compression),
    TooManyLayers {
        limit: usize,
    },
    InvalidJson {
        line: u64,
        column: usize,
    },
    NoText {
        line: u64,
    },
}

impl Reason {
    /// The stable name for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Reason::NotFound => "not_found",
            Reason::BrokenLink => "broken_link",
            Reason::LinkLoop => "link_loop",
            Reason::NoPermission => "no_permission",
            Reason::ReadFailed(_) => "read_failed",
            Reason::NotAFile(_) => "not_a_file",
            Reason::TooDeep { .. } => "too_deep",
            Reason::NoRecord | Reason::DamagedHeader => "damaged_record",
            Reason::WrongLength => "wrong_length",
            Reason::RecordCutShort => "truncated",
            Reason::HeaderTooLarge { .. } | Reason::Bomb { .. } | Reason::DictionaryTooLarge { .. } => "too_large",
            Reason::Revisit => "revisit",
            Reason::Segment => "segment",
            Reason::DamagedZip | Reason::LostDirectory | Reason::Overlap | Reason::SameName => "damaged_archive",
            Reason::NoWarc => "empty",
            Reason::TooManyFiles { .. } | Reason::PipedWaczTooLarge { .. } => "too_large",
            Reason::NameOfFile => "unsafe_name",
            Reason::WaczInWacz | Reason::Encrypted | Reason::ZipMethod => "unsupported",
            Reason::DamagedMhtml => "truncated",
            Reason::NoRootPart => "no_page",
            Reason::NotAPage(_) => "not_a_page",
            Reason::Binary => "binary",
            Reason::Empty | Reason::OnlyWhiteSpace => "empty",
            Reason::TooLarge { .. } | Reason::EndlessLine { .. } => "too_large",
            Reason::NestedTooLarge { .. } | Reason::WindowTooLarge { .. } => "too_large",
            Reason::CutShort(_) | Reason::Corrupt(_) | Reason::DamagedCoding(_) => "truncated",
            Reason::TooManyLayers { .. } => "packed_too_often",
            Reason::InvalidJson { .. } => "invalid_json",
            Reason::NoText { .. } => "no_text",
        }
    }

    /// Whether the disk or the system is to blame, not what is read.
    pub(crate) fn is_system_error(&self) -> bool {
        matches!(self, Reason::ReadFailed(_) | Reason::NoPermission | Reason::NotFound)
    }

    /// The reason that an error of reading carries or stands for.
    pub(crate) fn of(error: &io::Error) -> Self {
        if let Some(ReasonError(reason)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return reason.clone();
        }
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Reason::NotFound,
            io::ErrorKind::PermissionDenied => Reason::NoPermission,
            _ => Reason::ReadFailed(error.to_string()),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NotFound => f.write_str("does not exist"),
            Reason::BrokenLink => f.write_str("is a link that leads nowhere"),
            Reason::LinkLoop => f.write_str("is a link to a folder that contains it, and is not followed"),
            Reason::NoPermission => f.write_str("can't be read: permission denied"),
            Reason::ReadFailed(why) => write!(f, "could not be read: {why}"),
            Reason::NotAFile(what) => write!(f, "is {what}, not a file or a folder"),
            Reason::TooDeep { limit } => write!(f, "is more than {limit} folders deep, and is not read"),
            Reason::NoRecord => f.write_str("has something else where a web archive's record should begin"),
            Reason::DamagedHeader => f.write_str("is a record without a type or a length"),
            Reason::WrongLength => f.write_str("is a record with a wrong length"),
            Reason::RecordCutShort => f.write_str("ends in the middle of a record"),
            Reason::HeaderTooLarge { limit } => {
                write!(f, "has headers of more than the maximum of {}", Size(*limit as u64))
            }
            Reason::Bomb { ratio } => {
                write!(f, "decompresses to more than {ratio} times its size, and is not read further")
            }
            Reason::DictionaryTooLarge { limit } => {
                write!(f, "has a zstd dictionary of more than the maximum of {}", Size(*limit as u64))
            }
            Reason::Revisit => f.write_str(
                "refers to a page stored earlier, and that page is in no record of this input that can be read again",
            ),
            Reason::DamagedZip => f.write_str("is a damaged ZIP archive"),
            Reason::LostDirectory => f.write_str("has lost its directory; only the files found without it were read"),
            Reason::NoWarc => f.write_str("holds no WARC file"),
            Reason::TooManyFiles { limit } => {
                write!(f, "holds more than {limit} web archives; the rest are not read")
            }
            Reason::NameOfFile => f.write_str("has a name that is not allowed in an archive, and is not read"),
            Reason::SameName => f.write_str("has the same name as another file in the archive, and is not read"),
            Reason::WaczInWacz => f.write_str("is a WACZ inside a WACZ, and is not read"),
            Reason::Encrypted => f.write_str("is encrypted"),
            Reason::Overlap => f.write_str("overlaps another file in the archive, and is not read"),
            Reason::ZipMethod => {
                f.write_str("is compressed by a method that is not supported; a WACZ should use deflate")
            }
            Reason::PipedWaczTooLarge { limit } => {
                write!(
                    f,
                    "is a WACZ of more than {} from a pipe or under compression; save it as a plain file to read it",
                    Size(*limit)
                )
            }
            Reason::DamagedMhtml => f.write_str("ends in the middle of its page"),
            Reason::NoRootPart => f.write_str("is MHTML without a page in it"),
            Reason::Segment => f.write_str("holds one part of a page; the other parts are in other records"),
            Reason::NotAPage(what) => write!(f, "is {what}, not a page or text"),
            Reason::Binary => f.write_str("holds binary data, not a page or text"),
            Reason::Empty => f.write_str("is empty"),
            Reason::OnlyWhiteSpace => f.write_str("holds nothing but white space"),
            Reason::TooLarge { limit } => {
                write!(f, "is larger than the maximum page size of {}", Size(*limit as u64))
            }
            Reason::EndlessLine { limit } => {
                write!(f, "has more than {} without a page, and is not read further", Size(*limit))
            }
            Reason::NestedTooLarge { limit } => {
                write!(f, "has more than {} of compressed data within compressed data", Size(*limit))
            }
            Reason::WindowTooLarge { limit } => {
                write!(f, "has zstd data that needs more than {} of memory to decompress", Size(*limit))
            }
            Reason::CutShort(compression) => write!(f, "ends in the middle of its {compression} data"),
            Reason::Corrupt(compression) => write!(f, "has damaged {compression} data"),
            Reason::DamagedCoding(coding) => write!(f, "has damaged {} content", coding.name()),
            Reason::TooManyLayers { limit } => write!(f, "is compressed more than {limit} times over"),
            Reason::InvalidJson { line, column } => write!(f, "is not valid JSON at line {line}, column {column}"),
            Reason::NoText { line } => write!(f, "is not a JSON object with a \"text\" string, at line {line}"),
        }
    }
}

/// A reason inside an `io::Error`.
#[derive(Debug)]
pub(crate) struct ReasonError(pub(crate) Reason);

impl fmt::Display for ReasonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for ReasonError {}

impl From<Reason> for io::Error {
    fn from(reason: Reason) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, ReasonError(reason))
    }
}

/// A number of bytes in the largest unit of which it is a whole number.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
        match UNITS.iter().find(|(unit, _)| self.0 >= *unit && self.0.is_multiple_of(*unit)) {
            Some((unit, name)) => write!(f, "{} {name}", self.0 / unit),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_completes_a_sentence_that_begins_with_the_name() {
        let reason = Reason::TooLarge { limit: 64 << 20 };
        assert_eq!(reason.to_string(), "is larger than the maximum page size of 64 MiB");
        assert_eq!(Reason::TooLarge { limit: 1000 }.to_string(), "is larger than the maximum page size of 1000 bytes");
        assert_eq!(Reason::CutShort(Compression::Gzip).to_string(), "ends in the middle of its gzip data");
    }

    #[test]
    fn a_reason_survives_inside_an_io_error() {
        let error = io::Error::from(Reason::Corrupt(Compression::Zstd));
        assert_eq!(Reason::of(&error), Reason::Corrupt(Compression::Zstd));
        assert_eq!(Reason::of(&io::ErrorKind::PermissionDenied.into()), Reason::NoPermission);
    }
}
