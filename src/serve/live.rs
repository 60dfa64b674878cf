//! What the preview adds to a page: a script that hears of new editions, reloads what has changed, and shows what is
//! wrong. Nothing of it is in the published site.

use std::time::Duration;

use bytes::Bytes;
use hyper::{Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::sync::mpsc;

use super::Served;
use super::answer::{self, Body, kind};
use crate::library::routes;
use crate::markdown::escape;
use crate::memo::Digest;
use crate::preview::{Edition, Made, Problem};

/// Where new editions are heard of.
pub const EVENTS: &str = "_partwell/events";
const SCRIPT: &str = "_partwell/live.js";
const STYLES: &str = "_partwell/live.css";

/// How often a silent line is written: who has gone is noticed by the one after the next.
const BEAT: Duration = Duration::from_secs(5);

/// The preview's own files.
pub fn own(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        SCRIPT => Some((kind(SCRIPT), include_str!("live.js"))),
        STYLES => Some((kind(STYLES), include_str!("live.css"))),
        _ => None,
    }
}

/// A file on its way to the reader, in parts. Pages get the script; where there is no page, one says so and waits for
/// it.
pub fn page(path: &str, file: Option<Result<Made, String>>, edition: &Edition) -> (StatusCode, &'static str, Vec<Bytes>) {
    let html = kind("x.html");
    match file {
        Some(Ok(made)) if path.ends_with(".html") => (StatusCode::OK, html, with_script(Bytes::from_owner(made.bytes), path, edition)),
        Some(Ok(made)) => (StatusCode::OK, kind(path), vec![Bytes::from_owner(made.bytes)]),
        Some(Err(why)) => {
            let said = format!("<h1>This page could not be made</h1>\n<p>{}</p>", escape(&why));
            (StatusCode::INTERNAL_SERVER_ERROR, html, bare(&said, path, edition))
        }
        None if !edition.is_shown() => {
            let said = "<h1>There is nothing to show yet</h1>\n<p>Put right what is listed here; the handbook appears by itself.</p>";
            (StatusCode::SERVICE_UNAVAILABLE, html, bare(said, path, edition))
        }
        None => {
            let home = "../".repeat(path.matches('/').count());
            let said = format!("<h1>There is no such page</h1>\n<p>Go on from <a href=\"{home}index.html\">the home page</a>.</p>");
            (StatusCode::NOT_FOUND, html, bare(&said, path, edition))
        }
    }
}

/// A page of the preview's own.
fn bare(said: &str, path: &str, edition: &Edition) -> Vec<Bytes> {
    let csp = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{csp}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Preview</title>\n</head>\n<body>\n{said}\n</body>\n</html>\n"
    );
    with_script(page.into(), path, edition)
}

/// The page with the preview's script, and with leave for it to listen. Everything behind the head stays as it is.
fn with_script(html: Bytes, path: &str, edition: &Edition) -> Vec<Bytes> {
    const END: &[u8] = b"</head>";
    let up = "../".repeat(path.matches('/').count());
    let looks = edition.looks(path).map_or(String::new(), hex);
    let tags =
        format!("<link rel=\"stylesheet\" href=\"{up}{STYLES}\">\n<script defer src=\"{up}{SCRIPT}\" data-looks=\"{looks}\"></script>\n");
    let end = html.windows(END.len()).position(|some| some == END).unwrap_or(html.len());
    let mut head = String::from_utf8_lossy(&html[..end]).into_owned();
    if !head.contains("connect-src") {
        head = head.replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1);
    }
    vec![Bytes::from(head + &tags), html.slice(end..)]
}

fn hex(digest: Digest) -> String {
    digest[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A stream that tells the page of each edition: whether it looks different, and what is wrong.
pub fn events(query: &str, served: &Served) -> Response<Body> {
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page=")).unwrap_or_default();
    let page = percent_decode_str(page).decode_utf8_lossy().into_owned();
    let (send, mut receive) = mpsc::channel::<Bytes>(4);
    tokio::spawn(tell(page, served.clone(), send));
    answer::stream("text/event-stream", futures_util::stream::poll_fn(move |cx| receive.poll_recv(cx)))
}

async fn tell(page: String, mut served: Served, send: mpsc::Sender<Bytes>) {
    let mut told = String::new();
    loop {
        let edition = served.editions.borrow_and_update().clone();
        let (page_now, editor) = (page.clone(), served.editor.clone());
        let state = tokio::task::spawn_blocking(move || state(&page_now, &edition, editor.as_deref())).await;
        if let Ok(state) = state.map(|state| format!("data: {state}\n\n"))
            && state != told
        {
            if send.send(Bytes::from(state.clone())).await.is_err() {
                return;
            }
            told = state;
        }
        loop {
            tokio::select! {
                changed = served.editions.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    break;
                }
                () = tokio::time::sleep(BEAT) => {
                    if send.send(Bytes::from_static(b":\n\n")).await.is_err() {
                        return;
                    }
                }
                () = send.closed() => return,
            }
        }
    }
}

/// What a page has to know of an edition.
fn state(page: &str, edition: &Edition, editor: Option<&(String, String)>) -> String {
    let problem = |problem: &Problem| {
        let mut told = json!(problem);
        if let Some((template, root)) = editor {
            let path = format!("{root}/{}", problem.path);
            let filled = template.replace("{path}", &routes::encode(&path)).replace("{line}", &problem.line.to_string());
            told["link"] = filled.replace("{column}", &problem.column.to_string()).into();
        }
        told
    };
    let problems: Vec<_> = edition.problems(page).iter().map(problem).collect();
    json!({
        "edition": edition.number,
        "looks": edition.looks(page).map(hex).unwrap_or_default(),
        "styles": edition.styles().map(hex).unwrap_or_default(),
        "held": edition.is_held,
        "shown": edition.is_shown(),
        "problems": problems,
    })
    .to_string()
}
