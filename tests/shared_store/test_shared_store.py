# SPDX-License-Identifier: MIT
"""A native program and one under Wine on one store: whoever lives keeps the other out, and what the dead leave goes to
exactly one. The programs are tests/unit/store_program.c, once natively and once as PE (docs/store.md)."""

import os
import shutil
import subprocess
import time
import unittest

WAIT_SECONDS = 90
NATIVE = os.environ["WINRT_TEST_NATIVE"]
PE = os.environ["WINRT_TEST_PE"].split("|")  # Wine's script, its prefix, the program

CRASHED_HERE = 41
OWN_RECORD = 4000
RECORDS = 20


class Native:
    command = [NATIVE]

    @staticmethod
    def path(path):
        return path


class UnderWine:
    command = PE

    @staticmethod
    def path(path):
        return "Z:" + path


class Tests(unittest.TestCase):
    def setUp(self):
        self.scratch = os.environ["WINRT_TEST_SCRATCH"]
        shutil.rmtree(self.scratch, ignore_errors=True)
        os.makedirs(self.scratch)
        self.running = []

    def tearDown(self):
        for process in self.running:
            process.kill()
            process.wait(WAIT_SECONDS)

    def path(self, name):
        return f"{self.scratch}/{name}"

    def start(self, system, command, *arguments):
        """Strings that begin with a slash are paths."""
        arguments = [system.path(text) if text.startswith("/") else text for text in map(str, arguments)]
        process = subprocess.Popen([*system.command, command, *arguments], stdin=subprocess.DEVNULL)
        self.running.append(process)
        return process

    def run_to_end(self, *arguments):
        return self.start(*arguments).wait(WAIT_SECONDS)

    def wait_for(self, name):
        deadline = time.monotonic() + WAIT_SECONDS
        while not os.path.exists(self.path(name)):
            self.assertLess(time.monotonic(), deadline, name)
            time.sleep(0.005)

    def signal(self, name):
        with open(self.path(name), "w", encoding="ascii"):
            pass

    def adopted(self, system, name):
        """What it adopts: {number: version}."""
        self.signal(f"{name}.start")
        process = self.start(system, "adopt", self.path("app"), self.path(name), self.path(f"{name}.start"))
        records = self.read_adopted(name)
        self.signal(f"{name}.end")
        self.assertEqual(process.wait(WAIT_SECONDS), 0)
        return records

    def read_adopted(self, name):
        self.wait_for(f"{name}.done")
        with open(self.path(name), encoding="ascii") as file:
            lines = [tuple(map(int, line.split())) for line in file]
        self.assertEqual(len(lines), len(dict(lines)))
        return dict(lines)

    def check_exclusion(self, owner, other):
        held = self.start(owner, "hold", self.path("app"), 0, RECORDS, self.path("held"))
        self.wait_for("held")
        self.assertEqual(self.adopted(other, "early"), {})
        self.signal("held.end")
        self.assertEqual(held.wait(WAIT_SECONDS), 0)
        self.assertEqual(sorted(self.adopted(other, "late")), list(range(RECORDS)))
        # And back, with what the other has made of them.
        self.assertEqual(sorted(self.adopted(owner, "back")), list(range(RECORDS)))

    def test_wine_keeps_out_of_a_live_native_hive(self):
        self.check_exclusion(Native, UnderWine)

    def test_native_keeps_out_of_a_live_hive_under_wine(self):
        self.check_exclusion(UnderWine, Native)

    def check_locks(self, owner, other):
        held = self.start(owner, "lock", self.path("a.lock"), self.path("held"))
        self.wait_for("held")
        self.assertEqual(self.run_to_end(other, "lock", self.path("a.lock"), self.path("other")), 40)
        self.signal("held.end")
        self.assertEqual(held.wait(WAIT_SECONDS), 0)
        self.signal("other.end")
        self.assertEqual(self.run_to_end(other, "lock", self.path("a.lock"), self.path("other")), 0)

    def test_locks_exclude_one_another(self):
        self.check_locks(Native, UnderWine)
        for name in ("held", "held.end", "other", "other.end"):
            os.remove(self.path(name))
        self.check_locks(UnderWine, Native)

    def test_of_adopters_of_both_kinds_each_record_gets_one(self):
        for i in range(6):
            system = UnderWine if i % 2 else Native
            self.assertEqual(self.run_to_end(system, "put", self.path("app"), i * RECORDS, RECORDS), 0)
        names = [f"adopter{i}" for i in range(6)]
        for i, name in enumerate(names):
            self.start(UnderWine if i % 2 else Native, "adopt", self.path("app"), self.path(name), self.path("start"))
        for name in names:
            self.wait_for(f"{name}.ready")
        self.signal("start")
        numbers = [number for name in names for number in self.read_adopted(name)]
        self.assertEqual(sorted(numbers), list(range(6 * RECORDS)))
        for name in names:
            self.signal(f"{name}.end")

    def check_crash(self, first, second, step):
        for i in range(3):
            self.run_to_end(second if i % 2 else first, "put", self.path("app"), i * RECORDS, RECORDS)
        self.assertIn(self.run_to_end(first, "crash", self.path("app"), step), (0, CRASHED_HERE))
        numbers = sorted(self.adopted(second, f"after{step}"))
        self.assertEqual([number for number in numbers if number != OWN_RECORD], list(range(3 * RECORDS)))

    def test_one_goes_on_where_the_other_crashed(self):
        for step in (20, 28, 36):
            for first, second in ((Native, UnderWine), (UnderWine, Native)):
                with self.subTest(step=step, first=first.__name__):
                    self.setUp()
                    self.check_crash(first, second, step)


if __name__ == "__main__":
    unittest.main()
