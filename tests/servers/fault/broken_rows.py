# SPDX-License-Identifier: MIT
"""Answers that no server should give."""

import time

from .content import pattern
from .table import row


def octets(exchange, length):
    exchange.head(200, [("Content-Length", str(length)), ("Content-Type", "application/octet-stream")])


@row("/garbage")
def garbage(exchange):
    """Bytes that are no HTTP at all."""
    exchange.connection.send(b"\x00\x01\x02this is not HTTP\r\n\r\n" + b"\xff" * 200)
    exchange.end()


@row("/garbage-status")
def garbage_status(exchange):
    """A status line without a number."""
    exchange.connection.send(b"HTTP/1.1 abc what\r\nContent-Length: 0\r\n\r\n")
    exchange.end()


@row("/garbage-header")
def garbage_header(exchange):
    """A header line without a colon, and one with a NUL."""
    exchange.connection.send(b"HTTP/1.1 200 OK\r\nno colon here\r\nX-Nul: a\0b\r\nContent-Length: 3\r\n\r\nabc")
    exchange.end()


@row("/close")
def close(exchange):
    """The connection ends before any answer."""
    exchange.end()


@row("/close-headers")
def close_headers(exchange):
    """The connection ends amid the headers."""
    exchange.connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le")
    exchange.end()


@row("/short/SIZE[?sent=BYTES]")
def short(exchange):
    """Announces SIZE, sends so many bytes (half, if not said) and ends the connection."""
    size = int(exchange.argument(0))
    octets(exchange, size)
    exchange.send(pattern(0, exchange.number("sent", size // 2)))
    exchange.end()


@row("/extra/SIZE")
def extra(exchange):
    """Announces SIZE and sends ten bytes more."""
    size = int(exchange.argument(0))
    octets(exchange, size)
    exchange.send(pattern(0, size + 10))
    exchange.end()


@row("/reset[/SIZE[?sent=BYTES]]")
def reset(exchange):
    """Resets the connection: before any answer, or after so many bytes (half) of SIZE."""
    size = int(exchange.argument(0, "-1"))
    if size >= 0:
        octets(exchange, size)
        exchange.send(pattern(0, exchange.number("sent", size // 2)))
        time.sleep(0.2)  # a reset discards what the peer has not read yet
    exchange.end()
    exchange.connection.reset()


@row("/stall[/SIZE[?sent=BYTES]]")
def stall(exchange):
    """Says nothing more, until the client closes: after the request, or after so many bytes (half) of SIZE."""
    size = int(exchange.argument(0, "-1"))
    if size >= 0:
        octets(exchange, size)
        exchange.send(pattern(0, exchange.number("sent", size // 2)))
    exchange.end()
    exchange.connection.wait_for_end()


@row("/bad-chunk")
def bad_chunk(exchange):
    """A chunked body whose second chunk has no number."""
    exchange.head(200, [("Transfer-Encoding", "chunked")])
    exchange.send(b"5\r\nhello\r\nxyz\r\nhello\r\n0\r\n\r\n")
    exchange.end()


@row("/bad-trailer")
def bad_trailer(exchange):
    """A chunked body with a trailer that is no header field."""
    exchange.head(200, [("Transfer-Encoding", "chunked")])
    exchange.send(b"5\r\nhello\r\n0\r\nno colon here\r\n\r\n")
    exchange.end()


@row("/multipart")
def multipart(exchange):
    """206 with two parts, although no range was asked for."""
    parts = "".join(f"--x\r\nContent-Range: bytes {at}-{at}/10\r\n\r\na\r\n" for at in (2, 7)) + "--x--\r\n"
    exchange.reply(206, parts, content_type="multipart/byteranges; boundary=x")


@row("/cut-chunk")
def cut_chunk(exchange):
    """A chunked body without its last chunk."""
    exchange.head(200, [("Transfer-Encoding", "chunked")])
    exchange.send(b"5\r\nhello\r\n")
    exchange.end()


@row("/length/TEXT[?sent=BYTES]")
def length(exchange):
    """Content-Length: TEXT, whatever that is, and so many bytes (none)."""
    exchange.head(200, [("Content-Length", exchange.argument(0)), ("Connection", "close")])
    exchange.send(pattern(0, exchange.number("sent", 0)))
    exchange.end()


@row("/two-lengths")
def two_lengths(exchange):
    """Two lengths that contradict one another."""
    exchange.head(200, [("Content-Length", "5"), ("Content-Length", "7"), ("Connection", "close")])
    exchange.send(b"hello!!")
    exchange.end()


@row("/partial/SIZE")
def partial(exchange):
    """206 with the second half, although no range was asked for."""
    size = int(exchange.argument(0))
    half = size // 2
    exchange.head(206, [("Content-Length", str(size - half)), ("Content-Range", f"bytes {half}-{size - 1}/{size}")])
    exchange.send(pattern(half, size - half))
