//! The frames of a zstd file as one stream, in bounded memory.

use crate::formats::{Compression, ZSTD_FRAME, is_skippable_frame};
use crate::source::Buffered;
use crate::unreadable::Reason;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, Read};

/// The largest window of a frame, in bytes: the decoder keeps that much of its output in memory. `zstd --long` makes it
/// this large, and `zstd` reads no larger one without being told to.
pub const MAX_WINDOW_BYTES: u64 = 128 << 20;

/// The longest frame header: magic number, descriptor, window, dictionary id and content size.
pub(crate) const MAX_HEADER_BYTES: usize = 18;

/// How many bytes of a compressed file must be read to decompress its beginning: the largest zstd block and the headers
/// before it.
pub(crate) const FIRST_BLOCK_BYTES: usize = (128 << 10) + 64;

/// Reads frame after frame; checks each frame's checksum.
pub(crate) struct ZstdFrames {
    state: FrameState,
}

enum FrameState {
    Between(Buffered),
    Within(Box<StreamingDecoder<Buffered, FrameDecoder>>),
    Ended,
}

impl ZstdFrames {
    pub(crate) fn new(source: Buffered) -> Self {
        ZstdFrames { state: FrameState::Between(source) }
    }
}

impl Read for ZstdFrames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, FrameState::Ended) {
                FrameState::Ended => return Ok(0),
                FrameState::Between(source) => self.state = next_frame(source)?,
                FrameState::Within(mut frame) => match frame.read(buffer)? {
                    0 => self.state = FrameState::Between(end_frame(*frame)?),
                    count => {
                        self.state = FrameState::Within(frame);
                        return Ok(count);
                    }
                },
            }
        }
    }
}

fn next_frame(mut source: Buffered) -> io::Result<FrameState> {
    let head = source.peek(MAX_HEADER_BYTES)?;
    if head.is_empty() {
        return Ok(FrameState::Ended);
    }
    if is_skippable_frame(head) {
        skip_frame(&mut source)?;
        return Ok(FrameState::Between(source));
    }
    if !head.starts_with(&ZSTD_FRAME) {
        let cut = ZSTD_FRAME.starts_with(head);
        return Err(if cut { Reason::CutShort(Compression::Zstd) } else { Reason::Corrupt(Compression::Zstd) }.into());
    }
    check_window(head)?;
    let frame = StreamingDecoder::new(source).map_err(io::Error::other)?;
    Ok(FrameState::Within(Box::new(frame)))
}

/// An error if a frame's header asks for too large a window: the decoder would allocate any.
pub(crate) fn check_window(head: &[u8]) -> io::Result<()> {
    match window_bytes(head) {
        Some(window) if window > MAX_WINDOW_BYTES => Err(Reason::WindowTooLarge { limit: MAX_WINDOW_BYTES }.into()),
        _ => Ok(()),
    }
}

fn end_frame(frame: StreamingDecoder<Buffered, FrameDecoder>) -> io::Result<Buffered> {
    let (source, decoder) = frame.into_parts();
    check_sum(&decoder)?;
    Ok(source)
}

/// Checks the checksum of a frame that was read to its end, if it has one.
pub(crate) fn check_sum(decoder: &FrameDecoder) -> io::Result<()> {
    match (decoder.get_checksum_from_data(), decoder.get_calculated_checksum()) {
        (Some(stated), Some(found)) if stated != found => Err(Reason::Corrupt(Compression::Zstd).into()),
        _ => Ok(()),
    }
}

/// RFC 8878, section 3.1.2: magic number, length as four bytes, that many bytes.
pub(crate) fn skip_frame(source: &mut Buffered) -> io::Result<()> {
    let &[_, _, _, _, a, b, c, d, ..] = source.peek(8)? else { return Err(Reason::CutShort(Compression::Zstd).into()) };
    source.consume(8);
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    if source.skip(length)? < length { Err(Reason::CutShort(Compression::Zstd).into()) } else { Ok(()) }
}

/// Decompresses the beginning of a frame of data into `to`, given `head` with its first block; `false` if that fails.
/// `dictionary` is used for a frame that names none.
///
/// A decoder returns nothing until it has filled a window, so the first block is marked as the last one, of a frame
/// without a checksum (RFC 8878, sections 3.1.1.1.1 and 3.1.1.2).
pub(crate) fn first_bytes(head: &[u8], decoder: &mut FrameDecoder, dictionary: Option<u32>, to: &mut [u8]) -> bool {
    let Some(mut frame) = first_block(head) else { return false };
    frame[4] &= !0x04;
    if check_window(&frame).is_err() {
        return false;
    }
    let mut source = &frame[..];
    let mut begun = decoder.init(&mut source).is_ok();
    if let Some(id) = dictionary.filter(|_| !names_dictionary(head)) {
        begun &= decoder.force_dict(id).is_ok();
    }
    begun && decoder.decode_blocks(source, BlockDecodingStrategy::All).is_ok() && decoder.read_exact(to).is_ok()
}

/// A frame's header and its first block, marked as the last.
fn first_block(head: &[u8]) -> Option<Vec<u8>> {
    let descriptor = *head.get(4).filter(|_| head.starts_with(&ZSTD_FRAME))?;
    let single_segment = descriptor & 0x20 != 0;
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = match descriptor >> 6 {
        0 => usize::from(single_segment),
        1 => 2,
        2 => 4,
        _ => 8,
    };
    let start = 5 + usize::from(!single_segment) + dictionary + size;
    let &[a, b, c] = head.get(start..start + 3)? else { return None };
    let block = u32::from_le_bytes([a, b, c, 0]);
    let is_repeated_byte = block >> 1 & 3 == 1;
    let length = if is_repeated_byte { 1 } else { (block >> 3) as usize };
    let mut frame = head.get(..start + 3 + length)?.to_vec();
    frame[start] |= 1;
    Some(frame)
}

/// Whether a frame's header says which dictionary it needs.
pub(crate) fn names_dictionary(head: &[u8]) -> bool {
    head.get(4).is_some_and(|descriptor| descriptor & 3 != 0)
}

/// The window that a frame header asks for, in bytes (RFC 8878, section 3.1.1.1); `None` if the header is cut short.
fn window_bytes(head: &[u8]) -> Option<u64> {
    let descriptor = *head.get(4)?;
    let single_segment = descriptor & 0x20 != 0;
    if !single_segment {
        let window = *head.get(5)?;
        let base = 1u64 << (10 + (window >> 3));
        return Some(base + base / 8 * u64::from(window & 7));
    }
    // Without a window, the whole content is the window.
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let field = head.get(5 + dictionary..5 + dictionary + size)?;
    let value = field.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    Some(if size == 2 { value + 256 } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn read(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        ZstdFrames::new(Buffered::new(Box::new(io::Cursor::new(bytes)))).read_to_end(&mut all)?;
        Ok(all)
    }

    fn packed(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
    }

    #[test]
    fn frames_and_skippable_frames_are_one_stream() {
        let mut file = vec![0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'x', b'y', b'z'];
        file.extend(packed("Six people "));
        file.extend(packed("died."));
        assert!(crate::formats::is_zstd_frame(&file));
        assert_eq!(read(file).unwrap(), b"Six people died.");
    }

    #[test]
    fn a_frame_that_asks_for_too_much_memory_is_refused() {
        let window = |byte| window_bytes(&[0x28, 0xb5, 0x2f, 0xfd, 0, byte]);
        assert_eq!(window((27 - 10) << 3), Some(MAX_WINDOW_BYTES));
        let mut file = packed("Six people died.");
        file[4] = 0;
        file[5] = ((27 - 10) << 3) + 1;
        let reason = Reason::of(&read(file).unwrap_err());
        assert_eq!(reason, Reason::WindowTooLarge { limit: MAX_WINDOW_BYTES });
        // One segment of 1 TiB: no byte of it comes out before all of it is decompressed.
        let segment = [0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 1, 0, 0];
        assert_eq!(window_bytes(&segment), Some(1 << 40));
    }

    #[test]
    fn what_follows_a_frame_must_be_a_frame() {
        let mut file = packed("Six people died.");
        file.extend(b"rest");
        assert_eq!(Reason::of(&read(file).unwrap_err()), Reason::Corrupt(Compression::Zstd));
        let mut cut = packed("Six people died.");
        cut.extend(&ZSTD_FRAME[..2]);
        assert_eq!(Reason::of(&read(cut).unwrap_err()), Reason::CutShort(Compression::Zstd));
    }
}
