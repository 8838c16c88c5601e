//! Single pages: which are passed on, and which are refused, and why.

use crate::common::{Folder, PAGE, gzip, limited, open, page, reason, stdin, zstd};
use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_document::Media;
use onrecord_intake::{Input, Intake, Item, MAX_NESTED_BYTES, MAX_PAGE_BYTES, Options};
use std::fs::File;
use std::io::{self, Read, Write};

#[test]
fn a_page_is_passed_on_byte_for_byte() {
    let bytes = b"\xef\xbb\xbf <p>Sh\xe9 said\0 \xff</p>\r\n".to_vec();
    assert_eq!(page(stdin(bytes.clone())), bytes);
    let Some(Item::Capture(capture)) = stdin(b"abc".to_vec()).pop() else { panic!("the text can be read") };
    assert_eq!(capture.media, Media::Text);
    assert_eq!(capture.hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn files_are_decompressed_whatever_their_name() {
    let folder = Folder::new();
    for packed in [gzip(PAGE), zstd(PAGE), gzip(&gzip(PAGE)), zstd(&gzip(PAGE)), gzip(&zstd(PAGE))] {
        assert_eq!(page(stdin(packed.clone())), PAGE);
        assert_eq!(page(open(folder.file("a.html", packed))), PAGE);
    }
    let members = [gzip(&PAGE[..20]), gzip(&PAGE[20..])].concat();
    assert_eq!(page(stdin(members)), PAGE);
    // Some servers decompress a file and still call it `.gz`.
    assert_eq!(page(open(folder.file("plain.html.gz", PAGE))), PAGE);
    let (code, message) = reason(stdin(gzip(&gzip(&gzip(PAGE)))));
    assert_eq!((code, message.as_str()), ("packed_too_often", "is compressed more than 2 times over"));
}

#[test]
fn a_name_within_compression_still_tells_the_kind() {
    let folder = Folder::new();
    let path = folder.file("a.html.gz", gzip(b"no tags at all"));
    assert!(matches!(open(path).as_slice(), [Item::Capture(capture)] if capture.media == Media::Html));
}

#[test]
fn a_file_cut_short_is_never_half_a_page() {
    let text = "Six people died, and about 30 were injured. ".repeat(40);
    for (packed, message) in [
        (gzip(text.as_bytes()), "ends in the middle of its gzip data"),
        (zstd(text.as_bytes()), "ends in the middle of its zstd data"),
    ] {
        for cut in 4..packed.len() {
            assert_eq!(reason(stdin(&packed[..cut])), ("truncated", message.to_owned()), "cut at {cut}");
        }
        assert_eq!(page(stdin(packed)), text.as_bytes());
    }
}

#[test]
fn damaged_data_is_never_passed_on() {
    let text: String = (0..200).map(|number| format!("{} people died. ", number * 7919 % 1009)).collect();
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        for at in 10..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x55;
            for item in stdin(damaged) {
                // A field of the header that says nothing of the content may be damaged.
                let Item::Capture(capture) = item else { continue };
                assert!(capture.page.as_bytes() == text.as_bytes(), "damaged at {at}");
            }
        }
    }
    let mut trailing = gzip(text.as_bytes());
    trailing.extend(b"rest");
    assert_eq!(reason(stdin(trailing)).0, "truncated");
    let mut checksum = gzip(text.as_bytes());
    let at = checksum.len() - 6;
    checksum[at] ^= 1;
    assert_eq!(reason(stdin(checksum)), ("truncated", "has damaged gzip data".to_owned()));
}

#[test]
fn a_bomb_is_refused_at_the_limit() {
    const UNPACKED: u64 = 256 << 20;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    io::copy(&mut io::repeat(b'a').take(UNPACKED), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 4 << 20);
    let read = Counted::new(bomb);
    let count = read.count.clone();
    let options = Options { max_page_bytes: 1 << 20, ..Options::default() };
    let items: Vec<_> = Intake::of_reader("-", read, options).collect();
    assert_eq!(reason(items), ("too_large", "is larger than the maximum page size of 1 MiB".to_owned()));
    // Of what is compressed some two hundred times, no more than the buffers was read.
    assert!(count.load(std::sync::atomic::Ordering::Relaxed) <= 256 << 10);
}

struct Counted {
    bytes: io::Cursor<Vec<u8>>,
    count: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Counted {
    fn new(bytes: Vec<u8>) -> Self {
        Counted { bytes: io::Cursor::new(bytes), count: Default::default() }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.count.fetch_add(read, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

/// A frame that is only skipped, compressed to almost nothing: work without a result.
#[test]
fn compressed_data_within_compressed_data_has_a_limit() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&[0x50, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0xff]).unwrap();
    io::copy(&mut io::repeat(0).take(MAX_NESTED_BYTES), &mut encoder).unwrap();
    let message = "has more than 256 MiB of compressed data within compressed data";
    assert_eq!(reason(stdin(encoder.finish().unwrap())), ("too_large", message.to_owned()));
}

#[test]
fn the_limit_itself_is_a_page() {
    assert_eq!(page(limited(vec![b'a'; 1000], 1000)).len(), 1000);
    assert_eq!(reason(limited(vec![b'a'; 1001], 1000)).0, "too_large");
    assert_eq!(page(limited(gzip(&[b'a'; 1000]), 1000)).len(), 1000);
    assert_eq!(reason(limited(gzip(&[b'a'; 1001]), 1000)).0, "too_large");
    let (code, message) = reason(Intake::of_reader("-", io::repeat(b'a'), Options::default()).collect());
    assert_eq!((code, message.as_str()), ("too_large", "is larger than the maximum page size of 64 MiB"));
    assert_eq!(MAX_PAGE_BYTES, 64 << 20);
}

#[test]
fn a_file_of_a_gigabyte_is_refused_by_its_size() {
    let folder = Folder::new();
    for name in ["a.html", "a.txt", "a"] {
        let path = folder.path().join(name);
        File::create(&path).unwrap().set_len(1 << 30).unwrap();
        let items = open(path);
        // Read instead of measured, the zeros of the last one would be binary data.
        assert!(matches!(items.as_slice(), [Item::Unreadable(it)] if it.bytes == Some(1 << 30)));
        assert_eq!(reason(items).0, "too_large", "{name}");
    }
}

#[test]
fn an_empty_file_is_not_a_page() {
    let folder = Folder::new();
    for name in ["a.html", "a.txt", "a.jsonl", "a"] {
        assert_eq!(reason(open(folder.file(name, b""))), ("empty", "is empty".to_owned()), "{name}");
        assert_eq!(reason(open(folder.file(name, gzip(b"")))).0, "empty", "{name}");
        assert_eq!(reason(open(folder.file(name, zstd(b"")))).0, "empty", "{name}");
        let blank = folder.file(name, b"\xef\xbb\xbf \r\n\n");
        assert_eq!(reason(open(blank)), ("empty", "holds nothing but white space".to_owned()), "{name}");
    }
}

#[test]
fn images_documents_and_binary_data_are_not_pages() {
    let folder = Folder::new();
    let png = folder.file("photo.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert_eq!(reason(open(png)), ("not_a_page", "is a PNG image, not a page or text".to_owned()));
    assert_eq!(reason(stdin(b"%PDF-1.7\n".to_vec())).1, "is a PDF, not a page or text");
    assert_eq!(reason(stdin(gzip(b"%PDF-1.7\n"))).0, "not_a_page");
    assert_eq!(reason(stdin(vec![0; 100])), ("binary", "holds binary data, not a page or text".to_owned()));
}

#[test]
fn the_user_may_say_what_files_are() {
    let read = |bytes: &'static [u8], input| {
        let items: Vec<_> = Intake::of_reader("-", bytes, Options { input, ..Options::default() }).collect();
        items
            .into_iter()
            .map(|item| match item {
                Item::Capture(capture) => Ok(capture.media),
                Item::Unreadable(unreadable) => Err(unreadable.note.code),
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(read(b"<p>Six", Input::Text), [Ok(Media::Text)]);
    assert_eq!(read(b"Six\0\x01", Input::Html), [Ok(Media::Html)]);
    assert_eq!(read(b"{\"text\": \"Six\"}", Input::Text), [Ok(Media::Text)]);
    assert_eq!(read(b"{\"text\": \"Six\"}\n<p>", Input::Jsonl), [Ok(Media::JsonLine), Err("invalid_json")]);
    for input in [Input::Html, Input::Text, Input::Jsonl] {
        assert_eq!(read(b"%PDF-1.7", input), [Err("not_a_page")]);
    }
}

#[test]
fn a_disk_that_fails_is_not_taken_for_damaged_data() {
    struct Failing(io::Cursor<Vec<u8>>);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::from_raw_os_error(5)),
                count => Ok(count),
            }
        }
    }
    for half in [&PAGE[..20], &gzip(PAGE)[..20], &zstd(PAGE)[..20]] {
        let source = Failing(io::Cursor::new(half.to_vec()));
        assert_eq!(reason(Intake::of_reader("-", source, Options::default()).collect()).0, "read_failed");
    }
}
