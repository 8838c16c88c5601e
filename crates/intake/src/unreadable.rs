//! Why something could not be read.

use crate::unpack::Packing;
use onrecord_document::{Coding, Note, Stage};
use std::fmt;
use std::io;

/// A page, a file or a folder that could not be read: it has its line in the output too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// How the output names it, as [`onrecord_document::Capture::id`].
    pub id: String,
    /// Why: stage `intake`, a stable code, and a message that begins with a verb ("is empty") and goes behind the id.
    /// It quotes nothing from the page.
    pub note: Note,
    /// The size of the file or of the line in bytes, as far as it is known without reading on.
    pub bytes: Option<u64>,
}

impl Unreadable {
    pub(crate) fn new(id: impl Into<String>, reason: &Reason, bytes: Option<u64>) -> Self {
        Unreadable { id: id.into(), note: Note::new(Stage::Intake, reason.code(), reason.to_string()), bytes }
    }
}

/// The reasons, each with its code and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    NotFound,
    BrokenLink,
    LinkLoop,
    NoPermission,
    /// What the operating system says.
    ReadFailed(String),
    /// What it is instead of a file or a folder.
    NotAFile(&'static str),
    TooDeep {
        limit: usize,
    },
    /// Something stands where a record should.
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
    CutShort(Packing),
    DamagedCoding(Coding),
    Corrupt(Packing),
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

    /// Whether it lies with the disk or the system, not with what is read.
    pub(crate) fn is_of_the_system(&self) -> bool {
        matches!(self, Reason::ReadFailed(_) | Reason::NoPermission | Reason::NotFound)
    }

    /// The reason that an error of reading carries or amounts to.
    pub(crate) fn of(error: &io::Error) -> Self {
        if let Some(Broken(reason)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
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
            Reason::LinkLoop => f.write_str("is a link to a folder that it lies in, and is not followed"),
            Reason::NoPermission => f.write_str("may not be read: permission denied"),
            Reason::ReadFailed(why) => write!(f, "could not be read: {why}"),
            Reason::NotAFile(what) => write!(f, "is {what}, not a file or a folder"),
            Reason::TooDeep { limit } => write!(f, "lies more than {limit} folders deep, and is not read"),
            Reason::NoRecord => f.write_str("has something else where a record of a web archive should begin"),
            Reason::DamagedHeader => f.write_str("is a record without a type or a length"),
            Reason::WrongLength => f.write_str("is a record whose length is wrong"),
            Reason::RecordCutShort => f.write_str("ends in the middle of a record"),
            Reason::HeaderTooLarge { limit } => {
                write!(f, "has headers larger than the {} that they may have", Size(*limit as u64))
            }
            Reason::Bomb { ratio } => write!(f, "unpacks to more than {ratio} times its size, and is not read further"),
            Reason::DictionaryTooLarge { limit } => {
                write!(f, "has a zstd dictionary larger than the {} that one may have", Size(*limit as u64))
            }
            Reason::Revisit => f.write_str(
                "says that the page is one stored before, and no record in this input that can be read again holds it",
            ),
            Reason::DamagedZip => f.write_str("is a ZIP archive that is damaged"),
            Reason::LostDirectory => {
                f.write_str("has lost its directory; only what could be found without it was read")
            }
            Reason::NoWarc => f.write_str("holds no WARC file"),
            Reason::TooManyFiles { limit } => {
                write!(f, "holds more than {limit} web archives; the others are not read")
            }
            Reason::NameOfFile => f.write_str("has a name that no file of an archive may have, and is not read"),
            Reason::SameName => f.write_str("has the name of another file of the archive, and is not read"),
            Reason::WaczInWacz => f.write_str("is a WACZ within a WACZ, and is not read"),
            Reason::Encrypted => f.write_str("is encrypted"),
            Reason::Overlap => f.write_str("lies where another file of the archive lies, and is not read"),
            Reason::ZipMethod => {
                f.write_str("is compressed in a way that is not read; ZIP archives of pages use deflate")
            }
            Reason::PipedWaczTooLarge { limit } => {
                write!(
                    f,
                    "is a WACZ of more than {} that can't be read from its end: unpack it to a file",
                    Size(*limit)
                )
            }
            Reason::DamagedMhtml => f.write_str("ends in the middle of the page that it holds"),
            Reason::NoRootPart => f.write_str("is MHTML without a page in it"),
            Reason::Segment => f.write_str("holds a part of a page whose other parts are in other records"),
            Reason::NotAPage(what) => write!(f, "is {what}, not a page or text"),
            Reason::Binary => f.write_str("holds binary data, not a page or text"),
            Reason::Empty => f.write_str("is empty"),
            Reason::OnlyWhiteSpace => f.write_str("holds nothing but white space"),
            Reason::TooLarge { limit } => {
                write!(f, "is larger than the {} that one page may have", Size(*limit as u64))
            }
            Reason::EndlessLine { limit } => {
                write!(f, "has more than {} without a page in it, and is not read further", Size(*limit))
            }
            Reason::NestedTooLarge { limit } => {
                write!(f, "has more than {} of compressed data within compressed data", Size(*limit))
            }
            Reason::WindowTooLarge { limit } => {
                write!(f, "needs more than the {} of memory that unpacking zstd data may take", Size(*limit))
            }
            Reason::CutShort(packing) => write!(f, "ends in the middle of its {packing} data"),
            Reason::Corrupt(packing) => write!(f, "has {packing} data that is damaged"),
            Reason::DamagedCoding(coding) => write!(f, "has {} content that is damaged", coding.name()),
            Reason::TooManyLayers { limit } => write!(f, "is compressed more than {limit} times over"),
            Reason::InvalidJson { line, column } => write!(f, "is not valid JSON at line {line}, column {column}"),
            Reason::NoText { line } => write!(f, "is not a JSON object with a \"text\" string, at line {line}"),
        }
    }
}

/// A reason on its way through `io::Error`.
#[derive(Debug)]
pub(crate) struct Broken(pub(crate) Reason);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Broken {}

impl From<Reason> for io::Error {
    fn from(reason: Reason) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, Broken(reason))
    }
}

/// A number of bytes for people: in the largest unit that it is a whole number of.
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
    fn a_message_is_one_sentence_behind_the_name() {
        let reason = Reason::TooLarge { limit: 64 << 20 };
        assert_eq!(reason.to_string(), "is larger than the 64 MiB that one page may have");
        assert_eq!(
            Reason::TooLarge { limit: 1000 }.to_string(),
            "is larger than the 1000 bytes that one page may have"
        );
        assert_eq!(Reason::CutShort(Packing::Gzip).to_string(), "ends in the middle of its gzip data");
    }

    #[test]
    fn a_reason_survives_its_way_through_an_io_error() {
        let error = io::Error::from(Reason::Corrupt(Packing::Zstd));
        assert_eq!(Reason::of(&error), Reason::Corrupt(Packing::Zstd));
        assert_eq!(Reason::of(&io::ErrorKind::PermissionDenied.into()), Reason::NoPermission);
    }
}
