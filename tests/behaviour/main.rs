//! What newshound does, as a reader, another program or a reader of its code would notice: `cargo test --test behaviour [FILE::]`.
//!
//! One binary, for linking costs more than running. What measures time, processor or memory is in `tests/measured`, where nothing else
//! runs beside it, and what kills, starves and watches runs in `tests/living`.

// What is read
mod corpora;
mod formats;
mod losses;
mod documents;
mod shapes;
mod settings;
// Who said it, and who is who
mod attribution;
mod attribution_floors;
mod directory;
mod speakers;
mod people;
mod dossier;
// What is asked and found
mod queries;
mod searching;
mod limits;
mod ranking;
mod best;
mod standing;
mod duplicates;
mod folding;
mod verify;
mod trail;
mod alerts;
#[cfg(feature = "opensearch")]
mod engines;
mod citations;
mod timeline;
// Where it is met
mod cli;
mod command_line;
mod shown;
mod serve;
mod browser;
// What is written about it
mod readme;
mod imports;

#[path = "../given/mod.rs"]
mod given;
