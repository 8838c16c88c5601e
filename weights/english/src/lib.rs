//! Weights of spaCy's small English model, `en_core_web_sm` 3.8.0: data and nothing else. `README.md` beside this crate is
//! their card, `LICENSE-en_core_web_sm` their licence.

/// The file of weights, in the format of `onrecord-tensors`, at an address that its numbers can be used at.
pub static WEIGHTS: &[u8] = &EnglishFile(*include_bytes!("../en_core_web_sm-3.8.0.weights")).0;

#[repr(C, align(64))]
struct EnglishFile<const N: usize>([u8; N]);
