//! What months and weekdays are called, in every language of the table beside this file.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Written from the Unicode CLDR by `months.py`.
const TABLE: &str = include_str!("months.txt");

/// The Persian year begins in March; its months are no others' months.
const PERSIAN: [&str; 12] =
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

/// Which year a month belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    Gregorian,
    Persian,
}

/// What one name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    plain: Meaning,
    /// Behind a day with a full stop: Polish writes `3 lipca`, Croatian `3. lipnja`.
    after_dot: Meaning,
    pub calendar: Calendar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Unsaid,
    Month(u8),
    /// Two languages mean different months by it.
    Doubtful,
}

impl Meaning {
    fn and(self, other: Meaning) -> Meaning {
        match (self, other) {
            (Meaning::Unsaid, known) | (known, Meaning::Unsaid) => known,
            (one, other) if one == other => one,
            _ => Meaning::Doubtful,
        }
    }
}

impl Named {
    /// The month from 1 to 12, if it is known which. `after_dot`: the day before it has a full stop.
    pub fn month(self, after_dot: bool) -> Option<u8> {
        let (first, second) = if after_dot { (self.after_dot, self.plain) } else { (self.plain, self.after_dot) };
        match if first == Meaning::Unsaid { second } else { first } {
            Meaning::Month(month) => Some(month),
            _ => None,
        }
    }

    /// A month that is known by its number.
    pub fn numbered(month: u8) -> Named {
        Named { plain: Meaning::Month(month), after_dot: Meaning::Month(month), calendar: Calendar::Gregorian }
    }

    fn of(month: u8, language: &str) -> Named {
        let whole = Named::numbered(month);
        match language {
            "pl" => Named { after_dot: Meaning::Unsaid, ..whole },
            "hr" | "bs" | "cs" | "sk" | "sl" | "sr_Latn" => Named { plain: Meaning::Unsaid, ..whole },
            _ => whole,
        }
    }

    fn and(self, other: Named) -> Named {
        Named { plain: self.plain.and(other.plain), after_dot: self.after_dot.and(other.after_dot), ..self }
    }
}

struct Names {
    months: HashMap<String, Named>,
    days: HashSet<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { months: HashMap::new(), days: HashSet::new() };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let language = columns.next().unwrap_or_default();
        for (number, column) in columns.enumerate() {
            for name in column.split('/').map(folded).filter(|name| !name.is_empty()) {
                match number {
                    0..12 => names.add_month(name, number as u8 + 1, language),
                    _ => _ = names.days.insert(name),
                }
            }
        }
    }
    for (name, month) in PERSIAN.iter().zip(1..) {
        names.months.insert(folded(name), Named { calendar: Calendar::Persian, ..Named::numbered(month) });
    }
    names
});

impl Names {
    fn add_month(&mut self, name: String, month: u8, language: &str) {
        let named = Named::of(month, language);
        self.months.entry(name).and_modify(|known| *known = known.and(named)).or_insert(named);
    }
}

/// The month that `name` is, in any case of letters, with or without accents; several words are one name (`تشرين الأول`).
pub(super) fn named(name: &str) -> Option<Named> {
    let key = folded(name);
    // Hebrew writes `in` and the month together.
    let bare = || key.strip_prefix('ב').filter(|bare| bare.chars().count() >= 3);
    NAMES.months.get(&key).or_else(|| NAMES.months.get(bare()?)).copied()
}

/// Is this a day of the week?
pub(super) fn is_weekday(name: &str) -> bool {
    NAMES.days.contains(&folded(name))
}

/// Small letters without accents and full stops; words parted by one space.
fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfd().filter(|c| canonical_combining_class(*c) == 0).flat_map(char::to_lowercase) {
        match c {
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            'ي' | 'ى' => out.push('ی'),
            'ك' => out.push('ک'),
            // The dot of a Turkish capital I.
            '\u{307}' => {}
            c if super::is_letter(c) => out.push(c),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_many_languages() {
        let month = |name: &str| named(name).and_then(|named| named.month(false)).unwrap_or(0);
        for (name, number) in [
            ("мая", 5),
            ("ЛИСТОПАДА", 11),
            ("września", 9),
            ("KASIM", 11),
            ("ΜΑΪΟΥ", 5),
            ("μαΐου", 5),
            ("أيار", 5),
            ("تشرين الأول", 10),
            ("फ़रवरी", 2),
            ("ม.ค.", 1),
            ("במאי", 5),
            ("toukokuuta", 5),
            ("maijā", 5),
            ("gegužės", 5),
            ("soon", 0),
        ] {
            assert_eq!(month(name), number, "{name}");
        }
    }

    #[test]
    fn a_name_of_two_months_is_told_by_the_day_before_it() {
        let both = |name: &str| named(name).map(|named| (named.month(false), named.month(true)));
        assert_eq!(both("listopada"), Some((Some(11), Some(10))));
        assert_eq!(both("listopad"), Some((Some(11), None)));
        assert_eq!(both("srp"), Some((None, None)));
        assert_eq!(both("srpnja"), Some((Some(7), Some(7))));
    }
}
