//! HTTP: connections, what may be asked for, and how an answer goes out. Knows no view.

mod body;
mod connection;
mod guard;
mod request;
mod response;

pub(crate) use body::Uploaded;
pub use body::{MAX_FORM_BYTES, MAX_PARTS, MAX_UPLOAD_BYTES};
pub(crate) use connection::serve;
pub use connection::{BODY_PATIENCE, HEADER_PATIENCE, MAX_CONNECTIONS};
pub use guard::Guard;
pub(crate) use request::{Payload, Request};
pub(crate) use response::{Content, Response};
