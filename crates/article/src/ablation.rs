//! What a rule or a word of a list is good for: readings without it, to compare with readings with it.
//!
//! Only with the feature `ablation`; without it every entry counts, and asking costs nothing. `bench/page/ablate` uses it.

#[cfg(feature = "ablation")]
use std::{cell::RefCell, collections::BTreeSet};

#[cfg(feature = "ablation")]
thread_local! {
    static OFF: RefCell<Option<String>> = const { RefCell::new(None) };
    static HEARD: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Whether an entry of a list ("rule", "pass", "class", "phrase") that applies to a line or an element counts.
#[cfg(feature = "ablation")]
pub(crate) fn stands(list: &str, entry: &str) -> bool {
    let name = format!("{list} {entry}");
    let off = OFF.with_borrow(|off| off.as_ref() == Some(&name));
    HEARD.with_borrow_mut(|heard| heard.insert(name));
    !off
}

/// Every entry counts.
#[cfg(not(feature = "ablation"))]
#[inline(always)]
pub(crate) fn stands(_list: &str, _entry: &str) -> bool {
    true
}

/// What `read` returns on this thread while an entry ("class sidebar") does not count, and the entries that applied meanwhile. With
/// `None`, all entries count.
#[cfg(feature = "ablation")]
pub fn without<T>(entry: Option<&str>, read: impl FnOnce() -> T) -> (T, BTreeSet<String>) {
    OFF.set(entry.map(str::to_owned));
    HEARD.set(BTreeSet::new());
    let read = read();
    OFF.set(None);
    (read, HEARD.take())
}

#[cfg(all(test, feature = "ablation"))]
mod tests {
    use super::*;
    use onrecord_document::{Capture, Media};
    use onrecord_span::PageBytes;

    #[test]
    fn a_word_that_is_not_heard_makes_no_furniture() {
        let story =
            "<p>The ferry struck the wall in fog, and six people died on board, the coastguard said.</p>".repeat(5);
        let html =
            format!("<article><h1>Ferry sinks</h1>{story}<p>Sign up for our morning briefing.</p>{story}</article>");
        let page = PageBytes::new(html.into_bytes()).unwrap();
        let capture = Capture::new("ferry", page, Media::Html);
        let text = |off| without(off, || crate::read(&capture).text().to_owned());
        let (with, heard) = text(None);
        assert!(!with.contains("Sign up") && heard.contains("phrase sign up for"));
        assert!(text(Some("phrase sign up for")).0.contains("Sign up"));
    }
}
