//! Blocks: the paragraphs, headlines, captions and furniture a page consists of.

use onrecord_span::{Span, Text};

/// One block of a page: a line of the document's buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its words.
    pub span: Span<Text>,
    /// Its place in reading order on the page, counted from 0 over body and rest together.
    pub order: u32,
    /// Index of an earlier block that says the same; facts are read from that one alone.
    pub repeats: Option<u32>,
}

/// What part of a page a kind of block belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum BlockRole {
    /// The article's body.
    Body,
    /// Part of the article, beside its body: headline, standfirst, captions.
    Beside,
    /// Part of the page, not of the article.
    Furniture,
}

macro_rules! block_kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $role:ident;)*) => {
        /// What a block is.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        pub enum BlockKind {
            $($(#[$doc])* $kind,)*
        }

        impl BlockKind {
            /// Every kind, in the order of the contract.
            pub const ALL: &[BlockKind] = &[$(BlockKind::$kind),*];

            /// The kind's name in the output.
            pub fn name(self) -> &'static str {
                match self { $(BlockKind::$kind => $name,)* }
            }

            /// What part of the page blocks of this kind belong to.
            pub fn role(self) -> BlockRole {
                match self { $(BlockKind::$kind => BlockRole::$role,)* }
            }
        }
    };
}

block_kinds! {
    /// A paragraph of the article.
    Paragraph "paragraph" Body;
    /// A heading inside the body.
    Subhead "subhead" Body;
    /// An item of a list in the body.
    ListItem "list_item" Body;
    /// A passage set off as a quotation.
    BlockQuote "block_quote" Body;
    /// A table; cells joined by " | ", rows by " / ".
    Table "table" Body;
    /// The words of an embedded post.
    Embed "embed" Body;
    /// The head of an entry on a live page: its time and title.
    LiveEntry "live_entry" Body;
    /// A correction or an editor's note about the article.
    Correction "correction" Body;
    /// The article's headline.
    Headline "headline" Beside;
    /// The summary under the headline.
    Standfirst "standfirst" Beside;
    /// Who wrote it.
    Byline "byline" Beside;
    /// Where or when it was written, on a line of its own.
    Dateline "dateline" Beside;
    /// Words under a picture.
    Caption "caption" Beside;
    /// The path to the page through the site.
    Breadcrumb "breadcrumb" Furniture;
    /// A pointer to another article ("Also Read").
    Related "related" Furniture;
    /// A headline or blurb of another article.
    Teaser "teaser" Furniture;
    /// A note about the writer.
    AuthorBox "author_box" Furniture;
    /// Share and follow prompts.
    Share "share" Furniture;
    /// Subscription, cookie, newsletter and script notices.
    Notice "notice" Furniture;
    /// The file name of a picture.
    ImageName "image_name" Furniture;
    /// Copyright and licence lines.
    Copyright "copyright" Furniture;
    /// Other words of the page that are not the article's.
    Other "other" Furniture;
}

impl BlockKind {
    /// Whether facts are read from blocks of this kind: body, headline, standfirst and captions.
    pub fn states_facts(self) -> bool {
        match self {
            BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption => true,
            kind => kind.role() == BlockRole::Body,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_never_read_from_furniture_or_bylines() {
        for kind in BlockKind::ALL {
            let expected = !matches!(kind.role(), BlockRole::Furniture)
                && !matches!(kind, BlockKind::Byline | BlockKind::Dateline);
            assert_eq!(kind.states_facts(), expected, "{}", kind.name());
        }
    }
}
