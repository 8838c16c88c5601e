//! ZIP archives, written by hand so that they can be wrong.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

pub struct File {
    pub name: Vec<u8>,
    pub content: Vec<u8>,
    pub deflated: bool,
    pub flags: u16,
    pub method: Option<u16>,
    /// Sizes and places as archives beyond 4 GiB have them.
    pub zip64: bool,
    /// Another file's local header instead of its own.
    pub at: Option<u32>,
}

pub fn file(name: impl AsRef<[u8]>, content: impl Into<Vec<u8>>) -> File {
    let name = name.as_ref().to_vec();
    File { name, content: content.into(), deflated: false, flags: 0, method: None, zip64: false, at: None }
}

/// The bytes of an archive of these files, and where its directory begins.
pub fn archive(files: &[File]) -> (Vec<u8>, usize) {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let mut packed = file.content.clone();
        if file.deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&file.content).unwrap();
            packed = encoder.finish().unwrap();
        }
        let method = file.method.unwrap_or(if file.deflated { 8 } else { 0 });
        let start = file.at.unwrap_or(bytes.len() as u32);
        let (size, packed_size) = (file.content.len() as u64, packed.len() as u64);
        let names = (file.name.len() as u16).to_le_bytes();
        let mut extra = Vec::new();
        if file.zip64 {
            extra.extend([0x55, 0x54, 1, 0, 7, 1, 0, 24, 0]);
            extra.extend(size.to_le_bytes());
            extra.extend(packed_size.to_le_bytes());
            extra.extend(u64::from(start).to_le_bytes());
        }
        let field = |value: u64| if file.zip64 { [0xff; 4] } else { (value as u32).to_le_bytes() };
        let shared = |to: &mut Vec<u8>| {
            to.extend([45, 0]);
            to.extend(file.flags.to_le_bytes());
            to.extend(method.to_le_bytes());
            to.extend([0; 8]);
            to.extend(field(packed_size));
            to.extend(field(size));
            to.extend(names);
            to.extend((extra.len() as u16).to_le_bytes());
        };
        if file.at.is_none() {
            bytes.extend(b"PK\x03\x04");
            shared(&mut bytes);
            bytes.extend(&file.name);
            bytes.extend(&extra);
            bytes.extend(&packed);
        }
        directory.extend(b"PK\x01\x02\x2d\0");
        shared(&mut directory);
        directory.extend([0; 10]);
        directory.extend(field(u64::from(start)));
        directory.extend(&file.name);
        directory.extend(&extra);
    }
    let start = bytes.len();
    bytes.extend(&directory);
    let count = files.len() as u64;
    if files.iter().any(|file| file.zip64) {
        let end = bytes.len() as u64;
        bytes.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
        for value in [count, count, directory.len() as u64, start as u64] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend(end.to_le_bytes());
        bytes.extend([1, 0, 0, 0]);
        bytes.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    } else {
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([(count as u16).to_le_bytes(), (count as u16).to_le_bytes()].concat());
        bytes.extend((directory.len() as u32).to_le_bytes());
        bytes.extend((start as u32).to_le_bytes());
        bytes.extend([4, 0]);
        bytes.extend(b"WACZ");
    }
    (bytes, start)
}
