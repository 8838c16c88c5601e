//! `onrecord desk`.

use super::add::{self, AddArgs};
use crate::args::{ArchiveArg, InputArgs, Threads};
use crate::exit::Exit;
use crate::print::{messages, output};
use crate::run::followers::FOLLOWERS;
use crate::run::interrupt;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::{Archive, Error, Writer};
use onrecord_desk::Settings;
use onrecord_document::Stage;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Open the desk: the archive in a browser.
///
/// Paths, if there are any, are first read into the archive. The desk then runs until Ctrl-C, and shows at once what other
/// commands add. By default it can only be reached from this machine. To listen on another address it needs a token:
/// browsers ask for it once, programs send it as `Authorization: Bearer TOKEN`.
///
/// Exit status: 0 after Ctrl-C, 2 if the archive could not be opened, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Open the default archive:
    onrecord desk
  Open a folder of saved pages, in an archive of their own:
    onrecord desk --archive ~/ferry pages/
  Share it with the office:
    onrecord desk --listen 0.0.0.0:8080 --host desk.example --token \"$(openssl rand -hex 16)\"")]
pub struct DeskArgs {
    /// Files or folders to read into the archive first
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// The address to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The token that visitors need; required on an address that other machines can reach
    #[arg(long, value_name = "TOKEN", env = "ONRECORD_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Another host name under which the desk is reached; may be given several times
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub threads: Threads,
}

/// Reads the paths in, opens the desk, says where it is, and serves until the process ends.
pub fn run(args: &DeskArgs) -> Exit {
    let place = match store::place(&args.archive) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let settings = Settings {
        archive: place.clone(),
        listen: args.listen,
        token: args.token.clone(),
        hosts: args.host.clone(),
        followers: FOLLOWERS,
    };
    if let Some(reason) = settings.refused() {
        messages::say(&format!("--listen {}: {reason}", args.listen));
        return Exit::Misused;
    }
    let made = if args.paths.is_empty() { open_or_make(args) } else { read_in(args) };
    if let Err(exit) = made {
        return exit;
    }
    let opened = match onrecord_desk::open(&settings, messages::say) {
        Ok(opened) => opened,
        Err(error) => return failed(error),
    };
    let address = match opened.address() {
        Ok(address) => address,
        Err(error) => return failed(Error::Io(place, error)),
    };
    let line = format!("The desk of {} is open at http://{address}/ (Ctrl-C closes it)\n", place.display());
    if output::print(line.as_bytes()) != Exit::Done {
        return Exit::Incomplete;
    }
    match opened.serve() {
        Ok(()) => Exit::Done,
        Err(error) => failed(Error::Io(place, error)),
    }
}

/// Reads the paths into the archive. What could not be read has been reported; the rest can be looked at.
fn read_in(args: &DeskArgs) -> Result<(), Exit> {
    let adding = AddArgs {
        paths: args.paths.clone(),
        archive: args.archive.clone(),
        input: InputArgs { kind: args.input.kind },
        until: Stage::Facts,
        threads: Threads { count: args.threads.count },
    };
    add::add(&adding)?;
    interrupt::end_at_once();
    Ok(())
}

/// Upgrades an archive in an older format, and creates one where there is none.
fn open_or_make(args: &DeskArgs) -> Result<(), Exit> {
    let place = store::place(&args.archive)?;
    match Archive::open(&place) {
        Ok(_) => Ok(()),
        Err(Error::Absent(_)) => {
            Writer::open(&place, Vec::new()).and_then(Writer::finish).map_err(failed)?;
            messages::say(&format!("created an archive in {}", place.display()));
            Ok(())
        }
        Err(_) => store::open(&args.archive).map(|_| ()),
    }
}
