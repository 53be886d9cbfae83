# SPDX-License-Identifier: MIT
"""Bodies as a good server sends them, and proper ones that are unusual. All have the pattern of content.py."""

import email.utils
import re
import time
import zlib

from .content import pattern, pieces
from .state import STATE
from .table import row

LAST_MODIFIED = "Mon, 02 Sep 2024 08:00:00 GMT"


def send_slowly(exchange, offset, length, rate):
    """At so many bytes a second, in twentieths."""
    step = max(1, rate // 20)
    start = time.monotonic()
    for done in range(0, length, step):
        wait = start + done / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        exchange.send(pattern(offset + done, min(step, length - done)))


def send_pattern(exchange, offset, length):
    rate = exchange.number("rate", 0)
    if rate:
        send_slowly(exchange, offset, length, rate)
    else:
        for piece in pieces(offset, length):
            exchange.send(piece)


def validators(exchange, size):
    headers = []
    etag = exchange.option("etag", f"size-{size}")
    if etag == "weak":
        headers.append(("ETag", f'W/"size-{size}"'))
    elif etag != "none":
        headers.append(("ETag", f'"{etag}"'))
    if exchange.option("modified") != "none":
        headers.append(("Last-Modified", exchange.option("modified", LAST_MODIFIED)))
    return headers


def asked_range(exchange, size):
    """(first, length) of a range to be answered with 206; None for the whole; (0, 0) for one out of bounds."""
    request = exchange.request
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", request.header("Range", ""))
    if not match or match.group(0) == "bytes=-" or exchange.option("ranges") == "no":
        return None
    condition = request.header("If-Range")
    if condition and condition not in (value for _, value in validators(exchange, size)):
        return None
    if not match.group(1):
        length = min(int(match.group(2)), size)
        return size - length, length
    first = int(match.group(1))
    last = min(int(match.group(2)), size - 1) if match.group(2) else size - 1
    return (first, last - first + 1) if first <= last else (0, 0)


@row("/bytes/SIZE[?etag=weak|none|TEXT][&modified=none|DATE][&ranges=no][&rate=BYTES-A-SECOND][&type=MIME]")
def bytes_(exchange):
    """A file as a good server has it: length, validators, ranges, If-Range, HEAD."""
    size = int(exchange.argument(0))
    headers = [("Date", email.utils.formatdate(usegmt=True)),
               ("Content-Type", exchange.option("type", "application/octet-stream"))]
    headers += validators(exchange, size)
    if exchange.option("ranges") != "no":
        headers.append(("Accept-Ranges", "bytes"))
    part = asked_range(exchange, size)
    if part == (0, 0):
        exchange.reply(416, "no such range\n", [("Content-Range", f"bytes */{size}")])
        return
    first, length = part or (0, size)
    if part:
        headers.append(("Content-Range", f"bytes {first}-{first + length - 1}/{size}"))
    exchange.head(206 if part else 200, headers + [("Content-Length", str(length))])
    send_pattern(exchange, first, length)


@row("/chunked/SIZE[?trailer=yes]")
def chunked(exchange):
    """In chunks of odd sizes, with a chunk extension, and without a length; with a trailer if asked for."""
    size = int(exchange.argument(0))
    exchange.head(200, [("Transfer-Encoding", "chunked"), ("Content-Type", "application/octet-stream")])
    offset = 0
    while offset < size:
        length = min(1 + offset % 30011, size - offset)
        exchange.send(f"{length:x};name=value\r\n".encode() + pattern(offset, length) + b"\r\n")
        offset += length
    exchange.send(b"0\r\n" + (b"X-Trailer: late\r\n" if exchange.option("trailer") else b"") + b"\r\n")


@row("/no-length/SIZE[?unclean=yes]")
def no_length(exchange):
    """Without a length, ended by the end of the connection; with `unclean` TLS is not closed properly."""
    exchange.head(200, [("Connection", "close"), ("Content-Type", "application/octet-stream")])
    send_pattern(exchange, 0, int(exchange.argument(0)))
    exchange.end()
    if exchange.option("unclean"):
        exchange.connection.cut()


@row("/http10/SIZE")
def http10(exchange):
    """An HTTP/1.0 answer, ended by the end of the connection."""
    exchange.head(200, [("Content-Type", "application/octet-stream")], version="HTTP/1.0")
    send_pattern(exchange, 0, int(exchange.argument(0)))
    exchange.end()


@row("/gzip/SIZE")
def gzip(exchange):
    """Content-Encoding: gzip, although identity was asked for. SIZE counts before compression."""
    squeeze = zlib.compressobj(wbits=31)
    body = squeeze.compress(pattern(0, int(exchange.argument(0)))) + squeeze.flush()
    exchange.reply(200, body, [("Content-Encoding", "gzip")], "application/octet-stream")


@row("/slow/SIZE?rate=BYTES-A-SECOND")
def slow(exchange):
    """A body at that rate."""
    size = int(exchange.argument(0))
    exchange.head(200, [("Content-Length", str(size)), ("Content-Type", "application/octet-stream")])
    send_pattern(exchange, 0, size)


@row("/hold/TOKEN[?size=1000][&after=0]")
def hold(exchange):
    """Headers and `after` bytes, then nothing until /release/TOKEN, then the rest. after=-1 holds the headers back too.
    /held/TOKEN waits until the answer has come to that point."""
    token = exchange.argument(0)
    size = exchange.number("size", 1000)
    after = exchange.number("after", 0)
    headers = [("Content-Length", str(size)), ("Content-Type", "application/octet-stream")] + validators(exchange, size)
    if after >= 0:
        exchange.head(200, headers)
        send_pattern(exchange, 0, after)
    released = STATE.hold(token, exchange.connection.is_gone)
    if not released:
        exchange.end()
        return
    if after < 0:
        exchange.head(200, headers)
        after = 0
    send_pattern(exchange, after, size - after)
