#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The server that the scenarios talk to, on loopback: what the pages of Microsoft's sample do.

    server.py [--port PORT] [--step SECONDS]

    /download             5,000,000 bytes, a million a second. Ranges only with If-Range: "SampleETag"
    /notifications        ?delay=N: N million bytes in N seconds; no ranges. Without a delay: 400
    /randomAccess         ?length=&bytesPerSec=: any single range; Last-Modified and no ETag
    /recoverableErrors    10,000,000 bytes. With ?shouldExpire=yes the connection is cut after more than half, and what
                          does not begin at 0 is 403 from then on

It prints its address when it listens. --step says how long a "second" is.
"""

import argparse
import http.server
import re
import time
import urllib.parse

MILLION = 1000000
LAST_MODIFIED = "Mon, 02 Sep 2024 08:00:00 GMT"
STEP = 1.0


class Gone(Exception):
    """The client has gone, or has been cut off."""


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format, *args):
        pass

    def handle(self):
        try:
            super().handle()
        except (Gone, ConnectionError):
            self.close_connection = True

    def answer(self, status, headers=(), length=0):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def send_slowly(self, length, bytes_per_step=MILLION, stop_after=None):
        """So many bytes `a`, in twentieths of a step."""
        piece = max(1, bytes_per_step // 20)
        start = time.monotonic()
        sent = 0
        while sent < length:
            wait = start + sent / bytes_per_step * STEP - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            self.wfile.write(b"a" * min(piece, length - sent))
            sent += min(piece, length - sent)
            if stop_after is not None and sent > stop_after:
                raise Gone

    def asked_range(self, size):
        """(first, last), or None; ranges that end before they begin do not count."""
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not match:
            return None
        first, last = int(match.group(1)), min(int(match.group(2) or size - 1), size - 1)
        return (first, last)

    def send_part(self, part, size, headers, **speed):
        """200 with the whole, or 206 if it is less."""
        headers = [("Content-Type", "text/plain"), ("Accept-Ranges", "bytes"), *headers]
        first, last = part or (0, size - 1)
        if (first, last) == (0, size - 1):
            self.answer(200, headers, size)
        else:
            self.answer(206, [*headers, ("Content-Range", f"bytes {first}-{last}/{size}")], last - first + 1)
        self.send_slowly(last - first + 1, **speed)

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        options = dict(urllib.parse.parse_qsl(address.query))
        page = {"/download": self.download, "/notifications": self.notifications,
                "/randomAccess": self.random_access, "/recoverableErrors": self.recoverable_errors}
        page.get(address.path, lambda _: self.answer(404))(options)

    def download(self, _):
        size = 5 * MILLION
        part = self.asked_range(size) if self.headers.get("If-Range") == '"SampleETag"' else None
        self.send_part(part, size, [("ETag", '"SampleETag"')])

    def notifications(self, options):
        if not options.get("delay", "").isdigit():
            self.answer(400)
            return
        size = int(options["delay"]) * MILLION
        self.answer(200, [("Content-Type", "text/plain")], size)
        self.send_slowly(size)

    def random_access(self, options):
        size = int(options.get("length", 100 * MILLION))
        part = self.asked_range(size)
        if part and part[0] >= size:
            self.answer(500)
            return
        self.send_part(part, size, [("Last-Modified", LAST_MODIFIED)],
                       bytes_per_step=int(options.get("bytesPerSec", MILLION)))

    def recoverable_errors(self, options):
        size = 10 * MILLION
        part = self.asked_range(size)
        expires = options.get("shouldExpire") == "yes"
        if expires and part and part[0] > 0:
            self.answer(403)
            return
        self.send_part(part, size, [("Last-Modified", LAST_MODIFIED)], stop_after=size // 2 if expires else None)


def main():
    global STEP
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="a free one if it is not said")
    parser.add_argument("--step", type=float, default=STEP, help="seconds that a million bytes take")
    arguments = parser.parse_args()
    STEP = arguments.step
    server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), Page)
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
