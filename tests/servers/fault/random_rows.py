# SPDX-License-Identifier: MIT
"""A file for random access, as scenario 5 of Microsoft's sample serves it. Gates in it stop every answer that comes to
them, so that a test decides what is there when."""

import re

from .body_rows import LAST_MODIFIED, send_slowly
from .content import pieces
from .state import STATE
from .steps import SHIFT
from .table import row

NEXT_MODIFIED = "Tue, 03 Sep 2024 08:00:00 GMT"
VERSIONS = {}  # of tokens; under STATE.changed


def version_of(token):
    with STATE.changed:
        return VERSIONS.get(token, 1)


def send_part(exchange, version, first, length):
    rate = exchange.number("rate", 0)
    start = first + (version - 1) * SHIFT
    if rate:
        send_slowly(exchange, start, length, rate)
        return
    for piece in pieces(start, length):
        exchange.send(piece)


def send_through_gates(exchange, version, first, length):
    end = first + length
    for gate in sorted(int(word) for word in exchange.option("gates", "").split(",") if word):
        if first <= gate < end:
            send_part(exchange, version, first, gate - first)
            first = gate
            if not STATE.hold(exchange.option("token"), exchange.connection.is_gone):
                exchange.end()
                return
    send_part(exchange, version, first, end - first)


@row("/sample-random/SIZE?token=T[&gates=OFFSET,...][&rate=BYTES-A-SECOND][&type=MIME]")
def sample_random(exchange):
    """Scenario 5 of Microsoft's sample: any single Range is obeyed, whatever If-Range says, with 206 if it is not the
    whole; Last-Modified and no ETag; 500 for a start beyond the end. An answer that comes to a gate waits there for
    /release/TOKEN (see /held/TOKEN); /change/TOKEN makes another version of the file, with other bytes."""
    size = int(exchange.argument(0))
    version = version_of(exchange.option("token"))
    first, last = 0, size - 1
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", exchange.request.header("Range", ""))
    if match:
        first = int(match.group(1))
        last = min(int(match.group(2) or last), last)
    if first >= size or last < first:
        exchange.reply(500, "no such range\n")
        return
    headers = [("Content-Type", exchange.option("type", "application/octet-stream")), ("Accept-Ranges", "bytes"),
               ("Last-Modified", LAST_MODIFIED if version == 1 else NEXT_MODIFIED),
               ("Content-Length", str(last - first + 1))]
    whole = (first, last) == (0, size - 1)
    if not whole:
        headers.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    exchange.head(200 if whole else 206, headers)
    send_through_gates(exchange, version, first, last - first + 1)


@row("/change/TOKEN")
def change(exchange):
    """From now on /sample-random serves the next version to this token."""
    token = exchange.argument(0)
    with STATE.changed:
        VERSIONS[token] = VERSIONS.get(token, 1) + 1
    exchange.reply(200, "changed\n")
