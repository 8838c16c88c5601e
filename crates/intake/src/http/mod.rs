//! What does HTTP say about a page, and which bytes of a response are the page?
//!
//! The fields of WARC records and of messages have the same syntax, so they are read here too.

mod codings;
mod dates;
mod field_value;
mod headers;
mod media;
mod response;

pub use codings::MAX_CODINGS;
pub(crate) use codings::{DecodedBody, decode};
pub(crate) use dates::{http_date, message_date, warc_date};
pub(crate) use field_value::{main_value, parameter};
pub use headers::MAX_HEADER_BYTES;
pub(crate) use headers::{HeaderBlock, Headers, read_line};
pub(crate) use media::{charset, may_be_page, media};
pub(crate) use response::{HttpResponse, ResponseStart};
