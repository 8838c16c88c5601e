//! A desk over a socket, asked as browsers, programs and attackers ask.

mod acts;
mod attacks;
mod limits;
mod support;
mod views;
