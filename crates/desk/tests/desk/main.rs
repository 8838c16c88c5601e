//! A desk over a socket, asked as browsers, programs and attackers ask.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod acts;
mod attacks;
mod limits;
mod support;
mod views;
