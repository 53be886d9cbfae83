# SPDX-License-Identifier: MIT
"""The ftp servers of ftp_server.py as a process."""

import os
import subprocess
import sys

PYTHONS = (sys.executable, "/usr/bin/python3")


def find():
    """A Python that has pyftpdlib."""
    for python in PYTHONS:
        if subprocess.run([python, "-c", "import pyftpdlib"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return python
    raise RuntimeError("pyftpdlib is not installed (Debian: python3-pyftpdlib)")


class Ftp:
    """Started when made; `urls` has the base URL of each server by name. Ends with the process that has made it."""

    def __init__(self, folder):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ftp_server.py")
        self.process = subprocess.Popen([find(), "-W", "ignore", program, folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.urls = {}
        while line := self.process.stdout.readline().strip():
            name, port = line.split("=")
            self.urls[name] = f"ftp://127.0.0.1:{port}"
        if not self.urls:
            raise RuntimeError("the ftp servers do not start")

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
