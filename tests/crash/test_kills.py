#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Apps with parallel downloads of all kinds that are killed at random moments, 500 times in all, 10,000 times in the
long form. docs/testing.md

WINRT_TEST_COUNT is the number of kills, WINRT_TEST_SEED repeats what the apps do (not when exactly they are killed)."""

import os
import random
import threading
import time
import unittest

from app import CrashTest
from lane import TWICE, Lane, run_together

LANES = 4  # apps beside each other, which know nothing of each other
SLACK_SECONDS = 0.5  # for a busy disk and a busy machine, and what is on its way in sockets
REPORT_SECONDS = 60


class Tests(CrashTest):
    def setUp(self):
        super().setUp()
        self.long = os.environ.get("WINRT_TEST_LONG") == "1"
        self.slowness = int(os.environ.get("WINRT_TEST_SLOWNESS", "1"))
        self.seed = int(os.environ.get("WINRT_TEST_SEED", random.randrange(1, 1 << 32)))
        self.done = 0
        self.failure = None
        self.lock = threading.Lock()

    def count(self):
        short = 500 if self.slowness == 1 else 32
        return int(os.environ.get("WINRT_TEST_COUNT", 10000 if self.long else short))

    def progress(self):
        """Another kill is done. The other lanes stop when one has failed."""
        with self.lock:
            self.done += 1
            if self.failure:
                raise self.failure
            if time.monotonic() - self.reported > REPORT_SECONDS:
                self.reported = time.monotonic()
                print(f"{self.done} kills after {self.reported - self.started:.0f} s", flush=True)

    def run_lane(self, lane, kills):
        try:
            lane.run(kills, self.progress)
        except BaseException as failure:
            with self.lock:
                self.failure = self.failure or failure
                print(f"lane {lane.number} after {lane.figures}: {failure!r}", flush=True)

    def test_nothing_is_lost(self):
        kills = self.count()
        print(f"WINRT_TEST_SEED={self.seed} WINRT_TEST_COUNT={kills}", flush=True)
        self.started = self.reported = time.monotonic()
        slack = SLACK_SECONDS * self.slowness
        lanes = [Lane(self, number, self.seed * LANES + number, slack) for number in range(LANES)]
        run_together(self.run_lane, [(lane, (kills + lane.number) // LANES) for lane in lanes])
        if self.failure:
            raise self.failure
        figures = {key: (max if key == TWICE else sum)(lane.figures[key] for lane in lanes)
                   for key in lanes[0].figures}
        text = ", ".join(f"{value} {key}" for key, value in figures.items())
        print(f"{text}; seed {self.seed}, {time.monotonic() - self.started:.0f} s")


if __name__ == "__main__":
    unittest.main()
