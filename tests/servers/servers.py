#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Starts and stops the test servers.

    servers.py start --state FOLDER --env FILE   returns when they answer; FILE has their addresses, NAME=value
    servers.py stop --state FOLDER
    servers.py run --state FOLDER --env FILE     in the foreground, for people
    servers.py list                              the rows of the fault server

Nothing listens outside loopback, every port is a free one. Servers that nobody talks to for an hour end themselves.
"""

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import certificates
import fault
import files
import ftp
import nginx
from fault import proxy, server, table
from fault.tls import context, old_context

IDLE_SECONDS = 3600
START_SECONDS = 60


def pid_file(state):
    return f"{state}/servers.pid"


def locked(file):
    """Whether a living server holds the pid file."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True


def stop(state):
    try:
        with open(pid_file(state), encoding="ascii") as file:
            if not locked(file):
                return
            os.kill(int(file.read()), signal.SIGTERM)
            fcntl.flock(file, fcntl.LOCK_EX)
    except (FileNotFoundError, ProcessLookupError):
        pass


def closed_port():
    """A port that refuses connections, and stays ours: bound, never listening."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock


def silent_port():
    """A port that does not even complete a connection: its queue is full. The sockets are to be kept."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(0)
    fillers = []
    for _ in range(8):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(sock.getsockname())
        fillers.append(filler)
    return sock, fillers


def address(sock):
    return "http://127.0.0.1:%d" % sock.getsockname()[1]


def variable(prefix, certificate):
    return f"{prefix}_{certificate}".upper().replace("-", "_")


class Servers:
    def __init__(self, state):
        self.last_request = time.monotonic()
        tls = f"{state}/certificates"
        www = f"{state}/www"
        ftp_folder = f"{state}/ftp"
        certificates.make(tls)
        files.make(www)
        files.make(ftp_folder, files.FTP_SIZES)
        self.nginx = nginx.Nginx(f"{state}/nginx", www, tls, server.has_ipv6())
        self.ftp = ftp.Ftp(ftp_folder)
        self.closed = closed_port()
        self.silent, self.fillers = silent_port()
        self.urls = self.nginx.urls | self.ftp.urls
        self.urls |= {"CLOSED_HTTP": address(self.closed), "SILENT_HTTP": address(self.silent)}
        self.urls |= {"CA_FILE": f"{tls}/authority.pem", "CA_DIR": f"{tls}/trusted",
                      "SYSTEM_CA_FILE": f"{tls}/system-authority.pem", "WWW_DIR": www,
                      "FTP_DIR": ftp_folder}
        rows = fault.FaultHandler()
        plain = self.listen("FAULT_HTTP", "http://127.0.0.1", rows)
        secure = self.listen("FAULT_HTTPS", "https://localhost", rows, context(tls, "good"))
        self.listen("FAULT_OTHER", "http://127.0.0.1", rows)
        for name in certificates.SERVERS:
            self.listen(variable("TLS", name), "https://localhost", rows, context(tls, name))
        self.listen("TLS_OLD", "https://localhost", rows, old_context(tls))
        self.listen("PROXY_HTTP", "http://127.0.0.1", proxy.Proxy(plain.port, secure.port))
        self.listen("PROXY_AUTH_HTTP", "http://127.0.0.1",
                    proxy.Proxy(plain.port, secure.port, "proxy-user", "proxy-password"))
        for name in certificates.PROXIES:
            self.listen(variable("PROXY_TLS", name), "https://localhost", proxy.Proxy(plain.port, secure.port),
                        context(tls, name))
        if len(plain.sockets) > 1:
            self.urls["FAULT_HTTP6"] = f"http://[::1]:{plain.port}"

    def listen(self, name, base, handler, context=None):
        listener = server.Listener(handler, context, self.urls)
        listener.on_request = self.touch
        listener.start()
        self.urls[name] = f"{base}:{listener.port}"
        return listener

    def touch(self):
        self.last_request = time.monotonic()

    def write(self, path):
        with open(f"{path}.part", "w", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in sorted(self.urls.items()))
        os.replace(f"{path}.part", path)

    def wait(self, stopped):
        """Until told to stop, out of use, or nginx has died."""
        while not stopped.wait(1):
            if time.monotonic() - self.last_request > IDLE_SECONDS or self.nginx.process.poll() is not None:
                return


def run(state, env):
    os.makedirs(state, exist_ok=True)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with open(pid_file(state), "a+", encoding="ascii") as file:
        if locked(file):
            sys.exit(f"servers with {state} are running already")
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        servers = Servers(state)
        try:
            servers.write(env)
            servers.wait(stopped)
        finally:
            if os.path.exists(env):
                os.remove(env)
            servers.nginx.stop()
            servers.ftp.stop()


def start(state, env):
    """The servers are a session of their own, so that the end of CTest's command does not end them."""
    stop(state)
    os.makedirs(state, exist_ok=True)
    if os.path.exists(env):
        os.remove(env)
    with open(f"{state}/servers.log", "wb") as log:
        process = subprocess.Popen([sys.executable, os.path.abspath(__file__), "run", "--state", state, "--env", env],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    deadline = time.monotonic() + START_SECONDS
    while not os.path.exists(env):
        if process.poll() is not None or time.monotonic() > deadline:
            process.terminate()
            with open(f"{state}/servers.log", encoding="utf-8", errors="replace") as log:
                sys.exit("the test servers do not start:\n" + log.read())
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("start", "stop", "run", "list"))
    parser.add_argument("--state", help="folder for certificates, files, logs")
    parser.add_argument("--env", help="file that gets the addresses")
    arguments = parser.parse_args()
    if arguments.command == "list":
        print(table.listing(), end="")
        return
    state = os.path.abspath(arguments.state)
    if arguments.command == "stop":
        stop(state)
    else:
        {"start": start, "run": run}[arguments.command](state, os.path.abspath(arguments.env))


if __name__ == "__main__":
    main()
