//! The dictionaries that an index packs its articles with: without one its articles cannot be read, and that is never taken for anything else.

use crate::archive::{content, dictionaries_in, newshound, open_writer, quick_dir, run, said, stories, story};
use crate::given::dice::Dice;
use newshound::article::Article;
use newshound::engine::embedded::{Damage, IndexReader, IndexWriter, damaged_files};
use newshound::engine::{Error, Intake};
use newshound::quotation::quotations;
use std::path::Path;
use std::sync::LazyLock;

/// Takes in articles with these numbers and commits; a dictionary is learned from 16 kB, the next one from 64 kB.
fn take_in(writer: &mut IndexWriter, numbers: std::ops::Range<usize>) {
    for article in &ARTICLES[numbers] {
        writer.add(article, &quotations(article)).unwrap();
    }
    writer.commit(None, &[]).unwrap();
}

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| stories(1_800, &mut Dice::new(41)));

fn open(dir: &Path) -> IndexWriter {
    open_writer(dir, None).unwrap().learning_from(16 << 10)
}

/// Every article is read again, and nothing is wrong with any.
fn check(dir: &Path, articles: usize) {
    let reader = IndexReader::open(dir).unwrap();
    let mut damages: Vec<Damage> = damaged_files(dir).unwrap();
    let mut of_articles = Vec::new();
    let ids = reader.check(&mut |damage| of_articles.push(damage)).unwrap();
    damages.extend(of_articles);
    assert_eq!((ids.len(), format!("{damages:?}")), (articles, "[]".to_owned()));
}

/// Bytes of the packed articles of an index.
fn packed(dir: &Path) -> u64 {
    let stores = crate::archive::files_of(dir).into_iter().filter(|file| file.extension().is_some_and(|part| part == "store"));
    stores.map(|file| file.metadata().unwrap().len()).sum()
}

#[test]
fn an_index_learns_from_its_own_articles_and_later_runs_go_on_with_that() {
    let (with, without) = (quick_dir(), quick_dir());
    let mut writer = open(with.path());
    take_in(&mut writer, 0..300);
    writer.close().unwrap();
    let learned = dictionaries_in(with.path());
    assert_eq!(learned.len(), 1);
    check(with.path(), 300);
    let mut writer = IndexWriter::open(without.path(), 1, None).unwrap();
    take_in(&mut writer, 0..300);
    writer.close().unwrap();
    assert!(dictionaries_in(without.path()).is_empty());
    assert!(packed(with.path()) * 10 < packed(without.path()) * 9, "{} of {}", packed(with.path()), packed(without.path()));
    assert_eq!(content(with.path()), content(without.path()));
    // A reader that was open before goes over to what was packed with a dictionary that it has not seen.
    let before = IndexReader::open(with.path()).unwrap();
    let mut writer = open(with.path());
    take_in(&mut writer, 300..1_500);
    writer.close().unwrap();
    assert_eq!((dictionaries_in(with.path()).len(), &dictionaries_in(with.path()).contains(&learned[0])), (2, &true));
    newshound::engine::Engine::reload(&before).unwrap();
    assert_eq!(before.check(&mut |damage| panic!("{damage:?}")).unwrap().len(), 1_500);
    check(with.path(), 1_500);
    // There is nothing more to be learned.
    let all = dictionaries_in(with.path());
    let mut writer = open(with.path());
    take_in(&mut writer, 1_500..1_800);
    writer.close().unwrap();
    assert_eq!(dictionaries_in(with.path()), all);
    check(with.path(), 1_800);
}

#[test]
fn an_index_begun_anew_learns_anew_and_a_run_that_ended_early_leaves_nothing_behind_for_long() {
    let dir = quick_dir();
    let mut writer = open(dir.path());
    take_in(&mut writer, 0..200);
    writer.close().unwrap();
    let first = dictionaries_in(dir.path());
    // Killed between the dictionary and the commit that needs it: the old commit is whole.
    let mut writer = open(dir.path());
    writer.clear().unwrap();
    ARTICLES[200..400].iter().for_each(|article| writer.add(article, &[]).unwrap());
    drop(writer);
    assert_eq!(dictionaries_in(dir.path()).len(), 2);
    check(dir.path(), 200);
    let mut writer = open(dir.path());
    assert_eq!(dictionaries_in(dir.path()), first);
    writer.clear().unwrap();
    take_in(&mut writer, 400..600);
    writer.close().unwrap();
    check(dir.path(), 200);
    // What the commit before needed goes with the next run.
    drop(open(dir.path()));
    assert!(dictionaries_in(dir.path()).len() == 1 && dictionaries_in(dir.path()) != first, "{:?}", dictionaries_in(dir.path()));
    check(dir.path(), 200);
}

#[test]
fn an_index_whose_dictionary_is_damaged_or_gone_is_a_damaged_one() {
    let dir = quick_dir();
    let mut writer = open(dir.path());
    take_in(&mut writer, 0..200);
    writer.close().unwrap();
    let [file] = dictionaries_in(dir.path()).try_into().unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let whole = std::fs::read(&file).unwrap();
    let mut dice = Dice::new(3);
    let refused = |what: &str| {
        assert!(matches!(IndexReader::open(dir.path()), Err(Error::Broken(_, why)) if why.contains(&name)), "{what}");
        assert!(matches!(&damaged_files(dir.path()).unwrap()[..], [Damage::File(why)] if why.contains(&name)), "{what}");
    };
    for _ in 0..20 {
        let mut damaged = whole.clone();
        let bit = dice.below(whole.len() * 8);
        damaged[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&file, damaged).unwrap();
        refused(&format!("bit {bit}"));
        std::fs::write(&file, &whole[..dice.below(whole.len())]).unwrap();
        refused("cut");
    }
    std::fs::remove_file(&file).unwrap();
    refused("gone");
    // As it was, it is whole again; wherever it lies.
    std::fs::write(&file, &whole).unwrap();
    check(dir.path(), 200);
    let elsewhere = quick_dir();
    for file in crate::archive::files_of(dir.path()) {
        let copy = elsewhere.path().join(file.strip_prefix(dir.path()).unwrap());
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(&file, copy).unwrap();
    }
    check(elsewhere.path(), 200);
}

#[test]
fn the_program_learns_from_a_megabyte_and_reads_all_again_when_that_is_lost() {
    let dir = quick_dir();
    let mut dice = Dice::new(29);
    std::fs::create_dir(dir.path().join("corpus")).unwrap();
    for number in 0..60 {
        let text = (0..90).map(|_| story(&mut dice)).collect::<String>();
        std::fs::write(dir.path().join(format!("corpus/{number}.txt")), text).unwrap();
    }
    let index = dir.path().join("index");
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let [file] = dictionaries_in(&index).try_into().unwrap();
    let before = content(&index);
    std::fs::remove_file(&file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    for command in [&["check", "--index", "index"][..], &["search", "ferry", "--index", "index"]] {
        let refused = run(command, dir.path());
        let all = said(&refused) + &String::from_utf8_lossy(&refused.stdout);
        assert!(!refused.status.success() && all.contains(&name), "{command:?}: {all}");
    }
    let again = said(&newshound(&["index", "corpus", "--index", "index"], dir.path()));
    assert!(again.contains("is damaged") && again.contains(&name), "{again}");
    assert_eq!(content(&index), before);
    assert_eq!(run(&["check", "--index", "index"], dir.path()).status.code(), Some(0));
}
