#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/scenarios: each program as its user runs it, with its own server. WINRT_TEST_PROGRAM is the folder that they
are in."""

import os
import queue
import re
import subprocess
import sys
import threading
import unittest

from harness import EMULATOR, WAIT_SECONDS, SampleTest, lines_of, needs_end_of_process

MILLION = 1000000
STEP = "0.1"  # what the server takes for a second


class Program:
    """One run: what it prints is waited for, what it shall do is said to it."""

    def __init__(self, test, name, *arguments):
        program = f"{os.environ['WINRT_TEST_PROGRAM']}/{name}" + (".exe" if EMULATOR else "")
        self.process = subprocess.Popen([*EMULATOR, program, *arguments], cwd=test.folder, env=test.environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        test.addCleanup(self.end)
        self.lines = queue.Queue()
        self.seen = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(lines_of(line).rstrip("\n"))
        self.lines.put(None)

    def say(self, *commands):
        for command in commands:
            self.process.stdin.write(f"{command}\n".encode())
        self.process.stdin.flush()

    def wait(self, pattern):
        """The match of the next line that has one."""
        while True:
            line = self.lines.get(timeout=WAIT_SECONDS)
            if line is None:
                raise AssertionError(f"no line {pattern}: {self.seen}")
            self.seen.append(line)
            match = re.search(pattern, line)
            if match:
                return match

    def finish(self):
        """Ends its input; (exit code, all lines)."""
        self.process.stdin.close()
        code = self.process.wait(WAIT_SECONDS)
        self.reader.join(WAIT_SECONDS)
        while (line := self.lines.get(timeout=WAIT_SECONDS)) is not None:
            self.seen.append(line)
        return code, self.seen

    def end(self):
        self.process.kill()
        self.process.wait()
        if not self.process.stdin.closed:
            self.process.stdin.close()
        self.reader.join(WAIT_SECONDS)
        self.process.stdout.close()


class Tests(SampleTest):
    def setUp(self):
        super().setUp()
        self.environment |= {"WINRT_RETRY_BASE_MS": "1"}
        server = subprocess.Popen([sys.executable, f"{os.environ['WINRT_TEST_SOURCE']}/samples/scenarios/server.py",
                                   "--step", STEP], stdout=subprocess.PIPE)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.address = server.stdout.readline().decode().strip()
        self.target = self.path_for_program(self.folder)

    def program(self, name, *arguments):
        return Program(self, name, *arguments)

    def check_file(self, name, size):
        self.assertTrue(self.read(name) == b"a" * size, f"{name} is not the server's")

    def test_1_download(self):
        program = self.program("1-download", self.target)
        program.say(f"start {self.address}/download", f"high {self.address}/download")
        program.wait("with High priority")
        code, lines = program.finish()
        self.assertEqual(code, 0)
        self.assertEqual(len([line for line in lines if re.match("Completed: .*, Status Code: 200$", line)]), 2)
        self.check_file("download.bin", 5 * MILLION)
        self.check_file("download (2).bin", 5 * MILLION)

    def test_1_pause_and_resume(self):
        program = self.program("1-download", self.target)
        program.say(f"start {self.address}/download")
        program.wait("Transferred bytes: [1-9]")
        program.say("pause")
        program.wait("Status: PausedByApplication")
        program.say("pause", "resume")
        program.wait("Skipped")
        program.wait("Resumed")
        code, lines = program.finish()
        self.assertEqual(code, 0)
        self.assertRegex(lines[-1], "Completed: .*, Status Code: 206")
        self.assertNotIn(" - Download restarted", lines)
        self.check_file("download.bin", 5 * MILLION)

    def test_1_cancel(self):
        program = self.program("1-download", self.target)
        program.say(f"start {self.address}/download")
        program.wait("Transferred bytes: [1-9]")
        program.say("cancel")
        program.wait("Canceled")
        self.assertEqual(program.finish()[0], 0)

    def test_1_goes_on_in_the_next_run(self):
        program = self.program("1-download", self.target)
        program.say(f"start {self.address}/download")
        label = program.wait("Downloading .* with Default priority, (.*)").group(1)
        program.wait("Transferred bytes: [1-9]")
        program.say("quit")
        self.assertEqual(program.finish()[0], 0)
        program = self.program("1-download", self.target)
        program.wait("Loading background downloads: 1")
        program.wait(f"Discovered background download: {label}")
        program.wait(f"Completed: {label}")
        self.assertEqual(program.finish()[0], 0)
        self.check_file("download.bin", 5 * MILLION)

    @needs_end_of_process
    def test_1_finds_nothing_when_all_is_done(self):
        for _ in range(2):
            program = self.program("1-download", self.target)
            program.wait("Loading background downloads: 0")
            program.say(f"start {self.address}/download")
            self.assertEqual(program.finish()[0], 0)

    def test_1_error(self):
        program = self.program("1-download", self.target)
        program.say(f"start {self.address}/nothing")
        program.wait("not found")
        self.assertEqual(program.finish()[0], 0)

    def test_3_notifications(self):
        code, lines = self.program("3-notifications", f"{self.address}/notifications", self.target).finish()
        self.assertEqual(code, 0)
        self.assertEqual(lines[-1], "All three downloads completed successfully.")
        self.assertEqual(sum(map(os.path.getsize, (f"{self.folder}/{name}" for name in self.files()))), 16 * MILLION)

    def test_3_failure(self):
        code, lines = self.program("3-notifications", f"{self.address}/nothing", self.target).finish()
        self.assertEqual(code, 1)
        self.assertEqual(lines[-1], "At least one download completed with failure.")
        self.assertEqual(len(lines), 4)

    def test_5_random_access(self):
        url = f"{self.address}/randomAccess?length={10 * MILLION}&bytesPerSec={4 * MILLION}"
        program = self.program("5-random-access", url, self.target)
        program.say("seek 8000000", "read 100000")
        program.wait("Read 100000 bytes at 8000000 of 10000000")
        program.say("ranges")
        program.wait("Downloaded: offset 8[0-9]{6}, length|Downloaded: offset 0, length 10000000")
        program.say("seek 9999000", "read 5000")
        program.wait("Read 1000 bytes at 9999000")
        program.wait("back to its beginning")
        code, lines = program.finish()
        self.assertEqual((code, lines[-1]), (0, "Completed"))
        self.assertTrue([line for line in lines if line.startswith("Added: ")])
        self.check_file("randomAccess.bin", 10 * MILLION)

    def test_5_pause_and_resume(self):
        url = f"{self.address}/randomAccess?length={4 * MILLION}"
        program = self.program("5-random-access", url, self.target)
        program.say("read 100000")
        program.wait("Read 100000 bytes at 0")
        program.say("pause")
        program.wait("PausedByApplication")
        program.say("resume")
        self.assertEqual(program.finish()[0], 0)
        self.check_file("randomAccess.bin", 4 * MILLION)

    def expired(self, *arguments):
        program = self.program("6-recoverable-errors", f"{self.address}/recoverableErrors", self.target, *arguments)
        if not arguments:
            program.wait(r"URL has expired \(403\)")
        return program

    def test_6_recoverable_errors(self):
        program = self.expired()
        program.say("yes")
        code, lines = program.finish()
        self.assertEqual((code, lines[-1]), (0, "Completed"))
        self.assertFalse([line for line in lines if "from the beginning" in line])
        self.check_file("recovered.bin", 10 * MILLION)

    def test_6_cancel(self):
        program = self.expired()
        program.say("no")
        code, lines = program.finish()
        self.assertEqual((code, lines[-1]), (0, "Canceled"))

    def test_6_unprepared(self):
        code, lines = self.expired("--unprepared").finish()
        self.assertEqual(code, 1)
        self.assertIn("Error: 403", lines)

    def test_7_reordering(self):
        program = self.program("7-reordering", f"{self.address}/download", self.target)
        program.wait("Download 1: Running")
        program.say("current 4")
        code, lines = program.finish()
        self.assertEqual(code, 0)
        for number in range(1, 6):
            self.check_file(f"{number}.bin", 5 * MILLION)
        first_seen = [line[9] for line in lines if re.match("Download [1-5]: Running", line)]
        order = list(dict.fromkeys(first_seen))
        self.assertEqual(order[:2], ["1", "4"])
        # Never two at a time: once the next runs, the one before is not heard of as running, unless it was put back.
        self.assertEqual(len([line for line in lines if line.endswith(": Completed")]), 5)

    def test_usage(self):
        for name in ("1-download", "3-notifications", "5-random-access", "6-recoverable-errors", "7-reordering"):
            self.assertEqual(self.program(name).finish()[0], 2)


if __name__ == "__main__":
    unittest.main()
