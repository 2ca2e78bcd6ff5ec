//! Random histories of edits: after each the index that followed must equal one built anew.

use crate::archive::{archive, content, edit, files_of, newshound, run, said};
use crate::given::dice::Dice;

/// Edits of one archive, each followed by a run.
const STEPS: usize = 6;

/// Follows so many edits, in archives of their own; gives how many it were and where the index was not as it should be.
pub fn followed(edits: usize, dice: &mut Dice) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    for round in 0..edits.div_ceil(STEPS) {
        let dir = archive(dice);
        for step in 0..STEPS {
            // Now and then only a part of the archive is looked at; what lies elsewhere stays as it was.
            let part = ["corpus", "corpus", "corpus", "corpus/2024"][dice.below(4)];
            let ran = run(&["index", part, "--index", "index", "--threads", ["1", "3"][dice.below(2)]], dir.path());
            // A part of which every file is gone is refused: a disk may be missing.
            let is_gone = part != "corpus" && files_of(&dir.path().join(part)).is_empty();
            let is_well = matches!(ran.status.code(), Some(0 | 1)) || is_gone && said(&ran).contains("--prune");
            if !is_well {
                wrong.push(format!("round {round}, step {step}: {part}: {}", said(&ran)));
            }
            if part != "corpus" {
                newshound(&["index", "corpus", "--index", "index"], dir.path());
            }
            newshound(&["index", "corpus", "--index", "anew", "--rebuild"], dir.path());
            if content(&dir.path().join("index")) != content(&dir.path().join("anew")) {
                wrong.push(format!("round {round}, step {step}: the index is not what one built anew is"));
            }
            edit(dice, &dir.path().join("corpus"));
        }
    }
    (edits.div_ceil(STEPS) * STEPS, wrong)
}
