# SPDX-License-Identifier: MIT
"""The model beside the real thing: what arrives at the server and what the app says is taken into the model, and has to
be possible there.

After each step the world settles: whoever has a slot stands at a gate of the server's, whoever has ended has told so,
and no slot is free that somebody may have. So what a step may lead to is nearly always one thing."""

import os
import time

from answers import Answers
from model import (ACTIVE, AGAIN, ASYNC_CANCELED, ASYNC_COMPLETED, ASYNC_ERROR, COMPLETED, CREATED, ENDED_BADLY,
                   ENDED_EARLY, ENDED_WELL, ERROR, FINAL, LATER, PAUSING, QUEUE, QUEUED, Queue, REASON, SERVER,
                   STATUS, S_OK, WAITING, adler)
from server import Stuck

LATER_SURE = 45  # seconds of the sixty that Retry-After says
POLL_SECONDS = 0.002  # for what only asking can tell


class Wrong(Exception):
    """The model does not know of this."""


def check(condition, *what):
    if not condition:
        raise Wrong(" ".join(map(str, what)))


class World(Answers):
    def __init__(self, loop, server, seed, folder, path_for_program):
        self.loop = loop
        self.server = server
        self.seed = seed
        self.folder = folder
        self.path_for_program = path_for_program
        self.app = None
        self.transfers = []  # all, by number; None: long over
        self.live = []  # those that something may still be heard of
        self.asyncs = {}  # by number
        self.queue = Queue(1)
        self.counts = {}
        self.unconfirmed = set()
        self.log = []

    # Notes, for when something goes wrong

    def note(self, *what):
        line = " ".join(map(str, what))
        if line not in self.log[-2:]:  # what is asked again and again
            self.log.append(line)
        del self.log[:-4000]

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    # The app

    def tell(self, *fields):
        code, rest = self.app.tell(*fields)
        self.note("  ", *fields, "->", f"{code:08X}", *rest)
        return code, rest

    def must(self, *fields):
        code, rest = self.tell(*fields)
        check(code == S_OK, *fields, f"answers {code:08X}")
        return rest

    def find(self, guid):
        for transfer in reversed(self.live):
            if transfer.guid == guid:
                return transfer
        raise Wrong(f"nobody knows {guid}")

    def by_operation(self, number):
        for transfer in reversed(self.live):
            if transfer.operation == number:
                return transfer
        return None

    def list(self, *which):
        """The transfers, in order; those that were not held are held now."""
        rest = self.must("list", *which)
        found = []
        for number, guid in zip(rest[::2], rest[1::2]):
            transfer = self.find(guid)
            check(transfer.operation in (None, int(number)), transfer, "is another object now:", number)
            transfer.operation = int(number)
            found.append(transfer)
        return found

    def kind(self, transfer):
        if transfer.transfer_group:
            return ("transfer_group", transfer.transfer_group)
        return ("group", transfer.group) if transfer.group else ()

    def operation(self, transfer):
        """Its number. One that the app has given up is asked for again."""
        if transfer.operation is None:
            check(transfer in self.list(*self.kind(transfer)), transfer, "is not listed")
        return transfer.operation

    def show(self, transfer):
        rest = self.must("show", self.operation(transfer))
        values = dict(field.split("=", 1) for field in rest)
        numbers = ("status", "bytes", "total", "cost", "priority", "response", "error", "random", "reason", "before",
                   "attempts")
        return values | {name: int(values[name]) for name in numbers}

    def poll(self, transfer, happened, what):
        """Shows it until it is as it must become."""
        deadline = time.monotonic() + self.loop.seconds
        pause = 0.0
        while not happened(shown := self.show(transfer)):
            if time.monotonic() > deadline:
                raise Stuck(f"{transfer} {what}: {shown}")
            self.loop.pump(pause)
            pause = POLL_SECONDS
        return shown

    # Events

    def take_events(self):
        while self.app.events:
            kind, number, *rest = self.app.events.popleft()
            self.note("   event", kind, number, *rest)
            {"p": self.on_progress, "c": self.on_completed, "r": self.on_read}[kind](int(number), *rest)

    def on_progress(self, number, status, received, total, _, restarted):
        one = self.asyncs[number]
        check(not one.told, one, "has a notification after its end")
        check(int(received) <= one.transfer.size and int(total) in (0, one.transfer.size), one, "shows", received, total)
        check(not int(restarted) or one.transfer.restarts or one.transfer.url, one, "shows a restart of", one.transfer)
        shown = (int(status), int(received))
        check(not one.last or one.last[0] not in (COMPLETED, ERROR) or one.last == shown, one, "was at its end", one.last,
              "and goes on", shown)
        one.last = shown

    def on_completed(self, number, status, error):
        one = self.asyncs[number]
        check(one.completed, one, "has no Completed handler")
        check(not one.told, one, "is told twice")
        one.told = True
        transfer = one.transfer
        if int(status) == ASYNC_COMPLETED and not transfer.final:
            self.complete(transfer)
        self.check_end(transfer, int(status), int(error, 16))
        if one.progress and one.last and transfer.phase == ENDED_WELL and one.since < transfer.requests:
            check(one.last[1] == transfer.size, one, "was shown", one.last, "and not the end of", transfer)
        transfer.collected = True

    def on_read(self, number, offset, hresult, length, checksum):
        transfer = self.by_operation(int(number))
        if transfer is None:
            return
        count = transfer.reads.pop(int(offset))
        if int(hresult, 16) != S_OK:
            check(transfer.final and transfer.phase != ENDED_WELL, transfer, "a read fails with", hresult)
            return
        part = transfer.body_now()[int(offset):int(offset) + count]
        check(int(length) == len(part) and int(checksum, 16) == adler(part), transfer, "reads wrong bytes at", offset)

    ASYNC_ENDS = {ASYNC_COMPLETED: ENDED_WELL, ASYNC_CANCELED: ENDED_EARLY, ASYNC_ERROR: ENDED_BADLY}

    def complete(self, transfer):
        """It says so before the model does: one for random access whose last part was sent, or one of an earlier process
        that had all bytes."""
        check(transfer.random and transfer.phase == ACTIVE and not transfer.exchange
              or transfer.phase == QUEUED and transfer.high == transfer.size and not transfer.url_changed, transfer,
              "completes")
        if transfer.phase == QUEUED:
            self.queue.take(transfer)
        transfer.settle_body(transfer.size)
        self.becomes(transfer, ENDED_WELL)

    def check_end(self, transfer, status, error):
        check(self.ASYNC_ENDS.get(status) == transfer.phase, transfer, f"ends with {status} {error:08X}")
        if status == ASYNC_ERROR:
            check(error in transfer.error, transfer, f"fails with {error:08X}, not", transfer.error)
            transfer.error = {error: transfer.error[error]}
        else:
            check(error == S_OK, transfer, f"has ErrorCode {error:08X}")

    # Ends and other changes of the phase

    def becomes(self, transfer, phase):
        """Leaves its slot or its place, if it has one."""
        self.note("  ", transfer, "becomes", phase)
        if phase not in (QUEUED, ACTIVE):
            self.queue.remove(transfer)
        if phase in FINAL:
            self.count(phase)
        transfer.phase = phase
        transfer.begin_again = False  # what there was stays until there is something new
        self.unconfirmed.add(transfer)
        if phase == QUEUED:
            self.queue.add(transfer)

    # Requests

    def take_arrivals(self):
        while self.server.arrivals:
            exchange = self.server.arrivals.popleft()
            number = int(exchange.target.split("/")[1])
            transfer = self.transfers[number]
            self.note("   request", exchange.target, *exchange.header("Range"), *exchange.header("If-Range"))
            self.arrive(transfer, exchange)

    def arrive(self, transfer, exchange):
        if transfer.random and (transfer.phase == PAUSING or transfer.final or
                                transfer.phase == QUEUED and self.show(transfer)["reason"] == QUEUE):
            return  # it was on its way, for a reader; the connection ends at once
        if transfer.phase == ACTIVE and transfer.begin_again:
            pass
        elif transfer.phase == ACTIVE and transfer.random:
            check(not transfer.exchange or transfer.exchange.gone or transfer.reads, transfer, "asks for more")
        elif transfer.phase == AGAIN or transfer.phase == LATER and self.is_due(transfer):
            self.allow_again(transfer)
        else:
            check(transfer.phase == QUEUED, transfer, "sends a request")
            if transfer not in self.queue.next(self.soon()):
                self.end_random()
            allowed = self.queue.next(self.soon())
            check(transfer in allowed, transfer, "runs before", allowed)
            self.queue.take(transfer)
        transfer.phase = ACTIVE
        transfer.requests += 1
        transfer.exchange = exchange
        self.count("requests")
        self.check_request(transfer, exchange)
        transfer.begin_again = False
        self.reply(transfer, exchange)

    def soon(self):
        return [one for one in self.live if one.phase == AGAIN]

    def is_due(self, transfer):
        return time.monotonic() > transfer.later_at + LATER_SURE

    def allow_again(self, transfer):
        """It had to wait a moment, and now comes behind all of its priority."""
        phase = transfer.phase
        transfer.phase = QUEUED
        self.queue.add(transfer)
        others = [one for one in self.soon() if one is not transfer]
        if transfer not in self.queue.next(others):
            self.end_random()
        allowed = self.queue.next(others)
        check(transfer in allowed, transfer, "runs again", phase, "before", allowed)
        self.queue.take(transfer)

    def check_request(self, transfer, exchange):
        check(exchange.method == transfer.method, transfer, exchange.method)
        check(exchange.target == transfer.path, transfer, exchange.target)
        sent = {key: value for key, value in exchange.headers if key.startswith("X-")}
        # A part for a reader may have been asked for just before.
        check(sent == transfer.headers or transfer.random and sent == transfer.headers_before, transfer, "sends", sent,
              "instead of", transfer.headers)
        check(exchange.header("Accept-Encoding") == ["identity"], transfer, exchange.headers)
        wanted, condition = exchange.header("Range"), exchange.header("If-Range")
        if transfer.random:
            check(len(wanted) == 1 and not condition, transfer, wanted, condition)
            return
        if not wanted:
            check(not condition, transfer, condition)
            other = transfer.url_changed or any(url != transfer.url for url, _ in transfer.bodies)
            check(transfer.begin_again or other or transfer.low == 0, transfer, "begins again")
        else:
            first = int(wanted[0].removeprefix("bytes=").removesuffix("-"))
            check(not transfer.begin_again and not transfer.url_changed, transfer, "asks for a part")
            check(transfer.low <= first <= transfer.high and first > 0, transfer, "asks for", wanted)
            bodies = {body for body in transfer.bodies if [transfer.etag(*body)] == condition}
            check(bodies, transfer, "asks for a part of", condition)
            transfer.bodies = bodies
            transfer.settle_body(first)

    # Settling

    def settle(self):
        """Until all that must happen has happened."""
        deadline = time.monotonic() + self.loop.seconds
        while not self.is_settled():
            if time.monotonic() > deadline:
                why = self.unsettled()
                for one in self.live:
                    if one.operation is not None and not one.final:
                        self.show(one)
                raise Stuck(why)
            self.loop.pump(POLL_SECONDS)
        self.queue.hurry = False
        self.confirm()

    def confirm(self):
        """What the server has brought about is so now for the app, too."""
        for one in self.unconfirmed:
            if one.phase in (ENDED_WELL, ENDED_BADLY, WAITING, LATER) and not one.collected:
                self.poll(one, lambda now, one=one: now["status"] == STATUS[one.phase], "does not end")
        self.unconfirmed.clear()
        self.take_events()

    def is_settled(self):
        self.loop.pump()
        self.take_events()
        self.take_arrivals()
        self.resolve_soon()
        return not self.unsettled()

    def unsettled(self):
        """Why the world is not settled, or nothing."""
        # First, since their slots are free then.
        reasons = [f"{one} does not ask for the rest" for one in list(self.queue.running)
                   if one.random and not one.exchange and not self.random_is_over(one)]
        reasons += [f"{one} does not begin again" for one in self.queue.running if one.begin_again]
        if self.queue.next() and not self.server.arrivals:
            self.end_without_request()
        if next_ones := self.queue.next():
            reasons.append(f"{next_ones} may run and do not")
        for one in self.asyncs.values():
            if one.completed and not one.told and one.transfer.final:
                reasons.append(f"{one} of {one.transfer} is not told")
        reasons += [f"{one} is to be tried again" for one in self.soon()]
        return "; ".join(reasons)

    def random_is_over(self, transfer):
        """It has ended, if all of it was sent."""
        if self.server.arrivals:
            return False
        if transfer.operation is None and transfer not in self.list(*self.kind(transfer)):
            self.take_events()  # of its end
            return transfer.final
        shown = self.show(transfer)
        if shown["status"] != COMPLETED:
            return False
        self.complete(transfer)
        return True

    def end_random(self):
        """Somebody has a slot that must have been one's whose last part was sent."""
        for one in list(self.queue.running):
            if one.random and not one.exchange:
                self.poll(one, lambda now: now["status"] == COMPLETED, "has all bytes and does not end")
                self.complete(one)

    def end_without_request(self):
        """After a kill all bytes may be there, and need nobody's answer."""
        for one in self.queue.next():
            if one.high == one.size and not one.url_changed and self.show(one)["status"] == COMPLETED:
                self.complete(one)

    def resolve_soon(self):
        """Those whose wait is over, and that found no free slot, are in the queue. While there is one, somebody may have
        taken it before they came, whose request is still on its way."""
        if self.queue.next():
            return
        back = []
        for one in self.soon() + [one for one in self.live if one.phase == LATER and self.is_due(one)]:
            if not self.server.arrivals and self.show(one)["reason"] == QUEUE and not self.server.arrivals:
                back.append(one)
        for one in back:
            self.becomes(one, QUEUED)
        for priority in {one.priority for one in back}:
            if sum(one.priority == priority for one in back) > 1 or any(one.priority == priority
                                                                       for one in self.soon()):
                self.queue.unclear[priority] = "all"

    # What is shown of one

    def check_shown(self, transfer):
        expected = self.expected(transfer)
        shown = {}

        def agrees(now):
            shown.update(now)
            return not self.differences(expected, now)

        try:
            self.poll(transfer, agrees, "is not shown as it is")
        except Stuck:
            raise Wrong(f"{transfer} shows {self.differences(expected, shown)}") from None
        if transfer.phase not in (ACTIVE, CREATED) and not transfer.random:
            transfer.low = transfer.high = shown["bytes"]
        return shown

    @staticmethod
    def differences(expected, shown):
        return {name: (shown[name], value) for name, value in expected.items()
                if (shown[name] not in value if isinstance(value, (set, range)) else shown[name] != value)}

    def expected(self, transfer):
        one = transfer
        values = {"status": STATUS[one.phase], "bytes": range(one.low, one.high + 1), "cost": one.cost,
                  "priority": one.priority, "random": int(one.random), "tag": one.tag, "method": one.method,
                  "transfer_group": one.transfer_group, "group": one.group, "uri": self.server.url + one.path}
        if one.phase in REASON:
            values["reason"] = REASON[one.phase]
        if one.phase == LATER and self.is_due(one):
            values["reason"] = {SERVER, QUEUE}
        if one.phase == QUEUED and not self.queue.unclear and not one.transfer_group:
            values["before"] = range(len(self.queue.waiting))
        if one.head is not None:
            values["response"] = one.head
        if one.total is not None:
            values["total"] = one.total
        values["error"] = set(one.error.values()) if one.phase in (WAITING, ENDED_BADLY) else -1
        if one.exact and not one.random:
            values["attempts"] = one.requests
        if one.file:
            values["file"] = self.path_for_program(one.file).replace("/", "\\" if ":" in self.path_for_program("/x")
                                                                     else "/")
        return values

    # Files

    def check_file(self, transfer):
        """Of one that does not run. The bytes are of one body, and as many as there should be."""
        if transfer.file is None or not transfer.started:
            return
        with open(transfer.file, "rb") as file:
            data = file.read()
        if transfer.random and transfer.phase != ENDED_WELL:
            return
        # What came after the last checkpoint of an earlier process may be there still.
        most = transfer.high if transfer.exact else transfer.size
        check(transfer.low <= len(data) <= most, transfer, "has", len(data), "bytes in its file")
        bodies = {body for body in transfer.bodies if self.starts_with(transfer, body, data)}
        check(bodies or not data, transfer, "has other bytes in its file")
        transfer.bodies = bodies or transfer.bodies
        self.count("files")

    @staticmethod
    def starts_with(transfer, body, data):
        return transfer.body(*body).startswith(data)

    def forget(self, transfer):
        """Nothing will come of it any more."""
        if transfer.file and os.path.exists(transfer.file):
            os.remove(transfer.file)
