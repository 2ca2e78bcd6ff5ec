//! Which invented articles are one story, and which only look like it.

use newshound::duplicates::{Sketch, groups};

const HARBOUR: &str = "The harbour council of Port Anselm voted nine to four on Tuesday to close the old fish quay, ending a dispute that has split \
     the town for eleven years. Fishermen who had moored their boats across the entrance cast off before noon. The mayor, Edda Kvist, said the \
     quay would be pulled down in 2026 and that a covered market for 40 stalls would take its place. Its cost is put at 3.2 million crowns, of \
     which the province pays half. Opponents want a vote of the whole town and have gathered 1,900 names so far.";

const REPORT: &str = "Shares on the Varnia exchange closed higher on Monday in quiet trading, brokers said. The all share index rose 4.2 points to \
     812.6, with 31 issues up and 17 down. Turnover was 12.4 million crowns against 9.8 million on Friday. Banks led the gains, while shipping \
     shares were little changed. Dealers said investors were waiting for the central bank to announce its rate decision later in the week.";

fn sketch(text: &str) -> Sketch {
    Sketch::of_paragraphs(text.split("\n\n")).expect("long enough")
}

#[track_caller]
fn check(one: &str, two: &str, copies: bool) {
    let sketches = [sketch(one), sketch(two)];
    let first = groups(&sketches, &["a", "b"]);
    assert_eq!(first[0] == first[1], copies, "{:?}", sketches[0].likeness(&sketches[1]));
}

#[test]
fn a_copy_with_its_tail_cut_is_the_same_story() {
    check(HARBOUR, &HARBOUR[..HARBOUR.find("Its cost").unwrap()], true);
}

#[test]
fn a_copy_in_capitals_with_other_marks_and_a_misprint_is_the_same_story() {
    check(HARBOUR, &HARBOUR.to_uppercase().replace(',', " -").replace("MOORED", "MORED").replace("1 -900", "1,900"), true);
}

#[test]
fn an_update_with_a_paragraph_more_is_the_same_story() {
    let added =
        format!("{HARBOUR}\n\nA spokesman for the province said on Wednesday that its half of the money had been set aside.");
    check(HARBOUR, &added, true);
}

#[test]
fn the_next_market_report_of_the_same_template_is_another_story() {
    let next =
        REPORT.replace("4.2", "1.9").replace("812.6", "814.5").replace("31 issues", "26 issues").replace("17 down", "22 down");
    let next = next.replace("12.4", "10.1").replace("9.8", "12.4");
    check(REPORT, &next, false);
}

#[test]
fn a_correction_of_one_figure_in_three_is_not_hidden_behind_the_story() {
    check(HARBOUR, &HARBOUR.replace("3.2", "2.3").replace("1,900", "9,100"), false);
}

#[test]
fn another_story_with_the_same_closing_paragraphs_is_another_story() {
    let close =
        "About the Meridian agency: it was founded by four newspapers of the coast and serves ninety papers in six languages.";
    check(&format!("{HARBOUR}\n\n{close}"), &format!("{REPORT}\n\n{close}"), false);
}

#[test]
fn a_body_too_short_to_tell_has_no_sketch() {
    assert!(Sketch::of_paragraphs(["The ferry is late again, the harbour office said."].into_iter()).is_none());
    assert!(Sketch::of_paragraphs(std::iter::empty()).is_none());
}

#[test]
fn groups_are_the_same_in_whatever_order_the_articles_come() {
    let cut = &HARBOUR[..HARBOUR.find("Opponents").unwrap()];
    let named = [
        ("a", HARBOUR),
        ("b", REPORT),
        ("c", cut),
        ("d", HARBOUR),
        ("e", &HARBOUR[..HARBOUR.find("Its cost").unwrap()]),
        ("f", REPORT),
    ];
    let by_name = |order: &[usize]| {
        let sketches: Vec<Sketch> = order.iter().map(|at| sketch(named[*at].1)).collect();
        let names: Vec<&str> = order.iter().map(|at| named[*at].0).collect();
        let first = groups(&sketches, &names);
        let mut out: Vec<(&str, &str)> = names.iter().zip(first).map(|(name, leader)| (*name, names[leader])).collect();
        out.sort_unstable();
        out
    };
    let expected = vec![("a", "a"), ("b", "b"), ("c", "a"), ("d", "a"), ("e", "a"), ("f", "b")];
    for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 5, 2, 1, 4], [2, 4, 1, 3, 0, 5]] {
        assert_eq!(by_name(&order), expected, "{order:?}");
    }
}

#[test]
fn a_chain_of_small_changes_never_joins_two_stories() {
    let words: Vec<String> = (0..200).map(|n| format!("w{}", char::from(b'a' + (n % 26) as u8)) + &"x".repeat(n / 26)).collect();
    let slices: Vec<Sketch> = (0..8).map(|n| sketch(&words[n * 12..n * 12 + 100].join(" "))).collect();
    let first = groups(&slices, &["0", "1", "2", "3", "4", "5", "6", "7"]);
    assert_ne!(first[0], first[7]);
    for (at, leader) in first.iter().enumerate() {
        assert!(at == *leader || slices[at].likeness(&slices[*leader]).is_copy(), "{first:?}");
    }
}

#[test]
fn a_sketch_is_the_same_from_its_numbers() {
    for words in [30, 70, 400] {
        let body: String = (0..words).map(|n| format!("word{} {} ", n * 7 % 501, n * n % 97)).collect();
        let sketch = Sketch::of_paragraphs([body.as_str()].into_iter()).unwrap();
        let numbers = sketch.numbers();
        assert!(numbers.iter().all(|number| *number < 1 << 32) && numbers[0] >= 1 << 31);
        // Fewer bits than each hash with what it is.
        assert!(numbers.len() <= 70, "{}", numbers.len());
        assert_eq!(Sketch::keys_of_numbers(numbers.iter().copied()), sketch.keys());
        assert_eq!(Sketch::of_numbers(Vec::new(), numbers.into_iter()), sketch);
    }
}

/// What versions up to 12 kept: the keys apart, and of the rest each hash as a number, with what it is in the bits above.
#[test]
fn a_sketch_is_the_same_from_what_older_versions_kept() {
    let body: String = (0..400).map(|n| format!("word{} {} ", n * 7 % 501, n * n % 97)).collect();
    let sketch = Sketch::of_paragraphs([body.as_str()].into_iter()).unwrap();
    let keys = sketch.keys().to_vec();
    let loose: Vec<u64> = [60_001, 70_002, 1 << 20 | 5, 1 << 20 | 9, 2 << 20 | 400].to_vec();
    assert!(Sketch::keys_of_numbers(loose.iter().copied()).is_empty());
    let read = Sketch::of_numbers(keys.clone(), loose.into_iter());
    assert_eq!(read.keys(), keys);
    // Written again, it is read the same.
    assert_eq!(Sketch::of_numbers(Vec::new(), read.numbers().into_iter()), read);
}

/// Of a damaged sketch anything may come; nothing panics, and nothing goes on without end.
#[test]
fn any_numbers_are_some_sketch() {
    let mut state = 7u64;
    for length in 0..60 {
        let numbers: Vec<u64> = (0..length)
            .map(|at| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 32) | u64::from(at == 0) << 31 | if length % 3 == 0 { u64::from(u32::MAX) } else { 0 }
            })
            .collect();
        let sketch = Sketch::of_numbers(Vec::new(), numbers.iter().copied());
        assert!(sketch.keys().len() <= 127 && Sketch::keys_of_numbers(numbers.into_iter()).len() <= 127);
    }
}
