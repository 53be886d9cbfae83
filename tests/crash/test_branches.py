#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""SIGKILL while a file comes over several connections: the next process fetches what is missing, and nothing else.
docs/ranges.md"""

import os
import struct
import unittest

from app import ASYNC_CANCELED, IDLE, PAUSED, CrashTest
from hive_reader import read_hive

SIZE = 16000000
RATE = 400000  # of a connection
ENOUGH = 10000000  # by then there have been checkpoints, one a second
TAG = f'"size-{SIZE}"'


def overlap(one, other):
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


class Tests(CrashTest):
    def begin(self):
        app = self.app()
        guid = app.create("a", self.url("a", size=SIZE, rate=RATE), file=self.new_file("a"))
        app.tell("start", "a")
        app.wait_bytes("a", ENOUGH)
        self.assertGreater(len(self.requests("a")), 2)
        return app, guid

    def saved(self, guid):
        """[(begin, end)] of the bytes that the record says are there."""
        root = f"{self.scratch}/state/crash-test/transfers"
        found = []
        for name in sorted(os.listdir(root)):
            for key, values in read_hive(f"{root}/{name}").items() if name.endswith(".hive") else []:
                if guid.strip("{}").lower() in key.lower() and "Ranges" in values:
                    found.append([(first, first + length) for first, length
                                  in struct.iter_unpack("<QQ", values["Ranges"])])
        self.assertEqual(len(found), 1)
        return found[0]

    def check_gaps(self, since, saved):
        """Those requests are for what is not there, with the tag."""
        asked = self.requests("a")[since:]
        self.assertTrue(asked)
        for method, wanted, condition in asked:
            self.assertEqual((method, condition), ("GET", TAG))
            first, last = wanted.removeprefix("bytes=").split("-")
            part = int(first), int(last or SIZE - 1) + 1
            self.assertEqual([there for there in saved if overlap(part, there)], [], f"{part} of {saved}")

    def check_next(self, guid, since, saved, paused=False):
        """The next process finds it, and goes on."""
        app = self.app()
        listed = app.list()[guid]
        self.assertEqual(listed["bytes"], sum(end - begin for begin, end in saved))
        self.assertEqual((listed["status"], listed["total"]), (PAUSED if paused else IDLE, SIZE))
        app.tell("attach", guid)
        if paused:
            app.tell("resume", guid)
        app.finish(guid)
        self.check_file("a", SIZE)
        self.check_gaps(since, saved)

    def test_running(self):
        app, guid = self.begin()
        app.kill()
        saved = self.saved(guid)
        self.assertGreater(len(saved), 1)
        self.check_next(guid, len(self.requests("a")), saved)

    def paused(self):
        app, guid = self.begin()
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        count = app.show("a")["bytes"]
        app.kill()
        saved = self.saved(guid)
        self.assertLessEqual(sum(end - begin for begin, end in saved), count)
        return guid, saved

    def test_paused(self):
        guid, saved = self.paused()
        self.check_next(guid, len(self.requests("a")), saved, paused=True)

    def test_cancelled_by_the_next(self):
        """Its file is what came in order."""
        guid, saved = self.paused()
        since = len(self.requests("a"))
        app = self.app()
        app.list()
        app.tell("attach", guid)
        app.tell("cancel", guid)
        self.assertEqual(app.wait_completed(guid)[0], ASYNC_CANCELED)
        self.assertEqual(saved[0][0], 0)
        self.assertEqual(app.show(guid)["bytes"], saved[0][1])
        self.check_file("a", saved[0][1])
        self.assertEqual(len(self.requests("a")), since)


if __name__ == "__main__":
    unittest.main()
