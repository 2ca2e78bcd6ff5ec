//! newshound: who said it, where, word for word.
//!
//! ```text
//! corpus files -> source -> ARTICLE -> quotation -> PASSAGE -> engine (intake) -> index/
//! query text   -> query -> QUERY TREE -> engine (search) -> RESULTS -> render -> cli | http | mcp | page
//! ```
//!
//! A program that uses newshound meets few things: an [`Article`] has [`quotations`]; an [`IndexWriter`] takes both in; an [`IndexReader`]
//! answers a [`Search`] for a [`Query`] with [`RankedPassage`]s. `newshound index CORPUS` makes an index of the files of a directory, and so does
//! [`indexing::index`]; this one is made of articles in memory:
//!
//! ```
//! use newshound::{Article, Engine, IndexReader, IndexWriter, Intake, QueryLimits, Search, Today, parse, quotations};
//! use std::ops::ControlFlow;
//!
//! let dir = tempfile::tempdir()?;
//! let mut writer = IndexWriter::open(dir.path(), 1, None)?;
//! let article = Article::plain("1", "Talks end\n\"We want peace,\" chancellor Ilse Brandauer said.", true);
//! writer.add(&article, &quotations(&article))?;
//! writer.commit(None, &[])?;
//!
//! let query = parse("speaker:brandauer peace", Today::from_clock(), &QueryLimits::default())?.query.expect("words to look for");
//! let mut found = Vec::new();
//! IndexReader::open(dir.path())?.search(&Search::best(query, 10), &mut |passage| {
//!     found.push(passage.text);
//!     ControlFlow::Continue(())
//! })?;
//! assert_eq!(found, ["\"We want peace,\" chancellor Ilse Brandauer said."]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The modules, in the order of the two lines above, hold the rest. Features, all on by default: `cli` is the command, `serve` the service
//! over HTTP and for assistants, `watch` follows a directory, `opensearch` keeps an index on a cluster (`opensearch-tls`, off by default, over TLS). With `default-features = false` none of what these need is built.

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
pub mod verify;
pub mod trail;
pub mod timeline;
pub mod dossier;
pub mod render;
pub mod alerts;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use article::Article;
pub use engine::embedded::{IndexReader, IndexWriter};
pub use engine::{Engine, Error, Intake, Search};
pub use query::{Query, QueryLimits, Today, parse};
pub use quotation::{Quotation, quotations};
pub use results::RankedPassage;
