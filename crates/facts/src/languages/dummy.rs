//! A language to copy from: Harbourish, which nobody speaks. It is read by tests alone.
//!
//! A new language is such a file, its lists in `data/CODE/` and a row in [`super::PACKS`]. It begins with
//! [`Depth::Quotations`]: sources are told as they are worded.

use crate::statements::pack::{Depth, Pack};
use crate::statements::rules::scene::{Attribution, Rule, RuleMatch, Scene};
use crate::words::lexicon::*;
use crate::words::passage::TokenPosition;
use crate::words::phrase::{Phrase, PhraseKind};
use crate::words::tokens::Shape;
use std::sync::LazyLock;

pub(crate) static PACK: Pack =
    Pack { code: "qaa", lexicon: || &LEXICON, rules: RULES, goes_on, rows: false, depth: Depth::Quotations };

/// A real language has its words in a file: `include_str!("../../data/CODE/words.txt")`.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::default().with_forms("statement: tal\nquestion: pral"));

const RULES: &[Rule] = &[Rule { confidence: 0.5, find: verb_behind }];

/// `“Va sol,” tal Solheim.`: a verb behind the quotation, and one capitalised word as the source.
fn verb_behind(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.last);
    let verb = scene.last.token + 1;
    let act = tokens.get(verb)?.cue?.act;
    let first = verb + 1;
    let end = first + 1;
    tokens.get(first).filter(|token| token.shape == Shape::Capital)?;
    let source = Phrase { first, end, head: first, kind: PhraseKind::Name, name: None, apposition: None, and: None };
    let block = scene.last.block;
    Some(RuleMatch { block, cue: (verb, first), act, source, end, behind: true, opening: None })
}

/// Nothing goes on without a verb of its own.
fn goes_on(_: &Scene, _: &Attribution, _before: TokenPosition) -> Option<f32> {
    None
}

#[cfg(test)]
mod tests {
    use onrecord_document::{Act, Basis, BlockKind, Capture, Draft, Media, Stated};
    use onrecord_span::{PageBytes, Traced, Utf8};

    #[test]
    fn a_language_is_read_by_its_pack() {
        let text = "“Va sol?” pral Solheim. “Va sol,” tal Okafor.";
        let page = PageBytes::new(text.into()).expect("a short page");
        let mut words = Traced::new();
        words.push_verbatim(text, 0..text.len() as u32);
        let mut draft = Draft::over_text(words);
        draft.mark(BlockKind::Paragraph, 0..text.len());
        let mut document = draft.finish(Capture::new("page.txt", page, Media::Text), &Utf8);
        document.fields.language = Some(Stated {
            value: "qaa".to_owned(),
            as_written: String::new(),
            basis: Basis::Detected,
            evidence: Vec::new(),
        });
        crate::read(&mut document);
        let [asked, said] = document.statements() else { panic!("{:?}", document.statements()) };
        assert_eq!((asked.act, document.words(asked.source[0])), (Act::Question, "Solheim"));
        assert_eq!((said.act, document.words(said.content[0])), (Act::Statement, "“Va sol,”"));
    }
}
