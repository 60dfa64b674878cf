//! The tests of the whole product. Most are text files: adding a test means adding a file to
//! `tests/findings`, `tests/cli` or `tests/sites`, a case to a file of `tests/rules`, or a line to
//! `tests/dates/vectors.csv`.
//!
//! `PARTWELL_RENEW=1 cargo test` writes what came out into the files' expectations; read the diff before
//! you keep it.

mod architecture;
mod bundle;
mod calendar_files;
mod calendar_properties;
mod calendar_vectors;
mod cases;
mod consoles;
mod determinism;
mod edits;
mod every_field;
mod examples;
mod findings;
mod guesses;
mod pdf;
mod preview;
mod rebuild;
mod registry;
mod robustness;
mod rules;
mod search;
mod secrets;
mod sheets;
mod sites;
mod unreadable;
