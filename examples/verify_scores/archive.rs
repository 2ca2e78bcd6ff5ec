//! Reads the corpora, holds some stories out, and indexes the others.

use newshound::article::{Article, Span};
use newshound::duplicates::{Sketch, groups};
use newshound::quotation::Kind;
use newshound::source::{self, Options};
use newshound::words::Words;
use newshound::{IndexWriter, Intake, Quotation, quotations};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

/// A quotation whose speaker is sure.
pub struct Quoted {
    pub article: usize,
    pub words: String,
    pub speaker: String,
    /// Written in English, as far as is known: negations are put in and taken out there.
    pub english: bool,
}

/// What is to be verified, and where it is.
pub struct Corpus {
    pub indexed: usize,
    pub quoted: Vec<Quoted>,
    pub held_out: Vec<Quoted>,
    /// The folded words of every article that is indexed, and those of its quotations alone, a line each.
    text: String,
}

/// One story in so many is held out.
const HELD_OUT: u64 = 10;
const FEWEST_WORDS: usize = 6;
const MOST_WORDS: usize = 60;
const SURE: f32 = 0.9;

impl Corpus {
    pub fn read(root: &Path, index: &Path) -> anyhow::Result<Corpus> {
        let articles = articles(root);
        let held = held_out(&articles);
        let mut corpus = Corpus { indexed: 0, quoted: Vec::new(), held_out: Vec::new(), text: String::new() };
        let mut writer = IndexWriter::rebuild(index, 2)?;
        let mut known = HashSet::new();
        for (number, article) in articles.iter().enumerate() {
            let found = quotations(article);
            let quoted = sure(number, article, &found);
            if held.contains(&number) {
                corpus.held_out.extend(quoted);
                continue;
            }
            writer.add(article, &found)?;
            corpus.indexed += 1;
            corpus.push_text(&article.text);
            let marked = found.iter().filter(|quotation| quotation.kind != Kind::Indirect);
            let spoken: Vec<&str> = marked.map(|quotation| quotation.span.of(&article.text)).collect();
            corpus.push_text(&spoken.join(" "));
            corpus.quoted.extend(quoted.into_iter().filter(|quoted| known.insert(folded(&quoted.words))));
        }
        writer.commit(None, &[])?;
        writer.close()?;
        Ok(corpus)
    }

    fn push_text(&mut self, text: &str) {
        self.text.push(' ');
        self.text.push_str(&folded(text));
        self.text.push_str(" \n");
    }

    /// Whether these words stand in a row in an article, or in its quotations put together.
    pub fn prints(&self, words: &str) -> bool {
        let wanted = format!(" {} ", folded(words));
        memchr::memmem::find(self.text.as_bytes(), wanted.as_bytes()).is_some()
    }
}

/// The words of a text, folded, with a blank between two.
pub fn folded(text: &str) -> String {
    let words = Words::of(text);
    let keys: Vec<&str> = (0..words.len() as u32).map(|at| words.key(words.word(at))).collect();
    keys.join(" ")
}

fn articles(root: &Path) -> Vec<Article> {
    let mut out = Vec::new();
    for file in source::files(root).flatten() {
        source::read(&file, &Options::default(), &mut |article| {
            out.extend(article.ok());
            ControlFlow::Continue(())
        });
    }
    out
}

/// Whole stories with all their copies; what is too short to be compared stays in.
fn held_out(articles: &[Article]) -> HashSet<usize> {
    let sketched: Vec<(usize, Sketch)> =
        articles.iter().enumerate().filter_map(|(at, article)| Some((at, Sketch::new(article)?))).collect();
    let names: Vec<_> = sketched.iter().map(|(at, _)| (articles[*at].id, *at)).collect();
    let sketches: Vec<Sketch> = sketched.iter().map(|(_, sketch)| sketch.clone()).collect();
    let leaders = groups(&sketches, &names);
    let is_held =
        |leader: usize| names[leader].0.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32 & 0xffff_ffff < (1 << 32) / HELD_OUT;
    (0..sketched.len()).filter(|at| is_held(leaders[*at])).map(|at| sketched[at].0).collect()
}

fn sure(number: usize, article: &Article, found: &[Quotation]) -> Vec<Quoted> {
    let english = article.language.as_deref().is_none_or(|language| language == "en");
    let own = |span: Span| span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let sure = found.iter().filter(|quotation| quotation.kind == Kind::Direct && quotation.confidence >= SURE);
    sure.filter_map(|quotation| {
        let words = own(quotation.span);
        let count = words.split(' ').count();
        let speaker = quotation.speaker.as_ref()?.name.clone();
        (FEWEST_WORDS..=MOST_WORDS).contains(&count).then_some(Quoted { article: number, words, speaker, english })
    })
    .collect()
}
