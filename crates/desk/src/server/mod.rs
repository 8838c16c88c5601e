//! HTTP: connections, who may ask, what a request brings, how an answer goes out. Serves the router that it is given; knows
//! no page and no archive.

mod body;
mod connection;
mod guard;
mod pairs;
mod request;
mod response;

pub(crate) use body::{Accepts, BodyError, Payload, Upload};
pub use body::{MAX_FORM_BYTES, MAX_PARTS, MAX_UPLOAD_BYTES};
pub use connection::{BODY_PATIENCE, HEADER_PATIENCE, MAX_CONNECTIONS};
pub(crate) use connection::{Local, answering, serve};
pub use guard::Guard;
pub(crate) use guard::{Refusal, cookie, is_reading};
pub(crate) use pairs::pairs;
pub(crate) use request::{MAX_TARGET, Request};
pub(crate) use response::{Content, Response};
