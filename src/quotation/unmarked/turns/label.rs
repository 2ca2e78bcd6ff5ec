//! The label that opens a turn: `BRANDT, HARBOUR MASTER:`, `Q.`, `Frage:`.

use crate::article::Span;

/// Words that stand before questions.
const QUESTIONS: &[&str] = &[
    "question",
    "questioner",
    "interviewer",
    "moderator",
    "reporter",
    "journalist",
    "frage",
    "pregunta",
    "pergunta",
    "domanda",
    "vraag",
    "вопрос",
    "pytanie",
    "soru",
    "fråga",
    "spørsmål",
    "spørgsmål",
    "kysymys",
    "journaliste",
    "periodista",
];

/// Words that stand before answers.
const ANSWERS: &[&str] = &[
    "answer",
    "antwort",
    "respuesta",
    "resposta",
    "réponse",
    "risposta",
    "antwoord",
    "ответ",
    "odpowiedź",
    "cevap",
    "svar",
    "vastaus",
];

/// Letters that stand for questions and for answers.
const LETTERS: [(&str, &str); 4] = [("q", "ar"), ("p", "r"), ("f", "a"), ("в", "о")];

/// What a label tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// That somebody asks.
    Question,
    /// That somebody answers.
    Answer,
    /// Who speaks.
    Name,
}

/// What stands before the colon that opens a paragraph.
#[derive(Debug, Clone)]
pub struct Label {
    /// The name, without a role behind a comma.
    pub name: Span,
    /// What stands behind it.
    pub speech: Span,
    /// What it tells.
    pub means: Means,
    /// The name in small letters, for comparing.
    pub key: String,
    /// A full name and what its bearer is, both in capitals: `LENA BRANDT, HARBOUR MASTER:`.
    pub titled: bool,
}

/// The longest label in bytes.
const LONGEST: usize = 90;

impl Label {
    /// The label of a paragraph.
    pub fn new(text: &str, span: Span) -> Option<Label> {
        let line = span.of(text);
        let (stop, behind) = colon(line).or_else(|| letter(line))?;
        let speech = line[behind..].trim_start();
        // "10:30" and "http://" are no labels, nor is a line that ends in its colon.
        let begins = speech.starts_with(|c: char| c.is_alphabetic() || "¿¡«„“”\"‘'…([—–".contains(c));
        let parted = line[behind..].starts_with(char::is_whitespace) || line[..behind].ends_with('：');
        let label = line[..stop].trim_end();
        let name = label.split([',', '(']).next()?.trim_end();
        let key = name.to_lowercase();
        let means = means(&key).or_else(|| (line[stop..].starts_with([':', '：']) && is_name(name)).then_some(Means::Name))?;
        let titled = label.contains(',') && name.contains(' ') && !label.contains(char::is_lowercase);
        let speech = Span::new(span.end as usize - speech.len(), span.end as usize);
        let name = Span::new(span.start as usize, span.start as usize + name.len());
        (begins && parted && label.split_whitespace().count() <= 10).then_some(Label { name, speech, means, key, titled })
    }
}

/// Where the first colon of a line stands and ends, if it stands early.
fn colon(line: &str) -> Option<(usize, usize)> {
    let begins = |longest: usize| &line.as_bytes()[..line.len().min(longest)];
    if let Some(at) = memchr::memchr(b':', begins(LONGEST)) {
        return Some((at, at + 1));
    }
    // The wide one of eastern scripts is not where its first byte is not.
    memchr::memchr(0xEF, begins(LONGEST / 3 * 4))?;
    line.char_indices().take(LONGEST / 3).find(|(_, c)| *c == '：').map(|(at, c)| (at, at + c.len_utf8()))
}

/// `Q. Is there coal?`: a letter and a full stop.
fn letter(line: &str) -> Option<(usize, usize)> {
    let letter = line.chars().next()?;
    let stop = letter.len_utf8();
    (line[stop..].starts_with(". ") && means(&letter.to_lowercase().collect::<String>()).is_some()).then_some((stop, stop + 1))
}

fn means(key: &str) -> Option<Means> {
    let single = key.chars().nth(1).is_none() && !key.is_empty();
    if QUESTIONS.contains(&key) || single && LETTERS.iter().any(|(question, _)| *question == key) {
        Some(Means::Question)
    } else if ANSWERS.contains(&key) || single && LETTERS.iter().any(|(_, answers)| answers.contains(key)) {
        Some(Means::Answer)
    } else {
        None
    }
}

/// Up to five words with capitals, small particles between them.
fn is_name(name: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let named = |word: &str| capital(word) || word.len() <= 4 && word.chars().all(char::is_alphabetic);
    let plain = !name.contains(|c: char| c.is_ascii_digit() || "\"“”«»/@#*|!?".contains(c));
    let count = name.split_whitespace().count();
    let ends = [name.split_whitespace().next(), name.split_whitespace().next_back()];
    (1..=5).contains(&count) && ends.into_iter().flatten().all(capital) && name.split_whitespace().all(named) && plain
}
