#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""SIGKILL in every state of a transfer: the next process finds it, and goes on."""

import unittest

from app import (ASYNC_CANCELED, ASYNC_ERROR, CANCELED, COMPLETED, ERROR, IDLE, PARKED, PAUSED, E_ILLEGAL_METHOD_CALL,
                 CrashTest, Failed)
from harness import EMULATOR, needs_end_of_process


class Tests(CrashTest):
    def test_created(self):
        app = self.app()
        app.create("a", self.url("a"), file=self.new_file("a"))
        app.kill()
        self.assertEqual(self.app().list(), {})

    def test_created_beside_a_running_one(self):
        app = self.app()
        app.create("a", self.url("a"), file=self.new_file("a"))
        guid = self.held(app, "b")
        app.kill()
        self.assertEqual(list(self.app().list()), [guid])

    def test_queued(self):
        app = self.app(WINRT_MAX_TRANSFERS="1")
        guids = [self.held(app, "a"), self.started(app, "b", "ok"), self.started(app, "c", "ok")]
        app.kill()
        app = self.app()
        listed = app.list()
        self.assertEqual(list(listed), guids)
        self.assertEqual([one["status"] for one in listed.values()], [IDLE] * 3)
        self.assertEqual([one["bytes"] for one in listed.values()][1:], [0, 0])
        for guid in guids:
            app.tell("attach", guid)
        app.finish(*guids)
        for name in "abc":
            self.check_file(name)
        self.assertEqual(self.requests("b"), [("GET", "-", "-")])

    def test_running(self):
        app = self.app()
        guid = self.held(app, "a")
        app.kill()
        app = self.app()
        listed = app.list()[guid]
        self.assertEqual((listed["status"], listed["file"]), (IDLE, app.show(guid)["file"]))
        self.assertLessEqual(listed["bytes"], 400000)
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")
        self.check_range("a", 1, listed["bytes"])
        app.poll_collected(guid)

    def test_running_for_a_while(self):
        """A checkpoint a second: of three seconds' bytes those of one at least are not fetched again."""
        self.environment["WINRT_MAX_CONNECTIONS"] = "1"
        app = self.app()
        guid = app.create("a", self.url("a", size=10000000, rate=1000000), file=self.new_file("a"))
        app.tell("start", "a")
        app.wait_bytes("a", 3000000)
        app.kill()
        app = self.app()
        listed = app.list()[guid]
        self.assertGreaterEqual(listed["bytes"], 1000000)
        self.assertEqual((listed["total"], listed["response"], listed["etag"]), (10000000, 200, '"size-10000000"'))
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a", 10000000)
        self.assertEqual(self.requests("a")[1:], [("GET", f"bytes={listed['bytes']}-", '"size-10000000"')])

    def test_before_the_answer(self):
        app = self.app()
        guid = self.started(app, "a", "wait,ok")
        self.ask(f"/held/{self.token('a')}")
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["response"], 0)
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")

    def test_paused(self):
        app = self.app()
        guid = self.held(app, "a")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        app.kill()
        app = self.app()
        listed = app.list()[guid]
        self.assertEqual(listed["status"], PAUSED)
        app.tell("attach", guid)
        self.assertEqual(app.show(guid)["status"], PAUSED)
        self.assertEqual(len(self.requests("a")), 1)
        app.tell("resume", guid)
        app.finish(guid)
        self.check_file("a")
        self.check_range("a", 1, listed["bytes"])

    def test_paused_and_resumed_before_it_is_attached(self):
        app = self.app()
        guid = self.held(app, "a")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        app.kill()
        app = self.app()
        app.list()
        app.tell("resume", guid)
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")

    def test_resumed_without_attaching_is_made_current(self):
        app = self.app()
        app.tell("behavior", "one", 1)
        names = ["a", "b", "c"]
        guids = [self.started(app, name, "wait", transfer_group="one") for name in names]
        for name in names:
            app.tell("pause", name)
            app.wait_status(name, PAUSED)
        app.kill()
        app = self.app(WINRT_MAX_TRANSFERS="1")
        self.assertEqual(list(app.list("list-transfer-group", "one")), guids)
        for guid in guids:
            app.tell("resume", guid)
        app.tell("current", guids[2])
        self.ask(f"/arrived/{self.token('c')}?count=1")
        app.poll_status(guids[0], IDLE)
        self.ask("/release/" + self.token("c"))
        app.poll_status(guids[2], COMPLETED)

    def test_paused_in_the_queue(self):
        app = self.app(WINRT_MAX_TRANSFERS="1")
        self.held(app, "a")
        guid = self.started(app, "b", "ok")
        app.tell("pause", "b")
        app.wait_status("b", PAUSED)
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["status"], PAUSED)
        app.tell("attach", guid)
        app.tell("resume", guid)
        app.finish(guid)
        self.check_file("b")

    def test_parked(self):
        app = self.app()
        guid = self.started(app, "a", "cut:400000,status:403*2,ok", recoverable=403)
        app.wait_status("a", PARKED)
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["status"], PARKED)
        app.tell("attach", guid)
        shown = app.show(guid)
        self.assertEqual((shown["status"], shown["error"]), (PARKED, 403))
        self.assertEqual(len(self.requests("a")), 2)
        # The list of statuses is kept too: it is parked again.
        app.tell("resume", guid)
        self.ask(f"/arrived/{self.token('a')}?count=3")
        app.poll_status(guid, PARKED)
        app.tell("uri", guid, self.url("b"))
        app.tell("resume", guid)
        app.finish(guid)
        self.check_file("a")
        self.assertEqual(self.requests("b"), [("GET", "-", "-")])

    def test_parked_again_before_it_is_attached(self):
        """Resume alone lets one of an earlier process go on; the errors that it is to wait after are what they were."""
        app = self.app()
        guid = self.started(app, "a", "status:403*2,ok", recoverable=403)
        app.wait_status("a", PARKED)
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["status"], PARKED)
        app.tell("resume", guid)
        self.ask(f"/arrived/{self.token('a')}?count=2")
        app.poll_status(guid, PARKED)
        app.tell("attach", guid)
        app.tell("resume", guid)
        app.finish(guid)
        self.check_file("a")

    def test_priority_of_one_that_has_ended(self):
        """What is shown of it is kept, too, as long as nobody has collected it."""
        app = self.app()
        guid = app.create("a", self.url("a", "status:404"), file=self.new_file("a"))
        app.tell("start-quietly", "a")
        app.poll_status("a", ERROR)
        app.tell("priority", "a", 1)
        app.kill()
        self.assertEqual(self.app().list()[guid]["priority"], 1)

    def test_waiting_for_a_retry(self):
        app = self.app(WINRT_RETRY_BASE_MS="3600000")
        guid = self.started(app, "a", "cut:400000,ok")
        app.wait_bytes("a", 400000)
        app.poll_status("a", IDLE)
        app.kill()
        app = self.app()
        listed = app.list()[guid]
        self.assertEqual(listed["status"], IDLE)
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")
        self.check_range("a", 1, listed["bytes"])

    def ended(self, steps, status, **settings):
        """Runs one whose end nobody is told of, and kills the app; (the next app, GUID, what it shows)."""
        app = self.app()
        guid = app.create("a", self.url("a", steps), file=self.new_file("a"), **settings)
        app.tell("start-quietly", "a")
        app.poll_status("a", status)
        app.kill()
        app = self.app()
        return app, guid, app.list()[guid]

    def check_collected(self, app, guid):
        app.poll_collected(guid)
        app.tell("forget", guid)
        self.assertEqual(app.quit(), 0)
        if not EMULATOR:  # needs_end_of_process
            self.assertEqual(self.app().list(), {})

    def test_completed(self):
        app, guid, shown = self.ended("ok", COMPLETED)
        # The kill may have come before the end was on the disk; then the last second is fetched again.
        self.assertIn(shown["status"], (COMPLETED, IDLE))
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")
        self.assertEqual(app.show(guid)["bytes"], 1000000)
        self.check_collected(app, guid)

    @needs_end_of_process
    def test_completed_after_a_proper_end(self):
        app = self.app()
        guid = app.create("a", self.url("a"), file=self.new_file("a"))
        app.tell("start-quietly", "a")
        app.poll_status("a", COMPLETED)
        self.assertEqual(app.quit(), 0)
        app = self.app()
        shown = app.list()[guid]
        self.assertEqual((shown["status"], shown["bytes"], shown["total"], shown["response"]),
                         (COMPLETED, 1000000, 1000000, 200))
        # Until it is collected it stays, whoever has asked.
        app.kill()
        app = self.app()
        self.assertEqual(list(app.list()), [guid])
        app.tell("attach", guid)
        app.finish(guid)
        self.assertEqual(len(self.requests("a")), 1)
        self.check_collected(app, guid)

    def test_failed(self):
        app, guid, shown = self.ended("status:404", ERROR)
        self.assertEqual((shown["status"], shown["response"]), (ERROR, 404))
        app.tell("attach", guid)
        self.assertEqual(app.wait_completed(guid), (ASYNC_ERROR, 0x80190194))
        self.assertEqual(len(self.requests("a")), 1)
        self.check_collected(app, guid)

    def test_canceled(self):
        app = self.app()
        guid = app.create("a", self.url("a", "hold:400000"), file=self.new_file("a"))
        app.tell("start-quietly", "a")
        self.ask(f"/held/{self.token('a')}")
        app.tell("cancel", "a")
        app.poll_status("a", CANCELED)
        app.kill()
        app = self.app()
        self.assertEqual(app.list()[guid]["status"], CANCELED)
        app.tell("attach", guid)
        self.assertEqual(app.wait_completed(guid), (ASYNC_CANCELED, 0))
        self.check_collected(app, guid)

    def test_cancelled_by_the_next_process(self):
        app = self.app()
        guid = self.started(app, "a", "hold:400000,wait")
        app.wait_bytes("a", 400000)
        app.kill()
        app = self.app()
        app.list()
        app.tell("attach", guid)
        app.tell("cancel", guid)
        self.assertEqual(app.wait_completed(guid), (ASYNC_CANCELED, 0))
        self.check_collected(app, guid)

    @needs_end_of_process
    def test_collected_ones_are_gone(self):
        app = self.app()
        guid = self.started(app, "a", "ok")
        app.finish("a")
        app.poll_collected(guid)
        app.tell("forget", "a")
        self.assertEqual(app.quit(), 0)
        self.assertNotIn(guid, self.app().list())

    def test_a_post_cannot_go_on(self):
        app = self.app()
        guid = self.held(app, "a", method="POST")
        app.kill()
        app = self.app()
        self.assertIn(guid, app.list())
        app.tell("attach", guid)
        status, error = app.wait_completed(guid)
        self.assertEqual(status, ASYNC_ERROR)
        self.assertNotEqual(error, 0)
        self.assertEqual(len(self.requests("a")), 1)

    def test_wrong_calls_on_a_restored_one(self):
        app = self.app()
        guid = self.held(app, "a")
        app.kill()
        app = self.app()
        app.list()
        for command in ("start", "resume"):
            with self.assertRaises(Failed) as failed:
                app.tell(command, guid)
            self.assertEqual(failed.exception.hresult, E_ILLEGAL_METHOD_CALL, command)
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")

    def test_killed_again_and_again(self):
        app = self.app()
        guid = self.held(app, "a", 100000)
        for _ in range(5):
            app.kill()
            app = self.app()
            self.assertEqual(list(app.list()), [guid])
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")


if __name__ == "__main__":
    unittest.main()
