//! `partwell`: see the library for the map of the code.

fn main() -> std::process::ExitCode {
    partwell::cli::run()
}
