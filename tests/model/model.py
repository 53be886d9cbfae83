# SPDX-License-Identifier: MIT
"""What is documented of downloads, as a model: small, slow, and without a line in common with what it is compared with.

Where several things may happen the model has all of them (a range of bytes, several bodies, several ends), and what is
seen takes away those that did not."""

import zlib

from fault.content import pattern

# BackgroundTransferStatus
IDLE, RUNNING, PAUSED, COSTED, OFFLINE, COMPLETED, CANCELED, ERROR, PARKED = range(9)

# AsyncStatus
ASYNC_COMPLETED, ASYNC_CANCELED, ASYNC_ERROR = 1, 2, 3

S_OK = 0
E_ILLEGAL_METHOD_CALL = 0x8000000E
E_ILLEGAL_DELEGATE_ASSIGNMENT = 0x80000018

DEFAULT, HIGH, LOW = 0, 1, 2  # BackgroundTransferPriority
QUEUES = (HIGH, DEFAULT, LOW)

RETRIED = (408, 429, 500, 502, 503, 504)
RETRIES = 3
PROGRESS = 65536
SOME_RESTARTS = 15  # twenty are an error; the model stays away from that

# An answer that ends early: what of it the client was told first is up to chance.
BROKEN = {0x80072EFE: 9, 0x80072EFF: 10, 0x80072F78: 8}

# What a transfer does. The last three are the end.
(CREATED, RESTORED, QUEUED, ACTIVE, AGAIN, LATER, PAUSING, WAITING, ENDED_WELL, ENDED_BADLY, ENDED_EARLY) = (
    "created", "restored", "queued", "running", "again soon", "again later", "paused", "parked", "completed", "failed",
    "canceled")
FINAL = (ENDED_WELL, ENDED_BADLY, ENDED_EARLY)

STATUS = {CREATED: IDLE, RESTORED: IDLE, QUEUED: IDLE, ACTIVE: RUNNING, AGAIN: IDLE, LATER: IDLE, PAUSING: PAUSED,
          WAITING: PARKED, ENDED_WELL: COMPLETED, ENDED_BADLY: ERROR, ENDED_EARLY: CANCELED}

# DownloadWaitReason
NOTHING, QUEUE, RETRY, SERVER, APPLICATION = 0, 1, 2, 3, 6
REASON = {CREATED: NOTHING, RESTORED: APPLICATION, QUEUED: QUEUE, ACTIVE: NOTHING, LATER: SERVER, PAUSING: APPLICATION,
          WAITING: APPLICATION, ENDED_WELL: NOTHING, ENDED_BADLY: NOTHING, ENDED_EARLY: NOTHING}


def adler(data):
    return zlib.adler32(data)


class Async:
    def __init__(self, transfer, number):
        self.transfer = transfer
        self.number = number
        self.held = True  # by the app
        self.progress = False  # has a handler
        self.since = None  # the transfer's requests when that handler was put
        self.completed = False
        self.told = False  # its Completed handler was called
        self.closed = False
        self.last = None  # what the Progress handler was shown last

    def __repr__(self):
        return f"A{self.number}"


class Transfer:
    def __init__(self, number, size, **settings):
        self.number = number
        self.size = size
        self.phase = CREATED
        self.guid = None
        self.operation = None  # its number in the app; None: not held
        self.asyncs = []
        self.method = settings.get("method", "GET")
        self.group = settings.get("group", "")
        self.transfer_group = settings.get("transfer_group", "")
        self.priority = settings.get("priority", DEFAULT)
        self.cost = settings.get("cost", 0)
        self.recoverable = list(settings.get("recoverable", ()))
        self.headers = dict(settings.get("headers", {}))
        self.tag = settings.get("tag", "")
        self.random = settings.get("random", False)
        self.file = settings.get("file")  # None: a private one
        self.place = 0
        self.started = False
        self.collected = False
        self.attached = False  # in this process
        self.error = {}  # {HRESULT: WebErrorStatus} that it may have ended or be parked with

        self.url = 0  # which RequestedUri: each has a body of its own
        self.url_changed = False  # since the body at hand came
        self.version = 1  # of the file on the server
        self.bodies = set()  # (url, version) of which the bytes at hand may be
        self.low = self.high = 0  # how many there are
        self.head = 0  # status of the latest response, None: not known
        self.total = 0  # or None
        self.retries = {0}
        self.restarts = 0
        self.begin_again = False  # the next request asks for everything
        self.requests = 0
        self.exact = True  # the app's count of them is the server's
        self.exchange = None
        self.reads = {}  # {offset: count} that wait
        self.later_at = 0.0
        self.priority_changed = -1000  # steps
        self.headers_before = {}  # the latest change
        self.paused_late = False  # amid its end, which counts unless the process dies before it is durable
        self.over_since = 0  # steps

    def __repr__(self):
        return (f"T{self.number}({self.method} {self.phase} O{self.operation} p{self.priority} g'{self.group}{self.transfer_group}'"
                f" {self.low}-{self.high}/{self.size} bodies {sorted(self.bodies)})")

    @property
    def final(self):
        return self.phase in FINAL

    @property
    def listed(self):
        return self.started and not self.collected

    @property
    def path(self):
        return f"/{self.number}/{self.url}"

    def body(self, url, version):
        """The whole file on the server."""
        return pattern(self.number * 7919 + url * 90001 + version * 30011, self.size)

    def body_now(self):
        return self.body(self.url, self.version)

    def etag(self, url, version):
        return f'"{self.number}-{url}-{version}"'

    # What is allowed: docs/states.md

    def answer_of(self, call):
        """HRESULT that the documentation gives for the call in this state."""
        phase, final = self.phase, self.final
        waits = phase in (PAUSING, WAITING)
        allowed = {
            "start": phase == CREATED,
            "attach": phase != CREATED,
            "pause": phase not in (CREATED, PAUSING) and not final and self.method != "POST",
            "resume": waits,
            "uri": phase == CREATED or waits,
            "random": phase == CREATED,
            "header": not final,
            "unheader": not final,
        }
        return S_OK if allowed.get(call, True) else E_ILLEGAL_METHOD_CALL

    # Failures: docs/retries.md

    def fail_passing(self, error):
        """What may follow a failure that passes: phases."""
        if self.method == "POST":
            self.error = error
            return {ENDED_BADLY}
        if self.high >= PROGRESS:  # perhaps since the last failure
            self.retries = self.retries | {0}
        after = {RETRIES + 1 if count >= RETRIES else count + 1 for count in self.retries}
        self.error = error
        return {ENDED_BADLY if count > RETRIES else AGAIN for count in after}

    def tried_again(self):
        self.retries = {count + 1 for count in self.retries if count < RETRIES}

    def settle_body(self, count):
        self.low = self.high = count


class Queue:
    """Who waits, in which order, and who is next: docs/scheduling.md."""

    def __init__(self, slots):
        self.slots = slots
        self.waiting = []  # in the order of each group and priority
        self.running = set()
        self.places = 0
        self.behavior = {}  # of groups; 1: serialized
        # Priorities at which chance decides, until nobody is left there: which "lane" comes next, or which of "all".
        self.unclear = {}
        self.hurry = False  # several came at once to free slots: anybody may have been first

    def add(self, transfer):
        self.places += 1
        transfer.place = self.places
        self.waiting.append(transfer)

    def remove(self, transfer):
        if transfer in self.waiting:
            self.waiting.remove(transfer)
        self.running.discard(transfer)
        self.tidy()

    def tidy(self):
        left = {one.priority for one in self.waiting}
        self.unclear = {priority: what for priority, what in self.unclear.items() if priority in left}

    def free(self):
        return max(0, self.slots - len(self.running))

    def lane(self, transfer):
        return [one for one in self.waiting
                if (one.transfer_group, one.priority) == (transfer.transfer_group, transfer.priority)]

    def blocked(self, transfer, running):
        name = transfer.transfer_group
        return (name and self.behavior.get(name) == 1 and transfer.priority == DEFAULT
                and any(one.transfer_group == name and one.priority == DEFAULT for one in running))

    def heads(self, waiting, running):
        """Who may be taken next."""
        for priority in QUEUES:
            lanes = {}
            for one in waiting:
                if one.priority == priority and not self.blocked(one, running):
                    lanes.setdefault(one.transfer_group, []).append(one)
            if lanes and priority in self.unclear:
                count = 1 if self.unclear[priority] == "lane" else None
                return {one for lane in lanes.values() for one in lane[:count]}
            if lanes:
                first = {name: min(one.place for one in lane) for name, lane in lanes.items()}
                return {lanes[min(first, key=first.get)][0]}
        return set()

    def next(self, extra=()):
        """Who may be among those that take the free slots. `extra` may be waiting, or not yet."""
        found = set()
        if self.hurry and self.free():
            found = {one for one in self.waiting if not self.blocked(one, self.running)}
        for late in ([], list(extra)) if extra else ([], ):
            waiting, running = self.waiting + late, set(self.running)
            for _ in range(self.free()):
                heads = self.heads(waiting, running)
                found |= heads
                if not heads:
                    break
                one = min(heads, key=lambda head: head.place)
                waiting = [other for other in waiting if other is not one]
                running.add(one)
        return found

    def take(self, transfer):
        """It runs. The first place of its lane goes with it."""
        lane = self.lane(transfer)
        places = sorted(one.place for one in lane)
        if transfer in self.waiting:
            self.waiting.remove(transfer)
            lane.remove(transfer)
        for one, place in zip(lane, places[1:]):
            one.place = place
        self.running.add(transfer)
        self.tidy()

    def set_priority(self, transfer, priority):
        waits = transfer in self.waiting
        if transfer.priority == priority:
            return
        if waits:
            self.leave(transfer)
        transfer.priority = priority
        if waits:
            self.add(transfer)
        self.tidy()

    def leave(self, transfer):
        """Not by being taken: the others of its lane keep the places that are theirs by order."""
        lane = self.lane(transfer)
        places = sorted(one.place for one in lane)
        index = lane.index(transfer)
        lane.remove(transfer)
        del places[index]
        self.waiting.remove(transfer)
        for one, place in zip(lane, places):
            one.place = place
        self.tidy()

    def make_current(self, transfer):
        """The one that has to make room, or None."""
        if transfer not in self.waiting or not transfer.transfer_group:
            return None
        lane = self.lane(transfer)
        places = sorted(one.place for one in lane)
        index = lane.index(transfer)
        order = lane[index:] + lane[:index]
        others = [one for one in self.waiting if one not in lane]
        self.waiting = others + order
        for one, place in zip(order, places):
            one.place = place
        rivals = [one for one in self.running if one.transfer_group == transfer.transfer_group
                  and one.priority == DEFAULT]
        if self.blocked(transfer, self.running) and len(rivals) == 1 and rivals[0].method != "POST":
            return rivals[0], order[len(lane) - index - 1]
        return None

    def make_room(self, transfer, last):
        """It stops, and waits behind the block that was moved. Its place among others is nowhere written."""
        self.running.discard(transfer)
        index = self.waiting.index(last) + 1
        self.places += 1
        transfer.place = self.places
        self.waiting.insert(index, transfer)
        self.unclear.setdefault(transfer.priority, "lane")
        lane = self.lane(transfer)
        for one, place in zip(lane, sorted(one.place for one in lane)):
            one.place = place
