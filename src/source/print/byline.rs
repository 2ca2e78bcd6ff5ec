//! Reads who wrote a story from what is printed: `By Ada Quill and Tom Brass, Staff Writers`.
//!
//! Takes a line or an author field and gives names alone, without `By`, titles, agencies or addresses. Who is quoted in the
//! story is found in another place.

mod line;

pub(crate) use line::{is_bare, is_of_names, is_outlet, is_unnamed, line};

/// Words that open a byline, in the languages seen.
const OPENERS: &[&str] = &[
    "written by",
    "story by",
    "words by",
    "reported by",
    "posted by",
    "by",
    "von",
    "par",
    "por",
    "da",
    "di",
    "de",
    "door",
    "av",
    "af",
    "text",
    "texte",
    "texto",
    "foto",
    "автор",
    "текст",
    "كتب",
    "كتبت",
    "بقلم",
    "نویسنده",
    "מאת",
    "记者",
    "記者",
    "作者",
];

/// The names in an author field, however they are joined.
pub(crate) fn names(field: &str) -> Vec<String> {
    let mut names = Vec::new();
    let field = field.split(" | ").next().unwrap_or(field);
    // `['Ada Quill', 'Tom Brass']`, as Python prints a list.
    let list = field.trim().strip_prefix('[').and_then(|list| list.strip_suffix(']'));
    let field = list.filter(|list| list.starts_with(['\'', '"'])).unwrap_or(field);
    if field.contains("://") {
        return names;
    }
    // The lines below a name and what the person is say more of it (`Ada Quill, Contributor`, and below: `Founder, Vexia Notes`).
    let first = field.trim().lines().next().unwrap_or_default();
    let field = if first.rsplit(',').next().is_some_and(|last| is_suffix(last.trim())) { first } else { field };
    let field = after_address(field).unwrap_or(field);
    let field = without_addresses(&without_brackets(field));
    let field = turned(without_title(strip_opener(field.trim())));
    let mixed = |name: &str| name.contains(char::is_lowercase);
    let parts = split_names(&field);
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter().enumerate() {
        let name = part.trim_matches(|c: char| c.is_whitespace() || ",;:-–—|/\"“”*'".contains(c));
        let name = before_outlet(strip_opener(name));
        // `Peter Amsel, DER BLICK`: beside a name in small letters, capitals at the end are the outlet. `Ada Quill, Sr` is one person.
        let is_outlet = at == last && at > 0 && mixed(&parts[0]) && !mixed(name) && name.contains(char::is_uppercase);
        if is_outlet || is_suffix(name) {
            continue;
        }
        if is_name(name) && !names.iter().any(|known| known == name) {
            names.push(in_title_case(name));
        }
    }
    names
}

/// `ADA QUILL Vexia Press`: a name in capitals goes no further than they do.
fn before_outlet(name: &str) -> &str {
    let shouts = |word: &str| word.len() > 1 && word.contains(char::is_uppercase) && !word.contains(char::is_lowercase);
    let mut words = name.split(' ');
    let capitals = words.by_ref().take_while(|word| shouts(word)).map(|word| word.len() + 1).collect::<Vec<usize>>();
    let last = name.rsplit(' ').next().unwrap_or_default();
    let is_mixed = last.starts_with(char::is_uppercase) && last.contains(char::is_lowercase);
    if capitals.len() >= 2 && is_mixed { name[..capitals.iter().sum::<usize>()].trim_end() } else { name }
}

/// What stands behind a name and is none: `Sr`, `MD`, `Contributor`.
fn is_suffix(name: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "sr",
        "jr",
        "snr",
        "jnr",
        "ii",
        "iii",
        "iv",
        "md",
        "m.d",
        "phd",
        "ph.d",
        "esq",
        "mba",
        "rn",
        "cpa",
        "contributor",
        "contributing writer",
        "staff writer",
        "guest writer",
        "correspondent",
    ];
    let plain = name.trim_end_matches('.').to_ascii_lowercase();
    SUFFIXES.contains(&plain.as_str())
}

fn strip_opener(name: &str) -> &str {
    for opener in OPENERS {
        if let Some(rest) = strip_prefix_ignoring_case(name, opener)
            && rest.starts_with([' ', ':', '\u{a0}'])
        {
            // `de la Cruz`, `Da Silva` and `von der Leyen` are names: a particle opens a byline only in small letters before a capital.
            let rest = rest.trim_start_matches([' ', ':', '\u{a0}']);
            let by = matches!(*opener, "da" | "di" | "de" | "von" | "av" | "af" | "door");
            if !by
                || (rest.starts_with(char::is_uppercase)
                    && rest.contains(' ')
                    && (name.starts_with(char::is_lowercase) || *opener == "von"))
            {
                return rest;
            }
        }
    }
    name
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn without_brackets(field: &str) -> String {
    let mut depth = 0;
    let keep = |c: &char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth <= 0
    };
    field.chars().filter(keep).collect()
}

/// `desk@vexia.example (Ada Quill)`, as feeds are asked to name people.
fn after_address(field: &str) -> Option<&str> {
    let (address, name) = field.trim().split_once(" (")?;
    let name = name.strip_suffix(')')?;
    (address.contains('@') && !address.contains(' ')).then_some(name)
}

/// Without mail addresses and handles, and the word that announces one.
fn without_addresses(field: &str) -> String {
    if !field.contains('@') {
        return field.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    for word in field.split_inclusive([' ', ',', ';', '|']) {
        if !word.contains('@') {
            kept.push(word);
        } else if kept.last().is_some_and(|word| word.trim_end().ends_with(':')) {
            kept.pop();
        }
    }
    kept.concat()
}

/// `홍길동 기자`: Korean says what somebody is after the name.
fn without_title(name: &str) -> &str {
    let titles = [" 기자", " 특파원", " 논설위원", " 记者", " 記者"];
    titles.iter().find_map(|title| name.trim_end().strip_suffix(title)).unwrap_or(name)
}

/// Splits at `,`, `;`, `/`, `&` and the word for "and".
fn split_names(field: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in field.split_inclusive([' ', ',', ';', '/', '&', '\n', '·', '|']) {
        let bare = word.trim_end_matches([' ', ',', ';', '/', '&', '\n', '·', '|']);
        let is_and = matches!(bare, "and" | "und" | "et" | "y" | "e" | "og" | "och" | "en" | "AND" | "And" | "with");
        if is_and && word.ends_with(' ') {
            parts.push(String::new());
            continue;
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(bare);
            last.push(' ');
        }
        if word.ends_with([',', ';', '/', '&', '\n', '·', '|']) {
            parts.push(String::new());
        }
    }
    parts
}

/// Titles and outlets that stand where a name could.
const NOT_NAMES: &[&str] = &[
    "staff",
    "writer",
    "reporter",
    "correspondent",
    "editor",
    "reuters",
    "reuter",
    "columnist",
    "bureau",
    "chief",
    "contributor",
    "redaktion",
    "desk",
    "newsroom",
    "special",
    "agency",
    "none",
    "null",
    "unknown",
    "admin",
    "jr",
    "jr.",
    "md",
    "phd",
    "ap",
    "afp",
    "merkezi",
    "новости",
    "тасс",
    "редакция",
    "redakcja",
    "redakce",
];

fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let lower = name.to_lowercase();
    let address = lower.contains("http") || lower.contains("www.") || name.contains('@') || lower.contains(".com/");
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let title = lower.split(' ').any(|word| NOT_NAMES.contains(&word));
    letters >= 2 && digits == 0 && !address && !title && name.split(' ').count() <= 6 && name.len() <= 80
}

/// `JOHN QUILL` becomes `John Quill`; anything else stays.
fn in_title_case(name: &str) -> String {
    let shouted = name.split(' ').count() >= 2
        && name.len() > 6
        && !name.chars().any(char::is_lowercase)
        && name.chars().any(char::is_uppercase);
    if !shouted {
        return name.to_string();
    }
    let mut start = true;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if start {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        start = matches!(c, ' ' | '-' | '\'' | '.');
    }
    out
}

/// `Ada`, `Ada M.`
fn is_first(name: &str) -> bool {
    let mut words = name.split(' ').skip(1);
    words.next().is_none_or(|word| word.trim_end_matches('.').chars().count() == 1) && words.next().is_none()
}

/// `Quill, Ada` and `Quill, Ada; Brass, Tom`, as catalogues write them, turned round.
fn turned(field: &str) -> String {
    let each = field.split(';').map(|name| match name.trim().split_once(", ") {
        Some((last, first)) if !last.contains(' ') && is_first(first) && is_name(first) && is_name(last) => {
            format!("{first} {last}")
        }
        _ => name.trim().to_string(),
    });
    each.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &str, expected: &[&str]) {
        assert_eq!(names(field), expected, "{field}");
    }

    #[test]
    fn names_without_what_surrounds_them() {
        check("    by Ada Quill, Reuters", &["Ada Quill"]);
        check("By ADA QUILL and TOM BRASS", &["Ada Quill", "Tom Brass"]);
        check("Ada Quill; Tom Brass", &["Ada Quill", "Tom Brass"]);
        check("Ada Quill, Tom Brass & Mia Penn", &["Ada Quill", "Tom Brass", "Mia Penn"]);
        check("Von Ada Quill und Tom Brass", &["Ada Quill", "Tom Brass"]);
        check("Ada Quill (Vexia City)", &["Ada Quill"]);
        check("https://vexia.example/ada", &[]);
        check("desk@vexia.example (Ada Quill)", &["Ada Quill"]);
        check("Ursula von der Wiese", &["Ursula von der Wiese"]);
        check("肖春芳", &["肖春芳"]);
        check("None", &[]);
        check("Quill, Ada; Brass, Tom", &["Ada Quill", "Tom Brass"]);
        check("['Ada Quill', \"Tom Brass\"]", &["Ada Quill", "Tom Brass"]);
    }

    #[test]
    fn bylines_of_other_papers() {
        let check = |text: &str, expected: &[&str]| assert_eq!(line(text).unwrap_or_default(), expected, "{text}");
        check("Von unserer Redakteurin Petra Lindqvist", &["Petra Lindqvist"]);
        check("By our correspondent Ada Quill", &["Ada Quill"]);
        check("كتب: سامي حداد", &["سامي حداد"]);
        check("Ada Quill, Vexia Post", &["Ada Quill"]);
        check("ADA QUILL | Staff Writer", &["Ada Quill"]);
        check("Ada Quill and Tom Brass, Special to the Post", &["Ada Quill", "Tom Brass"]);
        check("Story by Ada Quill", &["Ada Quill"]);
        check("By ADA QUILL Vexia Press", &["Ada Quill"]);
        check("Von Ada Quill, Novapol", &["Ada Quill"]);
        check("Vexia Post, Daily News", &[]);
        check("Orlec, Tarsk, Daily News", &[]);
        check("Автор: Лена Брандт", &["Лена Брандт"]);
        check("Petra Lindqvist, plindqvist@vexia.example", &["Petra Lindqvist"]);
        check("Petra Lindqvist @plind", &["Petra Lindqvist"]);
        check("By Petra Lindqvist plindqvist@vexia.example", &["Petra Lindqvist"]);
        check("Text: Ada Quill", &["Ada Quill"]);
        check("Author: what he wrote", &[]);
        check("Reporter: Okay", &[]);
        check("Автор: РИА Новости", &[]);
        check("Email Us info@vexia.example", &[]);
        check("Write to us @ the desk", &[]);
        check("Ask Ada Quill at a.quill@vexia.example or call", &[]);
        assert_eq!(names("홍길동 기자"), ["홍길동"]);
        assert_eq!(names("كتب: سامي حداد"), ["سامي حداد"]);
        assert_eq!(names("Peter Amsel, DER BLICK"), ["Peter Amsel"]);
        assert_eq!(names("Petra Lindqvist, Sr, Vexia Post"), ["Petra Lindqvist", "Vexia Post"]);
        assert!(
            is_unnamed("By Our Staff Reporter") && is_unnamed("Von unserem Korrespondenten") && is_unnamed("By A Correspondent")
        );
        assert!(!is_unnamed("By our count it rained") && !is_unnamed("By Ada Quill") && !is_unnamed("From our town"));
    }

    #[test]
    fn a_sentence_is_no_byline() {
        assert_eq!(line("By Ada Quill"), Some(vec!["Ada Quill".to_string()]));
        assert_eq!(line("BY ADA QUILL, Staff Writer"), Some(vec!["Ada Quill".to_string()]));
        assert_eq!(line("By the end of the week the talks had failed"), None);
        assert_eq!(line("Ada Quill met Tom Brass"), None);
        assert_eq!(line("Par Ada Quill et Tom Brass"), Some(vec!["Ada Quill".to_string(), "Tom Brass".to_string()]));
        assert_eq!(line("Por Ada Quill"), Some(vec!["Ada Quill".to_string()]));
        assert_eq!(line("Par temps de pluie, la ville dort"), None);
    }
}
