//! An article as one document of the cluster.

use crate::article::Article;
use crate::day::{Day, Days};
use crate::duplicates::{Body, Sketch, fingerprints};
use crate::engine::embedded::{count_tokens, estimated_words, rows};
use crate::passage::units;
use crate::quotation::{Kind, Quotation};
use crate::words::{Stem, Words};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Begins the form of a word that is its stem, for regular words and for others; no word and no other extra form begins so.
const REGULAR: char = '\u{6}';
const IRREGULAR: char = '\u{7}';

/// Which run added a version of an article, and which removed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    pub since: u64,
    pub gone: Option<u64>,
}

/// The form under which all words with this stem are found, but for the stem itself.
pub(super) fn stem_form(stem: &Stem) -> String {
    format!("{}{}", if stem.is_regular() { REGULAR } else { IRREGULAR }, stem.stem())
}

/// The same for a stem whose words are asked for, regular or not.
pub(super) fn stem_forms(stem: &Stem) -> [String; 2] {
    [REGULAR, IRREGULAR].map(|first| format!("{first}{}", stem.stem()))
}

/// The name of a version of an article.
pub(super) fn name_of(id: u64, since: u64) -> String {
    format!("{id:016x}-{since}")
}

/// The words of an article as the fields have them.
#[derive(Default)]
struct Streams {
    text: Vec<String>,
    counts: String,
    tokens: usize,
    words: Words,
}

impl Streams {
    fn add(&mut self, unit: &str) {
        self.words.read(unit);
        let words = &self.words;
        self.tokens += count_tokens(words);
        let mut stream = String::with_capacity(2 * unit.len());
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for position in 0..words.len() as u32 {
            for (number, form) in words.forms_at(position).enumerate() {
                let key = words.key(form);
                stream.push(if number == 0 { ' ' } else { '|' });
                stream.push_str(key);
                let stem = form.plain.then(|| Stem::of(key)).filter(|stem| stem.stem() != key);
                if let Some(form) = stem.map(|stem| stem_form(&stem)) {
                    stream.push('|');
                    stream.push_str(&form);
                    // Each word with this stem counts.
                    if seen.insert(key) {
                        self.counts.push(' ');
                        self.counts.push_str(key);
                        self.counts.push(' ');
                        self.counts.push_str(&form);
                    }
                } else if seen.insert(key) {
                    self.counts.push(' ');
                    self.counts.push_str(key);
                }
            }
        }
        if !stream.is_empty() {
            self.text.push(stream);
        }
    }
}

/// All forms of some texts, each once.
fn names<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut keys = BTreeSet::new();
    for text in texts {
        let words = Words::of(text);
        keys.extend(words.forms().iter().map(|form| words.key(form).to_owned()));
    }
    keys.into_iter().collect::<Vec<_>>().join(" ")
}

/// A day as a number, `yyyymmdd`.
pub(super) fn number_of(day: Day) -> u64 {
    Days { from: day, to: day }.packed() & u64::from(u32::MAX)
}

/// The document of a version of an article, whose record is given in base64.
pub(super) fn document(article: &Article, quotations: &[Quotation], record: &str, version: Version) -> Value {
    let mut streams = Streams::default();
    let (mut count, mut words) = (0, 0);
    for unit in units(article) {
        let text = unit.span.of(&article.text);
        streams.add(text);
        count += 1;
        words += estimated_words(text);
    }
    let speakers = quotations.iter().filter_map(|quotation| quotation.speaker.as_ref()).map(|speaker| speaker.name.as_str());
    let dateline = article.dateline.iter().flat_map(|dateline| [dateline.span.of(&article.text), dateline.place.as_str()]);
    let prints: Vec<String> = fingerprints(&Body::new(article)).iter().map(u32::to_string).collect();
    let mut document = json!({
        "id": format!("{:016x}", article.id.0), "since": version.since, "record": record,
        "text": streams.text, "counts": streams.counts, "tokens": streams.tokens, "units": count, "words": words,
        "quotations": spoken(quotations),
        "speaker": names(speakers), "dateline": names(dateline),
        "byline": names(article.bylines.iter().map(|byline| byline.name.as_str())),
        "outlet": names(article.outlet.as_deref()), "section": names(article.section.as_deref()),
        "lang": names(article.language.as_deref()),
        "keys": keys(article), "fingerprints": prints, "quoted": STANDARD.encode(json!(rows(article, quotations)).to_string()),
    });
    if let Some(days) = article.published.as_ref().and_then(|published| Days::of_published(&published.date)) {
        document["from"] = number_of(days.from).into();
        document["to"] = number_of(days.to).into();
    }
    if let Some(gone) = version.gone {
        document["gone"] = gone.into();
    }
    document
}

fn spoken(quotations: &[Quotation]) -> usize {
    quotations.iter().filter(|quotation| quotation.kind != Kind::NotSpeech).count()
}

/// By which copies of it are found.
pub(super) fn keys(article: &Article) -> Vec<u32> {
    Sketch::new(article).map_or(Vec::new(), |sketch| sketch.keys().to_vec())
}
