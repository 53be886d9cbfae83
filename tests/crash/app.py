# SPDX-License-Identifier: MIT
"""What the tests of crashes share: the app (tests/api/persistent_program.c), told what to do by lines, and killed."""

import contextlib
import os
import queue
import subprocess
import threading
import time

from fault.content import pattern
from harness import EMULATOR, SampleTest, lines_of

WAIT_SECONDS = 60

IDLE, RUNNING, PAUSED, COSTED, OFFLINE, COMPLETED, CANCELED, ERROR, PARKED = range(9)  # BackgroundTransferStatus
ASYNC_COMPLETED, ASYNC_CANCELED, ASYNC_ERROR = 1, 2, 3  # AsyncStatus

E_ILLEGAL_METHOD_CALL = 0x8000000E

EVENTS = ("progress", "completed", "read")


class Ended(AssertionError):
    """The app is no more, and has not answered."""


class Failed(Exception):
    """A command has answered with an HRESULT."""

    def __init__(self, hresult):
        super().__init__(f"0x{hresult:08X}")
        self.hresult = hresult


class App:
    """One process of the app."""

    def __init__(self, test, stderr=None, **environment):
        self.process = subprocess.Popen([*EMULATOR, os.environ["WINRT_TEST_PROGRAM"]], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=stderr, cwd=test.folder,
                                        env=test.environment | environment)
        self.answers = queue.Queue()
        self.events = []
        self.changed = threading.Condition()
        self.ended = False
        threading.Thread(target=self.read, daemon=True).start()
        self.answer("ready")

    def read(self):
        for line in self.process.stdout:
            fields = lines_of(line).rstrip("\n").split("\t")
            if fields[0] in EVENTS:
                with self.changed:
                    self.events.append(fields)
                    self.changed.notify_all()
            else:
                self.answers.put(fields)
        with self.changed:
            self.ended = True
            self.changed.notify_all()
        self.answers.put(["end"])

    def answer(self, last="done"):
        """The lines up to the one that begins with `last`, which is the last of them."""
        lines = []
        while not lines or lines[-1][0] != last:
            lines.append(self.answers.get(timeout=WAIT_SECONDS))
            if lines[-1][0] == "end":
                raise Ended(f"the app has ended with {self.process.wait()}: {lines}")
        return lines

    def send(self, *fields):
        self.process.stdin.write(("\t".join(map(str, fields)) + "\n").encode())
        self.process.stdin.flush()

    def done(self):
        """The answer of the command that was sent, without `done`. Raises Failed."""
        *lines, (_, hresult) = self.answer()
        if int(hresult, 16):
            raise Failed(int(hresult, 16))
        return lines

    def tell(self, *fields):
        self.send(*fields)
        return self.done()

    def create(self, name, url, **settings):
        """The GUID. `header` may be a list."""
        fields = []
        for key, value in settings.items():
            fields += [f"{key}={one}" for one in (value if isinstance(value, list) else [value])]
        return self.tell("create", name, url, *fields)[0][2]

    @staticmethod
    def shown(line):
        """A line of `show` as a dictionary; numbers are numbers."""
        values = dict(field.split("=", 1) for field in line[2:])
        return {key: int(value) if value.isdigit() and key != "tag" else value for key, value in values.items()}

    def show(self, name):
        return self.shown(self.tell("show", name)[0])

    @classmethod
    def listing(cls, lines):
        """{GUID: what is shown}, in the order of the list."""
        result = {line[1]: cls.shown(line) for line in lines if line[0] == "shown"}
        assert len(result) == int(lines[-1][1]) == len(lines) - 1, lines
        return result

    def list(self, command="list", *arguments):
        return self.listing(self.tell(command, *arguments))

    def wait_event(self, matches):
        """The first event of which `matches` is true."""
        deadline = time.monotonic() + WAIT_SECONDS
        seen = 0
        with self.changed:
            while True:
                for event in self.events[seen:]:
                    if matches(event):
                        return event
                seen = len(self.events)
                if self.ended or not self.changed.wait(max(0, deadline - time.monotonic())):
                    error = Ended if self.ended else AssertionError
                    raise error(f"it did not happen; the last events: {self.events[-5:]}")

    def wait_bytes(self, name, count):
        self.wait_event(lambda event: event[0] == "progress" and event[1] == name and int(event[3]) >= count)

    def wait_status(self, name, status):
        """Of the operation, in an event."""
        self.wait_event(lambda event: event[0] == "progress" and event[1] == name and int(event[2]) == status)

    def poll_status(self, name, status):
        """Of the operation, asking for it: for an end that nobody is to be told of."""
        deadline = time.monotonic() + WAIT_SECONDS
        while (shown := self.show(name))["status"] != status:
            assert time.monotonic() < deadline, shown
            time.sleep(0.02)
        return shown

    def poll_collected(self, guid, *command):
        """Its end was told; it is collected when the handler has returned, of which there is no event."""
        deadline = time.monotonic() + WAIT_SECONDS
        while guid in (listed := self.list(*command)):
            assert time.monotonic() < deadline, listed
            time.sleep(0.02)

    def wait_completed(self, name):
        """(AsyncStatus, HRESULT)"""
        event = self.wait_event(lambda event: event[0] == "completed" and event[1] == name)
        return int(event[2]), int(event[3], 16)

    def finish(self, *names):
        """Waits until all of them are downloaded."""
        for name in names:
            status, error = self.wait_completed(name)
            assert status == ASYNC_COMPLETED, f"{name}: {status}, 0x{error:08X}"

    def kill(self):
        self.process.kill()
        self.close()

    def quit(self):
        """The proper end; its exit code."""
        self.send("quit")
        return self.close()

    def close(self):
        code = self.process.wait(WAIT_SECONDS)
        with contextlib.suppress(BrokenPipeError):  # of a command that has not reached it
            self.process.stdin.close()
        with self.changed:
            self.changed.wait_for(lambda: self.ended, WAIT_SECONDS)
        self.process.stdout.close()
        return code


class CrashTest(SampleTest):
    def setUp(self):
        super().setUp()
        self.environment |= {"WINRT_APP_ID": "crash-test", "WINRT_RETRY_BASE_MS": "1"}
        self.state = f"{self.scratch}/state"
        self.apps = []
        self.addCleanup(self.end_apps)

    def app(self, **environment):
        app = App(self, **environment)
        self.apps.append(app)
        return app

    def end_apps(self):
        for app in self.apps:
            if app.process.poll() is None:
                app.kill()

    def token(self, name):
        return f"{name}-{os.getpid()}-{self.id().rsplit('.', 1)[-1]}"

    def url(self, name, steps="ok", size=1000000, **options):
        """An address of /script with a token of that name."""
        more = "".join(f"&{key}={value}" for key, value in options.items())
        return f"{self.servers['FAULT_HTTP']}/script/{size}?token={self.token(name)}&living=1&steps={steps}{more}"

    def new_file(self, name):
        """A new, empty file, as the app takes it."""
        with open(f"{self.folder}/{name}", "wb"):
            pass
        return self.path_for_program(f"{self.folder}/{name}")

    def requests(self, name):
        """[(method, Range, If-Range)]"""
        return [tuple(line.split(" ", 2)) for line in self.ask(f"/requests/{self.token(name)}").splitlines()]

    def check_file(self, name, size=1000000, offset=0):
        self.assertTrue(self.read(name) == pattern(offset, size), f"{name} is not the server's")

    def started(self, app, name, steps, **settings):
        """Creates and starts one with a file of its name; its GUID."""
        guid = app.create(name, self.url(name, steps), file=self.new_file(name), **settings)
        app.tell("start", name)
        return guid

    def held(self, app, name, count=400000, **settings):
        """The same, that stops after so many bytes, which have come when this returns; good from then on."""
        guid = self.started(app, name, f"hold:{count},ok", **settings)
        app.wait_bytes(name, count)
        return guid

    def check_range(self, name, number, first):
        """That request was for the file from `first` on, with the tag."""
        expected = ("GET", f"bytes={first}-", '"size-1000000"') if first else ("GET", "-", "-")
        self.assertEqual(self.requests(name)[number], expected)
