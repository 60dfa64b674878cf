//! One request, one answer: a file of the edition that is newest when it is asked for, whole.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Incoming;
use hyper::body::{Frame, SizeHint};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};

use super::{Served, guard, live};
use crate::library::routes;

pub type Body = UnsyncBoxBody<Bytes, Infallible>;

/// What is handed to a connection at once: a slow client holds no more than this of what it asked for.
const PIECE: usize = 32 << 10;

/// Marks an answer that goes on after its head: nothing else is asked meanwhile, and that is no idleness.
#[derive(Clone)]
struct GoesOn;

/// Answers a request.
pub async fn answer(request: Request<Incoming>, served: Served) -> Response<Body> {
    let is_head = *request.method() == Method::HEAD;
    let mut response = match guard::path(&request, &served.names) {
        Err(status) => refusal(status),
        Ok(path) if path == live::EVENTS => live::events(request.uri().query().unwrap_or_default(), &served),
        Ok(path) => file(path, served).await,
    };
    if is_head {
        *response.body_mut() = whole([]);
    }
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'none'"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// True for an answer that goes on.
pub fn is_stream(response: &Response<Body>) -> bool {
    response.extensions().get::<GoesOn>().is_some()
}

/// An answer of unknown length, piece by piece.
pub fn stream(kind: &'static str, pieces: impl Stream<Item = Bytes> + Send + 'static) -> Response<Body> {
    let frames = pieces.map(|piece| Ok(Frame::data(piece)));
    let mut response = of_kind(StatusCode::OK, kind, BodyExt::boxed_unsync(StreamBody::new(frames)));
    response.extensions_mut().insert(GoesOn);
    response
}

async fn file(path: String, served: Served) -> Response<Body> {
    if let Some((kind, text)) = live::own(&path) {
        return of_kind(StatusCode::OK, kind, whole([Bytes::from_static(text.as_bytes())]));
    }
    let edition = served.editions.borrow().clone();
    if let Some(pieces) = edition.stream(&path) {
        return stream(kind(&path), futures_util::stream::iter(pieces.map(Bytes::from)));
    }
    // Making a page is work, and the others go on being answered meanwhile.
    let made = tokio::task::spawn_blocking(move || {
        let file = edition.file(&path);
        let is_folder = file.is_none() && edition.file(&format!("{path}/index.html")).is_some();
        if is_folder { Err(path) } else { Ok(live::page(&path, file, &edition)) }
    });
    match made.await {
        Ok(Ok((status, kind, parts))) => of_kind(status, kind, whole(parts)),
        Ok(Err(folder)) => moved(&folder),
        Err(_) => {
            let said = Bytes::from_static(b"This is a fault of Partwell.\n");
            of_kind(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", whole([said]))
        }
    }
}

/// Sends on from the name of a folder to the folder itself, as web servers do: its links are read from there. The
/// address is a relative one, for a proxy in front.
fn moved(folder: &str) -> Response<Body> {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let mut response = Response::new(whole([]));
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(address) = HeaderValue::from_str(&format!("{}/", routes::encode(name))) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// An answer without content for what is not answered. It says nothing of the request, and ends the connection.
fn refusal(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(whole([]));
    *response.status_mut() = status;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

pub fn of_kind(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A text of known length, in parts. Parts that are the same for several clients are held once.
fn whole(parts: impl IntoIterator<Item = Bytes>) -> Body {
    BodyExt::boxed_unsync(Whole { parts: parts.into_iter().collect() })
}

struct Whole {
    parts: VecDeque<Bytes>,
}

impl hyper::body::Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(mut part) = self.parts.pop_front() else { return Poll::Ready(None) };
        if part.len() > PIECE {
            let rest = part.split_off(PIECE);
            self.parts.push_front(rest);
        }
        Poll::Ready(Some(Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.parts.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.parts.iter().map(|part| part.len() as u64).sum())
    }
}

/// The kind of a file, by its ending.
pub fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        _ => "application/octet-stream",
    }
}
