# SPDX-License-Identifier: MIT
"""winrt-transfers, with stores that the program `stored` has made."""

import datetime
import json
import os
import shutil
import stat
import subprocess
import sys
import unittest

from harness import EMULATOR, PATH_PREFIX, WAIT_SECONDS, lines_of

STORED = f"{os.environ['WINRT_TEST_BUILD']}/tests/transfers/transfers_stored" + (".exe" if EMULATOR else "")

ONE = "{6f9619ff-8b86-d011-b42d-00c04fc964ff}"
TWO = "{00000000-0000-4000-8000-000000000002}"
THREE = "{00000000-0000-4000-8000-000000000003}"
NONE = "{00000000-0000-4000-8000-00000000ffff}"

ACTIVE, PAUSED, PARKED, COMPLETED, CANCELED, FAILED = range(6)

SECRETS = ["secret-uri", "secret-header", "secret-cookie", "secret-name", "secret-word", "secret-new"]


def text(name, value):
    return [name, "text", value]


def dword(name, value):
    return [name, "dword", str(value)]


def qword(name, value):
    return [name, "qword", str(value)]


def download(file="a.bin", state=ACTIVE, received=0, total=0):
    values = text("RequestedUri", f"http://user:secret-uri@example.com/{file}?q")
    values += text("ResultFile", f"/files/{file}") + text("Platform", "posix")
    values += dword("State", state) + qword("BytesReceived", received)
    values += qword("LastAsked", 134000000000000000 + 10 ** 15 * 9)  # not stale for a long time
    return values + (qword("TotalBytes", total) if total else [])


class Instance:
    """A running instance of an app."""

    def __init__(self, app, environment):
        self.process = subprocess.Popen([*EMULATOR, STORED],
                                        env=environment | {"WINRT_APP_ID": app}, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def read(self):
        return self.process.stdout.readline().decode().strip()

    def do(self, *parts):
        self.process.stdin.write(("\t".join(parts) + "\n").encode(errors="surrogateescape"))
        self.process.stdin.flush()
        answer = self.read()
        assert answer == "done", answer

    def put(self, guid, values):
        self.do("put", guid, *values)

    def end(self):
        self.process.stdin.close()
        self.process.wait(WAIT_SECONDS)
        self.process.stdout.close()


class Tests(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.scratch = os.environ["WINRT_TEST_SCRATCH"]
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.folder = f"{self.scratch}/files"
        self.state = f"{self.scratch}/state"
        os.makedirs(self.folder)
        os.mkdir(self.state, 0o700)
        self.environment = os.environ | {"WINRT_STATE_DIR": PATH_PREFIX + self.state}
        self.environment.pop("WINRT_APP_ID", None)

    def run_program(self, *arguments, code=0):
        """Standard output and standard error."""
        done = subprocess.run([*EMULATOR, os.environ["WINRT_TEST_PROGRAM"], *arguments], cwd=self.folder,
                              env=self.environment, capture_output=True, stdin=subprocess.DEVNULL,
                              timeout=WAIT_SECONDS, check=False)
        out, err = lines_of(done.stdout), lines_of(done.stderr)
        self.assertEqual(done.returncode, code, out + err)
        if code == 0:
            self.assertEqual(err, "")
        for secret in SECRETS:
            self.assertNotIn(secret, out + err)
        return out, err

    def downloads(self, *arguments, code=0):
        return json.loads(self.run_program("list", "--json", *arguments, code=code)[0])["downloads"]

    def instance(self, app="test.app"):
        instance = Instance(app, self.environment)
        self.addCleanup(lambda: instance.process.poll() is None and instance.end())
        return instance

    def store(self, downloads, app="test.app"):
        """What an instance leaves that has ended."""
        instance = self.instance(app)
        for guid, values in downloads.items():
            instance.put(guid, values)
        instance.end()

    def hives(self, app="test.app"):
        folder = f"{self.state}/{app}/transfers"
        return [f"{folder}/{name}" for name in sorted(os.listdir(folder)) if name.endswith(".hive")]

    def test_nothing_stored(self):
        self.assertEqual(self.run_program("list")[0], "No downloads.\n")
        self.assertEqual(self.downloads(), [])
        missing = PATH_PREFIX + self.scratch + "/none"
        self.assertEqual(self.run_program("list", "--state-dir", missing)[0], "No downloads.\n")
        self.assertEqual(self.run_program("purge")[0], "0 downloads forgotten.\n")
        self.assertEqual(self.run_program("export")[0], "Windows Registry Editor Version 5.00\n\n")

    def test_table(self):
        self.store({ONE: download("a.bin", PAUSED, 1536, 3072),
                    TWO: download("b" * 40, FAILED, 10) + text("ErrorMessage", "no such host")})
        self.store({THREE: download("c.bin", PARKED, 2 ** 40 * 3 // 2, 2 ** 41) + dword("ErrorHttpStatus", 401)},
                   "other app/x")
        self.assertEqual(self.run_program("list")[0], "\n".join([
            "other app/x",
            "ID" + " " * 38 + "STATE" + " " * 13 + "RECEIVED     %  FILE   FROM",
            THREE + "  parked  1.5 TiB of 2.0 TiB  75 %  c.bin  http://example.com/c.bin?q",
            "    the server answered 401; the app is to decide how to go on",
            "",
            "test.app",
            "ID" + " " * 38 + "STATE" + " " * 13 + "RECEIVED     %  FILE" + " " * 30 + "FROM",
            ONE + "  paused  1.5 KiB of 3.0 KiB  50 %  a.bin                             "
            "http://example.com/a.bin?q",
            "    by the app, which is to resume it",
            TWO + "  failed                10 B        " + "b" * 29 + "...  http://example.com/" + "b" * 40 + "?q",
            "    no such host",
            ""]))

    def test_json(self):
        values = download("a.bin", COMPLETED, 5, 5)
        values += text("Tag", "a \"tag\" \\ \u00e4\U0001f600\x1b[2J") + dword("Attempts", 2)
        values += qword("Created", 134082650360000000) + text("ETag", "\"x\"") + qword("MaxBytesPerSecond", 20480)
        values += dword("MaxConnections", 4)
        self.store({ONE: values})
        found, = self.downloads()
        self.assertEqual({key: found[key] for key in found if key not in ("hive", "lastAsked")}, {
            "app": "test.app", "id": ONE, "live": False, "state": "completed", "reason": None,
            "resultFile": "/files/a.bin", "uri": "http://example.com/a.bin?q", "method": None,
            "bytesReceived": 5, "totalBytes": 5, "created": "2025-11-22T06:03:56Z", "group": None,
            "transferGroup": None, "tag": "a \"tag\" \\ \u00e4\U0001f600\x1b[2J",
            "maxBytesPerSecond": 20480, "maxConnections": 4, "priority": None,
            "costPolicy": None, "attempts": 2, "retries": None, "restarts": None,
            "responseStatus": None, "responseUri": None, "etag": "\"x\"", "lastModified": None,
            "error": None, "errorHttpStatus": None})
        self.assertEqual(json.loads(self.run_program("show", "--json", ONE)[0]), {"downloads": [found]})

    def test_dates(self):
        dates = [datetime.datetime(*date, tzinfo=datetime.timezone.utc) for date in (
            (1601, 1, 1), (1604, 2, 29), (1700, 2, 28, 23, 59, 59), (1700, 3, 1), (2000, 2, 29), (2000, 12, 31),
            (2001, 1, 1), (2023, 12, 31), (2024, 2, 29), (2024, 12, 31, 12), (2026, 3, 1), (2100, 2, 28), (2100, 3, 1),
            (2400, 2, 29), (2400, 12, 31), (9999, 12, 31, 23, 59, 59))]
        start = dates[0]
        self.store({f"{{00000000-0000-4000-8000-{i:012x}}}":
                    download() + qword("Created", (date - start) // datetime.timedelta(microseconds=1) * 10)
                    for i, date in enumerate(dates)})
        self.assertEqual([found["created"] for found in self.downloads()],
                         [date.strftime("%Y-%m-%dT%H:%M:%SZ") for date in dates])

    def test_sizes(self):
        sizes = {0: "0 B", 1023: "1023 B", 1024: "1.0 KiB", 1025: "1.0 KiB", 1024 ** 2 - 1: "1023.9 KiB",
                 1024 ** 2: "1.0 MiB", 1024 ** 3 * 5 // 2: "2.5 GiB", 2 ** 64 - 1: "15.9 EiB"}
        self.store({f"{{00000000-0000-4000-8000-{i:012x}}}": download(received=size) for i, size in enumerate(sizes)})
        lines = self.run_program("list")[0].splitlines()[2::2]
        self.assertEqual([" ".join(line.split()[2:4]) for line in lines], list(sizes.values()))

    def test_show(self):
        values = download("a.bin", ACTIVE, 1, 3) + text("Method", "PUT") + dword("Retries", 2)
        values += qword("Created", 134082650360000000) + text("Group", "films")
        values += dword("MaxConnections", 4)
        self.store({ONE: values, TWO: download()})
        out, _ = self.run_program("show", ONE.upper()[1:-1])
        self.assertEqual(out.split("Last asked for")[0], "\n".join([
            "ID              " + ONE,
            "App             test.app",
            "Program         has ended",
            "State           interrupted",
            "                its program has ended; it goes on when the app asks for its downloads",
            "From            http://example.com/a.bin?q",
            "To              /files/a.bin",
            "Received        1 of 3 bytes (33 %)",
            "Method          PUT",
            "Group           films",
            "Max connections 4",
            "Created         2025-11-22 06:03:56 UTC",
            ""]))
        self.assertIn("bytes; how many", self.run_program("show", TWO)[0])
        out, err = self.run_program("show", ONE, NONE, code=1)
        self.assertIn(ONE, out)
        self.assertIn(NONE + ": no such download", err)

    def test_secrets_are_not_shown(self):
        values = download("a.bin", FAILED)
        values += ["RequestHeaders", "strings", "Authorization: secret-header|X: secret-header"]
        values += ["ResponseHeaders", "strings", "Set-Cookie: secret-cookie"]
        values += text("ServerUserName", "secret-name") + text("ServerPassword", "secret-word")
        values += text("ProxyUserName", "secret-name") + text("ProxyPassword", "secret-word")
        values += text("SomethingNew", "secret-new")
        self.store({ONE: values})
        self.run_program("list")
        self.run_program("list", "--json")
        self.run_program("show", "--json", ONE)
        shown = self.run_program("show", ONE)[0]
        self.assertIn("2, not shown", shown)
        self.assertIn("given, not shown", shown)
        self.assertEqual(self.run_program("export")[0].count("<redacted>"), 7)
        self.run_program("export", "out.reg")
        with open(f"{self.folder}/out.reg", encoding="utf-16") as file:
            exported = file.read()
        for secret in SECRETS:
            self.assertNotIn(secret, exported)

    def test_control_characters_reach_no_terminal(self):
        values = download("a\x1b[31m\u009b.bin") + text("Tag", "\x1b]0;title\x07")
        self.store({ONE: values})
        for arguments in (["list"], ["show", ONE], ["list", "--json"], ["show", "--json", ONE], ["export"]):
            out, _ = self.run_program(*arguments)
            self.assertEqual([c for c in out if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"], [], arguments)

    def test_what_is_no_text_becomes_text(self):
        self.store({ONE: download("a\udc9b\udcff.bin") + text("Tag", "\udce2\udc82")})
        self.assertIn("a\ufffd\ufffd.bin", self.run_program("list")[0])
        self.assertIn("a\ufffd\ufffd.bin", self.run_program("show", ONE)[0])
        self.assertIn("a\ufffd\ufffd.bin", self.run_program("export")[0])
        self.assertRegex(self.downloads()[0]["tag"], "\\A\ufffd+\\Z")

    def test_a_running_program(self):
        instance = self.instance()
        instance.put(ONE, download("a.bin", ACTIVE, 1, 2))
        before = self.snapshot()
        found, = self.downloads()
        self.assertEqual((found["live"], found["state"], found["reason"]), (True, "active", None))
        self.run_program("list")
        self.run_program("show", ONE)
        self.run_program("export", "out.reg")
        self.assertEqual(self.snapshot(), before)
        instance.put(ONE, download("a.bin", ACTIVE, 2, 2) + dword("Retries", 3))
        found, = self.downloads()
        self.assertEqual(found["bytesReceived"], 2)
        self.assertIn("3 times", found["reason"])
        instance.end()
        self.assertEqual(self.downloads()[0]["state"], "interrupted")

    def snapshot(self):
        """The content of all hives."""
        content = {}
        for hive in self.hives():
            with open(hive, "rb") as file:
                content[hive] = file.read()
        return content

    def test_cancel(self):
        self.store({ONE: download(state=PAUSED), TWO: download(state=COMPLETED)})
        self.assertEqual(self.run_program("cancel", ONE)[0], ONE + ": cancelled\n")
        self.assertEqual([found["state"] for found in self.downloads()], ["cancelled", "completed"])
        out, err = self.run_program("cancel", NONE, TWO, ONE, code=1)
        self.assertEqual(out, "")
        self.assertIn(NONE + ": no such download", err)
        self.assertIn(TWO + ": it has ended already", err)
        self.assertIn(ONE + ": it has ended already", err)

    def test_cancel_asks_a_running_program(self):
        instance = self.instance()
        instance.put(ONE, download())
        self.assertEqual(self.run_program("cancel", ONE)[0],
                         ONE + ": its program runs, and was asked to cancel it\n")
        self.assertEqual(instance.read(), "cancel " + ONE)

    def test_purge_forgets_what_has_ended(self):
        self.store({ONE: download(), TWO: download(state=COMPLETED), THREE: download(state=FAILED)})
        self.assertEqual(self.run_program("purge")[0], "2 downloads forgotten.\n")
        self.assertEqual([found["id"] for found in self.downloads()], [ONE])
        self.assertEqual(self.run_program("purge", "--all")[0], "1 download forgotten.\n")
        self.assertEqual(self.downloads(), [])
        self.assertEqual(self.hives(), [])

    def test_purge_one(self):
        self.store({ONE: download(), TWO: download()})
        live = self.instance()
        live.put(THREE, download())
        out, err = self.run_program("purge", TWO, THREE, NONE, code=1)
        self.assertEqual(out, "1 download forgotten.\n")
        self.assertIn(THREE + ": its program runs", err)
        self.assertIn(NONE + ": no such download", err)
        self.assertEqual(sorted(found["id"] for found in self.downloads()), sorted([ONE, THREE]))
        self.assertEqual(self.run_program("purge", "--all")[0], "1 download forgotten.\n")
        self.assertEqual([found["id"] for found in self.downloads()], [THREE])

    def test_one_app_alone(self):
        long = "x" * 200
        self.store({ONE: download()}, "a b")
        self.store({TWO: download()}, "c")
        self.store({THREE: download()}, long)
        self.assertEqual([found["id"] for found in self.downloads("--app", "a b")], [ONE])
        shown = next(found["app"] for found in self.downloads() if found["id"] == THREE)
        for name in (long, shown):
            self.assertEqual([found["id"] for found in self.downloads(f"--app={name}")], [THREE])
        self.run_program("cancel", "--app", "c", ONE, code=1)
        _, err = self.run_program("list", "--app", "none", code=1)
        self.assertIn("no app none has stored anything", err)
        for name in ("..", "/", "."):
            self.run_program("list", "--app", name, code=1)

    def test_export(self):
        self.store({ONE: download("a.bin", PAUSED, 1, 3)})
        text_out, _ = self.run_program("export")
        self.run_program("export", "out.reg")
        with open(f"{self.folder}/out.reg", "rb") as file:
            content = file.read()
        self.assertTrue(content.startswith(b"\xff\xfeW\0i\0"))
        self.assertEqual(content.decode("utf-16"), text_out.replace("\n", "\r\n"))
        hive = os.path.basename(self.hives()[0])
        key = f"HKEY_CURRENT_USER\\Software\\winrt-backgroundtransfer\\test.app\\{hive}\\Downloads\\{ONE}"
        self.assertIn(f"\n[{key}]\n", text_out)
        self.assertIn('"ResultFile"="/files/a.bin"\n', text_out)
        self.assertIn('"State"=dword:00000001\n', text_out)
        self.assertIn('"TotalBytes"=hex(b):03,00,00,00,00,00,00,00\n', text_out)
        _, err = self.run_program("export", "none/out.reg", code=1)
        self.assertIn("none/out.reg: it is not there", err)
        os.mkdir(f"{self.folder}/folder")
        self.assertIn("it is a folder", self.run_program("export", "folder", code=1)[1])

    @unittest.skipUnless(EMULATOR, "reg.exe is Wine's")
    def test_the_export_is_one_for_the_registry(self):
        self.store({ONE: download("a.bin", PAUSED, 1, 3) + text("Tag", "two\x0blines")})
        self.run_program("export", "out.reg")
        key = f"HKCU\\Software\\winrt-backgroundtransfer\\test.app\\{os.path.basename(self.hives()[0])}\\Downloads\\{ONE}"
        reg = [*EMULATOR, r"C:\windows\system32\reg.exe"]
        subprocess.run([*reg, "import", "out.reg"], cwd=self.folder, check=True, timeout=WAIT_SECONDS)
        queried = subprocess.run([*reg, "query", key], check=True, timeout=WAIT_SECONDS, capture_output=True)
        shown = [" ".join(line.split()) for line in queried.stdout.decode("utf-8", "replace").splitlines()]
        self.assertIn("ResultFile REG_SZ /files/a.bin", shown)
        self.assertIn("State REG_DWORD 0x1", shown)
        self.assertIn("Tag REG_SZ two", shown)
        self.assertIn("TotalBytes REG_QWORD", [" ".join(line.split()[:2]) for line in shown])  # Wine's shows no number
        subprocess.run([*reg, "delete", r"HKCU\Software\winrt-backgroundtransfer", "/f"], check=True,
                       timeout=WAIT_SECONDS, stdout=subprocess.DEVNULL)

    def test_damage_is_told_and_the_rest_shown(self):
        self.store({ONE: download(), TWO: download()})
        hive, = self.hives()
        with open(hive, "r+b") as file:
            content = bytearray(file.read())
            content[content.index(ONE.encode())] ^= 1
            file.seek(0)
            file.write(content)
        found = self.downloads(code=1)
        self.assertEqual([one["id"] for one in found], [TWO])
        out, err = self.run_program("list", code=1)
        self.assertIn(TWO, out)
        self.assertIn("damaged in 1 place", err)

    def test_what_is_no_hive_is_told(self):
        self.store({ONE: download()})
        hive, = self.hives()
        other = os.path.join(os.path.dirname(hive), "0123456789abcdef.hive")
        with open(other, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write("no hive at all\n" * 10)
        out, err = self.run_program("list", code=1)
        self.assertIn(ONE, out)
        self.assertIn("0123456789abcdef.hive: it is no hive", err)
        self.assertIn(ONE, self.run_program("export", code=1)[0])
        self.run_program("purge", "--all", code=1)
        self.assertTrue(os.path.exists(other))

    @unittest.skipIf(EMULATOR, "permission bits are not Windows'")
    def test_a_store_that_is_open_to_others_is_refused(self):
        self.store({ONE: download()})
        hive, = self.hives()
        os.chmod(hive, 0o644)
        self.assertIn("chmod", self.run_program("list", code=1)[1])
        os.chmod(hive, 0o600)
        os.chmod(os.path.dirname(hive), 0o755)
        out, err = self.run_program("list", code=1)
        self.assertNotIn(ONE, out)
        self.assertIn("open to others", err)
        self.assertNotEqual(stat.S_IMODE(os.stat(hive).st_mode), 0o644)

    def test_misuse(self):
        for arguments in ([], ["frobnicate"], ["list", "more"], ["list", "--frobnicate"], ["list", "-j"],
                          ["show"], ["show", "x"], ["show", ONE + "0"], ["show", ONE[1:]], ["cancel"],
                          ["cancel", "--json", ONE], ["purge", "--all", ONE], ["list", "--all"],
                          ["list", "--app"], ["list", "--app="], ["list", "--state-dir"],
                          ["export", "a", "b"], ["list", "--", "--json"], ["show", ""], ["", "x"]):
            out, err = self.run_program(*arguments, code=2)
            self.assertEqual(out, "", arguments)
            self.assertIn("winrt-transfers --help", err, arguments)

    def test_help_and_version(self):
        out, _ = self.run_program("--help")
        for word in ("list", "show", "export", "cancel", "purge", "--app", "--state-dir", "--json"):
            self.assertIn(word, out)
        self.assertEqual(self.run_program("list", "--help")[0], out)
        self.assertRegex(self.run_program("--version")[0], r"\Awinrt-transfers \d+\.\d+\.\d+\n\Z")

    @unittest.skipIf(EMULATOR or not os.path.exists("/dev/full"), "there is no full device")
    def test_output_that_cannot_be_written(self):
        self.store({ONE: download()})
        with open("/dev/full", "wb") as full:
            done = subprocess.run([os.environ["WINRT_TEST_PROGRAM"], "list"], env=self.environment, stdout=full,
                                  stderr=subprocess.PIPE, timeout=WAIT_SECONDS, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output cannot be written", done.stderr)
        self.assertIn("disk is full", self.run_program("export", "/dev/full", code=1)[1])

    def test_names_twice_are_one(self):
        self.store({ONE: download()})
        self.assertEqual(self.run_program("show", ONE, ONE.upper())[0].count("ID  "), 1)
        self.assertEqual(self.run_program("cancel", ONE, ONE)[0].count("cancelled"), 1)


if __name__ == "__main__":
    sys.exit(unittest.main())
