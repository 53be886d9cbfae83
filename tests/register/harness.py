# SPDX-License-Identifier: MIT
"""What the tests of registration share: a Wine prefix, an empty folder, the DLLs, and running programs."""

import os
import shutil
import subprocess
import tempfile
import unittest

WAIT_SECONDS = 90
BUILD = os.environ["WINRT_TEST_BUILD"]
SOURCE = os.environ["WINRT_TEST_SOURCE"]
PREFIX = os.environ["WINRT_TEST_PREFIX"]
INSTALLED = f"{BUILD}/winrt"  # as in the folder of an installed package
TESTS = f"{BUILD}/tests/register"
SYSTEM32 = f"{PREFIX}/drive_c/windows/system32"
# With their folders, or Wine starts another program that looks for them.
REG = r"C:\windows\system32\reg.exe"
REGEDIT = r"C:\windows\regedit.exe"
KEY = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId"

COMPONENT = "windows.networking.backgroundtransfer.dll"
SHIM = "winrt-shim.dll"
DOWNLOADER = "Windows.Networking.BackgroundTransfer.BackgroundDownloader"
URI = "Windows.Foundation.Uri"
ONE = "Test.Register.One"  # the classes of test-component.dll
TWO = "Test.Register.Two"

S_OK = "00000000"
S_FALSE = "00000001"
REGDB_E_CLASSNOTREG = "80040154"
REGDB_E_READREGDB = "80040150"
CLASS_E_CLASSNOTAVAILABLE = "80040111"
MODULE_NOT_FOUND = "8007007e"
BAD_EXE_FORMAT = "800700c1"


def windows_path(path):
    return "Z:" + path.replace("/", "\\")


def file_classes(path, before, after):
    """What stands between two texts, in each line of a file that has both."""
    with open(path, encoding="utf-8") as file:
        return {line.split(before)[1].split(after)[0] for line in file if before in line}


def lines_of(file):
    file.seek(0)
    return file.read().decode("utf-8").replace("\r", "")


class RegisterTest(unittest.TestCase):
    def setUp(self):
        self.scratch = os.environ["WINRT_TEST_SCRATCH"]
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.folder = f"{self.scratch}/files"
        os.makedirs(self.folder)
        self.environment = {key: value for key, value in os.environ.items()
                            if not key.lower().endswith("_proxy") and not key.startswith("SSL_CERT_")}
        self.environment["LC_ALL"] = "C.UTF-8"  # in which Wine writes file names
        # Nothing of ours is registered or in the system's folder, whatever the test before did.
        self.wine(REGEDIT, "/S", windows_path(f"{INSTALLED}/winrt-backgroundtransfer-remove.reg"),
                  windows_path(f"{TESTS}/test-component-remove.reg"))
        for name in (COMPONENT, SHIM, "test-component.dll"):
            if os.path.exists(f"{SYSTEM32}/{name}"):
                os.remove(f"{SYSTEM32}/{name}")

    def wine(self, program, *arguments, code=0):
        """Runs it in the folder, checks its exit code; (standard output, standard error)."""
        with tempfile.TemporaryFile() as out_file, tempfile.TemporaryFile() as err_file:
            # Not pipes: the end of one would wait for what Wine has started behind the program, the desktop for one.
            result = subprocess.run([f"{SOURCE}/scripts/wine.sh", PREFIX, program, *arguments], cwd=self.folder,
                                    env=self.environment, stdin=subprocess.DEVNULL, stdout=out_file, stderr=err_file,
                                    timeout=WAIT_SECONDS, check=False)
            out, err = (lines_of(file) for file in (out_file, err_file))
        self.assertEqual(result.returncode, code, out + err)
        return out, err

    def register(self, command, *arguments, code=0):
        return self.wine(f"{INSTALLED}/winrt-register.exe", command, *arguments, code=code)

    def client(self, action, *arguments, program=f"{TESTS}/client.exe"):
        """The lines that the client prints, each the words before the last, and the last."""
        out, _ = self.wine(program, action, *arguments)
        return [tuple(line.rsplit(" ", 1)) for line in out.splitlines()]

    def codes(self, *classes, program=f"{TESTS}/client.exe"):
        """What a program in the multithreaded apartment gets: the codes, in the order of the classes."""
        (_, initialized), *codes = self.client("mta", *classes, program=program)
        self.assertEqual(initialized, S_OK)
        self.assertEqual([name for name, _ in codes], list(classes))
        return [code for _, code in codes]

    def code(self, class_name, **options):
        return self.codes(class_name, **options)[0]

    def put(self, path, *names):
        """Copies files into a folder below the test's; its path."""
        folder = f"{self.folder}/{path}"
        os.makedirs(folder, exist_ok=True)
        for name in names:
            shutil.copy(name, folder)
        return folder

    def registered(self):
        """The registry's classes that are ours, each with its DLL."""
        out, _ = self.wine(REG, "query", KEY, "/s")
        dlls = {}
        for line in out.splitlines():
            if line.startswith("HKEY_"):
                name = line.rsplit("\\", 1)[1]
            elif "DllPath" in line:
                dlls[name] = line.split("    ")[-1]
        ours = file_classes(f"{INSTALLED}/winrt-backgroundtransfer.reg", "ActivatableClassId\\", "]") | {ONE, TWO}
        return {name: dll for name, dll in dlls.items() if name in ours}
