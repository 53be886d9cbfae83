#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Passwords, tokens and cookies of every API that takes one: they go to whom they belong to, into the store, and nowhere
else, however a download ends."""

import http.server
import os
import threading
import unittest

from program import ASYNC_COMPLETED, ASYNC_ERROR, ERROR, PARKED, PAUSED, SecretTest

FORBIDDEN = 403  # WebErrorStatus
LOGIN_FAILED = 0x80072EEF


class Tests(SecretTest):
    def addresses(self):
        """{name: address} of downloads that fail, each in a way of its own."""
        fault, other, secure = (self.servers[name] for name in ("FAULT_HTTP", "FAULT_OTHER", "FAULT_HTTPS"))
        names = {name: f"?token={self.token(name)}" for name in ("unauthorized", "digest", "loop", "elsewhere_refused")}
        return {
            "unauthorized": f"{fault}/basic/somebody/else{names['unauthorized']}",
            "digest": f"{fault}/digest/somebody/else{names['digest']}",
            "forbidden": self.url("forbidden", "status:403"),
            "unavailable": self.url("unavailable", "status:503"),
            "cut": self.url("cut", "cut:1000"),
            "reset": self.url("reset", "reset:1000"),
            "multipart": self.url("multipart", "cut:500000,multipart"),
            "garbage": f"{fault}/garbage-header",
            "loop": f"{fault}/redirect-loop{names['loop']}",
            "scheme": f"{fault}/redirect-to?url=file:///etc/passwd",
            "elsewhere_refused": f"{fault}/redirect-origin/FAULT_OTHER/status/404{names['elsewhere_refused']}",
            "name": "http://no-such-host.invalid/a",
            "closed": f"{self.servers['CLOSED_HTTP']}/a",
            "certificate": f"{self.servers['TLS_WRONG_HOST']}/bytes/1000",
            "no_tls": f"{fault.replace('http:', 'https:')}/bytes/1000",
            "untrusted": f"{secure}/bytes/1000",
            "no_http": f"{secure.replace('https:', 'http:')}/bytes/1000",
            "other": f"{other}/status/410",
        }

    def fail_all(self, app, start):
        """Each of them, by each way to give credentials; {name: GUID}"""
        guids = {}
        for name, address in self.addresses().items():
            ways = {"header": (address, self.settings()),
                    "server": (address, {"server": self.server_credential()}),
                    "uri": (self.with_user_info(address), {})}
            for way, (url, settings) in ways.items():
                slot = f"{name}-{way}-{start}"
                guids[slot] = app.create(slot, url, file=self.new_file(slot), **settings)
                app.tell(start, slot)
        slot = f"ftp-{start}"
        url = self.servers["FTP"].replace("://", f"://{self.secrets.ftp_user}:{self.secrets.ftp_password}@")
        guids[slot] = app.create(slot, f"{url}/1m.bin", file=self.new_file(slot))
        app.tell(start, slot)
        slot = f"file-{start}"
        guids[slot] = app.create(slot, self.url("file"), file=self.new_file(slot), **self.settings())
        os.unlink(f"{self.folder}/{slot}")
        app.tell(start, slot)
        return guids

    def test_failures(self):
        app = self.app()
        guids = self.fail_all(app, "start")
        for name in guids:
            status, error = app.wait_completed(name)
            self.assertEqual(status, ASYNC_ERROR, name)
            if name.startswith("ftp"):
                self.assertEqual(error, LOGIN_FAILED)
            app.tell("texts", name, self.secrets.refused)
        self.check_process(app)
        # The same with nobody to hear of it, so that it stays in the store for the next process.
        kept = self.fail_all(app, "start-quietly")
        for name in kept:
            app.poll_status(name, ERROR)
        app.kill()
        self.check_shown(*kept.values())
        app = self.app()
        self.assertEqual(app.list().keys(), set(kept.values()))
        for guid in kept.values():
            app.tell("texts", guid, self.secrets.refused)
        self.check_said()
        # The other way round: each was really there, and found where it has to be.
        seen = str(self.seen("unauthorized")).encode()
        there = {name for name, _ in self.secrets.found_in(seen)}
        self.assertEqual(there, {"server_user", "server_password", "uri_user", "uri_password", "token", "cookie",
                                 "own_header"})
        print(f"figures: {2 * len(guids)} failures, {sum(len(one.lines) for one in self.apps)} lines")

    def test_a_life(self):
        """Started, paused, changed, killed, listed, exported, restored, parked, completed, collected."""
        app = self.app()
        guid = app.create("a", self.with_user_info(self.url("a", "hold:400000,status:403,ok")),
                          file=self.new_file("a"), recoverable=FORBIDDEN, **self.settings())
        app.tell("start", "a")
        app.wait_bytes("a", 400000)
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        app.tell("header", "a", "X-Later", self.secrets.later_header)
        app.tell("texts", "a", self.secrets.refused)
        self.check_process(app)
        self.check_shown(guid)
        app.kill()
        self.check_shown(guid)
        stored = {name for name, _ in self.secrets.found_in(b"".join(self.stored().values()))}
        self.assertEqual(stored, {"uri_user", "uri_password", "token", "cookie", "own_header", "later_header",
                                  "proxy_user", "proxy_password"})
        app = self.app()
        app.list()
        app.tell("attach", guid)
        app.tell("resume", guid)
        app.wait_status(guid, PARKED)
        app.tell("texts", guid)
        self.check_shown(guid)
        url = self.url("a", "ok").replace("://", f"://{self.secrets.new_user}:{self.secrets.new_password}@")
        app.tell("uri", guid, url)
        self.check_shown(guid)
        app.tell("resume", guid)
        self.assertEqual(app.wait_completed(guid)[0], ASYNC_COMPLETED)
        app.tell("texts", guid)
        self.check_file("a")
        self.check_said()
        self.check_nothing_is_left(app)

    def check_nothing_is_left(self, app):
        """When the app's last download has gone, its secrets have gone from the disk."""
        def left():
            return self.secrets.found_in(b"".join(self.stored().values()))
        self.wait_until(lambda: not left())
        app.quit()
        self.assertEqual(left(), [])

    def test_nothing_is_left(self):
        """Of many that end in many ways, in one hive."""
        app = self.app()
        for number in range(12):
            name = f"n{number}"
            app.create(name, self.with_user_info(self.url(name, "ok" if number % 3 else "status:404", 5000)),
                       file=self.new_file(name), **self.settings(server=self.server_credential()))
            app.tell("start", name)
        for number in range(12):
            app.wait_completed(f"n{number}")
        self.check_said()
        self.check_nothing_is_left(app)

    def test_redirects(self):
        """To the same server they go along, to another one they do not, nor back from there."""
        app = self.app()
        origins = {"same": "FAULT_HTTP", "other": "FAULT_OTHER"}
        for name, origin in origins.items():
            for way, settings in (("header", self.settings()), ("server", {"server": self.server_credential()}),
                                  ("uri", {})):
                slot = f"{name}-{way}"
                end = "echo" if way == "header" else "basic/u/p"
                url = (f"{self.servers['FAULT_HTTP']}/redirect-origin/{origin}/{end}"
                       f"?token={self.token(slot)}")
                app.create(slot, self.with_user_info(url) if way == "uri" else url, file=self.new_file(slot),
                           **settings)
                app.tell("start", slot)
                app.wait_completed(slot)
                first, *rest = self.seen(slot)
                mine = [str(one).encode() for one in rest]
                self.assertTrue(mine, slot)
                if origin == "FAULT_OTHER":
                    for request in mine:
                        self.check_clean(request, slot)
                else:
                    self.assertTrue(any(self.secrets.found_in(request) for request in mine), slot)
                if way != "server":  # which waits until it is asked for
                    self.assertTrue(self.secrets.found_in(str(first).encode()), slot)
                os.unlink(f"{self.folder}/{slot}")  # what /echo has said
        self.check_said()

    def test_connections_are_not_shared(self):
        """One that was used with credentials carries nobody else's request, also not those of the same user."""
        clients = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                clients.append((self.path.split("/")[1], self.client_address[1]))
                self.send_response(200)
                self.send_header("Content-Length", "3")
                self.end_headers()
                self.wfile.write(b"abc")

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        app = self.app()
        address = f"http://127.0.0.1:{server.server_port}"
        ways = {"plain": (address, {}), "uri": (self.with_user_info(address), {}),
                "server": (address, {"server": self.server_credential()}),
                "proxy": (address, {"proxy": f"{self.secrets.proxy_user}:{self.secrets.proxy_password}"})}
        for turn in range(3):
            for way, (url, settings) in ways.items():
                slot = f"{way}{turn}"
                app.create(slot, f"{url}/{way}/{turn}", file=self.new_file(slot), **settings)
                app.tell("start", slot)
                self.assertEqual(app.wait_completed(slot)[0], ASYNC_COMPLETED)
        logged_in = [port for way, port in clients if way != "plain"]
        plain = {port for way, port in clients if way == "plain"}
        self.assertEqual(len(set(logged_in)), 9)
        self.assertEqual(plain & set(logged_in), set())
        self.assertEqual(len(plain), 1)  # else the others prove nothing
        self.check_said()

    def test_a_body_stays_with_its_server(self):
        with open(f"{self.folder}/body", "w", encoding="ascii") as file:
            file.write(self.secrets.body)
        app = self.app()
        for name, origin, code in (("same", "FAULT_HTTP", 307), ("other", "FAULT_OTHER", 307),
                                   ("dropped", "FAULT_OTHER", 303)):
            url = (f"{self.servers['FAULT_HTTP']}/redirect-origin/{origin}/bytes/1000"
                   f"?token={self.token(name)}&code={code}")
            app.create(name, url, method="POST", file=self.new_file(name),
                       body=self.path_for_program(f"{self.folder}/body"), **self.settings())
            app.tell("start", name)
            app.wait_completed(name)
            app.tell("texts", name, self.secrets.refused)
            first, *rest = self.seen(name)
            self.assertEqual(first["body"], self.secrets.body)
            for request in rest:
                if origin == "FAULT_OTHER":
                    self.check_clean(str(request), name)
                else:
                    self.assertEqual(request["body"], self.secrets.body)
        self.check_said()

    def test_proxies(self):
        """A proxy learns its own password; of what is tunnelled, nothing else. The server never learns the proxy's."""
        secrets = self.secrets
        proxy, locked = self.servers["PROXY_HTTP"], self.servers["PROXY_AUTH_HTTP"]
        rows = {
            "plain": (proxy, "http", {}),
            "tunnel": (proxy, "https", {}),
            "locked": (locked, "http", {}),
            "locked_tunnel": (locked, "https", {}),
            "environment": (locked.replace("://", f"://{secrets.environment_user}:{secrets.environment_password}@"),
                            "http", {"proxy": "nobody:nothing"}),
            "scheme": (f"odd://{secrets.environment_user}:{secrets.environment_password}@localhost:1", "http", {}),
            "syntax": (f"http://{secrets.environment_user}:{secrets.environment_password}@a b:1", "http", {}),
            "closed": (self.servers["CLOSED_HTTP"].replace(
                "://", f"://{secrets.environment_user}:{secrets.environment_password}@"), "http", {}),
            "unknown": (f"http://{secrets.environment_user}:{secrets.environment_password}@no-such-host.invalid:1",
                        "http", {}),
        }
        for name, (address, scheme, more) in rows.items():
            host = f"{self.token(name).replace('_', '-')}.proxy.test"
            app = self.app(http_proxy=address, https_proxy=address, no_proxy="")
            for way, settings in (("a", self.settings(**more)), ("b", {"server": self.server_credential()} | more)):
                app.create(way, f"{scheme}://{host}/basic/x/y", file=self.new_file(f"{name}-{way}"), **settings)
                app.tell("start", way)
                app.wait_completed(way)
                app.tell("texts", way, secrets.refused)
            app.quit()
            requests = self.ask(f"/seen/{host.removesuffix('.proxy.test')}")
            own = ("proxy_user", "proxy_password", "environment_user", "environment_password")
            if scheme == "https":
                self.check_clean(requests, name, *own)
            if name == "locked_tunnel":
                self.assertEqual({one for one, _ in secrets.found_in(requests.encode())},
                                 {"proxy_user", "proxy_password"})
        self.check_said()

    def test_a_server_behind_a_proxy(self):
        """What arrives at the server has nothing that was for the proxy."""
        app = self.app(http_proxy=self.servers["PROXY_HTTP"], no_proxy="")
        app.create("a", self.url("a"), file=self.new_file("a"), **self.settings())
        app.tell("start", "a")
        self.assertEqual(app.wait_completed("a")[0], ASYNC_COMPLETED)
        request, = self.seen("a")
        self.assertEqual({name for name, _ in self.secrets.found_in(str(request).encode())},
                         {"token", "cookie", "own_header"})
        self.check_said()


if __name__ == "__main__":
    unittest.main()
