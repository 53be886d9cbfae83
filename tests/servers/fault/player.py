# SPDX-License-Identifier: MIT
"""Plays a wire trace (trace.py) on sockets, and notes what clients ask."""

import os
import re
import socket
import ssl
import threading
import time

from . import tls
from .content import pattern
from .steps import SHIFT
from .trace import Closing, block_ends, load
from .wire import Closed, Connection

# Headers that are a matter of trust, or of the range that is asked for.
SECRETS = ("authorization", "proxy-authorization", "cookie", "x-secret", "referer")
TARGET = "/file"  # what tests ask for; not noted
LONG_TARGET = 100
SETTLE_SECONDS = 5
WRITE_SIZE = 64 << 10


class Play:
    """One run of a trace, with ports of its own. `notes` has a line for each connection, and for each further request
    on it, in order."""

    def __init__(self, name, listener_class, certificates):
        self.parts = {}
        for part in load(name):
            self.parts.setdefault(part.name, []).append(part)
        self.certificates = certificates
        self.changed = threading.Condition()
        self.notes = []
        self.awaited = set()  # indexes of notes about connections whose request is still to be read
        self.listeners = {}
        for server in self.parts:
            listener = listener_class(Server(self, server), origins={})
            self.listeners[server] = listener
            listener.start()

    def address(self, server):
        secure = any(part.secure for part in self.parts[server])
        return ("localhost" if secure else "127.0.0.1", self.listeners[server].port)

    def url(self, server):
        secure = any(part.secure for part in self.parts[server])
        scheme = "ftp" if server.startswith("ftp") else "https" if secure else "http"
        return "%s://%s:%d" % (scheme, *self.address(server))

    def expand(self, text, count):
        """{NAME} is a server's URL, {NAME.port} its port, {NAME.pasv} that as ftp writes it, {n} how often the block
        around has been repeated."""

        def value(match):
            name, form = match.group(1), match.group(2)
            if name == "n" and not form:
                return str(count)
            if name not in self.parts:
                return match.group(0)
            port = self.listeners[name].port
            return {None: self.url(name), "port": str(port), "pasv": f"{port >> 8},{port & 255}"}[form]

        return re.sub(r"\{([a-z]+)(?:\.(port|pasv))?\}", value, text)

    def begin(self, server):
        """A connection: the part it is to hear, and the index of its note."""
        with self.changed:
            parts = self.parts[server]
            part, index = parts.pop(0) if len(parts) > 1 else parts[0], len(self.notes)
            self.notes.append(f"{prefix(server)}-")
            if any(step[0] in ("read", "until") for step in part.steps):
                self.awaited.add(index)
            return part, index

    def settle(self, index):
        """Nothing more is to be noted about that connection's first request."""
        with self.changed:
            self.awaited.discard(index)
            self.changed.notify_all()

    def note(self, index, server, text):
        for name in self.listeners:
            text = text.replace("%s:%d" % self.address(name), f"{{{name}}}")
        with self.changed:
            if index is None:
                self.notes.append(prefix(server) + text)
            else:
                self.notes[index] = prefix(server) + text
        self.settle(index)

    def summary(self):
        """All notes in one line; the same one several times in a row with their number. A client may be done before
        its last request has been read here."""
        with self.changed:
            self.changed.wait_for(lambda: not self.awaited, SETTLE_SECONDS)
            notes = list(self.notes)
        runs = []
        for note in notes:
            if runs and runs[-1][0] == note:
                runs[-1][1] += 1
            else:
                runs.append([note, 1])
        return " | ".join(note + (f" x{count}" if count > 1 else "") for note, count in runs) or "nothing"

    def end(self):
        for listener in self.listeners.values():
            listener.stop()


def prefix(server):
    return "" if server in ("origin", "ftp") else f"{server}: "


def describe(request, with_body):
    """GET /target range=… if-range=… with=names body=length"""
    words = [request.method]
    if request.target != TARGET:
        target = request.target
        words.append(target if len(target) <= LONG_TARGET else f"{target[:8]}...({len(target)})")
    for name in ("range", "if-range"):
        if request.header(name) is not None:
            words.append(f"{name}={request.header(name)}")
    present = [name for name in SECRETS if request.header(name) is not None]
    if present:
        words.append("with=" + ",".join(present))
    if with_body and request.body:
        words.append(f"body={len(request.body)}")
    return " ".join(words)


class Server:
    """A handler (server.py) for one of the trace's servers."""

    def __init__(self, play, name):
        self.play = play
        self.name = name

    def serve(self, connection, _):
        Performance(self.play, self.name, connection).run()


class Performance:
    """One connection."""

    def __init__(self, play, server, connection):
        self.play = play
        self.server = server
        self.connection = connection
        self.part, self.index = play.begin(server)
        self.pause = 0
        self.unsent = b""
        self.replies = {}
        self.below = None  # the socket under TLS

    def run(self):
        first = self.index
        try:
            if self.part.tls:
                self.start_tls()
            self.run_steps(0, len(self.part.steps), 0, block_ends(self.part.steps))
            self.flush()
        finally:
            self.play.settle(first)
            if self.below:
                self.below.close()

    def start_tls(self):
        folder = self.play.certificates
        context = tls.old_context(folder) if self.part.tls == "old" else tls.context(folder, self.part.tls)
        sock = self.connection.sock
        self.below = socket.socket(fileno=os.dup(sock.fileno()))
        sock.settimeout(30)
        try:
            sock = context.wrap_socket(sock, server_side=True)
        except (OSError, ssl.SSLError) as error:
            raise Closed from error
        sock.settimeout(None)
        self.connection.sock = sock
        self.connection.tls = True

    def run_steps(self, first, last, count, ends):
        index = first
        while index < last:
            word, *arguments = self.part.steps[index]
            if word == "repeat":
                times = int(arguments[0]) if arguments else None
                done = 0
                while times is None or done < times:
                    self.run_steps(index + 1, ends[index], done, ends)
                    done += 1
                index = ends[index]
            elif word in (">", "+"):
                text = self.play.expand(arguments[0], count) + ("\r\n" if word == ">" else "")
                self.send(text.encode("latin-1"))
            elif word == "body":
                self.do_body(*arguments)
            else:
                self.flush()
                getattr(self, f"do_{word}")(*arguments)
            index += 1

    def flush(self):
        data, self.unsent = self.unsent, b""
        if data:
            self.connection.send(data)

    def send(self, data):
        if not self.pause:
            self.unsent += data
            if len(self.unsent) >= WRITE_SIZE:
                self.flush()
            return
        for at in range(len(data)):
            self.connection.send(data[at:at + 1])
            time.sleep(self.pause)

    def note(self, text):
        self.play.note(self.index, self.server, text)
        self.index = None

    def do_read(self, what="all"):
        request = self.connection.read_request()
        if what == "all":
            self.connection.read_body(request)
        self.note(describe(request, what == "all"))

    def do_reply(self, command, *text):
        self.replies[command] = " ".join(text)

    def do_until(self, last):
        """Answers ftp commands as told, or by 500; the last one is noted, and the trace answers it."""
        while True:
            line = self.connection.take_line()
            command = line.split(" ")[0]
            if command == last:
                self.note(line)
                return
            reply = self.play.expand(self.replies.get(command, "500 no"), 0)
            self.send(f"{reply}\r\n".encode("latin-1"))
            self.flush()

    def do_take(self, length):
        self.connection.take(int(length))

    def do_body(self, first, length, number="1"):
        self.send(pattern(int(first) + (int(number) - 1) * SHIFT, int(length)))

    def do_plain(self, text):
        self.below.sendall(text.encode("latin-1"))

    def do_wait(self, milliseconds):
        time.sleep(int(milliseconds) / 1000)

    def do_slow(self, milliseconds):
        self.pause = int(milliseconds) / 1000

    def do_stall(self):
        self.connection.wait_for_end()

    def do_close(self):
        self.connection.close()
        raise Closing

    def do_cut(self):
        self.connection.cut()
        raise Closing

    def do_reset(self):
        self.connection.reset()
        raise Closing
