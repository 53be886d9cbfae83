# SPDX-License-Identifier: MIT
"""What outlives a request: what was seen under a token, and latches that hold an answer back. A token belongs to
one test; requests carry it in their path or as ?token=."""

import threading

WAIT_SECONDS = 60


class State:
    def __init__(self):
        self.changed = threading.Condition()
        self.requests = {}
        self.permits = {}
        self.held = {}

    def record(self, token, description):
        with self.changed:
            self.requests.setdefault(token, []).append(description)
            self.changed.notify_all()

    def seen(self, token):
        with self.changed:
            return list(self.requests.get(token, []))

    def wait_seen(self, token, count):
        """Whether that many requests came in time."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.requests.get(token, [])) >= count, WAIT_SECONDS)

    def hold(self, token):
        """Waits for a release; True unless it took too long."""
        with self.changed:
            self.held[token] = self.held.get(token, 0) + 1
            self.changed.notify_all()
            released = self.changed.wait_for(lambda: self.permits.get(token, 0) > 0, WAIT_SECONDS)
            if released:
                self.permits[token] -= 1
            return released

    def wait_held(self, token, count):
        """Whether that many answers have come to a latch, now or before."""
        with self.changed:
            return self.changed.wait_for(lambda: self.held.get(token, 0) >= count, WAIT_SECONDS)

    def release(self, token, count):
        with self.changed:
            self.permits[token] = self.permits.get(token, 0) + count
            self.changed.notify_all()


STATE = State()
