# SPDX-License-Identifier: MIT
"""What the tests of the samples share: an empty folder, the servers' addresses, and running a program."""

import os
import shutil
import subprocess
import unittest
import urllib.request

WAIT_SECONDS = 90


def servers():
    with open(os.environ["WINRT_TEST_SERVERS"], encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("=", 1) for line in file)


def same_file(one, other):
    with open(one, "rb") as first, open(other, "rb") as second:
        return first.read() == second.read()


class SampleTest(unittest.TestCase):
    def setUp(self):
        self.scratch = os.environ["WINRT_TEST_SCRATCH"]
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.folder = f"{self.scratch}/files"
        os.makedirs(self.folder)
        self.servers = servers()
        self.www = self.servers["WWW_DIR"]
        self.environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}

    def program(self, name):
        return f"{os.environ['WINRT_TEST_BUILD']}/samples/{name}/{name}"

    def run_program(self, name, *arguments, code=0):
        """Runs it in the folder, checks its exit code; (standard output, standard error)."""
        result = subprocess.run([self.program(name), *arguments], cwd=self.folder, env=self.environment, text=True,
                                capture_output=True, timeout=WAIT_SECONDS, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout, result.stderr

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
