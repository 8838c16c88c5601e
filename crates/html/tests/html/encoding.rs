//! Which encoding a page is read in, and the way back to its bytes. The tests of html5lib lie in
//! `shared/` beside the workspace; where that is absent, their test says so and is skipped.

use std::fs;
use std::path::Path;

use onrecord_html::{Encoding, declared_encoding, decode};

/// The tests of one file: the data, and the label expected.
fn cases(file: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut cases = Vec::new();
    let mut data: Vec<&[u8]> = Vec::new();
    let mut section: &[u8] = b"";
    for line in file.split(|&byte| byte == b'\n') {
        match line {
            b"#data" => data.clear(),
            b"#encoding" => {}
            _ if section == b"#data" => data.push(line),
            _ if section == b"#encoding" && !line.is_empty() => {
                cases.push((data.join(&b'\n'), String::from_utf8_lossy(line).into_owned()));
            }
            _ => {}
        }
        if matches!(line, b"#data" | b"#encoding") {
            section = line;
        } else if section == b"#encoding" {
            section = b"";
        }
    }
    cases
}

#[test]
fn pages_declare_their_encodings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/html5lib/encoding");
    let mut run = 0;
    let mut failed = Vec::new();
    for name in ["tests1.dat", "tests2.dat", "test-yahoo-jp.dat"] {
        let Ok(file) = fs::read(folder.join(name)) else {
            // Straight to stderr: the test runner keeps what eprintln prints to itself.
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("skipped: no html5lib tests at {}\n", folder.display()),
            );
            return;
        };
        for (data, label) in cases(&file) {
            run += 1;
            let expected = Encoding::for_label(label.as_bytes()).unwrap();
            // What is not declared is windows-1252 to html5lib; here it is detected.
            let found = match Encoding::for_bom(&data) {
                Some(_) => decode(&data, None).encoding,
                None => declared_encoding(&data).unwrap_or(encoding_rs::WINDOWS_1252),
            };
            if found != expected {
                failed.push(format!("{name}: {}, not {label}\n{}", found.name(), String::from_utf8_lossy(&data)));
            }
        }
    }
    eprintln!("{run} declarations, {} differ", failed.len());
    assert!(run > 75, "only {run} tests were found");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// The text and the encoding's name.
fn read(page: &[u8], transport: Option<&str>) -> (String, &'static str) {
    let decoded = decode(page, transport);
    (decoded.text.into_owned(), decoded.encoding.name())
}

#[test]
fn a_byte_order_mark_is_believed_first() {
    assert_eq!(read(b"\xEF\xBB\xBF<p>\xC3\xA9", Some("windows-1251")), ("<p>é".into(), "UTF-8"));
    assert_eq!(read(b"\xFF\xFEh\0i\0", None), ("hi".into(), "UTF-16LE"));
    let decoded = decode(b"\xEF\xBB\xBFab", None);
    assert!(decoded.is_verbatim());
    assert_eq!(decoded.to_page(0..2), 3..5);
}

#[test]
fn transport_is_believed_before_the_page() {
    assert_eq!(read(b"<meta charset=koi8-r>\xE9", Some("windows-1252")).1, "windows-1252");
    assert_eq!(read(b"<meta charset=koi8-r>\xE9", Some("no such thing")).1, "KOI8-R");
}

#[test]
fn utf_16_without_a_mark_shows_by_its_nuls() {
    let page: Vec<u8> = "<body><p>Zażółć 😀</p></body>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let decoded = decode(&page, None);
    assert_eq!((&*decoded.text, decoded.encoding.name()), ("<body><p>Zażółć 😀</p></body>", "UTF-16BE"));
    let at = decoded.text.find('😀').unwrap() as u32;
    assert_eq!(decoded.to_page(at..at + 4), 32..36);
}

#[test]
fn a_wrong_label_gives_way_to_utf_8() {
    // A quotation mark in UTF-8 is no character of EUC-JP. In windows-1252 every byte is one, but nobody writes "cafÃ©".
    let page = "<meta charset=euc-jp><p>“Café”".as_bytes();
    assert_eq!(read(page, None).1, "UTF-8");
    assert_eq!(read("caf\u{E9}".as_bytes(), Some("windows-1252")), ("café".into(), "UTF-8"));
    // Many characters of a text in two-byte characters are no chance either.
    let chinese = "<meta charset=gbk><p>渡轮在雾中撞上防波堤，六人遇难。".as_bytes();
    assert_eq!(read(chinese, None).1, "UTF-8");
}

#[test]
fn a_page_that_says_utf_8_and_is_not_is_detected() {
    let russian =
        encoding_rs::WINDOWS_1251.encode("<meta charset=utf-8><p>Правительство сообщило, что заседание состоится.").0;
    let (text, encoding) = read(&russian, None);
    assert_eq!(encoding, "windows-1251");
    assert!(text.ends_with("Правительство сообщило, что заседание состоится."));
}

#[test]
fn a_few_errors_do_not_unmake_utf_8() {
    let mut page = "<meta charset=utf-8><p>é".repeat(100).into_bytes();
    page.push(0xFF);
    page.extend("é".as_bytes());
    let decoded = decode(&page, None);
    assert_eq!(decoded.encoding.name(), "UTF-8");
    assert!(decoded.had_errors && decoded.text.ends_with("é\u{FFFD}é"));
    let end = decoded.text.len() as u32;
    let page_end = page.len() as u32;
    assert_eq!(decoded.to_page(end - 5..end - 2), page_end - 3..page_end - 2);
    assert_eq!(decoded.to_page(end - 2..end), page_end - 2..page_end);
}

/// Every character of `text`, encoded as `label`, is found at the bytes that encode it alone.
fn check_round_trip(label: &str, text: &str) {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let text = text.repeat(40);
    let (page, _, unmappable) = encoding.encode(&text);
    assert!(!unmappable);
    let decoded = decode(&page, Some(label));
    assert_eq!(decoded.text, text);
    assert!(!decoded.is_verbatim());
    let mut page_at = 0;
    for (at, char) in text.char_indices() {
        let len = encoding.encode(&char.to_string()).0.len() as u32;
        assert_eq!(decoded.to_page(at as u32..(at + char.len_utf8()) as u32), page_at..page_at + len, "{label} {char}");
        page_at += len;
    }
}

#[test]
fn every_character_knows_its_bytes() {
    check_round_trip("windows-1252", "“Harbour” – naïve €5 ");
    check_round_trip("windows-1251", "«Гавань», сказал он. ");
    check_round_trip("shift_jis", "海港は「休み」ｶﾅ no. 5 ");
    check_round_trip("euc-jp", "海港は「休み」ｶﾅ no. 5 ");
    check_round_trip("euc-kr", "항구는 \"휴업\" no. 5 ");
    check_round_trip("gbk", "港口“关闭”了 no. 5 ");
    check_round_trip("gb18030", "港口“关闭”😀 no. 5 ");
    check_round_trip("big5", "港口「關閉」了 no. 5 ");
}

#[test]
fn iso_2022_jp_is_read_with_its_escapes() {
    let page = b"ab\x1B$B3$\x1B(Bc";
    let decoded = decode(page, Some("iso-2022-jp"));
    assert_eq!(decoded.text, "ab海c");
    assert_eq!(decoded.to_page(2..5), 2..7);
    assert_eq!(decoded.to_page(5..6), 7..11);
}

#[test]
fn two_characters_of_one_unit_share_its_bytes() {
    // 0x8862 in Big5 is "Ê" with a macron, which takes two code points.
    let decoded = decode(b"a\x88\x62b", Some("big5"));
    assert_eq!(decoded.text, "aÊ\u{304}b");
    assert_eq!(decoded.to_page(1..3), 1..3);
    assert_eq!(decoded.to_page(3..5), 1..3);
    assert_eq!(decoded.to_page(5..6), 3..4);
}
