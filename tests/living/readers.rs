//! Eight readers while somebody writes: every answer is that of a commit.

use crate::archive::{archive, content, content_of, edit, newshound};
use crate::given::dice::Dice;
use newshound::engine::Engine;
use newshound::engine::embedded::IndexReader;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Reads and writes for `time`; gives the answers, the commits, and what was wrong.
pub fn beside_a_writer(time: Duration) -> (usize, usize, Vec<String>) {
    let mut dice = Dice::new(41);
    let dir = archive(&mut dice);
    let index = dir.path().join("index");
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let states: Mutex<Vec<BTreeSet<String>>> = Mutex::new(vec![content(&index)]);
    let (over, answers) = (AtomicBool::new(false), AtomicUsize::new(0));
    let wrong: Mutex<Vec<String>> = Mutex::default();
    let mut commits = 1;
    std::thread::scope(|scope| {
        for number in 0..8 {
            let (index, states, over, answers, wrong) = (&index, &states, &over, &answers, &wrong);
            scope.spawn(move || {
                let mut reader = IndexReader::open(index).unwrap();
                while !over.load(Ordering::Relaxed) {
                    // Half of them open the index anew each time, half of them go over to the last commit.
                    let fresh = if number % 2 == 0 {
                        IndexReader::open(index).map(|new| reader = new)
                    } else {
                        reader.reload().map(drop)
                    };
                    if let Err(trouble) = fresh {
                        wrong.lock().unwrap().push(trouble.to_string());
                        continue;
                    }
                    let now = content_of(&reader);
                    answers.fetch_add(1, Ordering::Relaxed);
                    if !states.lock().unwrap().contains(&now) {
                        wrong.lock().unwrap().push(format!("a torn answer of {} lines", now.len()));
                    }
                }
            });
        }
        let began = Instant::now();
        while began.elapsed() < time {
            edit(&mut dice, &dir.path().join("corpus"));
            newshound(&["index", "corpus", "--index", "anew", "--rebuild"], dir.path());
            states.lock().unwrap().push(content(&dir.path().join("anew")));
            newshound(&["index", "corpus", "--index", "index"], dir.path());
            commits += 1;
        }
        over.store(true, Ordering::Relaxed);
    });
    (answers.into_inner(), commits, wrong.into_inner().unwrap())
}
