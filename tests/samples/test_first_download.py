#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/first-download: Microsoft's example."""

import os
import re
import subprocess
import unittest

from harness import EMULATOR, WAIT_SECONDS, SampleTest, lines_of, same_file


class Tests(SampleTest):
    def setUp(self):
        super().setUp()
        # Wine has one pictures library for all programs of a user.
        self.name = f"sun-{os.getpid()}"
        self.pictures = None
        if not EMULATOR:
            self.make_pictures_library()

    def make_pictures_library(self):
        home = f"{self.scratch}/home"
        self.pictures = f"{home}/My Pictures"
        os.makedirs(self.pictures)
        os.makedirs(f"{home}/.config")
        with open(f"{home}/.config/user-dirs.dirs", "w", encoding="ascii") as file:
            file.write('XDG_PICTURES_DIR="$HOME/My Pictures"\n')
        self.environment["HOME"] = home
        for name in ("XDG_CONFIG_HOME", "XDG_PICTURES_DIR"):
            self.environment.pop(name, None)

    def saved(self, out):
        """The picture that the output names; it is removed after the test. It must be in the library."""
        shown = re.search("^saved as (.*)$", out, re.MULTILINE).group(1)
        path = self.path_here(shown)
        self.addCleanup(os.unlink, path)
        if self.pictures:
            self.assertEqual(os.path.dirname(path), self.pictures)
        else:
            self.assertRegex(shown, r"^[A-Z]:\\(.*\\)?Pictures\\[^\\]+$")
        return path

    def download(self, path, code=0):
        return self.run_program(self.servers["NGINX_HTTP"] + path, self.name + ".png", code=code)

    def test_saves_into_the_pictures_library(self):
        out, _ = self.download("/1m.bin")
        path = self.saved(out)
        self.assertEqual(os.path.basename(path), self.name + ".png")
        self.assertTrue(same_file(path, f"{self.www}/1m.bin"))

    def test_shows_progress(self):
        token = f"first-download-{os.getpid()}"
        url = self.servers["FAULT_HTTP"] + f"/hold/{token}?size=100000&after=5000"
        process = self.start(url, self.name + ".png", stdout=subprocess.PIPE)
        with process:
            for line in process.stdout:
                if lines_of(line) == "5000 of 100000 bytes\n":
                    break
            self.ask(f"/release/{token}")
            rest, _ = process.communicate(timeout=WAIT_SECONDS)
        self.assertEqual(process.returncode, 0)
        self.assertIn("100000 of 100000 bytes\n", lines_of(rest))
        self.assertEqual(os.path.getsize(self.saved(lines_of(rest))), 100000)

    def test_makes_the_name_unique(self):
        names = [os.path.basename(self.saved(self.download("/hello.txt")[0])) for _ in range(2)]
        self.assertEqual(names, [self.name + ".png", self.name + " (2).png"])

    def test_fails_with_the_error_of_the_transfer(self):
        _, err = self.run_program(self.servers["FAULT_HTTP"] + "/status/404", self.name + ".png", code=1)
        self.assertIn("0x80190194", err)


if __name__ == "__main__":
    unittest.main()
