//! Where a page was found.

use std::fmt;

/// Where a page was found, told so that its bytes can be had again with other tools than ours.
///
/// Prints as the contract's id of such a place: the path as given, `FILE#LINE`, `FILE!OFFSET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file by its path as given, or standard input (`-`): all of it, unpacked.
    File(String),
    /// A line of a jsonl file.
    Line {
        /// Its path as given.
        file: String,
        /// From 1.
        number: u64,
    },
    /// The root part of a page saved as MHTML.
    RootPart {
        /// Its path as given.
        file: String,
    },
    /// A record of a web archive.
    Record(Box<Record>),
}

/// A record of a web archive, and what lies between its bytes and those of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The path as given.
    pub file: String,
    /// The WARC file within, where the file is a WACZ.
    pub member: Option<String>,
    /// How the WARC file is compressed.
    pub packing: RecordPacking,
    /// Where the record begins in the WARC file: for one compressed record by record, where its gzip member or zstd frame
    /// begins in the compressed file; for one compressed as a whole, in what it unpacks to.
    pub offset: u64,
    /// Where it begins in its member or frame, unpacked: 0 but where several records share one.
    pub inner: u64,
    /// How many bytes the record has, unpacked, before the page's: its own header and that of HTTP.
    pub head: u64,
    /// How many bytes the page has in the record, before the codings are undone.
    pub length: u64,
    /// What was undone to get the page, in that order.
    pub codings: Vec<Coding>,
}

/// How a WARC file is compressed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum RecordPacking {
    /// Not at all.
    Plain,
    /// A gzip member (RFC 1952) for each record.
    GzipEach,
    /// A zstd frame (RFC 8878) for each record.
    ZstdEach,
    /// A zstd frame for each record, with a dictionary that the file begins with.
    ZstdDictionary,
    /// gzip over all records.
    GzipWhole,
    /// zstd over all records.
    ZstdWhole,
}

/// What a page is wrapped in within its record (RFC 9112, section 7.1, and RFC 9110, section 8.4.1).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names are HTTP's
pub enum Coding {
    Chunked,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl Origin {
    /// The path as given, `-` for standard input.
    pub fn file(&self) -> &str {
        match self {
            Origin::File(file) | Origin::Line { file, .. } | Origin::RootPart { file } => file,
            Origin::Record(record) => &record.file,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File(file) | Origin::RootPart { file } => f.write_str(file),
            Origin::Line { file, number } => write!(f, "{file}#{number}"),
            Origin::Record(record) => {
                f.write_str(&record.file)?;
                if let Some(member) = &record.member {
                    write!(f, "!{member}")?;
                }
                write!(f, "!{}", record.offset)?;
                if record.inner > 0 { write!(f, "+{}", record.inner) } else { Ok(()) }
            }
        }
    }
}

impl Coding {
    /// The name that HTTP has for it.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Chunked => "chunked",
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_as_the_contract_names_it() {
        let record = Record {
            file: "crawl.wacz".to_owned(),
            member: None,
            packing: RecordPacking::GzipEach,
            offset: 812,
            inner: 0,
            head: 700,
            length: 10,
            codings: vec![Coding::Chunked],
        };
        let within = Record { member: Some("archive/data.warc.gz".to_owned()), ..record.clone() };
        let shared = Record { inner: 99, ..record.clone() };
        assert_eq!(Origin::Record(Box::new(shared)).to_string(), "crawl.wacz!812+99");
        assert_eq!(Origin::Record(Box::new(record)).to_string(), "crawl.wacz!812");
        assert_eq!(Origin::Record(Box::new(within)).to_string(), "crawl.wacz!archive/data.warc.gz!812");
        assert_eq!(Origin::Line { file: "a.jsonl".to_owned(), number: 3 }.to_string(), "a.jsonl#3");
        assert_eq!(Origin::File("a.html".to_owned()).file(), "a.html");
    }
}
