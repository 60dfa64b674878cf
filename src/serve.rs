//! The preview server: one edition of the handbook after another, over HTTP on this machine. A request is looked up
//! in the edition; no address ever touches the disk, no program is started, nothing is written.

mod answer;
mod guard;
mod live;
mod strict;

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio_io_timeout::TimeoutStream;

use crate::preview::Edition;
pub use guard::Names;
use strict::Strict;

/// The port that is tried first where none is asked for.
pub const PORT: u16 = 4280;
/// Ports that are tried where none is asked for.
const TRIES: u16 = 20;
/// Bytes of a request's head.
const HEAD: usize = 16 << 10;
/// How long a client may take over a head.
const READ: Duration = Duration::from_secs(5);
/// How long a client may take over taking what it asked for.
const WRITE: Duration = Duration::from_secs(10);
/// Connections at once. One more ends the one that has waited longest.
const MOST: usize = 64;
/// Connections that may wait to be taken: one that finds no room tries again after a whole second.
const WAITING: u32 = 1024;

/// What every request is answered from.
#[derive(Clone)]
pub struct Served {
    pub editions: watch::Receiver<Arc<Edition>>,
    pub names: Arc<Names>,
    /// The address of a place in an editor, with `{path}`, `{line}` and `{column}`, and the folder paths begin in.
    pub editor: Option<Arc<(String, String)>>,
}

/// Listens on the port, or on the first free one from [`PORT`] on.
pub fn listen(host: IpAddr, port: Option<u16>) -> io::Result<TcpListener> {
    if let Some(port) = port {
        return bind(SocketAddr::new(host, port));
    }
    for port in PORT..PORT + TRIES {
        match bind(SocketAddr::new(host, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            bound => return bound,
        }
    }
    bind(SocketAddr::new(host, 0))
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On Windows it would let another program take the port away.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Answers until it is dropped.
pub async fn answer(listener: TcpListener, served: Served) {
    let open = Open::default();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => open.begin(stream, served.clone()),
            // Too many open files, say: it passes.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// The connections that are open, the oldest first.
#[derive(Default)]
struct Open {
    connections: Mutex<VecDeque<Connection>>,
}

struct Connection {
    task: AbortHandle,
    state: Arc<State>,
}

/// What a connection is doing.
#[derive(Debug, Default)]
struct State {
    /// True while a request is being answered.
    is_busy: AtomicBool,
    /// Requests and answers so far.
    steps: AtomicUsize,
}

impl State {
    fn begin(&self) {
        self.is_busy.store(true, Ordering::Relaxed);
        self.steps.fetch_add(1, Ordering::Relaxed);
    }

    fn end(&self, goes_on: bool) {
        self.is_busy.store(goes_on, Ordering::Relaxed);
        self.steps.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until nothing has been asked or answered for a while.
    async fn is_idle(&self) {
        let mut before = usize::MAX;
        loop {
            let steps = self.steps.load(Ordering::Relaxed);
            if steps == before && !self.is_busy.load(Ordering::Relaxed) {
                return;
            }
            before = steps;
            tokio::time::sleep(WRITE).await;
        }
    }
}

impl Open {
    fn begin(&self, stream: TcpStream, served: Served) {
        let state = Arc::new(State::default());
        let task = tokio::spawn(converse(stream, served, state.clone())).abort_handle();
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.retain(|connection| !connection.task.is_finished());
        if connections.len() >= MOST {
            let idle = connections.iter().position(|connection| !connection.state.is_busy.load(Ordering::Relaxed));
            if let Some(oldest) = connections.remove(idle.unwrap_or_default()) {
                oldest.task.abort();
            }
        }
        connections.push_back(Connection { task, state });
    }
}

/// Serves one connection to its end. What is no request at all is told so, where that is still possible.
async fn converse(stream: TcpStream, served: Served, state: Arc<State>) {
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE));
    let io = TokioIo::new(Strict::new(Box::pin(stream)));
    let asked = state.clone();
    let service = service_fn(move |request| {
        let (served, state) = (served.clone(), asked.clone());
        Box::pin(async move {
            state.begin();
            let response = answer::answer(request, served).await;
            state.end(answer::is_stream(&response));
            Ok::<_, std::convert::Infallible>(response)
        })
    });
    let mut builder = http1::Builder::new();
    // Who has said all that it will say may still listen.
    builder.max_buf_size(HEAD).header_read_timeout(READ).timer(TokioTimer::new()).half_close(true);
    let mut connection = builder.serve_connection(io, service);
    let ended = tokio::select! {
        ended = std::future::poll_fn(|cx| connection.poll_without_shutdown(cx)) => Some(ended),
        () = state.is_idle() => None,
    };
    let mut io = connection.into_parts().io.into_inner();
    let status = match ended {
        _ if io.is_refused => "400 Bad Request",
        Some(Err(error)) if error.is_timeout() => "408 Request Timeout",
        None => "408 Request Timeout",
        _ => "",
    };
    let said = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    let last = async {
        if !status.is_empty() {
            let _ = io.write_all(said.as_bytes()).await;
        }
        let _ = io.shutdown().await;
    };
    let _ = tokio::time::timeout(Duration::from_secs(1), last).await;
}
