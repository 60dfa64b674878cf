//! A connection that takes heads of requests with whole line ends only, and says so when it did not.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Wraps a connection. A bare line feed ends it: two programs that disagree about line ends disagree about where
/// a request ends.
#[derive(Debug)]
pub struct Strict<S> {
    inner: S,
    last: u8,
    pub is_refused: bool,
}

impl<S> Strict<S> {
    pub fn new(inner: S) -> Strict<S> {
        Strict { inner, last: 0, is_refused: false }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Strict<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buffer);
        if let Poll::Ready(Ok(())) = &read {
            for byte in &buffer.filled()[before..] {
                if *byte == b'\n' && self.last != b'\r' {
                    self.is_refused = true;
                    return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
                }
                self.last = *byte;
            }
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Strict<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
