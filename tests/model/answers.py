# SPDX-License-Identifier: MIT
"""The server's answers, good ones and others, and what follows from each."""

import random
import time

from model import (AGAIN, BROKEN, ENDED_BADLY, ENDED_WELL, ERROR, LATER, QUEUE, RETRIED, RETRY, SERVER, SOME_RESTARTS,
                   WAITING)

LATER_SECONDS = 60  # what Retry-After says, which is the longest that is obeyed
UNNAMED = {429: {0x80190004: 20}}  # statuses without a WebErrorStatus of their own


class Answers:
    # Answers: what the server does is drawn for each request by itself, so that a chance in the order of requests
    # does not change what follows.

    PLANS = (("hold_head", 10), ("hold_body", 34), ("good", 18), ("cut", 6), ("close", 3), ("reset", 3), ("refuse", 8),
             ("busy", 5), ("later", 2), ("change", 4), ("whole", 3), ("other_tag", 3))

    def draw(self, transfer):
        return random.Random(f"{self.seed}/{transfer.number}/{transfer.requests}")

    def reply(self, transfer, exchange):
        chance = self.draw(transfer)
        names, weights = zip(*self.PLANS)
        plan = chance.choices(names, weights)[0]
        if transfer.random and plan in ("change", "whole", "other_tag"):
            plan = "hold_body"
        if not exchange.fresh and plan in ("close", "reset"):
            plan = "cut"  # libcurl repeats by itself what it got no answer to on a kept connection
        if transfer.restarts >= SOME_RESTARTS and plan in ("change", "whole", "other_tag"):
            plan = "good"
        self.count(plan)
        self.note("   answer", plan)
        getattr(self, f"reply_{plan}")(transfer, exchange, chance)

    def wanted(self, exchange):
        """(first, last + 1) or None."""
        values = exchange.header("Range")
        if not values:
            return None
        first, last = values[0].removeprefix("bytes=").split("-")
        return int(first), int(last) + 1 if last else None

    def announce(self, transfer, exchange, **changes):
        """The head of a good answer, and what it does to the body at hand."""
        wanted = self.wanted(exchange)
        body, headers = transfer.body_now(), [("Accept-Ranges", "bytes")]
        condition = exchange.header("If-Range")
        tag = transfer.etag(transfer.url, transfer.version)
        part = wanted and (not condition or condition == [tag]) and not changes.get("whole")
        headers.append(("ETag", changes.get("tag", tag)))
        transfer.total = transfer.size
        transfer.begin_again = False
        if part:
            first, last = wanted
            last = last or transfer.size
            headers.append(("Content-Range", f"bytes {first}-{last - 1}/{transfer.size}"))
            exchange.head(206, headers, body[first:last], first)
            transfer.bodies = transfer.bodies or {(transfer.url, transfer.version)}
        else:
            exchange.head(200, headers, body)
            if wanted and not transfer.random or transfer.url_changed and transfer.high:
                transfer.restarts += 1
                self.count("restarts")
            # Until the head is seen there may be the old one.
            transfer.bodies = {(transfer.url, transfer.version)} | (
                transfer.bodies if transfer.high or not transfer.exact else set())
            transfer.low = 0
            transfer.url_changed = False
        transfer.head = exchange.status

    def move(self, transfer, exchange, count=None):
        """Sends bytes; True if that was all of the answer."""
        over = exchange.send(count)
        transfer.high = transfer.size if transfer.random else max(transfer.high, exchange.first + exchange.sent)
        return over

    def some(self, exchange, chance):
        """A number of bytes that is not all of them."""
        return chance.randrange(len(exchange.body)) if exchange.body else 0

    def reply_hold_head(self, transfer, exchange, chance):
        pass

    def reply_hold_body(self, transfer, exchange, chance):
        self.announce(transfer, exchange)
        if exchange.body:
            self.move(transfer, exchange, self.some(exchange, chance))
        else:
            self.finish(transfer, exchange)

    def reply_good(self, transfer, exchange, chance):
        self.announce(transfer, exchange)
        self.finish(transfer, exchange)

    def finish(self, transfer, exchange):
        """All the rest of the answer."""
        self.move(transfer, exchange)
        transfer.exchange = None
        if not transfer.random:  # which may have more to ask for
            transfer.bodies = {(transfer.url, transfer.version)}
            transfer.settle_body(transfer.size)
            self.becomes(transfer, ENDED_WELL)

    def failed(self, transfer, error):
        """The answer has ended with a failure that passes."""
        transfer.exchange = None
        ends = transfer.fail_passing(error)
        if len(ends) > 1:
            shown = self.poll(transfer, lambda now: now["status"] == ERROR or self.server.arrivals
                              or now["reason"] in (RETRY, QUEUE, SERVER), "fails or is tried again")
            ends = {ENDED_BADLY} if shown["status"] == ERROR else {AGAIN}
        (end, ) = ends
        if end == AGAIN:
            transfer.tried_again()
        self.becomes(transfer, end)

    def reply_cut(self, transfer, exchange, chance):
        self.announce(transfer, exchange)
        if not exchange.body:
            self.finish(transfer, exchange)
            return
        self.move(transfer, exchange, self.some(exchange, chance))
        exchange.end()
        self.failed(transfer, BROKEN)

    def reply_reset(self, transfer, exchange, chance):
        """What was sent may be lost with it."""
        self.announce(transfer, exchange)
        if not exchange.body:
            self.finish(transfer, exchange)
            return
        self.move(transfer, exchange, self.some(exchange, chance))
        transfer.head = None
        transfer.total = None
        exchange.end(reset=True)
        self.failed(transfer, BROKEN)

    def reply_close(self, transfer, exchange, chance):
        exchange.end()
        self.failed(transfer, BROKEN)

    def refuse(self, transfer, exchange, status, headers=()):
        """Whether it is parked, which is what the app wanted; else the error's code."""
        transfer.exchange = None
        transfer.head = status
        exchange.head(status, list(headers), b"no\n")
        exchange.send()
        transfer.error = UNNAMED.get(status, {0x80190000 | status: status})
        if status in transfer.recoverable:
            self.becomes(transfer, WAITING)
            return True
        return False

    def reply_refuse(self, transfer, exchange, chance):
        if not self.refuse(transfer, exchange, chance.choice((403, 404, 410))):
            self.becomes(transfer, ENDED_BADLY)

    def reply_busy(self, transfer, exchange, chance):
        status = chance.choice(RETRIED)
        if not self.refuse(transfer, exchange, status):
            self.failed(transfer, transfer.error)

    def reply_later(self, transfer, exchange, chance):
        status = chance.choice((429, 503))
        if not self.refuse(transfer, exchange, status, [("Retry-After", str(LATER_SECONDS))]):
            self.failed(transfer, transfer.error)
            if transfer.phase == AGAIN:
                transfer.phase = LATER
                transfer.later_at = time.monotonic()

    def reply_change(self, transfer, exchange, chance):
        """The file on the server is another one from now on."""
        transfer.version += 1
        self.reply_hold_body(transfer, exchange, chance)

    def reply_whole(self, transfer, exchange, chance):
        """200, whatever was asked."""
        self.announce(transfer, exchange, whole=True)
        self.move(transfer, exchange, self.some(exchange, chance))

    def reply_other_tag(self, transfer, exchange, chance):
        """A part of something else: it has to begin again, by a new request."""
        if exchange.header("If-Range") != [transfer.etag(transfer.url, transfer.version)]:
            self.reply_hold_body(transfer, exchange, chance)
            return
        before = transfer.high
        self.announce(transfer, exchange, tag='"another"')
        exchange.send(self.some(exchange, chance))  # none of which counts
        transfer.high = before
        transfer.low = 0
        transfer.restarts += 1
        transfer.begin_again = True
        transfer.head = None
