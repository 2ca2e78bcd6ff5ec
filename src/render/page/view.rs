//! What a page shows: everything that stands in its address, so that it can be sent to somebody else.

/// What a page shows. Those that may have several values hold one on each line: any of them will do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageView {
    /// The query as typed.
    pub q: String,
    /// Only from this day, month or year on: `2025`, `2025-03`, `2025-03-14`.
    pub from: String,
    /// Only up to its end.
    pub to: String,
    /// Only passages in which one of these people or bodies speaks.
    pub speaker: String,
    /// On the page of a speaker: whom they are compared with.
    pub with: String,
    /// Only articles with one of these places in their dateline.
    pub place: String,
    /// Only articles of one of these newspapers, agencies or sites.
    pub outlet: String,
    /// `date` or `-date`; by relevance if empty.
    pub sort: String,
    /// `show` for each copy of a story by itself; folded if empty.
    pub duplicates: String,
    /// `lines` for each mention in the middle of a line, `quotations` for what is said; clippings if empty.
    pub show: String,
    /// `direct` for quotations without reported speech.
    pub speech: String,
    /// The number of the page, from 1; the first if empty.
    pub page: String,
}

/// What an answer is narrowed by, with the words for it.
const FILTERS: [(&str, &str); 5] =
    [("speaker", "said by"), ("place", "from"), ("outlet", "in"), ("from", "since"), ("to", "until")];

impl PageView {
    /// Name and value of everything that is set, what has several values once for each.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let fields = [
            ("q", &self.q),
            ("from", &self.from),
            ("to", &self.to),
            ("speaker", &self.speaker),
            ("with", &self.with),
            ("place", &self.place),
            ("outlet", &self.outlet),
            ("sort", &self.sort),
            ("duplicates", &self.duplicates),
            ("show", &self.show),
            ("speech", &self.speech),
            ("page", &self.page),
        ];
        fields.into_iter().flat_map(|(name, value)| split(name, value).map(move |value| (name, value))).collect()
    }

    /// The address of this view at `path`.
    pub fn address(&self, path: &str) -> String {
        super::address(path, &self.fields())
    }

    /// The view with one thing changed. Whatever changes, it begins with the first page again.
    pub fn with(&self, name: &str, value: &str) -> PageView {
        let mut view = PageView { page: String::new(), ..self.clone() };
        value.clone_into(view.field(name));
        view
    }

    /// The view that takes this value too.
    pub fn with_also(&self, name: &str, value: &str) -> PageView {
        let mut view = self.with("page", "");
        let field = view.field(name);
        if !field.is_empty() {
            field.push('\n');
        }
        field.push_str(value);
        view
    }

    /// The view without this value.
    pub fn without(&self, name: &str, value: &str) -> PageView {
        let mut view = self.with("page", "");
        let field = view.field(name);
        *field = field.lines().filter(|line| *line != value).collect::<Vec<_>>().join("\n");
        view
    }

    /// Whether an answer is narrowed by this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.filters().iter().any(|(known, _, chosen)| *known == name && chosen.eq_ignore_ascii_case(value))
    }

    fn field(&mut self, name: &str) -> &mut String {
        match name {
            "q" => &mut self.q,
            "from" => &mut self.from,
            "to" => &mut self.to,
            "speaker" => &mut self.speaker,
            "place" => &mut self.place,
            "outlet" => &mut self.outlet,
            "sort" => &mut self.sort,
            "duplicates" => &mut self.duplicates,
            "show" => &mut self.show,
            "speech" => &mut self.speech,
            _ => &mut self.page,
        }
    }

    /// The filters that are set, with the words for them.
    pub fn filters(&self) -> Vec<(&'static str, &'static str, &str)> {
        let set = self.fields();
        let of = |(name, words): (&'static str, &'static str)| {
            set.iter().filter(move |(known, _)| *known == name).map(move |(_, value)| (name, words, *value)).collect::<Vec<_>>()
        };
        FILTERS.into_iter().flat_map(of).collect()
    }
}

/// The values of a field; of one that has a single value, that.
fn split<'a>(name: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    let several = matches!(name, "speaker" | "place" | "outlet");
    value.split(move |c| several && c == '\n').filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_an_address_and_one_change_away_from_others() {
        let view = PageView { q: "\"long-term peace\" & more".into(), page: "3".into(), ..PageView::default() };
        assert_eq!(view.address("/"), "/?q=%22long-term+peace%22+%26+more&page=3");
        let one = view.with("place", "Novapol");
        assert_eq!(one.address("/"), "/?q=%22long-term+peace%22+%26+more&place=Novapol");
        assert_eq!(PageView::default().address("/"), "/");
        assert_eq!(view.with("speaker", "Ada Quill").filters(), [("speaker", "said by", "Ada Quill")]);
        let two = one.with_also("place", "Velden");
        assert_eq!(two.address("/"), "/?q=%22long-term+peace%22+%26+more&place=Novapol&place=Velden");
        assert_eq!(two.filters(), [("place", "from", "Novapol"), ("place", "from", "Velden")]);
        assert!(two.has("place", "VELDEN") && !two.has("outlet", "Velden"));
        assert_eq!(two.without("place", "Novapol").place, "Velden");
    }
}
