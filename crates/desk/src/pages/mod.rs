//! Views as HTML: the only place with markup. `maud` escapes every string that goes in; addresses that a page gives go
//! through [`crate::links::outside`].

pub(crate) mod adding;
pub(crate) mod api;
pub(crate) mod article;
pub(crate) mod changes;
pub(crate) mod corrections;
pub(crate) mod error;
pub(crate) mod evidence;
pub(crate) mod front;
pub(crate) mod layout;
pub(crate) mod marked;
pub(crate) mod parts;
pub(crate) mod quotes;
pub(crate) mod search;
pub(crate) mod sourcing;
pub(crate) mod speaker;
pub(crate) mod speakers;
