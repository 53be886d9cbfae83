#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The .reg files, and the manifests, which need no registration."""

import os
import shutil
import unittest

from harness import (CLASS_E_CLASSNOTAVAILABLE, COMPONENT, DOWNLOADER, INSTALLED, MODULE_NOT_FOUND, REGDB_E_CLASSNOTREG,
                     REGEDIT, S_OK, SHIM, SYSTEM32, TESTS, URI, RegisterTest, file_classes, windows_path)

DLLS = (f"{INSTALLED}/{COMPONENT}", f"{INSTALLED}/{SHIM}")


class Tests(RegisterTest):
    def every_class(self):
        return sorted(file_classes(f"{INSTALLED}/winrt-backgroundtransfer.reg", "ActivatableClassId\\", "]"))

    def add_to_registry(self):
        self.wine(REGEDIT, "/S", windows_path(f"{INSTALLED}/winrt-backgroundtransfer.reg"))

    def test_reg_file_with_the_dlls_in_system32(self):
        self.add_to_registry()
        self.assertEqual(self.code(URI), MODULE_NOT_FOUND)
        for dll in DLLS:
            shutil.copy(dll, SYSTEM32)
        classes = self.every_class()
        self.assertEqual(self.codes(*classes), [S_OK] * len(classes))
        self.register("status", rf"C:\windows\system32\{SHIM}", URI)

    def test_reg_file_with_the_dlls_beside_the_program(self):
        self.add_to_registry()
        folder = self.put("program", f"{TESTS}/client.exe", *DLLS)
        classes = self.every_class()
        self.assertEqual(self.codes(*classes, program=f"{folder}/client.exe"), [S_OK] * len(classes))

    def test_the_tool_removes_what_the_reg_file_added(self):
        self.add_to_registry()
        self.register("status")
        self.register("unregister")
        self.assertEqual(self.registered(), {})

    def test_removing_reg_file(self):
        self.add_to_registry()
        self.assertEqual(sorted(self.registered()), self.every_class())
        self.wine(REGEDIT, "/S", windows_path(f"{INSTALLED}/winrt-backgroundtransfer-remove.reg"))
        self.assertEqual(self.registered(), {})
        self.assertEqual(self.code(URI), REGDB_E_CLASSNOTREG)

    def test_manifest_beside_the_program(self):
        folder = self.put("program", f"{TESTS}/client.exe", *DLLS)
        program = f"{folder}/client.exe"
        classes = self.every_class()
        self.assertEqual(self.code(URI, program=program), REGDB_E_CLASSNOTREG)
        shutil.copy(f"{INSTALLED}/winrt-backgroundtransfer.manifest", f"{program}.manifest")
        self.assertEqual(self.codes(*classes, program=program), [S_OK] * len(classes))
        self.assertEqual(self.registered(), {})

    def test_manifest_in_the_program(self):
        folder = self.put("program", f"{TESTS}/client-with-manifest.exe", *DLLS)
        classes = self.every_class()
        self.assertEqual(self.codes(*classes, program=f"{folder}/client-with-manifest.exe"), [S_OK] * len(classes))

    def test_manifest_for_windows_has_only_what_windows_does_not_give(self):
        folder = self.put("program", f"{TESTS}/client.exe", *DLLS)
        program = f"{folder}/client.exe"
        shutil.copy(f"{INSTALLED}/winrt-backgroundtransfer-windows.manifest", f"{program}.manifest")
        self.assertEqual(self.codes(DOWNLOADER, URI, program=program), [S_OK, REGDB_E_CLASSNOTREG])

    def test_manifest_goes_before_the_registry(self):
        self.register("register")
        folder = self.put("program", f"{TESTS}/client.exe", f"{INSTALLED}/{COMPONENT}")
        program = f"{folder}/client.exe"
        shutil.copy(f"{INSTALLED}/winrt-backgroundtransfer.manifest", f"{program}.manifest")
        self.assertEqual(self.codes(DOWNLOADER, URI, program=program), [S_OK, MODULE_NOT_FOUND])

    def test_manifest_and_a_class_name_in_the_wrong_case(self):
        folder = self.put("program", f"{TESTS}/client.exe", *DLLS)
        program = f"{folder}/client.exe"
        shutil.copy(f"{INSTALLED}/winrt-backgroundtransfer.manifest", f"{program}.manifest")
        self.assertEqual(self.codes(URI.lower(), URI, program=program), [CLASS_E_CLASSNOTAVAILABLE, S_OK])

    def test_manifest_with_the_dlls_gone(self):
        folder = self.put("program", f"{TESTS}/client.exe")
        program = f"{folder}/client.exe"
        shutil.copy(f"{INSTALLED}/winrt-backgroundtransfer.manifest", f"{program}.manifest")
        self.assertEqual(self.code(URI, program=program), MODULE_NOT_FOUND)
        self.assertEqual(os.listdir(folder).count(SHIM), 0)


if __name__ == "__main__":
    unittest.main()
