//! A desk over a socket, asked as browsers, programs and attackers ask.

#![allow(clippy::unwrap_used)] // a panic is how a test reports

mod acts;
mod api;
mod attacks;
mod limits;
mod snapshots;
mod support;
mod views;
