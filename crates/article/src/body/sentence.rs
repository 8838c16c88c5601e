//! Whether words are a sentence, judging by how they end.

/// Whether words end like a sentence: `“It sank,” he said.`, but not `Ferry sinks off Port Ellery`.
pub(crate) fn is_sentence(words: &str) -> bool {
    // Most words end in ASCII and need no decoding.
    for &byte in words.as_bytes().iter().rev() {
        match byte {
            b'"' | b'\'' | b')' | b']' | b' ' => {}
            b'.' | b'!' | b'?' | b':' => return true,
            0..0x80 => return false,
            0x80.. => return ends_as_sentence(words),
        }
    }
    false
}

/// The same for words in any script.
fn ends_as_sentence(words: &str) -> bool {
    let words = words.trim_end_matches(['"', '”', '’', '»', '“', '\'', ')', '」', '』', ']', ' ']);
    words.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', ':', '։', '።'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_its_mark_within_quotation_marks_or_not() {
        for words in ["It sank.", "“It sank.”", "(It sank!) ", "沈没した。」", "Sank it? ’", "He said:", "…"]
        {
            assert!(is_sentence(words), "{words}");
        }
        for words in ["Ferry sinks", "“Ferry”", "", "”", "海港", "4:05 pm", ".5 per cent"] {
            assert!(!is_sentence(words), "{words}");
        }
    }

    #[test]
    fn the_quick_look_at_ascii_says_what_the_look_at_any_script_says() {
        for words in ["a", "a.", "a.'", "a.\")]", "é.", "a.”", "a.” ", "é", "' ", "a:\" "] {
            assert_eq!(is_sentence(words), ends_as_sentence(words), "{words:?}");
        }
    }
}
