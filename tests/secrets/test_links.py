#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What others can put into folders: links in place of result files and of the store, pipes, folders of theirs or open
to them. Others are another user, whose files WINRT_TEST_OTHER_FILES has (scripts/test.sh makes them, as root)."""

import os
import shutil
import stat
import threading
import unittest

from program import ASYNC_COMPLETED, ASYNC_ERROR, EMULATOR, PAUSED, Failed, SecretTest

ACCESS_DENIED = 0x80070005
PRECIOUS = b"what the user does not want to lose\n"

# The layout of an access control list as the kernel has it: the version, then entries of tag, permissions and id.
ACL_VERSION = 2
USER_OBJ, USER, GROUP_OBJ, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
NO_ID = 0xFFFFFFFF

OTHER_FILES = os.environ.get("WINRT_TEST_OTHER_FILES", "")

needs_posix = unittest.skipIf(EMULATOR, "links and permission bits are not what a Windows program sees")
needs_other = unittest.skipUnless(OTHER_FILES, "WINRT_TEST_OTHER_FILES names no folder with files of another user")


def access_list(*entries):
    result = ACL_VERSION.to_bytes(4, "little")
    for tag, permissions, who in entries:
        result += tag.to_bytes(2, "little") + permissions.to_bytes(2, "little") + who.to_bytes(4, "little")
    return result


@needs_posix
class Tests(SecretTest):
    def setUp(self):
        super().setUp()
        self.precious = f"{self.scratch}/precious"
        with open(self.precious, "wb") as file:
            file.write(PRECIOUS)

    def check_precious(self):
        with open(self.precious, "rb") as file:
            self.assertEqual(file.read(), PRECIOUS)

    def download(self, path, app=None):
        """Of a good file to that path, which is there: (AsyncStatus, HRESULT)"""
        app = app or self.app()
        name = os.path.basename(path)
        app.create(name, self.url(name), file=path)
        app.tell("start", name)
        return app.wait_completed(name)

    def refused(self, **environment):
        """A start is refused, and the text says why and what to do."""
        app = self.app(**environment)
        app.create("a", self.url("a"), file=self.new_file("a"))
        with self.assertRaises(Failed) as failed:
            app.tell("start", "a")
        self.assertEqual(failed.exception.hresult, ACCESS_DENIED)
        try:
            app.list()  # which has nothing to find
        except Failed as list_failed:
            self.assertEqual(list_failed.hresult, ACCESS_DENIED)
        self.assertEqual(self.requests("a"), [])
        return app

    def check_tool(self, app_folder):
        """It shows nothing of what is refused, and says what to do."""
        output = self.tool("list").decode()
        self.assertIn("chmod -R go-rwx", output)
        self.assertIn(app_folder, output)

    def made(self):
        """The folder of an app that has been here."""
        app = self.app()
        self.held(app, "before")
        app.kill()
        return f"{self.state}/crash-test"

    # Result files

    def test_ones_own_link_is_followed(self):
        """As long as it was the user who made it."""
        target = self.new_file("target")
        os.symlink("target", f"{self.folder}/relative")
        os.symlink(f"{self.folder}/relative", f"{self.folder}/link")
        self.assertEqual(self.download(f"{self.folder}/link")[0], ASYNC_COMPLETED)
        self.assertTrue(os.path.islink(f"{self.folder}/link"))
        self.assertEqual(os.path.getsize(target), 1000000)

    def test_a_link_to_itself(self):
        path = self.new_file("loop")
        app = self.app()
        app.create("loop", self.url("loop"), file=path)
        os.unlink(path)
        os.symlink("loop", path)
        app.tell("start", "loop")
        self.assertEqual(app.wait_completed("loop"), (ASYNC_ERROR, ACCESS_DENIED))

    def other_s(self, name):
        path = f"{OTHER_FILES}/{name}"
        self.assertNotEqual(os.lstat(path).st_uid, os.geteuid(), path)
        return path

    def target_of(self, link):
        """A file of the user's own, where the other's link leads to."""
        target = os.readlink(link)
        with open(target, "wb") as file:
            file.write(PRECIOUS)
        self.addCleanup(os.unlink, target)
        return target

    def swapped(self, name, theirs, command="start"):
        """A download into a folder in which everybody may write: its file is swapped for what the other user has made
        there, before it starts or while it is paused."""
        path = f"{os.path.dirname(theirs)}/{name}-{os.getpid()}"
        with open(path, "wb"):
            pass
        app = self.app()
        app.create(name, self.url(name, "hold:400000,ok"), file=path)
        if command == "resume":
            app.tell("start", name)
            app.wait_bytes(name, 400000)
            app.tell("pause", name)
            app.wait_status(name, PAUSED)
        os.unlink(path)
        os.rename(theirs, path)
        try:
            app.tell(command, name)
            return app.wait_completed(name)
        finally:
            app.kill()
            os.rename(path, theirs)

    @needs_other
    def test_a_link_of_somebody_else(self):
        """It leads to the user's own file, which must stay as it is."""
        link = self.other_s("open/link")
        target = self.target_of(link)
        for command in ("start", "resume"):
            self.assertEqual(self.swapped(f"s-{command}", link, command), (ASYNC_ERROR, ACCESS_DENIED))
            with open(target, "rb") as file:
                self.assertEqual(file.read(), PRECIOUS)

    @needs_other
    def test_a_pipe_of_somebody_else(self):
        """Nobody waits for its other end."""
        pipe = self.other_s("open/pipe")
        status, error = self.swapped("p", pipe)
        self.assertEqual(status, ASYNC_ERROR, hex(error))

    def test_a_pipe_with_a_reader(self):
        """Nothing of the body comes out of it."""
        path = self.new_file("pipe")
        app = self.app()
        app.create("pipe", self.url("pipe"), file=path)
        os.unlink(path)
        os.mkfifo(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        app.tell("start", "pipe")
        self.assertEqual(app.wait_completed("pipe")[0], ASYNC_ERROR)
        try:
            self.assertEqual(os.read(reader, 10), b"")
        except BlockingIOError:
            pass

    def test_a_hard_link_to_something_else_while_paused(self):
        """Another file than the one that was begun is not touched."""
        app = self.app()
        self.held(app, "a")
        app.tell("pause", "a")
        app.wait_status("a", PAUSED)
        os.unlink(f"{self.folder}/a")
        os.link(self.precious, f"{self.folder}/a")
        app.tell("resume", "a")
        self.assertEqual(app.wait_completed("a"), (ASYNC_ERROR, 0x800703EE))
        self.check_precious()

    # The store

    def test_links_in_place_of_its_folders(self):
        for part in ("crash-test", "crash-test/transfers"):
            with self.subTest(part):
                shutil.rmtree(self.state, ignore_errors=True)
                self.made()
                elsewhere = f"{self.scratch}/elsewhere"
                shutil.rmtree(elsewhere, ignore_errors=True)
                os.rename(f"{self.state}/{part}", elsewhere)
                os.symlink(elsewhere, f"{self.state}/{part}")
                before = sorted(os.listdir(elsewhere))
                self.refused()
                self.assertEqual(sorted(os.listdir(elsewhere)), before)

    def test_the_root_may_be_a_link(self):
        """The user's own, as people put it on another disk."""
        os.mkdir(f"{self.scratch}/disk", 0o700)
        os.symlink("disk", self.state)
        app = self.app()
        self.started(app, "a", "ok")
        app.finish("a")
        self.check_file("a")

    def test_files_of_the_store_that_are_links_or_pipes(self):
        """A hive that is a link is not read, nor written through; the others are."""
        folder = self.made()
        hive, = (name for name in os.listdir(f"{folder}/transfers") if name.endswith(".hive"))
        strange = f"{folder}/transfers/{'f' * 16}.hive"
        makers = {"link": lambda: os.symlink(self.precious, strange), "pipe": lambda: os.mkfifo(strange, 0o600),
                  "folder": lambda: os.mkdir(strange, 0o700), "loop": lambda: os.symlink(strange, strange),
                  "hive": lambda: os.symlink(hive, strange)}
        for kind, make in makers.items():
            with self.subTest(kind):
                make()
                app = self.app()
                self.assertEqual(len(app.list()), 1)
                app.kill()
                self.tool("list")
                self.check_precious()
                for name in os.listdir(f"{folder}/transfers"):
                    if name.startswith("f" * 16):
                        path = f"{folder}/transfers/{name}"
                        (shutil.rmtree if os.path.isdir(path) and not os.path.islink(path) else os.unlink)(path)

    def test_locks_that_are_links(self):
        """Taking them makes no file elsewhere."""
        for name in ("adoption.lock", "groups.lock"):
            folder = self.made()
            path = f"{folder}/transfers/{name}"
            if os.path.lexists(path):
                os.unlink(path)
            target = f"{self.scratch}/made-by-a-lock"
            os.symlink(target, path)
            app = self.app()
            try:
                app.list()
                app.tell("behavior", "group", "1")
            except Failed as failed:
                self.assertEqual(failed.hresult, ACCESS_DENIED)
            self.assertFalse(os.path.lexists(target))
            app.kill()
            shutil.rmtree(self.state)

    def test_links_among_its_private_files_and_requests(self):
        """They are removed as files, never followed."""
        folder = self.made()
        for name in ("private", "requests"):
            os.makedirs(f"{folder}/{name}", 0o700, exist_ok=True)
        os.symlink(self.precious, f"{folder}/private/{'a' * 16}.{'b' * 16}.body")
        os.symlink(self.precious, f"{folder}/requests/{{00000000-0000-0000-0000-000000000000}}.cancel")
        app = self.app()
        self.assertEqual(len(app.list()), 1)
        self.check_precious()

    def test_private_folder_that_is_a_link(self):
        folder = self.made()
        elsewhere = f"{self.scratch}/elsewhere"
        os.mkdir(elsewhere, 0o700)
        shutil.rmtree(f"{folder}/private", ignore_errors=True)
        os.symlink(elsewhere, f"{folder}/private")
        app = self.app()
        app.create("a", self.url("a"))
        app.tell("start", "a")
        self.assertEqual(app.wait_completed("a"), (ASYNC_ERROR, ACCESS_DENIED))
        self.assertEqual(os.listdir(elsewhere), [])

    # Modes

    def test_any_umask(self):
        """What is made is for the user alone, and not too little for the user."""
        for umask in (0o000, 0o022, 0o077, 0o777):
            with self.subTest(oct(umask)):
                shutil.rmtree(self.state, ignore_errors=True)
                before = os.umask(umask)
                try:
                    app = self.app()
                finally:
                    os.umask(before)
                app.create("a", self.with_user_info(self.url(f"u{umask}", "hold:400000,ok")), **self.settings())
                app.tell("start", "a")
                app.wait_bytes("a", 400000)
                app.tell("behavior", "group", "1")
                self.check_private()
                self.assertEqual(stat.S_IMODE(os.stat(self.state).st_mode), 0o700)
                app.kill()

    def test_a_folder_that_is_open(self):
        for mode in (0o701, 0o704, 0o707, 0o777, 0o1777):
            with self.subTest(oct(mode)):
                folder = self.made()
                os.chmod(folder, mode)
                app = self.refused()
                app.create("b", self.url("b"), file=self.new_file("b"))
                self.check_tool(folder)
                app.kill()
                shutil.rmtree(self.state)

    def test_the_refusal_says_what_to_do(self):
        """The list, whose error text is the operation's."""
        folder = self.made()
        os.chmod(folder, 0o755)
        app = self.refused()
        app.tell("texts", "a", self.secrets.refused)
        text = b"".join(app.lines).decode()
        self.assertIn(folder, text)
        self.assertIn("chmod -R go=", text)
        os.chmod(folder, 0o700)
        app.tell("start", "a")
        app.finish("a")

    def test_a_hive_that_is_open(self):
        """Somebody may have read or written it: it is left, and told."""
        folder = self.made()
        hive, = (f"{folder}/transfers/{name}" for name in os.listdir(f"{folder}/transfers") if name.endswith(".hive"))
        os.chmod(hive, 0o644)
        app = self.app()
        try:
            self.assertEqual(app.list(), {})
        except Failed as failed:
            self.assertEqual(failed.hresult, ACCESS_DENIED)
        app.kill()
        self.assertIn("chmod", self.tool("list").decode())
        os.chmod(hive, 0o600)
        self.assertEqual(len(self.app().list()), 1)

    def test_a_folder_below_one_in_which_all_may_rename(self):
        """Not sticky: whoever comes may put another folder in its place. As in /tmp, sticky, it is fine."""
        above = f"{self.scratch}/above"
        os.mkdir(above)
        for mode, fine in ((0o777, False), (0o1777, True)):
            os.chmod(above, mode)
            environment = {"WINRT_STATE_DIR": f"{above}/state{mode}"}
            if fine:
                app = self.app(**environment)
                self.started(app, "fine", "ok")
                app.finish("fine")
            else:
                self.refused(**environment)
        os.chmod(above, 0o700)

    def test_an_access_control_list(self):
        """Whose mask looks like access for the group, which on most systems is the user's own."""
        folder = self.made()
        acl = access_list((USER_OBJ, 7, NO_ID), (USER, 7, os.geteuid() + 1), (GROUP_OBJ, 0, NO_ID), (MASK, 7, NO_ID),
                          (OTHER, 0, NO_ID))
        try:
            os.setxattr(folder, "system.posix_acl_access", acl)
        except OSError as error:
            self.skipTest(f"no access control lists here: {error}")
        self.refused()
        self.check_tool(folder)

    def test_an_inherited_access_control_list(self):
        """One that is the default of the folder above lets nobody in: what is made has mode 0700 and 0600."""
        os.makedirs(self.state, 0o700)
        acl = access_list((USER_OBJ, 7, NO_ID), (USER, 7, os.geteuid() + 1), (GROUP_OBJ, 7, NO_ID), (MASK, 7, NO_ID),
                          (OTHER, 7, NO_ID))
        try:
            os.setxattr(self.state, "system.posix_acl_default", acl)
        except OSError as error:
            self.skipTest(f"no access control lists here: {error}")
        app = self.app()
        self.held(app, "a")
        self.check_private()

    # Somebody else's

    @needs_other
    def test_a_state_folder_of_somebody_else(self):
        """A whole store, made to be found: neither read nor written."""
        for name in ("state", "state-open"):
            with self.subTest(name):
                root = self.other_s(name)
                self.refused(WINRT_STATE_DIR=root)

    @needs_other
    def test_a_hive_of_somebody_else(self):
        """Moved into the user's own folder, as root or a restored backup could have done it."""
        folder = self.made()
        theirs = self.other_s("open/0123456789abcdef.hive")
        moved = f"{folder}/transfers/0123456789abcdef.hive"
        try:
            os.rename(theirs, moved)
        except OSError as error:
            self.skipTest(f"it is on another volume: {error}")
        self.addCleanup(lambda: os.path.exists(moved) and os.rename(moved, theirs))
        app = self.app()
        self.assertEqual(len(app.list()), 1)
        self.assertTrue(os.path.exists(moved))

    # Races

    @needs_other
    def test_a_result_file_that_is_swapped_all_the_time(self):
        """For the other user's link and back, while downloads begin: nothing ever goes through the link."""
        link = self.other_s("open/link")
        target = self.target_of(link)
        path = f"{os.path.dirname(link)}/raced-{os.getpid()}"
        with open(path, "wb"):
            pass
        stop = threading.Event()

        def swap():
            while not stop.is_set():
                os.rename(path, f"{path}.own")
                os.rename(link, path)
                os.rename(path, link)
                os.rename(f"{path}.own", path)

        app = self.app()
        for number in range(60):
            app.create(f"r{number}", self.url(f"r{number}", size=5000), file=path)
        thread = threading.Thread(target=swap)
        thread.start()
        try:
            for number in range(60):
                app.tell("start", f"r{number}")
            ends = {app.wait_completed(f"r{number}") for number in range(60)}
        finally:
            stop.set()
            thread.join()
            os.unlink(path)
        with open(target, "rb") as file:
            self.assertEqual(file.read(), PRECIOUS)
        print(f"figures: 60 downloads, ended as {sorted((status, hex(error)) for status, error in ends)}")


if __name__ == "__main__":
    unittest.main()
