//! Reads the words of a file of people. Every error carries the line it is about.

use super::{BadPeople, People, Person, key_of};
use crate::directory::filed;
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file in the directory of a corpus.
pub const FILE: &str = "people.toml";

/// Most bytes of such a file, and most names in it: it is kept by hand.
pub const MOST_BYTES: u64 = 1 << 20;
/// See [`MOST_BYTES`].
pub const MOST_NAMES: usize = 10_000;

/// Most names of one person: whoever asks for one of them asks for all.
pub(super) const MOST_OF_ONE: usize = 100;

const SECTIONS: [&str; 3] = ["same", "different", "alias"];

type Value<'a> = Spanned<DeValue<'a>>;

/// A name with the line it stands on.
type Named = (String, usize);

/// The people that `text` holds.
pub(super) fn people(text: &str, file: &str) -> Result<People, BadPeople> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let reader = Reader { file, ends };
    if text.len() as u64 > MOST_BYTES {
        return Err(reader
            .bad(None, &format!("{} bytes are too many; the limit is {MOST_BYTES}: split off who is not needed", text.len())));
    }
    let document = DeTable::parse(text).map_err(|error| reader.bad(error.span(), error.message()))?;
    let mut read = Read::default();
    for (key, value) in document.get_ref() {
        let section = key.get_ref().as_ref();
        if !SECTIONS.contains(&section) {
            return Err(reader.unknown(key.span(), section, &SECTIONS));
        }
        let DeValue::Array(entries) = value.get_ref() else {
            return Err(reader.bad(Some(value.span()), &format!("write `[[{section}]]`, with two brackets, for each entry")));
        };
        for entry in entries.iter() {
            reader.entry(section, entry, &mut read)?;
        }
    }
    let mut people = reader.joined(&read)?;
    reader.part(&read, &mut people)?;
    people.mark = mark(text);
    people.tie();
    Ok(people)
}

/// Names a text by what is in it.
fn mark(text: &str) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
}

/// The entries of a file.
#[derive(Default)]
struct Read {
    same: Vec<Vec<Named>>,
    different: Vec<Vec<Named>>,
    alias: Vec<(Named, Vec<Named>)>,
    names: usize,
}

struct Reader<'a> {
    file: &'a str,
    /// Where its lines end.
    ends: Vec<usize>,
}

impl Reader<'_> {
    fn entry(&self, section: &str, entry: &Value<'_>, read: &mut Read) -> Result<(), BadPeople> {
        let DeValue::Table(table) = entry.get_ref() else {
            return Err(self.bad(Some(entry.span()), &format!("`[[{section}]]` is a table: a line for each key")));
        };
        let known: &[&str] = if section == "alias" { &["name", "also"] } else { &["names"] };
        let mut given: HashMap<&str, Vec<Named>> = HashMap::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some(known) = known.iter().find(|known| **known == name) else {
                return Err(self.unknown(key.span(), name, known));
            };
            // Looked at before a list is read: nobody waits for a million names to hear that they are too many.
            read.names += value.get_ref().as_array().map_or(1, |list| list.len());
            if read.names > MOST_NAMES {
                let message = format!("more than {MOST_NAMES} names, the most that is read; split off who is not needed");
                return Err(self.bad(Some(entry.span()), &message));
            }
            given.insert(known, self.names(value, known, *known != "name")?);
        }
        let mut take = |key: &str| given.remove(key).unwrap_or_default();
        let lacks = |what: &str| Err(self.bad(Some(entry.span()), &format!("`[[{section}]]` without {what}")));
        if section == "alias" {
            let (mut name, also) = (take("name"), take("also"));
            match name.pop() {
                None => return lacks("a `name`: whom it is about"),
                Some(_) if also.is_empty() => return lacks("an `also`: what is printed or typed for them"),
                Some(name) => read.alias.push((name, also)),
            }
        } else {
            let names = take("names");
            if names.len() < 2 {
                return lacks("two `names` or more, as in names = [\"Ilse Brandauer\", \"Ilse Holm\"]");
            }
            if section == "same" { read.same.push(names) } else { read.different.push(names) }
        }
        Ok(())
    }

    /// A name, or a list of them.
    fn names(&self, value: &Value<'_>, key: &str, several: bool) -> Result<Vec<Named>, BadPeople> {
        let one = |value: &Value<'_>| match value.get_ref() {
            DeValue::String(name) if !name.trim().is_empty() => Ok((name.trim().to_owned(), self.line(value.span().start))),
            _ => Err(self.bad(Some(value.span()), &format!("`{key}` holds names in quotation marks"))),
        };
        match value.get_ref() {
            DeValue::Array(list) if several => list.iter().map(one).collect(),
            _ => Ok(vec![one(value)?]),
        }
    }

    /// The persons: those of `same`, each with its aliases, and those who have aliases alone.
    fn joined(&self, read: &Read) -> Result<People, BadPeople> {
        let mut people = People::default();
        let mut lines: HashMap<String, usize> = HashMap::new();
        for names in &read.same {
            let person = people.persons.len();
            people.persons.push(Person { called: names[0].0.clone(), keys: Vec::new(), names: Vec::new() });
            for named in names {
                self.check_is_name(named, "same")?;
                self.give(&mut people, &mut lines, person, named)?;
            }
        }
        // Whom an alias is about may be one of those, or is a person of their own; both come before what they are called beside.
        let mut about = Vec::new();
        for (named, _) in &read.alias {
            self.check_is_name(named, "alias")?;
            let person = people.person_of_key(&key_of(&named.0)).unwrap_or(people.persons.len());
            if person == people.persons.len() {
                people.persons.push(Person { called: named.0.clone(), keys: Vec::new(), names: Vec::new() });
            }
            self.give(&mut people, &mut lines, person, named)?;
            about.push(person);
        }
        for ((_, also), person) in read.alias.iter().zip(about) {
            for named in also {
                self.give(&mut people, &mut lines, person, named)?;
            }
        }
        for names in read.same.iter().chain(&read.different) {
            people.listed.extend(names.iter().map(|(name, _)| name.clone()));
        }
        people.listed.extend(read.alias.iter().map(|((name, _), _)| name.clone()));
        people.listed.sort_unstable();
        people.listed.dedup();
        Ok(people)
    }

    /// Gives a name to a person.
    fn give(
        &self,
        people: &mut People,
        lines: &mut HashMap<String, usize>,
        person: usize,
        (name, line): &Named,
    ) -> Result<(), BadPeople> {
        let key = key_of(name);
        if key.is_empty() {
            return Err(self.at(*line, format!("`{name}` holds no word")));
        }
        match people.by_key.get(&key) {
            Some((known, _)) if *known != person => {
                let (called, before) = (&people.persons[*known].called, lines.get(&key).copied().unwrap_or(*line));
                let message =
                    format!("`{name}` is {called} already, by line {before}; join the two entries, or take it from one");
                Err(self.at(*line, message))
            }
            Some(_) => Ok(()),
            None => {
                let of = &mut people.persons[person];
                if of.keys.len() == MOST_OF_ONE {
                    let message = format!(
                        "{} has more than {MOST_OF_ONE} names, the most that one person may have; take out those that are never printed",
                        of.called
                    );
                    return Err(self.at(*line, message));
                }
                people.by_key.insert(key.clone(), (person, of.keys.len()));
                lines.insert(key.clone(), *line);
                of.keys.push(key);
                // A description means somebody only where it is typed.
                if filed(name).is_some() {
                    of.names.push(name.clone());
                }
                Ok(())
            }
        }
    }

    /// The names that are never one.
    fn part(&self, read: &Read, people: &mut People) -> Result<(), BadPeople> {
        for (set, names) in read.different.iter().enumerate() {
            let mut before: HashMap<String, &Named> = HashMap::new();
            let mut persons: HashMap<usize, &Named> = HashMap::new();
            for named in names {
                self.check_is_name(named, "different")?;
                let key = key_of(&named.0);
                if let Some((other, _)) = before.insert(key.clone(), named) {
                    return Err(
                        self.at(named.1, format!("`{}` and `{other}` are one name in print; they cannot be told apart", named.0))
                    );
                }
                let person = people.person_of_key(&key);
                if let Some((other, _)) = person.and_then(|person| persons.insert(person, named)) {
                    let called = people.called(other).unwrap_or(other);
                    let message = format!(
                        "`{other}` and `{}` are said to differ, and elsewhere to be {called}; take one of the two out",
                        named.0
                    );
                    return Err(self.at(named.1, message));
                }
                people.apart.entry(key).or_default().push(set);
            }
        }
        people.sets = read.different.len();
        Ok(())
    }

    fn check_is_name(&self, (name, line): &Named, section: &str) -> Result<(), BadPeople> {
        if filed(name).is_some() {
            return Ok(());
        }
        let way_out =
            "what describes somebody belongs to its article alone; `also` of an `[[alias]]` may hold it, for who types it";
        Err(self.at(*line, format!("`{name}` in `[[{section}]]` is no name: {way_out}")))
    }

    fn unknown(&self, span: Range<usize>, key: &str, known: &[&str]) -> BadPeople {
        let near = known.iter().map(|name| (strsim::damerau_levenshtein(&key.to_lowercase(), name), *name)).min();
        let near = near.filter(|(slips, name)| *slips <= 2 && *slips < name.len().min(key.len()));
        let near = near.map_or(String::new(), |(_, name)| format!(" (did you mean `{name}`?)"));
        self.bad(Some(span), &format!("unknown key `{key}`{near}; there are {}", known.join(", ")))
    }

    fn at(&self, line: usize, message: String) -> BadPeople {
        BadPeople { file: self.file.to_owned(), line: Some(line), message }
    }

    fn bad(&self, span: Option<Range<usize>>, message: &str) -> BadPeople {
        let line = span.map(|span| self.line(span.start));
        BadPeople { file: self.file.to_owned(), line, message: message.to_owned() }
    }

    /// 1-based line of the character at `byte`.
    fn line(&self, byte: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let error = people(text, "people.toml").expect_err(text);
        assert_eq!(error.to_string(), expected);
    }

    const SAME: &str = "[[same]]\nnames = [\"Ilse Brandauer\", \"Ilse Holm\"]\n";

    #[test]
    fn what_is_not_understood_is_named_with_its_line() {
        check(
            "[[sam]]\nnames = []\n",
            "people.toml:1: unknown key `sam` (did you mean `same`?); there are same, different, alias",
        );
        check("[same]\nnames = []\n", "people.toml:1: write `[[same]]`, with two brackets, for each entry");
        check("[[same]]\nname = \"Ann Lee\"\n", "people.toml:2: unknown key `name` (did you mean `names`?); there are names");
        check(
            "[[same]]\nnames = [\"Ann Lee\"]\n",
            "people.toml:1: `[[same]]` without two `names` or more, as in names = [\"Ilse Brandauer\", \"Ilse Holm\"]",
        );
        check("[[same]]\nnames = [\"Ann Lee\", 3]\n", "people.toml:2: `names` holds names in quotation marks");
        check("[[alias]]\nalso = [\"IB\"]\n", "people.toml:1: `[[alias]]` without a `name`: whom it is about");
        check(
            "[[alias]]\nname = \"Ann Lee\"\n",
            "people.toml:1: `[[alias]]` without an `also`: what is printed or typed for them",
        );
        assert!(people("[[same", "people.toml").expect_err("half a line").to_string().starts_with("people.toml:1: "));
    }

    #[test]
    fn what_speaks_against_itself_is_refused_with_both_sides() {
        check(
            &format!("{SAME}[[same]]\nnames = [\"Ann Lee\", \"ILSE HOLM\"]\n"),
            "people.toml:4: `ILSE HOLM` is Ilse Brandauer already, by line 2; join the two entries, or take it from one",
        );
        check(
            &format!("{SAME}[[different]]\nnames = [\"Ann Lee\", \"Ilse Holm\", \"Ilse Brandauer\"]\n"),
            "people.toml:4: `Ilse Holm` and `Ilse Brandauer` are said to differ, and elsewhere to be Ilse Brandauer; take one of the two out",
        );
        check(
            "[[different]]\nnames = [\"Ann Lee\", \"ANN LEE\"]\n",
            "people.toml:2: `ANN LEE` and `Ann Lee` are one name in print; they cannot be told apart",
        );
        check(
            &format!("{SAME}[[alias]]\nname = \"Ann Lee\"\nalso = \"Ilse Holm\"\n"),
            "people.toml:5: `Ilse Holm` is Ilse Brandauer already, by line 2; join the two entries, or take it from one",
        );
        check(
            "[[same]]\nnames = [\"Ann Lee\", \"the ministry\"]\n",
            "people.toml:2: `the ministry` in `[[same]]` is no name: what describes somebody belongs to its article alone; `also` of an `[[alias]]` may hold it, for who types it",
        );
    }

    #[test]
    fn a_file_that_nobody_keeps_by_hand_is_refused() {
        let names: Vec<String> = (0..=MOST_NAMES).map(|number| format!("\"Ann Lee{number}\"")).collect();
        let text = format!("[[different]]\nnames = [{}]\n", names.join(", "));
        check(&text, "people.toml:1: more than 10000 names, the most that is read; split off who is not needed");
        let long = format!("# {}\n", "x".repeat(MOST_BYTES as usize));
        assert!(people(&long, "people.toml").expect_err("long").to_string().contains("the limit is 1048576"));
    }

    #[test]
    fn a_file_at_its_limits_is_read_or_refused_at_once() {
        let began = cpu_time::ThreadTime::now();
        let many = format!("[[same]]\nnames = [{}]\n", "\"a\",".repeat(260_000));
        check(&many, "people.toml:1: more than 10000 names, the most that is read; split off who is not needed");
        let names: Vec<String> = (0..9_800).map(|number| format!("\"Ann Lee{number}\"")).collect();
        let behind = format!("{}[[different]]\nnames = [{}]\n", "\n".repeat(500_000), names.join(","));
        people(&behind, "people.toml").expect("few enough");
        // Counting the lines before each of them anew took over a minute.
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }

    #[test]
    fn nobody_has_more_than_a_hundred_names() {
        let of = |count: usize| {
            let names: Vec<String> = (0..count).map(|number| format!("\"Ann Lee{number}\"")).collect();
            format!("[[same]]\nnames = [\n{}\n]\n", names.join(",\n"))
        };
        people(&of(100), "people.toml").expect("a hundred");
        check(
            &of(101),
            "people.toml:103: Ann Lee0 has more than 100 names, the most that one person may have; take out those that are never printed",
        );
        let aliased = format!("{}[[alias]]\nname = \"Ann Lee7\"\nalso = \"the chancellor\"\n", of(100));
        assert!(people(&aliased, "people.toml").expect_err("one more").to_string().contains("Ann Lee0 has more than 100 names"));
    }

    #[test]
    fn a_person_has_the_names_and_aliases_of_all_entries() {
        let text = format!("{SAME}[[alias]]\nname = \"Ilse Holm\"\nalso = [\"the Iron Chancellor\", \"IB\"]\n");
        let people = people(&text, "people.toml").expect("people");
        for name in ["Ilse Holm", "CHANCELLOR ILSE HOLM", "the iron chancellor", "ib", "Holm, Ilse"] {
            assert_eq!(people.called(name), Some("Ilse Brandauer"), "{name}");
        }
        assert_eq!(people.called("Holm"), None);
        assert_eq!(
            people.names("IB").map(<[String]>::to_vec),
            Some(vec!["Ilse Brandauer".into(), "Ilse Holm".into(), "IB".into()])
        );
        assert_eq!(people.lasts_with("holm").collect::<Vec<_>>(), ["brandauer", "holm", "ib"]);
        assert_eq!(people.lasts_with("lee").collect::<Vec<_>>(), ["lee"]);
        assert_eq!(people.listed(), ["Ilse Brandauer", "Ilse Holm"]);
    }

    #[test]
    fn what_is_said_of_two_names_wins() {
        let text = format!("{SAME}[[different]]\nnames = [\"Brandauer\", \"Ilse Brandauer\"]\n");
        let people = people(&text, "people.toml").expect("people");
        assert_eq!(people.may_be_one("Ilse Holm", "Ilse Brandauer"), Some(true));
        assert_eq!(people.may_be_one("Brandauer", "Chancellor Ilse Brandauer"), Some(false));
        assert_eq!(people.may_be_one("Brandauer", "Ilse Holm"), Some(false));
        assert_eq!(people.may_be_one("Holm", "Ilse Brandauer"), Some(true));
        assert_eq!(people.may_be_one("Matteus Orlan", "Ilse Holm"), Some(false));
    }
}
