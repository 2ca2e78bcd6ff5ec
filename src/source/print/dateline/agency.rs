//! Agencies in datelines: in brackets after the place, before it, or behind the dash.

use super::places;
use super::scan::is_caps;

/// Agencies by the names they sign with. In order, for the search below.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "AA", "AAP", "ABNA", "ADN", "AFP", "ALNA", "ANA", "ANI", "ANP", "ANSA", "AP", "APA", "APP", "ATS", "Agencia EFE", "Agencies", "Agerpres",
    "Anadolu", "Antara", "BELGA", "BELTA", "BNS", "BTA", "Belga", "Bernama", "Bloomberg", "CNS", "CP", "DHA", "DPA", "EFE", "ELTA", "ETA",
    "Europa Press", "FARS", "HINA", "IANS", "INA", "IRNA", "ISNA", "ITAR-TASS", "Interfax", "JTA", "KAP", "KCNA", "KNA", "Kyodo", "LETA",
    "LUSA", "Lusa", "MENA", "MTI", "NAN", "NHK", "NTB", "PA", "PAP", "PNA", "PR Newswire", "PTI", "RIA", "RIA Novosti", "RPS", "Reuter",
    "Reuters", "Ritzau", "SANA", "SDA", "SID", "SITA", "STT", "TANJUG", "TASR", "TASS", "TT", "Télam", "UNI", "UPI", "WAFA", "WAM", "Xinhua",
    "Yonhap", "ats", "awp", "dapd", "ddp", "dpa", "dpa-AFX", "dts", "epd", "kna", "lusa", "sda", "sid", "ČTK", "ΑΠΕ-ΜΠΕ", "БЕЛТА", "ИНТЕРФАКС",
    "ИТАР-ТАСС", "Интерфакс", "РИА Новости", "Росбалт", "ТАСС", "УНІАН", "УНИАН", "Укринформ", "Укрінформ", "أ ب", "أ ف ب", "الأناضول", "بترا",
    "د ب أ", "رويترز", "سانا", "شينخوا", "قنا", "كونا", "واس", "وام", "وفا", "भाषा", "वार्ता",
];

/// Does an agency, or one and its desk (`dpa/lno`, `AFP/Reuters`), have this name?
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.binary_search(&name.split('/').next().unwrap_or(name).trim()).is_ok()
}

/// May a full stop behind it in brackets close a dateline without a day? Newspapers in German print `Hallmere (dpa/lno).`
pub(super) fn closes_sentence(name: &str) -> bool {
    is_known(name)
        && (name.starts_with(char::is_lowercase)
            || name.contains('/')
            || matches!(name, "AFP" | "AP" | "APA" | "KNA" | "SID" | "Reuters"))
}

/// The length of the known agency at the head of `text`, in the longest reading.
pub(super) fn at_head(text: &str) -> Option<usize> {
    let ends = |name: &&&str| !text[name.len()..].starts_with(char::is_alphanumeric);
    KNOWN.iter().filter(|name| text.starts_with(**name)).filter(ends).map(|name| name.len()).max()
}

/// The length of a short bracket at the head of `text`, brackets included; Russian agencies stand between strokes (`/ТАСС/`).
pub(super) fn bracketed(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix('/') {
        let close = rest.find('/')?;
        return is_known(&rest[..close]).then_some(close + 2);
    }
    let close = text.strip_prefix('(')?.find(')')?;
    (close <= 40).then_some(close + 2)
}

/// May a bracket without a place before it be an agency? `(Reuters) - `, but not `(Adds quotes) - `.
pub(super) fn is_agency(name: &str) -> bool {
    let short = name.split(' ').count() <= 3 && name.chars().all(|c| c.is_alphabetic() || " ./&'-".contains(c));
    let printed_so = is_caps(name) || name.contains("Reuters");
    is_known(name) || (short && name.starts_with(char::is_uppercase) && !places::is_label(name) && printed_so)
}

/// Is it a name like `Harbour News`, which a day beside it makes an agency?
pub(super) fn is_service(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let words = name.split(' ').count();
    (2..=3).contains(&words)
        && name.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && matches!(last, "News" | "Press" | "Agency" | "Wire" | "Service" | "Newswire")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_agencies_can_be_searched() {
        assert!(
            super::KNOWN.is_sorted() && super::is_known("dpa/lno") && super::is_known("РИА Новости") && !super::is_known("left")
        );
        assert_eq!(super::at_head("РИА Новости. Паромы"), Some("РИА Новости".len()));
        assert_eq!(super::at_head("APPLE said"), None);
    }
}
