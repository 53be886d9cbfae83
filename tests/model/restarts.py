# SPDX-License-Identifier: MIT
"""The end of the app, by a kill or properly, and what the next one finds."""

import json
import subprocess
import time

from model import (COMPLETED, ENDED_BADLY, ENDED_EARLY, ENDED_WELL, ERROR, FINAL, IDLE, PARKED, PAUSED, PAUSING,
                   Queue, RESTORED, WAITING)
from server import App
from world import World, check

SLOTS = (1, 2, 2, 3, 6)


class Restarts(World):
    # Restarts

    def begin(self):
        self.life += 1
        slots = self.chance.choice(SLOTS)
        behavior = self.queue.behavior
        self.queue = Queue(slots)
        self.queue.behavior = behavior
        self.note("a life with", slots, "slots")
        self.app = App(self.loop, self.command, self.folder, self.environment | {"WINRT_MAX_TRANSFERS": str(slots)})

    def stored(self):
        """{GUID: what the tool shows of it}, of transfers that are stored."""
        output = subprocess.run([*self.tool, "list", "--json"], env=self.environment, stdout=subprocess.PIPE,
                                check=True).stdout
        return {one["id"].lower(): one for one in json.loads(output)["downloads"]}

    STORED = {PAUSING: "paused", WAITING: "parked", ENDED_WELL: "completed", ENDED_BADLY: "failed",
              ENDED_EARLY: "cancelled"}

    def stale(self, stored):
        """What the store does not know yet: what is over and collected is gone there, what is complete is so."""
        expected = {one.guid: self.STORED.get(one.phase, "active") for one in self.live if one.listed}
        # One of an earlier process has failed without its record saying so.
        posts = {one.guid for one in self.live if one.method == "POST"}
        return {guid: (stored.get(guid, {}).get("state"), expected.get(guid)) for guid in {*stored, *expected}
                if guid not in posts and stored.get(guid, {}).get("state") != expected.get(guid)}

    def step_restart(self):
        self.settle()
        sure = self.chance.random() < 0.5
        stored = {}
        if sure:
            deadline = time.monotonic() + self.loop.seconds
            while stale := self.stale(stored := self.stored()):
                check(time.monotonic() < deadline, "the store is behind:", stale)
                self.loop.pump(0.01)
            self.take_events()
        if self.chance.random() < 0.7:
            self.count("kills")
            self.app.kill()
        else:
            self.count("quits")
            check(self.app.quit() == 0, "the app does not end as it should")
        self.restarted(stored, sure)

    def restarted(self, stored, sure):
        while self.app.events:  # what it said before
            kind, number, *rest = self.app.events.popleft()
            if kind == "c":
                self.on_completed(int(number), *rest)
        self.loop.pump()
        self.server.arrivals.clear()
        for one in self.asyncs.values():
            one.transfer.asyncs.clear()
        self.asyncs.clear()
        self.begin()
        again = self.restored()
        kinds = [(), ("group", "old"), ("transfer_group", "one"), ("transfer_group", "two")]
        self.chance.shuffle(kinds)
        found = set()
        for which in kinds:
            listed = self.list(*which)
            late = [one for one in listed if one.collected]
            for one in late:
                # Of a POST nobody has looked whether its record has gone.
                check((not sure or one.method == "POST") and again.get(one) is not None, one, "is back")
                one.collected = False
                # What was changed since it was collected is of no interest to anybody.
                shown = self.show(one)
                one.priority, one.cost, one.tag = shown["priority"], shown["cost"], shown["tag"]
            expected = self.members(which)
            check(listed == expected, "listed are", listed, "and not", expected)
            found |= set(listed)
        for one in found:
            self.restored_as(one, again[one], stored.get(one.guid) if sure else None)

    def restored(self):
        """{transfer: phases that it may have now}; those that were collected may be back, if that was late."""
        again = {}
        for one in self.live:
            one.operation = None
            one.exchange = None
            one.reads = {}
            one.attached = False
            if not one.started:
                one.collected = True
                continue
            phase = one.phase
            if phase in (PAUSING, WAITING, ENDED_BADLY, ENDED_EARLY):
                again[one] = {phase}
            elif phase == ENDED_WELL:
                again[one] = {ENDED_WELL, PAUSING if one.paused_late else RESTORED}
            else:
                again[one] = {RESTORED}
            if one.method == "POST" and (phase not in FINAL or RESTORED in again[one]):
                again[one].add(ENDED_BADLY)
            one.begin_again = False
            one.low = 0
            one.exact = False
            if phase not in (PAUSING, WAITING, *FINAL):
                one.head = one.total = None
        return again

    def restored_as(self, transfer, phases, stored):
        shown = self.show(transfer)
        status = {RESTORED: IDLE, PAUSING: PAUSED, WAITING: PARKED, ENDED_WELL: COMPLETED, ENDED_BADLY: ERROR,
                  ENDED_EARLY: 6}
        fits = [phase for phase in phases if status[phase] == shown["status"]]
        check(len(fits) == 1, transfer, "is restored as", shown["status"], "and not as one of", phases)
        if transfer.method == "POST" and fits == [ENDED_BADLY] and transfer.phase != ENDED_BADLY:
            code = int(shown["last"], 16)
            transfer.error = {code: shown["error"]}
            transfer.head = transfer.total = None
        transfer.phase = fits[0]
        transfer.paused_late = False
        if stored and transfer.phase == RESTORED:
            check((stored["retries"] or 0) in transfer.retries, transfer, "has", stored["retries"], "retries")
        # Since the store was looked at another body may have begun.
        if stored and transfer.phase != ENDED_WELL and len(transfer.bodies) < 2:
            check(shown["bytes"] >= (stored["bytesReceived"] or 0), transfer, "has lost bytes:", shown["bytes"], stored["bytesReceived"])
        check(shown["bytes"] <= transfer.high, transfer, "has more bytes:", shown["bytes"])
        if not transfer.random:
            transfer.settle_body(shown["bytes"])
        if transfer.phase == RESTORED:
            transfer.head = transfer.total = None
        self.check_shown(transfer)
