//! How long the matcher may look at a unit: an article of megabytes, or a chain of words with a thousand ways, must not hold up a
//! question that is at its end.

/// Told what is about to be done, in steps of about what a comparison of two words costs; says whether it is still wanted.
#[derive(Clone, Copy)]
pub struct Patience<'a>(Option<&'a dyn Fn(usize) -> bool>);

impl<'a> Patience<'a> {
    /// Of who waits for as long as it takes.
    pub const ENDLESS: Patience<'static> = Patience(None);

    /// As long as `goes_on` says so, which is told the steps.
    pub fn of(goes_on: &'a dyn Fn(usize) -> bool) -> Patience<'a> {
        Patience(Some(goes_on))
    }

    /// Takes so many steps; false when that is the end.
    pub(super) fn lasts(self, steps: usize) -> bool {
        self.0.is_none_or(|goes_on| goes_on(steps))
    }
}
