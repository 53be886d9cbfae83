# SPDX-License-Identifier: MIT
"""Answers that are proper HTTP and carry a message."""

import json

from .table import row


@row("/status/NNN[?body=BYTES][&retry-after=SECONDS]")
def status(exchange):
    """That status with a short text, or with a body of so many bytes 'e'."""
    code = int(exchange.argument(0))
    size = exchange.number("body", -1)
    headers = []
    if exchange.option("retry-after"):
        headers.append(("Retry-After", exchange.option("retry-after")))
    exchange.reply(code, f"this is status {code}\n" if size < 0 else b"e" * size, headers)


@row("/sequence/CODE,CODE,...?token=T")
def sequence(exchange):
    """The codes in turn, one for each request with this token; the last one from then on. 200 has a body of
    1000 pattern bytes."""
    from .content import pattern
    codes = [int(code) for code in exchange.argument(0).split(",")]
    code = codes[min(exchange.turn, len(codes) - 1)]
    exchange.reply(code, pattern(0, 1000) if code == 200 else f"this is status {code}\n")


@row("/echo[/ANYTHING]")
def echo(exchange):
    """What the request was, as JSON: method, target, headers as lines, length and SHA-256 of the body."""
    connection = exchange.connection
    text = json.dumps(exchange.request.describe(connection.tls, connection.port), indent=0)
    exchange.reply(200, text + "\n", content_type="application/json")


@row("/duplicate-headers")
def duplicate_headers(exchange):
    """Headers that come twice, in two spellings, empty, and with blanks around the value."""
    exchange.reply(200, "duplicates\n", [
        ("X-Repeated", "one"), ("x-repeated", "two"), ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2"),
        ("X-Empty", ""), ("X-Blanks", "  both sides \t"), ("X-MiXeD-CaSe", "kept")])


@row("/huge-header/BYTES")
def huge_header(exchange):
    """One header whose value has so many bytes."""
    exchange.reply(200, "huge header\n", [("X-Huge", "h" * int(exchange.argument(0)))])


@row("/many-headers/COUNT")
def many_headers(exchange):
    """So many headers X-Number-0, X-Number-1, ... with their number as the value."""
    count = int(exchange.argument(0))
    exchange.reply(200, "many headers\n", [(f"X-Number-{i}", str(i)) for i in range(count)])


@row("/informational[?codes=100,103]")
def informational(exchange):
    """Those 1xx answers first, with a header X-Early, and then 200."""
    for code in exchange.option("codes", "100,103").split(","):
        exchange.head(int(code), [("X-Early", code)])
    exchange.reply(200, "after informational answers\n")
