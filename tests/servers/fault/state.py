# SPDX-License-Identifier: MIT
"""What outlives a request: what was seen under a token, and latches that hold an answer back. A token belongs to
one test; requests carry it in their path or as ?token=."""

import threading
import time

WAIT_SECONDS = 60
GONE_SECONDS = 0.02  # how often a held answer looks whether its client is still there


class State:
    def __init__(self):
        self.changed = threading.Condition()
        self.requests = {}
        self.permits = {}
        self.held = {}
        self.gone = {}
        self.sent = {}
        self.total = {}
        self.running = {}
        self.beside = {}

    def record(self, token, description):
        """How many came before."""
        with self.changed:
            requests = self.requests.setdefault(token, [])
            requests.append(description | {"time": time.monotonic()})
            self.changed.notify_all()
            return len(requests) - 1

    def seen(self, token):
        with self.changed:
            return list(self.requests.get(token, []))

    def wait_seen(self, token, count):
        """Whether that many requests came in time."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.requests.get(token, [])) >= count, WAIT_SECONDS)

    def hold(self, token, is_gone=lambda: False):
        """Waits for a release; True unless it took too long, or the client went away, which takes no permit."""
        deadline = time.monotonic() + WAIT_SECONDS
        with self.changed:
            self.held[token] = self.held.get(token, 0) + 1
            self.changed.notify_all()
            while not self.changed.wait_for(lambda: self.permits.get(token, 0) > 0, GONE_SECONDS):
                if is_gone():
                    self.gone[token] = self.gone.get(token, 0) + 1
                    self.changed.notify_all()
                    return False
                if time.monotonic() > deadline:
                    return False
            self.permits[token] -= 1
            return True

    def wait_gone(self, token, count):
        """Whether that many clients have left amid a held answer, now or before."""
        with self.changed:
            return self.changed.wait_for(lambda: self.gone.get(token, 0) >= count, WAIT_SECONDS)

    def note_sent(self, token, turn, status, first, length):
        """That the answer to this request has sent so many bytes of the body more; it began at that offset. What is
        sent after the next request does not count: its client is dead, but Wine may keep a dead one's connection open."""
        with self.changed:
            answer = self.sent.setdefault(token, {}).setdefault(turn, [status, first, 0])
            self.total[token] = self.total.get(token, 0) + length
            if turn + 1 >= len(self.requests.get(token, [])):
                answer[2] += length

    def all_sent(self, token):
        with self.changed:
            return [tuple(answer) for _, answer in sorted(self.sent.get(token, {}).items())]

    def begin(self, token, connection):
        """An answer begins. How many others are on their way, to clients that are there, is kept."""
        with self.changed:
            running = self.running.setdefault(token, [])
            self.beside.setdefault(token, []).append(sum(not other.is_gone() for other in running))
            running.append(connection)

    def end(self, token, connection):
        """It has ended, or is about to."""
        with self.changed:
            if connection in self.running[token]:
                self.running[token].remove(connection)
                self.changed.notify_all()

    def all_beside(self, token):
        with self.changed:
            return list(self.beside.get(token, []))

    def wait_few(self, token, count, since):
        """Whether at most so many answers are on their way at once, now or soon, `since` so many have begun."""

        def are_few():
            running = sum(not other.is_gone() for other in self.running.get(token, []))
            return running <= count and len(self.beside.get(token, [])) >= since

        deadline = time.monotonic() + WAIT_SECONDS
        with self.changed:
            while not self.changed.wait_for(are_few, GONE_SECONDS):
                if time.monotonic() > deadline:
                    return False
            return True

    def wait_held(self, token, count):
        """Whether that many answers have come to a latch, now or before."""
        with self.changed:
            return self.changed.wait_for(lambda: self.held.get(token, 0) >= count, WAIT_SECONDS)

    def release(self, token, count):
        with self.changed:
            self.permits[token] = self.permits.get(token, 0) + count
            self.changed.notify_all()


STATE = State()
