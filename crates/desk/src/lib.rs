//! The desk: the archive in a browser, and the API beside it.
//!
//! What goes where:
//!
//! - `server/`: HTTP. Connections, limits, who may ask ([`server::Guard`]), how an answer goes out. Knows no page.
//! - `desk`: what all requests share; `failure`: what handlers give.
//! - `site`: the service, made of the table of pages and the table of the API's operations, behind the guard; `call`: a
//!   request that is being answered; `params`: what the query of a page asks for.
//! - `pages/`: views as HTML, a file a page, its handlers beside its markup. The only place with markup; `maud` escapes every
//!   string that goes in.
//! - `api/`: views as JSON under `/api/v1`, a file for each thing that operations are about.
//! - `acts/`: what changes the archive: corrections, tags, notes, adding.
//! - `figures/`: plots, for pages and as SVG and PNG; `tables`: lists as CSV.
//! - `readers`: archive and search for threads that answer; `links`: how addresses are written; `assets`: stylesheet, script
//!   and icon as they are sent.
//!
//! What is shown comes from `onrecord-views`. A page is a handler with a row in `pages`, an operation a file with a row in
//! `api`.
//!
//! Invariants: only [`server`] knows HTTP; nothing from a page reaches a browser unescaped, as an address that is not http
//! or https, or as a script, style or frame. Every page works without its script.

mod acts;
mod api;
mod assets;
mod call;
mod desk;
mod failure;
mod figures;
mod links;
mod pages;
mod params;
mod readers;
pub mod server;
mod site;
mod tables;

use acts::Writing;
use acts::adding::Intakes;
use desk::Desk;
use onrecord_archive::{Error, Followers, Result};
use onrecord_views::counts::Counts;
use onrecord_views::front::Fronts;
use onrecord_views::speakers::speaker::KnownSpeakers;
use readers::Readers;
use server::Guard;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::Semaphore;

/// Answers that are worked on at a time, for each core: while one waits for the disk another goes on.
const ANSWERS_PER_CORE: usize = 2;
/// Threads beyond those, for answers that are written while they are sent.
const STREAMS: usize = 8;

/// How a desk is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the archive is; there must be one.
    pub archive: PathBuf,
    /// Opens what follows the archive whenever the desk writes to it.
    pub followers: Followers,
    /// Where it listens.
    pub listen: SocketAddr,
    /// What whoever asks must know; wanted wherever others than this machine can ask.
    pub token: Option<String>,
    /// Names beside those of the machine under which the desk is reached.
    pub hosts: Vec<String>,
}

impl Settings {
    /// Why a desk is not opened so, in words for people; `None` where it is.
    pub fn refused(&self) -> Option<&'static str> {
        match &self.token {
            None if !self.listen.ip().is_loopback() => {
                Some("others can reach this address, read the archive and write to it: set a token with --token WORD")
            }
            Some(token) if token.len() < MIN_TOKEN => Some("a token must have at least 8 characters"),
            Some(token) if !token.bytes().all(is_token) => {
                Some("a token may contain only letters, digits and - _ . ~ + / =")
            }
            _ => None,
        }
    }
}

/// Fewest characters of a token.
const MIN_TOKEN: usize = 8;

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~+/=".contains(&byte)
}

/// A desk that listens and has not begun to answer.
pub struct Opened {
    listener: TcpListener,
    desk: Arc<Desk>,
    threads: usize,
}

/// Opens a desk: the archive, its index, the address. `news` hears what takes time.
pub fn open(settings: &Settings, news: impl FnMut(&str)) -> Result<Opened> {
    let listener = TcpListener::bind(settings.listen).map_err(|error| address_error(settings.listen, error))?;
    listener.set_nonblocking(true).map_err(|error| address_error(settings.listen, error))?;
    let readers = Readers::open(&settings.archive, news)?;
    let threads = ANSWERS_PER_CORE * available_parallelism().map_or(1, usize::from);
    let desk = Desk {
        guard: Guard::new(settings.token.as_deref(), settings.hosts.clone()),
        readers,
        counts: Counts::default(),
        writing: Arc::new(Writing::new(settings.archive.clone(), settings.followers)),
        intakes: Intakes::default(),
        fronts: Fronts::default(),
        speakers: KnownSpeakers::default(),
        workers: Arc::new(Semaphore::new(threads)),
    };
    // Whoever asks first is not the one who waits.
    desk.counts.of(desk.readers.take()?.archive())?;
    Ok(Opened { listener, desk: Arc::new(desk), threads })
}

fn address_error(address: SocketAddr, error: io::Error) -> Error {
    let hint = match error.kind() {
        io::ErrorKind::AddrInUse => "something else listens there; --listen 127.0.0.1:0 takes a free port",
        io::ErrorKind::PermissionDenied => "ports below 1024 are for the system",
        io::ErrorKind::AddrNotAvailable => "this machine has no such address",
        _ => return Error::Io(Path::new(&address.to_string()).to_owned(), error),
    };
    Error::Unknown(format!("{address}: {hint}"))
}

impl Opened {
    /// Where it listens; the port that was given, where none was asked for.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process ends.
    pub fn serve(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(available_parallelism().map_or(1, usize::from).min(4))
            .max_blocking_threads(self.threads + STREAMS)
            .enable_all()
            .build()?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            server::serve(listener, site::router(&self.desk)).await
        })
    }
}
