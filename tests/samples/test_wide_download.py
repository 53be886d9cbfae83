#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/porting: a program written as for Windows."""

import os
import re
import unittest

from harness import SampleTest, same_file


class Tests(SampleTest):
    def download(self, path, name, code=0):
        url = self.servers["NGINX_HTTP"] + path
        return self.run_program(url, self.path_for_program(self.folder), name, code=code)

    def test_downloads_a_file(self):
        out, err = self.download("/1m.bin", "one.bin")
        self.assertEqual(err, "")
        lines = out.splitlines()
        self.assertEqual(lines[-2], "1048576 of 1048576 bytes")
        path = re.fullmatch("saved as (.*)", lines[-1]).group(1)
        self.assertEqual(os.path.realpath(self.path_here(path)), os.path.realpath(f"{self.folder}/one.bin"))
        self.assertTrue(same_file(f"{self.folder}/one.bin", f"{self.www}/1m.bin"))

    def test_takes_names_in_any_script(self):
        self.download("/hello.txt", "für Ж.txt")
        self.assertEqual(self.files(), ["für Ж.txt"])
        self.assertTrue(same_file(f"{self.folder}/für Ж.txt", f"{self.www}/hello.txt"))

    def test_tells_its_usage(self):
        _, err = self.run_program("one", "two", code=2)
        self.assertEqual(err, "usage: wide-download URL FOLDER NAME\n")

    def test_fails_with_the_error_of_the_transfer(self):
        _, err = self.download("/missing", "none.bin", code=1)
        self.assertIn("the download failed: 0x80190194", err)

    def test_fails_where_there_is_no_folder(self):
        _, err = self.run_program(self.servers["NGINX_HTTP"] + "/hello.txt",
                                  self.path_for_program(f"{self.folder}/missing"), "x", code=1)
        self.assertIn("the download failed: 0x8007000", err)


if __name__ == "__main__":
    unittest.main()
