//! One request, one answer: a file of the edition that is newest when it is asked for, whole.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};

use super::{Served, guard, live};

pub type Body = UnsyncBoxBody<Bytes, std::convert::Infallible>;

const EVENTS: &str = "text/event-stream";

/// Answers a request.
pub async fn answer(request: Request<Incoming>, served: Served) -> Response<Body> {
    let is_head = *request.method() == Method::HEAD;
    let mut response = match guard::path(&request, &served.names) {
        Err(status) => refusal(status),
        Ok(path) if path == live::EVENTS => live::events(request.uri().query().unwrap_or_default(), &served),
        Ok(path) => file(path, served).await,
    };
    if is_head {
        *response.body_mut() = full(Vec::new());
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
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS)
}

async fn file(path: String, served: Served) -> Response<Body> {
    if let Some((kind, text)) = live::own(&path) {
        return of_kind(StatusCode::OK, kind, full(text.as_bytes().to_vec()));
    }
    let edition = served.editions.borrow().clone();
    // Making a page is work, and the others go on being answered meanwhile.
    let made = tokio::task::spawn_blocking(move || {
        let file = edition.file(&path);
        live::page(&path, file, &edition)
    });
    match made.await {
        Ok((status, kind, bytes)) => of_kind(status, kind, full(bytes)),
        Err(_) => of_kind(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", full(b"This is a fault of Partwell.\n".to_vec())),
    }
}

/// An answer without content for what is not answered. It says nothing of the request, and ends the connection.
fn refusal(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(full(Vec::new()));
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

pub fn full(bytes: Vec<u8>) -> Body {
    Full::new(Bytes::from(bytes)).boxed_unsync()
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
