//! `onrecord desk`.

use crate::archive_args::AddArgs;
use crate::desk_args::DeskArgs;
use crate::followers::FOLLOWERS;
use crate::store::{self, failed};
use crate::{Outcome, add, messages, tools};
use onrecord_archive::{Archive, Error, Writer};
use onrecord_desk::Settings;
use onrecord_document::Stage;

/// Reads the paths in, opens the desk, says where it is, and serves until the process ends.
pub fn run(args: &DeskArgs) -> Outcome {
    let place = match store::place(&args.archive) {
        Ok(place) => place,
        Err(outcome) => return outcome,
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
        return Outcome::Misused;
    }
    let made = if args.paths.is_empty() { open_or_make(args) } else { read_in(args) };
    if let Err(outcome) = made {
        return outcome;
    }
    let opened = match onrecord_desk::open(&settings, messages::say) {
        Ok(opened) => opened,
        Err(error) => return failed(error),
    };
    let address = match opened.address() {
        Ok(address) => address,
        Err(error) => return failed(Error::Io(place, error)),
    };
    let told = format!("The desk of {} is open at http://{address}/ (Ctrl-C closes it)\n", place.display());
    if tools::print(told.as_bytes()) != Outcome::Done {
        return Outcome::Incomplete;
    }
    match opened.serve() {
        Ok(()) => Outcome::Done,
        Err(error) => failed(Error::Io(place, error)),
    }
}

/// Reads what the arguments name into the archive. What could not be read was told; the rest is there to be looked at.
fn read_in(args: &DeskArgs) -> Result<(), Outcome> {
    let adding = AddArgs {
        paths: args.paths.clone(),
        archive: args.archive.clone(),
        input: crate::args::InputArgs { kind: args.input.kind },
        until: Stage::Facts,
        threads: crate::args::Threads { count: args.threads.count },
    };
    add::add(&adding)?;
    add::is_over();
    Ok(())
}

/// Brings an archive of an older format up to date, and makes one where there is none.
fn open_or_make(args: &DeskArgs) -> Result<(), Outcome> {
    let place = store::place(&args.archive)?;
    match Archive::open(&place) {
        Ok(_) => Ok(()),
        Err(Error::Absent(_)) => {
            Writer::open(&place, Vec::new()).and_then(Writer::finish).map_err(failed)?;
            messages::say(&format!("made an archive in {}", place.display()));
            Ok(())
        }
        Err(_) => store::open(&args.archive).map(|_| ()),
    }
}
