#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ten parallel downloads, whose app is killed at random moments and started again: the files are the server's in the
end, and nothing is fetched twice but what came after the last checkpoint of a second.

WINRT_CRASH_KILLS says how often (20); WINRT_CRASH_SEED repeats a run."""

import os
import random
import time
import unittest

from app import CrashTest

FILES = 10
RATE = 1 << 19  # bytes a second, of each
LONGEST_LIFE = 2.5  # seconds
SIZE_A_KILL = RATE * 3 // 5  # of each; a little less than what is checkpointed in a life, so that few end early
CHECKPOINT_SECONDS = 1.0
SLACK_SECONDS = 0.5  # for a busy disk and a busy machine, and what is on its way in sockets


class Tests(CrashTest):
    def names(self):
        return [f"f{number}" for number in range(FILES)]

    def first_life(self, size):
        app = self.app(WINRT_MAX_TRANSFERS=str(FILES))
        for name in self.names():
            app.create(name, self.url(name, size=size, rate=RATE), file=self.new_file(name))
            app.tell("start", name)
        return app

    def next_life(self):
        """The app, and the GUIDs that are left."""
        app = self.app(WINRT_MAX_TRANSFERS=str(FILES))
        listed = app.list()
        self.assertLessEqual(len(listed), FILES)
        for guid in listed:
            app.tell("attach", guid)
        return app, listed

    def check_ranges(self, size):
        """What the server has sent twice."""
        worst = 0
        for name in self.names():
            answers = [tuple(map(int, line.split())) for line in self.ask(f"/sent/{self.token(name)}").splitlines()]
            starts = [0 if wanted == "-" else int(wanted[6:-1]) for _, wanted, _ in self.requests(name)]
            for (_, first, count), following in zip(answers, starts[1:]):
                twice = first + count - following
                worst = max(worst, twice)
                self.assertLessEqual(twice, self.bound, f"{name}: {answers}, {starts}")
                self.assertGreaterEqual(twice, 0, f"{name}: {answers}, {starts}")
            self.assertEqual(len(answers), len(starts), name)
            self.assertEqual(sum(answers[-1][1:]), size, name)
        print(f"at most {worst} bytes of a transfer were sent twice for a kill")

    def test_ten_downloads_survive(self):
        kills = int(os.environ.get("WINRT_CRASH_KILLS", "20"))
        seed = int(os.environ.get("WINRT_CRASH_SEED", random.randrange(1 << 32)))
        slowness = int(os.environ.get("WINRT_TEST_SLOWNESS", "1"))
        print(f"WINRT_CRASH_SEED={seed} WINRT_CRASH_KILLS={kills}", flush=True)
        self.bound = int(RATE * (CHECKPOINT_SECONDS + SLACK_SECONDS * slowness))
        chance = random.Random(seed)
        size = SIZE_A_KILL * kills
        app = self.first_life(size)
        for _ in range(kills):
            time.sleep(chance.random() * LONGEST_LIFE)
            app.kill()
            app, left = self.next_life()
        app.finish(*left)
        self.assertEqual(app.list(), {})
        for name in self.names():
            self.check_file(name, size)
        self.check_ranges(size)


if __name__ == "__main__":
    unittest.main()
