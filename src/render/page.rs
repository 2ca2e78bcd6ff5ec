//! The pages for people: HTML that needs no script and asks nothing of another site.
//!
//! Takes what a search gave back and the [`PageView`] it was asked for. Every foreign word is escaped by the templates; the only tags within
//! an article's words are the marks and the quotations set here.

mod article;
mod frame;
mod parts;
mod results;
mod speaker;
mod timeline;
mod verify;

pub use article::article;
pub use frame::{SCRIPT, STYLE, notice, opensearch, stamp};
pub use results::{Answer, Filter, answer, first_visit, passage_address};
pub use speaker::{Portrait, speaker};
pub use timeline::Timeline;
pub use verify::verify;

use form_urlencoded::Serializer;

/// What a page shows: everything that stands in its address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageView {
    /// The query as typed.
    pub q: String,
    /// Only from this day, month or year on: `2025`, `2025-03`, `2025-03-14`.
    pub from: String,
    /// Only up to its end.
    pub to: String,
    /// Only passages in which this person or body speaks.
    pub speaker: String,
    /// Only articles with this place in their dateline.
    pub place: String,
    /// Only articles of this newspaper, agency or site.
    pub outlet: String,
    /// `date` or `-date`; by relevance if empty.
    pub sort: String,
    /// `group` to fold the copies of a story.
    pub duplicates: String,
    /// After the passage with this id.
    pub after: String,
}

impl PageView {
    /// Name and value of everything that can be set.
    pub fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("q", &self.q),
            ("from", &self.from),
            ("to", &self.to),
            ("speaker", &self.speaker),
            ("place", &self.place),
            ("outlet", &self.outlet),
            ("sort", &self.sort),
            ("duplicates", &self.duplicates),
            ("after", &self.after),
        ]
    }

    /// The address of this view at `path`.
    pub fn address(&self, path: &str) -> String {
        address(path, &self.fields())
    }

    /// The view with one thing changed. Whatever changes, it begins with the first page again.
    pub fn with(&self, name: &str, value: &str) -> PageView {
        let mut view = PageView { after: String::new(), ..self.clone() };
        let field = match name {
            "q" => &mut view.q,
            "from" => &mut view.from,
            "to" => &mut view.to,
            "speaker" => &mut view.speaker,
            "place" => &mut view.place,
            "outlet" => &mut view.outlet,
            "sort" => &mut view.sort,
            "duplicates" => &mut view.duplicates,
            _ => &mut view.after,
        };
        value.clone_into(field);
        view
    }

    /// The filters that are set, with the words for them.
    pub fn filters(&self) -> Vec<(&'static str, &'static str, &str)> {
        let words = [("speaker", "said by"), ("place", "from"), ("outlet", "in"), ("from", "since"), ("to", "until")];
        let value = |name: &str| self.fields().iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
        words.into_iter().map(|(name, word)| (name, word, value(name))).filter(|(_, _, value)| !value.is_empty()).collect()
    }
}

/// `path` with `fields` after it, but for the empty ones.
fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let given: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).collect();
    if given.is_empty() {
        return path.to_owned();
    }
    let mut pairs = Serializer::new(String::new());
    for (name, value) in given {
        pairs.append_pair(name, value);
    }
    format!("{path}?{}", pairs.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_an_address_and_one_change_away_from_others() {
        let view = PageView { q: "\"long-term peace\" & more".into(), after: "a.1".into(), ..PageView::default() };
        assert_eq!(view.address("/"), "/?q=%22long-term+peace%22+%26+more&after=a.1");
        assert_eq!(view.with("place", "Novapol").address("/"), "/?q=%22long-term+peace%22+%26+more&place=Novapol");
        assert_eq!(PageView::default().address("/"), "/");
        assert_eq!(view.with("speaker", "Ada Quill").filters(), [("speaker", "said by", "Ada Quill")]);
    }
}
