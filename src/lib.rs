//! newshound: who said it, where, word for word.
//!
//! ```text
//! corpus files -> source -> ARTICLE -> quotation -> PASSAGE -> engine (intake) -> index/
//! query text   -> query -> QUERY TREE -> engine (search) -> RESULTS -> render -> cli | http | mcp | page
//! ```

pub mod article;
pub mod source;
mod lexicon;
pub mod quotation;
pub mod passage;
pub mod duplicates;
pub mod words;
pub mod query;
pub mod mention;
pub mod directory;
pub mod results;
pub mod engine;
pub mod indexing;
pub mod render;
pub mod serve;
pub mod cli;
