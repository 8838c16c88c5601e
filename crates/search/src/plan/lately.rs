//! What was found lately, so that whoever goes back, turns a page or counts again doesn't wait for the same once more.

use super::collect::Collected;
use crate::request::Request;
use std::sync::{Arc, Mutex, PoisonError};

/// Searches that are remembered: some kilobytes each, most of it facets.
const REMEMBERED: usize = 128;

/// Searches of one state of the index with what they found, oldest first.
#[derive(Default)]
pub(crate) struct Lately(Mutex<Vec<(Request, Arc<Collected>)>>);

impl Lately {
    /// What this search found; it is searched for where that is not remembered.
    pub fn or_find<E>(
        &self,
        request: &Request,
        find: impl FnOnce() -> Result<Collected, E>,
    ) -> Result<Arc<Collected>, E> {
        let list = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = list().iter().rev().find(|(known, _)| known == request) {
            return Ok(Arc::clone(known));
        }
        // Others go on meanwhile; two that ask for the same at the same time both search.
        let collected = Arc::new(find()?);
        let mut list = list();
        let surplus = (list.len() + 1).saturating_sub(REMEMBERED);
        list.drain(..surplus);
        list.push((request.clone(), Arc::clone(&collected)));
        Ok(collected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use crate::request::Kind;

    #[test]
    fn a_search_is_made_once_and_forgotten_after_many_others() {
        let lately = Lately::default();
        let request = |words: &str| Request::new(query::parse(words).unwrap(), Kind::Articles);
        let find = |words: &str, total| {
            let found: Result<_, ()> =
                lately.or_find(&request(words), || Ok(Collected { total, ..Collected::default() }));
            found.unwrap().total
        };
        assert_eq!((find("ferry", 1), find("ferry", 2), find("ferry sank", 3)), (1, 1, 3));
        (0..REMEMBERED).for_each(|nth| _ = find(&format!("word{nth}"), 0));
        assert_eq!(find("ferry", 4), 4);
    }

    #[test]
    fn a_search_that_fails_is_not_remembered() {
        let lately = Lately::default();
        let request = Request::new(query::parse("ferry").unwrap(), Kind::Articles);
        assert!(lately.or_find(&request, || Err("damaged")).is_err());
        assert_eq!(
            lately.or_find(&request, || Ok::<_, ()>(Collected { total: 7, ..Collected::default() })).unwrap().total,
            7
        );
    }
}
