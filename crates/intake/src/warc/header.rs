//! What does the header of a WARC record say?

use crate::formats::WARC_MARK;
use crate::http::{HeaderBlock, Headers, MAX_HEADER_BYTES, main_value, read_line, warc_date};
use crate::unreadable::Reason;
use onrecord_document::Moment;
use std::io::BufRead;

/// The longest version line: `WARC/1.1` and its line break.
const MAX_VERSION_LINE: usize = 32;

/// The purpose of a record (ISO 28500:2017, section 6).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum RecordKind {
    /// The response of a server.
    Response,
    /// Something fetched in another way or made by the crawler; also a `conversion`, made from another record.
    Resource,
    /// Something that had not changed since it was stored.
    Revisit,
    /// A request, metadata, a description of the crawl, the continuation of a record.
    Other,
}

/// A record's header.
#[derive(Debug)]
pub(crate) struct RecordHeader {
    pub(crate) kind: RecordKind,
    /// The size of the content, in bytes.
    pub(crate) content: u64,
    /// The size of the header, in bytes.
    pub(crate) length: u64,
    fields: Headers,
}

impl RecordHeader {
    /// Reads the version, the fields and the empty line. A header without a type or a length is damaged.
    pub(crate) fn read(reader: &mut impl BufRead) -> Result<Self, Reason> {
        let of = |error: std::io::Error| Reason::of(&error);
        let mut version = Vec::new();
        let ended = read_line(reader, &mut version, MAX_VERSION_LINE).map_err(of)?;
        if !ended || !version.starts_with(WARC_MARK) {
            return Err(if version.len() < MAX_VERSION_LINE && !ended {
                Reason::RecordCutShort
            } else {
                Reason::NoRecord
            });
        }
        match Headers::read(reader).map_err(of)? {
            HeaderBlock::Whole(fields, length) => {
                RecordHeader::of(fields, length + version.len() as u64).ok_or(Reason::DamagedHeader)
            }
            HeaderBlock::TooLarge => Err(Reason::HeaderTooLarge { limit: MAX_HEADER_BYTES }),
            HeaderBlock::CutShort => Err(Reason::RecordCutShort),
        }
    }

    fn of(fields: Headers, length: u64) -> Option<Self> {
        let kind = match fields.get("warc-type")?.to_ascii_lowercase().as_str() {
            "response" => RecordKind::Response,
            "resource" | "conversion" => RecordKind::Resource,
            "revisit" => RecordKind::Revisit,
            _ => RecordKind::Other,
        };
        let digits = fields.get("content-length")?;
        let content = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
        Some(RecordHeader { kind, content, length, fields })
    }

    /// Whether bytes are certainly the beginning of a record: they have all four fields that every record must have. So a
    /// page about WARC is not taken for an archive.
    pub(crate) fn is_certain(head: &[u8]) -> bool {
        let mut head = head;
        RecordHeader::read(&mut head).is_ok_and(|header| {
            header.date().is_some() && header.fields.get("warc-record-id").is_some_and(|id| id.starts_with('<'))
        })
    }

    /// The address, if it is a valid one, without the angle brackets that some tools put around it.
    pub(crate) fn url(&self) -> Option<&str> {
        let url = self.fields.get("warc-target-uri")?;
        let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url).trim();
        let is_address = !url.is_empty() && !url.chars().any(|char| char.is_whitespace() || char.is_control());
        is_address.then_some(url)
    }

    pub(crate) fn date(&self) -> Option<Moment> {
        self.fields.get("warc-date").and_then(warc_date)
    }

    /// The media type of the content, with its parameters.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.fields.get("content-type")
    }

    /// The media type of the page itself, as the crawler found it.
    pub(crate) fn identified_type(&self) -> Option<&str> {
        self.fields.get("warc-identified-payload-type")
    }

    pub(crate) fn is_http(&self) -> bool {
        self.content_type().is_some_and(|kind| main_value(kind) == "application/http")
    }

    /// Whether the address is one that pages have, not a name that the crawler gave to its logs.
    pub(crate) fn is_on_the_web(&self) -> bool {
        let scheme = self.url().and_then(|url| url.split_once(':')).map(|(scheme, _)| scheme.to_ascii_lowercase());
        scheme.is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "ftp" | "file"))
    }

    /// Why the crawler kept only the beginning.
    pub(crate) fn truncated(&self) -> Option<&str> {
        self.fields.get("warc-truncated")
    }

    /// Whether the page continues in another record.
    pub(crate) fn is_segment(&self) -> bool {
        self.fields.get("warc-segment-number").is_some()
    }

    /// The names by which a revisit may refer to this record.
    pub(crate) fn names(&self) -> RecordNames {
        RecordNames {
            digest: self.fields.get("warc-payload-digest").map(|digest| format!("digest {digest}")),
            id: self.fields.get("warc-record-id").map(|id| format!("record {id}")),
            visit: self.url().zip(self.fields.get("warc-date")).map(|(url, date)| format!("visit {date} {url}")),
        }
    }

    /// The names by which a revisit refers to another record.
    pub(crate) fn refers_to(&self) -> RecordNames {
        let url = self.fields.get("warc-refers-to-target-uri").or(self.url());
        let date = self.fields.get("warc-refers-to-date");
        RecordNames {
            digest: self.fields.get("warc-payload-digest").map(|digest| format!("digest {digest}")),
            id: self.fields.get("warc-refers-to").map(|id| format!("record {id}")),
            visit: url.zip(date).map(|(url, date)| format!("visit {date} {url}")),
        }
    }
}

/// What a record is called: the digest of its payload, its id, and the address with the time of the visit.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RecordNames {
    pub(crate) digest: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) visit: Option<String>,
}

impl RecordNames {
    /// The names that it has, the most reliable first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        [&self.digest, &self.id, &self.visit].into_iter().filter_map(Option::as_deref)
    }

    /// Whether two are names of one record. If both have a digest, that decides.
    pub(crate) fn meet(&self, other: &RecordNames) -> bool {
        match (&self.digest, &other.digest) {
            (Some(one), Some(other)) => one == other,
            _ => (self.id.is_some() && self.id == other.id) || (self.visit.is_some() && self.visit == other.visit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(fields: &str) -> Result<RecordHeader, Reason> {
        RecordHeader::read(&mut format!("WARC/1.1\r\n{fields}\r\n\r\n").as_bytes())
    }

    #[test]
    fn a_header_describes_its_record() {
        let header = header("WARC-Type: Response\r\nContent-Length: 12\r\nWARC-Target-URI: <https://npb.example/a>\r\nContent-Type: application/http; msgtype=response\r\nWARC-Date: 2024-11-05T18:40:00Z").unwrap();
        assert_eq!((header.kind, header.content), (RecordKind::Response, 12));
        assert_eq!(header.url(), Some("https://npb.example/a"));
        assert_eq!(header.date().unwrap().to_string(), "2024-11-05T18:40:00Z");
        assert!(header.is_http() && header.is_on_the_web());
    }

    #[test]
    fn a_header_without_type_or_length_is_damaged() {
        for fields in ["WARC-Type: response", "Content-Length: 1", "WARC-Type: x\nContent-Length: -1"] {
            assert_eq!(header(fields).unwrap_err(), Reason::DamagedHeader, "{fields}");
        }
        let beyond = "WARC-Type: response\nContent-Length: 99999999999999999999";
        assert_eq!(header(beyond).unwrap_err(), Reason::DamagedHeader);
        assert_eq!(RecordHeader::read(&mut &b"WARC/1.0\r\nWARC-Ty"[..]).unwrap_err(), Reason::RecordCutShort);
        assert_eq!(RecordHeader::read(&mut &b"WARC/"[..]).unwrap_err(), Reason::RecordCutShort);
        assert_eq!(RecordHeader::read(&mut &b"<p>Six\r\n"[..]).unwrap_err(), Reason::NoRecord);
        let giant = header(&format!("A: {}", "a".repeat(MAX_HEADER_BYTES)));
        assert_eq!(giant.unwrap_err(), Reason::HeaderTooLarge { limit: MAX_HEADER_BYTES });
    }

    #[test]
    fn an_address_that_would_break_a_line_is_ignored() {
        let url = |url: &str| {
            let fields = format!("WARC-Type: response\nContent-Length: 1\nWARC-Target-URI: {url}");
            header(&fields).unwrap().url().map(str::to_owned)
        };
        assert_eq!(url("https://npb.example/a b"), None);
        assert_eq!(url("https://npb.example/\u{1b}[2J"), None);
        assert_eq!(url("https://npb.example/\r\n WARC-Type: request"), None);
        assert_eq!(url("https://npb.example/паром").as_deref(), Some("https://npb.example/паром"));
    }

    #[test]
    fn logs_of_crawlers_are_not_on_the_web() {
        for (url, expected) in [
            ("metadata://gnu.org/software/wget/warc/wget.log", false),
            ("urn:text:https://npb.example/a", false),
            ("dns:npb.example", false),
            ("HTTPS://npb.example/a", true),
            ("file:///home/ferry.html", true),
        ] {
            let fields = format!("WARC-Type: resource\nContent-Length: 1\nWARC-Target-URI: {url}");
            assert_eq!(header(&fields).unwrap().is_on_the_web(), expected, "{url}");
        }
    }
}
