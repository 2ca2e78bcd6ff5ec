//! newshound: who said it, where, word for word.
//!
//! ```text
//! corpus files -> source -> ARTICLE -> quotation -> PASSAGE -> engine (intake) -> index/
//! query text   -> query -> QUERY TREE -> engine (search) -> RESULTS -> render -> cli | http | mcp | page
//! ```

pub mod article;
pub mod cli;
pub mod engine;
pub mod indexing;
pub mod mention;
pub mod passage;
pub mod query;
pub mod quotation;
pub mod render;
pub mod results;
pub mod serve;
pub mod source;
pub mod words;
