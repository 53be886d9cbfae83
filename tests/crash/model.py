# SPDX-License-Identifier: MIT
"""What may be left of downloads whose app was killed at any moment. The app's answers and events are all that the model
knows: what was answered has happened, what was not may have or not, and everything else is an error."""

import re
import zlib

from app import (ASYNC_CANCELED, ASYNC_COMPLETED, CANCELED, COMPLETED, ERROR, IDLE, PAUSED, RUNNING)
from fault.content import pattern
from fault.steps import SHIFT

STARTING, ALIVE, DELIVERED, GONE = "starting", "alive", "delivered", "gone"
ENDS = {ASYNC_COMPLETED: COMPLETED, ASYNC_CANCELED: CANCELED}

CHECKPOINT_SECONDS = 1.0
CHECKPOINT_BYTES = 8 << 20
MOST_OVER_ONE = 4 << 20  # bytes; what is larger gets further connections to a slow server
CONNECTIONS = 16
PIECE = 256


def body(version, first, count):
    return pattern(first + (version - 1) * SHIFT, count)


def pieces(content):
    return (content[place:place + PIECE] for place in range(0, len(content), PIECE))


class Transfer:
    """One download, from its creation to its end. `plain` is one whose server does nothing but serve."""

    def __init__(self, name, size, rate, steps, versions, plain, **settings):
        self.name = name
        self.size = size
        self.rate = rate
        self.steps = steps
        self.versions = versions
        self.plain = plain
        self.settings = settings
        self.guid = None
        self.phase = STARTING
        self.paused = {False}  # what it may be
        self.priority = {settings.get("priority", 0)}
        self.cancel = False  # was asked for
        self.outcome = None  # the AsyncStatus that was delivered
        self.deliveries = 0
        self.known_bytes = 0  # what a process has found in the store
        self.known_tag = None
        self.cut = False  # its file has lost what came out of order

    @property
    def random(self):
        return bool(self.settings.get("random"))

    @property
    def wide(self):
        """May come over several connections: what is there are ranges."""
        return self.size > MOST_OVER_ONE

    @property
    def private(self):
        return "file" not in self.settings

    def __repr__(self):
        return f"{self.name} {self.guid} ({self.phase}, paused {self.paused}, cancel {self.cancel}, {self.steps})"


class Model:
    def __init__(self):
        self.transfers = {}  # by GUID: those that may be listed
        self.gone = {}  # and those that may not
        self.behaviors = {}  # group: the values that it may have

    def living(self):
        return [one for one in self.transfers.values() if one.phase in (STARTING, ALIVE)]

    def check_listed(self, listed):
        """What a new process has found: {GUID: what it shows}."""
        for guid in listed:
            assert guid not in self.gone, f"back again: {self.gone[guid]}: {listed[guid]}"
            assert guid in self.transfers, f"nobody has started {guid}: {listed[guid]}"
        for guid, one in list(self.transfers.items()):
            if guid in listed:
                self.check_found(one, listed[guid])
            else:
                assert one.phase != ALIVE, f"lost: {one}"
                one.phase = GONE
                self.gone[guid] = self.transfers.pop(guid)

    def check_order(self, listed):
        order = [self.transfers[guid].number for guid in listed if guid in self.transfers]
        assert order == sorted(order), f"the list is not in the order of creation: {order}"

    def check_found(self, one, shown):
        if one.phase == DELIVERED:
            # What was changed after its end, which nobody knew of yet, is of no interest to anybody.
            one.paused.add(False)
            one.priority.add(shown["priority"])
            assert one.outcome == ASYNC_COMPLETED or shown["status"] == CANCELED, f"not cancelled: {one}: {shown}"
        one.phase = ALIVE
        for key in ("transfer_group", "group", "tag"):
            assert shown[key] == str(one.settings.get(key, "")), f"{key}: {one}: {shown}"
        assert shown["method"] == "GET" and shown["cost"] == one.settings.get("cost", 0), f"{one}: {shown}"
        assert shown["priority"] in one.priority, f"priority: {one}: {shown}"
        one.priority = {shown["priority"]}
        self.check_status(one, shown)
        self.check_bytes(one, shown)

    @staticmethod
    def check_status(one, shown):
        status = shown["status"]
        if status == PAUSED:
            assert True in one.paused, f"nobody has paused it: {one}: {shown}"
            one.paused = {True}
        elif status == IDLE:
            assert False in one.paused, f"the pause is lost: {one}: {shown}"
            one.paused = {False}
        elif status == CANCELED:
            assert one.cancel, f"nobody has cancelled it: {one}: {shown}"
        else:
            assert status == COMPLETED and shown["bytes"] == one.size, f"status: {one}: {shown}"

    @staticmethod
    def check_bytes(one, shown):
        assert 0 <= shown["bytes"] <= one.size, f"{one}: {shown}"
        assert not shown["total"] or shown["total"] == one.size, f"{one}: {shown}"
        if one.wide and shown["status"] == CANCELED:
            one.known_bytes = shown["bytes"]  # what was in order
            one.cut = True
        elif one.wide and one.cancel:
            one.known_bytes = shown["bytes"]  # killed while its file was cut, which the record has begun with
        elif one.plain and shown["status"] != CANCELED:
            assert shown["bytes"] >= one.known_bytes, f"a checkpoint is lost, {one.known_bytes}: {one}: {shown}"
            one.known_bytes = shown["bytes"]
        one.known_tag = shown["etag"]

    def version_of(self, one, content):
        """That of the file; an error if it is none, or if it is mixed."""
        for version in range(1, one.versions + 1):
            if content == body(version, 0, one.size):
                return version
        marks = [[content[place:place + 16] == body(version, place, 16) for version in range(1, one.versions + 1)]
                 for place in range(0, max(1, len(content) - 15), max(1, one.size // 20))]
        raise AssertionError(f"{one}: {len(content)} of {one.size} bytes, and they are wrong or mixed: {marks}")

    def check_part(self, one, content):
        """What is in the file of a process that was killed, up to its checkpoint. The tag says of which version."""
        if one.random or not one.known_bytes or not one.plain:
            return
        count = one.known_bytes
        if one.wide and not one.cut:
            right = sum(len(piece) for piece, wanted in zip(pieces(content), pieces(body(1, 0, one.size)))
                        if piece == wanted)
            assert right >= count - 2 * PIECE * CONNECTIONS, f"{one}: {right} bytes are there of {count}"
            return
        assert content[:count] == body(1, 0, count), f"{one}: the first {count} bytes are wrong"

    def check_read(self, one, offset, length, checksum):
        sums = [zlib.adler32(body(version, offset, length)) for version in range(1, one.versions + 1)]
        assert checksum in sums, f"{one}: {length} bytes at {offset} were read, and are wrong"


class Life:
    """What one process says of each transfer: an order of states, and one end at most."""

    def __init__(self):
        self.seen = {}  # GUID: (status, bytes)
        self.ended = {}  # GUID: AsyncStatus
        self.pausable = set()  # found paused, or told to
        self.resumes = {}  # GUID: how often it was told to go on, and has not yet

    def progress(self, one, status, count):
        assert one.guid not in self.ended or status in (COMPLETED, CANCELED, ERROR), f"{one} goes on after its end"
        before, most = self.seen.get(one.guid, (IDLE, 0))
        # Why one has failed `completed` tells.
        assert status in (IDLE, RUNNING, PAUSED, COMPLETED, CANCELED, ERROR), f"{one}: status {status}"
        if before in (COMPLETED, CANCELED):
            assert status == before, f"{one}: from {before} to {status}"
        if before == PAUSED and status in (IDLE, RUNNING, COMPLETED):
            assert self.resumes.get(one.guid), f"{one}: from {before} to {status}, and nobody has resumed it"
            self.resumes[one.guid] -= 1
        if status == PAUSED:
            assert one.guid in self.pausable, f"{one}: nobody has paused it"
        if status == CANCELED:
            assert one.cancel, f"{one}: nobody has cancelled it"
        # When it is cancelled its file loses what did not come in order.
        if one.plain and not one.random and not (one.wide and status == CANCELED):
            assert count >= most, f"{one}: from {most} bytes to {count}"
        self.seen[one.guid] = (status, count)

    def completed(self, one, status, error):
        assert one.guid not in self.ended, f"{one}: a second end in one process, {status}"
        assert status in ENDS, f"{one}: failed with 0x{error:08X}"
        assert status == ASYNC_COMPLETED or one.cancel, f"{one}: nobody has cancelled it"
        self.ended[one.guid] = status
        one.phase = DELIVERED
        one.outcome = status
        one.deliveries += 1


def check_requests(one, requests, sent, slack_seconds):
    """What the server has sent twice: (status, first, count) of each answer. The most for one interruption, as a part
    of what comes between two checkpoints."""
    checkpoint = min(CHECKPOINT_SECONDS * one.rate, CHECKPOINT_BYTES)
    bound = int(checkpoint + slack_seconds * one.rate)
    if one.random or one.wide:
        bound *= CONNECTIONS if one.wide else 1
        total = sum(count for _, _, count in sent)
        assert total - one.size <= bound * max(0, len(sent) - 1), f"{one}: {total} bytes were sent: {sent}"
        return 0
    starts = [int(re.match(r"bytes=(\d+)-$", wanted).group(1)) if wanted != "-" else 0 for _, wanted, _ in requests]
    worst = 0
    for (_, first, count), following in zip(sent, starts[1:]):
        assert following <= first + count, f"{one}: bytes were left out: {sent}, {starts}"
        worst = max(worst, first + count - following)
    assert worst <= bound, f"{one}: {worst} bytes were fetched again, {bound} may be: {sent}, {starts}"
    return worst / checkpoint
