//! newshound: who said it, where, word for word.
//!
//! ```text
//! corpus files -> source -> ARTICLE -> quotation -> PASSAGE -> engine (intake) -> index/
//! query text   -> query -> QUERY TREE -> engine (search) -> RESULTS -> render -> cli | http | mcp | page
//! ```

// What only some places may do; they say so at their heads, and `clippy.toml` lists it.
#![cfg_attr(
    not(test),
    warn(
        clippy::dbg_macro,
        clippy::disallowed_methods,
        clippy::disallowed_types,
        clippy::exit,
        clippy::print_stderr,
        clippy::print_stdout
    )
)]

pub mod day;
pub mod article;
pub mod source;
mod lexicon;
pub mod quotation;
pub mod passage;
pub mod duplicates;
pub mod words;
pub mod query;
pub mod matching;
pub mod directory;
pub mod results;
pub mod engine;
pub mod indexing;
pub mod render;
pub mod serve;
pub mod cli;
