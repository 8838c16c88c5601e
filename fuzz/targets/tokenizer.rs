//! Tokens of any text are those of html5ever's tokenizer.
//!
//! The first byte chooses where the tokenizer begins; the rest is the text.

#![no_main]

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use libfuzzer_sys::fuzz_target;
use onrecord_html::{FirstState, Spelled, spelled_tokens};

/// Where both tokenizers begin, and the start tag that is thought to stand before.
const STARTS: &[(FirstState, State, Option<&str>)] = &[
    (FirstState::Data, State::Data, None),
    (FirstState::Foreign, State::Data, None),
    (FirstState::Rcdata, State::RawData(RawKind::Rcdata), Some("title")),
    (FirstState::Rawtext, State::RawData(RawKind::Rawtext), Some("style")),
    (FirstState::Script, State::RawData(RawKind::ScriptData), Some("script")),
    (FirstState::Plaintext, State::Plaintext, Some("plaintext")),
];

/// Keeps the tokens of html5ever in our form.
struct Sink {
    foreign: bool,
    tokens: RefCell<Vec<Spelled>>,
}

impl Sink {
    fn push_text(&self, text: &str) {
        let mut tokens = self.tokens.borrow_mut();
        match tokens.last_mut() {
            Some(Spelled::Text(last)) => last.push_str(text),
            _ => tokens.push(Spelled::Text(text.to_owned())),
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let spelled = match token {
            Token::CharacterTokens(text) => {
                if !text.is_empty() {
                    self.push_text(&text);
                }
                return TokenSinkResult::Continue;
            }
            Token::NullCharacterToken => {
                self.push_text("\0");
                return TokenSinkResult::Continue;
            }
            Token::EOFToken | Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CommentToken(comment) => Spelled::Comment(comment.to_string()),
            Token::DoctypeToken(doctype) => {
                let text = |part: Option<html5ever::tendril::StrTendril>| part.map(|part| part.to_string());
                Spelled::Doctype {
                    name: text(doctype.name),
                    public_id: text(doctype.public_id),
                    system_id: text(doctype.system_id),
                    force_quirks: doctype.force_quirks,
                }
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => Spelled::EndTag(tag.name.to_string()),
            Token::TagToken(tag) => {
                let attributes =
                    tag.attrs.iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
                Spelled::StartTag(tag.name.to_string(), attributes, tag.self_closing)
            }
        };
        self.tokens.borrow_mut().push(spelled);
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.foreign
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    let (start, state, last) = STARTS[usize::from(*first) % STARTS.len()];
    let text = String::from_utf8_lossy(rest);

    let sink = Sink { foreign: start == FirstState::Foreign, tokens: RefCell::default() };
    let options = TokenizerOpts {
        discard_bom: false,
        initial_state: Some(state),
        last_start_tag_name: last.map(str::to_owned),
        ..Default::default()
    };
    let peer = Tokenizer::new(sink, options);
    let queue = BufferQueue::default();
    queue.push_back(text.as_ref().into());
    while !matches!(peer.feed(&queue), TokenizerResult::Done) {}
    peer.end();

    let theirs = peer.sink.tokens.take();
    let ours = spelled_tokens(&text, start, last);
    assert_eq!(ours, theirs, "tokens of {text:?} from {start:?} on");
});
