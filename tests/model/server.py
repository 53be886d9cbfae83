# SPDX-License-Identifier: MIT
"""An HTTP server and an app, both in the hands of one loop: nothing is answered before the model says so.

There are no threads here. Whatever the app or its connections have to say waits until somebody pumps the loop, so the
model sees one thing at a time, and can hold an answer at any byte for as long as it likes."""

import collections
import os
import selectors
import socket
import struct
import subprocess
import time


class Stuck(Exception):
    """Something that must happen did not, in time."""


class Loop:
    def __init__(self, seconds):
        self.selector = selectors.DefaultSelector()
        self.seconds = seconds

    def add(self, file, events, handler):
        self.selector.register(file, events, handler)

    def remove(self, file):
        self.selector.unregister(file)

    def change(self, file, events, handler):
        self.selector.modify(file, events, handler)

    def pump(self, timeout=0.0):
        for key, events in self.selector.select(timeout):
            key.data(events)

    def until(self, happened, what):
        deadline = time.monotonic() + self.seconds
        while not happened():
            left = deadline - time.monotonic()
            if left <= 0:
                raise Stuck(what() if callable(what) else what)
            self.pump(left)


class Exchange:
    """One request, and as much of an answer as was sent."""

    def __init__(self, connection, method, target, headers):
        self.connection = connection
        self.method = method
        self.target = target
        self.headers = headers
        self.gone = False  # the client has left
        connection.requests += 1
        self.fresh = connection.requests == 1
        self.status = 0
        self.body = b""  # what the head has announced, less what was sent
        self.first = 0  # offset of the body's first byte in the file
        self.sent = 0

    def header(self, name):
        """All values."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def head(self, status, headers, body, first=0):
        """Announces the body, and sends none of it."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        self.status, self.body, self.first = status, body, first
        self.connection.send(("\r\n".join(lines) + "\r\n\r\n").encode())

    def send(self, count=None):
        """So many bytes more of the body, or all. True: that was the last one."""
        count = len(self.body) if count is None else count
        part, self.body = self.body[:count], self.body[count:]
        self.sent += len(part)
        self.connection.send(part)
        if not self.body:
            self.connection.exchange = None
        return not self.body

    def end(self, reset=False):
        """The connection, too."""
        self.connection.exchange = None
        self.connection.close(reset)


class Connection:
    def __init__(self, server, sock):
        self.server = server
        self.sock = sock
        self.input = b""
        self.output = b""
        self.exchange = None
        self.writing = False
        self.open = True
        self.closing = False
        self.requests = 0
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.loop.add(sock, selectors.EVENT_READ, self.ready)

    def ready(self, events):
        if self.open and events & selectors.EVENT_WRITE:
            self.flush()
        if self.open and events & selectors.EVENT_READ:
            self.read()

    def read(self):
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.left()
            return
        self.input += data
        while b"\r\n\r\n" in self.input:
            head, self.input = self.input.split(b"\r\n\r\n", 1)
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            headers = [tuple(line.split(": ", 1)) if ": " in line else (line.rstrip(":"), "") for line in lines]
            self.exchange = Exchange(self, method, target, headers)
            self.server.arrived(self.exchange)

    def send(self, data):
        self.output += data
        if self.open:
            self.flush()

    def flush(self):
        try:
            while self.output:
                count = self.sock.send(self.output)
                self.output = self.output[count:]
        except BlockingIOError:
            pass
        except OSError:
            self.left()
            return
        if self.closing and not self.output:
            self.close()
            return
        if bool(self.output) != self.writing:
            self.writing = bool(self.output)
            more = selectors.EVENT_WRITE if self.writing else 0
            self.server.loop.change(self.sock, selectors.EVENT_READ | more, self.ready)

    def left(self):
        """The client has gone."""
        if self.exchange:
            self.exchange.gone = True
        self.exchange = None
        self.output = b""
        self.close()

    def close(self, reset=False):
        if not self.open:
            return
        if self.output and not reset:
            self.closing = True  # when all of it is out
            return
        if reset:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.open = False
        self.server.loop.remove(self.sock)
        self.sock.close()


class Server:
    def __init__(self, loop):
        self.loop = loop
        self.arrivals = collections.deque()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.listener.setblocking(False)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        loop.add(self.listener, selectors.EVENT_READ, self.accept)

    def accept(self, _):
        try:
            Connection(self, self.listener.accept()[0])
        except BlockingIOError:
            pass

    def arrived(self, exchange):
        self.arrivals.append(exchange)


class App:
    """A process of the app: commands with an answer each, and events."""

    def __init__(self, loop, command, folder, environment):
        self.loop = loop
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder,
                                        env=environment, bufsize=0)
        self.output = self.process.stdout
        os.set_blocking(self.output.fileno(), False)
        self.input = b""
        self.answers = collections.deque()
        self.events = collections.deque()
        self.ended = False
        loop.add(self.output, selectors.EVENT_READ, self.read)
        self.answer()

    def read(self, _):
        data = self.output.read(65536)
        if data is None:
            return
        if not data:
            self.ended = True
            self.loop.remove(self.output)
            return
        *lines, self.input = (self.input + data).split(b"\n")
        for line in lines:
            kind, *fields = line.decode("utf-8", "backslashreplace").rstrip("\r").split("\t")
            if kind == "=":
                self.answers.append(fields)
            elif kind == "!":
                self.events.append(fields)

    def answer(self):
        self.loop.until(lambda: self.answers or self.ended, "the app does not answer")
        if not self.answers:
            raise Stuck(f"the app has ended with {self.process.wait()}")
        return self.answers.popleft()

    def tell(self, *fields):
        """(HRESULT, what follows)"""
        try:
            self.process.stdin.write(("\t".join(map(str, fields)) + "\n").encode())
        except BrokenPipeError:
            pass
        code, *rest = self.answer()
        return int(code, 16), rest

    def kill(self):
        self.process.kill()
        self.close()

    def quit(self):
        """The proper end; its exit code."""
        self.process.stdin.write(b"quit\n")
        return self.close()

    def close(self):
        self.loop.until(lambda: self.ended, "the app does not end")
        code = self.process.wait(self.loop.seconds)
        self.process.stdin.close()
        self.output.close()
        return code
