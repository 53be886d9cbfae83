#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The folder that the store is in: open to others, not to be written, full; and what is in it when nothing is left."""

import os
import shutil
import unittest

from app import CrashTest, Failed
from harness import EMULATOR, needs_end_of_process

ACCESS_DENIED = 0x80070005
DISK_FULL = 0x80070070


needs_permissions = unittest.skipIf(EMULATOR or os.getuid() == 0,
                                    "permission bits stop neither root nor Windows programs")


class Tests(CrashTest):
    def app_folder(self):
        """Made by a first process."""
        app = self.app()
        self.started(app, "first", "ok")
        app.finish("first")
        app.quit()
        folder, = (entry.path for entry in os.scandir(self.state) if entry.is_dir())
        return folder

    def check_refused(self, hresult):
        """A start fails with that code, and nothing of it is left."""
        app = self.app()
        app.create("a", self.url("a"), file=self.new_file("a"))
        with self.assertRaises(Failed) as failed:
            app.tell("start", "a")
        self.assertEqual(failed.exception.hresult, hresult)
        self.assertEqual(app.show("a")["status"], 0)
        self.assertEqual(self.requests("a"), [])
        return app

    @unittest.skipIf(EMULATOR, "there are no permission bits")
    def test_files_are_for_the_user_alone(self):
        app = self.app()
        self.held(app, "a")
        for folder, _, files in os.walk(self.state):
            self.assertEqual(os.stat(folder).st_mode & 0o777, 0o700, folder)
            for name in files:
                self.assertEqual(os.stat(f"{folder}/{name}").st_mode & 0o777, 0o600, name)

    @unittest.skipIf(EMULATOR, "there are no permission bits")
    def test_open_to_others(self):
        os.chmod(self.app_folder(), 0o777)
        self.check_refused(ACCESS_DENIED)

    @needs_permissions
    def test_not_to_be_written(self):
        folder = f"{self.app_folder()}/transfers"
        os.chmod(folder, 0o500)
        self.addCleanup(os.chmod, folder, 0o700)
        app = self.check_refused(ACCESS_DENIED)
        os.chmod(folder, 0o700)
        app.tell("start", "a")
        app.finish("a")
        self.check_file("a")

    @needs_permissions
    def test_not_to_be_written_with_something_left(self):
        """It is listed when it can be written again."""
        app = self.app()
        guid = self.held(app, "a")
        app.kill()
        folder = f"{self.state}/crash-test/transfers"
        os.chmod(folder, 0o500)
        self.addCleanup(os.chmod, folder, 0o700)
        app = self.app()
        try:
            self.assertEqual(app.list(), {})
        except Failed as failed:
            self.assertEqual(failed.hresult, ACCESS_DENIED)
        os.chmod(folder, 0o700)
        self.assertEqual(app.list().keys(), {guid})
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")

    def test_full(self):
        disk = os.environ.get("WINRT_TEST_SMALL_DISK")
        if not disk:
            self.skipTest("WINRT_TEST_SMALL_DISK names no small volume")
        state = f"{disk}/crash-state-{os.getpid()}"
        self.addCleanup(shutil.rmtree, state, ignore_errors=True)  # others need the room
        self.environment["WINRT_STATE_DIR"] = self.path_for_program(state)
        filler = f"{disk}/filler-{os.getpid()}"
        self.addCleanup(lambda: os.path.exists(filler) and os.unlink(filler))
        # Room that somebody else has, and gives back in the end.
        with open(filler, "wb", buffering=0) as file:
            file.write(bytes(24 << 10))
        app = self.app()
        guid = self.held(app, "kept")
        with open(filler, "ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        # What was started before goes on, and is whole.
        self.ask(f"/release/{self.token('kept')}")
        app.finish("kept")
        self.check_file("kept")
        # Zero-filled space may be left for many records; it ends.
        with self.assertRaises(Failed) as failed:
            for number in range(5000):
                app.create(f"n{number}", self.url("n", "wait"), file=self.new_file(f"n{number}"))
                app.tell("start", f"n{number}")
        self.assertEqual(failed.exception.hresult, DISK_FULL)
        os.unlink(filler)
        self.ask(f"/release/{self.token('n')}")  # those that were started hold all slots
        app.create("late", self.url("late"), file=self.new_file("late"))
        app.tell("start", "late")
        app.finish("late")
        self.assertNotIn(guid, app.list())

    def private_files(self):
        return [name for folder, _, files in os.walk(self.state) if os.path.basename(folder) == "private"
                for name in files]

    @needs_end_of_process
    def test_a_private_file_goes_with_its_transfer(self):
        app = self.app()
        app.create("a", self.url("a"))
        app.tell("start", "a")
        app.finish("a")
        self.assertEqual(len(self.private_files()), 1)
        app.tell("forget", "a")
        self.assertEqual(app.quit(), 0)
        self.app().list()
        self.assertEqual(self.private_files(), [])

    def test_no_empty_hives_stay(self):
        for number in range(5):
            app = self.app()
            self.started(app, f"a{number}", "ok")
            app.finish(f"a{number}")
            app.kill()
        app = self.app()
        app.list()
        hives = [name for _, _, files in os.walk(self.state) for name in files if name.endswith(".hive")]
        self.assertLessEqual(len(hives), 1)


if __name__ == "__main__":
    unittest.main()
