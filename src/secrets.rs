//! Looks for secrets in the text of a source file, front matter and body alike. What it finds is never
//! repeated: not in a message, not in a snippet.

mod cards;

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::diagnostic::{Findings, Span, codes};
use crate::yaml::Nodes;

/// Words that a secret may stand behind, and beginnings of common keys and tokens with their least length.
const FORMS: &[(&str, Form)] = &[
    ("password", Form::Name),
    ("passwd", Form::Name),
    ("passphrase", Form::Name),
    ("api_key", Form::Name),
    ("api-key", Form::Name),
    ("apikey", Form::Name),
    ("secret_key", Form::Name),
    ("secret_access_key", Form::Name),
    ("client_secret", Form::Name),
    ("access_token", Form::Name),
    ("auth_token", Form::Name),
    ("pwd", Form::Loose),
    ("secret", Form::Loose),
    ("token", Form::Loose),
    ("api key", Form::Loose),
    ("accountkey", Form::Loose),
    ("private key-----", Form::PrivateKey),
    ("private key block-----", Form::PrivateKey),
    ("putty-user-key-file", Form::KeyFile),
    ("hooks.slack.com/services/", Form::Hook),
    ("://", Form::Address),
    ("bearer ", Form::Bearer),
    ("AKIA", Form::Token(20, "a cloud access key")),
    ("ASIA", Form::Token(20, "a cloud access key")),
    ("ghp_", Form::Token(36, "an access token")),
    ("gho_", Form::Token(36, "an access token")),
    ("ghs_", Form::Token(36, "an access token")),
    ("github_pat_", Form::Token(40, "an access token")),
    ("glpat-", Form::Token(20, "an access token")),
    ("xoxb-", Form::Token(24, "an access token")),
    ("xoxp-", Form::Token(24, "an access token")),
    ("sk_live_", Form::Token(24, "a payment key")),
    ("sk_test_", Form::Token(24, "a payment key")),
    ("rk_live_", Form::Token(24, "a payment key")),
    ("sk-ant-", Form::Token(32, "an API key")),
    ("sk-proj-", Form::Token(32, "an API key")),
    ("AIza", Form::Token(35, "an API key")),
    ("SG.", Form::Token(40, "an API key")),
    ("npm_", Form::Token(36, "an access token")),
    ("pypi-", Form::Token(40, "an access token")),
    ("whsec_", Form::Token(24, "a signing secret")),
    ("GOCSPX-", Form::Token(24, "a client secret")),
    ("ya29.", Form::Token(24, "an access token")),
    ("eyJ", Form::Token(60, "a signed token")),
];

#[derive(Debug, Clone, Copy)]
enum Form {
    /// A name with `:` or `=` and a value behind it.
    Name,
    /// A name that prose uses too: its value has to look like a secret, not like a word.
    Loose,
    /// The first line of a key file.
    KeyFile,
    /// An address that lets anyone write who knows it.
    Hook,
    PrivateKey,
    /// An address with a name and password in it.
    Address,
    Bearer,
    /// The least length of the whole, and what it is.
    Token(usize, &'static str),
}

/// Finds the next of them in a text in small letters. It looks at many letters at once where it does not have to mind
/// their case, nor words that begin inside another.
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = FORMS.iter().map(|(word, _)| word.to_ascii_lowercase());
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
});

/// Reports each secret.
pub fn scan(text: &str, findings: &mut Findings) {
    let mut before = 0;
    for (start, end, what) in places(text) {
        if start >= before {
            tell(Span::new(start, end), what, findings);
            before = end;
        }
    }
}

/// What the first secret in a text looks like, where there is one.
pub fn seen_in(text: &str) -> Option<&'static str> {
    places(text).first().map(|(_, _, what)| *what)
}

fn tell(at: Span, what: &str, findings: &mut Findings) {
    findings
        .add(&codes::STR009, at, format!("This looks like {what}. Playbooks are copied, printed and sent."))
        .help("Remove it, change it at its source, and write only where it is kept.");
}

/// Where secrets stand in a text, and what each looks like.
fn places(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut found: Vec<(usize, usize, &'static str)> = cards::places(text).map(|(start, end)| (start, end, "a card number")).collect();
    let small = text.to_ascii_lowercase();
    let next = |from: usize| WORDS.as_ref()?.try_find(Input::new(&small).range(from..)).ok()?.map(|word| word.start());
    let mut at = 0;
    while let Some(start) = next(at) {
        let starts = |word: &str| text.as_bytes()[start..].get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()));
        found.extend(FORMS.iter().filter(|(word, _)| starts(word)).filter_map(|form| secret(text, form, start)));
        at = start + 1;
    }
    // Where two forms fit, the one that says more comes first.
    found.sort_unstable_by_key(|(start, end, what)| (*start, *what == "a secret", *end));
    found
}

/// Replaces every secret in a text by dots, the beginning of one that was cut short as well.
pub fn mask(message: &str, source: &str, secrets: &[Span]) -> String {
    const HEAD: usize = 10;
    let mut message = message.to_owned();
    for secret in secrets.iter().filter_map(|span| source.get(span.range())).filter(|secret| secret.len() > 3) {
        message = message.replace(secret, "•••");
        let Some(head) = secret.get(..HEAD) else { continue };
        while let Some(at) = message.find(head) {
            let same = message[at..].chars().zip(secret.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
            message.replace_range(at..at + same, "•••");
        }
    }
    message
}

/// The secret behind a word that stands at a place, or that begins with it.
fn secret(text: &str, &(word, form): &(&str, Form), start: usize) -> Option<(usize, usize, &'static str)> {
    let end = start + word.len();
    match form {
        Form::Name => value_behind(text, end).map(|(start, end)| (start, end, "a password")),
        Form::Loose => {
            let free = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let fits = |value: &str| if word == "pwd" { is_odd(value) && !value.starts_with('/') } else { is_random(value) };
            let value = value_behind(text, end).filter(|(start, end)| free && fits(&text[*start..*end]));
            value.map(|(start, end)| (start, end, "a secret"))
        }
        Form::KeyFile => Some((start, text[end..].find('\n').map_or(text.len(), |n| end + n), "a private key")),
        Form::Hook => {
            let path = text[end..].split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '>')).next().unwrap_or_default();
            (path.len() >= 20).then_some((end, end + path.len(), "an address with a key in it"))
        }
        Form::PrivateKey => {
            let line = text[..start].rfind('\n').map_or(0, |n| n + 1);
            let begin = text[line..start].find("-----BEGIN ").map(|n| line + n)?;
            let close = text[end..].find("-----END ").map_or(end, |n| end + n);
            Some((begin, close, "a private key"))
        }
        Form::Address => {
            let rest = &text[end..];
            let host =
                &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | ')' | '>' | '?')).unwrap_or(rest.len())];
            let (user, _) = host.rsplit_once('@')?;
            let (_, password) = user.split_once(':')?;
            (password.len() >= 3).then_some((end, end + user.len(), "a password in an address"))
        }
        Form::Bearer => {
            let token = token_at(&text[end..]);
            let varied = token.bytes().any(|b| b.is_ascii_digit()) && token.bytes().any(|b| b.is_ascii_alphabetic());
            (token.len() >= 20 && varied).then_some((end, end + token.len(), "an access token"))
        }
        Form::Token(least, what) => {
            let free = text[..start].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
            let token = token_at(&text[start..]);
            let varied = token.bytes().any(|b| b.is_ascii_digit()) && token.bytes().any(|b| b.is_ascii_alphabetic());
            let signed = word != "eyJ" || token.matches('.').count() == 2;
            (free && token.starts_with(word) && token.len() >= least && varied && signed).then_some((start, start + token.len(), what))
        }
    }
}

/// The letters, digits and joining signs that a token is made of.
fn token_at(text: &str) -> &str {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    &text[..text.find(|c: char| !part(c)).unwrap_or(text.len())]
}

/// The value of `name: value` or `name = value`, as a field or in prose, on the same line or the next.
fn value_behind(text: &str, end: usize) -> Option<(usize, usize)> {
    const AROUND: &[char] = &[' ', '"', '\'', '`', '*', '\u{a0}'];
    let mut rest = text[end..].strip_prefix(['s', 'S']).unwrap_or(&text[end..]).trim_start_matches(AROUND);
    // `Password (shop): ...`
    if let Some((_, behind)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')).filter(|(inner, _)| inner.len() < 40) {
        rest = behind.trim_start_matches(AROUND);
    }
    // `password is ...`, `password for the shop: ...`: only what looks like a password, not like a word.
    let is =
        rest.strip_prefix("is").map(|behind| behind.strip_prefix(" now").unwrap_or(behind)).filter(|behind| behind.starts_with([' ', ':']));
    let of = rest.strip_prefix("for ").and_then(|behind| behind.lines().next()?.split_once(": ")).filter(|(what, _)| what.len() < 40);
    if let Some(said) = is.or(of.map(|(_, said)| said)) {
        let word = said.trim_start_matches(AROUND).trim_start_matches(':').trim_start_matches(AROUND);
        let word = word.split([' ', '"', '\'', '`', ',', '\n', ')', '*', '<']).next().unwrap_or_default().trim_end_matches(['.', ';']);
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        return (is_odd(word) && !is_place(word)).then_some((at, at + word.len()));
    }
    let value = rest.strip_prefix([':', '='])?.trim_start_matches(AROUND);
    let next_line = value.starts_with('\n');
    let value = if next_line { value.trim_start_matches(['\n', ' ', '-', '|', '>', '"', '\'']) } else { value };
    let indented = !next_line || text[..value.as_ptr() as usize - text.as_ptr() as usize].ends_with([' ', '"', '\'']);
    let stop = value.find([' ', '"', '\'', '`', ',', '}', '\n', ')', '*', '<', ']']).unwrap_or(value.len());
    let word = value[..stop].trim_end_matches(['.', ';']);
    let after = value[stop..].split('\n').next().unwrap_or_default().trim_start_matches(AROUND);
    let is_key = next_line && after.is_empty() && word.ends_with(':');
    let at = word.as_ptr() as usize - text.as_ptr() as usize;
    (indented && !is_key && is_password(word, after)).then_some((at, at + word.len()))
}

/// One word that no sentence goes on after, and that is not a word of prose about where a secret is kept.
fn is_password(word: &str, after: &str) -> bool {
    const PROSE: &[&str] = &[
        "vault",
        "none",
        "null",
        "true",
        "false",
        "changed",
        "rotate",
        "rotated",
        "shared",
        "see",
        "ask",
        "yes",
        "the",
        "kept",
        "stored",
        "required",
        "unknown",
        "secret",
        "never",
        "held",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "optional",
        "expires",
        "personal",
        "individual",
        "returned",
        "deleted",
        "revoked",
        "reception",
        "okta",
        "saml",
        "ldap",
        "sso",
        "two-factor",
        "single-sign-on",
        "both",
        "reset",
    ];
    let lower = word.to_ascii_lowercase();
    let sentence = after.starts_with(|c: char| c.is_alphanumeric());
    let odd = word.bytes().any(|b| !b.is_ascii_alphabetic());
    let plain = !PROSE.contains(&lower.as_str()) && !word.starts_with(['[', '{', '<', '$', '•', '#', '|', '-']);
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    word.len() >= 4 && plain && !is_place(word) && (!sentence || odd && word.len() >= 8 || digits && word.len() >= 6)
}

/// Letters and digits, at least six: more than a word.
fn is_odd(word: &str) -> bool {
    word.len() >= 6 && word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Letters and digits that change places at least three times, as they do in made-up strings and not in names
/// like SHA256.
fn is_random(word: &str) -> bool {
    let kinds: Vec<bool> = word.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.is_ascii_digit()).collect();
    word.len() >= 12 && kinds.windows(2).filter(|pair| pair[0] != pair[1]).count() >= 3
}

/// True for words that say where a secret is kept.
fn is_place(text: &str) -> bool {
    const KEEPERS: &[&str] = &["vault", "1password", "bitwarden", "keepass", "lastpass", "dashlane", "keychain", "safe"];
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    lower.contains("://") || lower.contains("password manager") || words.into_iter().any(|word| KEEPERS.contains(&word))
}

/// Reports what only shows once the YAML is read: values under a key that names a secret, and secrets written
/// with escapes.
pub fn in_fields(nodes: &Nodes<'_>, text: &str, findings: &mut Findings) {
    let mut below = Vec::new();
    for entry in nodes.entries().filter(|entry| names_a_secret(&entry.key)) {
        below.extend(nodes.plain_values(entry.value).filter(|(value, _)| is_kept_here(value)).map(|(_, at)| at));
    }
    // Without a backslash every value stands in the text as it is, and was looked at there.
    let scalars = Some(nodes.all_scalars()).filter(|_| text.contains('\\')).into_iter().flatten();
    for (value, at) in scalars {
        if text.get(at.range()).is_some_and(|raw| raw.contains('\\')) && !places(value).is_empty() {
            below.push(at);
        }
    }
    for at in below {
        if !findings.has(&codes::STR009, at) {
            tell(at, "a password", findings);
        }
    }
}

/// True for a key whose last words name a secret: `shop_password`, and not `password_owner`.
fn names_a_secret(key: &str) -> bool {
    let low = if key.is_ascii() { Cow::Borrowed(key) } else { key.to_lowercase().into() };
    let key = low.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['s', 'S']);
    // Most keys show by their last letters that they name none.
    let ends: &[&str] = match &key.as_bytes().last_chunk().map_or([0; 3], |last| last.map(|letter: u8| letter.to_ascii_lowercase())) {
        b"ord" => &["password"],
        b"swd" => &["passwd"],
        b"ase" => &["passphrase"],
        b"key" => &["api_key", "apikey", "private_key", "secret_key"],
        b"pwd" | b"ret" | b"ken" | b"pin" => &[],
        _ => return false,
    };
    let key = key.to_lowercase().replace('-', "_");
    let key = key.trim_start_matches("x_");
    let last = key.rsplit('_').next().unwrap_or(key);
    ends.iter().any(|word| key.ends_with(word)) || matches!(last, "pwd" | "secret" | "token" | "pin") && key != "trade_secret"
}

/// True for a value that is a secret, and not a word on where it is kept or what became of it.
fn is_kept_here(value: &str) -> bool {
    const ABOUT: &[&str] = &[
        "see", "ask", "kept", "stored", "held", "changed", "rotated", "shared", "unknown", "required", "expires", "none", "null", "true",
        "false", "never",
    ];
    let first = value.split_whitespace().next().unwrap_or_default().to_lowercase();
    let about = ABOUT.contains(&first.as_str()) && !value.split_whitespace().any(is_odd);
    let says_something = value.chars().filter(|c| c.is_alphanumeric()).count() >= 4;
    says_something && !is_place(value) && !about
}
