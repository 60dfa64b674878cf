//! Partwell: vendor relationship playbooks into a checked handbook and dated exit checklists.
//!
//! # The map
//!
//! Data flows one way, and a module uses only modules that stand above it in the list below; a test holds
//! that.
//!
//! ```text
//! files -> source -> yaml -> schema -> library -> exit -> book -> formats -> publish -> files
//!          text      nodes   Playbook  all of     plan |  pages   html, pdf, path ->
//!                    + spans + findings them, dates    |          ics, json  bytes
//!                                       |            | `-> sheets -> paper: what each printed sheet says,
//!                                       |            |     before it is a page or a PDF
//!                                       `-> rules <--'  findings: from the whole library, for the author
//!                                           readiness   what is there, whatever the status
//! ```
//!
//! - Only [`source`] reads the disk, only [`publish`] writes a site, only [`cli`] reads clock and
//!   environment (and writes the files of `init` and `new`, and playbooks that it was asked to change); only [`watch`]
//!   waits, only [`serve`] talks to a network.
//! - Findings are values ([`diagnostic`]): no stage stops at the first mistake, and a broken field never
//!   hides the rest. Whatever hangs on one says that it is not known.
//! - Stages are pure functions; [`pipeline`] is the only place where they meet. `check`, `build` and
//!   `serve` are the same pipeline with another ending.
//! - The work on one file (parse, decode, dates, outline of the body) looks at that file and the
//!   configuration alone, so it runs in parallel; what shows only across files comes after, in order.
//! - Nothing is done twice for a save. What one file gives depends on its text, the day and what the configuration says
//!   for reading ([`config::Config::for_reading`]), and is remembered by these ([`memo`]); its links by the addresses of the site; rules across vendors by all front
//!   matters. A page of [`preview`] is made when it is asked for, and kept while the playbooks and the frame it is made
//!   from are the very same values. A test edits at random and compares every file with a fresh build.
//! - A build over a site that stands there makes only what has changed. [`formats::Bases`] says in digests what files
//!   are made from, and the manifest of [`publish`] which digests the files there have; what a file says is kept nowhere
//!   but in the file, and is read back from there: lines of `handbook.json`, words and texts of the search. Another test
//!   edits content and site at random, builds over it, and compares as well.
//! - A site is never held whole: each format hands files to a sink as they are made, from one immutable
//!   [`book::Book`].
//!
//! A field is declared once, in `schema/`; a rule once, in `rules/` with its manual page; the code of a stage's
//! finding once, in [`diagnostic::codes`]; a point of [`readiness`] once; a template step once, in
//! `exit/template.rs`; a printed sheet once, in [`sheets::SHEETS`]; a format once, in [`formats::FORMATS`]; a form
//! of the findings once, in [`report`].
//!
//! [`search`] makes its index from the [`book`] alone: what pages do not show is not found either.
//!
//! A sheet is said once, as a [`paper::Sheet`], and laid out twice: by [`formats`] as a page, by [`pdf`] on paper.
//! A change to a playbook is text in memory first: [`fix`] puts right what cannot change the meaning, [`edit`] sets
//! values and keeps all else, [`ending`] tries an ending out by reading the playbook as it would be, [`ticks`]
//! files what was ticked. Only [`cli`] writes it back.

pub mod calendar;
pub mod diagnostic;
pub mod memo;
pub mod yaml;
pub mod schema;
pub mod secrets;
pub mod config;
pub mod source;
pub mod markdown;
pub mod html;
pub mod library;
pub mod exit;
pub mod rules;
pub mod readiness;
pub mod paper;
pub mod pdf;
pub mod sheets;
pub mod theme;
pub mod book;
pub mod search;
pub mod formats;
pub mod pipeline;
pub mod fix;
pub mod edit;
pub mod ending;
pub mod ticks;
pub mod publish;
pub mod preview;
pub mod watch;
pub mod report;
pub mod serve;
pub mod cli;
