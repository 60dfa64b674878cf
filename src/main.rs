//! `partwell`: see the library for the map of the code.

/// A build makes and drops a great many small pieces of text on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    partwell::cli::run()
}
