#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a program gets from RoGetActivationFactory, in good order and in bad (docs/wine.md)."""

import os
import unittest

from harness import (BAD_EXE_FORMAT, CLASS_E_CLASSNOTAVAILABLE, COMPONENT, DOWNLOADER, INSTALLED, KEY, MODULE_NOT_FOUND,
                     REG, REGDB_E_CLASSNOTREG, REGDB_E_READREGDB, S_FALSE, S_OK, SHIM, URI, RegisterTest)


class Tests(RegisterTest):
    def test_a_dll_that_is_not_where_the_registry_says(self):
        folder = self.put("files", f"{INSTALLED}/{COMPONENT}", f"{INSTALLED}/{SHIM}")
        self.register("register", f"{folder}/{COMPONENT}", f"{folder}/{SHIM}")
        self.assertEqual(self.codes(DOWNLOADER, URI), [S_OK] * 2)
        os.remove(f"{folder}/{COMPONENT}")
        self.assertEqual(self.codes(DOWNLOADER, URI), [MODULE_NOT_FOUND, S_OK])
        out, _ = self.register("status", f"{folder}/{SHIM}")
        self.assertIn(URI, out)

    def test_a_damaged_dll(self):
        folder = self.put("files", f"{INSTALLED}/{SHIM}")
        self.register("register", f"{folder}/{SHIM}")
        with open(f"{folder}/{SHIM}", "r+b") as file:
            file.truncate(1000)
        self.assertEqual(self.code(URI), BAD_EXE_FORMAT)
        out, _ = self.register("status", f"{folder}/{SHIM}", URI, code=1)
        self.assertIn(f"fails 0x{BAD_EXE_FORMAT}   {URI}", out)

    def test_an_entry_without_a_dll(self):
        self.wine(REG, "add", f"{KEY}\\{URI}", "/f")
        self.assertEqual(self.code(URI), REGDB_E_READREGDB)
        out, _ = self.register("status", code=1)
        self.assertIn(f"DLL is missing     {URI}  (nothing)\n", out)

    def test_a_class_name_in_the_wrong_case(self):
        self.register("register")
        self.assertEqual(self.codes(DOWNLOADER.lower(), DOWNLOADER, URI.upper(), URI),
                         [CLASS_E_CLASSNOTAVAILABLE, S_OK, CLASS_E_CLASSNOTAVAILABLE, S_OK])

    def test_class_names_that_do_not_exist(self):
        self.register("register")
        self.assertEqual(self.codes(DOWNLOADER + "s", DOWNLOADER + ".", "Windows", " "), [REGDB_E_CLASSNOTREG] * 4)

    def test_from_a_single_threaded_apartment(self):
        # The first one in a prefix waits 10 s for the desktop, which Wine cannot show here.
        self.register("register")
        self.assertEqual(self.client("sta", DOWNLOADER, URI),
                         [("RoInitialize", S_OK), (DOWNLOADER, S_OK), (URI, S_OK)])

    def test_without_an_apartment(self):
        self.register("register")
        self.assertEqual(self.client("no-apartment", DOWNLOADER, URI), [(DOWNLOADER, S_OK), (URI, S_OK)])

    def test_release_after_the_dll_said_that_it_must_stay(self):
        self.register("register")
        for dll, class_name in ((COMPONENT, DOWNLOADER), (SHIM, URI)):
            with self.subTest(dll=dll):
                self.assertEqual(self.client("unload", dll, class_name), [
                    ("activate", S_OK), ("can unload", S_FALSE), ("references", "0"), ("can unload", S_FALSE),
                    ("loaded", "1"), ("activate", S_OK), ("loaded", "1")])

    def test_a_program_that_ends_with_objects_of_ours(self):
        self.register("register")
        self.assertEqual(self.client("exit", DOWNLOADER), [(DOWNLOADER, S_OK)])


if __name__ == "__main__":
    unittest.main()
