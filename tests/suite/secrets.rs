//! A secret is found wherever it stands and however its name is written. The samples are put together here, so that no
//! file holds anything that looks like one.

use partwell::secrets::seen_in;

/// What stands before a secret, and the secret, one for each form that is looked for.
fn samples() -> Vec<(&'static str, String)> {
    let letters = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8".repeat(3);
    let names = [
        "password",
        "passwd",
        "passphrase",
        "api_key",
        "api-key",
        "apikey",
        "secret_key",
        "secret_access_key",
        "client_secret",
        "access_token",
        "auth_token",
        "pwd",
        "secret",
        "token",
        "api key",
        "accountkey",
    ];
    let tokens = [
        "AKIA",
        "ASIA",
        "ghp_",
        "gho_",
        "ghs_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "sk_live_",
        "sk_test_",
        "rk_live_",
        "sk-ant-",
        "sk-proj-",
        "AIza",
        "SG.",
        "npm_",
        "pypi-",
        "whsec_",
        "GOCSPX-",
        "ya29.",
    ];
    let named = names.map(|name| (name, format!(": {}", &letters[..20])));
    let marked = tokens.map(|token| (token, letters.clone()));
    let others = [
        ("eyJ", format!("{letters}.{letters}.x1")),
        ("bearer ", letters.clone()),
        ("https://", format!("user:{}@host", &letters[..9])),
        ("hooks.slack.com/services/", letters.clone()),
        ("-----BEGIN RSA private key-----", String::new()),
        ("-----BEGIN PGP private key block-----", String::new()),
        ("putty-user-key-file-2: x", String::new()),
        ("", ["4111", "1111", "1111", "1111"].join(" ")),
    ];
    named.into_iter().chain(marked).chain(others).collect()
}

#[test]
fn a_secret_is_found_wherever_it_stands() {
    for (name, secret) in samples() {
        for before in ["", " ", "ü ", "ab ", "1; "] {
            for behind in ["", " ", "\n\n"] {
                let text = format!("{before}{name}{secret}{behind}");
                assert!(seen_in(&text).is_some(), "{text}");
            }
        }
        assert!(secret.is_empty() || seen_in(name).is_none(), "{name}");
    }
}

#[test]
fn names_are_found_in_capitals_as_well() {
    for (name, secret) in samples().into_iter().filter(|(_, secret)| secret.starts_with(": ")) {
        for name in [name.to_uppercase(), format!("{}{}", name[..1].to_uppercase(), &name[1..])] {
            assert!(seen_in(&format!("{name}{secret}")).is_some(), "{name}");
        }
    }
}
