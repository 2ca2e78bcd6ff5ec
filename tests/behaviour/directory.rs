//! Which printed names are one person over an archive: cases, and truths that hold for any archive.

use crate::given::dice::Dice;
use newshound::day::{Day, Days};
use newshound::directory::{Company, Directory, Gathering, People, filed};
use std::collections::{BTreeMap, BTreeSet};

/// An article: its day, and the names that speak; `*` before those spoken of as of persons.
type Told<'a> = (Option<Day>, &'a [&'a str]);

fn gathered<'a>(articles: impl IntoIterator<Item = Told<'a>>) -> (Directory, Vec<Company>) {
    gathered_with(articles, &People::default())
}

fn gathered_with<'a>(articles: impl IntoIterator<Item = Told<'a>>, people: &People) -> (Directory, Vec<Company>) {
    let mut gathering = Gathering::default();
    let mut companies = Vec::new();
    for (day, names) in articles {
        let mut company = Company { names: Vec::new(), days: day.map(Days::from) };
        for name in names {
            let number = gathering.name(name.trim_start_matches('*'));
            company.note(number, name.starts_with('*'));
        }
        gathering.article(&company);
        companies.push(company);
    }
    (gathering.settle_with(people), companies)
}

/// For each article, whom each of its names means.
fn meant(articles: &[Told]) -> Vec<Vec<String>> {
    let (directory, companies) = gathered(articles.iter().copied());
    let shown = |company: &Company, name: &u32| directory.shown(directory.entry(*name, company)).to_owned();
    companies.iter().map(|company| company.names.iter().map(|(name, _)| shown(company, name)).collect()).collect()
}

const DAY: Option<Day> = Some(Day::constant(2025, 3, 14));

/// Two articles print the full name, a third the short one, of a person: whom does it mean?
fn short(full: &str, short: &str) -> String {
    meant(&[(DAY, &[full]), (DAY, &[full]), (DAY, &[&format!("*{short}")])])[2][0].clone()
}

#[test]
fn printings_of_one_name_are_one() {
    for printed in [
        "PETER ORLAN",
        "Péter Orlan",
        "Peter Orlan's",
        "Peter Orlan\u{2019}s",
        "President Peter Orlan",
        "Orlan, Peter",
        "P. Orlan",
        "Orlan",
        "Mr Orlan",
    ] {
        assert_eq!(short("Peter Orlan", printed), "Peter Orlan", "{printed}");
    }
    assert_eq!(short("Peter K. Orlan", "Peter Orlan"), "Peter K. Orlan");
    assert_eq!(short("the Harbour Board", "Harbour Board"), "Harbour Board");
    assert_eq!(short("Lorne & Sons Ltd", "Lorne & Sons Ltd."), "Lorne & Sons Ltd");
    assert_eq!(short("The People's Harbour", "the People's Harbour"), "The People's Harbour");
}

#[test]
fn the_syllables_of_a_given_name_may_have_a_hyphen() {
    assert_eq!(short("Pak Dol-min", "Pak Dol Min"), "Pak Dol-min");
    assert_eq!(short("Pak Dol Min", "Pak Dol-min"), "Pak Dol Min");
    // Two names with a hyphen are one last name.
    assert_ne!(short("Anna Lorne-Orlan", "Anna Lorne Orlan"), "Anna Lorne-Orlan");
}

#[test]
fn a_description_is_no_name_however_long() {
    for printed in [
        "an analyst with Harbour Securities in Velden",
        "Residents of Velden",
        "A spokesman for Harbour Securities",
        "one of the men",
        "the 22-year-old",
        "Canadian authorities",
    ] {
        assert_eq!(filed(printed), None, "{printed}");
    }
}

#[test]
fn other_names_stay_apart() {
    for printed in ["Paul Orlan", "M. Orlan", "Peter Orlan Jr", "Peter Morlan", "Peter", "Orlan Bank", "Orlans"] {
        assert_ne!(short("Peter Orlan", printed), "Peter Orlan", "{printed}");
    }
    // "Press" and "Paris" are words of their own.
    assert_eq!(short("Jim Press", "Press"), "Press");
    assert_eq!(short("Peter Paris", "Paris"), "Paris");
    // A body's last word is no last name.
    assert_eq!(short("Orle Harbour", "Harbour"), "Harbour");
}

#[test]
fn a_last_name_that_two_people_have_means_neither() {
    let told = meant(&[(DAY, &["Peter Orlan"]), (DAY, &["Peter Orlan"]), (DAY, &["Anna Orlan"]), (DAY, &["*Orlan"])]);
    assert_eq!(told[3], ["Orlan"]);
    // Not even when one of them is in the very article: the article has left it open.
    let told = meant(&[(DAY, &["Peter Orlan"]), (DAY, &["Peter Orlan"]), (DAY, &["Anna Orlan", "*Orlan"])]);
    assert_eq!(told[2], ["Anna Orlan", "Orlan"]);
    // A junior is always called so.
    let told = meant(&[(DAY, &["Peter Orlan"]), (DAY, &["Peter Orlan", "Peter Orlan Jr."]), (DAY, &["*Orlan"])]);
    assert_eq!(told[2], ["Peter Orlan"]);
}

#[test]
fn a_full_name_must_be_established_near_in_time() {
    assert_eq!(meant(&[(DAY, &["Peter Orlan"]), (DAY, &["*Orlan"])])[1], ["Orlan"], "printed once");
    let told = meant(&[
        (DAY, &["Peter Orlan"]),
        (DAY, &["Peter Orlan"]),
        (Some(Day::constant(1999, 1, 1)), &["*Orlan"]),
        (None, &["*Orlan"]),
    ]);
    assert_eq!((told[2][0].as_str(), told[3][0].as_str()), ("Orlan", "Peter Orlan"));
    // A given name that is in no list: only if it is spoken of as of a person.
    assert_eq!(short("Zorvan Orlan", "Orlan"), "Orlan");
    assert_eq!(short("*Zorvan Orlan", "Orlan"), "Zorvan Orlan");
}

#[test]
fn a_company_is_not_the_person_it_is_named_after() {
    let person: Told = (DAY, &["Peter Orlan"]);
    assert_eq!(meant(&[person, person, (DAY, &["Orlan"])])[2], ["Orlan"], "neither title nor he");
    // Somebody in the news, whose bare name mostly shows a person, is meant without.
    let often = [person; 10].into_iter().chain([(DAY, &["*Orlan"][..]), (DAY, &["Orlan"][..]), (DAY, &["Orlan"][..])]);
    assert_eq!(meant(&often.collect::<Vec<_>>())[12], ["Peter Orlan"]);
    let company = [person; 10].into_iter().chain([(DAY, &["Orlan"][..]); 4]).chain([(DAY, &["*Orlan"][..])]);
    let told = meant(&company.collect::<Vec<_>>());
    assert_eq!((told[12][0].as_str(), told[14][0].as_str()), ("Orlan", "Peter Orlan"));
}

#[test]
fn middle_names_that_disagree_keep_the_gap_apart() {
    let (directory, companies) = gathered([(DAY, &["Anna B. Lorne", "Anna C. Lorne", "Anna Lorne"][..])]);
    let entries: BTreeSet<u32> = companies[0].names.iter().map(|(name, _)| directory.entry(*name, &companies[0])).collect();
    assert_eq!(entries.len(), 3);
    let gap = directory.entry(directory.name("Anna Lorne").unwrap(), &companies[0]);
    let may_be: Vec<&str> = directory.may_be(gap).iter().map(|entry| directory.shown(*entry)).collect();
    assert_eq!(may_be, ["Anna B. Lorne", "Anna C. Lorne"]);
}

#[test]
fn what_stands_before_an_established_name_is_no_part_of_it() {
    assert_eq!(short("Peter Orlan", "Texas Senator Peter Orlan"), "Peter Orlan");
    assert_eq!(short("Anna Lorne", "Mary Anna Lorne"), "Mary Anna Lorne");
}

#[test]
fn descriptions_are_no_names() {
    for no_name in [
        "the ministry",
        "analysts",
        "Analysts",
        "a spokesman",
        "two officials",
        "The company",
        "Officials",
        "he",
        "",
        "Texas Republican",
        "the Texas Republican",
        "U.S. Officials",
        "Iraq's Ministry",
        "Motors Corp",
        "The German",
    ] {
        assert_eq!(filed(no_name), None, "{no_name}");
    }
    for (name, last) in [("The White House", "house"), ("Peter Orlan Jr.", "orlan"), ("van der Lorne", "lorne"), ("U.S.", "s")] {
        assert_eq!(filed(name).as_deref(), Some(last), "{name}");
    }
}

#[test]
fn a_typed_name_means_everybody_of_that_name() {
    let (directory, _) = gathered([(DAY, &["Peter Orlan", "Anna Orlan", "Orlan", "Orle Bank"][..]), (DAY, &["Peter Orlan"][..])]);
    let named = |typed: &str| directory.meant(typed).into_iter().map(|entry| directory.shown(entry)).collect::<Vec<_>>();
    assert_eq!(named("Orlan"), ["Peter Orlan", "Anna Orlan", "Orlan"]);
    assert_eq!(named("Orlan, Peter"), ["Peter Orlan"]);
    assert_eq!(named("president PETER ORLAN"), ["Peter Orlan"]);
    assert_eq!(named("P. Orlan"), ["Peter Orlan"]);
    assert_eq!(named("Anna"), ["Anna Orlan"]);
    assert_eq!(named("Orle"), ["Orle Bank"]);
    assert!(named("Morlan").is_empty());
}

/// Archives of a few given and last names in every form, drawn by a seeded generator.
fn drawn(seed: u64) -> Vec<(Option<Day>, Vec<String>)> {
    let mut dice = Dice::new(seed);
    let mut draw = |below: usize| dice.below(below);
    const GIVEN: [&str; 8] = ["Peter", "Paul", "Anna", "Zorvan", "P.", "A.", "PETER", "Péter"];
    const MIDDLE: [&str; 5] = ["", "", "", "B.", "Carl"];
    const LAST: [&str; 5] = ["Orlan", "Lorne", "ORLAN", "Bank", "Lorne Jr."];
    let articles = 1 + draw(12);
    let article = |draw: &mut dyn FnMut(usize) -> usize| {
        let names = 1 + draw(3);
        let name = |draw: &mut dyn FnMut(usize) -> usize| {
            let parts = [["", "Senator ", "Texas "][draw(3)], GIVEN[draw(8)], " ", MIDDLE[draw(5)], " ", LAST[draw(5)]].concat();
            let whole = parts.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = if draw(4) == 0 { LAST[draw(5)].to_owned() } else { whole };
            if draw(2) == 0 { format!("*{name}") } else { name }
        };
        (
            [None, DAY, Some(Day::constant(2024, 6, 1)), Some(Day::constant(2001, 1, 1))][draw(4)],
            (0..names).map(|_| name(draw)).collect(),
        )
    };
    (0..articles).map(|_| article(&mut draw)).collect()
}

/// The given name in a name drawn above, folded; none for a last name alone.
fn given(name: &str) -> Option<String> {
    let words: Vec<String> = name.split_whitespace().map(|word| word.to_lowercase().replace('é', "e").replace('.', "")).collect();
    let words: Vec<&String> = words.iter().filter(|word| !matches!(word.as_str(), "senator" | "texas" | "jr")).collect();
    (words.len() > 1).then(|| words[0].clone())
}

#[test]
fn two_given_names_are_never_one_and_the_order_of_articles_tells_nothing() {
    let mut merged = 0;
    for seed in 1..3_000 {
        let archive = drawn(seed);
        let borrowed: Vec<(Option<Day>, Vec<&str>)> =
            archive.iter().map(|(day, names)| (*day, names.iter().map(String::as_str).collect())).collect();
        let told: Vec<Told> = borrowed.iter().map(|(day, names)| (*day, names.as_slice())).collect();
        let (directory, companies) = gathered(told.iter().copied());
        let mut of_entry: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        let mut answers: BTreeSet<(usize, String, String)> = BTreeSet::new();
        for (number, company) in companies.iter().enumerate() {
            for (name, _) in &company.names {
                let entry = directory.entry(*name, company);
                of_entry.entry(entry).or_default().insert(directory.text(*name).to_owned());
                answers.insert((number, directory.text(*name).to_owned(), directory.shown(entry).to_owned()));
            }
        }
        for names in of_entry.values() {
            let given: BTreeSet<String> = names.iter().filter_map(|name| given(name)).collect();
            let whole: Vec<&String> = given.iter().filter(|given| given.len() > 1).collect();
            assert!(whole.len() <= 1, "seed {seed}: {names:?}");
            assert!(whole.is_empty() || given.iter().all(|one| whole[0].starts_with(one.as_str())), "seed {seed}: {names:?}");
            let juniors = names.iter().filter(|name| name.ends_with("Jr.")).count();
            assert!(juniors == 0 || juniors == names.len(), "seed {seed}: {names:?}");
            merged += usize::from(names.len() > 1);
        }
        // Backwards, and the last name alone: the same people.
        let (backwards, companies) = gathered(told.iter().rev().copied());
        for (number, name, shown) in &answers {
            let company = &companies[told.len() - 1 - number];
            let other = backwards.shown(backwards.entry(backwards.name(name).unwrap(), company));
            assert_eq!(other, shown, "seed {seed}: {name}");
        }
        assert_eq!(of_one_last_name(&told, "orlan"), of_last(&answers, "orlan"), "seed {seed}");
    }
    assert!(merged > 800, "{merged}");
}

fn of_last(answers: &BTreeSet<(usize, String, String)>, last: &str) -> BTreeSet<(usize, String, String)> {
    answers.iter().filter(|(_, name, _)| filed(name).as_deref() == Some(last)).cloned().collect()
}

/// What a directory of the names filed under `last` alone tells.
fn of_one_last_name(articles: &[Told], last: &str) -> BTreeSet<(usize, String, String)> {
    let kept: Vec<(Option<Day>, Vec<&str>)> = articles
        .iter()
        .map(|(day, names)| (*day, names.iter().copied().filter(|name| filed(name).as_deref() == Some(last)).collect()))
        .collect();
    let (directory, companies) = gathered(kept.iter().map(|(day, names)| (*day, names.as_slice())));
    let mut out = BTreeSet::new();
    for (number, company) in companies.iter().enumerate() {
        for (name, _) in &company.names {
            let shown = directory.shown(directory.entry(*name, company));
            out.insert((number, directory.text(*name).to_owned(), shown.to_owned()));
        }
    }
    out
}

// ------------------------------------------------------------------------------------------------------- said by hand

/// For each article, whom each of its names means where this is said by hand.
fn meant_with(articles: &[Told], said: &str) -> Vec<Vec<String>> {
    let (directory, companies) = gathered_with(articles.iter().copied(), &People::parse(said, "people.toml").unwrap());
    let shown = |company: &Company, name: &u32| directory.shown(directory.entry(*name, company)).to_owned();
    companies.iter().map(|company| company.names.iter().map(|(name, _)| shown(company, name)).collect()).collect()
}

#[test]
fn what_is_said_by_hand_joins_names_and_keeps_them_apart() {
    let same = "[[same]]\nnames = [\"Ilse Brandauer\", \"Ilse Holm\"]\n";
    let told: [Told; 6] = [
        (DAY, &["Ilse Brandauer"]),
        (DAY, &["Ilse Brandauer"]),
        (DAY, &["ILSE HOLM"]),
        (DAY, &["*Brandauer"]),
        (DAY, &["*Holm"]),
        (DAY, &["Chancellor Ilse Holm", "Matteus Orlan"]),
    ];
    let all = |name: &str| vec![name.to_owned()];
    let (one, both) = (all("Ilse Brandauer"), vec!["Ilse Brandauer".to_owned(), "Matteus Orlan".to_owned()]);
    assert_eq!(meant_with(&told, same), [one.clone(), one.clone(), one.clone(), one.clone(), one.clone(), both]);
    // By themselves they are two, and each bare name is that of one of them.
    assert_eq!(
        meant(&told)[2..5],
        [all("ILSE HOLM"), all("Ilse Brandauer"), all("Ilse Holm")].map(|name| if name == all("ILSE HOLM") {
            all("Ilse Holm")
        } else {
            name
        })
    );
    let different = "[[different]]\nnames = [\"Brandauer\", \"Ilse Brandauer\"]\n";
    assert_eq!(meant_with(&told, different)[3], ["Brandauer"]);
    // Two short names of one person that are said to differ: the second is somebody else.
    let apart = format!("{same}[[different]]\nnames = [\"Brandauer\", \"Holm\"]\n");
    let told = meant_with(&told, &apart);
    assert_eq!((&told[3], &told[4]), (&all("Ilse Brandauer"), &all("Holm")));
}

#[test]
fn a_short_name_that_is_said_to_be_somebodys_is_nobody_elses() {
    let told: [Told; 4] = [(DAY, &["Ann Lee"]), (DAY, &["Ann Lee"]), (DAY, &["A. Lee"]), (DAY, &["Adam Lee-Smith"])];
    assert_eq!(meant(&told)[2], ["Ann Lee"]);
    let said = meant_with(&told, "[[same]]\nnames = [\"Adam Lee-Smith\", \"A. Lee\"]\n");
    assert_eq!((said[0][0].as_str(), said[2][0].as_str()), ("Ann Lee", "Adam Lee-Smith"));
    // A bare name, whatever the article looks like.
    let told: [Told; 3] = [(DAY, &["Peter Orlan", "Orlan"]), (DAY, &["Anna Orlan"]), (None, &["Orlan"])];
    let said = meant_with(&told, "[[alias]]\nname = \"Anna Orlan\"\nalso = \"Orlan\"\n");
    assert_eq!((said[0][1].as_str(), said[2][0].as_str()), ("Anna Orlan", "Anna Orlan"));
}

/// Names of a drawn archive, folded as the file of people folds them, each once.
fn names_of(articles: &[(Option<Day>, Vec<String>)]) -> Vec<String> {
    let mut by_key: BTreeMap<String, String> = BTreeMap::new();
    for name in articles.iter().flat_map(|(_, names)| names).map(|name| name.trim_start_matches('*')) {
        let words: Vec<String> =
            name.split_whitespace().map(|word| word.to_lowercase().replace('é', "e").replace('.', "")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "senator").collect();
        if filed(name).is_some() {
            by_key.entry(words.join(" ")).or_insert_with(|| name.to_owned());
        }
    }
    by_key.into_values().collect()
}

/// Sets of names, drawn: those that are one, of which no name is in two, and those that differ.
fn said(dice: &mut Dice, names: &[String]) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let mut left: Vec<String> = names.to_vec();
    let mut take = |dice: &mut Dice, some: usize| -> Vec<String> {
        (0..some.min(left.len())).map(|_| left.remove(dice.below(left.len()))).collect()
    };
    let same: Vec<Vec<String>> = (0..dice.below(3))
        .map(|_| {
            let some = 2 + dice.below(2);
            take(dice, some)
        })
        .filter(|set| set.len() > 1)
        .collect();
    let of = |name: &String| same.iter().position(|set| set.contains(name));
    let mut different = Vec::new();
    for _ in 0..dice.below(3) {
        let mut set: Vec<String> = Vec::new();
        for _ in 0..2 + dice.below(2) {
            let name = &names[dice.below(names.len())];
            if set.iter().all(|other| other != name && (of(other).is_none() || of(other) != of(name))) {
                set.push(name.clone());
            }
        }
        if set.len() > 1 {
            different.push(set);
        }
    }
    (same, different)
}

fn file_of(same: &[Vec<String>], different: &[Vec<String>]) -> String {
    let section =
        |name: &str, sets: &[Vec<String>]| sets.iter().map(|set| format!("[[{name}]]\nnames = {set:?}\n")).collect::<String>();
    section("same", same) + &section("different", different)
}

#[test]
fn what_is_said_by_hand_holds_of_any_archive_and_of_each_last_name_as_of_all() {
    let (mut joined, mut parted) = (0, 0);
    for seed in 1..2_000 {
        let archive = drawn(seed);
        let names = names_of(&archive);
        if names.is_empty() {
            continue;
        }
        let mut dice = Dice::new(seed + 77_777);
        let (same, different) = said(&mut dice, &names);
        let text = file_of(&same, &different);
        let people = People::parse(&text, "people.toml").unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
        let borrowed: Vec<(Option<Day>, Vec<&str>)> =
            archive.iter().map(|(day, names)| (*day, names.iter().map(String::as_str).collect())).collect();
        let told: Vec<Told> = borrowed.iter().map(|(day, names)| (*day, names.as_slice())).collect();
        let answers = answered(&told, &people, &mut |_| true);
        let (_, without) = (answers.len(), answered(&told, &People::default(), &mut |_| true));
        // Brute force: all pairs of printings, in whatever articles.
        let one_of = |sets: &[Vec<String>], name: &str| -> Vec<usize> {
            (0..sets.len()).filter(|at| sets[*at].iter().any(|other| folded(other) == folded(name))).collect()
        };
        for (_, one, shown) in &answers {
            for (_, other, entry) in &answers {
                let (mine, theirs) = (one_of(&same, one), one_of(&same, other));
                if mine.iter().any(|set| theirs.contains(set)) {
                    assert_eq!(shown, entry, "seed {seed}: {one} and {other}\n{text}");
                    assert_eq!(shown, &same[mine[0]][0], "seed {seed}\n{text}");
                    joined += 1;
                }
                let both = one_of(&different, one).iter().any(|set| one_of(&different, other).contains(set));
                if both && folded(one) != folded(other) || !mine.is_empty() && !theirs.is_empty() && mine != theirs {
                    assert_ne!(shown, entry, "seed {seed}: {one} and {other}\n{text}");
                    parted += 1;
                }
            }
        }
        // Where nothing is said of a last name, nothing is changed.
        let touched: BTreeSet<String> = people.listed().iter().filter_map(|name| filed(name)).collect();
        let untouched = |all: &BTreeSet<(usize, String, String)>| -> BTreeSet<(usize, String, String)> {
            all.iter().filter(|(_, name, _)| filed(name).is_none_or(|last| !touched.contains(&last))).cloned().collect()
        };
        assert_eq!(untouched(&answers), untouched(&without), "seed {seed}\n{text}");
        // Backwards, and of each last name with those that are tied to it: the same people.
        let backwards: Vec<Told> = told.iter().rev().copied().collect();
        let turned: BTreeSet<(usize, String, String)> = answered(&backwards, &people, &mut |_| true)
            .into_iter()
            .map(|(at, name, shown)| (told.len() - 1 - at, name, shown))
            .collect();
        assert_eq!(turned, answers, "seed {seed}\n{text}");
        for last in ["orlan", "lorne", "bank"] {
            let tied: Vec<&str> = people.lasts_with(last).collect();
            let alone = answered(&told, &people, &mut |name| filed(name).is_some_and(|last| tied.contains(&last.as_str())));
            assert_eq!(of_last(&alone, last), of_last(&answers, last), "seed {seed}: {last}\n{text}");
        }
    }
    assert!(joined > 3_000 && parted > 3_000, "{joined} {parted}");
}

/// Steps that grow with the square of it would take minutes.
#[test]
fn a_file_of_ten_thousand_names_is_read_and_followed() {
    let names: Vec<String> = (0..5_000).map(|number| format!("Ann Orlan{number:04}")).collect();
    let others: Vec<String> = (0..4_998).map(|number| format!("Peter Lorne{number:04}")).collect();
    let persons: Vec<Vec<String>> = names.chunks(50).map(<[String]>::to_vec).collect();
    let said = file_of(&persons, std::slice::from_ref(&others)) + "[[alias]]\nname = \"Ann Orlan0000\"\nalso = \"AO\"\n";
    let people = People::parse(&said, "people.toml").unwrap();
    let told: Vec<Vec<&str>> = names.iter().chain(&others).map(|name| vec![name.as_str()]).collect();
    let (directory, companies) = gathered_with(told.iter().map(|names| (DAY, names.as_slice())), &people);
    let entries: BTreeSet<u32> = companies.iter().map(|company| directory.entry(company.names[0].0, company)).collect();
    assert_eq!((entries.len(), people.lasts_with("orlan0007").count()), (5_098, 51));
    assert_eq!(directory.shown(directory.said("AO", &people).unwrap()), "Ann Orlan0000");
}

fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(|word| word.to_lowercase().replace('é', "e").replace('.', "")).collect();
    words.iter().map(String::as_str).filter(|word| *word != "senator").collect::<Vec<_>>().join(" ")
}

/// For each article and name that is wanted, whom it means.
fn answered(articles: &[Told], people: &People, wanted: &mut dyn FnMut(&str) -> bool) -> BTreeSet<(usize, String, String)> {
    let kept: Vec<(Option<Day>, Vec<&str>)> = articles
        .iter()
        .map(|(day, names)| (*day, names.iter().copied().filter(|name| wanted(name.trim_start_matches('*'))).collect()))
        .collect();
    let (directory, companies) = gathered_with(kept.iter().map(|(day, names)| (*day, names.as_slice())), people);
    let mut out = BTreeSet::new();
    for (number, company) in companies.iter().enumerate() {
        for (name, _) in &company.names {
            let shown = directory.shown(directory.entry(*name, company));
            out.insert((number, directory.text(*name).to_owned(), shown.to_owned()));
        }
    }
    out
}
