#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Several processes of one app: each transfer is in one of them, whatever happens."""

import random
import unittest

from app import PAUSED, CrashTest
from harness import needs_end_of_process


class Tests(CrashTest):
    def left(self, count, app=None, prefix="t"):
        """So many transfers, paused after some bytes, whose app is killed; {GUID: name}."""
        app = app or self.app(WINRT_MAX_TRANSFERS=str(count))
        guids = {}
        for number in range(count):
            name = f"{prefix}{number}"
            guids[self.held(app, name)] = name
            app.tell("pause", name)
            app.wait_status(name, PAUSED)
        app.kill()
        return guids

    def finish_all(self, app, guids):
        for guid in guids:
            app.tell("resume", guid)
            app.tell("attach", guid)
        app.finish(*guids)

    def test_those_of_a_living_one_are_its_own(self):
        first = self.app()
        guid = self.held(first, "a")
        second = self.app()
        self.assertEqual(second.list(), {})
        own = self.held(second, "b")
        self.assertEqual(first.list().keys(), {guid})
        self.assertEqual(second.list().keys(), {own})
        first.kill()
        self.assertEqual(second.list().keys(), {own, guid})
        second.tell("attach", guid)
        self.ask(f"/release/{self.token('b')}")
        second.finish(guid, "b")
        self.check_file("a")
        self.check_file("b")

    def test_each_is_in_one_of_eight(self):
        guids = self.left(20)
        apps = [self.app() for _ in range(8)]
        for app in apps:
            app.send("list")
        lists = [app.listing(app.done()) for app in apps]
        self.assertEqual(sorted(guid for listed in lists for guid in listed), sorted(guids))
        for app, listed in zip(apps, lists):
            self.finish_all(app, listed)
        for name in guids.values():
            self.check_file(name)
            self.assertEqual(len(self.requests(name)), 2, name)
        self.assertEqual([app.list() for app in apps], [{}] * 8)

    def test_the_next_takes_what_several_have_left(self):
        apps = [self.app(WINRT_MAX_TRANSFERS="8") for _ in range(4)]
        guids = {}
        for number, app in enumerate(apps):
            guids |= self.left(3, app, f"app{number}-")
        app = self.app()
        self.assertEqual(app.list().keys(), guids.keys())
        self.finish_all(app, guids)
        for name in guids.values():
            self.check_file(name)

    def test_killed_amid_the_adoption(self):
        """At random moments after `list` was sent."""
        seed = random.randrange(1 << 32)
        print("seed", seed)
        chance = random.Random(seed)
        guids = self.left(10)
        for _ in range(12):
            app = self.app()
            app.send("list")
            try:
                app.process.wait(chance.random() * 0.02)
            except Exception:  # it lives, as it should
                pass
            app.kill()
        app = self.app()
        self.assertEqual(app.list().keys(), guids.keys())
        self.finish_all(app, guids)
        for name in guids.values():
            self.check_file(name)

    def test_two_apps_know_nothing_of_each_other(self):
        app = self.app()
        guid = self.held(app, "a")
        app.kill()
        other = self.app(WINRT_APP_ID="another-app")
        self.assertEqual(other.list(), {})
        self.assertEqual(self.app().list().keys(), {guid})

    @needs_end_of_process
    def test_finished_ones_are_collected_once(self):
        app = self.app()
        guid = app.create("a", self.url("a"), file=self.new_file("a"))
        app.tell("start-quietly", "a")
        app.poll_status("a", 5)
        app.quit()
        apps = [self.app() for _ in range(4)]
        for one in apps:
            one.send("list")
        owners = [one for one in apps if guid in one.listing(one.done())]
        self.assertEqual(len(owners), 1)
        owners[0].tell("attach", guid)
        owners[0].finish(guid)
        self.assertEqual([one.list() for one in apps], [{}] * 4)

    def test_what_was_adopted_and_not_attached_is_left_again(self):
        guids = self.left(3)
        for _ in range(3):
            app = self.app()
            self.assertEqual(app.list().keys(), guids.keys())
            app.quit()
        app = self.app()
        self.assertEqual(app.list().keys(), guids.keys())
        self.finish_all(app, guids)


if __name__ == "__main__":
    unittest.main()
