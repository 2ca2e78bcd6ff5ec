//! Runs that are killed: the index is at the old commit or at the new one, and the next run completes.

use crate::archive::{archive, content, edit, newshound};
use crate::given::archive::program;
use crate::given::dice::Dice;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Kills so many runs; gives how many of them died before they had ended by themselves, and what was wrong.
pub fn struck(kills: usize, dice: &mut Dice) -> (usize, Vec<String>) {
    let dir = archive(dice);
    let index = dir.path().join("index");
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let mut before = content(&index);
    let (mut died, mut wrong) = (0, Vec::new());
    for kill in 0..kills {
        edit(dice, &dir.path().join("corpus"));
        let began = Instant::now();
        newshound(&["index", "corpus", "--index", "anew", "--rebuild"], dir.path());
        // A run takes 15 ms on one machine and 60 on another: the blow falls somewhere in the time that the last one took.
        let whole = began.elapsed().as_micros() as usize;
        let after = content(&dir.path().join("anew"));
        let arguments = ["index", "corpus", "--index", "index"];
        let mut run = Command::new(program()).args(arguments).current_dir(dir.path()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(whole.max(1)) as u64));
        died += usize::from(run.try_wait().unwrap().is_none());
        let _ = run.kill();
        run.wait().unwrap();
        let now = content(&index);
        if now != before && now != after {
            wrong.push(format!("kill {kill}: neither the old state nor the new one"));
        }
        newshound(&arguments, dir.path());
        if content(&index) != after {
            wrong.push(format!("kill {kill}: the next run does not finish the work"));
        }
        before = after;
    }
    (died, wrong)
}
