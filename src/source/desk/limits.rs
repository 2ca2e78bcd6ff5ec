//! How large an input may be: sizes beyond which it is refused by name.

/// Sizes beyond which an input is refused, by name and never in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file in a format that has to be read whole (text, HTML, XML).
    pub file: u64,
    /// Bytes of one record of a format that is read record by record (JSON Lines, CSV, mail, SGML).
    pub record: u64,
    /// Bytes a compressed file may unpack to.
    pub inflated: u64,
    /// How many times larger than the packed file its content may be.
    pub ratio: u64,
    /// Elements within elements.
    pub nesting: usize,
    /// Archives within archives.
    pub archives: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// True when a limit was lowered so that reading stays within a given memory: what is refused then is tried again by the next run.
    pub lowered: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file: 256 << 20,
            record: 16 << 20,
            inflated: 1 << 30,
            ratio: 200,
            nesting: 256,
            archives: 2,
            attributes: 1000,
            lowered: false,
        }
    }
}

impl Limits {
    /// The same for a run that may take so many bytes of memory: a story of marks and names with all that is found of it takes
    /// up to twenty-five times its size (256 MB of 256 were taken with pages of 5 MB).
    #[must_use]
    pub fn within(self, memory: u64) -> Limits {
        let (file, record) = (self.file.min(memory / 4), self.record.min(memory / 64));
        let lowered = self.lowered || file < self.file || record < self.record;
        Limits { file, record, lowered, ..self }
    }

    /// The names of the limits in `newshound.toml`.
    pub(crate) const NAMES: &[&str] = &["file", "record", "inflated", "ratio", "nesting", "archives", "attributes"];

    /// Sets the limit called `name`; false when there is none.
    pub(crate) fn set(&mut self, name: &str, to: u64) -> bool {
        match name {
            "file" => self.file = to,
            "record" => self.record = to,
            "inflated" => self.inflated = to,
            "ratio" => self.ratio = to,
            "nesting" => self.nesting = to as usize,
            "archives" => self.archives = to as usize,
            "attributes" => self.attributes = to as usize,
            _ => return false,
        }
        true
    }
}
