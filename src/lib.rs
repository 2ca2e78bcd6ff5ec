//! newshound: who said it, where, word for word.
//!
//! ```text
//! corpus files -> source -> ARTICLE -> quotation -> PASSAGE -> engine (intake) -> index/
//! query text   -> query -> QUERY TREE -> engine (search) -> RESULTS -> render -> cli | http | mcp | page
//! ```

pub mod article;
pub mod source;
