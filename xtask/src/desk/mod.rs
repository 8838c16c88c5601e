//! Chores that open the desk: its tests in a browser, its API under every request, its pictures.

pub mod browser;
pub mod schemathesis;
pub mod screens;
mod served;
