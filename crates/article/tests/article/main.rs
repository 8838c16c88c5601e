//! Tests of articles through the crate's interface: what pages state, and where else their text is looked for.

mod fields;
mod kinds;
mod thin;
