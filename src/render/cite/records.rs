//! Citations as programs that keep references read them: BibTeX, RIS, CSL-JSON.

use super::{Citation, line};
use crate::day::MONTHS;
use crate::results::Facts;
use serde_json::{Map, Value, json};

/// Year, month and day of a date of publication, as far as they are known.
fn parts(published: Option<&str>) -> Vec<u16> {
    let day = published.and_then(|published| published.split('T').next()).unwrap_or_default();
    day.split('-').map_while(|part| part.parse().ok()).take(3).collect()
}

/// An entry. Words keep their letters, for every LaTeX of today reads UTF-8; what TeX would take for a command is written so that it prints.
pub(super) fn bibtex(citation: &Citation, link: Option<&str>) -> String {
    let Facts { headline, authors, outlet, published, url, language, .. } = &citation.facts;
    let day = parts(published.as_deref());
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut braced = |name: &'static str, value: Option<String>| fields.extend(value.map(|value| (name, format!("{{{value}}}"))));
    // A name in braces is not taken apart.
    let names: Vec<String> = authors.iter().map(|name| format!("{{{}}}", tex(name))).collect();
    braced("author", (!names.is_empty()).then(|| names.join(" and ")));
    braced("title", headline.as_deref().map(|headline| format!("{{{}}}", tex(headline))));
    braced("journal", outlet.as_deref().map(|outlet| format!("{{{}}}", tex(outlet))));
    braced("entrysubtype", outlet.is_some().then(|| "newspaper".to_owned()));
    braced("year", day.first().map(|year| format!("{year:04}")));
    braced("day", day.get(2).map(ToString::to_string));
    braced("url", url.as_deref().or(link).map(address));
    braced("langid", language.as_deref().map(tex));
    braced("annote", citation.said().as_deref().map(tex));
    braced("note", Some(tex(&note(citation, link.filter(|_| url.is_some())))));
    let month = day.get(1).and_then(|month| MONTHS.get(usize::from(*month).wrapping_sub(1)));
    // Every style knows `mar`, and writes it in its own way.
    fields.extend(month.map(|month| ("month", month[..3].to_lowercase())));
    let lines: Vec<String> = fields.into_iter().map(|(name, value)| format!("  {name} = {value},\n")).collect();
    let kind = if outlet.is_some() { "article" } else { "misc" };
    format!("@{kind}{{newshound-{},\n{}}}", citation.id, lines.concat())
}

/// Paragraph, file and line, and the link if it stands nowhere else.
fn note(citation: &Citation, link: Option<&str>) -> String {
    let parts = [citation.paragraph_in_words(), Some(citation.location()), link.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Words of which TeX takes none for a command.
fn tex(text: &str) -> String {
    let mut out = String::new();
    for c in line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // Braces have to come in pairs even where they print.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An address as the field for it takes it, which prints it as it stands.
fn address(url: &str) -> String {
    let mut out = String::new();
    for c in line(url).chars() {
        match c {
            '{' | '}' | '\\' | ' ' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A record; its lines end as the format wants it.
pub(super) fn ris(citation: &Citation, link: Option<&str>) -> String {
    let Facts { headline, authors, outlet, published, url, language, section, .. } = &citation.facts;
    let mut lines = vec![("TY", "NEWS".to_owned())];
    lines.extend(authors.iter().map(|name| ("AU", line(name))));
    let day = parts(published.as_deref());
    let part = |at: usize, width: usize| day.get(at).map_or(String::new(), |part| format!("{part:0width$}"));
    let facts = [
        ("TI", headline.as_deref().map(line)),
        ("T2", outlet.as_deref().map(line)),
        ("SE", section.as_deref().map(line)),
        ("PY", day.first().map(|year| format!("{year:04}"))),
        // Year, month, day, and nothing more that is known: the slashes stay.
        ("DA", day.first().map(|_| format!("{}/{}/{}/", part(0, 4), part(1, 2), part(2, 2)))),
        ("UR", url.as_deref().map(line)),
        ("UR", link.map(str::to_owned)),
        ("LA", language.as_deref().map(line)),
        ("AN", Some(citation.id.clone())),
        ("AV", Some(note(citation, None))),
        ("N1", citation.said()),
    ];
    lines.extend(facts.into_iter().filter_map(|(tag, value)| Some((tag, value?))));
    let lines: Vec<String> = lines.into_iter().map(|(tag, value)| format!("{tag}  - {value}\r\n")).collect();
    format!("{}ER  - ", lines.concat())
}

/// An object.
pub(super) fn csl(citation: &Citation, link: Option<&str>) -> String {
    let Facts { headline, authors, outlet, published, url, language, section, .. } = &citation.facts;
    let mut object = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(|text| Value::from(line(text)));
    put("id", Some(json!(citation.id)));
    put("type", Some(json!(if outlet.is_some() { "article-newspaper" } else { "article" })));
    let names: Vec<Value> = authors.iter().map(|name| json!({"literal": line(name)})).collect();
    put("author", (!names.is_empty()).then(|| Value::from(names)));
    put("title", text(headline));
    put("container-title", text(outlet));
    put("section", text(section));
    let day = parts(published.as_deref());
    put("issued", (!day.is_empty()).then(|| json!({"date-parts": [day]})));
    put("URL", text(url).or(link.map(Value::from)));
    put("language", text(language));
    put("archive_location", Some(json!(citation.location())));
    let said = [citation.said(), citation.paragraph_in_words(), link.filter(|_| url.is_some()).map(str::to_owned)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    put("note", (!said.is_empty()).then(|| json!(said.join("; "))));
    Value::from(object).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_printed_is_a_command_of_tex() {
        assert_eq!(tex("50 % of {R&D}\n\\input"), "50 \\% of \\textbraceleft{}R\\&D\\textbraceright{} \\textbackslash{}input");
        assert_eq!(address("https://a.example/{x}?p=50%25&q=_"), "https://a.example/%7Bx%7D?p=50%25&q=_");
    }

    #[test]
    fn a_day_is_as_precise_as_it_is_known() {
        assert_eq!(parts(Some("2025-03-14T09:26:00+01:00")), [2025, 3, 14]);
        assert_eq!(parts(Some("2025-03")), [2025, 3]);
        assert!(parts(None).is_empty());
    }
}
