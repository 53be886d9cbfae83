#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The app is killed at every single call to the file system that a run makes, once each: before the call, after it (if
it changes or syncs something), and amid a write (harm.c). After each kill a second process has to find everything and
to finish it. Calls of several threads come in another order each time, so one may be met twice, or its neighbour in its
place.

The long form does so with a larger run, and kills the second process at a random call as well. WINRT_TEST_COUNT limits
the number of kills; WINRT_TEST_SEED repeats what is random. docs/testing.md"""

import copy
import os
import random
import shutil
import threading
import time
import unittest

from app import PAUSED, App, CrashTest, Ended
from hive_reader import downloads_in
from lane import GROUPS, LISTS, Lane, run_together
from model import ALIVE, Life, Transfer

WORKERS = 3
UNHARMED = 3  # runs without a kill, after which there is no later call
EVERY = 12  # so many calls are passed over where programs are slow
FAST = 1 << 40  # bytes a second
HEADERS, HEADER_BYTES, RECORDS = 6, 7000, 5  # together more than what makes a log be written anew
REPORT_SECONDS = 60
MODES = ("before", "after", "half")


class Sweep(Lane):
    """A run that is the same each time, and its end."""

    def __init__(self, test, number, seed, size):
        super().__init__(test, number, seed, 0)
        self.size = size
        self.environment |= {"WINRT_COMPONENT_PATH": f"{os.environ['WINRT_TEST_BUILD']}/tests/whole/winrt",
                             "WINRT_MAX_TRANSFERS": "6"}
        self.template = f"{test.scratch}/template-{number}"
        self.errors = f"{test.scratch}/errors-{number}"
        self.leave()

    def leave(self):
        """What dead processes have left before each run: transfers that have not got a byte yet, in two hives."""
        for name in ("l1", "l2"):
            self.life, self.names, self.parts = Life(), {}, 0
            self.app = App(self.test, **self.environment | {"WINRT_MAX_TRANSFERS": "1"})
            one = self.new(name, 20000, "wait,ok", **self.file(name))  # has the only slot
            self.test.ask(f"/held/{one.token}")
            self.new(f"{name}-in-group", 20000, transfer_group=GROUPS[0], **self.file(f"{name}-in-group"))
            self.new(f"{name}-private", 20000)
            self.app.kill()
            self.look()
        self.leftovers = self.model, self.counter
        shutil.copytree(self.state, self.template)

    def file(self, name):
        return {"file": self.test.path_for_program(f"{self.test.folder}/{self.number}-{name}")}

    def new(self, name, size, steps="ok", **settings):
        self.counter += 1
        one = Transfer(name, size, FAST, steps, 1, False, **settings)
        if not one.private:
            self.test.new_file(f"{self.number}-{name}")
        self.start(one)
        return one

    def begin(self, harm):
        """A process; what it says of its harm goes to the file of errors."""
        self.life, self.names, self.parts = Life(), {}, 0
        with open(self.errors, "ab") as errors:
            self.app = App(self.test, errors, **self.environment | ({"WINRT_TEST_HARM": harm} if harm else {}))

    def reset(self):
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.copytree(self.template, self.state)
        self.model, self.counter = copy.deepcopy(self.leftovers)
        for one in self.model.transfers.values():
            if not one.private:
                self.test.new_file(f"{self.number}-{one.name}")
        if os.path.exists(self.errors):
            os.unlink(self.errors)

    def work(self):
        """All kinds of transfers, and all that is written of them."""
        self.find()
        self.set_group()
        for number in range(self.size):
            self.work_with(f"{self.run_number}-{number}-")

    def set_group(self):
        self.model.behaviors[GROUPS[0]] = {0, 1}
        self.app.tell("behavior", GROUPS[0], 1)
        self.model.behaviors[GROUPS[0]] = {1}

    def work_with(self, prefix):
        paused = self.new(f"{prefix}paused", 200000, "hold:100000,ok", **self.file(f"{prefix}paused"))
        cancelled = self.new(f"{prefix}cancelled", 100000, "hold:50000,ok", **self.file(f"{prefix}cancelled"))
        large = self.new(f"{prefix}large", 50000, "hold:1000,ok", tag="large", **self.file(f"{prefix}large"))
        self.new(f"{prefix}private", 60000)
        seeking = self.new(f"{prefix}random", 300000, random=1, **self.file(f"{prefix}random"))
        for name in ("one", "two"):
            self.new(prefix + name, 20000, transfer_group=GROUPS[0], **self.file(prefix + name))
        self.tell(seeking, "read", 250000, 1000)
        self.app.wait_bytes(large.name, 1000)
        for number in range(HEADERS):
            assert self.tell(large, "header", f"X-Test-{number}", "x" * HEADER_BYTES)
        for number in range(RECORDS):
            large.priority.add(number % 3)
            assert self.tell(large, "priority", number % 3)
            large.priority = {number % 3}
        self.pause(large)
        self.app.wait_bytes(paused.name, 100000)
        self.pause(paused)
        self.app.wait_status(paused.name, PAUSED)
        cancelled.cancel = True
        self.tell(cancelled, "cancel")
        self.resume(paused)
        self.resume(large)

    def one_life(self, harm, task):
        """Whether it was killed."""
        self.begin(harm)
        try:
            task()
            self.finish()
            self.check_ended()
            if not harm:
                self.poll_collected()
            code = self.app.quit()
            assert code in (0, -9) and (harm or code == 0), f"the app has ended with {code}"
            killed = code != 0
        except (Ended, BrokenPipeError):
            assert self.app.close() == -9, "the app has crashed"
            killed = True
        finally:
            if self.app.process.poll() is None:
                self.app.kill()
        self.check_life()
        return killed

    def finish(self):
        """Also those whose first request has not been sent before, and is held back now."""
        for one in self.names.values():
            if one.phase == ALIVE and one.steps != "ok":
                self.test.ask(f"/release/{one.token}")
        super().finish()

    def poll_collected(self):
        """What ends with the process is listed once more; here nothing does."""
        for command, *names in LISTS.values():
            for name in names:
                for guid in self.app.list(command, *name):
                    self.app.poll_collected(guid, command, *name)

    def check_ended(self):
        assert not self.model.living(), f"they have not ended: {self.model.living()}"

    def private_files(self):
        return [name for name, _ in self.store_files() if name.startswith("private/")]

    def attempt(self, harm, number, second=None):
        """Whether there was a kill."""
        self.run_number = number
        self.reset()
        killed = self.one_life(harm, self.work)
        if second:
            self.one_life(second, self.find)
        self.one_life(None, self.find)
        assert downloads_in(f"{self.state}/crash-test/transfers") == [], "the store is not empty"
        if self.private_files():  # of what ended just before the process did; the next one sees to them
            self.one_life(None, self.find)
        assert not self.private_files(), f"they are left: {self.private_files()}"
        for one in [*self.model.transfers.values(), *filter(None, self.model.gone.values())]:
            if not one.private:
                os.unlink(self.path(one))
        return killed

    def told(self):
        with open(self.errors, encoding="utf-8") as file:
            return file.read().strip()


class Tests(CrashTest):
    def setUp(self):
        super().setUp()
        self.long = os.environ.get("WINRT_TEST_LONG") == "1"
        self.slow = int(os.environ.get("WINRT_TEST_SLOWNESS", "1")) > 1
        self.seed = int(os.environ.get("WINRT_TEST_SEED", random.randrange(1, 1 << 32)))
        self.limit = int(os.environ.get("WINRT_TEST_COUNT", 1 << 60))
        self.lock = threading.Lock()
        self.failure = None
        self.kills = dict.fromkeys(MODES, 0)
        self.places = {}
        self.started = self.reported = time.monotonic()

    def attempts(self, mode):
        """The numbers of calls, until there was no such call any more."""
        chance = random.Random(self.seed)
        number = chance.randrange(EVERY) if self.slow else 0
        self.unharmed = 0
        while self.unharmed < UNHARMED and not self.failure and sum(self.kills.values()) < self.limit:
            number += EVERY if self.slow else 1
            second = f"{chance.choice(MODES)}:{chance.randrange(1, 300)}" if self.long else None
            yield f"{mode}:{number}", number, second

    def work(self, sweep, mode, attempts):
        while True:
            with self.lock:
                attempt = next(attempts, None)
                if not attempt:
                    return
                self.attempt_number += 1
                number = self.attempt_number
            try:
                killed = sweep.attempt(attempt[0], number, attempt[2])
            except BaseException as failure:
                with self.lock:
                    self.failure = self.failure or failure
                    print(f"{attempt}: {failure!r}\n{sweep.told()}", flush=True)
                return
            with self.lock:
                self.note(mode, killed, sweep.told())

    def note(self, mode, killed, told):
        if not killed:
            self.unharmed += 1
        self.kills[mode] += killed
        for line in told.splitlines():
            if line.startswith("harm: "):
                name = line.split(" ")[1]
                self.places[name] = self.places.get(name, 0) + 1
        if time.monotonic() - self.reported > REPORT_SECONDS:
            self.reported = time.monotonic()
            print(f"{self.kills} after {self.reported - self.started:.0f} s", flush=True)

    def test_every_call(self):
        print(f"WINRT_TEST_SEED={self.seed}", flush=True)
        sweeps = [Sweep(self, number, self.seed, 3 if self.long else 1) for number in range(WORKERS)]
        self.attempt_number = 0
        for sweep in sweeps[:1]:
            self.assertFalse(sweep.attempt("count", 0))
            calls = sweep.told()
            print(calls, flush=True)
            self.assertRegex(calls, r"rename [1-9]", "no log was written anew")
        for mode in MODES:
            attempts = self.attempts(mode)
            run_together(self.work, [(sweep, mode, attempts) for sweep in sweeps])
            if self.failure:
                raise self.failure
            self.assertTrue(self.kills[mode] or sum(self.kills.values()) >= self.limit)
        print(f"killed {self.kills}, at {self.places}; seed {self.seed}, {time.monotonic() - self.started:.0f} s")


if __name__ == "__main__":
    unittest.main()
