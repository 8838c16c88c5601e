//! A request that is being answered, and what it is answered from.

use crate::desk::Desk;
use crate::failure::{Answer, Failure, listed};
use crate::readers::Reader;
use crate::server::{Accepts, Content, Request, Response};
use onrecord_archive::{Error, Listed};
use onrecord_views::counts::Counted;
use std::io::{self, Write};
use std::sync::Arc;

/// The media type of tables.
pub(crate) const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Answers a request, on a thread that may wait for the disk.
pub(crate) type Handler = fn(&mut Call<'_>) -> Answer;

/// The methods that the desk knows; HEAD goes with GET.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum HttpMethod {
    Get,
    Post,
    Delete,
}

impl HttpMethod {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
            HttpMethod::Delete => "DELETE",
        }
    }
}

/// A page of the desk: where it is, and what answers there.
pub(crate) struct Route {
    pub verb: HttpMethod,
    /// The path, with `{…}` for what is filled in.
    pub path: &'static str,
    pub accepts: Accepts,
    pub handler: Handler,
}

/// A request that is being answered.
pub(crate) struct Call<'a> {
    pub desk: &'a Arc<Desk>,
    pub request: Request,
    pub reader: Reader,
    pub counted: Arc<Counted>,
}

/// What the foot of a page says of the archive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Foot {
    pub name: String,
    pub articles: u64,
    pub statements: u64,
}

impl Call<'_> {
    /// What the foot of a page says.
    pub fn foot(&self) -> Foot {
        let name =
            self.desk.writing.place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Foot { name, articles: self.counted.articles, statements: self.counted.statements }
    }

    /// The document that a part of an address means.
    pub fn listed(&self, what: &str) -> Result<Listed, Failure> {
        listed(self.reader.archive(), what)
    }

    /// The bytes of the page whose hash begins so.
    pub fn page(&self, hash: &str) -> Result<Vec<u8>, Failure> {
        let missing = || Failure::NotFound("The archive has no page with this hash.".to_owned());
        Ok(self.reader.archive().page_starting(hash)?.ok_or_else(missing)?.as_bytes().to_vec())
    }

    /// A table that is written while it is sent. `write` gets a reader of its own.
    pub fn streamed_csv(
        &self,
        name: &str,
        write: impl FnOnce(&mut Reader, &mut dyn Write) -> io::Result<()> + Send + 'static,
    ) -> Answer {
        let desk = Arc::clone(self.desk);
        let stream = move |out: &mut dyn Write| {
            let mut reader = desk.readers.take().map_err(io::Error::other)?;
            write(&mut reader, out)
        };
        Ok(Response::file(CSV, name, Content::Stream(Box::new(stream))))
    }
}

/// A short table.
pub(crate) fn csv(name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Answer {
    let mut out = Vec::new();
    write(&mut out).map_err(|error| Failure::Archive(Error::Io("the table".into(), error)))?;
    Ok(Response::file(CSV, name, Content::bytes(out)))
}
