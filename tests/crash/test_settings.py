#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a transfer was created with is kept whole, and sent again."""

import base64
import json
import unittest

from app import PAUSED, CrashTest


class Tests(CrashTest):
    def seen(self, name):
        return json.loads(self.ask(f"/seen/{self.token(name)}"))

    def killed(self, name="a", **settings):
        """One that is killed amid its body; (the next app, GUID)."""
        app = self.app()
        guid = self.held(app, name, **settings)
        app.kill()
        return self.app(), guid

    def finished(self, app, guid, name="a"):
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file(name)

    def test_everything_is_shown(self):
        app = self.app()
        guid = self.held(app, "a", cost=2, priority=1, tag="täg=1 of 2", group="legacy Ж")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        before = app.show("a")
        app.kill()
        app = self.app()
        after = app.list("list-group", "legacy Ж")[guid]
        for key in ("guid", "uri", "method", "group", "transfer_group", "cost", "priority", "tag", "file", "etag",
                    "response"):
            self.assertEqual(after[key], before[key], key)
        self.assertEqual((after["cost"], after["priority"], after["tag"]), (2, 1, "täg=1 of 2"))
        app.tell("resume", guid)
        self.finished(app, guid)

    def test_headers_are_sent_again(self):
        app, guid = self.killed(header=["X-One: 1", "X-Two: a, b; c=\"d\"", "Cookie: a=1", "Cookie: b=2"])
        app.list()
        self.finished(app, guid)
        for request in self.seen("a"):
            for line in ("X-One: 1", "X-Two: a, b; c=\"d\"", "Cookie: a=1; b=2"):
                self.assertIn(line, request["headers"])

    def test_headers_set_on_the_operation(self):
        app = self.app()
        guid = self.held(app, "a")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        app.tell("header", "a", "X-Later", "yes")
        app.kill()
        app = self.app()
        app.list()
        app.tell("resume", guid)
        self.finished(app, guid)
        first, second = self.seen("a")
        self.assertNotIn("X-Later: yes", first["headers"])
        self.assertIn("X-Later: yes", second["headers"])

    def test_method(self):
        app, guid = self.killed(method="PUT")
        self.assertEqual(app.list()[guid]["method"], "PUT")
        app.tell("attach", guid)
        app.finish(guid)
        self.assertEqual({request["method"] for request in self.seen("a")}, {"PUT"})

    def test_credentials_of_the_address(self):
        app = self.app()
        url = self.url("a", "hold:400000,ok").replace("://", "://user:secret@")
        guid = app.create("a", url, file=self.new_file("a"))
        app.tell("start", "a")
        app.wait_bytes("a", 400000)
        app.kill()
        app = self.app()
        app.list()
        self.finished(app, guid)
        line = "Authorization: Basic " + base64.b64encode(b"user:secret").decode()
        self.assertTrue(all(line in request["headers"] for request in self.seen("a")))

    def test_groups_are_listed_each_for_itself(self):
        app = self.app()
        plain = self.held(app, "a")
        legacy = self.held(app, "b", group="g")
        grouped = self.held(app, "c", transfer_group="t")
        app.kill()
        app = self.app()
        self.assertEqual(list(app.list()), [plain])
        self.assertEqual(list(app.list("list-group", "g")), [legacy])
        self.assertEqual(app.list("list-group", "t"), {})
        listed = app.list("list-transfer-group", "t")
        self.assertEqual({guid: one["transfer_group"] for guid, one in listed.items()}, {grouped: "t"})
        self.assertEqual(app.list("list-transfer-group", "g"), {})
        for guid, name in ((plain, "a"), (legacy, "b"), (grouped, "c")):
            self.finished(app, guid, name)

    def test_an_address_that_was_changed(self):
        app = self.app()
        guid = self.held(app, "a")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        app.tell("uri", "a", self.url("b"))
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["uri"], self.url("b"))
        app.tell("resume", guid)
        self.finished(app, guid)
        self.assertEqual((len(self.requests("a")), self.requests("b")), (1, [("GET", "-", "-")]))

    def test_speed_limits(self):
        """A download's and its group's hold in the next process, too."""
        limits = {"a": {"limit": 1000}, "b": {"transfer_group": "t", "group_limit": 2000}}
        app = self.app()
        guids = {name: self.started(app, name, "ok", **fields) for name, fields in limits.items()}
        for name in limits:
            app.wait_bytes(name, 200)
        app.kill()
        app = self.app()
        listed = app.list() | app.list("list-transfer-group", "t")
        shown = [(listed[guid]["limit"], listed[guid]["group_limit"]) for guid in guids.values()]
        self.assertEqual(shown, [(1000, 0), (0, 2000)])
        for guid in guids.values():
            app.tell("attach", guid)
        for guid in guids.values():
            app.wait_bytes(guid, listed[guid]["bytes"] + 500)
            self.assertLess(app.show(guid)["bytes"], 200000)
        app.tell("limit", guids["a"], 0)
        app.tell("group-limit", guids["b"], 0)
        for name, guid in guids.items():
            app.finish(guid)
            self.check_file(name)

    def test_connection_limits(self):
        """A download's number is there in the next process, as it was created with, and as it was changed to."""
        app = self.app(WINRT_MAX_CONNECTIONS="9")
        numbers = {"a": {"connections": 1}, "b": {"connections": 64}, "c": {}}
        guids = {name: self.held(app, name, **fields) for name, fields in numbers.items()}
        app.kill()
        app = self.app()
        listed = app.list()
        self.assertEqual([listed[guid]["connections"] for guid in guids.values()], [1, 64, 0])
        app.tell("connections", guids["a"], 0)
        app.tell("connections", guids["c"], 5)
        app.kill()
        app = self.app()
        listed = app.list()
        self.assertEqual([listed[guid]["connections"] for guid in guids.values()], [0, 64, 5])
        for name, guid in guids.items():
            self.finished(app, guid, name)

    def test_random_access(self):
        app, guid = self.killed(random=1)
        self.assertIn(guid, app.list())
        self.finished(app, guid)

    def test_no_result_file(self):
        """The body is in a private file, which is there until it is collected and nobody has the operation."""
        app = self.app()
        guid = app.create("a", self.url("a", "hold:400000,ok"))
        app.tell("start", "a")
        app.wait_bytes("a", 400000)
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["file"], "")
        app.tell("attach", guid)
        app.finish(guid)
        path = self.path_for_program(f"{self.folder}/saved")
        self.assertEqual(app.tell("save", guid, path), [["saved", "1000000"]])
        self.check_file("saved")

    def test_secrets_are_for_nobody_else(self):
        """Nor in what the app prints."""
        app, guid = self.killed(header="Authorization: Bearer canary")
        text = str(app.list()) + str(app.show(guid))
        self.assertNotIn("canary", text)


if __name__ == "__main__":
    unittest.main()
