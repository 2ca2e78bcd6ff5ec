//! How to read: what the user says of all files and of some.

use super::settings::{FileSettings, Settings};

/// How to read: what the user says, of all files and of some.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Said of every file; goes before the settings.
    pub said: FileSettings,
    /// The corpus's `newshound.toml`.
    pub settings: Settings,
}
