//! Which requests are answered at all. The preview is for the person at this machine: other sites open in the same
//! browser, and other machines, get nothing.

use std::net::IpAddr;

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderValue, ORIGIN, TRANSFER_ENCODING};
use hyper::{Method, Request, StatusCode, Version};
use percent_encoding::percent_decode_str;

/// Names under which the preview answers.
#[derive(Debug, Clone)]
pub struct Names {
    /// As a client names them: `localhost:4280`.
    exact: Vec<String>,
    /// With any port or none, for a proxy in front.
    any_port: Vec<String>,
    /// True where other machines may ask: by an address, which no page of another site can be made to mean, or as
    /// `localhost` from the other end of a tunnel.
    is_exposed: bool,
}

impl Names {
    /// The machine's own names with the port, the address that is listened on, and those that were allowed.
    pub fn new(host: &str, port: u16, allowed: &[String], is_exposed: bool) -> Names {
        let host = if host.contains(':') { format!("[{host}]") } else { host.to_lowercase() };
        let own = ["127.0.0.1", "localhost", "[::1]", &host];
        // Clients leave the port of the web out.
        let bare = own.iter().filter(|_| port == 80).map(|name| (*name).to_owned());
        let exact = own.iter().map(|name| format!("{name}:{port}")).chain(bare).collect();
        Names { exact, any_port: allowed.iter().map(|name| name.to_lowercase()).collect(), is_exposed }
    }

    /// True for the name and port that a request for the preview asks for.
    pub fn knows(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        let without_port = host
            .rsplit_once(':')
            .map_or(host.as_str(), |(name, port)| if port.bytes().all(|digit| digit.is_ascii_digit()) { name } else { host.as_str() });
        let is_address =
            || without_port == "localhost" || without_port.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        self.exact.contains(&host) || self.any_port.iter().any(|name| name == without_port) || self.is_exposed && is_address()
    }
}

/// The path below the site that a request asks for, or the answer it gets instead.
pub fn path<B>(request: &Request<B>, names: &Names) -> Result<String, StatusCode> {
    let headers = request.headers();
    if request.version() > Version::HTTP_11 {
        return Err(StatusCode::HTTP_VERSION_NOT_SUPPORTED);
    }
    let length = one(headers, &CONTENT_LENGTH)?;
    let is_coded = headers.contains_key(TRANSFER_ENCODING);
    if is_coded && length.is_some() {
        return Err(StatusCode::BAD_REQUEST);
    }
    let host = one(headers, &HOST)?.and_then(|host| host.to_str().ok()).ok_or(StatusCode::MISDIRECTED_REQUEST)?;
    if !names.knows(host) {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    if request.uri().scheme().is_some() || request.uri().authority().is_some() {
        return Err(StatusCode::BAD_REQUEST);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    if is_coded || length.is_some_and(|length| length != "0") {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    if is_foreign(headers, host) {
        return Err(StatusCode::FORBIDDEN);
    }
    let decoded = percent_decode_str(request.uri().path()).decode_utf8().map_err(|_| StatusCode::BAD_REQUEST)?;
    let inner = decoded.strip_prefix('/').ok_or(StatusCode::BAD_REQUEST)?;
    if inner.starts_with('/') || inner.chars().any(|c| c.is_control() || c == '\\') || inner.split('/').any(|part| part == "..") {
        return Err(StatusCode::BAD_REQUEST);
    }
    let is_folder = inner.is_empty() || inner.ends_with('/');
    Ok(if is_folder { format!("{inner}index.html") } else { inner.to_owned() })
}

/// A header that may stand there once.
fn one<'h>(headers: &'h HeaderMap, name: &hyper::header::HeaderName) -> Result<Option<&'h HeaderValue>, StatusCode> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() { Err(StatusCode::BAD_REQUEST) } else { Ok(first) }
}

/// True for what a page of another site asks for; following a link from there is no such thing.
fn is_foreign(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let by_origin = headers.get(ORIGIN).is_some_and(|origin| {
        let origin = origin.to_str().unwrap_or_default();
        let inner = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        !inner.is_some_and(|inner| inner.eq_ignore_ascii_case(host))
    });
    let site = text("sec-fetch-site");
    by_origin || (matches!(site, Some("cross-site" | "same-site")) && text("sec-fetch-mode") != Some("navigate"))
}
