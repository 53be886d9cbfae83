# SPDX-License-Identifier: MIT
"""What the tests of the samples share: an empty folder, the servers' addresses, and running a program.

A program for Windows runs under Wine, whose command WINRT_TEST_EMULATOR names. It takes and shows Windows paths, in
which Wine shows the root as WINRT_TEST_PATH_PREFIX, and its lines end with CR LF."""

import hashlib
import os
import shlex
import shutil
import subprocess
import unittest
import urllib.request

WAIT_SECONDS = 90

EMULATOR = shlex.split(os.environ.get("WINRT_TEST_EMULATOR", ""))
PATH_PREFIX = os.environ.get("WINRT_TEST_PATH_PREFIX", "")

# On Windows nothing can be done at the end of a process, whose other threads have ended before: what has just been
# completed may not be on the disk yet, and the next process finds it again.
needs_end_of_process = unittest.skipIf(EMULATOR, "Windows ends a process without a last word of its threads")


def servers():
    with open(os.environ["WINRT_TEST_SERVERS"], encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("=", 1) for line in file)


def same_file(one, other):
    with open(one, "rb") as first, open(other, "rb") as second:
        return first.read() == second.read()


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def lines_of(output):
    """What a program printed, with line ends as they are here. The wide functions of Windows' C library print in an old
    code page, with which UTF-8 is mixed then."""
    if EMULATOR:
        return output.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
    return output.decode("utf-8")


class SampleTest(unittest.TestCase):
    def setUp(self):
        self.scratch = os.environ["WINRT_TEST_SCRATCH"]
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.folder = f"{self.scratch}/files"
        os.makedirs(self.folder)
        self.servers = servers()
        self.www = self.servers["WWW_DIR"]
        self.environment = {key: value for key, value in os.environ.items()
                            if not key.lower().endswith("_proxy") and not key.startswith("SSL_CERT_")}

    @staticmethod
    def path_for_program(path):
        """An absolute path as the program under test takes it."""
        return PATH_PREFIX + path

    @staticmethod
    def path_here(path):
        """Where a file is that the program under test names."""
        if not EMULATOR:
            return path
        drive, rest = path.split(":", 1)
        return f"{EMULATOR[-1]}/dosdevices/{drive.lower()}:{rest}".replace("\\", "/")

    def start(self, *arguments, **options):
        """Starts the program under test in the folder."""
        return subprocess.Popen([*EMULATOR, os.environ["WINRT_TEST_PROGRAM"], *arguments], cwd=self.folder,
                                env=self.environment, **({"stdin": subprocess.DEVNULL} | options))

    def run_program(self, *arguments, code=0):
        """Runs it, checks its exit code; (standard output, standard error)."""
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with process:
            try:
                out, err = (lines_of(output) for output in process.communicate(timeout=WAIT_SECONDS))
            finally:
                process.kill()
        self.assertEqual(process.returncode, code, out + err)
        return out, err

    def ask(self, path):
        """One request to the fault server, to steer it."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.servers["FAULT_HTTP"] + path, timeout=WAIT_SECONDS) as answer:
            return answer.read().decode()

    def files(self):
        return sorted(os.listdir(self.folder))

    def read(self, name):
        with open(f"{self.folder}/{name}", "rb") as file:
            return file.read()
