//! Weights of the network that reads who said what: data and nothing else. `README.md` beside this crate is their card, `NOTICE`
//! says what they contain of others.

/// The file of weights, in the format of `onrecord-tensors`, at an address that its numbers can be used at.
pub static WEIGHTS: &[u8] = &StatementFile(*include_bytes!("../statements.weights")).0;

#[repr(C, align(64))]
struct StatementFile<const N: usize>([u8; N]);
