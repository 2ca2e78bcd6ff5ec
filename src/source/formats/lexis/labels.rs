//! The labels of LexisNexis, in the languages of its interface.

/// What stands under a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Headline,
    Byline,
    Section,
    /// How many words it has: every document has it, above its text.
    Length,
    Dateline,
    Highlight,
    Body,
    /// The programme, in transcripts; stands above the day.
    Show,
    /// Above the text, and nothing of it is read.
    Head,
    Language,
    Correction,
    /// Below the text, and nothing of it is read.
    Tail,
    /// The same, but the word may well open a paragraph.
    MaybeTail,
}

/// Names in capitals.
const NAMES: &[(Label, &[&str])] = &[
    (
        Label::Headline,
        &[
            "HEADLINE",
            "KOP",
            "ÜBERSCHRIFT",
            "SCHLAGZEILE",
            "TITEL",
            "TITRE",
            "TÍTULO",
            "TITULO",
            "TITULAR",
            "TITOLO",
            "OVERSKRIFT",
            "TITTEL",
            "MANCHETE",
            "TITLE",
        ],
    ),
    (
        Label::Byline,
        &[
            "BYLINE",
            "AUTOR",
            "AUTEUR",
            "AUTORE",
            "AUTOREN",
            "AUTEURS",
            "AUTORES",
            "AUTHOR",
            "FORFATTER",
            "FÖRFATTARE",
            "SKRIBENT",
            "REPORTER",
            "REPORTERS",
            "NAAM",
            "JOURNALIST",
        ],
    ),
    (
        Label::Section,
        &[
            "SECTION",
            "RUBRIK",
            "RUBRIQUE",
            "RUBRIEK",
            "RUBRICA",
            "SECCIÓN",
            "SECCION",
            "SECTIE",
            "SEKTION",
            "SEKSJON",
            "SEZIONE",
            "SEÇÃO",
            "SECÇÃO",
            "RESSORT",
            "AVDELNING",
            "KATEGORI",
        ],
    ),
    (
        Label::Length,
        &[
            "LENGTH",
            "LÄNGE",
            "LONGUEUR",
            "LONGITUD",
            "EXTENSIÓN",
            "LENGTE",
            "LÆNGDE",
            "LÄNGD",
            "LENGDE",
            "LUNGHEZZA",
            "COMPRIMENTO",
            "EXTENSÃO",
            "TAMANHO",
            "LONGITUDE",
        ],
    ),
    (Label::Dateline, &["DATELINE", "ORT", "ORTSMARKE", "DATUMZEILE", "LIEU", "LUGAR", "LUOGO", "LOCAL", "STED", "PLAATS"]),
    (Label::Highlight, &["HIGHLIGHT", "HIGHLIGHTS", "INSERT", "ENCART", "SUBHEAD", "UNTERTITEL", "ABSTRACT"]),
    (Label::Body, &["BODY", "TEXT", "TEXTE", "TEXTO", "TESTO", "TEKST"]),
    (Label::Show, &["SHOW", "PROGRAM", "PROGRAMME"]),
    (
        Label::Head,
        &[
            "SOURCE",
            "SERIES",
            "SERIE",
            "EDITION",
            "ANCHOR",
            "ANCHORS",
            "GUEST",
            "GUESTS",
            "NAME",
            "QUELLE",
            "BRON",
            "KILDE",
            "KÄLLA",
            "FONTE",
            "FUENTE",
            "EDITIE",
            "AUSGABE",
            "ÉDITION",
            "EDICIÓN",
            "EDIZIONE",
            "EDIÇÃO",
            "UDGAVE",
            "UTGAVE",
            "UTGÅVA",
            "COLUMN",
            "DISTRIBUTION",
            "PAGE",
            "PAGES",
            "SEITE",
            "BLZ",
            "SIDE",
            "SIDA",
        ],
    ),
    (Label::Language, &["LANGUAGE", "SPRACHE", "LANGUE", "IDIOMA", "TAAL", "SPROG", "SPRÅK", "LINGUA", "LÍNGUA"]),
    (Label::Correction, &["CORRECTION", "CORRECTIE", "BERICHTIGUNG", "KORREKTUR", "CORRECCIÓN", "RECTIFICATIF"]),
    (
        Label::Tail,
        &[
            "LOAD-DATE",
            "LOAD DATE",
            "UPDATE",
            "DATE-CHARGEMENT",
            "DATE DE CHARGEMENT",
            "FECHA-CARGA",
            "FECHA DE CARGA",
            "LAATSTE-WIJZIGING",
            "LAATSTE WIJZIGING",
            "CORRECTION-DATE",
            "PUBLICATION-TYPE",
            "PUBLICATION TYPE",
            "PUBLICATIETYPE",
            "PUBLICATIE-TYPE",
            "PUBLIKATIONSTYP",
            "PUBLIKATIONSTYPE",
            "PUBLIKASJONSTYPE",
            "PUBLICATIONSTYPE",
            "TYPE-PUBLICATION",
            "TYPE DE PUBLICATION",
            "ZEITUNGSTYP",
            "TIPO-PUBLICACIÓN",
            "TIPO DE PUBLICACIÓN",
            "TIPO DI PUBBLICAZIONE",
            "TIPO-PUBBLICAZIONE",
            "TIPO DE PUBLICAÇÃO",
            "TIPO-PUBLICAÇÃO",
            "DOCUMENT-TYPE",
            "DOCUMENT TYPE",
            "GRAPHIC",
            "GRAFIK",
            "GRAFIEK",
            "SUBJECT",
            "SUJET",
            "LOCALISATION-GEO",
            "SOCIETE",
            "SECTEUR-ACTIVITE",
            "SYMBOLE-BOURSIER",
            "ONDERWERP",
            "EMNE",
            "ÄMNE",
            "ASUNTO",
            "ASSUNTO",
            "CLASSIFICATION",
            "JOURNAL-CODE",
            "JOURNAL CODE",
            "CODE-REVUE",
            "PUB-TYPE",
            "COMPANY",
            "ORGANIZATION",
            "ORGANISATION",
            "GEOGRAPHIC",
            "INDUSTRY",
            "TICKER",
            "ACC-NO",
            "SENASTE UPPDATERING",
            "LADDNINGSDATUM",
            "LASTEDATO",
            "INDLÆSNINGSDATO",
            "LADEDATUM",
            "LAADDATUM",
            "INLÄSNINGSDATUM",
            "INNLASTINGSDATO",
            "OPDATERET",
            "SIDST OPDATERET",
            "TRANSCRIPT",
            "DATA-CARICAMENTO",
            "DATA DI CARICAMENTO",
            "DATA DE CARREGAMENTO",
            "DATA-CARREGAMENTO",
        ],
    ),
    (
        Label::MaybeTail,
        &["NOTES", "NOTE", "TYPE", "URL", "COPYRIGHT", "COUNTRY", "STATE", "CITY", "PERSON", "CATEGORY", "OMRÅDE"],
    ),
];

/// Lines of the newer layout that stand alone above the text, and above the labels below it.
const BODY: &[&str] = &[
    "Body",
    "Corps",
    "Textkörper",
    "Haupttext",
    "Hoofdtekst",
    "Cuerpo",
    "Corpo",
    "Brødtekst",
    "Brödtext",
    "Volltext",
    "Corpo do texto",
];
const BELOW: &[&str] = &[
    "Classification",
    "Klassifizierung",
    "Klassifikation",
    "Classificatie",
    "Clasificación",
    "Classificazione",
    "Classificação",
    "Klassificering",
    "Klassifisering",
];

/// Does the text begin below this line?
pub(crate) fn is_body(line: &str) -> bool {
    BODY.contains(&line)
}

/// Do labels alone stand below this line?
pub(crate) fn is_below(line: &str) -> bool {
    BELOW.contains(&line)
}

/// A line that begins with a label.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labelled<'a> {
    pub label: Label,
    /// What stands after it on the line.
    pub value: &'a str,
    /// The label is set in capitals.
    pub loud: bool,
}

/// Reads the label at the head of the line.
pub(crate) fn read(line: &str) -> Option<Labelled<'_>> {
    let (head, value) = line.split_once(':')?;
    let head = head.trim_end();
    if head.len() < 3 || head.len() > 40 || !head.starts_with(char::is_uppercase) {
        return None;
    }
    let (name, value) = (head.to_uppercase(), value.trim());
    let loud = name == head;
    let label = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(label, _)| *label);
    let label = label.or_else(|| if loud { by_value(head, value) } else { None })?;
    Some(Labelled { label, value, loud })
}

/// Has the line a label in capitals, whatever it says?
pub(crate) fn is_loud(line: &str) -> bool {
    let Some((head, _)) = line.split_once(':') else { return false };
    let head = head.trim_end();
    (3..=40).contains(&head.len()) && head.chars().any(char::is_alphabetic) && !head.contains(char::is_lowercase)
}

/// In a language of the interface that is not known here, figures tell the length, and a day when it was taken into the database.
fn by_value(head: &str, value: &str) -> Option<Label> {
    let mut words = value.split_whitespace();
    let (first, second, third) = (words.next()?, words.next(), words.next());
    let is_number = first.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && third.is_none() && second.is_some_and(|unit| unit.chars().all(char::is_alphabetic)) {
        return Some(Label::Length);
    }
    (head.chars().count() > 3 && crate::source::print::date::is_line(value)).then_some(Label::Tail)
}
