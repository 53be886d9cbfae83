# SPDX-License-Identifier: MIT
"""An app that is killed again and again: what it does in each of its lives is drawn from a seed, and what the next one
finds is compared with the model."""

import os
import random
import re
import signal
import stat
import threading
import time

from app import PAUSED, App, Ended, Failed, E_ILLEGAL_METHOD_CALL
from fault.steps import steps_of
from harness import EMULATOR
from hive_reader import downloads_in, read_hive
from model import ALIVE, ASYNC_COMPLETED, MOST_OVER_ONE, STARTING, Life, Model, Transfer, check_requests

TRANSFERS = 9  # so many live at a time
SLOTS = 8
SERVED_SECONDS = ((0.6, 0.02, 0.2), (0.3, 0.2, 0.8), (0.1, 0.8, 2.5))  # probability, from, to
PROPER_END = 0.005  # probability, before each thing that is done
LIFE_SECONDS = ((0.15, 0.0, 0.08), (0.6, 0.05, 0.4), (0.2, 0.4, 1.2), (0.05, 1.2, 2.4))
LARGE_RATE, LARGE_SIZE = 24 << 20, 20 << 20  # of one in sixty: what is checkpointed by its size
WIDE_RATE, WIDE_SIZE = 1 << 19, 6 << 20  # of one in twenty: what gets several connections
GROUPS = ("one at a time", "all at once")
LEGACY_GROUP = "legacy"
# What is in a group is in that group's list alone.
LISTS = {"": ("list", ()), "group": ("list-group", (LEGACY_GROUP,)),
         "transfer_group": ("list-transfer-group", *((name,) for name in GROUPS))}
HINDRANCES = ("cut:30000", "cut:1", "close", "status:503", "whole", "reset:50000")
FINISH_SECONDS = 120
TWICE = "% of a checkpoint sent twice at most"
STORE_FILE = re.compile(r"transfers/([0-9a-f]{16}\.(hive|lock|hive\.new)|groups\.(hive|lock|hive\.new)|adoption\.lock)"
                        r"|private/[0-9a-f]{16}\.[0-9a-f]{16}\.[a-z]+")
STORE_BYTES = 4 << 20


def drawn(chance, table):
    choice = chance.random()
    for probability, first, last in table:
        choice -= probability
        if choice < 0:
            return chance.uniform(first, last)
    return table[-1][2]


def run_together(function, calls):
    """One thread for each tuple of arguments, until all have ended."""
    threads = [threading.Thread(target=function, args=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Lane:
    """One app with a store of its own."""

    def __init__(self, test, number, seed, slack_seconds):
        self.test = test
        self.number = number
        self.chance = random.Random(seed)
        self.slack_seconds = slack_seconds
        self.model = Model()
        self.counter = 0
        self.state = f"{test.scratch}/state-{number}"
        self.environment = {"WINRT_STATE_DIR": test.path_for_program(self.state), "WINRT_MAX_TRANSFERS": str(SLOTS)}
        self.app = None
        self.life = None
        self.names = {}  # of this life: the app's name of a transfer, to the transfer
        self.parts = 0  # events that were looked at
        self.figures = {"kills": 0, "transfers": 0, "delivered": 0, "delivered again": 0, "cancelled": 0, "pauses": 0,
                        "reads": 0, TWICE: 0, "kills before the list": 0, "proper ends": 0}

    # A life.

    def live(self, seconds=None):
        """Until it is killed, so many seconds from its start on; without a number until everything is downloaded. Now
        and then it ends by itself before."""
        self.life, self.names, self.parts = Life(), {}, 0
        timer = None
        try:
            self.app = App.__new__(App)
            if seconds is not None:
                timer = threading.Timer(seconds, self.kill_process)
                timer.start()
            self.app.__init__(self.test, **self.environment)
            self.find()
            if seconds is None:
                self.finish()
            else:
                while self.chance.random() >= PROPER_END:
                    self.act()
                self.figures["proper ends"] += self.app.quit() == 0
                timer.cancel()
        except (Ended, BrokenPipeError):
            if seconds is None:
                raise
        finally:
            if timer:
                timer.join()
                code = self.app.close()
                self.figures["kills"] += code != 0
        assert EMULATOR or seconds is None or code in (0, -signal.SIGKILL), f"the app has ended with {code}"
        self.check_life()

    def check_life(self):
        """What it has said, and what it has left."""
        self.look()
        self.check_delivered()
        self.check_store()

    def kill_process(self):
        """Also one that is only just being started."""
        while not hasattr(self.app, "process"):
            time.sleep(0.001)
        self.app.process.kill()

    def list(self):
        """What the process before has left: {GUID: what it shows}."""
        listed = {}
        for key, (command, *names) in LISTS.items():
            for name in names:
                found = self.app.list(command, *name)
                self.model.check_order(found)
                for guid, shown in found.items():
                    assert guid not in listed, f"in two lists: {shown}"
                    assert not key or shown[key] == name[0], f"in the list of {name[0]}: {shown}"
                listed |= found
        self.model.check_listed(listed)
        return listed

    def find(self):
        self.figures["kills before the list"] += 1
        listed = self.list()
        self.figures["kills before the list"] -= 1
        for guid, shown in listed.items():
            one = self.model.transfers[guid]
            self.names[guid] = one
            if shown["status"] == PAUSED:
                self.life.pausable.add(guid)
            self.check_part(one)
        self.check_private()
        for group in sorted(self.model.behaviors):
            self.check_behavior(group)
        for guid in listed:
            self.app.tell("attach", guid)

    def finish(self):
        """Everything goes on, and ends."""
        for guid, one in self.names.items():
            if self.app.show(guid)["status"] == PAUSED:
                self.resume(one)
        deadline = time.monotonic() + FINISH_SECONDS
        while any(one.phase == ALIVE for one in self.names.values()):
            assert time.monotonic() < deadline, f"they do not end: {self.model.living()}"
            time.sleep(0.005)
            if self.app.ended:
                raise Ended("the app has ended")
            self.look()
        for guid, status in self.life.ended.items():
            if status == ASYNC_COMPLETED and self.model.transfers[guid].private:
                self.check_private_content(self.model.transfers[guid])

    # What it does.

    def act(self):
        self.look()
        if len(self.model.living()) < TRANSFERS:
            self.create()
            return
        actions = (self.pause, self.pause, self.resume, self.resume, self.resume, self.change_priority, self.cancel,
                   self.make_current, self.set_behavior, self.wait, self.wait, self.wait, self.read, self.read)
        action = self.chance.choice(actions)
        candidates = [one for one in self.names.values() if one.phase == ALIVE]
        if action in (self.set_behavior, self.wait) or not candidates:
            action()
        else:
            action(self.chance.choice(candidates))

    def wait(self, _=None):
        time.sleep(self.chance.uniform(0, 0.05))

    def create(self):
        chance = self.chance
        self.counter += 1
        name = f"t{self.counter}"
        rate = chance.choice((1 << 19, 1 << 20, 1 << 21))
        size = min(max(1, int(rate * drawn(chance, SERVED_SECONDS))), MOST_OVER_ONE)
        if chance.random() < 1 / 60:
            rate, size = LARGE_RATE, LARGE_SIZE
        wide = chance.random() < 1 / 20
        if wide:
            rate, size = WIDE_RATE, WIDE_SIZE
        settings = {"tag": f"{name} of {self.number}"}
        if chance.random() < 0.75:
            settings["file"] = self.test.new_file(f"{self.number}-{name}")
        if chance.random() < 0.25:
            settings["random"] = 1
        if chance.random() < 0.5:
            settings["transfer_group"] = chance.choice(GROUPS)
        elif chance.random() < 0.2:
            settings["group"] = LEGACY_GROUP
        if chance.random() < 0.3:
            settings["priority"] = chance.choice((0, 1, 2))
        if chance.random() < 0.1:
            settings["cost"] = 1
        steps, versions = ("ok", 1) if wide else self.steps(settings)
        self.start(Transfer(name, size, rate, steps, versions, steps == "ok", **settings), rate=rate)

    def start(self, one, **options):
        """Creates and starts it; the options are the server's."""
        one.number = self.counter
        one.token = self.test.token(f"{self.number}-{one.name}")
        url = self.test.url(f"{self.number}-{one.name}", one.steps, one.size, **options)
        one.guid = self.app.create(one.name, url, **one.settings)
        self.model.transfers[one.guid] = one
        self.names[one.name] = one
        self.app.tell("start", one.name)
        one.phase = ALIVE if one.phase == STARTING else one.phase
        self.figures["transfers"] += 1

    def steps(self, settings):
        """What the server does: most only serve; of some the file changes, others meet a server with flaws."""
        choice = self.chance.random()
        if choice < 0.6:
            return "ok", 1
        if choice < 0.8 or "random" in settings:
            versions = self.chance.randint(2, 4)
            return ",".join(f"ok@{version}*{self.chance.randint(1, 3)}" for version in range(1, versions + 1)), versions
        return ",".join(self.chance.choices(HINDRANCES, k=self.chance.randint(1, 3)) + ["ok"]), 1

    def name_of(self, one):
        return next(name for name, other in self.names.items() if other is one)

    def tell(self, one, command, *arguments):
        """Whether it was allowed. Only what has ended, or is there already, may be refused."""
        try:
            self.app.tell(command, self.name_of(one), *arguments)
        except Failed as failed:
            assert failed.hresult == E_ILLEGAL_METHOD_CALL, f"{command}: {one}: {failed}"
            return False
        return True

    def has_ended(self, one):
        return self.app.show(self.name_of(one))["status"] >= 5

    def pause(self, one):
        before = set(one.paused)
        one.paused.add(True)
        self.life.pausable.add(one.guid)
        if self.tell(one, "pause"):
            assert False in before, f"paused twice: {one}"
            one.paused = {True}
            self.figures["pauses"] += 1
        else:
            assert True in before or one.cancel or self.has_ended(one), f"refused: pause: {one}"
            one.paused = before

    def resume(self, one):
        before = set(one.paused)
        one.paused.add(False)
        self.life.resumes[one.guid] = self.life.resumes.get(one.guid, 0) + 1
        if self.tell(one, "resume"):
            assert True in before, f"resumed twice: {one}"
            one.paused = {False}
        else:
            assert False in before or one.cancel or self.has_ended(one), f"refused: resume: {one}"
            one.paused = before
            self.life.resumes[one.guid] -= 1

    def change_priority(self, one):
        priority = self.chance.choice((0, 1, 2))
        one.priority.add(priority)
        assert self.tell(one, "priority", priority), one
        one.priority = {priority}

    def cancel(self, one):
        if self.chance.random() < 0.5:  # fewer of these
            return
        one.cancel = True
        self.tell(one, "cancel")
        self.figures["cancelled"] += 1

    def make_current(self, one):
        self.tell(one, "current")

    def read(self, one):
        if one.random:
            offset = self.chance.randrange(one.size)
            self.tell(one, "read", offset, min(1 + self.chance.randrange(65536), one.size - offset))

    def set_behavior(self, _=None):
        group = self.chance.choice(GROUPS)
        # The name tells what it is most of the time.
        behavior = int((group == GROUPS[0]) == (self.chance.random() < 0.8))
        self.model.behaviors.setdefault(group, {0}).add(behavior)
        self.app.tell("behavior", group, behavior)
        self.model.behaviors[group] = {behavior}

    # What is compared.

    def look(self):
        """At the events that have come meanwhile."""
        with self.app.changed:
            events = self.app.events[self.parts:]
        self.parts += len(events)
        for kind, name, *values in events:
            one = self.names[name]
            try:
                self.look_at(kind, one, *(int(value, 0) for value in values))
            except AssertionError as error:
                told = [event for event in self.app.events if event[1] == name]
                asked = {what: self.test.ask(f"/{what}/{one.token}") for what in ("requests", "sent")}
                raise AssertionError(f"{error}; {told}; {asked}") from error

    def look_at(self, kind, one, *values):
        if kind == "progress":
            self.life.progress(one, *values)
        elif kind == "read":
            self.model.check_read(one, *values)
            self.figures["reads"] += 1
        else:
            self.life.completed(one, *values)
            self.figures["delivered"] += 1
            self.figures["delivered again"] += one.deliveries > 1

    def check_behavior(self, group):
        value = int(self.app.tell("behavior", group)[0][2])
        assert value in self.model.behaviors[group], f"{group}: {value}, and not of {self.model.behaviors[group]}"
        self.model.behaviors[group] = {value}

    def check_private_content(self, one):
        """Of a completed one, which has no file of its own."""
        path = f"{self.test.folder}/{self.number}-saved"
        self.app.tell("save", self.name_of(one), self.test.path_for_program(path))
        with open(path, "rb") as file:
            self.model.version_of(one, file.read())

    def check_part(self, one):
        if not one.private and one.known_bytes:
            with open(self.path(one), "rb") as file:
                self.model.check_part(one, file.read(one.size))

    def path(self, one):
        return f"{self.test.folder}/{self.number}-{one.name}"

    def check_delivered(self):
        """Of what has been completed in this life the file is there, and is the server's."""
        for guid, status in self.life.ended.items():
            one = self.model.transfers[guid]
            if status != ASYNC_COMPLETED or one.private:
                continue
            with open(self.path(one), "rb") as file:
                version = self.model.version_of(one, file.read())
            requests = [tuple(line.split(" ", 2)) for line in self.test.ask(f"/requests/{one.token}").splitlines()]
            steps = steps_of(one.steps)
            asked = [steps[min(request, len(steps) - 1)][2] for request in range(len(requests))]
            # A further connection that meets another version is given up; the file stays what it is.
            assert version == asked[-1] or one.wide and version in asked, f"{one}: version {version} of {asked}"
            if one.plain:
                sent = [tuple(map(int, line.split())) for line in self.test.ask(f"/sent/{one.token}").splitlines()]
                twice = round(100 * check_requests(one, requests, sent, self.slack_seconds))
                self.figures[TWICE] = max(self.figures[TWICE], twice)

    def store_files(self):
        """[(path below the app's folder, path)]"""
        root = f"{self.state}/crash-test"
        return [(os.path.relpath(f"{folder}/{name}", root), f"{folder}/{name}")
                for folder, _, names in os.walk(self.state) for name in names]

    def check_store(self):
        total = 0
        for name, path in self.store_files():
            assert STORE_FILE.fullmatch(name), f"what is {name}?"
            info = os.stat(path)
            assert EMULATOR or stat.S_IMODE(info.st_mode) == 0o600, f"{name} has mode {info.st_mode:o}"
            if not name.startswith("private/"):
                total += info.st_size
            if name.endswith(".hive"):
                read_hive(path)
        assert total < STORE_BYTES, f"the store has {total} bytes"

    def check_private(self):
        """Adoption has removed what nobody names."""
        there = [name for name, _ in self.store_files() if name.startswith("private/")]
        wanted = [one for one in self.names.values() if one.private]
        assert len(there) <= len(wanted), f"private files are left: {there}, {wanted}"

    # A run.

    def run(self, kills, progress):
        while self.figures["kills"] < kills:
            self.live(drawn(self.chance, LIFE_SECONDS))
            self.forget()
            progress()
        self.live()
        self.app.kill() if EMULATOR else self.quit()
        assert not self.model.living(), f"they have not ended: {self.model.living()}"
        if not EMULATOR:  # needs_end_of_process
            assert downloads_in(f"{self.state}/crash-test/transfers") == [], "the store is not empty"
        self.live_shortly()

    def quit(self):
        assert self.app.quit() == 0

    def live_shortly(self):
        """Nobody is left, whatever is asked for."""
        self.names = {}
        self.app = App(self.test, **self.environment)
        listed = self.list()
        assert EMULATOR or listed == {}, f"back again: {listed}"
        self.check_private()
        self.app.kill()

    def forget(self):
        """The files of what is gone, so that a long run needs no more room than a short one."""
        for guid, one in self.model.gone.items():
            if one and not one.private:
                os.unlink(self.path(one))
            self.model.gone[guid] = None
