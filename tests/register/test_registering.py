#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""winrt-register.exe: what it writes, what it refuses, and what it leaves alone."""

import os
import shutil
import unittest

from harness import (COMPONENT, DOWNLOADER, INSTALLED, KEY, ONE, REG, REGDB_E_CLASSNOTREG, S_OK, SHIM, SOURCE, TESTS,
                     TWO, URI, RegisterTest, file_classes, windows_path)

OWN = f"{TESTS}/test-component.dll"


class Tests(RegisterTest):
    def test_registers_what_the_dlls_answer_and_nothing_else(self):
        with open(f"{SOURCE}/tests/abi/tables/classes.tsv", encoding="utf-8") as file:
            known = [line.split("\t")[0] for line in file if not line.startswith("#")]
        answered = {}
        for dll in (COMPONENT, SHIM):
            path = windows_path(f"{INSTALLED}/{dll}")
            answers = self.client("ask", path, *known)
            self.assertEqual(len(answers), len(known))
            answered.update({name: path for name, code in answers if code == S_OK})
        self.assertIn(DOWNLOADER, answered)
        self.assertIn(URI, answered)
        self.register("register")
        self.assertEqual(self.registered(), answered)
        listed = file_classes(f"{INSTALLED}/winrt-backgroundtransfer.reg", "ActivatableClassId\\", "]")
        self.assertEqual(listed, set(answered))
        listed = file_classes(f"{INSTALLED}/winrt-backgroundtransfer.manifest", '  name="', '"')
        self.assertEqual(listed, set(answered))

    def test_a_registered_class_is_found_and_an_unregistered_one_is_not(self):
        self.assertEqual(self.codes(DOWNLOADER, URI), [REGDB_E_CLASSNOTREG] * 2)
        out, _ = self.register("status", code=1)
        self.assertIn(f"not registered     {URI}\n", out)
        self.register("register")
        self.assertEqual(self.codes(DOWNLOADER, URI), [S_OK] * 2)
        out, _ = self.register("status")
        self.assertIn(f"registered         {URI}  {windows_path(INSTALLED)}\\{SHIM}\n", out)
        self.register("unregister")
        self.assertEqual(self.registered(), {})
        self.assertEqual(self.codes(DOWNLOADER, URI), [REGDB_E_CLASSNOTREG] * 2)

    def test_does_the_same_twice(self):
        for _ in range(2):
            self.register("register", OWN)
            self.assertEqual(self.registered(), {ONE: windows_path(OWN), TWO: windows_path(OWN)})
        self.register("unregister", OWN)
        out, _ = self.register("unregister", OWN)
        self.assertEqual(out, "0 classes unregistered.\n")

    def test_writes_what_windows_reads_too(self):
        self.register("register", OWN)
        out, _ = self.wine(REG, "query", f"{KEY}\\{ONE}")
        for value in ("ActivationType", "Threading", "TrustLevel"):
            self.assertRegex(out, f"{value} +REG_DWORD +0x0\n")
        self.assertIn(f"DllPath    REG_SZ    {windows_path(OWN)}\n", out)

    def test_registers_the_named_classes_alone(self):
        self.register("register", OWN, TWO)
        self.assertEqual(self.registered(), {TWO: windows_path(OWN)})
        self.register("status", OWN, TWO)
        self.register("status", OWN, code=1)

    def test_leaves_what_another_dll_has(self):
        other = windows_path(self.put("other", OWN)) + "\\test-component.dll"
        self.register("register", other, ONE)
        _, err = self.register("register", OWN, code=1)
        self.assertIn(f"{ONE} is registered to {other}\n", err)
        self.assertIn("Nothing was changed.\n", err)
        self.assertEqual(self.registered(), {ONE: other})
        out, _ = self.register("unregister", OWN)
        self.assertIn(f"{ONE} stays: it is registered to {other}\n", out)
        self.assertEqual(self.registered(), {ONE: other})

    def test_keep_registers_the_rest(self):
        other = windows_path(self.put("other", OWN)) + "\\test-component.dll"
        self.register("register", other, ONE)
        self.register("register", "--keep", OWN)
        self.assertEqual(self.registered(), {ONE: other, TWO: windows_path(OWN)})
        out, _ = self.register("status", OWN, code=1)
        self.assertIn(f"another DLL's      {ONE}  {other}\n", out)
        self.register("register", "--keep", OWN, ONE, code=1)

    def test_force_takes_over(self):
        other = windows_path(self.put("other", OWN)) + "\\test-component.dll"
        self.register("register", other)
        out, _ = self.register("register", "--force", OWN)
        self.assertIn(f"{ONE} was registered to {other}\n", out)
        self.assertEqual(self.registered(), {ONE: windows_path(OWN), TWO: windows_path(OWN)})

    def test_a_failure_leaves_everything_as_it_was(self):
        other = windows_path(self.put("other", OWN)) + "\\test-component.dll"
        self.register("register", other)
        self.wine(REG, "delete", f"{KEY}\\{ONE}", "/v", "Threading", "/f")
        before, _ = self.wine(REG, "query", f"{KEY}\\{ONE}")
        self.client("protect", TWO)
        _, err = self.register("register", "--force", OWN, code=1)
        self.assertIn(f"{TWO}: 0x80070005", err)
        self.assertIn("administrator", err)
        self.assertIn("Nothing was changed.\n", err)
        self.assertEqual(self.registered(), {ONE: other, TWO: other})
        after, _ = self.wine(REG, "query", f"{KEY}\\{ONE}")
        self.assertEqual(after, before)

    def test_a_failure_removes_what_was_new(self):
        self.register("register", OWN, TWO)
        self.client("protect", TWO)
        self.register("register", OWN, code=1)
        self.assertEqual(self.registered(), {TWO: windows_path(OWN)})

    def test_a_dll_that_was_moved_is_registered_anew(self):
        first = self.put("first", OWN)
        self.register("register", f"{first}/test-component.dll")
        second = f"{self.folder}/second"
        os.rename(first, second)
        gone, there = (windows_path(folder) + "\\test-component.dll" for folder in (first, second))
        out, _ = self.register("status", there, code=1)
        self.assertIn(f"DLL is missing     {ONE}  {gone}\n", out)
        self.register("register", there)
        self.assertEqual(self.registered(), {ONE: there, TWO: there})

    def test_a_dll_is_known_under_every_path(self):
        folder = self.put("files", OWN)
        os.makedirs(f"{self.folder}/link")
        os.symlink(f"{folder}/test-component.dll", f"{self.folder}/link/test-component.dll")
        self.register("register", f"{folder}/test-component.dll")
        self.register("status", f"{self.folder}/link/test-component.dll")
        self.register("unregister", windows_path(f"{self.folder}/files/../link/test-component.dll"))
        self.assertEqual(self.registered(), {})

    def test_paths_with_spaces_and_other_letters(self):
        folder = self.put("Grüße и 中文 😀 of mine", OWN)
        path = windows_path(folder) + "\\test-component.dll"
        out, _ = self.register("register", path)
        self.assertIn(f"{ONE} -> {path}\n", out)
        self.assertEqual(self.codes(ONE, TWO), [S_OK] * 2)
        out, _ = self.register("status", path)
        self.assertIn(f"registered         {ONE}  {path}\n", out)

    def test_the_tool_finds_the_dlls_beside_itself(self):
        folder = self.put("program files", f"{INSTALLED}/{COMPONENT}", f"{INSTALLED}/{SHIM}",
                          f"{INSTALLED}/winrt-register.exe")
        self.wine(f"{folder}/winrt-register.exe", "register")
        self.assertEqual(set(self.registered().values()),
                         {f"{windows_path(folder)}\\{COMPONENT}", f"{windows_path(folder)}\\{SHIM}"})

    def test_the_tool_takes_its_own_dlls_from_nowhere_else(self):
        folder = self.put("tool", f"{INSTALLED}/{COMPONENT}", f"{INSTALLED}/winrt-register.exe")
        shutil.copy(f"{INSTALLED}/{SHIM}", self.folder)  # where it is started
        _, err = self.wine(f"{folder}/winrt-register.exe", "register", code=1)
        self.assertIn("0x80070002", err)
        self.assertEqual(self.registered(), {})

    def test_refuses_what_is_no_component(self):
        with open(f"{self.folder}/text.dll", "w", encoding="ascii") as file:
            file.write("not a DLL\n")
        shutil.copy(OWN, self.folder)
        for arguments, code in (
                (("missing.dll",), "0x80070002"),
                (("text.dll", ONE), "0x800700c1"),         # not executable
                (("text.dll",), "0x800700c1"),
                (("version.dll", ONE), "0x8007007f"),      # no DllGetActivationFactory
                (("version.dll",), "name them after it"),  # no list
                (("test-component.dll", "Test.Register.Three"), "0x80040111"),
                (("test-component.dll", "Test\\Register"), "0x80070057"),
                (("test-component.dll", "T" * 256), "0x80070057"),
                ((ONE,), "0x80070057")):
            with self.subTest(arguments=arguments):
                _, err = self.register("register", *arguments, code=1)
                self.assertIn(code, err)
        self.assertEqual(self.registered(), {})

    def test_tells_how_it_is_used(self):
        for arguments in ((), ("help",), ("Register",)):
            _, err = self.wine(f"{INSTALLED}/winrt-register.exe", *arguments, code=2)
            self.assertIn("winrt-register register [--force | --keep]", err)


if __name__ == "__main__":
    unittest.main()
