# SPDX-License-Identifier: MIT
"""The steps of /script: good answers that stop somewhere, and every wrong answer to a Range that there is."""

import email.utils
import re
import time

from .body_rows import LAST_MODIFIED
from .content import PIECE, pieces
from .state import STATE
from .wire import Closed

STEPS = {}
DAY = 86400
SHIFT = 30011  # from one version of a body to the next; no multiple of the pattern's period


def step(usage):
    """Registers a function of a Script and the step's arguments, as `row` does."""

    def register(function):
        STEPS[re.match("[-a-z0-9]+", usage).group()] = (usage, " ".join(function.__doc__.split()), function)
        return function

    return register


def steps_of(text):
    """[(name, arguments, version)], with repetitions written out."""
    result = []
    for word in text.split(","):
        name, arguments, version, times = re.fullmatch(r"([-a-z0-9]+)((?::[^:@*]+)*)(?:@(\d+))?(?:\*(\d+))?",
                                                       word).groups()
        result += [(name, arguments.split(":")[1:], int(version or 1))] * int(times or 1)
    return result


class Script:
    """One answer of a script."""

    def __init__(self, exchange):
        self.exchange = exchange
        self.token = exchange.option("token")
        self.size = int(exchange.argument(0))
        steps = steps_of(exchange.option("steps", "ok"))
        name, self.arguments, self.version = steps[min(exchange.turn, len(steps) - 1)]
        self.step = STEPS[name][2]

    def etag(self):
        value = self.exchange.option("etag", f"size-{self.size}")
        if self.version > 1:
            value += f"-{self.version}" if value not in ("none", "weak") else ""
        if value == "weak":
            return f'W/"size-{self.size}-{self.version}"'
        return None if value == "none" else f'"{value}"'

    def modified(self):
        value = self.exchange.option("modified", LAST_MODIFIED)
        if value == "none":
            return None
        moment = email.utils.parsedate_to_datetime(value).timestamp() + (self.version - 1) * DAY
        return email.utils.formatdate(moment, usegmt=True)

    def date(self):
        value = self.exchange.option("date", "now")
        if value == "modified":
            return self.modified()
        if value == "none":
            return None
        return email.utils.formatdate(usegmt=True) if value == "now" else value

    def ranges(self):
        """Whether ranges are served."""
        return self.exchange.option("ranges") not in ("no", "none")

    def headers(self, **changes):
        """Those of any answer with a part of the body; a change to None leaves one out."""
        announced = "none" if self.exchange.option("ranges") == "none" else "bytes"
        if not self.ranges() and announced == "bytes" and not self.exchange.option("announce"):
            announced = None
        fields = {"Date": self.date(), "Content_Type": "application/octet-stream", "ETag": self.etag(),
                  "Last_Modified": self.modified(), "Accept_Ranges": announced} | changes
        return [(name.replace("_", "-"), str(value)) for name, value in fields.items() if value is not None]

    def asked(self):
        """(first, last) of what is to be sent with 206, None for all, () for what is not there."""
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", self.exchange.request.header("Range", ""))
        if not match or not self.ranges():
            return None
        condition = self.exchange.request.header("If-Range")
        # RFC 9110, 13.1.5: a weak tag never matches, a date only exactly.
        if condition and condition not in (self.etag(), self.modified()) or (condition or "").startswith("W/"):
            return None
        first = int(match.group(1))
        last = min(int(match.group(2) or self.size - 1), self.size - 1)
        if first > last:
            return ()
        if self.exchange.option("zero") == "200" and (first, last) == (0, self.size - 1):
            return None
        return first, last

    def range(self):
        """(first, last) of the Range, whatever the conditions: for wrong answers."""
        match = re.match(r"bytes=(\d+)-(\d*)", self.exchange.request.header("Range", ""))
        if not match:
            return 0, self.size - 1
        return int(match.group(1)), int(match.group(2) or self.size - 1)

    def send(self, status, first, length, last=True):
        """That part of the body of this version. The first one tells where the answer begins; with the last one it
        ends, for STATE just before the client can know that."""
        rate = self.exchange.number("rate", 0)
        start = time.monotonic()
        done = 0
        for piece in pieces(first + (self.version - 1) * SHIFT, length, max(1, rate // 20) if rate else PIECE):
            wait = start + done / rate - time.monotonic() if rate else 0
            if wait > 0:
                time.sleep(wait)
            done += len(piece)
            if last and done == length:
                STATE.end(self.token, self.exchange.connection)
            self.exchange.send(piece)
            STATE.note_sent(self.token, self.exchange.turn, status, first, len(piece))

    def good(self, count=None, then=None):
        """As a good server answers. Stops after `count` bytes and calls `then`, which tells whether to go on."""
        asked = self.asked()
        if asked == ():
            self.unsatisfied(f"bytes */{self.size}")
            return
        first, last = asked or (0, self.size - 1)
        length = last - first + 1
        status = 206 if asked else 200
        extent = f"bytes {first}-{last}/{self.size}" if asked else None
        STATE.note_sent(self.token, self.exchange.turn, status, first, 0)
        self.exchange.head(status, self.headers(Content_Length=length, Content_Range=extent))
        part = length if count is None else min(int(count), length)
        self.send(status, first, part, part == length)
        if then and not then():
            self.exchange.end()
        elif part < length:
            self.send(status, first + part, length - part)

    def unsatisfied(self, extent):
        text = b"no such range\n"
        self.exchange.head(416, self.headers(Content_Type="text/plain", Content_Length=len(text),
                                             Content_Range=extent))
        self.exchange.send(text)

    def partial(self, first, last, total=None, length=None, **changes):
        """206 with just these numbers."""
        extent = f"bytes {first}-{last}/{total or self.size}"
        length = last - first + 1 if length is None else length
        self.exchange.head(206, self.headers(**({"Content_Length": length, "Content_Range": extent} | changes)))
        self.send(206, first, length)


@step("ok")
def ok(script):
    """good"""
    script.good()


@step("cut:BYTES")
def cut(script, count):
    """good, but after so many bytes the connection ends"""
    script.good(count, lambda: False)


@step("reset:BYTES")
def reset(script, count):
    """the same with a reset"""

    def then():
        time.sleep(0.2)  # a reset discards what the peer has not read yet
        script.exchange.connection.reset()
        raise Closed

    script.good(count, then)


@step("hold:BYTES")
def hold(script, count):
    """good, but after so many bytes it waits for /release/TOKEN, as /hold does"""
    script.good(count, lambda: STATE.hold(script.token, script.exchange.connection.is_gone))


@step("wait")
def wait(script):
    """waits for /release/TOKEN before it says anything; then good"""
    if STATE.hold(script.token, script.exchange.connection.is_gone):
        script.good()
    else:
        script.exchange.end()


@step("stall:BYTES")
def stall(script, count):
    """good, but after so many bytes it says nothing more until the client goes"""

    def then():
        script.exchange.connection.wait_for_end()

    script.good(count, then)


@step("close")
def close(script):
    """the connection ends before any answer"""
    script.exchange.end()


@step("whole")
def whole(script):
    """200 with all of it, whatever was asked"""
    script.exchange.head(200, script.headers(Content_Length=script.size))
    script.send(200, 0, script.size)


@step("no-length")
def no_length(script):
    """200 with all of it, without a length, ended by the end of the connection"""
    script.exchange.head(200, script.headers(Connection="close"))
    script.send(200, 0, script.size)
    script.exchange.end()


@step("chunked:BYTES")
def chunked(script, count):
    """200 in chunks, without a length, which waits for /release/TOKEN after so many bytes"""
    script.exchange.head(200, script.headers(Transfer_Encoding="chunked"))
    for first, length in ((0, int(count)), (int(count), script.size - int(count))):
        if first and not STATE.hold(script.token, script.exchange.connection.is_gone):
            script.exchange.end()
            return
        if length:
            script.exchange.send(f"{length:x}\r\n".encode())
            script.send(200, first, length)
            script.exchange.send(b"\r\n")
    script.exchange.send(b"0\r\n\r\n")


@step("wrong-start")
def wrong_start(script):
    """206 that begins 1000 bytes behind what was asked, and says so"""
    first, last = script.range()
    script.partial(first + 1000, last)


@step("from-zero")
def from_zero(script):
    """206 with the whole, and says so"""
    script.partial(0, script.size - 1)


@step("wrong-total")
def wrong_total(script):
    """206 with what was asked, of a file one byte larger"""
    script.partial(*script.range(), script.size + 1)


@step("wrong-end")
def wrong_end(script):
    """206 with 1000 bytes less at the end, and says so"""
    first, last = script.range()
    script.partial(first, last - 1000)


@step("any-total")
def any_total(script):
    """206 with * for the total"""
    script.partial(*script.range(), "*")


@step("other-etag")
def other_etag(script):
    """206 with what was asked, and another tag"""
    script.partial(*script.range(), ETag='"another"')


@step("other-date")
def other_date(script):
    """206 with what was asked, and another Last-Modified"""
    script.partial(*script.range(), Last_Modified="Tue, 03 Sep 2024 08:00:00 GMT")


@step("no-content-range")
def no_content_range(script):
    """206 without Content-Range"""
    script.partial(*script.range(), Content_Range=None)


@step("bad-content-range")
def bad_content_range(script):
    """206 with a Content-Range that is none"""
    script.partial(*script.range(), Content_Range="bytes what-ever/else")


@step("encoded")
def encoded(script):
    """206 with what was asked, and Content-Encoding: gzip"""
    script.partial(*script.range(), Content_Encoding="gzip")


@step("shorter")
def shorter(script):
    """206 whose Content-Range is right, with 1000 bytes less of body, and a Content-Length to that"""
    first, last = script.range()
    script.partial(first, last, length=last - first + 1 - 1000)


@step("longer")
def longer(script):
    """206 whose Content-Range is right, with 10 bytes more of body, and a Content-Length to that"""
    first, last = script.range()
    script.partial(first, last, length=last - first + 1 + 10)


@step("multipart")
def multipart(script):
    """206 of type multipart/byteranges"""
    first, last = script.range()
    head = f"--x\r\nContent-Range: bytes {first}-{last}/{script.size}\r\n\r\n".encode()
    body = head + b"".join(pieces(first, last - first + 1)) + b"\r\n--x--\r\n"
    script.exchange.head(206, script.headers(Content_Length=len(body),
                                             Content_Type="multipart/byteranges; boundary=x"))
    script.exchange.send(body)


@step("416:right|wrong|none")
def out_of_range(script, total):
    """416 with the total, another total, or none"""
    script.unsatisfied({"right": f"bytes */{script.size}", "wrong": f"bytes */{script.size - 1}", "none": None}[total])


RETRY_AFTER = {
    "date": lambda: email.utils.formatdate(time.time() + 2, usegmt=True),
    "past": lambda: "Mon, 02 Sep 2024 08:00:00 GMT",
    "garbage": lambda: "when it suits",
    "huge": lambda: "99999999999999999999",
}


@step("status:CODE[:SECONDS|date|past|garbage|huge]")
def status(script, code, retry_after=None):
    """this status, with that Retry-After; date is in two seconds"""
    value = RETRY_AFTER.get(retry_after, lambda: retry_after)()
    script.exchange.reply(int(code), f"this is status {code}\n", [("Retry-After", value)] if value else [])
