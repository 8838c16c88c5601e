//! Annotated articles: how they are laid out, and what each is for.

use onrecord_document::{Capture, Document, Media, Stage};
use onrecord_facts::training::AnnotatedStatement;
use onrecord_reader::{Wanted, read_with};
use onrecord_span::PageBytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::ops::Range;

/// An article, read up to its parse, with the statements that are annotated in it.
pub struct AnnotatedArticle {
    pub split: Split,
    pub document: Document,
    pub annotated: Vec<AnnotatedStatement>,
}

/// What an article is for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// To learn from.
    Learned,
    /// To find thresholds on.
    Thresholds,
    /// For scores and calibration.
    Aside,
}

/// Reads the articles whose split is `wanted`: lines {"doc_id", "text", "attributions": [{"source", "cue", "content"}]} with
/// offsets in code points, compressed by gzip, as PolNeAR's are laid out.
pub fn read(bytes: &[u8], wanted: impl Fn(Split) -> bool) -> Result<Vec<AnnotatedArticle>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(bytes)).lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let name = article["doc_id"].as_str().ok_or("an article has no doc_id")?;
        let text = article["text"].as_str().ok_or("an article has no text")?;
        let split = split(name);
        if wanted(split) {
            let annotated = annotations(text, &article["attributions"]);
            articles.push(AnnotatedArticle { split, document: document(name, text)?, annotated });
        }
    }
    Ok(articles)
}

/// What an article is for, by a hash of its name.
fn split(name: &str) -> Split {
    // The number that the digest is, modulo twenty.
    let rest = Sha256::digest(name.as_bytes()).iter().fold(0_u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 20);
    match rest {
        3 | 13 => Split::Aside,
        4 => Split::Thresholds,
        _ => Split::Learned,
    }
}

fn document(name: &str, text: &str) -> Result<Document, Box<dyn Error>> {
    let page = PageBytes::new(text.as_bytes().to_vec()).ok_or("an article is too long")?;
    Ok(read_with(&Capture::new(name, page, Media::Text), &Wanted { tokens: true, ..Stage::Language.into() }))
}

fn annotations(text: &str, list: &Value) -> Vec<AnnotatedStatement> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let spans = |list: &Value| -> Vec<Range<usize>> {
        let pairs = list.as_array().into_iter().flatten();
        let place = |pair: &Value, at: usize| bytes.get(usize::try_from(pair[at].as_u64()?).ok()?).copied();
        pairs.filter_map(|pair| Some(place(pair, 0)?..place(pair, 1)?)).collect()
    };
    let list = list.as_array().into_iter().flatten();
    list.map(|one| AnnotatedStatement {
        content: spans(&one["content"]),
        cue: spans(&one["cue"]),
        source: spans(&one["source"]),
    })
    .collect()
}
