#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What docs/wine.md promises first: from nothing to a file, in a few lines."""

import os
import shutil
import unittest

from harness import BUILD, COMPONENT, INSTALLED, REGDB_E_CLASSNOTREG, REGEDIT, SHIM, RegisterTest

DOWNLOAD = f"{BUILD}/samples/download/download.exe"


class Tests(RegisterTest):
    def setUp(self):
        super().setUp()
        with open(os.environ["WINRT_TEST_SERVERS"], encoding="utf-8") as file:
            servers = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.url = servers["NGINX_HTTP"] + "/1m.bin"
        with open(f"{servers['WWW_DIR']}/1m.bin", "rb") as file:
            self.expected = file.read()

    def check_file(self):
        with open(f"{self.folder}/1m.bin", "rb") as file:
            self.assertTrue(file.read() == self.expected)

    def test_with_registration(self):
        _, err = self.wine(DOWNLOAD, self.url, code=2)
        self.assertIn(REGDB_E_CLASSNOTREG.upper(), err.upper())
        self.register("register")
        self.wine(DOWNLOAD, self.url)
        self.check_file()

    def test_with_a_manifest(self):
        folder = self.put("program", DOWNLOAD, f"{INSTALLED}/{COMPONENT}", f"{INSTALLED}/{SHIM}")
        shutil.copy(f"{INSTALLED}/winrt-backgroundtransfer.manifest", f"{folder}/download.exe.manifest")
        self.wine(f"{folder}/download.exe", self.url)
        self.check_file()
        self.assertEqual(self.registered(), {})

    def test_with_a_reg_file(self):
        self.wine(REGEDIT, "/S", f"{INSTALLED}/winrt-backgroundtransfer.reg")
        folder = self.put("program", DOWNLOAD, f"{INSTALLED}/{COMPONENT}", f"{INSTALLED}/{SHIM}")
        self.wine(f"{folder}/download.exe", self.url)
        self.check_file()


if __name__ == "__main__":
    unittest.main()
