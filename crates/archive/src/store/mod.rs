//! What lies where: the folder, its lock, packed bytes, and what names pages and addresses in it. Knows no tables.

pub(crate) mod address;
pub(crate) mod key;
pub(crate) mod lock;
pub(crate) mod moment;
pub(crate) mod pack;
pub(crate) mod place;
