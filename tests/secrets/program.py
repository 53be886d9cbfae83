# SPDX-License-Identifier: MIT
"""What the tests of this folder share: the app of tests/crash with its secrets, and all that it says and leaves."""

import contextlib
import json
import os
import stat
import subprocess
import sys
import time

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "crash"))

from app import ASYNC_COMPLETED, ASYNC_ERROR, ERROR, PARKED, PAUSED, App, CrashTest, Failed  # noqa: E402
from canary import SEED, Canaries  # noqa: E402
from harness import EMULATOR, WAIT_SECONDS  # noqa: E402

TOOL = f"{os.environ['WINRT_TEST_BUILD']}/src/transfers/winrt-transfers" + (".exe" if EMULATOR else "")

NAMES = ("server_user", "server_password", "proxy_user", "proxy_password", "uri_user", "uri_password", "ftp_user",
         "ftp_password", "token", "cookie", "own_header", "later_header", "new_user", "new_password", "body", "refused",
         "environment_user", "environment_password")


class Copied:
    """Lines of a stream, which are kept."""

    def __init__(self, stream, copy):
        self.stream = stream
        self.copy = copy

    def __iter__(self):
        for line in self.stream:
            self.copy.append(line)
            yield line

    def close(self):
        self.stream.close()


class SecretApp(App):
    def __init__(self, test, **environment):
        self.lines = []
        with open(f"{test.scratch}/errors", "ab") as errors:
            super().__init__(test, stderr=errors, **environment)

    def read(self):
        self.process.stdout = Copied(self.process.stdout, self.lines)
        super().read()

    def said(self):
        """All lines, but for the app's own address, which it may have back as it was (`uri=` of `shown`)."""
        return b"".join(b"\t".join(field for field in line.split(b"\t") if not field.startswith(b"uri="))
                        for line in self.lines)


class SecretTest(CrashTest):
    def setUp(self):
        super().setUp()
        self.secrets = Canaries(*NAMES)
        self.temporary = f"{self.scratch}/temporary"
        self.home = f"{self.scratch}/home"
        os.mkdir(self.temporary)
        os.mkdir(self.home)
        if not EMULATOR:  # Wine's server would have its socket there
            self.environment |= {"HOME": self.home, "TMPDIR": self.temporary}
            self.environment.pop("XDG_STATE_HOME", None)
        else:
            self.environment["WINEDEBUG"] = "+debugstr"  # what OutputDebugString says goes to standard error
        print(f"seed: {SEED}", flush=True)

    def app(self, **environment):
        app = SecretApp(self, **environment)
        self.apps.append(app)
        return app

    def settings(self, **more):
        """Every secret that a download can have besides those of its address."""
        secrets = self.secrets
        return {"header": [f"Authorization: Bearer {secrets.token}", f"Cookie: sid={secrets.cookie}",
                           f"X-Token: {secrets.own_header}"],
                "proxy": f"{secrets.proxy_user}:{secrets.proxy_password}"} | more

    def server_credential(self):
        return f"{self.secrets.server_user}:{self.secrets.server_password}"

    def with_user_info(self, url):
        return url.replace("://", f"://{self.secrets.uri_user}:{self.secrets.uri_password}@", 1)

    def seen(self, name):
        return json.loads(self.ask(f"/seen/{self.token(name)}"))

    def tool(self, *arguments):
        """What winrt-transfers says, on both streams."""
        result = subprocess.run([*EMULATOR, TOOL, *arguments], env=self.environment, cwd=self.folder,
                                stdin=subprocess.DEVNULL, capture_output=True, timeout=WAIT_SECONDS, check=False)
        return result.stdout + b"\n" + result.stderr

    def check_clean(self, text, where, *but):
        if isinstance(text, str):
            text = text.encode()
        self.assertEqual(self.secrets.found_in(text, *but), [], where)

    def wait_until(self, happened):
        deadline = time.monotonic() + WAIT_SECONDS
        while not happened():
            self.assertLess(time.monotonic(), deadline, "it did not happen")
            time.sleep(0.02)

    def stored(self):
        """All files of the state folder: {path: content}. A program that runs may have just renamed one."""
        result = {}
        for folder, _, names in os.walk(self.state):
            for name in names:
                with contextlib.suppress(FileNotFoundError), open(f"{folder}/{name}", "rb") as file:
                    result[f"{folder}/{name}"] = file.read()
        return result

    def check_private(self):
        """What is stored is for the user alone, and no secret is in a name."""
        for folder, folders, names in os.walk(self.state):
            for name in (".", *folders, *names):
                self.check_clean(name, folder)
                with contextlib.suppress(FileNotFoundError):
                    self.check_mode(f"{folder}/{name}")

    def check_mode(self, path):
        mode = os.lstat(path).st_mode
        if not EMULATOR:
            self.assertEqual(stat.S_IMODE(mode), 0o700 if stat.S_ISDIR(mode) else 0o600, path)

    def check_said(self):
        """Nothing secret was written anywhere but into the store."""
        for app in self.apps:
            self.check_clean(app.said(), "standard output")
        with open(f"{self.scratch}/errors", "rb") as file:
            self.check_clean(file.read(), "standard error")
        for top in (self.temporary, self.home):
            self.assertEqual([names for _, _, names in os.walk(top) if names], [], top)
        self.check_private()

    def check_shown(self, *ids):
        """By winrt-transfers, in each of its forms."""
        outputs = {"list": self.tool("list"), "list --json": self.tool("list", "--json"),
                   "show": self.tool("show", *ids), "show --json": self.tool("show", "--json", *ids),
                   "export": self.tool("export")}
        file = f"{self.folder}/exported.reg"
        outputs["export FILE"] = self.tool("export", self.path_for_program(file))
        with open(file, "rb") as exported:
            content = exported.read()
        outputs["the exported file"] = content
        outputs["the exported text"] = content.decode("utf-16").encode()
        for name, output in outputs.items():
            self.check_clean(output, name)
        for guid in ids:
            self.assertIn(guid.encode(), outputs["list"])
        self.assertIn(b"<redacted>", outputs["export"])

    def check_process(self, app):
        """Nobody learns anything of it from the system."""
        if EMULATOR or os.environ.get("WINRT_TEST_SANITIZED"):  # which start a symbolizer
            return
        process = f"/proc/{app.process.pid}"
        for name in ("cmdline", "environ", "comm"):
            with open(f"{process}/{name}", "rb") as file:
                self.check_clean(file.read(), name)
        for task in os.listdir(f"{process}/task"):
            with open(f"{process}/task/{task}/children", "rb") as file:
                self.assertEqual(file.read(), b"")
            with open(f"{process}/task/{task}/comm", "rb") as file:
                self.check_clean(file.read(), "the name of a thread")


__all__ = ["ASYNC_COMPLETED", "ASYNC_ERROR", "EMULATOR", "ERROR", "Failed", "PARKED", "PAUSED", "SecretTest"]
