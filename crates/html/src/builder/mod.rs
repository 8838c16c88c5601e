//! The tree builder: section 13.2.6 of the standard, scripting disabled.
//!
//! Every step takes a token and gives back what must be processed again, under the insertion mode
//! that it has set by then.

mod body;
mod classes;
mod document;
mod foreign;
mod formatting;
mod head;
mod insert;
mod open_elements;
mod stack;
mod table;

use crate::limits::{MAX_NODES, MAX_SOURCE, Truncation};
use crate::names::{HASH_START, HtmlName, hash_byte};
use crate::references::{Nul, Unit, reference};
use crate::tokenizer::{Doctype, HtmlToken, HtmlTokenizer, Tag, TextToken, TokenizerState, is_space};
use crate::tree::{Namespace, Node, NodeId, Tree};
use classes::class_of;
use open_elements::{Formatting, OpenElement};

/// Insertion modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

/// What is left to do of a token after a step: nothing, or this.
type Again = Option<HtmlToken>;

/// Nodes that one token may make at most: what active formatting elements there can be, and some.
const NODES_PER_TOKEN: usize = 1024;

struct Builder<'s> {
    tokenizer: HtmlTokenizer<'s>,
    nodes: Vec<Node>,
    mode: Mode,
    original_mode: Mode,
    template_modes: Vec<Mode>,
    stack: Vec<OpenElement>,
    /// How many open HTML elements have each name.
    open: Vec<u32>,
    formatting: Vec<Formatting>,
    /// How many formatting elements were made again.
    made_again: usize,
    head: Option<NodeId>,
    form: Option<NodeId>,
    frameset_ok: bool,
    doctype: Option<Doctype>,
    quirks: bool,
    foster: bool,
    ignore_line_feed: bool,
    /// Text waiting in the insertion mode "in table text".
    table_text: Vec<TextToken>,
    /// The context element of a fragment.
    context: Option<OpenElement>,
    /// Where the token being processed stands.
    token_start: u32,
    token_end: u32,
    /// The name of the end tag being processed.
    end_tag: Option<HtmlName>,
    /// How often the stack or the list of formatting elements has changed.
    changes: u64,
    /// For each name, the number of changes and the mode in which its end tag was last ignored.
    ignored_ends: Vec<(u64, Mode)>,
    done: bool,
}

/// Parses a page, as a browser with scripting disabled does: contents of `noscript` are markup.
///
/// Never fails: any source makes a tree. [`Tree::truncated`] reports a limit that was reached. `source` is the decoded page; all offsets are into it.
pub fn parse(source: &str) -> Tree<'_> {
    let mut builder = Builder::new(source, MAX_SOURCE);
    builder.run();
    builder.finish(source)
}

/// Parses a piece of a page as the contents of the element `context`: an HTML element's name, or
/// that of a foreign one with its vocabulary before it (`svg path`, `math mi`).
///
/// Section 13.4 of the standard. The nodes become children of the tree's root.
pub fn parse_fragment<'s>(source: &'s str, context: &str) -> Tree<'s> {
    let mut builder = Builder::new(source, MAX_SOURCE);
    builder.start_fragment(context);
    builder.run();
    builder.lift_fragment();
    builder.finish(source)
}

impl<'s> Builder<'s> {
    /// Reads no more than `limit` bytes of the source.
    fn new(source: &'s str, limit: usize) -> Self {
        let mut cut = source;
        let mut truncation = None;
        if source.len() > limit {
            cut = &source[..source.floor_char_boundary(limit)];
            truncation = Some(Truncation::Source);
        }
        let mut tokenizer = HtmlTokenizer::new(cut);
        tokenizer.truncation = truncation;
        let mut builder = Builder {
            tokenizer,
            nodes: Vec::with_capacity((cut.len() / 32).min(MAX_NODES)),
            mode: Mode::Initial,
            original_mode: Mode::InBody,
            template_modes: Vec::new(),
            stack: Vec::with_capacity(64),
            open: Vec::new(),
            formatting: Vec::new(),
            made_again: 0,
            head: None,
            form: None,
            frameset_ok: true,
            doctype: None,
            quirks: false,
            foster: false,
            ignore_line_feed: false,
            table_text: Vec::new(),
            context: None,
            token_start: 0,
            token_end: 0,
            end_tag: None,
            changes: 1,
            ignored_ends: Vec::new(),
            done: false,
        };
        builder.add_document();
        builder
    }

    fn start_fragment(&mut self, context: &str) {
        let (namespace, name) = match context.split_once(' ') {
            Some(("svg", name)) => (Namespace::Svg, name),
            Some(("math", name)) => (Namespace::MathMl, name),
            _ => (Namespace::Html, context),
        };
        let hash = name.bytes().fold(HASH_START, hash_byte);
        let name = self.tokenizer.names.intern(name, hash).unwrap_or(HtmlName::UNNAMED);
        if namespace == Namespace::Html {
            self.tokenizer.state = match name {
                HtmlName::TITLE | HtmlName::TEXTAREA => TokenizerState::Rcdata(None),
                HtmlName::STYLE | HtmlName::XMP | HtmlName::IFRAME | HtmlName::NOEMBED | HtmlName::NOFRAMES => {
                    TokenizerState::Rawtext(None)
                }
                HtmlName::SCRIPT => TokenizerState::Script(None),
                HtmlName::PLAINTEXT => TokenizerState::Plaintext,
                _ => TokenizerState::Data,
            };
        }
        let root = self.add_implied(HtmlName::HTML);
        self.append(NodeId(0), root);
        self.push(root);
        self.context = Some(OpenElement { node: root, name, namespace, class: class_of(namespace, name) });
        if namespace == Namespace::Html && name == HtmlName::TEMPLATE {
            self.template_modes.push(Mode::InTemplate);
        }
        if namespace == Namespace::Html && name == HtmlName::FORM {
            self.form = Some(root);
        }
        self.reset_mode();
    }

    /// Makes the children of a fragment's `html` element those of the document.
    fn lift_fragment(&mut self) {
        let html = NodeId(1);
        self.detach(html);
        self.move_children(html, NodeId(0));
    }

    fn run(&mut self) {
        while !self.done {
            self.tokenizer.cdata_allowed =
                self.adjusted_current().is_some_and(|node| node.namespace != Namespace::Html);
            let token = self.tokenizer.next();
            self.process(token);
            if self.is_full() {
                self.tokenizer.note(Truncation::Nodes);
                self.done = true;
            }
        }
    }

    /// Whether another token could make more nodes than there may be.
    fn is_full(&self) -> bool {
        self.nodes.len() + NODES_PER_TOKEN > MAX_NODES
    }

    fn process(&mut self, token: HtmlToken) {
        self.end_tag = None;
        self.token_end = self.tokenizer.at as u32;
        self.token_start = match token {
            HtmlToken::Text(text) => text.start,
            HtmlToken::StartTag(tag) => tag.start,
            HtmlToken::EndTag(tag) => {
                self.end_tag = Some(tag.name);
                self.tokenizer.attrs.truncate(tag.attrs as usize);
                tag.start
            }
            HtmlToken::Comment(comment) => comment.start,
            HtmlToken::Doctype { start, .. } => start,
            HtmlToken::EndOfPage => self.token_end,
        };
        let ignores_line_feed = std::mem::take(&mut self.ignore_line_feed);
        if self.is_ignored_end() {
            return;
        }
        let (nodes, mode, changes) = (self.nodes.len(), self.mode, self.changes);
        let mut again = match token {
            HtmlToken::Text(text) if ignores_line_feed => self.without_line_feed(text).map(HtmlToken::Text),
            _ => self.dispatch(&token),
        };
        while let Some(token) = again {
            again = self.dispatch(&token);
        }
        if self.nodes.len() > nodes {
            return;
        }
        match token {
            // Attributes of a tag that made no node; those of `html` and `body` may have been joined to others.
            HtmlToken::StartTag(tag) if !matches!(tag.name, HtmlName::HTML | HtmlName::BODY) => {
                self.tokenizer.attrs.truncate(tag.attrs as usize);
            }
            HtmlToken::EndTag(tag) if self.mode == mode && self.changes == changes => {
                self.remember_ignored_end(tag.name)
            }
            _ => {}
        }
    }

    /// Processes a token by the rules that are now in force.
    #[inline(always)]
    fn dispatch(&mut self, token: &HtmlToken) -> Again {
        if self.is_foreign(token) {
            self.foreign(*token)
        } else if self.mode == Mode::InBody {
            // Nearly all of a page.
            self.in_body(token)
        } else {
            self.step(self.mode, *token)
        }
    }

    /// Whether an end tag of this name was ignored before and nothing has changed since. Otherwise a page of such end tags would
    /// search the stack each time.
    #[inline]
    fn is_ignored_end(&self) -> bool {
        self.end_tag.is_some_and(|name| {
            self.ignored_ends.get(usize::from(name.0)).is_some_and(|&ignored| ignored == (self.changes, self.mode))
        })
    }

    fn remember_ignored_end(&mut self, name: HtmlName) {
        let index = usize::from(name.0);
        if index >= self.ignored_ends.len() {
            self.ignored_ends.resize((index + 1).next_power_of_two().max(512), (0, Mode::Initial));
        }
        self.ignored_ends[index] = (self.changes, self.mode);
    }

    /// Processes a token by the rules of `mode`, which need not be the current one.
    fn step(&mut self, mode: Mode, token: HtmlToken) -> Again {
        match mode {
            Mode::Initial => self.initial(token),
            Mode::BeforeHtml => self.before_html(token),
            Mode::BeforeHead => self.before_head(token),
            Mode::InHead => self.in_head(token),
            Mode::InHeadNoscript => self.in_head_noscript(token),
            Mode::AfterHead => self.after_head(token),
            Mode::InBody => self.in_body(&token),
            Mode::Text => self.text(token),
            Mode::InTable => self.in_table(token),
            Mode::InTableText => self.in_table_text(token),
            Mode::InCaption => self.in_caption(token),
            Mode::InColumnGroup => self.in_column_group(token),
            Mode::InTableBody => self.in_table_body(token),
            Mode::InRow => self.in_row(token),
            Mode::InCell => self.in_cell(token),
            Mode::InTemplate => self.in_template(token),
            Mode::AfterBody => self.after_body(token),
            Mode::InFrameset => self.in_frameset(token),
            Mode::AfterFrameset => self.after_frameset(token),
            Mode::AfterAfterBody => self.after_after_body(token),
            Mode::AfterAfterFrameset => self.after_after_frameset(token),
        }
    }

    /// Sets another mode and processes the token again.
    fn again(&mut self, mode: Mode, token: HtmlToken) -> Again {
        self.mode = mode;
        Some(token)
    }

    fn finish(mut self, source: &'s str) -> Tree<'s> {
        let end = if self.tokenizer.truncation == Some(Truncation::Nodes) {
            self.token_end
        } else {
            self.tokenizer.source.len() as u32
        };
        for entry in &self.stack {
            self.nodes[entry.node.index()].end = end;
        }
        Tree {
            source,
            nodes: self.nodes,
            attrs: self.tokenizer.attrs,
            names: self.tokenizer.names,
            doctype: self.doctype,
            truncation: self.tokenizer.truncation,
        }
    }

    /// How long the first character of a text is, in bytes, and whether it is white space; `None` at the end.
    fn first_char(&self, text: TextToken) -> Option<(usize, bool)> {
        let bytes = &self.tokenizer.source.as_bytes()[text.range()];
        let &first = bytes.first()?;
        if first == b'&'
            && text.references
            && let Some((unit, len)) = reference(bytes, false)
        {
            let space = unit.with(|text| text.bytes().all(is_space));
            return Some((len, space));
        }
        Some((1, is_space(first)))
    }

    /// Splits white space off the beginning of a text: that, and the rest.
    fn split_space(&self, text: TextToken) -> (Option<TextToken>, Option<TextToken>) {
        let mut rest = text;
        while let Some((len, true)) = self.first_char(rest) {
            rest.start += len as u32;
        }
        let space = TextToken { end: rest.start, ..text };
        ((space.start < space.end).then_some(space), (rest.start < rest.end).then_some(rest))
    }

    /// Whether a text is nothing but white space, or NULs that are left out.
    fn is_blank(&self, text: TextToken) -> bool {
        let mut rest = text;
        while let Some((len, space)) = self.first_char(rest) {
            if !space && self.tokenizer.source.as_bytes()[rest.start as usize] != 0 {
                return false;
            }
            rest.start += len as u32;
        }
        true
    }

    /// The text without the line feed at its beginning.
    fn without_line_feed(&self, mut text: TextToken) -> Option<TextToken> {
        let bytes = &self.tokenizer.source.as_bytes()[text.range()];
        text.start += match bytes {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [b'&', ..] if text.references => match reference(bytes, false) {
                Some((Unit::Named("\n") | Unit::Char('\n'), len)) => len as u32,
                _ => 0,
            },
            _ => 0,
        };
        (text.start < text.end).then_some(text)
    }

    /// The text without the NULs at its beginning, which are left out.
    fn without_nul(&self, mut text: TextToken) -> Option<TextToken> {
        if text.coding(Nul::Drop).nul == Nul::Drop {
            let bytes = &self.tokenizer.source.as_bytes()[text.range()];
            text.start += bytes.iter().take_while(|&&byte| byte == 0).count() as u32;
        }
        (text.start < text.end).then_some(text)
    }

    /// Begins the text of an element such as `title` or `script`.
    fn start_text(&mut self, tag: Tag, state: TokenizerState) {
        self.insert(&tag);
        self.tokenizer.state = state;
        self.original_mode = self.mode;
        self.mode = Mode::Text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_made_for_what_the_rest_of_a_page_needs() {
        let even = "<b>x".repeat(50_000);
        let mut builder = Builder::new(&even, MAX_SOURCE);
        builder.run();
        assert!(builder.nodes.len() > 100_000 && builder.nodes.capacity() < 120_000);
        let denser = format!("{}{even}", "The ferry sank. ".repeat(5_000));
        let mut builder = Builder::new(&denser, MAX_SOURCE);
        builder.run();
        assert!(builder.nodes.len() > 100_000 && builder.nodes.capacity() < 200_000);
    }

    #[test]
    fn a_source_too_long_is_cut_between_characters() {
        let source = "<p>é";
        let mut builder = Builder::new(source, 4);
        builder.run();
        let tree = builder.finish(source);
        assert_eq!(tree.truncated(), Some(Truncation::Source));
        let last = tree.descendants(tree.root()).last();
        assert_eq!(last.map(|id| (tree.name(id), tree.source_range(id))), Some((HtmlName::P, 0..3)));
    }
}
