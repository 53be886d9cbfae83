#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/download where paths are Windows paths."""

import os
import unittest

from harness import SampleTest


class Tests(SampleTest):
    def setUp(self):
        super().setUp()
        os.mkdir(f"{self.folder}/sub")
        self.url = self.servers["NGINX_HTTP"] + "/hello.txt"

    def windows_path(self, path):
        return self.path_for_program(f"{self.folder}/{path}").replace("/", "\\")

    def files_below(self):
        return sorted(os.path.relpath(f"{folder}/{name}", self.folder)
                      for folder, _, names in os.walk(self.folder) for name in names)

    def test_backslashes(self):
        self.run_program("-o", "sub\\one", self.url)
        self.run_program("-o", "sub\\", self.url)
        self.run_program("-o", ".\\sub/two", self.url)
        self.assertEqual(self.files_below(), ["sub/hello.txt", "sub/one", "sub/two"])

    def test_full_paths(self):
        out, _ = self.run_program("-o", self.windows_path("sub\\one"), self.url)
        self.assertRegex(out, "^one: ")
        self.run_program("-o", self.windows_path("sub"), self.url)
        self.run_program("-o", self.windows_path("sub") + "\\", self.url)
        self.assertEqual(self.files_below(), ["sub/hello (2).txt", "sub/hello.txt", "sub/one"])

    def test_drives(self):
        drive = self.windows_path("")[:2]
        self.run_program("-o", f"{drive}sub\\one", self.url)
        self.run_program("-o", f"{drive}two", self.url)
        self.run_program("-o", drive, self.url)
        self.assertEqual(self.files_below(), ["hello.txt", "sub/one", "two"])
        _, err = self.run_program("-o", "q:\\sub\\", self.url, code=2)
        self.assertIn("q:\\sub\\", err)

    def test_names_of_devices(self):
        base = self.servers["FAULT_HTTP"]
        for name in ("nul", "con.txt", "com1"):
            self.run_program(f"{base}/echo/{name}", code=1)
        self.assertEqual(self.files_below(), [])


if __name__ == "__main__":
    unittest.main()
