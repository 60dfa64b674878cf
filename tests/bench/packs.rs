//! What exit packs cost as PDF: `cargo bench --bench packs [-- PACKS]`, 1,000 unless said otherwise.
//!
//! Every pack is laid out, validated and dropped again, on all cores. The peak of memory is read after a tenth of
//! the packs and at the end: it may not grow with their number.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use partwell::calendar::Date;
use partwell::config::Config;
use partwell::pdf::{self, Fonts, PageSize};
use partwell::sheets::{self, Desk};
use partwell::source::{Project, SourceFile};
use partwell::{exit, pipeline, theme};
use rayon::prelude::*;

const HANDBOOK: &str =
    "title: T\nclient: Harbor & Pine\ncalendar: uk\nholidays: {uk: [{date: 2026-12-25}, {date: 2026-12-28}, {date: 2027-01-01}]}\n";

fn main() {
    let count: usize = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(1_000);
    let as_of = Date::parse("2026-11-21").expect("a date");
    let full = include_str!("../bases/full.md");
    let files = (0..count).map(|n| {
        let text = full.replace("Brightleaf", &format!("Brightleaf {n}"));
        SourceFile { path: format!("content/vendors/v{n:05}.md").into(), text: text.into(), is_sound: true }
    });
    let project = Project {
        config: Config::read(HANDBOOK).value,
        files: files.collect(),
        assets: Default::default(),
        theme: Default::default(),
        noticed: Vec::new(),
        config_text: HANDBOOK.into(),
    };
    let library = pipeline::analyze(&project, as_of).value;
    let (fonts, _) = Fonts::new(theme::FONTS, Vec::new());
    let before = peak();
    let tenth = count.div_ceil(10);
    let (first, rest) = library.vendors.split_at(tenth);
    let started = Instant::now();
    let (pages, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let print = |vendor: &partwell::library::Vendor| {
        let plan = exit::plan(vendor, as_of);
        let desk = Desk { vendor, plan: &plan, config: &project.config, as_of, notes: Vec::new() };
        let pack = desk.pack("Exit pack", sheets::pack_kinds());
        let made = pdf::render(&pack, PageSize::A4, &fonts).expect("a PDF");
        pages.fetch_add(made.pages, Ordering::Relaxed);
        bytes.fetch_add(made.bytes.len(), Ordering::Relaxed);
    };
    first.par_iter().for_each(print);
    let early = peak();
    rest.par_iter().for_each(print);
    let took = started.elapsed().as_secs_f64();
    let (pages, bytes) = (pages.into_inner(), bytes.into_inner());
    println!("{count} packs, {pages} pages, {:.0} kB a pack, {took:.1} s", bytes as f64 / count as f64 / 1000.0);
    println!("wall time     {:>8.2} ms a page", took * 1000.0 / pages as f64);
    println!("peak memory   {before} kB before, {early} kB after {tenth} packs, {} kB at the end", peak());
}

/// The most memory this process has held so far, in kB, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
