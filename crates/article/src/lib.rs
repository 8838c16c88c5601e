//! From a page to its article.
