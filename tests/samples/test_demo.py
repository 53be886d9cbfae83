#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""scripts/demo.sh, with the build of this test run instead of one of its own."""

import os
import subprocess
import unittest

from harness import WAIT_SECONDS, SampleTest


class Tests(SampleTest):
    def demo(self, *arguments):
        self.environment["WINRT_DEMO_BUILD"] = os.environ["WINRT_TEST_BUILD"]
        result = subprocess.run([os.environ["WINRT_TEST_SOURCE"] + "/scripts/demo.sh", *arguments], cwd=self.folder,
                                env=self.environment, text=True, capture_output=True, timeout=WAIT_SECONDS, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def test_downloads_from_a_server_of_its_own(self):
        out = self.demo()
        self.assertEqual(self.files(), ["demo-64MiB.bin"])
        self.assertEqual(os.path.getsize(f"{self.folder}/demo-64MiB.bin"), 64 << 20)
        self.assertIn("SHA-256", out)

    def test_downloads_a_url(self):
        self.demo(self.servers["FAULT_HTTP"] + "/bytes/777")
        self.assertEqual(self.files(), ["777"])


if __name__ == "__main__":
    unittest.main()
