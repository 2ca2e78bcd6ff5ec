//! Words of Korean, Japanese and Chinese by what they do beside a quotation.
//!
//! These languages print no capitals, Japanese and Chinese no blanks: their words cannot be read as the English ones that do the same work.
//! Each has a file in `eastern/`, which whoever speaks it can check: lines of particles, pronouns, roles, bodies and verbs of saying.
//! docs/attribution.md ("Languages of East Asia") says what each line holds.

use super::{WordMap, WordSet};
use std::sync::LazyLock;

/// A language of East Asia.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eastern {
    /// Korean, in Hangul.
    Korean,
    /// Japanese.
    Japanese,
    /// Chinese.
    Chinese,
}

/// How many letters of a text tell its language.
const LETTERS: usize = 400;

impl Eastern {
    /// The language of a text by its letters: a tenth of Hangul or of kana tells Korean and Japanese, a third of other characters Chinese.
    pub fn of(text: &str) -> Option<Eastern> {
        let (mut hangul, mut kana, mut han, mut all) = (0, 0, 0, 0);
        for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS) {
            all += 1;
            match c {
                '가'..='힣' => hangul += 1,
                'ぁ'..='ヿ' => kana += 1,
                c if is_han(c) => han += 1,
                _ => {}
            }
        }
        match () {
            () if hangul * 3 > all => Some(Eastern::Korean),
            () if kana * 10 > all && (kana + han) * 3 > all => Some(Eastern::Japanese),
            () if han * 3 > all => Some(Eastern::Chinese),
            () => None,
        }
    }

    /// The words of one of the language's lines; none for a line it does not have.
    pub fn words(self, line: &str) -> &'static [&'static str] {
        self.lists().get(line).map_or(&[], |list| &list.words)
    }

    /// Whether a word stands in a line.
    pub fn has(self, line: &str, word: &str) -> bool {
        self.lists().get(line).is_some_and(|list| list.known.contains(word))
    }

    /// The length in bytes of the longest word of a line that `text` ends in.
    pub fn ending(self, line: &str, text: &str) -> Option<usize> {
        let list = self.lists().get(line)?;
        let first = text.len().saturating_sub(list.longest);
        let starts = (first..text.len()).filter(|start| text.is_char_boundary(*start));
        starts.map(|start| &text[start..]).find(|end| list.known.contains(end)).map(str::len)
    }

    fn lists(self) -> &'static WordMap<&'static str, List> {
        match self {
            Eastern::Korean => &KOREAN,
            Eastern::Japanese => &JAPANESE,
            Eastern::Chinese => &CHINESE,
        }
    }
}

/// Whether words of one of these languages describe somebody or call him by a role or honorific (`항만청 관계자`, `A씨`, `港の責任者`): so that two
/// articles may mean two people by them. A single character at the end tells it only where names do not end so.
pub fn is_eastern_description(words: &str) -> bool {
    let languages: &[Eastern] = match words.chars().next_back() {
        Some('가'..='힣') => &[Eastern::Korean],
        Some(c) if is_han(c) || matches!(c, 'ぁ'..='ヿ') => &[Eastern::Japanese, Eastern::Chinese],
        _ => return false,
    };
    let tells = |end: &str| end.chars().count() > 1 || matches!(end, "씨" | "측" | "氏") || end == words;
    let ends = |language: Eastern, line| language.ending(line, words).is_some_and(|length| tells(&words[words.len() - length..]));
    languages.iter().any(|language| ["ROLE", "UNNAMED"].into_iter().any(|line| ends(*language, line)))
}

/// Whether it is a character of Chinese origin.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '々' | '〇' | '\u{20000}'..='\u{2FFFF}')
}

struct List {
    words: Vec<&'static str>,
    known: WordSet<&'static str>,
    /// The length of the longest, in bytes.
    longest: usize,
}

static KOREAN: LazyLock<WordMap<&str, List>> = LazyLock::new(|| read(include_str!("eastern/ko.txt")));
static JAPANESE: LazyLock<WordMap<&str, List>> = LazyLock::new(|| read(include_str!("eastern/ja.txt")));
static CHINESE: LazyLock<WordMap<&str, List>> = LazyLock::new(|| read(include_str!("eastern/zh.txt")));

fn read(file: &'static str) -> WordMap<&'static str, List> {
    let lines = file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let list = |words: &'static str| {
        let words: Vec<&str> = words.split_whitespace().collect();
        List { known: words.iter().copied().collect(), longest: words.iter().map(|word| word.len()).max().unwrap_or(0), words }
    };
    lines.map(|(name, words)| (name, list(words))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::repeated;
    use super::*;

    #[test]
    fn a_language_is_told_by_its_letters() {
        assert_eq!(Eastern::of("시장은 석탄이 없다고 말했다."), Some(Eastern::Korean));
        assert_eq!(Eastern::of("村長は「石炭はもうありません」と述べた。"), Some(Eastern::Japanese));
        assert_eq!(Eastern::of("村长说：“煤已经没有了。”"), Some(Eastern::Chinese));
        assert_eq!(Eastern::of("The mayor (村长) said there was no coal."), None);
        assert_eq!(Eastern::of("«Угля нет», — сказала Климова."), None);
        assert_eq!(Eastern::of(""), None);
    }

    #[test]
    fn a_role_or_an_honorific_at_the_end_describes() {
        for words in ["항만청 관계자", "A씨", "김 의원", "港の責任者", "男", "港务局发言人", "村民"] {
            assert!(is_eastern_description(words), "{words}");
        }
        for name in ["한지호", "佐藤和夫", "トーレ・ハルデン", "李明远", "경찰", "気象庁", "Ann Lee", ""] {
            assert!(!is_eastern_description(name), "{name}");
        }
    }

    #[test]
    fn no_line_has_a_word_twice() {
        for file in [include_str!("eastern/ko.txt"), include_str!("eastern/ja.txt"), include_str!("eastern/zh.txt")] {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let (name, words) = line.split_once(": ").expect("a line without `: `");
                assert_eq!(repeated(words.split_whitespace()), [""; 0], "{name}");
            }
            assert_eq!(repeated(file.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name)), [""; 0]);
        }
    }
}
