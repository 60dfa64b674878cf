//! What the search costs: `cargo bench --bench search -- FOLDER`, the folder of a project. CPU time on one
//! thread, so that a busy machine does not show; Linux only.

use partwell::book::Book;
use partwell::calendar::Date;
use partwell::pipeline;
use partwell::search::letters::letters;
use partwell::search::{Block, Catalogue, Document, Index};
use partwell::source;

const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| std::path::Path::new(argument).is_dir());
    let folder = folder.expect("usage: cargo bench --bench search -- FOLDER");
    let project = source::read(folder.as_ref()).expect("a project");
    let as_of = Date::parse("2026-11-21").expect("a date");
    let library = pipeline::analyze(&project, as_of).value;
    let book = Book::new(project.config.clone(), library);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    pool.install(|| measure(&book));
}

fn measure(book: &Book) {
    let catalogue = Catalogue::of(book);
    let before = memory("VmRSS");
    let blocks = catalogue.blocks(&|_, _| {}, None);
    let index = Index::of(&blocks, catalogue.entries.len());
    println!("{} entries; {:.1} MB more in memory at most", catalogue.entries.len(), memory("VmHWM") - before);
    show("catalogue", || drop(Catalogue::of(book)));
    show("documents", || catalogue.entries.iter().for_each(|entry| drop(Document::of(entry))));
    let documents: Vec<Document> = catalogue.entries.iter().take(3_200).map(Document::of).collect();
    show("words of 3,200", || documents.chunks(32).for_each(|some| drop(Block::of(some))));
    show("blocks and texts", || drop(catalogue.blocks(&|_, _| {}, None)));
    show("index", || drop(Index::of(&blocks, catalogue.entries.len())));
    show("scripts", || catalogue.put(&index, &|_, _| {}));
    show("letters", || drop(letters(&catalogue.entries)));
    let sizes =
        catalogue.files(&index).iter().map(|path| catalogue.make(path, || &index).map_or(0, |bytes| bytes.len())).collect::<Vec<_>>();
    println!("{} scripts, {:.1} MB", sizes.len(), sizes.iter().sum::<usize>() as f64 / 1e6);
}

fn show(what: &str, run: impl Fn()) {
    let mut times: Vec<u64> = (0..ROUNDS)
        .map(|_| {
            let started = busy();
            run();
            busy() - started
        })
        .collect();
    times.sort_unstable();
    println!("{what:<18}{:>8.1} ms", times[ROUNDS / 2] as f64 / 1e6);
}

/// Nanoseconds that this thread has run.
fn busy() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    text.split(' ').next().and_then(|first| first.parse().ok()).expect("a number")
}

fn memory(line: &str) -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = text.lines().find(|known| known.starts_with(line)).expect("a line");
    line.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok()).expect("a number") / 1e3
}
