//! Function words and verbs of saying of other languages, each as the English word that does the same work.
//!
//! Attribution learns from English articles. Reading "sagte" as "said" and "der" as "the" lets what it learned hold for German too;
//! names, places and everything else stay as printed.

use super::hash;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A language whose function words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, and texts too short to tell.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Russian.
    Russian,
    /// Turkish.
    Turkish,
    /// A language whose words are not known: quotations are found, speakers are not.
    Other,
}

impl Language {
    /// The language of an ISO 639-1 code.
    pub fn from_code(code: &str) -> Language {
        match code.get(..2).unwrap_or_default() {
            "de" => Language::German,
            "fr" => Language::French,
            "es" => Language::Spanish,
            "it" => Language::Italian,
            "ru" => Language::Russian,
            "tr" => Language::Turkish,
            "en" | "" => Language::English,
            _ => Language::Other,
        }
    }

    /// The language whose commonest words are commonest at the beginning of a text; English when a short text tells none.
    pub fn from_text(text: &str) -> Language {
        let mut counts = [0u32; COMMON.len()];
        let mut words = 0;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(400) {
            words += 1;
            if words % 50 == 0 && counts[0] * 8 >= words {
                return Language::English;
            }
            let common = COMMON.iter().enumerate().filter(|(_, (_, list))| list.contains(&word));
            common.for_each(|(k, _)| counts[k] += 1);
        }
        let best = (0..COMMON.len()).max_by_key(|k| (counts[*k], COMMON.len() - k)).unwrap_or(0);
        match (counts[best] >= 3 && counts[best] * 16 >= words, words) {
            (true, _) => COMMON[best].0,
            (false, 60..) if counts[0] * 50 < words => Language::Other,
            _ => Language::English,
        }
    }
}

/// Words that tell a language: each is common in its own and rare in the others.
const COMMON: [(Language, &[&str]); 7] = [
    (Language::English, &["the", "of", "and", "to", "is", "was", "for", "that", "with", "he", "said"]),
    (Language::German, &["der", "die", "das", "und", "ist", "nicht", "mit", "dem", "den", "sich", "ein", "eine"]),
    (Language::French, &["le", "les", "des", "et", "est", "une", "dans", "pour", "du", "qui", "pas", "sur"]),
    (Language::Spanish, &["el", "los", "las", "y", "del", "una", "por", "con", "para", "se", "es"]),
    (Language::Italian, &["il", "di", "che", "della", "e", "per", "è", "con", "gli", "non", "nel", "ha"]),
    (Language::Russian, &["и", "в", "на", "не", "что", "с", "по", "из", "для", "как", "это"]),
    (Language::Turkish, &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "çok", "olan"]),
];

/// The English word that does the work of a foreign one, both by hash.
pub fn english(language: Language, word: u32) -> Option<u32> {
    ENGLISH.get(&(language, word)).copied()
}

static ENGLISH: LazyLock<HashMap<(Language, u32), u32>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (language, pairs) in PAIRS {
        for (english, words) in *pairs {
            words.split_whitespace().for_each(|word| {
                table.entry((*language, hash(word))).or_insert_with(|| hash(english));
            });
        }
    }
    table
});

type Pairs = &'static [(&'static str, &'static str)];

const PAIRS: &[(Language, Pairs)] = &[
    (Language::German, GERMAN),
    (Language::French, FRENCH),
    (Language::Spanish, SPANISH),
    (Language::Italian, ITALIAN),
    (Language::Russian, RUSSIAN),
    (Language::Turkish, TURKISH),
];

const GERMAN: Pairs = &[
    (
        "said",
        "sagte sagten sagt sagen gesagt erklärte erklärten erklärt meinte meint betonte betont kritisierte kritisiert schrieb \
              schreibt geschrieben berichtete berichtet berichten mahnte mahnt warnte warnt äußerte äußert antwortete antwortet \
              behauptete behauptet versicherte versichert unterstrich unterstreicht bekräftigte bekräftigt verkündete verkündet \
              bestätigte bestätigt erzählt erzählte sage erkläre forderte fordert ergänzte ergänzt lobte lobt klagte klagt \
              twitterte postete kommentierte kommentiert zitierte fragte fragt rief verspricht versprach kündigte teilte räumte",
    ),
    ("according", "laut zufolge"),
    ("called", "nannte nennt bezeichnete bezeichnet"),
    ("the", "der die das dem den des"),
    ("a", "ein eine einen einem einer eines"),
    ("he", "er"),
    ("she", "sie"),
    ("it", "es"),
    ("his", "sein seine seinen seiner seinem ihr ihre ihren ihrer"),
    ("of", "von vom"),
    ("in", "im in am an"),
    ("on", "auf"),
    ("with", "mit bei beim"),
    ("for", "für"),
    ("to", "zu zum zur nach"),
    ("from", "aus seit"),
    ("by", "durch"),
    ("against", "gegen über unter vor um ohne"),
    ("and", "und oder sowie"),
    ("but", "aber doch sondern"),
    ("that", "dass daß"),
    ("when", "wenn als weil während wie ob da"),
    ("is", "ist sind war waren wird werden wurde wurden sei seien wäre"),
    ("has", "hat haben hatte hatten habe hätte"),
    ("can", "kann können konnte könne muss müssen soll sollen will wollen darf"),
    ("not", "nicht kein keine"),
    ("also", "auch zudem außerdem dann gleichzeitig"),
    ("however", "allerdings dabei damit dafür dort hier jetzt nun nur noch schon so somit trotzdem dennoch"),
    ("i", "ich wir uns mich man du"),
    ("spokesman", "sprecher"),
    ("spokeswoman", "sprecherin"),
    ("president", "präsident präsidentin"),
    ("minister", "minister ministerin"),
    ("chancellor", "kanzler kanzlerin bundeskanzler bundeskanzlerin"),
    ("director", "chef chefin leiter leiterin geschäftsführer vorsitzende vorsitzender"),
    ("expert", "experte expertin"),
    ("mr", "herr"),
    ("mrs", "frau"),
];

const FRENCH: Pairs = &[
    (
        "said",
        "dit déclare déclaré déclarait ajoute ajouté affirme affirmé explique expliqué estime estimé souligne souligné indique \
              indiqué précise précisé assure assuré confie confié raconte annonce annoncé insiste insisté rappelle rappelé répond \
              répondu lance lancé martèle écrit regrette poursuit conclut prévient déplore déploré reconnaît admet juge jugé dénonce \
              dénoncé résume commente commenté plaide disait twitté révélé fustigé",
    ),
    ("according", "selon"),
    ("called", "qualifié qualifie appelé appelle"),
    ("the", "le la les l"),
    ("a", "un une"),
    ("he", "il"),
    ("she", "elle"),
    ("they", "ils elles on"),
    ("his", "son sa ses leur leurs"),
    ("of", "de du des d"),
    ("in", "dans en à au aux"),
    ("on", "sur"),
    ("with", "avec chez"),
    ("for", "pour"),
    ("by", "par"),
    ("against", "contre entre sous sans vers depuis"),
    ("and", "et ou"),
    ("but", "mais"),
    ("that", "que qu"),
    ("who", "qui"),
    ("when", "quand lorsque si comme alors après avant"),
    ("is", "est sont était étaient sera été être"),
    ("has", "a ont avait avaient ayant aura"),
    ("not", "ne pas n"),
    ("also", "aussi encore également"),
    ("i", "je nous vous j me"),
    ("this", "ce cette ces cet"),
    ("president", "président présidente"),
    ("minister", "ministre"),
    ("spokesman", "porte-parole"),
    ("director", "directeur directrice patron chef"),
];

const SPANISH: Pairs = &[
    (
        "said",
        "dijo dice dijeron dicen afirmó afirma señaló señala aseguró asegura explicó explica añadió añade declaró declara indicó \
              indica sostuvo sostiene manifestó subrayó subraya destacó destaca comentó comenta advirtió advierte agregó insistió \
              insiste apuntó apunta recordó recuerda reconoció reconoce confesó escribió escribe contó cuenta expresó resaltó \
              precisó remarca remarcó asegurado dicho afirmado explicado señalado anunció anuncia denunció denuncia pidió pide",
    ),
    ("according", "según"),
    ("called", "calificó llamó tachó"),
    ("the", "el la los las lo"),
    ("a", "un una unos unas"),
    ("he", "él"),
    ("she", "ella"),
    ("they", "ellos ellas"),
    ("his", "su sus"),
    ("of", "de del"),
    ("in", "en a al"),
    ("on", "sobre"),
    ("with", "con"),
    ("for", "para"),
    ("by", "por"),
    ("against", "contra entre desde hasta hacia sin tras"),
    ("and", "y e o"),
    ("but", "pero sino"),
    ("that", "que"),
    ("who", "quien quienes"),
    ("when", "cuando si como mientras aunque porque donde"),
    ("is", "es son era eran fue está están será ser"),
    ("has", "ha han había habían haber"),
    ("not", "no ni"),
    ("also", "también además"),
    ("i", "yo nosotros me nos"),
    ("this", "este esta estos estas ese esa"),
    ("president", "presidente presidenta"),
    ("minister", "ministro ministra"),
    ("spokesman", "portavoz"),
    ("director", "director directora jefe jefa líder"),
];

const ITALIAN: Pairs = &[
    (
        "said",
        "detto dice disse dichiarato dichiara spiega spiegato aggiunge aggiunto afferma affermato sottolinea sottolineato \
              racconta raccontato commenta commentato sostiene osserva osservato ricorda ricordato annuncia annunciato scrive scritto \
              conclude ribadisce ribadito precisa precisato replica rispose risponde avverte assicura twittato confermato rivela \
              scriveva confida attacca",
    ),
    ("according", "secondo"),
    ("called", "definito definisce chiamato"),
    ("the", "il lo la i gli le l"),
    ("a", "un uno una"),
    ("he", "lui egli"),
    ("she", "lei"),
    ("they", "loro chi"),
    ("his", "suo sua suoi sue"),
    ("of", "di del della dello dei degli delle dell d"),
    ("in", "in nel nella a al alla ad ai alle dal dalla da"),
    ("on", "su sul sulla"),
    ("with", "con"),
    ("for", "per"),
    ("against", "contro tra fra verso"),
    ("and", "e ed o"),
    ("but", "ma però"),
    ("that", "che"),
    ("when", "quando se come mentre perché dove dopo prima"),
    ("is", "è sono era erano fu sarà essere stato stata"),
    ("has", "ha hanno aveva avevano ho"),
    ("not", "non"),
    ("also", "anche poi ancora"),
    ("i", "io noi mi ci si"),
    ("this", "questo questa questi queste"),
    ("president", "presidente"),
    ("premier", "premier"),
    ("minister", "ministro ministra"),
    ("spokesman", "portavoce"),
    ("director", "direttore direttrice capo leader"),
];

const RUSSIAN: Pairs = &[
    (
        "said",
        "сказал сказала сказали заявил заявила заявили говорит говорят говорил отметил отметила отмечает подчеркнул подчеркнула \
              добавил добавила сообщил сообщила сообщили сообщает рассказал рассказала рассказывает пояснил пояснила объяснил \
              объяснила считает уверен написал написала утверждает уточнил уточнила ответил ответила признал заявляет",
    ),
    ("according", "словам согласно"),
    ("called", "назвал назвала назвали"),
    ("he", "он"),
    ("she", "она"),
    ("they", "они кто"),
    ("his", "его ее её их свой своей"),
    ("in", "в во на при"),
    ("with", "с со"),
    ("for", "для за"),
    ("by", "по из от до о об у к"),
    ("and", "и или"),
    ("but", "но а"),
    ("that", "что чтобы"),
    ("when", "когда если как хотя где"),
    ("is", "есть был была были будет"),
    ("not", "не ни"),
    ("also", "также тоже"),
    ("i", "я мы вы"),
    ("president", "президент президента"),
    ("minister", "министр министра"),
    ("director", "глава директор руководитель"),
    ("spokesman", "пресс-секретарь представитель"),
];

const TURKISH: Pairs = &[
    (
        "said",
        "dedi dediler söyledi belirtti açıkladı kaydetti vurguladı ekledi konuştu bildirdi anlattı yazdı sordu \
              değerlendirdi aktardı diyor söylüyor etti",
    ),
    ("according", "göre"),
    ("a", "bir"),
    ("he", "o"),
    ("this", "bu şu"),
    ("and", "ve veya"),
    ("but", "ama ancak fakat"),
    ("with", "ile"),
    ("for", "için"),
    ("also", "da de ayrıca"),
    ("i", "ben biz"),
    ("president", "cumhurbaşkanı başkan başkanı"),
    ("minister", "bakan bakanı"),
    ("spokesman", "sözcüsü"),
];

#[cfg(test)]
mod tests {
    use super::super::tests::repeated;
    use super::*;

    #[test]
    fn no_foreign_word_does_the_work_of_two_english_ones() {
        for (language, pairs) in PAIRS {
            let all = || pairs.iter().flat_map(|(_, words)| words.split_whitespace());
            assert_eq!(repeated(all()), [""; 0], "{language:?}: only the first list that has a word counts");
            assert_eq!(
                repeated(pairs.iter().map(|(english, _)| *english)),
                [""; 0],
                "{language:?}: one list for an English word"
            );
        }
        for (language, common) in COMMON {
            assert_eq!(repeated(common.iter().copied()), [""; 0], "{language:?}");
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
        assert_eq!(Language::from_text(&polish.repeat(5)), Language::Other);
        assert_eq!(Language::from_text("Министр не был на заседании и не ответил на вопросы."), Language::Russian);
    }
}
