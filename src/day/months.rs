//! The English months: the one list of them.

/// From January to December; the first three letters tell them apart.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
