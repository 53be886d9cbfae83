# SPDX-License-Identifier: MIT
"""A way to the server that takes 200 ms there and back: netem on the loopback of a network namespace, where the kernel
has it and we may; else relay.py."""

import contextlib
import ctypes
import os
import subprocess
import sys

ROUND_TRIP_MS = 200
CLONE_NEWNET = 0x40000000
QDISC = ("netem", "delay", f"{ROUND_TRIP_MS // 2}ms", "limit", "100000")


def run(*command):
    try:
        subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise RuntimeError(f"{' '.join(command)}: {getattr(error, 'stderr', '') or error}") from error


def enter(namespace):
    """This thread, and what it starts, is in that namespace, an open file, from here on."""
    if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), f"setns {namespace.name}")


class Namespace:
    """Has a server of its own; every client is started while in it."""

    how = "netem in a network namespace"

    def __init__(self, start_server):
        self.name = f"bench-{os.getpid()}"
        self.server = None
        run("ip", "netns", "add", self.name)
        try:
            run("ip", "-n", self.name, "link", "set", "lo", "up")
            run("tc", "-n", self.name, "qdisc", "add", "dev", "lo", "root", *QDISC)
            with self.entered():
                self.server = start_server()
            self.url = self.server.urls["NGINX_HTTP"]
        except Exception:
            self.stop()
            raise

    @contextlib.contextmanager
    def entered(self):
        with open("/proc/thread-self/ns/net", "rb") as outside, open(f"/run/netns/{self.name}", "rb") as inside:
            enter(inside)
            try:
                yield
            finally:
                enter(outside)

    def stop(self):
        if self.server:
            self.server.stop()
        run("ip", "netns", "del", self.name)


class Relay:
    how = "a relay (tests/bench/relay.py)"

    def __init__(self, server_url):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "relay.py")
        port = server_url.rsplit(":", 1)[1]
        self.process = subprocess.Popen([sys.executable, program, port, str(ROUND_TRIP_MS)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}"

    def entered(self):
        return contextlib.nullcontext()

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def make(server_url, start_server):
    """`start_server` starts another server, an nginx.Nginx, with the same files."""
    try:
        return Namespace(start_server)
    except (OSError, RuntimeError):
        return Relay(server_url)
