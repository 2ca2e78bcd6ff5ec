//! Function words and verbs of saying of other languages, each as the English word that does the same work.
//!
//! Attribution learns most from English articles. Reading "sagte" as "said" and "der" as "the" lets what it learned hold for German
//! too; names, places and everything else stay as printed. Each language is a file in `languages/`, which whoever speaks it can check:
//! a line of its commonest words, by which it is told, then a line for each English word. docs/attribution.md says how to add one.

use super::endings::Endings;
use super::{Grammar, WordMap, hash};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A language whose function words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, and texts too short to tell.
    English,
    /// Czech.
    Czech,
    /// Danish.
    Danish,
    /// Finnish.
    Finnish,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Icelandic.
    Icelandic,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Norwegian.
    Norwegian,
    /// Polish.
    Polish,
    /// Portuguese.
    Portuguese,
    /// Russian.
    Russian,
    /// Swedish.
    Swedish,
    /// Turkish.
    Turkish,
    /// A language whose words are not known: quotations are found, speakers are not.
    Other,
}

/// The file of each language, with its ISO 639-1 code.
const FILES: [(Language, &str, &str); 15] = [
    (Language::German, "de", include_str!("languages/de.txt")),
    (Language::French, "fr", include_str!("languages/fr.txt")),
    (Language::Spanish, "es", include_str!("languages/es.txt")),
    (Language::Italian, "it", include_str!("languages/it.txt")),
    (Language::Russian, "ru", include_str!("languages/ru.txt")),
    (Language::Turkish, "tr", include_str!("languages/tr.txt")),
    (Language::Portuguese, "pt", include_str!("languages/pt.txt")),
    (Language::Dutch, "nl", include_str!("languages/nl.txt")),
    (Language::Polish, "pl", include_str!("languages/pl.txt")),
    (Language::Swedish, "sv", include_str!("languages/sv.txt")),
    (Language::Norwegian, "no", include_str!("languages/no.txt")),
    (Language::Danish, "da", include_str!("languages/da.txt")),
    (Language::Finnish, "fi", include_str!("languages/fi.txt")),
    (Language::Icelandic, "is", include_str!("languages/is.txt")),
    (Language::Czech, "cs", include_str!("languages/cs.txt")),
];

/// English words that tell English.
const ENGLISH: [&str; 11] = ["the", "of", "and", "to", "is", "was", "for", "that", "with", "he", "said"];

/// The lines of a language's file: an English word, and the words that do its work; or, in capitals, what the language is like.
fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

/// Each language with the lines of its file.
pub(super) fn files() -> impl Iterator<Item = (Language, impl Iterator<Item = (&'static str, &'static str)>)> {
    FILES.iter().map(|(language, _, file)| (*language, lines(file)))
}

/// The lines that translate.
fn counterparts(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(file).filter(|(name, _)| *name != "common" && !name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// For each language the words that tell it: each is common in its own and rare in most others.
static COMMON: LazyLock<Vec<(Language, Vec<&'static str>)>> = LazyLock::new(|| {
    let of =
        |file| lines(file).find(|(name, _)| *name == "common").map_or_else(Vec::new, |(_, words)| words.split(' ').collect());
    let known = FILES.iter().map(|(language, _, file)| (*language, of(file)));
    std::iter::once((Language::English, ENGLISH.to_vec())).chain(known).collect()
});

/// Each of these words with the numbers in [`COMMON`] of the languages that it tells.
struct Told {
    words: WordMap<&'static str, Vec<u8>>,
    /// For each first byte a bit for every length, up to 15: most words of a text are told not to be there.
    lengths: [u16; 256],
}

static TOLD: LazyLock<Told> = LazyLock::new(|| {
    let mut told = Told { words: WordMap::default(), lengths: [0; 256] };
    for (number, (_, words)) in (0..).zip(COMMON.iter()) {
        for word in words {
            told.words.entry(word).or_default().push(number);
            told.lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len().min(15);
        }
    }
    told
});

impl Told {
    fn by(&self, word: &str) -> &[u8] {
        let lengths = self.lengths[usize::from(word.as_bytes()[0])];
        let known = if lengths >> word.len().min(15) & 1 == 1 { self.words.get(word) } else { None };
        known.map_or(&[], Vec::as_slice)
    }
}

/// The stretches of letters and digits of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let (bytes, mut at) = (text.as_bytes(), 0);
    let foreign = |at: usize| bytes.get(at).is_some_and(|b| !b.is_ascii()).then(|| text[at..].chars().next()).flatten();
    std::iter::from_fn(move || {
        loop {
            at += bytes[at..].iter().position(|b| b.is_ascii_alphanumeric() || !b.is_ascii())?;
            let Some(c) = foreign(at).filter(|c| !c.is_alphanumeric()) else { break };
            at += c.len_utf8();
        }
        let start = at;
        loop {
            at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let Some(c) = foreign(at).filter(|c| c.is_alphanumeric()) else { return Some(&text[start..at]) };
            at += c.len_utf8();
        }
    })
}

impl Language {
    /// The language of an ISO 639-1 code.
    pub fn from_code(code: &str) -> Language {
        match code.get(..2).unwrap_or_default() {
            "en" | "" => Language::English,
            "nb" | "nn" => Language::Norwegian,
            code => FILES.iter().find(|(_, known, _)| *known == code).map_or(Language::Other, |(language, _, _)| *language),
        }
    }

    /// The language whose commonest words are commonest at the beginning of a text; English when a short text tells none.
    pub fn from_text(text: &str) -> Language {
        if is_eastern(text) {
            return Language::Other;
        }
        let mut counts = vec![0u32; COMMON.len()];
        let told = &*TOLD;
        let mut count = 0;
        for word in words(text).take(400) {
            count += 1;
            if count % 50 == 0 && counts[0] * 8 >= count {
                return Language::English;
            }
            told.by(word).iter().for_each(|k| counts[usize::from(*k)] += 1);
        }
        let best = (0..COMMON.len()).max_by_key(|k| (counts[*k], COMMON.len() - k)).unwrap_or(0);
        // Turkish has few small words, for its endings do their work: fewer will do beside a letter of the language, and where no other has half as many.
        let alone = || (0..COMMON.len()).all(|k| k == best || counts[best] >= 2 * counts[k]) && has_letters(COMMON[best].0, text);
        let fewer = || counts[best] >= 6 && counts[best] * 25 >= count && alone();
        match (counts[best] >= 3 && (counts[best] * 16 >= count || fewer()), count) {
            (true, _) => COMMON[best].0,
            (false, 60..) if counts[0] * 50 < count => Language::Other,
            (false, ..60) => short(text),
            _ => Language::English,
        }
    }
}

/// Whether most letters at the beginning of a text are of scripts of Asia, none of which a known language is written in. Such a text
/// may be long and have few blanks.
fn is_eastern(text: &str) -> bool {
    // Half of the letters that count, and none of Asia: as most texts begin.
    if text.bytes().take(100).take_while(u8::is_ascii).filter(u8::is_ascii_alphabetic).count() >= 50 {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(100);
    let is_of_asia = |c: char| ('\u{0900}'..'\u{1E00}').contains(&c) || c >= '\u{2E80}';
    let (eastern, all) = letters.fold((0, 0), |(eastern, all), c| (eastern + usize::from(is_of_asia(c)), all + 1));
    eastern * 2 > all
}

/// Classes of words that tell no language.
const NAMES: super::Class = super::MAN | super::WOMAN | super::PLACE | super::NATION | super::PARTICLE;

/// Whether the beginning of a text has a letter that tells this language.
fn has_letters(language: Language, text: &str) -> bool {
    let grammar = Grammar::of(language);
    text.chars().take(400).any(|c| grammar.has_letter(c))
}

/// The language of a sentence or two: the one that knows most of its words.
fn short(text: &str) -> Language {
    let words: Vec<u32> = words(text).take(60).map(hash).collect();
    let knows = |language: Language| {
        words.iter().filter(|word| english(language, **word).is_some()).count() + if has_letters(language, text) { 2 } else { 0 }
    };
    let plain = words.iter().filter(|word| super::classes(**word) & !NAMES != 0).count();
    let best = FILES.iter().map(|(language, _, _)| (knows(*language), *language)).max_by_key(|(count, _)| *count);
    best.filter(|(count, _)| *count > plain && *count >= 2).map_or(Language::English, |(_, language)| language)
}

/// The English word that does the work of a foreign one, both by hash.
pub fn english(language: Language, word: u32) -> Option<u32> {
    COUNTERPARTS.get(&(language, word)).copied()
}

/// The English word for a person or body of a language that inflects its nouns, by what their forms share ([`Grammar::stem`]).
pub fn stemmed(language: Language, stem: u32) -> Option<u32> {
    STEMS.get(&(language, stem)).copied()
}

static STEMS: LazyLock<WordMap<(Language, u32), u32>> = LazyLock::new(|| {
    const NOUNS: super::Class =
        super::ROLE | super::TITLE | super::SOURCE | super::ORGANISATION | super::SPOKEN | super::CALENDAR;
    let mut table = WordMap::default();
    for (language, _, file) in FILES {
        let grammar = Grammar::of(language);
        let nouns =
            |english: &&str| super::classes(hash(english)) & NOUNS != 0 && super::classes(hash(english)) & super::SAY == 0;
        for (english, words) in counterparts(file).filter(|(english, _)| grammar.inflects() && nouns(english)) {
            words.split_whitespace().for_each(|word| {
                table.entry((language, hash(grammar.stem(word)))).or_insert_with(|| hash(english));
            });
        }
    }
    table
});

/// Classes that a language's file gives a word by lines of their own (`FEMININE`, `ROLE` ...).
pub fn given(language: Language, word: u32) -> super::Class {
    GIVEN.get(&(language, word)).copied().unwrap_or(0)
}

/// The English word that does the work of a foreign one by how it ends (`*sprecher`): a compound is what its last part is. The word is given
/// in small letters; the longest ending counts.
pub fn english_by_ending(language: Language, word: &str) -> Option<u32> {
    ENDINGS.get(&language)?.all(word).last().map(|(_, english)| english)
}

/// What a language's file has with a `*` before it.
static ENDINGS: LazyLock<HashMap<Language, Endings<u32>>> = LazyLock::new(|| {
    let mut all: HashMap<Language, Endings<u32>> = HashMap::new();
    for (language, _, file) in FILES {
        for (english, words) in counterparts(file) {
            for ending in words.split_whitespace().filter_map(|word| word.strip_prefix('*')) {
                all.entry(language).or_default().add(ending, hash(english));
            }
        }
    }
    all
});

static COUNTERPARTS: LazyLock<WordMap<(Language, u32), u32>> = LazyLock::new(|| {
    let mut table = WordMap::default();
    for (language, _, file) in FILES {
        for (english, words) in counterparts(file) {
            words.split_whitespace().filter(|word| !word.starts_with('*')).for_each(|word| {
                table.entry((language, hash(word))).or_insert_with(|| hash(english));
            });
        }
    }
    table
});

static GIVEN: LazyLock<WordMap<(Language, u32), super::Class>> = LazyLock::new(|| {
    let mut table = WordMap::default();
    for (language, _, file) in FILES {
        for (name, class) in CLASSES {
            let words = lines(file).filter(|(line, _)| *line == name).flat_map(|(_, words)| words.split_whitespace());
            words.for_each(|word| *table.entry((language, hash(word))).or_insert(0) |= class);
        }
    }
    table
});

/// Lines that give their words a class, beside the English word they may be.
const CLASSES: [(&str, super::Class); 6] = [
    ("FEMININE", super::FEMININE),
    ("MASCULINE", super::MASCULINE),
    ("ROLE", super::ROLE),
    ("SOURCE", super::SOURCE),
    ("ORGANISATION", super::ORGANISATION),
    ("CALENDAR", super::CALENDAR),
];

#[cfg(test)]
mod tests {
    use super::super::tests::repeated;
    use super::*;

    #[test]
    fn words_are_stretches_of_letters_and_digits() {
        for text in [
            "",
            "a",
            "—",
            "No coal, said Ærø’s mayor: 12 tons — 石炭は no.",
            "«Угля нет»",
            "\u{301}x\u{301}y ",
            "é",
            "a\u{a0}b…c",
        ] {
            let split: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            assert_eq!(words(text).collect::<Vec<_>>(), split, "{text}");
        }
    }

    #[test]
    fn no_foreign_word_does_the_work_of_two_english_ones() {
        for (language, _, file) in FILES {
            let all = || counterparts(file).flat_map(|(_, words)| words.split_whitespace());
            assert_eq!(repeated(all()), [""; 0], "{language:?}: only the first list that has a word counts");
            assert_eq!(
                repeated(counterparts(file).map(|(english, _)| english)),
                [""; 0],
                "{language:?}: one line for an English word"
            );
            let other = lines(file).map(|(name, _)| name).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
            assert_eq!(repeated(other), [""; 0], "{language:?}: one line for a class or a set of endings");
            let common = lines(file).find(|(name, _)| *name == "common").expect("a line of common words");
            assert_eq!(repeated(common.1.split(' ')), [""; 0], "{language:?}");
            let taken: Vec<&str> = file.lines().filter(|line| !line.starts_with('#') && !line.contains(": ")).collect();
            assert_eq!(taken, [""; 0], "{language:?}: a line without `: `");
        }
    }

    #[test]
    fn a_language_is_told_by_its_commonest_words() {
        assert_eq!(
            Language::from_text("The minister said that he was content with the work of the committee."),
            Language::English
        );
        assert_eq!(
            Language::from_text("Der Minister sagte, er sei mit der Arbeit und dem Ergebnis nicht zufrieden."),
            Language::German
        );
        assert_eq!(Language::from_text("Le ministre est dans la salle et les députés sont pour une loi."), Language::French);
        let polish = "Minister powiedział w piątek, że rząd nie zgodzi się na nowe warunki umowy i wróci do rozmów po wyborach. ";
        assert_eq!(Language::from_text(&polish.repeat(5)), Language::Polish);
        let finnish = "Ministeri kertoi perjantaina, ettei hallitus hyväksy sopimuksen uusia ehtoja vaan palaa neuvotteluihin. ";
        assert_eq!(Language::from_text(&finnish.repeat(8)), Language::Finnish);
        let hungarian =
            "Miniszterünk pénteken közölte, hogy kormányunk elutasítja szerződésünk új feltételeit, majd visszatér tárgyalni. ";
        assert_eq!(Language::from_text(&hungarian.repeat(8)), Language::Other);
        let turkish = "Belediye Başkanı Kaya, köprünün yıkılacağını söyledi. Kaya, toplantıdan sonra yaptığı açıklamada, \
                       \"Köprü eskidi, yenisini yapacağız\" dedi. Başkan için bu bir ilk değil. ";
        assert_eq!(Language::from_text(&turkish.repeat(5)), Language::Turkish);
        let spanish = "La entrega de las ayudas en Villanueva, que el alcalde de la ciudad prometió en enero, empezó por la mañana con retraso. ";
        assert_eq!(Language::from_text(&spanish.repeat(5)), Language::Spanish);
        assert_eq!(Language::from_text("„Es ist richtig zu handeln“, sagte Anna Lee."), Language::German);
        assert_eq!(Language::from_text("«Угля нет», — цитирует РНК Климова."), Language::Russian);
        assert_eq!(Language::from_text("„Nie ma już węgla”, powiedział Jan Zieliński."), Language::Polish);
        assert_eq!(Language::from_text("\"Não há carvão\", disse João Lira."), Language::Portuguese);
        assert_eq!(Language::from_text("\"No hay carbón\", señaló Pedro Olmos."), Language::Spanish);
        assert_eq!(Language::from_text("« Il n'y a plus de charbon », a déclaré Anne Vidal."), Language::French);
        assert_eq!(Language::from_text("«Non c'è carbone», ha detto Paolo Verdi."), Language::Italian);
        assert_eq!(Language::from_text("\"It is right to act\", said Anna Lee."), Language::English);
        assert_eq!(Language::from_text("村長は「石炭はもうありません」と述べた。"), Language::Other);
        assert_eq!(Language::from_text("Министр не был на заседании и не ответил на вопросы."), Language::Russian);
    }
}
