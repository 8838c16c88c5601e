//! What the index keeps of an article and of each statement in it. No text is stored: snippets come from the database.

use crate::text::{Forms, StemTokens};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

/// Changes with whatever changes the meaning of what is in the index; an index of another version is made anew.
pub(crate) const VERSION: u32 = 4;

/// Words by their stems, with places, and as they are written.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Worded {
    /// Stems, with positions.
    pub stems: Field,
    /// Words as written, without positions: for `prefix*`, for accents left out, for "did you mean".
    pub forms: Option<Field>,
}

/// The fields of the index.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub schema: Schema,
    /// [`ARTICLE`] or [`STATEMENT`].
    pub is: Field,
    /// Number of the document.
    pub id: Field,
    /// Of a statement, its index among the document's, plus one; of an article 0.
    pub nth: Field,
    /// The first 8 bytes of the document's key: orders what is equal otherwise, in every archive alike.
    pub key: Field,
    /// Day of publication as [`day_number`](crate::query) writes it; absent where unknown.
    pub day: Field,
    /// Time of publication in seconds, for order; absent where unknown.
    pub time: Field,
    pub outlet: Field,
    pub language: Field,
    /// Names of speakers: of a statement its own, of an article everybody's.
    pub speaker: Field,
    /// Kinds of sources by their place in the contract's list; of an article, all that occur.
    pub source: Field,
    // Of articles.
    pub text: Worded,
    pub headline: Worded,
    pub author: Worded,
    pub outlet_words: Worded,
    pub tag: Field,
    pub versions: Field,
    pub seen: Field,
    // Of statements.
    pub said: Worded,
    pub cue: Worded,
    pub who: Worded,
    pub terms: Field,
    pub form: Field,
    pub act: Field,
    /// Confidence in thousandths.
    pub confidence: Field,
}

/// Value of [`Fields::is`].
pub(crate) const ARTICLE: &str = "a";
/// Value of [`Fields::is`].
pub(crate) const STATEMENT: &str = "s";

const STEMS: &str = "stems";
const FORMS: &str = "forms";

impl Fields {
    pub fn new() -> Fields {
        let mut schema = Schema::builder();
        let number = NumericOptions::default().set_fast();
        let found_number = number.clone().set_indexed();
        let name = TextOptions::default().set_fast("raw");
        let mut worded = |name: &str, with_forms: bool| {
            let stems = schema.add_text_field(name, words(STEMS, IndexRecordOption::WithFreqsAndPositions, true));
            let forms = with_forms.then(|| {
                schema.add_text_field(&format!("{name}_forms"), words(FORMS, IndexRecordOption::Basic, false))
            });
            Worded { stems, forms }
        };
        let text = worded("text", true);
        let headline = worded("headline", true);
        let author = worded("author", false);
        let outlet_words = worded("outlet_words", false);
        let said = worded("said", true);
        let cue = worded("cue", true);
        let who = worded("who", false);
        Fields {
            is: schema.add_text_field("is", TextOptions::default().set_indexing_options(plain())),
            id: schema.add_u64_field("id", INDEXED | FAST),
            nth: schema.add_u64_field("nth", number.clone()),
            key: schema.add_u64_field("key", number.clone()),
            day: schema.add_u64_field("day", number.clone()),
            time: schema.add_i64_field("time", number.clone()),
            outlet: schema.add_text_field("outlet", name.clone()),
            language: schema
                .add_text_field("language", TextOptions::default().set_indexing_options(plain()).set_fast("raw")),
            speaker: schema.add_text_field("speaker", name),
            source: schema.add_u64_field("source", found_number.clone()),
            text,
            headline,
            author,
            outlet_words,
            tag: schema.add_text_field("tag", STRING),
            versions: schema.add_u64_field("versions", number.clone()),
            seen: schema.add_u64_field("seen", number.clone()),
            said,
            cue,
            who,
            terms: schema.add_u64_field("terms", found_number.clone()),
            form: schema.add_u64_field("form", found_number.clone()),
            act: schema.add_u64_field("act", found_number),
            confidence: schema.add_u64_field("confidence", number),
            schema: schema.build(),
        }
    }
}

/// The tokenizers that the fields name.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(STEMS, TextAnalyzer::builder(StemTokens::default()).build());
    manager.register(FORMS, TextAnalyzer::builder(Forms::default()).build());
    manager
}

fn words(tokenizer: &str, record: IndexRecordOption, fieldnorms: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(fieldnorms))
}

fn plain() -> TextFieldIndexing {
    TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic).set_fieldnorms(false)
}
