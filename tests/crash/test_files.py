#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The result file is not what it was: deleted, moved, replaced or shortened while its transfer did not run."""

import os
import unittest

from app import ASYNC_ERROR, PAUSED, CrashTest
from harness import needs_end_of_process

FILE_NOT_FOUND = 0x80070002
FILE_INVALID = 0x800703EE

OTHER = b"this is somebody else's\n"


class Tests(CrashTest):
    def path(self, name="a"):
        return f"{self.folder}/{name}"

    def paused(self):
        app = self.app()
        guid = self.held(app, "a")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        return app, guid

    def check_after(self, change, error, within):
        """`change` happens to a paused transfer's file, within the process or between two; then it is resumed."""
        app, guid = self.paused()
        name = "a"
        if not within:
            app.quit()
        change()
        before = self.files(), [self.read(file) for file in self.files()]
        if not within:
            app = self.app()
            app.list()
            name = guid
            app.tell("attach", name)
        app.tell("resume", name)
        self.assertEqual(app.wait_completed(name), (ASYNC_ERROR, error))
        self.assertEqual((self.files(), [self.read(file) for file in self.files()]), before)

    def delete(self):
        os.unlink(self.path())

    def move(self):
        os.rename(self.path(), self.path("b"))

    def replace(self):
        with open(self.path("other"), "wb") as file:
            file.write(OTHER + bytes(500000))
        os.replace(self.path("other"), self.path())

    def shorten(self):
        os.truncate(self.path(), 300000)

    def folder_instead(self):
        os.unlink(self.path())
        os.mkdir(self.path())

    def test_deleted(self):
        self.check_after(self.delete, FILE_NOT_FOUND, False)

    def test_deleted_within_the_process(self):
        self.check_after(self.delete, FILE_NOT_FOUND, True)

    def test_moved(self):
        self.check_after(self.move, FILE_NOT_FOUND, False)

    def test_moved_within_the_process(self):
        self.check_after(self.move, FILE_NOT_FOUND, True)

    @needs_end_of_process
    def test_replaced(self):
        self.check_after(self.replace, FILE_INVALID, False)

    def test_replaced_within_the_process(self):
        self.check_after(self.replace, FILE_INVALID, True)

    @needs_end_of_process
    def test_shortened(self):
        self.check_after(self.shorten, FILE_INVALID, False)

    def test_shortened_within_the_process(self):
        self.check_after(self.shorten, FILE_INVALID, True)

    def change(self):
        """Other bytes, the same size, some time later."""
        with open(self.path(), "r+b") as file:
            file.write(b"changed")

    def lengthen(self):
        with open(self.path(), "ab") as file:
            file.write(b"x" * 700000)

    @needs_end_of_process
    def test_changed_while_paused(self):
        self.check_after(self.change, FILE_INVALID, False)

    @needs_end_of_process
    def test_longer_than_it_was_left(self):
        self.check_after(self.lengthen, FILE_INVALID, False)

    def test_longer_than_the_checkpoint(self):
        """What was written after the last checkpoint is not trusted, and not an error."""
        app = self.app()
        guid = self.held(app, "a")
        app.kill()
        self.lengthen()
        app = self.app()
        app.list()
        app.tell("attach", guid)
        app.finish(guid)
        self.check_file("a")

    def test_the_folder_is_gone(self):
        app = self.app()
        os.mkdir(self.path("sub"))
        guid = app.create("a", self.url("a", "hold:400000,ok"), file=self.new_file("sub/a"))
        app.tell("start", "a")
        app.wait_bytes("a", 400000)
        app.kill()
        os.rename(self.path("sub"), self.path("elsewhere"))
        app = self.app()
        app.list()
        app.tell("attach", guid)
        status, error = app.wait_completed(guid)
        self.assertEqual(status, ASYNC_ERROR)
        self.assertIn(error, (FILE_NOT_FOUND, 0x80070003))

    def test_others_are_unharmed(self):
        app = self.app()
        lost, kept = self.held(app, "a"), self.held(app, "b")
        app.kill()
        self.delete()
        app = self.app()
        self.assertEqual(list(app.list()), [lost, kept])
        app.tell("attach", lost)
        app.tell("attach", kept)
        app.finish(kept)
        self.check_file("b")
        if self.requests("a")[1:] == []:  # a checkpoint had been made, so that it knows what it misses
            self.assertEqual(app.wait_completed(lost), (ASYNC_ERROR, FILE_NOT_FOUND))


if __name__ == "__main__":
    unittest.main()
