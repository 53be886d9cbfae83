#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/download, as somebody at a shell sees it."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import unittest

from fault.content import pattern
from harness import EMULATOR, SampleTest, lines_of, needs_end_of_process, same_file, sha256


class Tests(SampleTest):
    def download(self, *arguments, code=0):
        return self.run_program(*arguments, code=code)

    def test_names_the_file_after_the_url(self):
        out, err = self.download(self.servers["NGINX_HTTP"] + "/1m.bin")
        self.assertEqual(sha256(f"{self.folder}/1m.bin"), sha256(f"{self.www}/1m.bin"))
        self.assertRegex(out, r"^1m\.bin: 1\.0 MiB in [0-9.]+ s, .*/s\n$")
        self.assertEqual(err, "")

    def test_takes_the_next_free_name(self):
        for _ in range(3):
            self.download(self.servers["NGINX_HTTP"] + "/hello.txt")
        self.assertEqual(self.files(), ["hello (2).txt", "hello (3).txt", "hello.txt"])

    def test_unescapes_and_tames_the_name(self):
        base = self.servers["FAULT_HTTP"]
        self.download(f"{base}/echo/caf%C3%A9%20a.txt", f"{base}/echo/..%2F..%2Fup", f"{base}/echo/",
                      f"{base}/echo/.rc")
        self.assertEqual(self.files(), ["_._.._up", "_rc", "café a.txt", "index.html"])

    def test_shows_no_password(self):
        url = self.servers["CLOSED_HTTP"].replace("://", "://somebody:canary@")
        out, err = self.download(f"{url}/a", code=1)
        self.assertNotIn("canary", out + err)
        self.assertIn(self.servers["CLOSED_HTTP"], err)

    def test_output_file_replaces(self):
        with open(f"{self.folder}/mine", "w", encoding="ascii") as file:
            file.write("something else that is longer than what comes\n")
        self.download("-o", "mine", self.servers["NGINX_HTTP"] + "/hello.txt")
        self.assertEqual(self.read("mine"), b"hello, world\n")
        self.assertEqual(self.files(), ["mine"])

    def test_names_in_any_script(self):
        out, _ = self.download("-o", "für Ж.txt", self.servers["NGINX_HTTP"] + "/hello.txt")
        self.assertEqual(self.files(), ["für Ж.txt"])
        self.assertRegex(out, "^für Ж.txt: 13 B in ")

    def test_output_folder(self):
        os.mkdir(f"{self.folder}/sub")
        self.download("--output", "sub", self.servers["NGINX_HTTP"] + "/hello.txt")
        self.download(f"--output={self.path_for_program(self.folder)}/sub/", self.servers["NGINX_HTTP"] + "/1.bin")
        self.assertEqual(sorted(os.listdir(f"{self.folder}/sub")), ["1.bin", "hello.txt"])

    def test_output_folder_that_is_not_there(self):
        _, err = self.download("--output", "nowhere/", self.servers["NGINX_HTTP"] + "/hello.txt", code=2)
        self.assertIn("nowhere/", err)
        self.assertEqual(self.files(), [])

    def test_several_urls(self):
        names = ["empty.bin", "1.bin", "4k.bin", "100k.bin", "1m.bin", "hello.txt"]
        self.download(*(f"{self.servers['NGINX_HTTP']}/{name}" for name in names))
        for name in names:
            self.assertTrue(same_file(f"{self.folder}/{name}", f"{self.www}/{name}"), name)

    def test_several_urls_into_one_file(self):
        url = self.servers["NGINX_HTTP"] + "/hello.txt"
        _, err = self.download("-o", "one", url, url, code=2)
        self.assertIn("not a folder", err)

    def test_wrong_usage(self):
        for arguments in ([], ["--frobnicate", "http://localhost/"], ["-o"], ["-H", "no colon", "http://localhost/"]):
            _, err = self.download(*arguments, code=2)
            self.assertIn("--help", err)

    def test_help(self):
        out, _ = self.download("--help")
        self.assertIn("Exit codes", out)

    def test_sends_headers(self):
        self.download("-H", "X-One: first value", "--header", "Referer:http://example.org/", "-o", "seen",
                      self.servers["FAULT_HTTP"] + "/echo")
        seen = self.read("seen").decode()
        self.assertIn('"X-One: first value"', seen)
        self.assertIn('"Referer: http://example.org/"', seen)

    def test_refuses_a_header_that_is_not_allowed(self):
        _, err = self.download("-H", "Host: elsewhere", self.servers["FAULT_HTTP"] + "/echo", code=2)
        self.assertIn("Host: elsewhere", err)
        self.assertEqual(self.files(), [])

    def test_not_found(self):
        _, err = self.download(self.servers["FAULT_HTTP"] + "/status/404", code=1)
        self.assertIn("404", err)
        self.assertEqual(self.files(), [])

    def test_one_of_two_fails(self):
        base = self.servers["FAULT_HTTP"]
        _, err = self.download(f"{base}/status/410", f"{base}/bytes/10", code=1)
        self.assertIn("gone", err)
        self.assertEqual(self.files(), ["10"])

    def test_unreachable(self):
        _, err = self.download(self.servers["CLOSED_HTTP"] + "/file", code=1)
        self.assertIn("cannot connect", err)

    def test_no_such_scheme_and_no_url(self):
        _, err = self.download("gopher://localhost/x", "what is this", code=1)
        self.assertIn("gopher://localhost/x", err)
        self.assertIn("what is this", err)

    def test_certificates(self):
        good = self.servers["NGINX_HTTPS"] + "/hello.txt"
        _, err = self.download(good, code=1)
        self.assertIn("certificate", err)
        self.environment["SSL_CERT_FILE"] = self.path_for_program(self.servers["CA_FILE"])
        self.download(good)
        for name, text in (("SELF_SIGNED", "certificate"), ("EXPIRED", "expired"), ("WRONG_HOST", "another host"),
                           ("UNKNOWN_CA", "certificate")):
            _, err = self.download(self.servers[f"NGINX_{name}"] + "/hello.txt", code=1)
            self.assertIn(text, err)
        self.assertEqual(self.files(), ["hello.txt"])

    def test_interrupt_cancels(self):
        token = f"sample-interrupt-{os.getpid()}"
        process = self.start(self.servers["FAULT_HTTP"] + f"/hold/{token}?size=100000&after=5000",
                             stderr=subprocess.PIPE)
        self.ask(f"/held/{token}")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(lines_of(err), "download: cancelled\n")

    def test_progress_on_a_terminal(self):
        token = f"sample-terminal-{os.getpid()}"
        try:
            controller, terminal = pty.openpty()
        except OSError:
            self.skipTest("there are no terminals here (/dev/pts is not mounted)")
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        process = self.start(self.servers["FAULT_HTTP"] + f"/hold/{token}?size=1000000&after=450000",
                             stdin=terminal, stdout=terminal)
        os.close(terminal)
        shown = b""
        while b" 45 % " not in shown:
            shown += os.read(controller, 4096)
        self.ask(f"/release/{token}")
        while b"976.6 KiB in" not in shown:
            shown += os.read(controller, 4096)
        self.assertEqual(process.wait(60), 0)
        os.close(controller)
        self.assertRegex(shown.decode(),
                         r"sample-terminal[-0-9]* +45 % \[=+> +\] 439\.5 KiB of 976\.6 KiB, [0-9.]+ .*/s, .* left")
        # Each line takes the place of the one before, in the words of the terminal or of Wine's console.
        self.assertIn("\033[H" if EMULATOR else "\033[1A", shown.decode())

    def script(self, name, steps):
        """(its token, an address of 1,000,000 bytes of the fault server that stop or fail by these steps)"""
        token = f"sample-{name}-{os.getpid()}"
        return token, f"{self.servers['FAULT_HTTP']}/script/1000000?token={token}&steps={steps}"

    def killed(self, name, *arguments):
        """Held after 400,000 bytes, and killed then; its token."""
        token, url = self.script(name, "hold:400000,ok")
        process = self.start(*arguments, "-o", name, url)
        self.ask(f"/held/{token}")
        process.kill()
        process.wait()
        return token

    @needs_end_of_process
    def test_resume(self):
        token = self.killed("big")
        out, err = self.download("--resume")
        self.assertRegex(out, r"^big: 976\.6 KiB in ")
        self.assertEqual(err, "")
        self.assertTrue(self.read("big") == pattern(0, 1000000))
        self.assertEqual(self.ask(f"/count/{token}"), "2")
        self.assertEqual(self.download("-r"), ("", ""))

    def test_resume_and_more(self):
        self.killed("big")
        out, _ = self.download("--resume", self.servers["NGINX_HTTP"] + "/hello.txt")
        self.assertEqual(len(out.splitlines()), 2)
        self.assertEqual(self.files(), ["big", "hello.txt"])

    def test_resume_of_a_group(self):
        self.killed("other")
        self.killed("mine", "--group", "Ж group")
        out, _ = self.download("--resume", "-g", "Ж group")
        self.assertRegex(out, "^mine: ")
        self.assertEqual(len(out.splitlines()), 1)
        self.assertRegex(self.download("--resume")[0], "^other: ")

    def test_serialized(self):
        token, url = self.script("one", "hold:1000")
        other, other_url = self.script("other", "ok")
        process = self.start("--serialized", url, other_url, stdout=subprocess.PIPE)
        self.ask(f"/held/{token}")
        self.assertEqual(self.ask(f"/count/{other}"), "0")
        self.ask(f"/release/{token}")
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(len(lines_of(out).splitlines()), 2)

    def test_priorities(self):
        for priority in ("low", "default", "high"):
            self.download("--priority", priority, self.servers["NGINX_HTTP"] + "/1.bin")
        _, err = self.download("-p", "urgent", self.servers["NGINX_HTTP"] + "/1.bin", code=2)
        self.assertIn("urgent", err)

    def on_terminal(self, *arguments):
        """(process, the terminal's other side); the terminal is the program's own, as a shell gives it."""
        if EMULATOR:
            self.skipTest("Wine's console reads its keys by itself")
        try:
            controller, terminal = pty.openpty()
        except OSError:
            self.skipTest("there are no terminals here (/dev/pts is not mounted)")
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        process = self.start(*arguments, stdin=terminal, stdout=terminal, start_new_session=True,
                             preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(terminal)
        self.addCleanup(os.close, controller)
        return process, controller

    def read_until(self, controller, text):
        shown = b""
        while text not in shown:
            shown += os.read(controller, 4096)

    def test_p_pauses(self):
        token, url = self.script("pause", "hold:400000,ok")
        process, controller = self.on_terminal("-o", "a", url)
        self.read_until(controller, b" 40 % ")
        os.write(controller, b"p")
        self.read_until(controller, b"paused")
        self.ask(f"/gone/{token}")
        os.write(controller, b"p")
        self.read_until(controller, b"976.6 KiB in")
        self.assertEqual(process.wait(60), 0)
        self.assertTrue(self.read("a") == pattern(0, 1000000))

    def test_q_leaves_it_for_resume(self):
        _, url = self.script("leave", "hold:400000,ok")
        process, controller = self.on_terminal("-o", "a", url)
        self.read_until(controller, b" 40 % ")
        os.write(controller, b"q")
        self.assertEqual(process.wait(60), 3)
        self.assertRegex(self.download("--resume")[0], r"^a: 976\.6 KiB in ")
        self.assertTrue(self.read("a") == pattern(0, 1000000))

    def test_what_was_paused_goes_on_too(self):
        _, url = self.script("paused", "hold:400000,ok")
        process, controller = self.on_terminal("-o", "a", url)
        self.read_until(controller, b" 40 % ")
        os.write(controller, b"p")
        self.read_until(controller, b"paused")
        os.write(controller, b"q")
        self.assertEqual(process.wait(60), 3)
        self.assertRegex(self.download("--resume")[0], r"^a: 976\.6 KiB in ")

    def test_plain_lines_in_a_pipe(self):
        out, _ = self.download(*(self.servers["NGINX_HTTP"] + "/100k.bin" for _ in range(10)))
        self.assertNotIn("\033", out)
        self.assertNotIn("\r", out)
        self.assertEqual(len(out.splitlines()), 10)


if __name__ == "__main__":
    unittest.main()
