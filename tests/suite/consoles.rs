//! Console transcripts: what a person types, and what they see.

use std::process::Command;

use crate::bundle::for_each;

#[test]
fn consoles_say_what_they_said() {
    for_each("cli", |bundle| {
        let folder = bundle.unpack();
        let script = bundle.part("run").unwrap_or_default();
        let mut transcript = String::new();
        for line in script.lines().filter(|line| line.starts_with("$ ")) {
            let command = line.trim_start_matches("$ ");
            let shell = format!("PATH=\"$(dirname {}):$PATH\"; {command}", env!("CARGO_BIN_EXE_partwell"));
            let output = Command::new("bash")
                .args(["-c", &shell])
                .current_dir(folder.path())
                .env_remove("SOURCE_DATE_EPOCH")
                .env("NO_COLOR", "1")
                .env("COLUMNS", "100")
                .env("TZ", "Pacific/Kiritimati")
                .output()
                .map_err(|error| error.to_string())?;
            transcript.push_str(&format!("{line}\n"));
            for stream in [&output.stdout, &output.stderr] {
                transcript.push_str(&settled(&String::from_utf8_lossy(stream), &folder.path().to_string_lossy()));
            }
            if let Some(code) = output.status.code().filter(|code| *code != 0) {
                transcript.push_str(&format!("[{code}]\n"));
            }
        }
        bundle.settle("run", &transcript)
    });
}

/// Without what differs from run to run: the folder and the seconds it took.
fn settled(text: &str, folder: &str) -> String {
    let text = text.replace(folder, "FOLDER");
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let number = word.trim_end();
        let timed = number.contains('.') && number.parse::<f64>().is_ok();
        if timed { word.replace(number, "#") } else { word.to_owned() }
    });
    words.collect()
}
