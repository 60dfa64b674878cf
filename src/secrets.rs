//! Looks for secrets in the text of a source file, front matter and body alike. What it finds is never
//! repeated: not in a message, not in a snippet.

use crate::diagnostic::{Findings, Span, codes};

/// Reports each secret and returns where they stand.
pub fn scan(text: &str, findings: &mut Findings) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for (start, end, what) in in_line(line) {
            let span = Span::new(at + start, at + end);
            if found.iter().all(|known: &Span| known.end <= span.start || known.start >= span.end) {
                findings
                    .add(&codes::STR009, span, format!("This looks like {what}. Playbooks are copied, printed and sent."))
                    .help("Remove it, change it at its source, and write only where it is kept.");
                found.push(span);
            }
        }
        at += line.len();
    }
    found
}

/// Replaces every secret in a text by dots.
pub fn mask(message: &str, source: &str, secrets: &[Span]) -> String {
    secrets.iter().fold(message.to_owned(), |message, span| match source.get(span.range()) {
        Some(secret) if secret.len() > 3 => message.replace(secret, "•••"),
        _ => message,
    })
}

fn in_line(line: &str) -> Vec<(usize, usize, &'static str)> {
    let mut found = Vec::new();
    if let Some(start) = line.find("-----BEGIN ").filter(|_| line.contains("PRIVATE KEY")) {
        found.push((start, line.trim_end().len(), "a private key"));
    }
    found.extend(password(line));
    for (start, word) in words(line) {
        if let Some(what) = token(word) {
            found.push((start, start + word.len(), what));
        }
    }
    found.extend(cards(line));
    found.sort_unstable();
    found
}

fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | '=');
    line.split(move |c: char| !part(c)).filter(|word| word.len() >= 16).map(|word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
}

/// Common forms of keys and tokens: a known beginning and enough of the rest.
fn token(word: &str) -> Option<&'static str> {
    const FORMS: &[(&str, usize, &str)] = &[
        ("AKIA", 20, "a cloud access key"),
        ("ASIA", 20, "a cloud access key"),
        ("ghp_", 36, "an access token"),
        ("gho_", 36, "an access token"),
        ("ghs_", 36, "an access token"),
        ("github_pat_", 40, "an access token"),
        ("glpat-", 20, "an access token"),
        ("xoxb-", 24, "an access token"),
        ("xoxp-", 24, "an access token"),
        ("sk_live_", 24, "a payment key"),
        ("rk_live_", 24, "a payment key"),
        ("sk-ant-", 32, "an API key"),
        ("sk-proj-", 32, "an API key"),
        ("AIza", 35, "an API key"),
        ("SG.", 40, "an API key"),
        ("npm_", 36, "an access token"),
        ("pypi-", 40, "an access token"),
        ("eyJ", 60, "a signed token"),
    ];
    let form = FORMS.iter().find(|(start, length, _)| word.starts_with(start) && word.len() >= *length)?;
    let varied = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic());
    let signed = form.0 != "eyJ" || word.matches('.').count() == 2;
    (varied && signed).then_some(form.2)
}

/// `password: value`, as a field or in prose.
fn password(line: &str) -> Option<(usize, usize, &'static str)> {
    const NAMES: &[&str] =
        &["password", "passwd", "pwd", "passphrase", "api_key", "api-key", "apikey", "secret_key", "client_secret", "access_token"];
    let lower = line.to_ascii_lowercase();
    for name in NAMES {
        for (start, _) in lower.match_indices(name) {
            let before = lower[..start].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || (c == '_' && !lower[..start].trim_start().starts_with("x_"))) {
                continue;
            }
            let rest = &line[start + name.len()..];
            let Some(value) = rest.trim_start_matches(['"', '\'', '`']).strip_prefix([':', '=']) else {
                continue;
            };
            let raw = value.trim_start();
            let raw = raw.trim_start_matches(['"', '\'', '`']);
            let end = raw.find([' ', '"', '\'', '`', ',', '}', '\n', '\r', ')']).unwrap_or(raw.len());
            let word = raw[..end].trim_end_matches(['.', ';']);
            let after = raw[end..].trim_start_matches(['"', '\'', '`']).trim();
            if is_password(word, after) {
                let at = word.as_ptr() as usize - line.as_ptr() as usize;
                return Some((at, at + word.len(), "a password"));
            }
        }
    }
    None
}

/// One word that no sentence goes on after, and that is not a word of prose about where a secret is kept.
fn is_password(word: &str, after: &str) -> bool {
    const PROSE: &[&str] = &[
        "vault", "none", "null", "true", "false", "changed", "rotate", "rotated", "shared", "see", "ask", "yes", "the", "kept", "stored",
        "required",
    ];
    let lower = word.to_ascii_lowercase();
    let sentence = after.starts_with(|c: char| c.is_alphanumeric());
    let odd = word.bytes().any(|b| !b.is_ascii_alphabetic());
    word.len() >= 4
        && !PROSE.contains(&lower.as_str())
        && !word.starts_with(['[', '{', '<', '$', '*', '•'])
        && (!sentence || odd && word.len() >= 8)
}

/// Card numbers: 13 to 19 digits in groups, with a check digit that fits, as in ISO/IEC 7812.
fn cards(line: &str) -> Vec<(usize, usize, &'static str)> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let free = i == 0 || !(bytes[i - 1].is_ascii_alphanumeric() || matches!(bytes[i - 1], b'+' | b'-' | b'.' | b'/'));
        if !bytes[i].is_ascii_digit() || !free {
            i += 1;
            continue;
        }
        let mut end = i;
        let mut digits = Vec::new();
        while end < bytes.len() {
            let separator = matches!(bytes[end], b' ' | b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if bytes[end].is_ascii_digit() {
                digits.push(bytes[end] - b'0');
            } else if !separator {
                break;
            }
            end += 1;
        }
        let closed = bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric());
        let issuer = matches!(digits.first(), Some(3..=6));
        if (13..=19).contains(&digits.len()) && issuer && closed && luhn(&digits) && digits.iter().any(|d| *d != digits[0]) {
            found.push((i, end, "a card number"));
        }
        i = end.max(i + 1);
    }
    found
}

fn luhn(digits: &[u8]) -> bool {
    let doubled = |d: u8| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 = digits.iter().rev().enumerate().map(|(n, d)| u32::from(if n % 2 == 1 { doubled(*d) } else { *d })).sum();
    sum.is_multiple_of(10)
}
