//! Many claims in one go, within bounds; what is left out is counted.

use super::{Bounds, Checked, Claim, Verdict, verify};
use crate::engine::{Engine, Error};
use crate::words::count;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How many claims are checked in one go.
#[derive(Debug, Clone)]
pub struct MostClaims {
    /// Most claims.
    pub claims: usize,
    /// Time for all of them.
    pub deadline: Duration,
}

/// Claims that were not checked, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Beyond the most that are checked in one go.
    pub beyond: usize,
    /// With more words than are compared.
    pub too_long: usize,
    /// Not looked for, or not to the end, before the time was up.
    pub late: usize,
}

impl LeftOut {
    /// All of them.
    pub fn all(self) -> usize {
        self.beyond + self.too_long + self.late
    }

    /// In words, when there are any.
    pub fn in_words(self, bounds: &Bounds, most: &MostClaims) -> Option<String> {
        let mut why = Vec::new();
        if self.beyond > 0 {
            why.push(format!("{} beyond the first {}", self.beyond, most.claims));
        }
        if self.too_long > 0 {
            why.push(format!("{} of more than {} words", self.too_long, bounds.words));
        }
        if self.late > 0 {
            why.push(format!("{} before the time was up", self.late));
        }
        (!why.is_empty()).then(|| format!("not checked: {}", why.join(", ")))
    }
}

/// Checks claims in order and gives each to `each` with its number, until it breaks off.
///
/// # Errors
/// [`Error`] when the index cannot be read.
pub fn verify_all(
    engine: &dyn Engine,
    claims: &[Claim],
    bounds: &Bounds,
    most: &MostClaims,
    each: &mut dyn FnMut(usize, Checked) -> ControlFlow<()>,
) -> Result<LeftOut, Error> {
    let began = Instant::now();
    let mut left_out = LeftOut { beyond: claims.len().saturating_sub(most.claims), ..LeftOut::default() };
    for (number, claim) in claims.iter().enumerate().take(most.claims) {
        if began.elapsed() >= most.deadline || bounds.caller.is_gone() {
            left_out.late += 1;
            continue;
        }
        if count(&claim.words) > bounds.words as u64 {
            left_out.too_long += 1;
            continue;
        }
        let checked = verify(engine, claim, bounds)?;
        // Not to have found it in time does not tell that it is not printed.
        if checked.verdict == Verdict::NotInArchive && checked.partial.is_some() {
            left_out.late += 1;
            continue;
        }
        if each(number, checked).is_break() {
            break;
        }
    }
    Ok(left_out)
}
