# SPDX-License-Identifier: MIT
"""HTTP/1.1 on a socket, done by hand, so that a row can send what no server would."""

import email.utils
import hashlib
import http
import itertools
import select
import socket
import ssl
import struct
import urllib.parse

HEAD_LIMIT = 1 << 20
TLS_HANDSHAKE = 22  # first byte of TLS where plain HTTP is spoken


class Closed(Exception):
    """The peer is gone, or the row is done with the connection."""


class Request:
    """What came in. `headers` keeps order, spelling and repetitions."""

    def __init__(self, method, target, version, headers):
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        self.body = b""
        parts = urllib.parse.urlsplit(target)
        self.segments = [urllib.parse.unquote(s) for s in parts.path.split("/")[1:]]
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))

    def header(self, name, default=None):
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return default

    def describe(self, tls, port):
        """What tests read. Header lines are whole, so that C code can search for them."""
        return {
            "method": self.method,
            "target": self.target,
            "version": self.version,
            "tls": tls,
            "port": port,
            "headers": [f"{key}: {value}" for key, value in self.headers],
            "body_length": len(self.body),
            "body_sha256": hashlib.sha256(self.body).hexdigest(),
            "body": self.body[:4096].decode("latin-1"),
        }


class Connection:
    """Reads requests from a socket and sends bytes to it. Each has its own `number`."""

    numbers = itertools.count(1)

    def __init__(self, sock, tls, port):
        self.number = next(self.numbers)
        self.resumed = bool(tls and sock.session_reused)
        self.sock = sock
        self.tls = tls
        self.port = port
        self.buffer = b""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def describe(self):
        """What tests read, beside what they read of a request."""
        return {"connection": self.number, "resumed": self.resumed}

    def fill(self):
        try:
            data = self.sock.recv(65536)
        except (OSError, ssl.SSLError) as error:
            raise Closed from error
        if not data:
            raise Closed
        self.buffer += data

    def take(self, count):
        while len(self.buffer) < count:
            self.fill()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def take_line(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > HEAD_LIMIT:
                raise Closed
            self.fill()
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r").decode("latin-1")

    def read_request(self):
        while not self.buffer:
            self.fill()
        if self.buffer[0] == TLS_HANDSHAKE:
            self.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            raise Closed
        line = self.take_line()
        words = line.split(" ")
        if len(words) != 3:
            raise Closed
        headers = []
        while True:
            line = self.take_line()
            if not line:
                break
            name, _, value = line.partition(":")
            headers.append((name, value.strip()))
        return Request(*words, headers)

    def read_body(self, request):
        if request.header("Expect", "").lower() == "100-continue":
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if "chunked" in request.header("Transfer-Encoding", "").lower():
            while size := int(self.take_line().split(";")[0], 16):
                request.body += self.take(size)
                self.take_line()
            while self.take_line():
                pass
        else:
            request.body = self.take(int(request.header("Content-Length", "0")))

    def send(self, data):
        try:
            self.sock.sendall(data)
        except (OSError, ssl.SSLError) as error:
            raise Closed from error

    def is_gone(self):
        """Whether the peer has closed; for when it has nothing to say."""
        try:
            return bool(select.select([self.sock], [], [], 0)[0]) and not self.sock.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def wait_for_end(self):
        """Until the peer closes: for rows that say nothing more."""
        while True:
            self.fill()

    def close(self):
        """A proper end: with TLS its closing message, then FIN, then what was still on its way is read, so that
        no RST overtakes the answer."""
        try:
            if self.tls:
                self.sock.settimeout(5)
                try:
                    self.sock = self.sock.unwrap()
                except (OSError, ssl.SSLError, ValueError):
                    pass
            self.sock.shutdown(socket.SHUT_WR)
            self.sock.settimeout(1)
            while self.sock.recv(65536):
                pass
        except (OSError, ssl.SSLError):
            pass
        finally:
            self.sock.close()

    def cut(self):
        """FIN, without the closing message of TLS."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()

    def reset(self):
        """RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


class Exchange:
    """One request and its answer. A row is a function of this."""

    def __init__(self, connection, request, origins):
        self.connection = connection
        self.request = request
        self.origins = origins
        self.turn = 0  # how many requests with its token came before
        self.keep_alive = request.version == "HTTP/1.1" and request.header("Connection", "").lower() != "close"

    def option(self, name, default=None):
        return self.request.query.get(name, default)

    def number(self, name, default):
        return int(self.request.query.get(name, default))

    def argument(self, index, default=None):
        """The path segments behind the row's name."""
        segments = self.request.segments[1:]
        return segments[index] if index < len(segments) and segments[index] else default

    def head(self, status, headers, version="HTTP/1.1", reason=None):
        """Status line and headers, exactly these."""
        if reason is None:
            try:
                reason = http.HTTPStatus(status).phrase
            except ValueError:
                reason = "Unnamed"
        lines = [f"{version} {status} {reason}"] + [f"{name}: {value}" for name, value in headers]
        self.connection.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def send(self, data):
        if self.request.method != "HEAD":
            self.connection.send(data)

    def reply(self, status, body=b"", headers=(), content_type="text/plain"):
        """A complete and proper answer."""
        if isinstance(body, str):
            body = body.encode()
        lines = [("Date", email.utils.formatdate(usegmt=True))]
        if status >= 200 and status not in (204, 304):
            lines += [("Content-Type", content_type), ("Content-Length", str(len(body)))]
        else:
            body = b""
        self.head(status, lines + list(headers))
        self.send(body)

    def end(self):
        """The answer was the last of this connection."""
        self.keep_alive = False
