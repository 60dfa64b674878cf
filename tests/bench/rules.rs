//! What each rule costs: `cargo bench --bench rules [-- PLAYBOOKS]`, 2,000 unless said otherwise; or with the
//! folder of a project instead of a number. All rules together stand beside the other stages in `stages.rs`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use partwell::calendar::Date;
use partwell::config::Config;
use partwell::library::{self, Vendor};
use partwell::pipeline;
use partwell::rules::{self, Check, RULES};
use partwell::source::{self, Project, SourceFile};
use rayon::prelude::*;

const ROUNDS: usize = 7;
const HANDBOOK: &str = "title: T\nbusiness_hours: {start: \"09:00\", end: \"17:00\"}\ncalendar: uk\nholidays: {uk: [{date: 2026-12-25}, {date: 2027-01-01}, {date: 2028-12-25}]}\n";

fn main() {
    let folder = std::env::args().skip(1).find(|argument| std::path::Path::new(argument).is_dir());
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(2_000);
    let as_of = Date::parse("2026-11-21").expect("a date");
    let project = folder.map_or_else(|| project(count), |folder| source::read(folder.as_ref()).expect("a project"));
    println!("rule      µs a playbook, on one thread; medians of {ROUNDS} rounds over {} playbooks", project.files.len());
    each_rule(&decoded(&project, as_of), &project.config, as_of);
}

/// Every playbook, decoded and not checked.
fn decoded(project: &Project, as_of: Date) -> Vec<Vendor> {
    let (shared, elsewhere) = (Arc::new(project.config.workdays()), pipeline::elsewhere());
    project.files.par_iter().map(|file| library::draft(file, &project.config, &shared, as_of, &elsewhere).vendor).collect()
}

/// Every rule about one playbook, by itself, the dearest first.
fn each_rule(vendors: &[Vendor], config: &Config, as_of: Date) {
    let of_vendor = RULES.iter().filter(|rule| matches!(rule.check, Check::Vendor(_)));
    let mut costs: Vec<(f64, &str, usize)> = of_vendor
        .map(|rule| {
            let mut told = 0;
            let times = (0..ROUNDS)
                .map(|_| timed(|| told = vendors.iter().map(|vendor| rules::check(vendor, config, as_of, &[*rule]).len()).sum()));
            (median(times.collect()).as_secs_f64() * 1e6 / vendors.len() as f64, rule.code.id, told)
        })
        .collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (cost, code, told) in &costs {
        println!("{code}  {cost:>8.2}  {told:>6} findings");
    }
    println!("all       {:>8.2}", costs.iter().map(|(cost, ..)| cost).sum::<f64>());
}

/// Playbooks made from the full, the calm and the minimal one in turn, each with a name of its own.
fn project(count: usize) -> Project {
    let bases = [include_str!("../bases/full.md"), include_str!("../bases/calm.md"), include_str!("../bases/minimal.md")];
    let names = ["Brightleaf", "Alder Cleaning", "Northgate"];
    let prose = include_str!("../../content/vendors/parcelway.md").split("\n---\n").nth(1).unwrap_or_default();
    let files = (0..count).map(|n| {
        let text = bases[n % 3].replace(names[n % 3], &format!("{} {n}", names[n % 3]));
        let plain: String = prose.replace("](", "] (");
        SourceFile { path: format!("content/vendors/v{n:05}.md").into(), text: format!("{text}\n{plain}").into(), is_sound: true }
    });
    Project {
        config: Config::read(HANDBOOK).value,
        files: files.collect(),
        assets: Default::default(),
        theme: Default::default(),
        noticed: Vec::new(),
        config_text: HANDBOOK.into(),
    }
}

fn timed(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
