//! Ctrl-C.

use crate::print::messages;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether Ctrl-C ends the process at once.
static ENDS_AT_ONCE: AtomicBool = AtomicBool::new(false);

/// A flag that Ctrl-C sets. Pressed again, it ends the process at once, which loses nothing that was committed.
pub fn flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    // Without a handler Ctrl-C ends the process, which loses nothing either.
    let _ = ctrlc::set_handler(move || {
        if ENDS_AT_ONCE.load(Ordering::Relaxed) {
            std::process::exit(0);
        }
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        messages::say("finishing the batch; press Ctrl-C again to stop at once");
    });
    stop
}

/// From now on Ctrl-C ends the process at once: there is nothing left to finish.
pub fn end_at_once() {
    ENDS_AT_ONCE.store(true, Ordering::Relaxed);
}
