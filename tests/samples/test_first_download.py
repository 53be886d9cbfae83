#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/first-download: Microsoft's example."""

import os
import subprocess
import unittest

from harness import WAIT_SECONDS, SampleTest, same_file


class Tests(SampleTest):
    def setUp(self):
        super().setUp()
        home = f"{self.scratch}/home"
        self.pictures = f"{home}/My Pictures"
        os.makedirs(self.pictures)
        os.makedirs(f"{home}/.config")
        with open(f"{home}/.config/user-dirs.dirs", "w", encoding="ascii") as file:
            file.write('XDG_PICTURES_DIR="$HOME/My Pictures"\n')
        self.environment["HOME"] = home
        for name in ("XDG_CONFIG_HOME", "XDG_PICTURES_DIR"):
            self.environment.pop(name, None)

    def test_saves_into_the_pictures_library(self):
        out, _ = self.run_program("first-download", self.servers["NGINX_HTTP"] + "/1m.bin", "sun.png")
        self.assertTrue(same_file(f"{self.pictures}/sun.png", f"{self.www}/1m.bin"))
        self.assertIn(f"saved as {self.pictures}/sun.png\n", out)

    def test_shows_progress(self):
        token = f"first-download-{os.getpid()}"
        url = self.servers["FAULT_HTTP"] + f"/hold/{token}?size=100000&after=5000"
        process = subprocess.Popen([self.program("first-download"), url, "sun.png"], cwd=self.folder,
                                   env=self.environment, text=True, stdout=subprocess.PIPE)
        with process:
            for line in process.stdout:
                if line == "5000 of 100000 bytes\n":
                    break
            self.ask(f"/release/{token}")
            rest, _ = process.communicate(timeout=WAIT_SECONDS)
        self.assertEqual(process.returncode, 0)
        self.assertIn("100000 of 100000 bytes\n", rest)
        self.assertEqual(os.path.getsize(f"{self.pictures}/sun.png"), 100000)

    def test_makes_the_name_unique(self):
        for _ in range(2):
            self.run_program("first-download", self.servers["NGINX_HTTP"] + "/hello.txt", "sun.png")
        self.assertEqual(sorted(os.listdir(self.pictures)), ["sun (2).png", "sun.png"])

    def test_fails_with_the_error_of_the_transfer(self):
        _, err = self.run_program("first-download", self.servers["FAULT_HTTP"] + "/status/404", "sun.png", code=1)
        self.assertIn("0x80190194", err)


if __name__ == "__main__":
    unittest.main()
