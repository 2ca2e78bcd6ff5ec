//! What `newshound/__init__.py` asks of newshound. Answers are JSON: `{"rows": [...], "summary": {...}}`.

mod read;
mod reader;
mod waiting;

use newshound::render::json::AttributedJson;
use newshound::source::{Options, read_from};
use newshound::{Article, quotations};
use pyo3::prelude::*;
use serde::Serialize;
use std::ops::ControlFlow;

#[derive(Serialize)]
struct Attributed {
    articles: Vec<AttributedJson>,
    /// What gave no article, and why.
    unread: Vec<String>,
}

/// The quotations of one text, as `newshound attribute --json` gives them. `plain`: it is the story alone; else it is read as a file would be.
#[pyfunction]
#[pyo3(signature = (text, *, plain, language, unsure))]
fn attribute(py: Python<'_>, text: &str, plain: bool, language: Option<String>, unsure: bool) -> PyResult<String> {
    let attributed = |mut article: Article| {
        article.language = language.clone().or(article.language);
        AttributedJson::new(&article.id.to_string(), &article, &quotations(&article), unsure)
    };
    let (mut articles, mut unread) = (Vec::new(), Vec::new());
    py.detach(|| {
        if plain {
            return articles.push(attributed(Article::plain("text", text, false)));
        }
        read_from("-", text.as_bytes(), &Options::default(), &mut |article| {
            match article {
                Ok(article) => articles.push(attributed(article)),
                Err(why) => unread.push(why.to_string()),
            }
            ControlFlow::Continue(())
        });
    });
    serde_json::to_string(&Attributed { articles, unread }).map_err(read::wrong)
}

/// The command `newshound` with these arguments, its own name first; gives its exit status.
#[pyfunction]
fn command(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| newshound::cli::run(arguments))
}

#[pymodule]
fn native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<reader::Reader>()?;
    module.add_function(wrap_pyfunction!(attribute, module)?)?;
    module.add_function(wrap_pyfunction!(command, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
