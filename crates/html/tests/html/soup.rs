//! What holds for every page, however broken: nothing panics, all ranges lie in the source, text
//! without references stands where its range says, links between nodes agree.

use crate::parts::{Numbers, soup};
use crate::real_pages;
use crate::sound::check_tree;
use onrecord_html::{Decoded, Encoding, decode, parse, parse_fragment};

/// Every character's bytes of the page, decoded alone or with their state, follow one another without gaps.
fn check_map(page: &[u8], decoded: &Decoded) {
    let mut before = None;
    for (at, char) in decoded.text.char_indices() {
        let range = decoded.to_page(at as u32..(at + char.len_utf8()) as u32);
        assert!(range.start <= range.end && range.end as usize <= page.len(), "{range:?} of {}", page.len());
        if let Some(before) = before {
            assert!(range.start <= before && before <= range.end, "gap before {range:?}: {before}");
        }
        before = Some(range.end);
    }
    if let Some(end) = before {
        assert_eq!(end as usize, page.len(), "the last character ends the page in {}", decoded.encoding.name());
    }
}

/// Characters here and there say what their bytes say alone.
fn check_some_chars(page: &[u8], decoded: &Decoded) {
    for (at, char) in decoded.text.char_indices().step_by(97).filter(|&(_, char)| char != '\u{FFFD}') {
        let range = decoded.to_page(at as u32..(at + char.len_utf8()) as u32);
        let (alone, _) = decoded.encoding.decode_without_bom_handling(&page[range.start as usize..range.end as usize]);
        assert_eq!(alone, char.to_string(), "{range:?} in {}", decoded.encoding.name());
    }
}

#[test]
fn soup_of_markup_makes_sound_trees() {
    let mut numbers = Numbers(0x5EED_500B);
    let contexts = ["div", "table", "tr", "select", "template", "svg desc", "math mi", "title", "frameset", "html"];
    for round in 0..2_500 {
        let source = soup(&mut numbers, 60);
        check_tree(&source, &parse(&source));
        check_tree(&source, &parse_fragment(&source, contexts[round % contexts.len()]));
    }
}

#[test]
fn soup_of_bytes_is_read_in_every_encoding() {
    let labels = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "windows-1251",
        "shift_jis",
        "euc-jp",
        "iso-2022-jp",
        "gbk",
        "gb18030",
        "big5",
        "euc-kr",
        "iso-8859-8",
        "x-user-defined",
        "replacement",
        "nonsense",
    ];
    let mut numbers = Numbers(0xB17E_5EED);
    for round in 0..1_500 {
        let len = numbers.below(400);
        let ascii = numbers.below(4);
        let page: Vec<u8> = (0..len)
            .map(|_| if numbers.below(4) < ascii { b' ' + numbers.below(95) as u8 } else { numbers.below(256) as u8 })
            .collect();
        let label = labels[round % (labels.len() + 1) % labels.len()];
        for label in [Some(label), None] {
            let decoded = decode(&page, label);
            check_map(&page, &decoded);
            if Encoding::for_bom(&page).is_none() {
                assert_eq!(decoded.text, decoded.encoding.decode_without_bom_handling(&page).0);
            }
            check_tree(&decoded.text, &parse(&decoded.text));
        }
    }
}

/// In these charsets a byte of a broken character may be read again as a character of its own.
#[test]
fn every_character_of_a_broken_page_is_read_from_the_bytes_that_say_it() {
    let labels = ["gb18030", "gbk", "big5", "euc-kr", "shift_jis", "euc-jp"];
    // Bytes that begin characters there, go on with them, or do neither.
    let pool = b"\x81\x30\x39\x40\x80\x84\x88\x8E\x8F\xA1\xE3\xFD\xFE\xFFa<";
    let mut numbers = Numbers(0x00BA_DBAD);
    for round in 0..60_000 {
        let len = 1 + numbers.below(8);
        let page: Vec<u8> = (0..len).map(|_| pool[numbers.below(pool.len())]).collect();
        let encoding = Encoding::for_label(labels[round % labels.len()].as_bytes()).unwrap();
        let decoded = decode(&page, Some(encoding.name()));
        // UTF-8 under a wrong label is read as what it is.
        if decoded.encoding != encoding {
            continue;
        }
        let mut before = 0;
        for (at, char) in decoded.text.char_indices() {
            let place = decoded.to_page(at as u32..(at + char.len_utf8()) as u32);
            assert!(place.start < place.end && place.end >= before, "{char:?} of {page:02x?} at {place:?}");
            before = place.end;
            let said = encoding.decode_without_bom_handling(&page[place.start as usize..place.end as usize]).0;
            // Two characters of Big5 share their bytes.
            let whole = said.chars().eq([char]) || said.chars().count() == 2 && said.contains(['\u{304}', '\u{30C}']);
            assert!(char == '\u{FFFD}' || whole, "{char:?} of {page:02x?} in {} at {place:?}", encoding.name());
        }
    }
}

#[test]
fn real_pages_make_sound_trees() {
    let Some(pages) = real_pages::all() else { return };
    for path in &pages {
        let page = real_pages::read(path);
        let decoded = decode(&page, None);
        if !decoded.is_verbatim() {
            check_some_chars(&page, &decoded);
        }
        let tree = parse(&decoded.text);
        assert_eq!(tree.truncated(), None, "{}", path.display());
        check_tree(&decoded.text, &tree);
    }
    eprintln!("{} pages", pages.len());
}
