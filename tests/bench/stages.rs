//! What each stage costs for one playbook, on one thread: `cargo bench --bench stages [-- FILTER]`, in about a
//! minute. The playbook is the full one of the tests with prose, a table and code of its own.
//!
//! Search and publishing work on many files, so they are measured on a handbook of 64 such playbooks.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use partwell::book::{Book, pages, vendor};
use partwell::calendar::Date;
use partwell::config::Config;
use partwell::diagnostic::{Diagnosed, Findings};
use partwell::exit;
use partwell::formats::{Collected, Context, Kept, Sink, site::Site};
use partwell::html::Html;
use partwell::library::{self, Vendor, routes};
use partwell::pipeline;
use partwell::publish::{Output, Publisher};
use partwell::rules::{self, RULES};
use partwell::schema::{Decoder, PLAYBOOK, Playbook};
use partwell::search::{Catalogue, Index};
use partwell::source::{Project, SourceFile};
use partwell::theme::{Theme, View, map};
use partwell::yaml::{self, Source};

const MANY: usize = 64;
const HANDBOOK: &str = "title: T\ncalendar: uk\nholidays: {uk: [{date: 2026-12-25}, {date: 2026-12-28}, {date: 2027-01-01}]}\n";
const CODE: &str = "\n## Fetch\n\n```bash\nset -eu\nfor file in drop/*.csv; do\n  # only whole files\n  test -s \"$file\" && cp \"$file\" \"done/$(basename \"$file\")\"\ndone\n```\n";

fn of_one(c: &mut Criterion) {
    let project = project(1);
    let (file, config, as_of) = (&project.files[0], &project.config, as_of());
    let front = front(&file.text);
    c.bench_function("yaml to nodes", |b| {
        b.iter(|| yaml::parse(front, PLAYBOOK.unreadable, &mut Findings::new(&file.path)));
    });
    let (nodes, root) = yaml::parse(front, PLAYBOOK.unreadable, &mut Findings::new(&file.path));
    let root = root.expect("a mapping");
    c.bench_function("decode", |b| {
        b.iter(|| {
            let mut findings = Findings::new(&file.path);
            Decoder::new(&nodes, &file.text, &PLAYBOOK, &mut findings).section::<Playbook>(root)
        });
    });
    let (shared, elsewhere) = (Arc::new(config.workdays()), pipeline::elsewhere());
    c.bench_function("the whole file", |b| {
        b.iter(|| library::draft(file, config, &shared, as_of, &elsewhere));
    });
    let book = book(&project);
    let one = &book.library.vendors[0];
    c.bench_function("rules", |b| b.iter(|| rules::check(black_box(one), config, as_of, RULES)));
    c.bench_function("plan", |b| b.iter(|| exit::plan(black_box(one), as_of)));
    c.bench_function("markdown", |b| b.iter(|| pages::notes(black_box(one), &book)));
    page(c, &project, &book, one);
}

/// The page of a vendor: what stands in it, then the template alone, then all of it as it goes to the site.
fn page(c: &mut Criterion, project: &Project, book: &Book, one: &Vendor) {
    let Diagnosed { value: theme, .. } = Theme::load(&project.theme, &project.config);
    let (plan, out, kept) = (exit::plan(one, as_of()), Nowhere, Kept::default());
    let route = routes::vendor_page(&one.slug);
    let prose = pages::notes(one, book);
    c.bench_function("sections of a page", |b| {
        b.iter(|| vendor::sections(black_box(one), &plan, book, prose.clone()));
    });
    let cx = Context::new(&theme, &project.assets, &kept);
    let view = view(&Site::whole(book, &cx, &out), one, vendor::sections(one, &plan, book, prose.clone()), &route);
    c.bench_function("template", |b| b.iter(|| theme.render("vendor.html", black_box(&view), &mut Vec::new()).expect("a page")));
    c.bench_function("a page, all of it", |b| b.iter(|| pipeline::emit_one(&route, book, project, &theme, &kept, &out)));
}

fn of_many(c: &mut Criterion) {
    let project = project(MANY);
    let book = book(&project);
    let catalogue = Catalogue::of(&book);
    c.bench_function("search: words of 64", |b| b.iter(|| catalogue.blocks(&|_, _| {}, None)));
    let blocks = catalogue.blocks(&|_, _| {}, None);
    c.bench_function("search: index of 64", |b| b.iter(|| Index::of(black_box(&blocks), catalogue.entries.len())));

    let Diagnosed { value: theme, .. } = Theme::load(&project.theme, &project.config);
    c.bench_function("all pages of 64", |b| b.iter(|| pipeline::emit(&book, &project, &theme, &Nowhere)));
    let site = Collected::default();
    pipeline::emit(&book, &project, &theme, &site);
    let files = site.files.into_inner().expect("files");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    let publish = || {
        let publisher = Publisher::begin(&out, folder.path(), None, "internal", Output::Site, || {}).expect("a publisher");
        files.iter().for_each(|(path, bytes)| publisher.put(path, bytes));
        publisher.finish().expect("a site")
    };
    c.bench_function("publish 64 anew", |b| {
        b.iter_batched(|| drop(std::fs::remove_dir_all(&out)), |()| publish(), criterion::BatchSize::PerIteration);
    });
    c.bench_function("publish 64 again", |b| b.iter(publish));
}

/// What the template of a vendor is given, like the handbook does it.
fn view(site: &Site<'_>, one: &Vendor, sections: Vec<partwell::book::Block>, route: &str) -> View {
    let mut view = site.frame(route, one.title(), "", &[("Home", "index.html"), ("Register", "register.html")]);
    let strip = vendor::strip(one, site.book).into_iter().map(|row| {
        map([("label", row.label.into()), ("value", row.value.into()), ("below", row.below.as_str().into()), ("key", row.is_key.into())])
    });
    let sections = sections.into_iter().map(|block| {
        map([
            ("id", block.id.into()),
            ("title", block.title.into()),
            ("empty", block.is_empty().into()),
            ("hint", block.hint.into()),
            ("guides", Html::default().into()),
            ("body", block.body.into()),
        ])
    });
    view.set("revision", one.revision.as_str())
        .set("title", one.title())
        .set("name", one.name())
        .set("lead", "")
        .set("strip", strip.collect::<Vec<_>>())
        .set("errors", "")
        .set("attention", Html::default())
        .set("sections", sections.collect::<Vec<_>>());
    view
}

/// Takes every file and keeps none.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &str, bytes: &[u8]) {
        black_box(bytes);
    }

    fn stream(&self, _: &str, write: &mut dyn FnMut(&mut (dyn std::io::Write + Send)) -> std::io::Result<()>) {
        write(&mut std::io::sink()).expect("a sink takes everything");
    }

    fn made_from(&self, _: &str, _: &partwell::memo::Digest, make: &mut dyn FnMut(&dyn Sink)) {
        make(self);
    }

    fn note(&self, _: String) {}

    fn fail(&self, broken: partwell::source::Broken) {
        panic!("{}: {}", broken.path.display(), broken.error);
    }
}

fn front(text: &str) -> Source<'_> {
    let start = text.find('\n').expect("a fence") + 1;
    Source { text, start, end: text.find("\n---\n").expect("a fence") + 1 }
}

fn as_of() -> Date {
    Date::parse("2026-11-21").expect("a date")
}

fn book(project: &Project) -> Book {
    pipeline::compile(project, pipeline::analyze(project, as_of()).value)
}

fn project(count: usize) -> Project {
    let full = include_str!("../bases/full.md");
    let prose = include_str!("../../content/vendors/parcelway.md").split("\n---\n").nth(1).unwrap_or_default().replace("](", "] (");
    let files = (0..count).map(|n| {
        let text = format!("{}\n{prose}{CODE}", full.replace("Brightleaf", &format!("Brightleaf {n}")));
        SourceFile { path: format!("content/vendors/v{n:05}.md").into(), text: text.into(), is_sound: true }
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

/// One thread, so that figures of different machines are of one kind.
fn short() -> Criterion {
    // Fails only where a pool is there already; then it is ours.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
    Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2))
}

criterion_group! { name = stages; config = short(); targets = of_one, of_many }
criterion_main!(stages);
